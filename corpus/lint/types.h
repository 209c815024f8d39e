/* One thing of each kind that is wrong with rules and placeholders, and some that are right. */
#define ___PASTE(a, b) a##b
#define __PASTE(a, b) ___PASTE(a, b)
#define ___KABI_RULE(hint, target, value)                            \
	static const char __PASTE(__gendwarfksyms_rule_,             \
				  __COUNTER__)[] __attribute__((used, aligned(1), \
		section(".discard.gendwarfksyms.kabi_rules"))) =     \
			"1\0" #hint "\0" target "\0" value
#define __KABI_RULE(hint, target, value) \
	___KABI_RULE(hint, #target, #value)

/* Right: a size of what only pointers lead to, a count at the end, a declaration. */
struct fine {
	long a;
	union {
		char __kabi_ignored_0;
		long b;
	};
};
__KABI_RULE(byte_size, fine, 8);

enum kind { KIND_A, KIND_B, KIND_C, KIND_MAX };
__KABI_RULE(enumerator_ignore, kind KIND_C, );
__KABI_RULE(enumerator_value, kind KIND_MAX, 2);

struct hidden {
	int secret;
};
__KABI_RULE(declonly, hidden, );

struct fits {
	union {
		long __kabi_reserved_0;
		int a;
	};
	union {
		struct {
			int __kabi_renamedold[2];
		};
		int new;
	};
	int last;
};

struct stated {
	int a;
	long b;
};
___KABI_RULE(type_string, "s#stated", "structure_type stated { member base_type int byte_size(4) encoding(5) a "
	"data_member_location(0) , member base_type long int byte_size(8) encoding(5) old data_member_location(8) } "
	"byte_size(16)");

/* Wrong: nothing of that name; none that is reached; no such enumerator; no such symbol; only declared. */
struct declared;
__KABI_RULE(declonly, gone, );
__KABI_RULE(enumerator_ignore, kind KIND_Z, );
___KABI_RULE(type_string, "no_symbol", "variable s#fine");
__KABI_RULE(byte_size, declared, 4);

/* Wrong: another rule decides. */
__KABI_RULE(byte_size, twice, 4);
__KABI_RULE(byte_size, twice, 8);
__KABI_RULE(byte_size, hidden, 8);
__KABI_RULE(enumerator_value, kind KIND_C, 1);
struct twice {
	long a;
	long b;
};

/* Wrong: other kinds. */
typedef struct fine fine_t;
union value {
	int a;
};
__KABI_RULE(declonly, fine_t, );
__KABI_RULE(enumerator_ignore, fine A, );
___KABI_RULE(type_string, "s#value", "structure_type value { }");
___KABI_RULE(type_string, "u#value", "structure_type value { }");

/* Wrong: so without a rule. */
struct same {
	int a;
};
__KABI_RULE(byte_size, same, 4);

/* Wrong: others have values of it. */
struct embedded {
	long a;
	long b;
};
__KABI_RULE(byte_size, embedded, 8);
struct known {
	int a;
};
__KABI_RULE(declonly, known, );
struct holder {
	struct embedded embedded;
	struct known known;
};

/* Wrong: an enumerator in between. */
enum order { ORDER_A, ORDER_B = 7, ORDER_C = 8 };
__KABI_RULE(enumerator_value, order ORDER_B, 1);

/* Wrong: the type is laid out in another way. */
struct moved {
	int a;
	int b;
};
___KABI_RULE(type_string, "s#moved", "structure_type moved { member base_type int byte_size(4) encoding(5) b "
	"data_member_location(0) , member base_type int byte_size(4) encoding(5) a data_member_location(4) } "
	"byte_size(8)");
___KABI_RULE(type_string, "broken", "subprogram ( ) -> { base_type void");

/* Wrong: what does not fit its place. */
struct places {
	union {
		int __kabi_reserved_0;
		long larger;
	};
	union {
		char __kabi_renamedold[8];
		long stricter;
	};
	union {
		int a;
		int b;
		char __kabi_ignored_late;
	};
};

/* Wrong: what leads here gets the old name; the members of the old type come between an old name and its member. */
struct astray {
	int a;
	union {
		long __kabi_renamedstray;
		void *b;
	};
};
struct carries {
	struct astray *astray;
	int after;
};
struct between {
	int first;
};
struct loses {
	union {
		struct between *__kabi_renamedlost;
		void *b;
	};
	int after;
};
