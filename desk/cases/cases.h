/* cases.h -- one engine for what people apply for: which step may follow which, and by when.
 *
 * How a case runs stands in the service item's data (its `flow`), not here: states, actions, who
 * may, what is asked, which materials, how many days.  Four things are kept apart and never mixed
 * into one word: who must act, by when, how the last step ended, and the moments.
 *
 *  1. An action is taken only from a state of its list, and by whom its line names.
 *  2. Every state can be reached, whoever must act in it can, and from each an end can be reached.
 *  3. An action that ends a case has an outcome that ends, and leads to a state where nobody must
 *     act; every other does not.
 *  4. Only what waits for the applicant pauses the days that were promised; what was left of them
 *     goes on when the applicant has acted.
 *     They are promised once: whoever gets the case handed over has what is left of them.
 *  5. An outcome is one of the list below.  What follows from it stands in the list.
 *  6. What an outcome needs, a district or words why, can be written where the action is taken.
 *  7. Nobody waits for somebody who acts for the applicant (`agent`) before one was appointed.
 *  8. What a room takes is on no page of this one, and no state waits for a room: whoever must act
 *     in a state that only a room leads out of, does it on that room's page.
 *  9. A table that counts days says which: working, or daily.  Those of a law are all days unless
 *     its article says working days.
 * 10. A table of fees has exactly one row for every case that can be: one for everybody, or one
 *      for each choice of one question that must be answered.
 *
 * The rules only: the calendar, the moment and the flow arrive as arguments.
 */
#ifndef CASES_H
#define CASES_H

#include "desk/calendar/calendar.h"
#include "platform/base.h"

enum {
    CASES_STATES_MAX = 16,
    CASES_ACTIONS_MAX = 32,
    CASES_FIELDS_MAX = 12, /* asked of one applicant: more is two forms */
    CASES_MATERIALS_MAX = 12,
    CASES_OPTIONS_MAX = 12,
    CASES_LETTERS_MAX = 8,
    CASES_FEES_MAX = CASES_OPTIONS_MAX,
    CASES_FEE_YUAN_MAX = 1000000,
    CASES_LINES_MAX = 12, /* of a letter: one page of paper */
    CASES_FILES_MAX = 20, /* of one case */
    CASES_DAYS_MAX = 730,
    CASES_ANSWER_MAX = 1000, /* letters */
    CASES_FLOW_BYTES_MAX = 48000,
    CASES_OPEN_MAX = 20,       /* cases one person may have open */
    CASES_TOLD_A_DAY = 3,      /* messages that a case was handed in: who withdraws it knows */
    CASES_LOOK_MINUTES = 30,   /* that a case stays open to an officer who opened it */
    CASES_STEPS_MAX = 200,     /* of one case: more is a quarrel; one more step may end it */
    CASES_TASK_DAYS_MAX = 180, /* an answer that may take longer is no answer */
    CASES_TASKS_MAX = 50,      /* of one case */
    /* With the end, and what was asked before there were too many: it is answered and settled. */
    CASES_STEPS_KEPT_MAX = CASES_STEPS_MAX + 1 + 2 * CASES_TASKS_MAX,
    CASES_VISIT_DAYS_MAX = 60,   /* later is no plan */
    CASES_VISITS_MAX = 20,       /* of one case */
    CASES_ORIGINALS_MAX = 40,    /* of one case: more is a file to be kept elsewhere */
    CASES_LINKS_MAX = 20,        /* of one case */
    CASES_RECEIPT_DIGITS = 8,    /* of the code on a receipt: not to be guessed at a few a minute */
    CASES_KEEPS_SECONDS = 86400, /* a file that was taken back: longer than a backup takes */
    CASES_SOON_SECONDS = 86400,  /* before the moment is said to be near */
};

/* ---- outcomes ---- */

#define CASES_NEVER ((moment)9000000000000000) /* behind every day, in lists */

