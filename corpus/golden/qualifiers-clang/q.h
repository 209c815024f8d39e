struct box { int const left; volatile long right; };
struct ring { struct ring *const restrict next; const struct box *volatile const at; _Atomic int refs; };
typedef const volatile char cvchar;
