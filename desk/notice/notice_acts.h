/* notice_acts.h -- how other modules tell people something, and what a sender does with it. */
#ifndef NOTICE_ACTS_H
#define NOTICE_ACTS_H

#include "desk/notice/notice.h"
#include "platform/act.h"
#include "platform/outbox.h"

struct notice {
    enum notice_template which;
    enum language language;
    struct str to; /* a phone number in digits, or "": there is nobody to tell */
    struct str words[NOTICE_WORDS];
    id case_id; /* or 0 */
};

/* Inside an act's run(): the notice is kept exactly if the act is.  Nothing is written when there
 * is no number; a number that takes no SMS is written as failed, so that staff see who was not
 * told. */
struct outcome notice_add(struct scene *scene, const struct notice *notice);

/* The text as it will be read. */
struct str notice_text(struct arena *arena, enum language language, enum notice_template which,
                       const struct str words[NOTICE_WORDS]);

enum { NOTICE_ACT_TAKE, NOTICE_ACT_SETTLE };
extern const struct act notice_acts[];
extern const struct outbox notice_outbox; /* for the channel that carries it */

struct module;
extern const struct module notice_module;

#endif
