/* consultation.h -- a resident asks; a fitting consultant answers now or within three working days.
 *
 * The rules only: which step may follow which, how long a wait is told to be.  Time, load and
 * calendar arrive as arguments.
 *
 * Source: S2 (Shanghai 12348 platform): real-time consultation by six professions; a message is
 * answered within 3 working days.
 */
#ifndef CONSULTATION_H
#define CONSULTATION_H

#include "platform/base.h"

enum consultation_state {
    CONSULTATION_WAITING, /* in the queue for a live talk */
    CONSULTATION_OFFERED, /* shown to one consultant, who may accept */
    CONSULTATION_TALKING,
    CONSULTATION_MESSAGE, /* left in writing; due_at is the promise */
    CONSULTATION_ANSWERED,
    CONSULTATION_CLOSED,
    CONSULTATION_HALL, /* at a hall, with a number, until a window serves it */
    CONSULTATION_STATES
};

enum consultation_step {
    CONSULTATION_OFFER,
    CONSULTATION_TAKE_BACK, /* declined, not accepted in time, or withdrawn */
    CONSULTATION_ACCEPT,
    CONSULTATION_LEAVE_MESSAGE,
    CONSULTATION_HAND_ON, /* from a talk back to the queue: transfer, or the consultant is gone */
    CONSULTATION_ANSWER,
    CONSULTATION_ASK_MORE,   /* the resident writes again after an answer */
    CONSULTATION_TALK_AGAIN, /* left in writing, and both want to talk live now */
    CONSULTATION_CLOSE,
    CONSULTATION_SERVE,     /* at a window */
    CONSULTATION_TO_LINE,   /* from a window back to the hall, for another line */
    CONSULTATION_GO_ONLINE, /* from the hall into the live queue */
    CONSULTATION_COME_IN,   /* asked otherwise, and now they come to a hall with it */
    CONSULTATION_STEPS
};

/* ---- a question given to a team, a district or a street as such ----
 *
 * It waits for that body to take it up; nobody has it before, and afterwards only its own people
 * may.  Not taken up in time, or sent back, it is with the sender's layer until somebody has it. */
enum consultation_handed {
    CONSULTATION_NOT_HANDED, /* or not any more */
    CONSULTATION_HANDED_WAITS,
    CONSULTATION_HANDED_ACCEPTED,
    CONSULTATION_HANDED_PLACED, /* one of the body's people has it */
    CONSULTATION_HANDED_RETURNED,
    CONSULTATION_HANDED_LAPSED,
    CONSULTATION_HANDED_STATES
};
enum consultation_handed_step {
    CONSULTATION_TAKE_UP,
    CONSULTATION_SEND_BACK, /* by the body, or taken back by the sender */
    CONSULTATION_RUN_OUT,   /* nobody took it up in time */
    CONSULTATION_SOMEBODY,  /* has it now */
    CONSULTATION_NOBODY_HAS /* it any more */
};
/* False, and nothing is changed, where the step is not possible. */
bool consultation_handed_next(enum consultation_handed *state, enum consultation_handed_step step);
/* No rule gives it to anybody: it waits, or has come back. */
bool consultation_handed_sleeps(enum consultation_handed state);
struct str consultation_handed_word(enum consultation_handed state); /* as it is stored */
enum consultation_handed consultation_handed_of(struct str word);

struct calendar_desk;
/* Until when the body takes it up: so much of the working time left until the promised answer, and
 * never less of it than that: what is handed over at night does not come back before morning. */
moment consultation_accept_by(const struct calendar_desk *desk, moment now, moment due_at,
                              int64_t percent, int64_t least_seconds);

/* States are kept in the store as words, so that the store can be read without this file. */
struct str consultation_state_word(enum consultation_state state);
enum consultation_state consultation_state_of(struct str word);
/* Where `step` leads; refuses what the case is not ready for. */
struct outcome consultation_next(enum consultation_state from, enum consultation_step step,
                                 enum consultation_state *to);

/* What is promised in writing, and when a wait is told; who gets a case is bureau/assignment's. */
struct consultation_policy {
    int64_t working_days;  /* for a written answer */
    int64_t samples_min;   /* talks measured before a wait is told */
    int64_t wait_told_max; /* seconds: of what may take longer nothing is said */
};
extern const struct consultation_policy consultation_policy_default;

