#include "conv.h"
#include "t.h"
struct grown g; struct first f; struct only o; struct last l; union ign u; ign_t t; struct uses us; union around ar; union ign list[4]; struct direct d;
int fn(union ign a, ign_t *b, int c) { return c; }
union ign get(void) { return u; }
