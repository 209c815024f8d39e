#include "conv.h"
#include "t.h"
struct device d; struct extra ex; enum state s;
int probe(struct device *d, enum state __kabi_s, struct opaque_since *o) { return 0; }
KABI("declonly", "opaque_since", ""); KABI("enumerator_ignore", "state S_NEW", ""); KABI("enumerator_value", "state S_UP", "4");
KABI("byte_size", "device", "40"); KABI("byte_size", "extra", "99"); KABI("declonly", "extra", "");
KABI("type_string", "s#opaque_since", "structure_type opaque_since { e#state }"); KABI("byte_size", "state", "1");
