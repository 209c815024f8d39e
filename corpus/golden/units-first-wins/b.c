int shared(long named) { return named; }
char table[32];
