/* assistant.h -- what the assistant goes by (pure): whether enough was found to speak, and the last
 * day to act.
 *
 *  1. It speaks of law only when what was found has enough in common with what was asked.
 *  2. A period of years ends on the same day of its last year, or the last day of that month if
 *     there is none (Civil Code, article 202); the day it begins on is not counted (article 201).
 *     Whether the last day is worked, and where it then ends (article 203), the calendar knows.
 */
#ifndef ASSISTANT_H
#define ASSISTANT_H

#include "desk/calendar/calendar.h"

/* ---- whether to speak ---- */

/* `fit` is the best article's score as a part of what a term costs that stands in one text alone:
 * about how many such rare terms it has in common with the question.  Chosen by measurement, see
 * docs/decisions/0041. */
bool assistant_knows(double fit, double alike);

/* ---- days ---- */

/* How long one may act: a row of data/assistant.tsv. */
struct assistant_limit {
    struct str code, zh, en, from_zh, from_en;
    struct str article, others; /* citations; `others` with | between */
    struct str ask_zh, ask_en;  /* put before the day; "": nothing is */
    int64_t paragraph;          /* of the article, to which a yes leads */
    int64_t amount;
    bool is_years; /* else days */
};
enum { ASSISTANT_DAYS_MAX = 4 };
/* The days that stand in the text, each once, as they come; how many. */
size_t assistant_days_in(struct str text, calendar_day days[ASSISTANT_DAYS_MAX]);
/* The last day by invariant 2, before it is known whether it is worked. */
calendar_day assistant_last_day(const struct assistant_limit *limit, calendar_day from);

#endif
