struct gadget {
    struct gadget *next;
    int width;
};
