#include "t.h"
struct four four; struct names names; struct pointers pointers; struct within within;
int with_named(named_t p, int q, named_again_t r) { return 0; }
int with_pointed(pointed_t p, pointed_t q) { return 0; }
int with_handler(union handler h, int (*then)(union handler *again)) { return 0; }
struct entry entry; union handler handler;
