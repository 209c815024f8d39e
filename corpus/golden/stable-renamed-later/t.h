typedef union {
	int __kabi_renamed_old;
	long value;
} renamed_t;

struct outer {
	renamed_t inner;
};

struct holder {
	struct outer *out;
	int count;
};
