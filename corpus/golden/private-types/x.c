#include "pub.h"
#include "impl.inc"
#include "more.h"
struct inside { int secret; struct pub *p; };
union hidden { int a; struct pub b; };
enum quiet { SILENT = 3 };
typedef struct { int in_source; } source_t;
typedef struct inside *inside_ref;
MAKE(local_macro);
struct pub a; struct inside b; union hidden c; enum quiet d; source_t e; inside_ref f; pub_t g;
struct from_inc h; struct by_macro i; struct local_macro j;
struct { struct pub p; } k;
struct pub *mix(struct inside i, union hidden *u, enum quiet q, source_t s, struct { int loc; } *l) { return i.p; }
