/* The first unit of the link: it knows everything, declares or defines it, and exports nothing. */
#include "file.h"
#include "inode.h"

struct node *file_walk(struct node *node, struct file *file)
{
    struct node *(*walk)(struct file *, struct node *, struct inode *) = file->walk;

    if (node->value && file_open(file, node) + file_close(&file_root) + inside_assembly(file))
        copy_page(file, node);
    return walk(file, node, file->inode + file_count);
}
