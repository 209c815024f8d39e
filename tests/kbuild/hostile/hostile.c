// A module whose debugging information is damaged: a unit that is larger than the section it is in.
#include <linux/module.h>

int hostile_symbol(struct module *module);
int hostile_symbol(struct module *module)
{
	return 0;
}
EXPORT_SYMBOL(hostile_symbol);

#ifndef HARMLESS
asm(".pushsection .debug_info\n\t.long 0x7ffffff0\n\t.byte 5, 0, 1, 8, 0, 0, 0, 0\n\t.popsection");
#endif

MODULE_DESCRIPTION("Damaged debugging information");
MODULE_LICENSE("Dual MIT/GPL");
