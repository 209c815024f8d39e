// A module that uses the symbol of another.
#include <linux/module.h>
#include "../first/first.h"

static int __init second_init(void)
{
	struct first last = { .count = 2 }, first = { .count = 40, .next = &last };

	pr_info("second: the first module counts %d\n", first_count(&first));
	return 0;
}
module_init(second_init);

static void __exit second_exit(void)
{
}
module_exit(second_exit);

MODULE_DESCRIPTION("Uses the symbol of another module");
MODULE_LICENSE("Dual MIT/GPL");
