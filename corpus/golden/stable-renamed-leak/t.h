struct low { int keep; union { char *now; struct { long __kabi_renamedlong_ago; }; }; };
struct high { struct low first; int between; struct low *p; struct low last[2]; };
struct top { struct high h; union { struct low l; int i; } u; };
