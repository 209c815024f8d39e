struct list;
typedef int visit_fn(int depth, struct list *list);
struct list {
    visit_fn *visit;
    int length;
};
