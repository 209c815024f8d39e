#include "a.h"
char before[64]; struct one second_v[3]; int not_in_a(void) { return 0; } void second_fn(struct one o) { }
