struct grown { int a; long b; };
union grown_u { int a; char c[24]; };
enum grown_e { E0 };
typedef struct { char c; } grown_t;
typedef struct grown grown_alias;
struct open;
struct user { struct grown g; long double wide; struct open *o; grown_t t; grown_alias *p; };
