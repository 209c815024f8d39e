/* What others may point to, but not look into. */
struct session;
struct ticket;
struct secret;
