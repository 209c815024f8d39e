extern int shared(long a);
extern char table[];
int (*ref)(long) = shared;
char *tref(void) { return table; }
