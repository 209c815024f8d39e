struct peer { int n; struct peer *next; };
struct shape { int kind; };
struct table {
	int first;
	union { long flush_flags; struct { void (*__kabi_renamedclear)(int all, struct peer *p); }; };
	union { char *where; struct { struct peer *__kabi_renamedorigin; }; };
	union { char box[4]; struct { struct shape __kabi_renamedoutline; }; };
	union { unsigned span[2]; struct { unsigned short __kabi_renamedlimits[4]; }; };
	union { long more; struct { struct peer *__kabi_renamedagain; }; };
};
