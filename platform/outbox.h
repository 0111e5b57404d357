/* outbox.h -- what a room that keeps letters and a channel that carries them agree on.
 *
 * Neither sees the other: desk/notice fills a struct outbox, main hands it to channel/sms.
 *
 *  (1) A letter is kept in the transaction of the act that caused it, and only then carried.
 *  (2) It is carried at least once: when it is unknown whether it arrived it is carried again
 *      under the same number, by which the other side drops the second.
 */
#ifndef PLATFORM_OUTBOX_H
#define PLATFORM_OUTBOX_H

#include "platform/act.h"

/* What goes with a letter, by a channel that can: e-mail. */
struct letter_file {
    struct str name, type, bytes;
};
struct letter {
    id letter_id;    /* 0: there is nothing to carry after all */
    struct str kind; /* "login-code": gateways keep a list of texts they know */
    struct str to, text;
    const struct letter_file *files;
    size_t files_count;
};

enum letter_fate {
    LETTER_DELIVERED, /* the gateway has taken it */
    LETTER_LATER,     /* not now: try again */
    LETTER_IMPOSSIBLE /* not this letter, however often we try */
};

struct outbox_take_form {
    id letter_id;
};
struct outbox_settle_form {
    id letter_id;
    enum letter_fate fate;
    struct str problem; /* in words an operator understands; "" if there is none */
};

struct outbox {
    /* The letters that are due, most urgent first; a few at a time.  Only reads. */
    struct outcome (*list_due)(struct scene *scene, const id **letters, size_t *count);
    const struct act *take;   /* struct outbox_take_form -> struct letter */
    const struct act *settle; /* struct outbox_settle_form -> nothing */
    /* Adds the files of a letter that was taken; NULL: none has any.  Not in the act: making them
     * takes long, and nobody else's act should wait.  Only reads. */
    struct outcome (*attach)(struct scene *scene, struct letter *letter);
};

#endif
