/* What C offers Rust. Its symbols have the type that they have here. */
struct lock {
    int held;
    void (*release)(struct lock *, struct lock *);
};

int helper_lock(struct lock *lock);
int helper_lock(struct lock *lock)
{
    return lock->held++;
}

asm(".text\n.globl bare_label\nbare_label:\n.byte 0xc3");
