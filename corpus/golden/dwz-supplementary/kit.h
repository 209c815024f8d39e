struct device;
struct secret;
typedef unsigned long long u64;
typedef int (*match_fn)(char *name, struct device *dev);
enum state { IDLE, GONE = -1 };
struct device {
	match_fn match;
	union { long whole; short half[2]; };
	enum state state : 4;
	unsigned width : 11;
	const struct secret *secret;
	u64 serial;
};
