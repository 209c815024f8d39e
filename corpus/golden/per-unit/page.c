/* The companion object of page.S, as kbuild makes it. */
#include "export.h"
#include "file.h"

EXPORT_SYMBOL(copy_page);
EXPORT_SYMBOL(copy_page_alias);
EXPORT_SYMBOL(zero_page);
