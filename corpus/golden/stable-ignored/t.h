struct grown { int a; union { struct { long fresh; }; struct { int __kabi_ignored0; }; }; int b; };
struct first { union { long fresh; char __kabi_ignored; }; int b; };
struct only { union { int __kabi_ignored_x; long l; } u; };
struct last { int a; union { int __kabi_ignored_x; long l; } named; };
union ign { char __kabi_ignored1; int i; };
typedef union ign ign_t;
struct uses { union ign u; ign_t t; union ign arr[2]; union ign *p; int end; };
union around { union ign u; int i; };
struct direct { int a; int __kabi_ignored_direct; int b; };
