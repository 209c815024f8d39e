#include "../export.h"
#include "widget.h"

void widget_show(struct gadget *widget) { }
EXPORT_SYMBOL(widget_show);

int widget_width(struct gadget *widget) { return widget->width; }
EXPORT_SYMBOL(widget_width);
