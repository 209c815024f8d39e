#include "abi.h"
struct bits v1;
struct packed_bits v2;
union view v3;
struct plain v4;
struct zero v5;
enum sign v6;
enum wide v7;
four v8;
struct al v9;
struct ops v10;
_Atomic int v11;
int f1(const char *s, ...) { return *s; }
int f2() { return 0; }
int f3(void) { return 0; }
int f4(a, b) int a; char *b; { return a + *b; }
int f5(struct ops *o, four v, const struct bits *restrict b) { return 0; }
void f6(int (*f)(), int a[static 3], int (*m)[4]) { }
