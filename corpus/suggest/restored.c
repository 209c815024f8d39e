#include "restored.h"
#include "x.c"
