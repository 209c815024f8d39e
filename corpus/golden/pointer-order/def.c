#include "p.h"
int work(struct obj *o, int n) { return n; }
struct obj *stock;
int unrelated;
