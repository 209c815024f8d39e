#include "t.h"
void fb(struct s *s, int q) {}
__typeof__(((struct s *)0)->v) botherv;
__typeof__(((struct s *)0)->u) bother;
__typeof__(((struct s *)0)->v.g) pointer;
