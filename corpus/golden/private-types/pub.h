struct inside;
struct pub { struct inside *in; enum where { HERE, THERE } w; };
typedef struct { int in_header; } pub_t;
#define MAKE(n) struct n { int v; }
