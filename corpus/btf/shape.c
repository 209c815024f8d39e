#include "shape.h"
#define EXPORT_SYMBOL(sym) asm(".pushsection .export_symbol, \"a\"\n__export_symbol_" #sym ":\n" \
	".asciz \"\"\n.asciz \"\"\n.balign 8\n.quad " #sym "\n.popsection")

/* pahole writes no variables but those of each CPU. */
int draw_shape(struct shape *shape) { return shape->draw(shape, 0); }
EXPORT_SYMBOL(draw_shape);
double width;
EXPORT_SYMBOL(width);
int same(double value) { return value > 0; }
EXPORT_SYMBOL(same);
