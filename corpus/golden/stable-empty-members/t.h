/* What lockdep's keys are without lockdep. */
struct key { };
union nothing { };
typedef struct key key_t;
struct holder { struct key inner; };

/* Behind the first member, those of an empty structure do not count. */
struct behind { int n; union { int now; struct key k; long __kabi_reserved_0; }; };
struct behind_two { int n; union { int now; struct key k; struct key l; struct { long __kabi_renamedbefore; }; }; };
struct behind_third { int n; union { int now; struct key k; int then; long __kabi_reserved_0; }; };
/* The first one does. */
struct first { int n; union { struct key k; int now; long __kabi_reserved_0; }; };
struct first_two { int n; union { struct key k; struct key l; long __kabi_reserved_0; int now; }; };
/* Neither are these empty structures. */
struct empty_union { int n; union { int now; union nothing k; long __kabi_reserved_0; }; };
struct by_name { int n; union { int now; key_t k; long __kabi_reserved_0; }; };
struct qualified { int n; union { int now; const struct key k; long __kabi_reserved_0; }; };
struct many { int n; union { int now; struct key k[2]; long __kabi_reserved_0; }; };
struct nested { int n; union { int now; struct holder k; long __kabi_reserved_0; }; };
