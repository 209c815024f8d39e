#include "../export.h"
#include "list.h"

visit_fn list_default;
int list_default(int depth, struct list *list) { return depth; }
EXPORT_SYMBOL(list_default);

int list_each(struct list *list) { return 0; }
EXPORT_SYMBOL(list_each);

int list_visit(struct list *list, visit_fn *visit) { return 0; }
EXPORT_SYMBOL(list_visit);
