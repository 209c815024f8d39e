#include "../export.h"
#include "wire.h"

void disk_read(struct format *format) { }
EXPORT_SYMBOL(disk_read);

void disk_write(struct format *format) { }
EXPORT_SYMBOL(disk_write);
