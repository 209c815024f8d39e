#include "t.h"

/* The last function is described first. */
void second(struct holder *holder, renamed_t value, int after) {}
void first(struct holder *holder) {}
