/* tail.h -- what other nodes do, heard here: the lines of the journal, whoever wrote them.
 *
 * Several nodes may serve one PostgreSQL database.  Each has one thread that reads the journal on
 * from where it was, called by the commits of all.
 *
 *  (1) Each line is told once, in the order of the numbers, those of this node too.
 *  (2) No line is stepped over: numbers are given under the lock of writers, so one that is seen
 *      has all before it (platform/store_postgres.c).
 *  (3) A call that was missed, with its connection, delays a line and loses none.
 *  (4) A whisper is passed on to the other nodes and kept nowhere; it may be lost.
 */
#ifndef PLATFORM_TAIL_H
#define PLATFORM_TAIL_H

#include "platform/journal.h"
#include "platform/page.h"

struct tail;

struct tail_settings {
    struct str database; /* an address: store_is_remote() */
    void (*publish)(const struct line *lines, size_t count, void *site);
    void (*whisper)(const struct whisper *whisper, id speaker_id, void *site);
    void *site;
};

struct outcome tail_open(const struct tail_settings *settings, struct tail **tail);
void tail_end(struct tail *tail); /* tells nothing any more; what it told stays where it is */
void tail_close(struct tail **tail);
/* Something of ours was committed: looked for at once, also where no calls come through. */
void tail_wake(struct tail *tail);
/* Says it to the other nodes, with a connection of the caller's. */
struct outcome tail_whisper(struct tail *tail, struct scene *scene, const struct whisper *whisper,
                            id speaker_id);

#endif
