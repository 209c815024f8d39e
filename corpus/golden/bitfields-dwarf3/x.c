#include "bits.h"
struct header first;
union view second;
struct crammed third;
int read_bits(const struct header *h, union view v) { return h->sign + v.lo; }
