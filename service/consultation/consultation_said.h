/* consultation_said.h -- the messages of a case as a page shows them, drawn once.
 *
 * People look at a conversation again and again while nothing new is said: waiting pages ask anew
 * every few seconds, and whoever comes back begins with what he has read before.  A worker keeps
 * what it drew of the newest messages (platform/memo.h) until one more is said.
 *
 *  (1) Messages are added and never changed, and messages_count counts every one: the same count
 *      of the same case is the same messages.  Who adds an act that changes one must change this.
 *  (2) Whoever is shown them has opened the case before (case_open); rights are not kept.
 *  (3) A text that could cite a law is drawn each time: laws come and go without a message.
 */
#ifndef CONSULTATION_SAID_H
#define CONSULTATION_SAID_H

#include "service/consultation/consultation_pages.h"

struct consultation_said {
    const struct template *drawing; /* for {{draw}}: the messages, as items of a list */
    const void *drawing_view;
    int64_t earlier; /* as of consultation_messages_before() */
    /* What is drawn; none when it was kept from before. */
    const struct consultation_message_view *messages;
    size_t messages_count;
};

/* As consultation_messages_before().  `want_messages`: the page needs them besides. */
struct outcome consultation_said(struct scene *scene, const struct consultation_case *c,
                                 int64_t before, bool with_internal, bool want_messages,
                                 struct consultation_said *said);

#endif
