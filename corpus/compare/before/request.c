#include "../export.h"
#include "request.h"

void request_init(struct request *request) { request->length = 0; }
EXPORT_SYMBOL(request_init);

unsigned int request_length(const struct request *request) { return request->length; }
EXPORT_SYMBOL(request_length);

unsigned long payload_address(union payload *payload) { return payload->address; }
EXPORT_SYMBOL_GPL(payload_address);

void payload_clear(union payload *payload) { payload->address = 0; }
EXPORT_SYMBOL_GPL(payload_clear);

int request_is_sync(struct request_flags flags) { return flags.sync; }
EXPORT_SYMBOL(request_is_sync);

void request_set_retries(struct request_flags *flags, int retries) { flags->retries = retries; }
EXPORT_SYMBOL(request_set_retries);

void request_start(struct request_times *times) { times->state = 1; }
EXPORT_SYMBOL(request_start);

int request_state(struct request_times *times) { return times->state; }
EXPORT_SYMBOL(request_state);

unsigned long stats_total(struct request_stats *stats) { return stats->done + stats->failed; }
EXPORT_SYMBOL_GPL(stats_total);

struct request_stats stats_of_all;
EXPORT_SYMBOL_GPL(stats_of_all);

unsigned int queue_depth(struct request_queue *queue) { return queue->depth; }
EXPORT_SYMBOL(queue_depth);

struct request *queue_first(struct request_queue *queue) { return queue->first; }
EXPORT_SYMBOL(queue_first);
