void fill(void *to, int byte, unsigned count);
void clear(char *text) { fill(text, 0, 8); }
