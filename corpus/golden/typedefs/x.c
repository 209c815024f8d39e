#include "kinds.h"
u32_t a;
handle_t b = 3;
opaque_ref c;
unnamed_body d;
tagged e;
tagged_ref f;
toggle g;
grid h;
handler_table i;
nothing *j;
const nothing *k;
handler *pick(nothing);
handler *pick(void) { return i[0]; }
id_t convert(handle_t h, const tagged t, volatile toggle s) { return h + s + !t.b; }
