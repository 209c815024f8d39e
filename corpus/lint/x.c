#include "export.h"
#include "types.h"
void right(struct fine *a, enum kind b, struct hidden *c, struct fits *d, struct stated *e) {}
void wrong(struct declared *a, struct twice *b, fine_t *c, union value *d, struct same *e, struct holder *f,
	   enum order g, struct moved *h, struct places *i, struct carries *j, struct loses *k) {}
void broken(void) {}
EXPORT(right);
EXPORT(wrong);
EXPORT(broken);
