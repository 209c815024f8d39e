struct part;
typedef int (*fit_fn)(struct part *p, const char *where);
enum grade { POOR = -1, FAIR, FINE = 1000 };
struct part {
	struct part *next;
	fit_fn fit;
	union { long weight; unsigned char raw[8]; };
	enum grade grade : 12;
	unsigned left : 3, right : 5;
	const volatile void *blob;
	struct { short w, h; } size[2];
};
