/* For 32 bits, where clang states the size of no pointer, and nothing else is as large as one. */
struct right {
	int a;
	union {
		unsigned int __kabi_reserved_0;
		void *pointer;
	};
	union {
		int *__kabi_reserved_1;
		unsigned int number;
	};
	struct right *next;
};
struct wrong {
	union {
		unsigned short __kabi_reserved_0;
		void *pointer;
	};
};
