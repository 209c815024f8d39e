#include "a.h"
struct one first_v; int pad_a[4]; long first_fn(struct one *o) { return o->a; }
