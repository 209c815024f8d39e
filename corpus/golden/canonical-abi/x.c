#include "change.h"
int dots(handler *h) { return 0; }
int old(opener *o) { return 0; }
int vector(lanes *l) { return 0; }
int moved(struct flags *f) { return 0; }
int shifted(struct padded *p) { return 0; }
