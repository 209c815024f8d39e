int *__gendwarfksyms_ptr_sym[1];
int v;
