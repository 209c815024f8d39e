/* What is built now: a member in a hole, one in reserved space, one at the end, an enumerator, a definition. */
enum state { STATE_IDLE, STATE_BUSY, STATE_GONE, STATE_MAX };

struct opaque {
	int secret;
};

struct device {
	int id;
	int users;
	long int flags;
	enum state *states;
	struct opaque *opaque;
};

struct queue {
	int length;
	struct device *device;
	unsigned long int wakeups;
};
