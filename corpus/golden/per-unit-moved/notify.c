#include "stock.h"
notify stock_notify;
long notify_all(const struct store *store, unsigned event)
{
	if (stock_notify)
		stock_notify(store, event);
	return volume(spare_crate) + stock_limits[0] + asm_count(&main_store, spare_crate) + (asm_store != 0);
}
