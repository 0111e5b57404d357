/* stamp_token.h -- time stamps as RFC 3161 has them: asked for, and believed only when everything
 * fits.
 *
 *  (1) An answer is taken only if the authority granted it, it is for what was asked (the digest,
 *      the nonce, the policy if one is set), and it is signed by a certificate for time stamping
 *      and nothing else that leads to a certificate of the configured file.
 *  (2) A certificate is looked at as of the moment in the stamp: a stamp stays good when the
 *      certificate that made it has run out.
 *  (3) An answer whose clock is not ours, by more than STAMP_SECONDS_OFF, is not taken.
 *  (4) What cannot be verified is refused with a reason, never kept for later.
 *
 * A trust belongs to one thread at a time.
 */
#ifndef STAMP_TOKEN_H
#define STAMP_TOKEN_H

#include "platform/witness.h"

enum {
    STAMP_SECONDS_OFF = 10 * SECONDS_PER_MINUTE,
    STAMP_REPLY_BYTES_MAX = 64 * 1024 /* with a chain of certificates it has some 6,000 */
};

struct stamp_trust;
/* `file`: certificates in PEM that may end a chain; `policy`: an object identifier, or "". */
struct outcome stamp_trust_open(struct str file, struct str policy, struct stamp_trust **trust);
void stamp_trust_close(struct stamp_trust **trust);

struct stamp_request;
/* `digest` in hexadecimal.  The nonce is new each time. */
struct outcome stamp_request_open(const struct stamp_trust *trust, struct str digest,
                                  struct stamp_request **request);
void stamp_request_close(struct stamp_request **request);
struct str stamp_request_bytes(const struct stamp_request *request); /* as long as it is open */

struct stamp {
    struct str token; /* DER in base64 */
    moment at;
};
/* The reply to that request, at `now`; `problem` says why it is not taken. */
bool stamp_reply_take(struct stamp_trust *trust, struct arena *arena,
                      const struct stamp_request *request, struct str reply, moment now,
                      struct stamp *stamp, struct str *problem);
/* A token that was kept: is it still for this digest, and by whom it should be? */
bool stamp_token_is_good(struct stamp_trust *trust, struct arena *arena, struct str digest,
                         struct str token, moment *at, struct str *problem);

#endif
