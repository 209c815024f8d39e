#include "../export.h"
#include "mode.h"

void mode_set(enum mode mode) { }
EXPORT_SYMBOL(mode_set);

enum mode mode_current(void) { return MODE_OFF; }
EXPORT_SYMBOL(mode_current);

void speed_set(enum speed speed) { }
EXPORT_SYMBOL(speed_set);

enum speed speed_current(void) { return SPEED_SLOW; }
EXPORT_SYMBOL(speed_current);

void level_set(enum level level) { }
EXPORT_SYMBOL(level_set);

enum level level_current(void) { return LEVEL_LOW; }
EXPORT_SYMBOL(level_current);

void route_set(enum route route) { }
EXPORT_SYMBOL(route_set);

enum route route_current(void) { return ROUTE_LOCAL; }
EXPORT_SYMBOL(route_current);

void limit_set(enum limit limit) { }
EXPORT_SYMBOL(limit_set);

enum limit limit_current(void) { return LIMIT_SLOTS; }
EXPORT_SYMBOL(limit_current);

void phase_set(enum phase phase) { }
EXPORT_SYMBOL(phase_set);

enum phase phase_current(void) { return PHASE_IDLE; }
EXPORT_SYMBOL(phase_current);
