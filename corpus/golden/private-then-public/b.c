#include "dev.h"
#include "priv.h"
struct dev second; struct priv shown;
