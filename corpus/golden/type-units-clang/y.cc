extern "C" {
#include "y.c"
}