enum cases_effect {
    CASES_ENDS = 1 << 0,      /* nothing more is done */
    CASES_REOPENS = 1 << 1,   /* may be taken from an end */
    CASES_TELLS = 1 << 2,     /* the applicant is told by message */
    CASES_REASONS = 1 << 3,   /* not without words why */
    CASES_MOVES = 1 << 4,     /* another office has it from now on */
    CASES_INSIDE = 1 << 5,    /* between officers: what was said is not for the applicant */
    CASES_PASSES = 1 << 6,    /* leaves the last outcome as it was */
    CASES_APPOINTS = 1 << 7,  /* somebody is asked to act for the applicant */
    CASES_ENGAGES = 1 << 8,   /* who was asked does it from now on */
    CASES_RELEASES = 1 << 9,  /* nobody acts any more, or was asked */
    CASES_TO_AGENT = 1 << 10, /* said between officers to who acts for the applicant */
    CASES_OF_TASK = 1 << 11,  /* of what one office asks of another; no table takes it */
};
struct cases_outcome {
    const char *word;
    const char *name; /* marked T(): as the applicant reads it */
    unsigned effects; /* of enum cases_effect */
};
extern const struct cases_outcome cases_outcomes[];
extern const size_t cases_outcomes_count;
const struct cases_outcome *cases_outcome_of(struct str word); /* or NULL */

/* What an outcome says to whoever sent the case here. */
enum cases_went {
    CASES_WENT_ON,    /* nothing */
    CASES_WENT_TAKEN, /* an office has taken it over */
    CASES_WENT_ENDED  /* it is over; ended before that, if no office had */
};
enum cases_went cases_went_of(const struct cases_outcome *outcome);

/* ---- how a case runs ---- */

enum cases_who {
    CASES_NOBODY,
    CASES_APPLICANT,
    CASES_OFFICER, /* of the office that has the case */
    CASES_LEAD,    /* supervises the office */
    CASES_CLOCK,
    CASES_AGENT, /* acts for the applicant, a lawyer as a rule; or was asked to */
    CASES_ROOM,  /* the room the item names takes the step, and says who may (rule 8) */
    CASES_WHOS
};
struct str cases_who_word(enum cases_who who); /* "" of nobody */
enum cases_who cases_who_of(struct str word);

struct cases_state {
    struct str state;
    enum cases_who who; /* must act; CASES_NOBODY: the case is over */
    int64_t days;       /* to act; 0: no days of its own */
    int64_t days_first; /* of a case that is served first; 0: as others */
    bool pauses;
    struct str law; /* by which article its days are those, or whose own rule; "" of none */
    struct str zh, en;
};
struct cases_action {
    struct str action;
    uint32_t from; /* bits of states */
    int to;        /* a state, or -1: stays where it is */
    enum cases_who who;
    const struct cases_outcome *outcome;
    bool asks; /* the form is handed in again */
    /* From now on so many days are promised, whatever was promised before; 0: that stays. */
    int64_t promise;
    struct str law; /* of the promise, as of a state's days */
    bool keeps;     /* what was promised is done: no day of it counts any more */
    struct str zh, en;
    struct str told_zh, told_en; /* what the log says of it; "": what it says of the outcome */
};
/* What the answer makes of the case: served before others, somebody comes to the applicant. */
struct cases_option {
    struct str option, zh, en;
    bool first, visit;
};
struct cases_field {
    struct str field, kind; /* text, lines, day, phone, choice */
    bool must;
    bool party;   /* names the other side: whoever acts must not act for them */
    bool summary; /* says what it is about: who is asked to act reads it, and who is on each side */
    struct str zh, en, hint_zh, hint_en;
    const struct cases_option *options;
    size_t options_count;
};
struct cases_material {
    struct str material;
    bool must, spared; /* spared: whoever is served first need not show it */
    bool lasts;        /* about the person, not the matter: one handed in before still serves */
    struct str get;    /* items of the list by which people get it, with blanks between; "" */
    struct str zh, en;
};
/* What is written on paper after some actions, in Chinese.  In its lines stand {name}, {reference},
 * {item}, {district}, {received}, {day}, {words} and {agent}, and what the room of the item's
 * process knows as {room.…}; a line is left out when one is empty.
 * `by` is whose letter it is. */
