/* danger.h -- words that may mean that somebody is in danger, and whom they can call at once; by
 * data/danger.tsv.  Whoever writes such words is shown the numbers first, before anything else.
 *
 * To end one's life goes before violence.  Words are heard in any script and size (finder.h); a
 * phrase of letters only where it stands alone. */
#ifndef DANGER_H
#define DANGER_H

#include "platform/base.h"

enum danger { DANGER_NONE, DANGER_LIFE, DANGER_VIOLENCE };

struct danger_number {
    struct str number, zh, en;
    struct str source; /* a law or who gave it out, in Chinese */
};
enum { DANGER_NUMBERS_MAX = 8 };

enum danger danger_heard(struct arena *arena, struct str text);
/* "life", "violence"; "" of none. */
struct str danger_word(enum danger danger);
enum danger danger_of(struct str word);
/* Whom to call, the first first; none if there is no danger. */
size_t danger_numbers(enum danger danger, struct danger_number numbers[DANGER_NUMBERS_MAX]);

#endif
