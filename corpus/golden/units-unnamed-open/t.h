struct s {
	int a;
	union {
		void (*f)(struct s *s, int b, struct s *again);
		int z;
	} u;
	struct {
		struct s *next;
		int (*g)(int a, struct s *s, void (*h)(struct s *s, int b, struct s *again));
	} v;
};
