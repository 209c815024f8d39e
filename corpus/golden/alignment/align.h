struct tight { char c; long l; short s; } __attribute__((packed));
struct partly { char c; int i __attribute__((packed)); long l; };
struct wide { char c; int i __attribute__((aligned(16))); };
struct line { int a; } __attribute__((aligned(64)));
struct both { char c; struct line l; } __attribute__((packed, aligned(2)));
union slab { char c[3]; long l; } __attribute__((aligned(32)));
typedef int aligned_int __attribute__((aligned(8)));
struct holds { char c; aligned_int i; _Alignas(32) short s; };
enum __attribute__((packed)) small { S0, S1 };
