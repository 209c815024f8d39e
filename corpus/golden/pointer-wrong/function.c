int __gendwarfksyms_ptr_sym(void) { return 0; }
int v;
