/* seal_acts.h -- sealing the journal once a minute, and finding what was changed after. */
#ifndef SEAL_ACTS_H
#define SEAL_ACTS_H

#include "desk/seal/seal.h"
#include "platform/witness.h"

/* In an act that prepares an installation: from now on the clock seals.  Safe to repeat. */
struct outcome seal_begin(struct scene *scene);

enum seal_trouble {
    SEAL_LINE_CHANGED, /* a line is not what it was when it was sealed */
    SEAL_LINE_GONE,
    SEAL_LINE_ADDED,   /* a line stands where none stood */
    SEAL_LINES_DIFFER, /* something between two lines, which cannot be named closer */
    SEAL_FALSE,        /* the seal itself was changed, or one before it is gone */
    SEAL_NOT_OURS,     /* its mark was not made with the key of this installation */
    SEAL_HEAD_UNKNOWN  /* the head that was asked for is not among the seals */
};

enum { SEAL_FINDINGS_MAX = 20 };

/* `seq`: the line; of a seal the newest line it covers.  `until`: the last of several, or `seq`. */
struct seal_finding {
    enum seal_trouble trouble;
    id seq, until;
    moment sealed_at;
};

struct seal_report {
    int64_t seals, lines; /* that were looked at */
    int64_t unsealed;     /* newest lines no seal covers yet */
    id last_seq;          /* of the newest seal; 0: there is none */
    struct str head;
    struct seal_finding findings[SEAL_FINDINGS_MAX];
    size_t findings_count; /* at most SEAL_FINDINGS_MAX; there may be more */
};

/* Reads every seal and every line under one.  `head` is "" or what somebody wrote down elsewhere:
 * "LINE:HEAD" as seal_told() has it.  Does not fault for what it finds. */
struct outcome seal_check(struct scene *scene, struct str head, struct seal_report *report);
/* A sentence for an operator, in English like all of the command line. */
struct str seal_words(struct arena *arena, const struct seal_finding *finding);
struct str seal_told(struct arena *arena, id last_seq, struct str head); /* "LINE:HEAD" */
bool seal_is_head(struct str told); /* is it written like one? */

extern const struct act seal_make;

/* ---- time stamps: the newest head, witnessed outside (decision 0054) ----
 *
 * A head written down elsewhere proves all lines before it.  An authority of time stamps (RFC 3161)
 * is such a place: whoever holds the database and the keys and writes the journal anew cannot have
 * the stamps of yesterday made again.
 *
 *  (1) A stamp is kept only for a head that is among the seals, and was verified (channel/stamp).
 *  (2) Stamps are asked for every `every` seconds, of the newest head, if there is one since.
 *  (3) A head that waits for SEAL_STAMP_LATE_TIMES as long is late: operators hear of it, and what
 *      is kept is not taken away by time meanwhile (desk/retention).
 */
enum { SEAL_STAMP_LATE_TIMES = 3 };

/* Once, before other threads: stamps are wanted so often.  0: there is no authority. */
void seal_stamps_expect(int64_t every);
extern const struct witness seal_witness;

/* How long the oldest head that no stamp covers has waited; 0: none waits, or none is expected. */
struct outcome seal_stamps_waiting(struct scene *scene, int64_t *seconds);
struct outcome seal_stamps_are_late(struct scene *scene, bool *late);
/* The same as of the newest seal: of a copy, or of what stood still since. */
struct outcome seal_stamps_were_late(struct scene *scene, bool *late);

/* One that is kept, with the seal it is of, in order. */
struct seal_stamp_row {
    id last_seq;
    struct str digest, token;
    moment stamped_at;
    struct str head; /* of that seal now; "" it is gone */
    moment sealed_at;
};
struct outcome seal_stamps_list(struct scene *scene, id after, const struct seal_stamp_row **rows,
                                size_t *count);

struct module;
extern const struct module seal_module;

#endif
