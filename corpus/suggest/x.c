#include "export.h"
struct device root;
void run(struct queue *queue) { (void)queue; }
enum state state(struct device *device) { (void)device; return 0; }
EXPORT(root);
EXPORT(run);
EXPORT(state);
