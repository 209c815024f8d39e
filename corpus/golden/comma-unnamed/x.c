#include "unnamed.h"
void hook(void (*tell)(const char *, struct session *)) { }
void ask(int (*ask)(int, struct session *, unsigned long)) { }
int relay(session_t *a, session_t *b) { return 0; }
struct { session_t *s; int (*relay)(session_t *, session_t *); } state;
