#include "fn.h"
void nothing(void) { }
int no_prototype() { return 1; }
int old_style(a, b) int a; char *b; { return a + *b; }
int format(const char *text, ...) { return *text; }
int only_dots(struct ctx *c, int (*print)(const char *, ...)) { return print("x"); }
void use_unprototyped(int (*f)()) { f(1, 2); }
maker_t chooser(int which) { return 0; }
void (*signal_like(int sig, void (*handler)(int)))(int) { return handler; }
int (*(*twice(void))(struct ctx))(long) { return 0; }
struct ctx by_value(struct ctx c, done_t d) { return c; }
_Noreturn void stop(void) { for (;;); }
__attribute__((pure)) int pure_one(const int *p) { return *p; }
__attribute__((const)) int const_one(int v) { return v; }
long many(char a, short b, int c, long d, float e, double f, void *g, struct ctx h, ...) { return a; }
int unnamed_parameter(int, struct ctx *p);
int unnamed_parameter(int first, struct ctx *p) { return first; }
done_t slots[2];
maker_t *ref;
