#include "export.h"
#include "units.h"
void second(struct holder *holder) {}
EXPORT(second);
