int v;
int f(void) { static int *__gendwarfksyms_ptr_sym = &v; return *__gendwarfksyms_ptr_sym; }
