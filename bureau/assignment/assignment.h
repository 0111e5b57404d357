/* assignment.h -- who gets a case, for every service: one pure function, and all it weighs.
 *
 * assignment_choose() sees the request, everybody who could have it and the policy, and says who is
 * chosen, who would be next, and of everybody else why not.  It reads no clock and no store, so the
 * same scene gives the same choice, in whatever order people are listed.
 */
#ifndef ASSIGNMENT_H
#define ASSIGNMENT_H

#include "platform/base.h"

/* ---- policy: numbers a bureau may argue about ----
 *
 * X, name, usual value, least, most, what it is called, what it does.  The struct, the form an
 * administrator fills in, the file replay reads and the text a version is kept as all follow. */
#define ASSIGNMENT_POLICY_FIELDS(P, X)                                                             \
    P(X, span, offer_seconds, 30, 10, 300, T("How long there is to accept an offer"),              \
      T("Then it moves on, and whoever missed it counts as away."))                                \
    P(X, span, absent_seconds, 120, 60, 900,                                                       \
      T("How long without a sign of life until somebody is away"),                                 \
      T("Nothing is offered to whoever is away."))                                                 \
    P(X, span, deserted_seconds, 300, 120, 3600,                                                   \
      T("How long until a talk without its consultant moves on"),                                  \
      T("The resident is told, and is served before everybody who waits."))                        \
    P(X, span, head_start_seconds, 600, 0, 3600, T("Head start for each step of priority"),        \
      T("Whoever is cared for is served before those who came up to this much earlier, and never " \
        "before those who came earlier still."))                                                   \
    P(X, number, field_points, 400, 0, 1000, T("Points for knowing the field of law"), "")         \
    P(X, number, returning_points, 200, 0, 1000,                                                   \
      T("Points for having helped this resident last time"), "")                                   \
    P(X, number, district_points, 100, 0, 1000,                                                    \
      T("Points for serving in the resident's district"), "")                                      \
    P(X, number, free_points, 100, 0, 1000, T("Points for free places, at most"),                  \
      T("All of them when nothing is in hand, half with half of the places taken."))               \
    P(X, number, fair_points, 100, 0, 1000,                                                        \
      T("Points for having had less than a fair share, at most"),                                  \
      T("All of them for nothing yet, half for just the fair share, none for twice as much."))     \
    P(X, number, idle_points, 1, 0, 100, T("Points for each minute since the last offer"), "")     \
    P(X, number, idle_minutes, 60, 0, 480, T("Time since the last offer that counts, at most"),    \
      "")                                                                                          \
    P(X, number, window_days, 14, 1, 90, T("Time over which shares are compared"),                 \
      T("A share is the talks somebody had, by the time they were on line; in writing, the "       \
        "questions somebody was given, by how many they take at once."))                           \
    P(X, number, keep_days, 365, 30, 3650,                                                         \
      T("How long it is kept who else could have had a case"),                                     \
      T("Afterwards only the choice and its points stay."))

#define ASSIGNMENT_POLICY_MEMBER(X, kind, name, usual, least, most, label, hint) int64_t name;
struct assignment_policy {
    int64_t version; /* 0: as delivered */
    ASSIGNMENT_POLICY_FIELDS(ASSIGNMENT_POLICY_MEMBER, _)
};
extern const struct assignment_policy assignment_policy_default;

/* One number of it, for pages and files. */
struct assignment_number {
    const char *name;
    int64_t usual, least, most;
    const char *label, *hint; /* marked T(); hint may be "" */
    size_t at;                /* offset in the struct */
};
enum { ASSIGNMENT_NUMBERS = 13 };
extern const struct assignment_number assignment_numbers[ASSIGNMENT_NUMBERS];
int64_t assignment_number_of(const struct assignment_policy *policy, size_t which);

/* "name=value" words parted by blanks or lines; '#' begins a remark.  What is not named keeps its
 * value.  Refuses an unknown name, a value that is no number or out of bounds: `wrong` is it. */
struct outcome assignment_policy_read(struct str text, struct assignment_policy *policy,
                                      struct str *wrong);
struct outcome assignment_policy_check(const struct assignment_policy *policy, struct str *wrong);
/* As it is kept, and as it is read. */
struct str assignment_policy_text(struct arena *arena, const struct assignment_policy *policy);

/* ---- the queue is one order ----
 *
 * The moment of joining less a head start.  It does not change while time passes, so waiting is
 * ageing: whoever waits longer than the greatest head start is reached before any newcomer. */
enum { ASSIGNMENT_PRIORITY_MAX = 2 };
moment assignment_rank(const struct assignment_policy *policy, moment waiting_at, int64_t priority);
/* Nobody is served before somebody who joined more than this much earlier and fits as well. */
int64_t assignment_overtaken_max(const struct assignment_policy *policy);

