#ifdef ORDER
#define BE __attribute__((scalar_storage_order("big-endian")))
#else
#define BE
#endif
#ifdef CLASS
#define GS __seg_gs
#else
#define GS
#endif
#ifdef ALIGNED
#define WIDE __attribute__((aligned(16)))
#else
#define WIDE
#endif
struct BE packet { int length; short kind; };
struct percpu { int GS *counter; };
struct cell { long first WIDE; long second; };
