#include "conv.h"
extern long long work(void); extern char stock;
TYPE_OF_SYMBOL(work); TYPE_OF_SYMBOL(stock);
