#include "q.h"
const int fixed = 4;
volatile int port;
const volatile unsigned short reg = 1;
const char *name;
char *const locked = 0;
const char *const *const *walk = 0;
const void *blob;
void *const volatile slot = 0;
_Atomic unsigned long hits;
_Atomic(struct box *) head;
cvchar *cv;
const int table[3] = { 1, 2, 3 };
volatile struct ring rings[2];
struct ring *pair(struct ring *restrict a, const struct ring *restrict b, int *restrict const c) { return a; }
const struct box *peek(void) { return 0; }
