#include "export.h"
#include "headers.h"
void use(struct record *record) {}
EXPORT(use);
