#include "t.h"
struct s v; enum e w; int plain;
__attribute__((used, aligned(1), section(".discard.gendwarfksyms.kabi_rules"))) static const char rule[] = "1\0type_string\0s#s\0s#''";
