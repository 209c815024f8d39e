#line 1 "x.hh"

struct Counter {
	int n;
	Counter(int s) : n(s) { }
	~Counter() { n = 0; }
	int next() { return n++; }
	static int zero() { return 0; }
	struct Config { int step; } config;
	template <typename T> T as() const { return T(n); }
	Counter *operator->() { return this; }
};
struct Base { virtual int id() const; virtual ~Base() = default; long pad; };
struct Plain { int p; }; struct FromPlain : Plain { int extra; };
int Base::id() const { return 1; }
struct WithStatic { static int shared; int own; };
struct WithTypedef { typedef int number; number n; };
extern "C" {
int use_counter(Counter &c) { return c.next() + Counter::zero() + c.as<short>(); }
int use_base(const Base *b) { return b->id(); }
int use_derived(const FromPlain *d) { return d->extra; }
int use_static(WithStatic *w) { return w->own + WithStatic::shared; }
int use_typedef(WithTypedef *w) { return w->n; }
int use_member_pointer(int Counter::*p) { return p != nullptr; }
decltype(nullptr) use_null(decltype(nullptr) n) { return n; }
}