struct cases_letter {
    struct str letter, title, by;
    uint32_t after; /* bits of actions */
    const struct str *lines;
    size_t lines_count;
};
/* What it costs, in whole yuan: those who answer `field` with `option`, or everybody. */
struct cases_fee {
    struct str field, option; /* "": everybody */
    int64_t yuan;             /* 0: nothing */
    struct str law;           /* by which article, or whose own rule */
    struct str zh, en;
};
struct cases_flow {
    /* Whose profession it is to act as the office in a district, beside those who lead it; "". */
    struct str officers;
    bool is_daily;  /* days of states are all days, not working days */
    bool says_days; /* the table says which of the two; one that is released must (rule 9) */
    /* Asked for by a court, procuratorate or the police: typed in from their notice, by nobody on
     * line. */
    bool on_notice;
    /* From which outcome on the item's time limit counts; "received": from handing in. */
    const struct cases_outcome *counts_from;
    struct cases_state states[CASES_STATES_MAX]; /* the first is where a case begins */
    struct cases_action actions[CASES_ACTIONS_MAX];
    struct cases_field fields[CASES_FIELDS_MAX];
    struct cases_material materials[CASES_MATERIALS_MAX];
    struct cases_letter letters[CASES_LETTERS_MAX];
    struct cases_fee fees[CASES_FEES_MAX]; /* none: what it costs is said in the item alone */
    size_t states_count, actions_count, fields_count, materials_count, letters_count, fees_count;
};

/* Reads the table of an item and refuses one by which no case could run.  %1 says where. */
struct outcome cases_flow_read(struct arena *arena, struct str text, struct cases_flow *flow);
/* The part of it that knows no YAML: rules 2, 3, 4, 6. */
struct outcome cases_flow_check(const struct cases_flow *flow);
/* For struct process. */
struct outcome cases_flow_may(struct arena *arena, struct str text);
/* The same for a room that fills places into letters: those it knows, NULL the last. */
#define CASES_ROOM_PLACE "room."
struct outcome cases_flow_may_room(struct arena *arena, struct str text, const char *const *places);

/* Whether it is somebody's profession to act as an office where a table says so.  Not a lawyer's:
 * lawyers act for applicants. */
extern const char *const cases_offices[]; /* all of them; NULL the last */
bool cases_is_officers(struct str profession);

/* The letter that is written after an action; NULL: none. */
const struct cases_letter *cases_letter_after(const struct cases_flow *flow, int action);
const struct cases_letter *cases_letter_of(const struct cases_flow *flow, struct str letter);

int cases_state_at(const struct cases_flow *flow, struct str state);   /* or -1 */
int cases_action_at(const struct cases_flow *flow, struct str action); /* or -1 */
bool cases_is_over(const struct cases_flow *flow, int state);
/* Whether the action may be taken from that state by one who is `is`: bits 1 << enum cases_who. */
bool cases_may(const struct cases_flow *flow, int state, unsigned is, int action);
/* The same, with a reason: not at this stage, or not by you. */
struct outcome cases_next(const struct cases_flow *flow, int state, unsigned is, int action,
                          int *to);

/* The applicant's step after which the office goes on from this state; -1: there is none. */
int cases_supplement(const struct cases_flow *flow, int state);

/* What it costs whoever gave these answers; NULL: the table does not say. */
const struct cases_fee *cases_fee_of(const struct cases_flow *flow, const struct str *answers);

/* What the answers make of a case, see struct cases_option. */
struct cases_care {
    bool is_first, wants_visit;
};
struct cases_care cases_care_of(const struct cases_flow *flow, const struct str *answers);

/* Is this an answer to the field?  `%1` of the refusal is empty. */
struct outcome cases_answer_check(const struct cases_field *field, struct str answer);

/* ---- by when ---- */

struct cases_times {
    moment due_at;     /* of the state: whoever must act, acts by then; 0: no days */
    moment promise_at; /* of the whole case; 0: not counting, or paused */
    int64_t left_days; /* of the promise, while it is paused; -1: it is not */
};
/* What entering `state` with this outcome does to the times.  `limit_days` of the item, counted by
 * `limit_daily`; 0: it has none. */