/* ---- who is asked ---- */

/* Words of a scene (fields of law, languages) as bits; the same word is the same bit. */
enum { ASSIGNMENT_WORDS_MAX = 64 };
struct assignment_words {
    struct str word[ASSIGNMENT_WORDS_MAX];
    size_t count;
};
/* 0: not among them, and with `add` no room for it either. */
uint64_t assignment_bit(struct assignment_words *words, struct str word, bool add);
/* The district of a division code, as a number; 0 for the whole city. */
int32_t assignment_district(struct str division);

struct assignment_request {
    uint64_t field, language; /* one bit each */
    int32_t profession;       /* a number both sides share; 0 when all have the same */
    int32_t district;
    id wants_id;         /* asked for by name, or 0 */
    id returning_id;     /* whoever helped this resident last, or 0 */
    const id *conflicts; /* may not serve one of the parties */
    size_t conflicts_count;
    const id *had_it; /* declined, missed or passed on this very case */
    size_t had_it_count;
    bool is_written; /* nobody need be on line, and shares are of questions in writing */
    int32_t reach; /* the furthest ring that may have it now, see bureau/ladder; 0: own and city */
    moment now;
};

struct assignment_candidate {
    id person_id;
    uint64_t fields, languages;
    int32_t profession, district;
    bool verified; /* qualification checked and not expired */
    bool present;  /* on line, with a sign of life lately */
    bool outside;  /* of the team or district the case was handed to: none of its people */
    int32_t load, capacity;
    int32_t share; /* assignment_shares(): 1000 is the fair share */
    int32_t ring;  /* how many borders from the resident's district; 0: none, or serves the city */
    moment last_offer_at;
};

/* Talks of each candidate in the window against the time on line, as a share of what all had:
 * 1000 means just as many as the time on line asks for.  An hour and a talk are added to everyone,
 * so that a newcomer's first hour is no extreme.  `seconds` and `talks` are parallel.  In writing
 * nobody need be there: a place for a question counts as an hour, so that whoever takes twice as
 * many at once is given twice as many. */
void assignment_shares(struct assignment_candidate *candidates, const int64_t *talks,
                       const int64_t *seconds, size_t count);

enum assignment_unfit {
    ASSIGNMENT_FITS,
    ASSIGNMENT_NOT_WANTED,
    ASSIGNMENT_OTHER_PROFESSION,
    ASSIGNMENT_UNVERIFIED,
    ASSIGNMENT_ABSENT,
    ASSIGNMENT_LANGUAGE,
    ASSIGNMENT_CONFLICT,
    ASSIGNMENT_HAD_IT,
    ASSIGNMENT_OUTSIDE, /* handed to a team or district, and this is none of its people */
    ASSIGNMENT_KEPT,    /* for their own district: waiting opens it */
    ASSIGNMENT_FULL,    /* this and the one before are all that waiting may change */
    ASSIGNMENT_UNFITS
};
const char *assignment_unfit_name(enum assignment_unfit unfit); /* for people, marked T() */
struct str assignment_unfit_word(enum assignment_unfit unfit);  /* for programs */

enum assignment_part {
    ASSIGNMENT_FIELD,
    ASSIGNMENT_RETURNING,
    ASSIGNMENT_DISTRICT,
    ASSIGNMENT_FREE,
    ASSIGNMENT_FAIR,
    ASSIGNMENT_IDLE,
    ASSIGNMENT_PARTS
};
const char *assignment_part_name(enum assignment_part part);
struct str assignment_part_word(enum assignment_part part);
/* The most that can be had for it. */
int64_t assignment_part_most(const struct assignment_policy *policy, enum assignment_part part);

/* What was found of one candidate. */
struct assignment_verdict {
    enum assignment_unfit unfit;
    int32_t part[ASSIGNMENT_PARTS]; /* 0 for the unfit */
    int32_t points;
};

enum assignment_unfit assignment_unfit(const struct assignment_request *request,
                                       const struct assignment_candidate *candidate);
struct assignment_verdict assignment_weigh(const struct assignment_policy *policy,
                                           const struct assignment_request *request,
                                           const struct assignment_candidate *candidate);

struct assignment_choice {
    size_t chosen, next; /* places among the candidates; SIZE_MAX: nobody */
    int64_t points, next_points;
    size_t fit_count;
    enum assignment_unfit why_not; /* when nobody fits: the most frequent lack */
};

/* The whole decision.  Most points win; ties go to whoever was offered something longest ago, then
 * to the smaller number.  `verdicts` has room for `count`, or is NULL. */
struct assignment_choice assignment_choose(const struct assignment_policy *policy,
                                           const struct assignment_request *request,
                                           const struct assignment_candidate *candidates,
                                           size_t count, struct assignment_verdict *verdicts);
