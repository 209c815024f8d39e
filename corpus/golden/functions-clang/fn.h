struct ctx { int depth; };
typedef void (*done_t)(struct ctx *, int);
typedef done_t (*maker_t)(done_t, void *(*)(unsigned long));
