struct peer {
	int (*meet)(int when, struct peer *who);
	void (*part)(const struct peer *who, int (*why)(int, struct peer *));
};
