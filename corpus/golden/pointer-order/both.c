#include "conv.h"
#include "p.h"
int work(struct obj *o, int n) { return n; }
TYPE_OF_SYMBOL(work);
struct obj *stock;
TYPE_OF_SYMBOL(stock);
