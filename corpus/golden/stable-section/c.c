#line 1 "t.h"
struct s { int a; } ;
#line 2 "c.c"
struct s v;
