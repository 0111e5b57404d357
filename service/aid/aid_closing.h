/* aid_closing.h -- what follows when a lawyer of legal aid is done: the closing file, how good the
 * work was, and what is paid for it.
 *
 *    (closed) --hand in--> handed_in --archive--> archived
 *                            |   ^
 *                     return v   | hand in
 *                          returned
 *
 *  1. The file says what was done and which papers it holds; one that must be there and is not is
 *     given reasons for (Legal Aid Law, article 50: copies of the papers and a report).
 *  2. Whoever acted neither checks nor marks the own file (articles 57 and 59: the justice bureau
 *     watches over quality, by looking at files among other means).
 *  3. Of what is archived every so-manieth is drawn to be marked; who is drawn is nobody's choice.
 *  4. What is paid is the rate that holds for that kind of work when the file is archived (article
 *     52: the city sets the rates).  Work that was marked and found wanting is not paid.
 *  5. What was drawn is paid when it has been marked, everything else when it is archived; what is
 *     paid is kept with the file and never reckoned again.
 *
 * The rules only: no clock, no store.
 */
#ifndef SERVICE_AID_CLOSING_H
#define SERVICE_AID_CLOSING_H

#include "platform/base.h"

enum {
    AID_HAND_IN_DAYS = 30, /* from the end of the work; the office's own rule */
    AID_CHECK_DAYS = 30,   /* from handing in; the office's own rule */
    AID_DRAW_EVERY = 10,   /* unless the administrator says otherwise */
    AID_MARK_MAX = 20,     /* of each of the five things that are marked */
    AID_FEN_MAX = 10000000
};

/* What was done; rates are by it. */
enum aid_kind {
    AID_KIND_ARBITRATION,
    AID_KIND_CIVIL,
    AID_KIND_ADMINISTRATIVE,
    AID_KIND_SETTLEMENT,
    AID_KIND_INVESTIGATION,
    AID_KIND_PROSECUTION,
    AID_KIND_TRIAL,
    AID_KIND_VICTIM,
    AID_KINDS
};
struct aid_word {
    const char *word, *name; /* name marked with T() */
};
extern const struct aid_word aid_kinds[AID_KINDS];
int aid_kind_of(struct str word); /* or -1 */

enum { AID_ENDS = 6 };
extern const struct aid_word aid_ends[AID_ENDS]; /* what came of it */
int aid_end_of(struct str word);

/* The papers a file holds. */
enum { AID_SHEETS = 10 };
struct aid_sheet {
    const char *word, *name;
    bool must;
};
extern const struct aid_sheet aid_sheets[AID_SHEETS];
/* How many that must be there are not among `has`, bits of sheets. */
size_t aid_sheets_missing(uint32_t has);

/* Five marks of at most AID_MARK_MAX. */
enum { AID_MARKS = 5 };
extern const struct aid_word aid_marks[AID_MARKS];
/* "excellent" from 90, "good" from 75, "fair" from 60, else "poor". */
struct str aid_quality(int64_t total);
const char *aid_quality_name(struct str word); /* marked with T() */

/* Whether this one is drawn: `number` is the file's in its district and year. */
bool aid_is_drawn(uint64_t random, int64_t every);
/* What is paid: nothing for poor work, see (4). */
int64_t aid_pay(int64_t fen, struct str quality);

#endif
