#include "../export.h"
#include "lane.h"

unsigned long mark_length(struct lane_mark *mark) { return mark->last - mark->first; }
EXPORT_SYMBOL(mark_length);

void *owner_holder(struct lane_owner *owner) { return owner->holder; }
EXPORT_SYMBOL(owner_holder);

unsigned int limits_speed(struct lane_limits *limits) { return limits->speed; }
EXPORT_SYMBOL(limits_speed);

int colour_is_grey(struct lane_colour *colour) { return colour->red == colour->green; }
EXPORT_SYMBOL(colour_is_grey);

int colour_shade(unsigned char shade) { return shade; }
EXPORT_SYMBOL(colour_shade);

int slope_length(struct lane_slope *slope) { return slope->length; }
EXPORT_SYMBOL(slope_length);

int driver_id(struct lane_driver *driver) { return driver->id; }
EXPORT_SYMBOL(driver_id);

void lane_join(int lane, long other) { }
EXPORT_SYMBOL(lane_join);
