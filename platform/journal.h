/* journal.h -- the one list of everything that was done, in the order it became durable.
 *
 *  (1) A line is written in the transaction of its act.
 *  (2) Numbers rise by one act after another; a reader that has seen n has seen all before n.
 *  (3) Lines are never changed or removed.  From where one came can be erased beside it: the line
 *      has a hash of that alone, with a salt that goes with it (journal_commit()).
 *  (4) An act that took ids leaves a line, or is undone as a fault: ids are made from its number.
 */
#ifndef PLATFORM_JOURNAL_H
#define PLATFORM_JOURNAL_H

#include "platform/act.h"

struct line {
    id seq;
    moment at;
    const char *act;
    id actor_id, case_id, for_id;
};

/* The highest number so far; 0 in an empty journal. */
struct outcome journal_last(struct store *store, id *seq);
/* Faults when times go back along the numbers, or a number is not positive. */
struct outcome journal_check(struct store *store);
/* At how many places times go back: as often as the clock was set back while acts were done. */
struct outcome journal_backward(struct store *store, int64_t *places);
/* Writes the scene's own line and what it told; scene->seq is the first number.  `next` becomes
 * the first number not used. */
struct outcome journal_write(struct scene *scene, const char *act_name, id *next);

/* What a line says of where it came from ("#…", "" of nothing), and what is kept beside it: a
 * salt, a blank, the address.  Whoever has the line and not what is beside it learns nothing: the
 * salt has 128 bits. */
void journal_commit(struct arena *arena, struct str from, struct str *address, struct str *origin);
/* The same for the scene's own line, by whoever has time for it before the transaction. */
void journal_prepare(struct scene *scene);
/* Is what is beside the line what was hashed?  Nothing beside it: erased, which is right too. */
bool journal_matches(struct arena *arena, struct str address, struct str origin);

#endif
