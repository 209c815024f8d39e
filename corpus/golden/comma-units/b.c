#include "peer.h"
struct peer somebody;
void goodbye(void (*part)(const struct peer *, int (*)(int, struct peer *))) { }
