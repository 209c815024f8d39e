#include "../export.h"
#include "widget.h"

void widget_show(struct widget *widget) { }
EXPORT_SYMBOL(widget_show);

int widget_width(struct widget *widget) { return widget->width; }
EXPORT_SYMBOL(widget_width);
