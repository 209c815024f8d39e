struct a { int x; struct b *b; };
struct b { struct a *a; };
union c { int i; struct b b; };
enum d { D0 };
typedef struct a *a_ref;
struct loop { int l; };
