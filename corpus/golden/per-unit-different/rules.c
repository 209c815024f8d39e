/* Has a rule about a type, and a symbol of that type. */
#include "export.h"
#include "types.h"

#define RULE(name, hint, target, value) \
    static const char rule_##name[] __attribute__((used, aligned(1), section(".discard.gendwarfksyms.kabi_rules"))) = \
        "1\0" #hint "\0" #target "\0" #value;

RULE(size, byte_size, grown, 4)

int ruled(struct grown *grown)
{
    return grown->value;
}
EXPORT_SYMBOL(ruled);
