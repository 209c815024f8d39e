#include "conv.h"
#include "p.h"
extern int entry(struct obj *o); extern char area[16];
TYPE_OF_SYMBOL(entry); TYPE_OF_SYMBOL(area);
