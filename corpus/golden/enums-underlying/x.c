#line 1 "e.h"
enum narrow : unsigned char { N_A, N_B = 255 };
enum wide : long long { W_MIN = -9223372036854775807LL - 1, W_MAX = 9223372036854775807LL };
typedef unsigned short u16;
enum through : u16 { T_A = 65535 };
enum opaque_later : int;
struct uses { enum narrow n; enum wide w; enum through t : 3; enum opaque_later *o; };
#line 20 "x.c"
#ifdef __cplusplus
extern "C" {
#endif
enum narrow narrow; enum wide wide; enum through through; struct uses uses; enum opaque_later *later;
int fn(enum narrow n, enum wide w) { return (int)n; }
#ifdef __cplusplus
}
#endif
