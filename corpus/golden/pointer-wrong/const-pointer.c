int *const __gendwarfksyms_ptr_sym = 0;
int v;
