#include "kit.h"
struct secret { int key; };
const struct secret *main_secret;
struct device *find_device(match_fn match, u64 serial) { return serial ? (struct device *)match : 0; }
