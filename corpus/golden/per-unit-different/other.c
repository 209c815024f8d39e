/* Exports a symbol under a type that it does not have. */
#include "export.h"

int twice(long number, char letter);
EXPORT_SYMBOL(twice);
