/* A rule that is in every object that includes this. */
#define RULE "1\0byte_size\0record\0" "8"
static const char rule[] __attribute__((used, aligned(1), section(".discard.gendwarfksyms.kabi_rules"))) = RULE;

struct record {
	long a;
	long b;
};
