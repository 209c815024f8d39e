enum state { S_DOWN, S_UP, S_NEW };
struct extra { int e; };
struct opaque_since { struct extra x; };
struct device {
	enum state state;
	union { struct { struct extra *extra; }; struct { unsigned long __kabi_reserved1; }; };
	union { struct { int gone; }; struct { int __kabi_ignored0; }; };
	union { struct opaque_since *now; struct { void *__kabi_renamedthen; }; };
	struct opaque_since *o;
	unsigned long __kabi_reserved2;
};
struct device_alike { enum state state; unsigned long r; void *then; struct opaque_since *o; unsigned long r2; };
