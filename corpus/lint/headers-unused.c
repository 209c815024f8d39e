#include "export.h"
#include "headers.h"
void other(int number) {}
EXPORT(other);
