#include "../export.h"
#include "list.h"

int list_each(struct list *list) { return 0; }
EXPORT_SYMBOL(list_each);

int list_visit(struct list *list, visit_fn *visit) { return 0; }
EXPORT_SYMBOL(list_visit);

int list_default(visit_fn *visit) { return 0; }
EXPORT_SYMBOL(list_default);
