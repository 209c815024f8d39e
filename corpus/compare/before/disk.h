struct format {
    unsigned int version;
};
