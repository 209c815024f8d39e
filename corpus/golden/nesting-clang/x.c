#include "nest.h"
struct outer everything;
union choice choose;
struct empty e;
struct only_anon oa;
struct inner later;
enum mode m;
struct { int local; struct empty e; } unnamed_variable;
union { long l; double d; } unnamed_pair[2];
union choice look(struct inner i, union choice c) { return c; }
