/* What is asked of a device. */
struct request {
    unsigned long sector;
    unsigned int length;
    void *data;
};

union payload {
    unsigned long address;
    unsigned char bytes[8];
    unsigned int handle;
};

struct request_flags {
    unsigned int sync : 1;
    unsigned int priority : 4;
    unsigned int retries : 4;
};

struct request_times {
    unsigned char state;
    unsigned char lane;
    unsigned long started;
};

struct request_stats {
    unsigned long done;
    unsigned long failed;
    unsigned long retried;
};

struct request_queue {
    unsigned int depth;
    struct request *current;
    struct request *first;
    struct request *last;
};
