#include "t.h"
struct table table; int fn(struct table *t) { return 0; }
