/* As after.h, with what is suggested. */
#define ___PASTE(a, b) a##b
#define __PASTE(a, b) ___PASTE(a, b)
#define ___KABI_RULE(hint, target, value)                            \
	static const char __PASTE(__gendwarfksyms_rule_,             \
				  __COUNTER__)[] __attribute__((used, aligned(1), \
		section(".discard.gendwarfksyms.kabi_rules"))) =     \
			"1\0" #hint "\0" target "\0" value
#define __KABI_RULE(hint, target, value) \
	___KABI_RULE(hint, #target, #value)

enum state { STATE_IDLE, STATE_BUSY, STATE_GONE, STATE_MAX };
__KABI_RULE(enumerator_value, state STATE_MAX, 2);
__KABI_RULE(enumerator_ignore, state STATE_GONE, );

struct opaque {
	int secret;
};
__KABI_RULE(declonly, opaque, );

struct device {
	int id;
	union {
		char __kabi_ignored_users;
		int users;
	};
	long int flags;
	union {
		long int __kabi_reserved_states;
		enum state *states;
	};
	struct opaque *opaque;
};

struct queue {
	int length;
	struct device *device;
	union {
		char __kabi_ignored_wakeups;
		long unsigned int wakeups;
	};
};
__KABI_RULE(byte_size, queue, 16);