struct cases_limit {
    int64_t days;
    bool is_daily;
    bool is_first; /* the case is served first */
};
struct outcome cases_enter(const struct calendar *calendar, const struct cases_flow *flow,
                           const struct cases_limit *limit, int state,
                           const struct cases_outcome *outcome, moment now,
                           struct cases_times *times);
/* What an action itself does to the promise, after its state was entered. */
struct outcome cases_promise(const struct calendar *calendar, const struct cases_flow *flow,
                             const struct cases_action *action, moment now,
                             struct cases_times *times);
/* When the next working day begins: what is due before has to be done today. */
struct outcome cases_back_at(const struct calendar *calendar, moment now, moment *back_at);
/* By when whoever must act has to: the nearer of the two; 0: never. */
moment cases_by_when(const struct cases_times *times);

/* ---- what is asked of an office by a day ---- */

/* An order comes from whoever supervises the office that has the case; a part is asked by that
 * office of another.  open -> answered -> ended, or open -> ended. */
enum cases_task_step { CASES_TASK_ASK, CASES_TASK_ANSWER, CASES_TASK_END };
enum { CASES_IS_HELPER = 1 << CASES_WHOS }; /* beside 1 << enum cases_who: has an open part */
/* Whether one who is `is` may take the step; with a reason if not.  `state` "" before asking. */
struct outcome cases_task_may(struct str kind, struct str state, unsigned is,
                              enum cases_task_step step);
/* Until when: the end of that day, which is after today and within CASES_TASK_DAYS_MAX. */
struct outcome cases_task_until(struct str day, moment now, moment *due_at);
/* When somebody goes to an applicant: from seven in the morning till nine in the evening of a day
 * from today on, not in the past, within CASES_VISIT_DAYS_MAX.  `from` in minutes of the day. */
struct outcome cases_visit_time(struct str day, int64_t from_minute, int64_t minutes, moment now,
                                moment *starts_at, moment *ends_at);
extern const struct reason cases_visit_day, cases_visit_hour;
/* When whoever has to answer is reminded: noon of the day before the last. */
moment cases_task_warn_at(moment due_at);
extern const struct reason cases_task_day;

/* The word that is shown, derived from the four axes; marked T(). */
enum cases_shown {
    CASES_SHOWN_OVER,
    CASES_SHOWN_YOURS,  /* waits for the applicant */
    CASES_SHOWN_THEIRS, /* waits for whoever acts for the applicant */
    CASES_SHOWN_NEW,    /* nobody of the office has opened it yet */
    CASES_SHOWN_OURS,
    CASES_SHOWN_SOON,
    CASES_SHOWN_LATE
};
enum cases_shown cases_shown_of(enum cases_who who, moment by_when, bool is_touched, moment now);
const char *cases_shown_name(enum cases_shown shown);
const char *cases_shown_css(enum cases_shown shown);

extern const struct reason cases_not_now;
extern const struct reason cases_not_by_you;
extern const struct reason cases_flow_missing;   /* the process needs a table */
extern const struct reason cases_flow_malformed; /* %1: line and problem */
extern const struct reason cases_flow_word;      /* %1: a word that is not known, or stands twice */
extern const struct reason cases_flow_unreachable;
extern const struct reason cases_flow_dead_end;
extern const struct reason cases_flow_no_role;
extern const struct reason cases_flow_calendar;
extern const struct reason cases_flow_days;
extern const struct reason cases_flow_fee;
extern const struct reason cases_flow_end;
extern const struct reason cases_flow_pause;
extern const struct reason cases_flow_clock;
extern const struct reason cases_flow_moves;
extern const struct reason cases_flow_words;
extern const struct reason cases_flow_labels;
extern const struct reason cases_flow_agent;
extern const struct reason cases_answer_missing;
extern const struct reason cases_answer_long;
extern const struct reason cases_answer_day;
extern const struct reason cases_answer_phone;
extern const struct reason cases_answer_choice;

#endif
