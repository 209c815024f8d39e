#ifdef WIDE
void fill(void *to, int byte, unsigned long count);
#else
void fill(void *to, int byte, unsigned count);
#endif
typeof(fill) *__gendwarfksyms_ptr_fill __attribute__((section(".discard.gendwarfksyms"))) = &fill;
