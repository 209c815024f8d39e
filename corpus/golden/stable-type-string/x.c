#include "conv.h"
#include "t.h"
struct a va; struct b vb; union c vc; enum d vd; a_ref vr; struct loop vl; int plain; long fn(struct a *p) { return 0; } int kept(union c *c) { return 0; }
KABI("type_string", "s#b", "structure_type b { member pointer_type { s#new } byte_size(8) n , member u#c c s#a }");
KABI("type_string", "s#new", "structure_type new { e#d t#'a b' s#new }");
KABI("type_string", "t#'a b'", "typedef_type a b { s#loop }");
KABI("type_string", "s#loop", "structure_type loop { s#loop s#a s#loop }");
KABI("type_string", "fn", "subprogram ( formal_parameter s#a , formal_parameter s#a ) -> t#a_ref");
KABI("type_string", "plain", "  odd   spacing { x#y t#a_ref");
KABI("type_string", "unlisted", "variable s#a"); KABI("type_string", "s#unused", "s#neither"); KABI("type_string", "u#c", "first"); KABI("type_string", "u#c", "union_type c { last }");
