struct crate {
	long width, height, depth;
	struct crate *below;
};
struct label;
struct store {
	struct crate first, last;
	const struct label *label;
	int (*count)(struct store *store, struct crate *crate);
};
typedef void (*notify)(const struct store *store, unsigned event);

/* Declared by all, defined by one: dwz moves the declarations. */
extern struct store main_store;
extern struct crate *spare_crate;
extern notify stock_notify;
extern const int stock_limits[4];

/* Defined in assembly: there are only declarations. */
extern struct store *asm_store;
int asm_count(struct store *store, struct crate *crate);

static inline long volume(const struct crate *crate)
{
	return crate->width * crate->height * crate->depth;
}
