/* memo.h -- what one thread has worked out before, so that it need not work it out again.
 *
 *  (1) Never the truth: the key holds everything a text was made from, or a number that changes
 *      with it.  A key that differs in anything finds nothing.
 *  (2) Bounded: MEMO_PLACES texts of at most MEMO_BYTES_MAX; a newer one drops the older that has
 *      the same place.
 *  (3) For one thread, and gone with it.  Nothing in it outlives the process.
 */
#ifndef PLATFORM_MEMO_H
#define PLATFORM_MEMO_H

#include "platform/base.h"

enum { MEMO_PLACES = 256, MEMO_BYTES_MAX = 32 * 1024 };

struct memo_key {
    const void *maker;  /* whose texts these are: an address of the maker's own */
    int64_t of[2];      /* what the text is about, and for whom it is drawn */
    int64_t version[2]; /* another one: what it was made from has changed */
};

struct memo *memo_open(void);
void memo_close(struct memo **memo);
/* `text` belongs to the memo and stands until the next memo_keep(). */
bool memo_find(const struct memo *memo, const struct memo_key *key, struct str *text);
/* Copies it; what is longer than MEMO_BYTES_MAX is not kept. */
void memo_keep(struct memo *memo, const struct memo_key *key, struct str text);

#endif
