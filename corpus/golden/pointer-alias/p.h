struct obj { int n; struct obj *next; };
typedef int compare(const struct obj *a, const struct obj *b);
