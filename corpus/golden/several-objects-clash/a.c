#line 1 "a.h"
struct one { int a; };
#line 9 "a.c"
int alpha(struct one *o) { return o->a; }
struct one beta;
