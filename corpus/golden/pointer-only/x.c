#include "conv.h"
#include "p.h"
extern int asm_fn(struct obj *o, char flag);
extern struct obj asm_obj;
extern struct obj *asm_ptr;
extern compare asm_compare;
extern compare *asm_compare_ref;
extern const unsigned long asm_table[8];
extern char asm_open[];
extern void asm_void(void);
TYPE_OF_SYMBOL(asm_fn); TYPE_OF_SYMBOL(asm_obj); TYPE_OF_SYMBOL(asm_ptr); TYPE_OF_SYMBOL(asm_compare);
TYPE_OF_SYMBOL(asm_compare_ref); TYPE_OF_SYMBOL(asm_table); TYPE_OF_SYMBOL(asm_open); TYPE_OF_SYMBOL(asm_void);
