typedef int *ref;
ref __gendwarfksyms_ptr_sym;
int v;
