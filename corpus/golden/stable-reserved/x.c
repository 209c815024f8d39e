#include "conv.h"
#include "t.h"
struct plain p; struct through th; struct used u; union top t; union only o; reserved_t r; union top arr[3]; const union top *ptr; union only pick(union top a, reserved_t *b) { union only x = { 0 }; return x; }
struct { union top inner; reserved_t r; } v;
int args(int __kabi_first, union top *__kabi_t, long kept) { return 0; }
