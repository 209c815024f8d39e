struct queue;
struct queue_ops {
	int (*push)(unsigned how, struct queue *q, struct queue_ops *ops);
	union {
		int (*peek)(unsigned at, struct queue *q);
		struct { unsigned long __kabi_reserved1; };
	};
	union {
		struct { void (*flush)(int all, struct queue *q, struct queue_ops *o); };
		struct { unsigned long __kabi_renamedclear; };
	};
	int last;
};
struct queue { struct queue_ops *ops; struct secret *hidden; };
struct secret { struct queue *q; void (*tell)(int a, struct secret *s); };
