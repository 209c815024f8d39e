#include "shapes.h"
map_fn current;
struct shape *(*finder(struct point p, struct shape *s))(struct point, const volatile struct shape **, enum colour) { return s->find; }
void merge_with(struct shape (*merge)(enum colour, struct shape, struct shape), struct point p) { }
