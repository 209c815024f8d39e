/* This unit knows what an inode is. It exports a function, its alias, and variables that the header declares. */
#include "export.h"
#include "file.h"
#include "inode.h"

struct file file_root;
EXPORT_SYMBOL(file_root);
unsigned long file_count = 1;
EXPORT_SYMBOL(file_count);

int file_open(struct file *file, struct node *at)
{
    file->inode->tree = *at;
    return ++file_count;
}
EXPORT_SYMBOL(file_open);

extern typeof(file_open) file_reopen __attribute__((alias("file_open")));
EXPORT_SYMBOL(file_reopen);
