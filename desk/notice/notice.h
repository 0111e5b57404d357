/* notice.h -- telling people outside the page: which messages there are and when they are sent.
 *
 * A notice is made by the act that gives cause for it and sent afterwards by a channel (SMS now).
 * Its text says that something happened and where to look; never what the question was about.
 * This header and notice.c are the rules.  They know nothing of gateways, tables or time of day.
 */
#ifndef NOTICE_H
#define NOTICE_H

#include "platform/base.h"

/* queued -> sending -> sent | failed; back to queued while there are tries left. */
enum notice_state { NOTICE_QUEUED, NOTICE_SENDING, NOTICE_SENT, NOTICE_FAILED, NOTICE_STATES };

enum notice_step {
    NOTICE_TAKE,    /* a sender takes it; again, when the sender before it came to grief */
    NOTICE_DELIVER, /* the gateway has it */
    NOTICE_PUT_OFF, /* not now */
    NOTICE_GIVE_UP, /* never */
    NOTICE_STEPS
};

enum notice_template {
    NOTICE_LOGIN_CODE,  /* %1 the code, %2 how many minutes it is good for */
    NOTICE_RECEIVED,    /* %1 the reference, %2 the day the answer is due */
    NOTICE_ANSWERED,    /* %1 the reference */
    NOTICE_CALLED_IN,   /* to a consultant: %1 how many people wait */
    NOTICE_CALLED_LINK, /* the same with a link: %2 address of the site, %3 what opens the call */
    NOTICE_STAND_DOWN,  /* to a consultant who was called in: it is over */
    NOTICE_TALK_NOW,    /* a written question could be talked over now: %1 the reference */
    NOTICE_WRITTEN,     /* the talk became a written question: %1 the reference, %2 the day */
    NOTICE_AT_RISK,     /* to a team's leader: %1 the reference, %2 the day the answer is due */
    NOTICE_WARNING,     /* to a supervisor: %1 what the warning is about */
    NOTICE_DANGER,      /* to whoever is on duty or watches: %1 what it is about */
    NOTICE_APPLICATION, /* %1 the reference of an application to serve */
    NOTICE_LICENCE,     /* to a consultant: %1 the last day of the licence */
    NOTICE_LICENCE_OF,  /* to a team's leader: %1 whose licence has run out */
    NOTICE_UNCOVERED,   /* to a team's leader: %1 how many shifts have nobody, %2 on which day */
    NOTICE_DUTY_ASKED,  /* to a consultant: %1 the day, %2 the time; to stand in, or to swap */
    NOTICE_DUTY_TOLD,   /* to a consultant: %1 the day; a leave or a swap was decided */
    NOTICE_COMPLAINT_RECEIVED,  /* %1 the reference */
    NOTICE_COMPLAINT_DECIDED,   /* %1 the reference */
    NOTICE_COMPLAINT_LATE,      /* to a team's leader: %1 the reference */
    NOTICE_ASKED_FOR_STATEMENT, /* to a consultant: %1 the reference */
    NOTICE_MEASURE,             /* to a consultant: %1 the last day to appeal */
    NOTICE_SERVICE_WIDENED,     /* to a consultant: %1 the day */
    NOTICE_APPEAL_DECIDED,      /* to a consultant: %1 the day of the appeal */
    NOTICE_CASE_NEWS,           /* %1 the reference */
    NOTICE_CASE_WAITS,          /* to an applicant: %1 the reference, %2 the last day */
    NOTICE_CASE_ASKED,          /* to a lawyer who is asked to act: %1 the reference */
    NOTICE_CASE_TASK,           /* to an officer: %1 the reference, %2 the last day to answer */
    NOTICE_CASE_TASK_LATE,      /* to who asked an office: %1 the reference, %2 the day */
    NOTICE_CASE_VISIT,          /* to an applicant: %1 the reference, %2 the day, %3 the time */
    NOTICE_CASE_VISIT_OFF,      /* the same: nobody comes then */
    NOTICE_CLOSING_FILE,        /* to a lawyer whose file was checked or marked: %1 the reference */
    NOTICE_APPOINTMENT,     /* booked or changed: %1 the reference, %2 the day, %3 the time */
    NOTICE_APPOINTMENT_SOON, /* the same, on the working day before */
    NOTICE_APPOINTMENT_OFF, /* the same: the office is closed then */
    NOTICE_CORRECTION,          /* to whoever reported something wrong: %1 its code */
    NOTICE_TEMPLATES
};

enum {
    NOTICE_WORDS = 3,
    NOTICE_WORD_BYTES_MAX = 40, /* a day in words is 32; more than a word is not for an SMS */
    NOTICE_TRIES_MAX = 6,
    /* A sender that has not reported after this long came to grief: a driver waits 5 s at most. */
    NOTICE_SENDING_SECONDS_MAX = 60
};

extern const struct reason notice_not_now;
extern const struct reason notice_unknown;
extern const struct reason notice_too_late;
extern const struct reason notice_too_often;

/* States and templates are kept as words, so the store can be read without this file. */
struct str notice_state_word(enum notice_state state);
enum notice_state notice_state_of(struct str word);
struct str notice_template_word(enum notice_template which);
bool notice_template_of(struct str word, enum notice_template *which);
const char *notice_template_text(enum notice_template which); /* English, marked with T() */
bool notice_is_urgent(enum notice_template which); /* somebody sits before a screen and waits */
int64_t notice_lasts_seconds(enum notice_template which); /* later it is of no use */

/* Where `step` leads from `from`; refuses steps that do not fit, `to` is then unset. */
struct outcome notice_next(enum notice_state from, enum notice_step step, enum notice_state *to);

/* Whether it is of use to send it (again) now. */
struct outcome notice_may_send(enum notice_template which, moment made_at, int64_t tries,
                               moment now);

/* When to try again after `tries` have failed, the last one at `now`; 0 is never. */
moment notice_try_again_at(int64_t tries, moment now);

/* A number that can take an SMS: a mainland mobile number, digits only. */
bool notice_is_mobile(struct str number);

#endif
