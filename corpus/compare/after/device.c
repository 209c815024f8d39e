#include "../export.h"
#include "device.h"

unsigned long range_size(struct device_range *range) { return range->last - range->first; }
EXPORT_SYMBOL(range_size);

int range_is_empty(struct device_range *range) { return range->last == range->first; }
EXPORT_SYMBOL(range_is_empty);

int id_matches(struct device_id *id, struct device_id *other) { return id->product == other->product; }
EXPORT_SYMBOL(id_matches);

struct device_id any_id;
EXPORT_SYMBOL(any_id);

int name_length(struct device_name *name) { return sizeof(*name); }
EXPORT_SYMBOL(name_length);

char name_first(struct device_name *name) { return name->text[0]; }
EXPORT_SYMBOL(name_first);

unsigned long pool_base(struct device_pool *pool) { return pool->base; }
EXPORT_SYMBOL_GPL(pool_base);

struct device_pool pool_of_all[2];
EXPORT_SYMBOL_GPL(pool_of_all);

unsigned int slot_owner(struct device_slot *slot) { return slot->owner; }
EXPORT_SYMBOL(slot_owner);

void slot_free(struct device_slot *slot) { slot->owner = 0; }
EXPORT_SYMBOL(slot_free);

unsigned int regs_status(union device_regs *regs) { return regs->status; }
EXPORT_SYMBOL(regs_status);

void regs_write(union device_regs *regs, unsigned int command) { regs->command = command; }
EXPORT_SYMBOL(regs_write);

cookie_t cookie_next(cookie_t cookie) { return cookie + 1; }
EXPORT_SYMBOL(cookie_next);

int cookie_is_valid(cookie_t cookie) { return cookie != 0; }
EXPORT_SYMBOL(cookie_is_valid);

int device_users(struct device *device) { return device->users; }
EXPORT_SYMBOL_GPL(device_users);
