struct inner { int a : 3; unsigned int b : 5; char c; };
enum color { RED, GREEN = -1, BLUE = 7 };
struct shape {
	struct shape *next;
	union { int x; char y[4]; };
	const char *name;
	int (*draw)(struct shape *shape, unsigned long flags, ...);
	enum color color;
	struct inner inner;
#ifdef AFTER
	long added;
#endif
	char rest[];
};
