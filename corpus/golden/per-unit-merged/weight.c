#include "ring.h"
long ring_weight(struct ring *ring_of_weight, unsigned at)
{
	return ring_of_weight->last.end - main_ring.last.begin + (ring_of_weight->flags & at);
}
