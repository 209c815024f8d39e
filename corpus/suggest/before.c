#include "before.h"
#include "x.c"
