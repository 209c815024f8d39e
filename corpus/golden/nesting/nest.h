struct outer {
	int id;
	struct { int x, y; };
	struct { struct { char deep; } in; union { int i; float f; }; } named;
	union { struct outer *up; unsigned long bits; struct tagged_in { int t; } ti; };
	struct inner { struct inner *self; enum mode { COLD, HOT } mode; } first, *second;
	struct inner third[2];
	enum { LOW = 1, HIGH = 9 } level;
	struct tagged_in back;
};
union choice {
	struct outer *o;
	struct { short s; struct { short t; } sub; } pair;
	union choice *c;
	unsigned char raw[16];
};
struct empty { };
struct only_anon { union { struct { int z; }; }; };
