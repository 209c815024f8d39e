#include "peer.h"
void introduce(int (*meet)(int when, struct peer *who)) { }
struct peer *best(void) { return 0; }
