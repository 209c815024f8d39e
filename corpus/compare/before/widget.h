struct widget {
    struct widget *next;
    int width;
};
