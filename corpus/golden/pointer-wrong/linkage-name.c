short *elsewhere __asm__("__gendwarfksyms_ptr_sym");
int v;
