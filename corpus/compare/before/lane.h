typedef unsigned char u8;

struct lane_mark {
    unsigned long first;
    unsigned long last;
};

struct lane_owner {
    void *holder;
    unsigned long since;
};

struct lane_limits {
    unsigned int speed;
    unsigned int height;
    unsigned long reserved1;
};

struct lane_colour {
    unsigned char red;
    unsigned char green;
    unsigned char blue;
};

struct lane_slope {
    int degrees;
    int length;
};

struct lane_private;

struct lane_driver {
    void *data;
    int id;
};
