#include "conv.h"
#include "t.h"
struct grown g; union grown_u u; enum grown_e e; grown_t t; struct user us; long double w; short s;
KABI("byte_size", "grown", "8"); KABI("byte_size", "grown_u", "0"); KABI("byte_size", "grown_e", "18446744073709551615"); KABI("byte_size", "grown_t", "4");
KABI("byte_size", "grown_alias", "5"); KABI("byte_size", "open", "64"); KABI("byte_size", "long double", "12"); KABI("byte_size", "short int", "3"); KABI("byte_size", "user", ""); KABI("byte_size", "user", "-1");
