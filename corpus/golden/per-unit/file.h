/* Every unit sees these types; what an inode is, only some. */
struct inode;

struct node {
    int value;
    void (*visit)(struct node *, struct node *, struct inode *);
};

struct file {
    struct inode *inode;
    struct node *(*walk)(struct file *, struct node *, struct inode *);
    unsigned long flags;
};

int file_open(struct file *file, struct node *at);
int file_reopen(struct file *file, struct node *at);
int file_close(struct file *file);
struct node *file_walk(struct node *node, struct file *file);
extern struct file file_root;
extern unsigned long file_count;
void copy_page(void *to, const void *from);
void copy_page_alias(void *to, const void *from);
/* Nobody calls it. */
void zero_page(void *page);
int inside_assembly(struct file *file);
