struct common { unsigned long v; short s[2]; struct common *next; };
typedef struct common *common_ref;
