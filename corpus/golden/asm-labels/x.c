int source_name(int a) __asm__("object_name");
int source_name(int a) { return a; }
extern long source_var __asm__("object_var");
long source_var = 4;
char swap_a __asm__("swap_b");
short swap_b __asm__("swap_a");
