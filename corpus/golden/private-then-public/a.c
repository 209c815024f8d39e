#include "dev.h"
struct priv { long state; struct dev *d; };
struct dev first; struct priv own;
