#include "align.h"
struct tight t;
struct partly p;
struct wide w;
struct line l[2];
struct both b;
union slab u;
aligned_int ai;
struct holds h;
enum small sm;
int lone __attribute__((aligned(128)));
_Alignas(16) char buffer[4];
int use(struct line *a, aligned_int b, struct tight c[]) { return a->a + b + c->c; }
