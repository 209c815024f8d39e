#line 1 "b.h"
struct cfg { int level; struct cfg *parent; char name[16]; };
typedef const struct cfg cfg_t;
#line 2 "b.c"
cfg_t from_b; int use_b(struct cfg c) { return c.level; }
