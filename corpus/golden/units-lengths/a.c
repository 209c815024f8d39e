#line 1 "a.h"
struct cfg { int level; };
typedef struct cfg cfg_t;
#line 2 "a.c"
cfg_t from_a; struct cfg *ptr_a;
