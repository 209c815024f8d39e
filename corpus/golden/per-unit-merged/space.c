#include "ring.h"
long ring_space(struct ring *ring_of_space, unsigned at)
{
	return ring_of_space->last.end - main_ring.last.begin + (ring_of_space->flags & at);
}
