struct plain { unsigned long __kabi_reserved1; unsigned long __kabi_reserved_two[2]; char __kabi_; long __kabi_other; int kabi_reserved; int __KABI_reserved; };
struct used {
	union { unsigned long __kabi_reserved1; struct { int real; }; };
	union { struct { int real2; }; struct { unsigned long __kabi_reserved2; }; };
	union { struct { char real3; }; unsigned long __kabi_reserved3; };
	union { char a; short b; unsigned long __kabi_reserved_third; } third;
	union { struct { int second; unsigned long __kabi_reserved4; }; int z; } second_in_struct;
	union { struct { struct { unsigned long __kabi_reserved5; }; }; int z; } nested_struct;
	union { int z; unsigned long *__kabi_reserved6; } named;
	union { int z; unsigned __kabi_reserved7 : 7; };
};
typedef struct { unsigned long __kabi_reserved9; } hidden_t;
struct first_only { unsigned long __kabi_reserved10; int more; };
struct through {
	union { int z; hidden_t by_typedef; };
	union { int z2; const struct first_only by_const; };
	union { int z3; struct first_only by_array[1]; };
	union { int z4; struct first_only by_name; };
	union { int z5; union { unsigned long __kabi_reserved11; } by_union; };
	union { int z6; struct first_only *by_pointer; };
	struct { unsigned long __kabi_reserved12; } not_a_union;
};
union top { struct { long __kabi_reserved; }; char c; };
union only { long __kabi_reserved; };
typedef union { int a; struct target { int t; } __kabi_reserved0; } reserved_t;