/* Somebody was asked for by name who will not be able to have it however long one waits: better
 * anybody who fits than a wait for nobody. */
bool assignment_wish_is_vain(const struct assignment_request *request,
                             const struct assignment_candidate *candidates, size_t count);

/* ---- conflicts of interest ----
 *
 * A party is a telephone number or the name of a person or firm.  The same party is the same text,
 * however it was typed: full-width signs, blanks, points and capitals make no difference. */
struct str assignment_party_plain(struct arena *arena, struct str typed);
/* The digits of a number that was typed as one, without +86; else "". */
struct str assignment_party_phone(struct arena *arena, struct str typed);

/* ---- what is kept of a decision: everybody who was weighed, in few bytes ----
 *
 * One word a candidate by rising number: the difference to the one before, then a capital for what
 * was missing, or a small letter and the points of each part that gave any. */
enum { ASSIGNMENT_KEPT_MAX = 512 /* those who fit first; more would be a book of one offer */ };
struct assignment_kept {
    id person_id;
    struct assignment_verdict verdict;
};
/* Candidates must stand by rising number. */
struct str assignment_keep(struct arena *arena, const struct assignment_candidate *candidates,
                           const struct assignment_verdict *verdicts, size_t count);
/* The first of `rest`, which moves on; `kept` is the one before, all zero at first.  False at the
 * end, or when the text is not of ours. */
bool assignment_kept_next(struct str *rest, struct assignment_kept *kept);

/* ---- a hall: all who serve and all who wait, in memory ----
 *
 * For replay and measurements, where a hundred thousand wait: the queue stands by profession and
 * language, each line ordered by rank, and it is known how many who speak a language are free, so
 * that a decision looks only at lines that somebody free can serve, and only at their profession.
 * The choice is assignment_choose(). */
struct assignment_hall;
/* `candidates` stand by profession; they stay the caller's, who says when one has changed. */
struct assignment_hall *assignment_hall_open(struct arena *arena,
                                             const struct assignment_policy *policy,
                                             struct assignment_candidate *candidates, size_t count,
                                             size_t waiting_max);
/* Joins the queue; the number by which to take it out again.  `request` must last. */
size_t assignment_hall_join(struct assignment_hall *hall, id case_id, moment rank_at,
                            const struct assignment_request *request);
void assignment_hall_leave(struct assignment_hall *hall, size_t waiting);
/* Presence, load or capacity of a candidate is another than before. */
void assignment_hall_changed(struct assignment_hall *hall, size_t candidate);
size_t assignment_hall_waiting(const struct assignment_hall *hall);

/* Whose neighbours are whose: `rings` is a square over `districts`.  Without it nobody is kept for
 * their own district.  The caller keeps each request's reach up to date, see bureau/ladder. */
void assignment_hall_rings(struct assignment_hall *hall, const int32_t *districts, size_t count,
                           const int32_t *rings);

struct assignment_given {
    size_t waiting;   /* of assignment_hall_join() */
    size_t candidate; /* who has it now, with one place less */
    struct assignment_choice choice;
};
/* The foremost case that somebody free fits, given out.  False: nobody can be served now.
 * `verdicts` has room for the largest profession, or is NULL. */
bool assignment_hall_next(struct assignment_hall *hall, moment now, struct assignment_given *given,
                          struct assignment_verdict *verdicts);

/* ---- replay: a past day by another policy, in virtual time ---- */

struct assignment_arrival {
    id case_id;
    struct str reference, profession, field;
    moment at;
    int64_t priority;
    struct assignment_request request; /* without `now`, reach and had_it */
    int64_t talk_seconds;              /* how long its talk took; 0: there was none */
    int64_t patience;                  /* left the queue after so long; 0: did not */
    int64_t waited;                    /* as it was; -1: not served live */
};
/* Somebody was on line, and for how many. */
struct assignment_stay {
    size_t candidate;
    moment from_at, until_at;
    int32_t capacity;
};
/* What somebody did with an offer of a case, and after how long. */
struct assignment_reaction {
    id case_id, person_id;
    int64_t seconds;
    bool is_accepted;
};
struct assignment_day {
    moment from_at, until_at;
    const struct assignment_arrival *arrivals; /* by moment */
    size_t arrivals_count;
    const struct assignment_candidate *candidates; /* by profession, nobody on line */
    size_t candidates_count;
    const int64_t *talks, *seconds;      /* of each in the window before the day */
    const struct assignment_stay *stays; /* by moment */
    size_t stays_count;
    const struct assignment_reaction *reactions; /* by case, then person */
    size_t reactions_count;
    int64_t usual_accept_seconds, usual_talk_seconds; /* where nothing is known */
};
extern const struct reason assignment_policy_unknown;
extern const struct reason assignment_policy_bounds;
extern const struct reason assignment_policy_order;

#endif