/* lawyer, notary, forensic, mediator, legal_aid, correction */
enum { CONSULTATION_PROFESSIONS = 6 };
extern const char *const consultation_professions[CONSULTATION_PROFESSIONS];
const char *consultation_profession_name(struct str profession); /* marked T() */
bool consultation_is_profession(struct str profession);
/* zh, en, wuu (Shanghainese), yue (Cantonese), sign */
bool consultation_is_language(struct str language);
/* Where a question may be said to come from: web, api, wechat, miniprogram, app, sms, hotline,
 * window, kiosk, point. */
bool consultation_is_channel(struct str channel);
/* How a talk may end, chosen when it is closed: advised, referred, unreachable, … */
enum { CONSULTATION_OUTCOMES = 6 };
extern const char *const consultation_outcomes[CONSULTATION_OUTCOMES];
const char *consultation_outcome_name(struct str outcome); /* marked T() */
bool consultation_is_outcome(struct str outcome);
const char *consultation_state_name(enum consultation_state state); /* marked T() */

/* ---- how long a wait is told to be ---- */

/* How long talks took lately: the bounds of the middle half of those measured, in seconds. */
struct consultation_pace {
    int64_t low_seconds, high_seconds, samples;
};
/* `handling` are durations in seconds, in rising order. */
struct consultation_pace consultation_pace_of(const int64_t *handling, size_t count);
/* Is the order of the queue all that decides when this case is served?  Not for who asked for
 * somebody by name, in a language few speak, or whom somebody declined or missed already. */
bool consultation_tells_wait(struct str language, bool wants_somebody, int64_t offers_count);
/* In whole minutes, so that four in five are served within (docs/measurements.md).  `places` is the
 * sum of conversations that those on line can lead.  False: too little is known, say nothing. */
bool consultation_wait(const struct consultation_policy *policy,
                       const struct consultation_pace *pace, int64_t places, int64_t ahead,
                       int64_t *low_seconds, int64_t *high_seconds);

/* ---- who may say and see what ---- */

enum consultation_side { CONSULTATION_NOBODY, CONSULTATION_RESIDENT, CONSULTATION_CONSULTANT };

/* May a text be added now by this side? */
struct outcome consultation_may_say(enum consultation_state state, enum consultation_side side,
                                    bool internal);
struct outcome consultation_may_rate(enum consultation_state state, moment closed_at, moment now);

enum {
    CONSULTATION_TEXT_MAX = 2000,      /* characters of one message */
    CONSULTATION_MESSAGES_MAX = 2000,  /* of one case: more is a case for an office */
    CONSULTATION_ATTACHMENTS_MAX = 50, /* of one case */
    CONSULTATION_OPEN_MAX = 5,         /* cases one resident may have open */
    CONSULTATION_TOLD_MAX = 3,         /* questions a day one number hears of by SMS */
    CONSULTATION_WISH_SECONDS = 600,   /* how long the wish to talk live again counts */
    CONSULTATION_RATING_DAYS = 30,     /* after closing */
    CONSULTATION_PAGE_MESSAGES = 20    /* in the first page; earlier ones by a link */
};

extern const struct reason consultation_not_now;
extern const struct reason consultation_confirm;
extern const struct reason consultation_no_time;
extern const struct reason consultation_over;
extern const struct reason consultation_not_open;
extern const struct reason consultation_not_open_yet; /* nobody knows from when on */
extern const struct reason consultation_too_many_open;
extern const struct reason consultation_too_many_messages;
extern const struct reason consultation_unknown_field;
extern const struct reason consultation_unknown_mode;
extern const struct reason consultation_unknown_place;
extern const struct reason consultation_unknown_profession;
extern const struct reason consultation_unknown_language;
extern const struct reason consultation_unknown_channel;
extern const struct reason consultation_unknown_outcome;
extern const struct reason consultation_file_type;
extern const struct reason consultation_too_many_files;
extern const struct reason consultation_transfer_where;
extern const struct reason consultation_presence_word;
extern const struct reason consultation_unknown_consultant;
extern const struct reason consultation_full;
extern const struct reason consultation_offer_gone;
extern const struct reason consultation_not_qualified;
extern const struct reason consultation_rated;
extern const struct reason consultation_rate_later;
extern const struct reason consultation_rate_too_late;

#endif
