#include "list.h"
void each(struct list *l, int (*visit)(struct entry *, struct list *, void *)) { l->visit = visit; }
struct entry *append(struct list *l, struct entry *e) { return e; }
int visit_all(int (*visit)(struct entry *, struct list *, void *), struct list *l) { return l->length; }
