struct shown { int a; struct cut *c; };
struct cut { long secret; struct shown back; };
union cut_u { int i; struct shown s; };
enum cut_e { ONE, TWO };
typedef struct { int x; } cut_t;
typedef struct cut cut_alias;
struct holder { struct cut c; union cut_u u; enum cut_e e; cut_t t; struct nested { int n; } n; };
