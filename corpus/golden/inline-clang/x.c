#include "in.h"
struct acc total;
/* Exported, and inlined into others: an out-of-line copy refers to its abstract origin. */
int twice(int value, struct acc *a) { a->sum += value; return value * 2; }
int four_times(int value, struct acc *a) { return twice(twice(value, a), a); }
/* Cloned for its constant argument. */
static __attribute__((noinline)) int scaled(int value, int factor, struct acc *a) { a->n++; return value * factor + clamp(value, 9); }
int scale_by_three(int v) { return scaled(v, 3, &total); }
int scale_by_three_again(int v, char unused) { return scaled(v + 1, 3, &total); }
/* Partly inlined: the rare path is split off. */
int split(struct acc *a, int v)
{
	if (__builtin_expect(v == 0, 1))
		return 0;
	for (int i = 0; i < v; i++) { a->sum += a->n ^ i; a->n += twice(i, a); }
	return a->n;
}
int split_user(struct acc *a, int v) { return split(a, v) + split(a, v + 1); }
/* Recursive and self-inlining. */
unsigned long fact(unsigned n) { return n < 2 ? 1 : n * fact(n - 1); }
extern inline __attribute__((gnu_inline)) int never_here(int a) { return a; }
__attribute__((noinline)) static int only_static(int a) { __asm__ volatile(""); return a; }
int uses(int a) { return never_here(a) + only_static(a); }
int never_here(int a) { return a + 1; }
