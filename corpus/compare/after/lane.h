typedef unsigned char u8;

struct lane_mark {
    unsigned long first;
    unsigned long last;
} __attribute__((aligned(8)));

struct lane_owner {
    union {
        void *holder;
        void *holder_rcu;
    };
    unsigned long since;
};

struct lane_limits {
    unsigned int speed;
    unsigned int height;
    union {
        unsigned int weight;
        struct {
            unsigned long reserved1;
        } hidden_1;
    };
};

struct lane_colour {
    u8 red;
    u8 green;
    u8 blue;
};

struct lane_slope {
    unsigned int degrees;
    int length;
};

struct lane_private;

struct lane_driver {
    struct lane_private *data;
    int id;
};
