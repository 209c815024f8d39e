_Complex float turn;
_Complex double wave;
_Complex long double phase;
_Complex int lattice;
__float128 quad;
#ifndef __clang__
_Float16 half;
_Decimal32 price;
_Decimal64 balance;
_Decimal128 budget;
#endif
double mix(float a, _Complex double b);
double mix(float a, _Complex double b) { return a + (double)b; }
