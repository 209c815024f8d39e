#include "conv.h"
#include "t.h"
struct low low_v; struct high high_v; struct top top_v; int fn(struct low by_value, struct high *by_pointer) { return 0; }
