typedef struct session {
	struct {
		int (*ask)(int what, struct session *s, unsigned long arg);
		union {
			void (*tell)(const char *text, struct session *s);
			struct { struct session *peer; int (*relay)(struct session *a, struct session *b); } link;
		};
	} calls;
	struct { struct { union { struct session *up; long id; }; } deep; };
} session_t;
