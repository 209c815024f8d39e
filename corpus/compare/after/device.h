#include "request.h"

struct device_range {
    unsigned long last;
    unsigned long first;
};

struct device_id {
    unsigned short vendor;
    unsigned short product;
    unsigned long revision;
};

struct device_name {
    char text[16];
    int used;
};

struct device_pool {
    unsigned long base;
    unsigned char order;
} __attribute__((packed));

struct device_slot {
    unsigned int index;
    unsigned int owner;
} __attribute__((aligned(8)));

union device_regs {
    unsigned int status;
    unsigned int command;
};

typedef unsigned long cookie_t;

/* Of which each part counts for itself: here nothing changes but what is embedded. */
struct device {
    struct request_stats stats;
    struct device_id id;
    int users;
};
