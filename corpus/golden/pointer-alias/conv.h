/* The conventions by which a source talks to the tool. */
#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)

/* Gives the type of a symbol through a pointer. */
#define TYPE_OF_SYMBOL(name) \
	static __typeof__(name) *JOIN(__gendwarfksyms_ptr_, name) \
	__attribute__((used, section(".discard.gendwarfksyms"))) = &name

/* One kABI rule: version, rule, target, value. */
#define KABI(rule, target, value) \
	static const char JOIN(kabi_, __COUNTER__)[] \
	__attribute__((used, aligned(1), section(".discard.gendwarfksyms.kabi_rules"))) = \
	"1\0" rule "\0" target "\0" value
