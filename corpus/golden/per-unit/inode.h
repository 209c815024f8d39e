struct inode {
    unsigned long number;
    struct node tree;
};
