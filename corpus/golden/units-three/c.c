#include "h.h"
common_ref c(struct common *x) { return x; }
