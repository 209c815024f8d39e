long *__gendwarfksyms_ptr_sym(int a) { return 0; }
int v;
