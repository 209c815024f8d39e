#include "after.h"
#include "x.c"
