/* Each union brings its old name when it is met first, and when a symbol meets it twice for the first time. */
union direct { long __kabi_renamedwas_direct; char *now; };
union named { long __kabi_renamedwas_named; char *now; };
typedef union named named_t;
typedef named_t named_again_t;
union pointed { long __kabi_renamedwas_pointed; char *now; };
typedef union pointed *pointed_t;
union spared { long __kabi_reserved1; char *now; };

struct four { union direct one, two, three; int four; };
struct names { named_t one; named_again_t two; const union named three; int four; };
struct pointers { pointed_t one; pointed_t two; union pointed *const three; union pointed four[2]; };

/* A reserved member within takes the name away, an ignored one does not. */
struct within {
	union { union spared __kabi_renamedwas_spared; long a; } one;
	union { union { long __kabi_ignored1; int b; } __kabi_renamedwas_ignored[2]; long a; } two;
	union { struct { union { long __kabi_renamedwas_inner; int b; }; } __kabi_renamedwas_outer; long a; } three;
	union { long __kabi_renamed; long a; } four;
};

/* What a union that is met twice consists of is not entered there. */
struct result { long first; union spared second; };
struct entry;
union handler { struct { struct result (*__kabi_renamedwas_handler)(const struct entry entry, int how); }; struct entry *now; };
struct entry { int n; long (*find)(struct entry *from, union handler *handler); union handler last; };
