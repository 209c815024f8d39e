#ifdef DOTS
typedef int handler(int n, ...);
#else
typedef int handler(int n);
#endif
#ifdef OLD
typedef int opener();
#else
typedef int opener(void);
#endif
#ifdef VECTOR
typedef int lanes __attribute__((vector_size(16)));
#else
typedef int lanes[4];
#endif
struct flags {
#ifdef MOVED
	unsigned gap : 1;
	unsigned first : 2;
#else
	unsigned first : 2;
	unsigned gap : 1;
#endif
};
struct padded {
#ifdef SHIFTED
	long pad;
#endif
	char tag;
};
