#include "t.h"
__typeof__(((struct s *)0)->u) shared;
__typeof__(((struct s *)0)->v) other;
void (*third)(struct s *s, int b, struct s *again);
void fa(struct s *s) {}
