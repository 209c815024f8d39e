/* Exported: a function and a variable. Not exported: what else there is. */
#ifdef NONE
#define EXPORT_SYMBOL(sym)
#else
#include "export.h"
#endif

struct point {
    int x, y;
};

struct point origin;
EXPORT_SYMBOL(origin);

int distance(struct point *a, struct point *b)
{
    return a->x - b->x + a->y - b->y;
}
EXPORT_SYMBOL(distance);

int hidden(struct point *a)
{
    return a->x;
}
