#line 1 "a.h"
struct twin { short aa; struct twin *p; };
union pair { int zz; int yy; };
#line 9 "a.c"
struct twin one; union pair three;
