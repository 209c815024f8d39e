struct old { int a; long before; char c; };
struct fresh { int a; union { void *after; struct { long __kabi_renamedbefore; }; }; char c; };
struct direct { int a; union { long __kabi_renamedbefore; void *after; }; char c; };
struct named { union { struct { int x, y; }; struct { long __kabi_renamed_odd; }; } now; };
struct arrays { union { char *list[4]; struct { int __kabi_renamedlist_old[8]; }; }; union { int bits_new : 3; struct { unsigned __kabi_renamedbits : 3; }; }; int end; };
union in_union { union { short s; int __kabi_renamedpart; }; long l; };
typedef union { char n; struct old __kabi_renamedtop; } renamed_t;
struct user { renamed_t r; renamed_t *p; struct fresh f; int end; };
