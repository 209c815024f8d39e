#include "kit.h"
struct bus { struct device bridge; };
unsigned scan_bus(struct bus *bus, u64 *found) { return bus->bridge.width + *found; }
