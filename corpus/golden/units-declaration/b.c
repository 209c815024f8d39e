#include "full.h"
struct thing give; enum tone tone;
