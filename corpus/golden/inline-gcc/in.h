struct acc { long sum; int n; };
static inline int clamp(int v, int top) { return v > top ? top : v; }
