#include "../export.h"

int ring_open(int minor, int flags) { return minor; }
EXPORT_SYMBOL(ring_open);

int ring_close(int minor) { return minor; }
EXPORT_SYMBOL(ring_close);

int ring_seek(int minor, long offset) { return offset; }
EXPORT_SYMBOL(ring_seek);

int ring_flush(int unit) { return unit; }
EXPORT_SYMBOL(ring_flush);

long ring_count(void) { return 0; }
EXPORT_SYMBOL(ring_count);

long ring_limit;
EXPORT_SYMBOL(ring_limit);

int ring_label(const char *label) { return label[0]; }
EXPORT_SYMBOL(ring_label);

int ring_start(void) { return 0; }
EXPORT_SYMBOL(ring_start);

int ring_ready(void) { return 1; }
EXPORT_SYMBOL_GPL(ring_ready);

int ring_same(int minor) { return minor; }
EXPORT_SYMBOL(ring_same);
