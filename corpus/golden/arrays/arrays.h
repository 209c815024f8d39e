struct cell { short v[2][3]; };
struct tail { int n; struct cell more[]; };
struct none { int n; long gone[0]; };
typedef char line_t[80];
typedef line_t page_t[25];
struct book { page_t *pages[7]; line_t title; };
