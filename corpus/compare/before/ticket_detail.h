struct ticket {
    unsigned long serial;
};
