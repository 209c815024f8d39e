#include "t.h"
struct own { int b; };
int f(struct shared *p, struct own *q) { return p->a + q->b; }
