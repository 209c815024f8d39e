#include "../export.h"
#include "session.h"
#include "ticket_detail.h"

struct secret {
    unsigned char key[32];
};

void session_close(struct session *session) { }
EXPORT_SYMBOL(session_close);

int session_is_open(struct session *session) { return 1; }
EXPORT_SYMBOL(session_is_open);

void ticket_punch(struct ticket *ticket) { }
EXPORT_SYMBOL(ticket_punch);

int ticket_is_valid(struct ticket *ticket) { return 1; }
EXPORT_SYMBOL(ticket_is_valid);

void secret_forget(struct secret *secret) { secret->key[0] = 0; }
EXPORT_SYMBOL_GPL(secret_forget);

int secret_size(struct secret *secret) { return sizeof(*secret); }
EXPORT_SYMBOL_GPL(secret_size);
