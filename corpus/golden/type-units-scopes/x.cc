// Two types of one name in different scopes: what tells them apart is the scope, which a type unit keeps apart.
namespace reader { struct Slot { int held; struct Inner { char c; } in; }; }
namespace writer { struct Slot { long held, wanted; struct Inner { short s; } in; }; }
struct Outer { struct Slot { double d; } slot; };
extern "C" int read_slot(reader::Slot *s) { return s->held; }
extern "C" long write_slot(writer::Slot *s) { return s->wanted; }
extern "C" double outer_slot(Outer::Slot *s, Outer *o) { return s->d + o->slot.d; }
extern "C" int inner(reader::Slot::Inner *r, writer::Slot::Inner *w) { return r->c + w->s; }
