#include "narrow.h"
#include "export.h"
void all(struct right *a, struct wrong *b) { a->a = b->pointer != 0; }
EXPORT(all);
