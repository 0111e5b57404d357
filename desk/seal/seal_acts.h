/* seal_acts.h -- sealing the journal once a minute, and finding what was changed after. */
#ifndef SEAL_ACTS_H
#define SEAL_ACTS_H

#include "desk/seal/seal.h"
#include "platform/act.h"

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

struct module;
extern const struct module seal_module;

#endif
