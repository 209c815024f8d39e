#include "label.h"
#include "stock.h"
static const struct label main_label = { "main" };
struct store main_store = { .label = &main_label, .count = asm_count };
const int stock_limits[4] = { 1, 2, 3 };
long store_volume(struct store *store)
{
	return volume(&store->first) + volume(&asm_store->last) + (spare_crate != 0) + (stock_notify != 0);
}
