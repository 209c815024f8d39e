struct irq; struct chip;
typedef int handler_t(unsigned line, struct irq *irq, const struct chip *chip);
struct irq { handler_t *handler; struct irq *next; struct chip *chip; };
struct chip { handler_t *first, *second; void (*mask)(struct irq *i, struct chip *c); struct irq lines[8]; };
typedef struct { handler_t *h; struct chip *c; } binding;
