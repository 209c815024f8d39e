#line 1 "x.hh"

namespace depot {
struct Crate { int kind; struct Label { char text[8]; } label; enum Size { Small, Large } size; };
class Shelf { public: Crate *first; Crate second; int count() const { return n; } private: int n; protected: short gap; };
enum class Zone : unsigned char { A = 1, B = 200 };
namespace { struct Hidden { Crate c; }; }
namespace inner { union Slot { Crate *c; long raw; }; inline namespace v2 { struct Versioned { int v; }; } }
Shelf shelf;
inner::Slot slots[2];
int put(Shelf &s, const Crate &c, Crate &&moved) { return s.count() + c.kind + moved.kind; }
}
namespace { struct Local { int x; }; namespace deep { struct Deeper { Local l; }; } }
static depot::Hidden hidden_value;
extern "C" {
depot::Zone zone = depot::Zone::B;
int plain(depot::Crate::Label l, depot::Crate::Size s) { return l.text[0] + s; }
void *uses_local(Local *l, deep::Deeper &d) { return l ? (void *)&d : (void *)&hidden_value; }
depot::inner::Versioned versioned(depot::inner::v2::Versioned v) { return v; }
int variadic(const char *f, ...) { return *f; }
}
using Alias = depot::Shelf;
Alias *alias_user;
