#include "request.h"

struct device_range {
    unsigned long first;
    unsigned long last;
};

struct device_id {
    unsigned short vendor;
    unsigned short product;
    unsigned int revision;
};

struct device_name {
    char text[16];
    int length;
};

struct device_pool {
    unsigned long base;
    unsigned char order;
};

struct device_slot {
    unsigned int index;
    unsigned int owner;
};

struct device_regs {
    unsigned int status;
    unsigned int command;
};

typedef unsigned int cookie_t;

/* Of which each part counts for itself: here nothing changes but what is embedded. */
struct device {
    struct request_stats stats;
    struct device_id id;
    int users;
};
