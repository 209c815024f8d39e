#include "../export.h"

int ring_open(int minor) { return minor; }
EXPORT_SYMBOL(ring_open);

int ring_close(int minor, int force) { return minor; }
EXPORT_SYMBOL(ring_close);

int ring_seek(int minor, int offset) { return offset; }
EXPORT_SYMBOL(ring_seek);

int ring_flush(int minor) { return minor; }
EXPORT_SYMBOL(ring_flush);

int ring_count(void) { return 0; }
EXPORT_SYMBOL(ring_count);

int ring_limit;
EXPORT_SYMBOL(ring_limit);

int ring_label(char *label) { return label[0]; }
EXPORT_SYMBOL(ring_label);

int ring_legacy(void) { return 0; }
EXPORT_SYMBOL(ring_legacy);

int ring_ready(void) { return 1; }
EXPORT_SYMBOL(ring_ready);

int ring_same(int minor) { return minor; }
EXPORT_SYMBOL(ring_same);
