#include "ring.h"
long ring_length(struct ring *ring_of_length, unsigned at)
{
	return ring_of_length->last.end - main_ring.last.begin + (ring_of_length->flags & at);
}

struct ring main_ring;

long ring_sum(struct ring *ring, unsigned at)
{
	return ring_weight(ring, at) + ring_space(ring, at);
}
