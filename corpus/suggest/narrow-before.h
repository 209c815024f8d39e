/* For 32 bits, where clang states the size of no pointer, and nothing else is as large as one. */
struct file {
	int mode;
	unsigned int __kabi_reserved_0;
	struct file *next;
	char tail;
};
