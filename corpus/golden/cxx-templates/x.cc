#line 1 "x.hh"

template <typename T, typename U = int> struct Two { T t; U u; Two<T, U> *self; };
template <typename T> struct Wrap { T inner; template <typename V> struct Sub { V v; T t; }; };
template <typename T> using Ref = T &;
template <int N> struct Sized { int a[N]; };
template <typename... Ts> struct Pack { int n; };
template <template <typename> class C> struct Meta { C<int> c; };
template <typename T> T biggest(T a, T b) { return a > b ? a : b; }
template <> long biggest(long a, long b) { return a; }
Two<char, unsigned long> two;
Wrap<Two<int>>::Sub<const char *> sub;
extern "C" {
int use_ref(Ref<Two<bool>> r) { return r.t; }
int use_biggest(int a) { return biggest(a, 3) + biggest(2L, 3L); }
int use_sized(Sized<4> *s) { return s->a[0]; }
int use_pack(Pack<int, char> *p) { return p->n; }
int use_meta(Meta<Wrap> *m) { return m->c.inner; }
}
template int biggest<int>(int, int);
auto lambda = [](int x) { return x + 1; };
