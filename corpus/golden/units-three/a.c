#include "h.h"
common_ref a;
