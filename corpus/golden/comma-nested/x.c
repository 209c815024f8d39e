#include "nested.h"
int start(step_fn s) { return 0; }
int chain(int (*retry)(int, step_fn, int (*)(step_fn, done_fn, struct task *)), struct task *t) { return 0; }
void done(struct task *t, int status) { }
