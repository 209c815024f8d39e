#include "stock.h"
struct crate *spare_crate = &main_store.last;
long crate_volume(struct crate *crate)
{
	return volume(crate) + volume(&asm_store->first) + stock_limits[1] + (stock_notify != 0) + asm_count(asm_store, crate);
}
