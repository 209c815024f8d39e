int real(int a, char b) { return a + b; }
extern int other(int a, char b) __attribute__((alias("real")));
extern int faint(int a, char b) __attribute__((weak, alias("real")));
static int inner(long v) { return v; }
extern int outer_name(long v) __attribute__((alias("inner")));
int data[4] = { 1 };
extern int data_too[4] __attribute__((alias("data")));
extern const char first_byte __attribute__((alias("data")));
__attribute__((weak)) void weak_fn(void) { }
int elsewhere = 5;
__asm__(".globl plain_label\n.set plain_label, real\n.globl past\n.set past, data+4\n.globl absolute\n.set absolute, 64\n.globl absolute_too\n.set absolute_too, 64");
