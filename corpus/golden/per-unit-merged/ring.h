struct slot {
	long begin, end;
};
struct ring {
	struct slot first, last;
	struct ring *next;
	unsigned flags;
};
extern struct ring main_ring;

/* One code for all, in three sources: only the declarations name no parameters. */
long ring_length(struct ring *, unsigned);
long ring_weight(struct ring *, unsigned);
long ring_space(struct ring *, unsigned);
