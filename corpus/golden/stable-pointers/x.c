#include "conv.h"
#line 1 "t.h"
struct opt { int a; union { int *fresh; struct { unsigned long __kabi_reserved1; }; }; };
union ign { int __kabi_ignored1; char c; };
union ren { char c; int __kabi_renamedold; };
#line 20 "x.c"
extern struct opt opt_v; extern union ign ign_v; extern union ren ren_v; extern int fn_v(struct opt *__kabi_o, union ign i, union ren r);
TYPE_OF_SYMBOL(opt_v); TYPE_OF_SYMBOL(ign_v); TYPE_OF_SYMBOL(ren_v); TYPE_OF_SYMBOL(fn_v);
