/* What is asked of a device. */
struct request {
    unsigned long sector;
    unsigned long deadline;
    unsigned int length;
    void *data;
};

union payload {
    unsigned long address;
    unsigned char bytes[8];
};

struct request_flags {
    unsigned int sync : 1;
    unsigned int priority : 3;
    unsigned int retries : 4;
};

struct request_times {
    unsigned char state;
    unsigned long started;
};

struct request_stats {
    unsigned long done;
    unsigned long failed;
};

struct request_queue {
    unsigned int depth;
    struct request *first;
    struct request *last;
};
