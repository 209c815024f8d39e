#include "conv.h"
#include "p.h"
extern int work(struct obj *o, int n); extern struct obj *stock;
TYPE_OF_SYMBOL(work); TYPE_OF_SYMBOL(stock);
