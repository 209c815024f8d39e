struct node; struct mount; struct handle;
struct node_ops {
	int (*open)(struct node *n, struct handle *h);
	long (*read)(char *to, struct handle *h, unsigned long n, long long *pos);
	int (*link)(struct node *from, struct node *dir, const struct node_ops *ops);
	void (*drop)(struct mount *m, struct node *n);
};
struct mount_ops {
	struct node *(*alloc)(struct mount *m, const struct node_ops *ops);
	int (*sync)(int wait, struct mount *m, struct node *only);
	int (*remount)(const char *opts, const struct mount_ops *old, struct mount *m);
};
struct node { const struct node_ops *ops; struct mount *mount; unsigned long ino; };
struct handle { struct node *node; int (*poll)(int events, struct handle *h, struct handle *waiter); long long pos; };
struct mount { const struct mount_ops *ops; struct node *root; struct handle *open[2]; };
