#line 1 "b.h"
struct twin { short bb; struct twin *p; };
union pair { int aa; int xx; };
#line 9 "b.c"
struct twin two; union pair *four;
