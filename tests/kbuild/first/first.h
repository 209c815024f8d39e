struct first {
	unsigned int count;
	/* In what would be padding: with KBUILD_GENDWARFKSYMS_STABLE=1, versions do not depend on it. */
	union { int state, __kabi_ignored_state; };
	struct first *next;
};

int first_count(const struct first *first);
