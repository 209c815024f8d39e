/* The bounds are known only when the function runs. */
int rows(int n, int m[n]) { return m[0]; }
int plane(int w, int h, double (*grid)[h][w]) { return grid[0][0][0] > 0; }
int mixed(unsigned char k, const short t[][k][4]) { return t[0][0][0]; }
typedef long pair_t[2];
long pairs(int n, pair_t (*p)[n + 1]) { return p[0][0][0]; }
