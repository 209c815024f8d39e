static int hidden = 3;
static unsigned char both(long v) { static short counter; return counter += v; }
__thread int per_thread;
int tentative;
extern double declared_only;
extern float declared_unused;
int *lend(void) { static char counter; static struct local { int a; } s; return &hidden + s.a + counter++ + (int)declared_only; }
int uses_both(void) { return both(2) + both(3); }
int local_extern(void) { extern long far_away; return far_away; }
void nested_scope(void)
{
	struct in_fn { int a; struct in_fn *n; };
	static struct in_fn keep;
	{ enum in_block { X, Y }; static enum in_block deep; deep = Y; keep.a = deep; }
}
int takes_local_type(struct in_proto *p) { return !p; }
int with_body(void) { typedef int mine; typedef struct { mine m; } t; t v = { 1 }; return v.m; }
