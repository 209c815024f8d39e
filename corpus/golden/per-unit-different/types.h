struct ruled {
    int value;
};

struct grown {
    int value;
    int added;
};
