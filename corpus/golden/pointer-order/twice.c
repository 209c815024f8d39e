#include "p.h"
short (*__gendwarfksyms_ptr_work)(char);
static int filler;
long *__gendwarfksyms_ptr_stock = 0;
int **__gendwarfksyms_ptr_stock2, *__gendwarfksyms_ptr_unrelated;
int *keep(void) { return &filler; }
