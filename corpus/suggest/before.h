/* What modules were built with. */
enum state { STATE_IDLE, STATE_BUSY, STATE_MAX };

struct opaque;

struct device {
	int id;
	long int flags;
	long int __kabi_reserved_0;
	struct opaque *opaque;
};

struct queue {
	int length;
	struct device *device;
};
