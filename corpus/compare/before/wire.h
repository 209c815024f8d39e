struct format {
    unsigned long version;
};
