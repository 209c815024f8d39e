#include "kit.h"
struct part first_part;
const enum grade best = FINE;
int (*const hook)(struct part, ...) = 0;
fit_fn choose(enum grade g, struct part *restrict p, unsigned long long n) { return p->fit; }
_Bool usable(const struct part *p, double limit) { return p->weight < limit; }
