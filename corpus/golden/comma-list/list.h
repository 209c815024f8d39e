struct entry;
struct list {
	struct entry *first;
	int (*visit)(struct entry *e, struct list *l, void *arg);
	unsigned length;
};
struct entry { struct entry *next; void *value; };
