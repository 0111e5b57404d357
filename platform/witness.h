/* witness.h -- somebody outside who says when something was there (RFC 3161): what a channel asks
 * a witness for, and what a room keeps of the answer.
 *
 * A room hands this over by main, as desk/seal does the heads of the journal.
 */
#ifndef PLATFORM_WITNESS_H
#define PLATFORM_WITNESS_H

#include "platform/act.h"

enum { WITNESS_DIGEST_LEN = 32 /* SHA-256 */ };

struct witness_due {
    id number;         /* the room's own, given back with the answer */
    struct str digest; /* what is to be witnessed, in hexadecimal */
};
/* An answer that was verified; `token` is the time-stamp token (DER) in base64. */
struct witness_form {
    id number;
    struct str digest, token;
    moment stamped_at; /* by the clock of the witness */
};
struct witness {
    struct outcome (*find_due)(struct scene *scene, struct witness_due *due, bool *found);
    const struct act *keep; /* takes a struct witness_form */
};

#endif
