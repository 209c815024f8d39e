#line 1 "a.h"
struct one { int a; };
#line 9 "b.c"
long gamma_(struct one o) { return o.a; }
long delta[4];
int epsilon;
