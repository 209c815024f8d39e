#define FIRST
#include "export.h"
#include "units.h"
void first(struct pair *pair, struct hidden *hidden) {}
EXPORT(first);
