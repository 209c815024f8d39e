struct secret {
    unsigned char key[32];
};
