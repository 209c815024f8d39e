#include "h.h"
struct common b;
