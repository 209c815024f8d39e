int *__gendwarfksyms_ptr_;
int v;
