#include "conv.h"
#include "t.h"
struct old o; struct fresh f; struct direct d; struct named n; struct arrays a; union in_union iu; renamed_t r; renamed_t *rp;
int fn(struct fresh *f, renamed_t r) { return 0; }
