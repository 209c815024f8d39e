#line 10 "moved.h"
struct in_h { int v; };
#line 20 "sub.c/inner.h"
struct in_dir { int v; };
#line 30 "twice.h.c"
struct in_hc { int v; };
#line 40 "upper.C"
struct in_upper { int v; };
#line 50 "plain"
struct no_dot { int v; };
#line 60 ".c"
struct only_c { int v; };
#line 70 "name.cc"
struct in_cc { int v; };
#line 80 "c"
struct letter { int v; };
#line 90 "dir/other.c"
struct in_c { int v; };
#line 100 "end.c.h"
struct in_ch { int v; };
#line 110 "dot."
struct dot { int v; };
#line 120 "x.c"
struct in_h a; struct in_dir b; struct in_hc c; struct in_upper d; struct no_dot e; struct only_c f;
struct in_cc g; struct letter h; struct in_c i; struct in_ch j; struct dot k;
