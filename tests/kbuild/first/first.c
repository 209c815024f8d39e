// A module that exports a symbol.
#include <linux/module.h>
#include "first.h"

int first_count(const struct first *first)
{
	int count = 0;

	for (; first; first = first->next)
		count += first->count;
	return count;
}
EXPORT_SYMBOL(first_count);

MODULE_DESCRIPTION("Exports a symbol");
MODULE_LICENSE("Dual MIT/GPL");
