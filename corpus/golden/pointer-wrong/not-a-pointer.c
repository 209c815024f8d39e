int __gendwarfksyms_ptr_sym;
int v;
