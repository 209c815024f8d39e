/* For 32 bits, where clang states the size of no pointer, and nothing else is as large as one. */
struct file {
	int mode;
	struct file *previous;
	struct file *next;
	char tail;
};
