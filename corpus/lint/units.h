/* Rules of a header that several sources include. */
#define RULE(name, text) \
	static const char name[] __attribute__((used, aligned(1), section(".discard.gendwarfksyms.kabi_rules"))) = text
RULE(rule_pair, "1\0byte_size\0pair\0" "8");
RULE(rule_hidden, "1\0byte_size\0hidden\0" "8");
RULE(rule_gone, "1\0declonly\0gone\0");

/* Types of one name that are not the same: of the first, the rule states what is so; about the second, it is wrong. */
#ifdef FIRST
struct pair {
	long a;
};
#else
struct pair {
	long a;
	long b;
};
struct holder {
	struct pair pair;
};
#endif
