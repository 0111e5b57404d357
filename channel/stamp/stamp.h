/* stamp.h -- brings what is to be witnessed to an authority of time stamps (RFC 3161), on a thread
 * of its own.
 *
 *  (1) Nobody waits for the authority: what it does not answer is asked again, each minute at first
 *      and every ten minutes then.
 *  (2) Only what was verified is kept (stamp_token.h); everything else is said in the log.
 *  (3) Without certificates to know the authority by nothing is asked at all: that is a mistake in
 *      the configuration, and the program does not serve with it.
 */
#ifndef STAMP_H
#define STAMP_H

#include "platform/witness.h"
#include "platform/writer.h"

enum { STAMP_SECONDS_MAX = 10 /* an authority that takes longer is asked again later */ };

struct stamps;
struct stamps_settings {
    struct str database; /* for a reader of its own */
    struct writer *writer;
    const struct witness *witness; /* desk/seal's, handed over by main */
    struct str url, ca_file, policy;
};

/* Faults for whatever is wrong in the configuration.  Nothing is asked before stamps_begin(). */
struct outcome stamps_open(const struct stamps_settings *settings, struct stamps **stamps);
struct outcome stamps_begin(struct stamps *stamps);
void stamps_close(
    struct stamps **stamps); /* finishes the one in hand; before the writer is closed */

/* One look, as the thread does: asks for what is due, if anything is.  False with `problem` when
 * that failed. */
bool stamps_look(struct stamps *stamps, moment now, bool *stamped, struct str *problem);

#endif
