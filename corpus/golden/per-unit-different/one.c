/* Exports a symbol that another unit exports, too, and one whose type a rule of another unit is about. */
#include "export.h"
#include "types.h"

int twice(struct ruled *ruled)
{
    return ruled->value;
}
EXPORT_SYMBOL(twice);

int ruled_in_another(struct ruled *ruled, struct grown *grown)
{
    return ruled->value + grown->value;
}
EXPORT_SYMBOL(ruled_in_another);
