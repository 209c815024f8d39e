#line 1 "b.h"
struct packed_bits { _BitInt(5) a; unsigned _BitInt(3) b; _BitInt(17) c : 9; _BitInt(65) *d; };
#line 9 "x.c"
_BitInt(7) seven; unsigned _BitInt(128) wide; struct packed_bits s; _BitInt(33) add(_BitInt(33) a, unsigned _BitInt(2) b) { return a + b; }
