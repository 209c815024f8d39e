#include "conv.h"
int origin(char c) { return c; }
extern int second(char c) __attribute__((alias("origin")));
extern int third(char c) __attribute__((alias("origin")));
long solo; long solo2; extern long solo_alias __attribute__((alias("solo")));
KABI("type_string", "second", "subprogram ( second ) -> base_type void");
KABI("type_string", "nowhere", "variable made up");
KABI("type_string", "solo", "variable from rule"); KABI("type_string", "solo_alias", "variable from other rule");
