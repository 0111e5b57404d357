/* supervision.h -- the rules of watching: what is worth a warning, who must know of it and when
 * it goes on to somebody else.
 *
 *  (1) A kind of alarm says by itself how pressing it is and in which words it is told.
 *  (2) An alarm begins with the leader of the team it is about, if there is one; else with the
 *      supervisors of its division.  Nobody having seen it, it goes on: leader, district, city.
 *  (3) It never goes back, and it stops with the city.
 *  (4) A complaint about money, or about the leader, is none of that team's: nor is its warning.
 *  (5) For whoever is in conflict with a complaint there is no warning about it.
 *  (6) Where nobody is left who may handle one, only administrators can help: it is theirs to know,
 *      without whom or which case it is about, and nobody else's.
 */
#ifndef SUPERVISION_H
#define SUPERVISION_H

#include "platform/base.h"

/* ---- alarms ---- */

enum supervision_kind {
    SUPERVISION_WRITTEN_LATE,     /* four fifths of the time for an answer are gone */
    SUPERVISION_WRITTEN_OVER,     /* the promised day has passed */
    SUPERVISION_WAIT_LONG,        /* somebody waits too long for a live talk */
    SUPERVISION_NOBODY_ON_LINE,   /* of a profession, while the desk is open */
    SUPERVISION_ON_LINE_LOW,      /* fewer are on line than the roster says */
    SUPERVISION_UNCOVERED,        /* a shift of tomorrow has nobody */
    SUPERVISION_NOTICES_FAIL,     /* messages to phones do not go out */
    SUPERVISION_MAILS_FAIL,       /* nor do reports by e-mail */
    SUPERVISION_CALENDAR_MISSING, /* of the next year */
    SUPERVISION_COMPLAINT_WAITS,  /* nobody has taken a complaint up in time */
    SUPERVISION_COMPLAINT_LATE,   /* four fifths of the time to decide it are gone */
    SUPERVISION_COMPLAINT_OVER,   /* its day has passed */
    SUPERVISION_HANDED_BACK,      /* a team or district did not take up what it was given */
    SUPERVISION_COMPLAINT_NOBODY, /* all who could handle it are in conflict with it */
    SUPERVISION_WORDING_NOBODY,   /* the same of flagged wording */
    SUPERVISION_DANGER_LIFE,      /* somebody wrote to the assistant of ending their life */
    SUPERVISION_DANGER_VIOLENCE,  /* … of violence at home */
    SUPERVISION_DANGER_CASE,      /* … and handed it over: a case somebody must see at once */
    SUPERVISION_KINDS
};

enum supervision_level { SUPERVISION_NOTE, SUPERVISION_SERIOUS, SUPERVISION_URGENT };

/* Who must know by now. */
enum supervision_rung {
    SUPERVISION_LEADER,
    SUPERVISION_DISTRICT,
    SUPERVISION_CITY,
    SUPERVISION_ADMINISTRATORS /* of the place: nobody who watches may know of it */
};

struct str supervision_kind_word(enum supervision_kind kind);
bool supervision_kind_of(struct str word, enum supervision_kind *kind);
const char *supervision_kind_text(enum supervision_kind kind); /* T(), with %1 and %2 */
const char *supervision_kind_name(enum supervision_kind kind); /* T() */
bool supervision_is_about_complaint(enum supervision_kind kind); /* its case_id is one */
bool supervision_is_for_administrators(enum supervision_kind kind);
/* Somebody's life may hang on it: whoever is on duty is rung at once, by day and by night. */
bool supervision_is_danger(enum supervision_kind kind);
enum supervision_level supervision_level_of(enum supervision_kind kind);
const char *supervision_level_name(enum supervision_level level); /* T() */
const char *supervision_rung_name(enum supervision_rung rung);    /* T(): who knows of it */

/* Where an alarm begins, and where it goes on to when nobody has seen it; false: nowhere. */
enum supervision_rung supervision_first_rung(bool has_leader, struct str division);
bool supervision_next_rung(enum supervision_rung rung, struct str division,
                           enum supervision_rung *next);

/* A complaint as far as its days go; 0 is not yet. */
struct supervision_complaint {
    moment made_at, acknowledge_by, decide_by, acknowledged_at, decided_at;
};
/* Whether it is worth this warning now. */
bool supervision_complaint_is(enum supervision_kind kind,
                              const struct supervision_complaint *complaint, moment now);

/* ---- thresholds: numbers an administrator may change ---- */

enum supervision_threshold {
    SUPERVISION_WAIT_MINUTES,    /* a live wait that raises an alarm */
    SUPERVISION_ON_LINE_PERCENT, /* of those rostered; fewer raise an alarm */
    SUPERVISION_SEEN_MINUTES,    /* an alarm nobody has seen goes on after these */
    SUPERVISION_FAILED_NOTICES,  /* of the last hour */
    SUPERVISION_CALENDAR_DAYS,   /* before a year begins its calendar should be there */
    SUPERVISION_ANSWER_SECONDS,  /* a live question answered by then counts as in time */
    SUPERVISION_LOAD_HIGH,       /* per cent of the median load: above it is too much */
    SUPERVISION_LOAD_LOW,        /* below it there is room to spare */
    SUPERVISION_TAKE_UP_PERCENT, /* of the working time left, to take up what was handed over */
    SUPERVISION_TAKE_UP_MINUTES, /* … and never less of it */
    SUPERVISION_LOOK_IN_MINUTES, /* looking in on a consultation lasts so long */
    SUPERVISION_THRESHOLDS
};

struct supervision_limits {
    int64_t value[SUPERVISION_THRESHOLDS];
};

struct str supervision_threshold_word(enum supervision_threshold which);
int64_t supervision_threshold_usual(enum supervision_threshold which);

/* The next step of an alarm nobody has seen. */
moment supervision_escalate_at(const struct supervision_limits *limits, moment now);

#endif
