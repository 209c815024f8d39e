/* One object per arithmetic type; the names say the type. */
_Bool flag;
char letter;
signed char tiny;
unsigned char octet;
short brief;
unsigned short ubrief;
int whole;
unsigned count;
long far;
unsigned long ufar;
long long farther;
unsigned long long ufarther;
float ratio;
double precise;
long double extended;
#ifdef __SIZEOF_INT128__
__int128 giant;
unsigned __int128 ugiant;
#endif
__CHAR16_TYPE__ utf16;
__CHAR32_TYPE__ utf32;
__WCHAR_TYPE__ wide;
