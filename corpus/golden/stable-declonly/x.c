#include "conv.h"
#include "t.h"
struct shown shown; struct cut cut; union cut_u u; enum cut_e e; cut_t t; cut_alias al; struct holder h;
int use(struct cut *c, enum cut_e e, struct holder h) { return 0; }
KABI("declonly", "cut", ""); KABI("declonly", "cut_u", "any value"); KABI("declonly", "cut_e", "1");
KABI("declonly", "cut_t", ""); KABI("declonly", "cut_alias", ""); KABI("declonly", "nowhere", ""); KABI("declonly", "nested", "");
KABI("declonly", "int", ""); KABI("declonly", "Shown", ""); KABI("declonly", "s#shown", ""); KABI("declonly", "cut", "");
