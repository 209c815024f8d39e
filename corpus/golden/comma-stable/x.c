#include "conv.h"
#include "kabi.h"
void set_push(int (*push)(unsigned how, struct queue *, struct queue_ops *)) { }
void set_clear(void (*clear)(int all, struct queue *q), struct secret *s) { }
struct queue_ops qops;
KABI("declonly", "secret", "");
