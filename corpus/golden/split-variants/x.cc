extern "C" {
#include "x.c"
}
