/* simulate_inside.h -- what the files of the simulation share: the city, its cases, its moments.
 *
 * `on_line`, `seen_at`, `state` … are what the store has committed; `here` is the truth that the
 * store can only guess at.  The checks compare the two. */
#ifndef MAIN_SIMULATE_INSIDE_H
#define MAIN_SIMULATE_INSIDE_H

#include "bureau/assignment/assignment.h"
#include "bureau/ladder/ladder.h"
#include "desk/calendar/calendar.h"
#include "main/simulate.h"

enum {
    SIMULATE_NOBODY = -1,
    SIMULATE_CITY = -1, /* for a division: serves all of them */
    SIMULATE_FIELDS_MAX = 32,
    SIMULATE_DISTRICTS = 16,
    SIMULATE_TEAMS = 21,
    SIMULATE_LANGUAGES = 5,
    SIMULATE_BEAT_SECONDS = 30,  /* API.md: a sign of life every 30 s */
    SIMULATE_SWEEP_SECONDS = 10, /* as consultation_watch.c */
    SIMULATE_LOOK_SECONDS = 120, /* a waiting resident reads the estimate again */
    SIMULATE_LADDER_SECONDS = 5, /* as ladder_acts.c */
    SIMULATE_PACE_MAX = 60,      /* as consultation.list_handling */
    SIMULATE_EVENTS_KEPT = 40,
    SIMULATE_HELD_MAX = 64, /* more than any capacity; broken rules go past it */
    SIMULATE_WORDS_MAX = 160
};

enum simulate_happening {
    HAPPENS_ARRIVE,
    HAPPENS_LOOK,  /* a resident reads how long it will take */
    HAPPENS_LEAVE, /* … and has no patience left */
    HAPPENS_ACCEPT,
    HAPPENS_DECLINE,
    HAPPENS_OFFER_OVER,
    HAPPENS_CLOSE,
    HAPPENS_TRANSFER,
    HAPPENS_CLOSE_OWN,
    HAPPENS_ANSWER,
    HAPPENS_MORE,
    HAPPENS_COME, /* a consultant goes on line */
    HAPPENS_GO,   /* … off duty */
    HAPPENS_VANISH,
    HAPPENS_BACK,
    HAPPENS_BEAT, /* a sign of life, where there is a store to write it to */
    HAPPENS_SWEEP,
    HAPPENS_LADDER,      /* the desks are looked at */
    HAPPENS_WISH,        /* whoever left a message would rather talk, if there is time */
    HAPPENS_HAND,        /* whoever has it in writing gives it to a team or a district */
    HAPPENS_TAKE_UP,     /* … whose leader looks at it */
    HAPPENS_PLACE,       /* … and chooses who has it */
    HAPPENS_SEND_BACK,   /* … or says that it is not theirs */
    HAPPENS_HANDED_OVER, /* … or did not take it up in time */
    HAPPENS_GIVE,        /* it came back, and the sender's layer finds somebody */
    HAPPENS_KILL,
    HAPPENS_START
};

struct simulate_event {
    moment at;
    int64_t order; /* of those at the same moment, and of all: first made, first done */
    enum simulate_happening what;
    int64_t which, turn; /* case or person, and its count when this was made: old ones are void */
};

struct simulate_person {
    id person_id;
    int profession, division, team; /* division: a place, or SIMULATE_CITY */
    int32_t district;               /* of the division, as assignment.h numbers it */
    uint32_t fields, languages;
    int64_t capacity, written_capacity;
    bool on_line;
    moment seen_at, last_offer_at;
    int64_t held, written; /* offered and talking; written questions in hand */
    int64_t held_cases[SIMULATE_HELD_MAX];
    int64_t talks_count, online_seconds, floor_place, written_count;
    moment from_at; /* on line since */
    int64_t calls_count, last_call;
    bool backup, opted_out;       /* not on the roster; does not wish to be called */
    bool here, leaving, expected; /* expected: has noticed and will go on line again */
    moment here_since, goes_at;
    int64_t turn;
};

struct simulate_missed {
    int64_t person, next;
    moment at;
    bool by_silence; /* not declined */
};

struct simulate_estimate {
    struct simulate_estimate *next;
    moment at;
    int64_t low, high;
    bool joining;
};

struct simulate_real; /* simulate_real.c */

/* What the checks read of every case at every step stands first: one line of the cache. */
struct simulate_case {
    enum consultation_state state;
    enum consultation_handed handed;
    bool exists, by_choice; /* by_choice: asked in writing */
    bool queued;            /* is in the index of who waits */
    bool again;             /* live after a message */
    bool touched, listed;   /* listed: among the open ones */
    bool in_line;           /* … of the checks' own */
    bool handed_on;
    int64_t holders, consultant;
    moment waiting_at, due_at;
    moment dated_from, dated; /* the promise, as the calendar gave it to the check */
    bool provisional;
    moment offer_until;
    bool probe, gone, asked_live;
    int field, profession, division, language;
    int64_t priority, owner;
    int64_t wants, returning; /* persons */
    moment asked_at, rank_at, talk_at, closed_at, answered_at;
    moment pushed_at; /* put in writing by the ladder */
    moment wished_at; /* to talk live again */
    int64_t offers, turn;
    int64_t missed;   /* first of its list */
    moment fit_since; /* since when somebody free could have had it */
    moment right;     /* in the checks' own line: when it came, less its head start */
    int line;         /* which */
    moment met_at;    /* when the first talk began, for the wait */
    struct simulate_estimate *estimates;
    enum consultation_state seen_state; /* at the last step, by those who act on it */
    int64_t seen_offers, seen_consultant;
    int handed_team, handed_division,
        handed_from; /* team: SIMULATE_NOBODY for a district as such */
    moment handed_at, accept_by;
    id case_id, owner_id; /* in a store */
    struct str reference;
};

struct simulate_queue {
    int64_t *cases; /* by rank, then number */
    int64_t count;
    int64_t waiting[SIMULATE_LANGUAGES]; /* of them */
};

struct simulate_floor { /* parallel */
    struct assignment_candidate *candidates;
    int64_t *people, *talks, *seconds;
    int64_t count, free_count; /* free_count: of those on line, who stand first */
    bool is_bounded;           /* to a body's people, for the case looked at last */
};

struct simulate_desk { /* of a profession and a district; what the checks read stands first */
    struct ladder_state state, seen; /* seen: at the last step, for the checks */
    moment empty_since;
    moment due_since;                                /* since when its load asks for a step up */
    int64_t waiting, calls_open, last_call, granted; /* granted: wishes, at this look */
    struct ladder_load load;
    moment oldest_at;
};

struct simulate_call { /* of a backup */
    int64_t person;
    int profession, district;
    enum ladder_level level;
    bool says_yes, was_on_line, is_over;
    int64_t before, before_at_desk; /* the call of this person, of this desk, before; or nobody */
    moment called_at, answers_at, came_at;
};

struct simulate_pace {
    int64_t seconds[SIMULATE_PACE_MAX], sorted[SIMULATE_PACE_MAX];
    int64_t count, next;
    bool is_sorted; /* `sorted` holds what `seconds` does */
};

struct simulation {
    struct arena *arena;
    const struct simulate_plan *plan;
    struct simulate_result *result;
    FILE *events;
    struct simulate_random arrivals, residents, consultants, faults, handing;
    moment now, swept_at;
    enum simulate_happening happening;
    bool ended;

    struct simulate_event *heap;
    int64_t heap_count, heap_max, orders;

    struct str field_codes[SIMULATE_FIELDS_MAX];
    int field_professions[SIMULATE_FIELDS_MAX];
    int fields_count;
    struct str divisions[SIMULATE_DISTRICTS];
    int32_t districts[SIMULATE_DISTRICTS];
    struct assignment_policy policy;

    struct simulate_person *people;
    int64_t people_count;
    struct simulate_case *cases;
    int64_t cases_count;
    int64_t *last_talk_of; /* by owner: whom they talked to, in closed cases */
    int64_t *closed_cases, closed_count;
    int64_t *touched, touched_count;
    int64_t *open, open_count; /* cases neither answered nor closed, as far as was touched */

    /* The checks' own: who waits, by moments alone, and who is free. */
    struct simulate_queue lines[CONSULTATION_PROFESSIONS];
    int64_t *free;
    moment nobody_free_at[CONSULTATION_PROFESSIONS];

    /* What a restart throws away and makes again from the rest. */
    struct simulate_queue queues[CONSULTATION_PROFESSIONS];
    struct simulate_floor floors[CONSULTATION_PROFESSIONS], knowing;
    int64_t places[CONSULTATION_PROFESSIONS];
    int64_t places_in[CONSULTATION_PROFESSIONS][SIMULATE_DISTRICTS]; /* … of the own district */
    int64_t places_city[CONSULTATION_PROFESSIONS];                   /* … of the whole city */
    int64_t speakers_free[CONSULTATION_PROFESSIONS][SIMULATE_LANGUAGES];

    struct simulate_desk desks[CONSULTATION_PROFESSIONS][SIMULATE_DISTRICTS];
    struct simulate_call *calls;
    int64_t calls_count, calls_max, calls_seen;
    int64_t *wishes, wishes_count;                           /* cases */
    bool is_looking;                                         /* a look at the ladder is planned */
    int64_t desks_up;                                        /* above the bottom */
    int32_t rings[SIMULATE_DISTRICTS][SIMULATE_DISTRICTS];   /* as ladder.h has them */
    int32_t borders[SIMULATE_DISTRICTS][SIMULATE_DISTRICTS]; /* as the checks count them */

    struct simulate_missed *missed;
    int64_t missed_count, missed_max;
    struct simulate_pace pace[CONSULTATION_PROFESSIONS];
    struct calendar_desk desk;
    struct calendar_hours hours;

    struct simulate_real *store; /* NULL: the rules in memory */
    bool is_down;
    moment down_from, down_until;

    char kept[SIMULATE_EVENTS_KEPT][SIMULATE_WORDS_MAX];
    int64_t kept_count;
    int64_t *waits, waits_count;
    int64_t sweeps;
    bool telling; /* events are put into words: somebody reads them */
};

extern const char *const simulate_languages[SIMULATE_LANGUAGES];

/* simulate_city.c: people and questions of the plan. */
void simulate_make_city(struct simulation *s);
/* simulate_run.c */
void simulate_at(struct simulation *s, moment at, enum simulate_happening what, int64_t which,
                 int64_t turn);
__attribute__((format(printf, 2, 3))) void simulate_note(struct simulation *s, const char *format,
                                                         ...);
void simulate_touch(struct simulation *s, int64_t number);
/* An invariant does not hold: the run ends here. */
__attribute__((format(printf, 3, 4))) void simulate_broke(struct simulation *s,
                                                          const char *invariant, const char *format,
                                                          ...);
bool simulate_is_down(const struct simulation *s);
bool simulate_is_open(const struct simulation *s);
moment simulate_seen(const struct simulation *s, const struct simulate_person *p);
void simulate_estimate(struct simulation *s, struct simulate_case *c, int64_t low, int64_t high,
                       bool told, bool joining);
void simulate_settle(struct simulation *s, struct simulate_case *c, bool met);

/* simulate_floor.c */
void simulate_queue_in(struct simulation *s, int64_t number);
void simulate_queue_out(struct simulation *s, int64_t number);
int64_t simulate_queue_place(const struct simulation *s, const struct simulate_queue *queue,
                             int64_t number);
struct assignment_candidate simulate_candidate(const struct simulation *s,
                                               const struct simulate_person *p, bool written);
void simulate_refresh(struct simulation *s, const struct simulate_person *p);
void simulate_set_on_line(struct simulation *s, int64_t person, bool on_line);
void simulate_hold(struct simulation *s, struct simulate_person *p, int64_t number);
void simulate_unhold(struct simulation *s, struct simulate_person *p, int64_t number);
void simulate_make_floor(struct simulation *s, int profession);
void simulate_put_rings(const struct simulation *s, const struct simulate_case *c,
                        struct simulate_floor *floor);

/* What people do, to the rules in memory (simulate_pure.c). */
void simulate_do_ask(struct simulation *s, int64_t number);
void simulate_do_accept(struct simulation *s, int64_t number);
void simulate_do_decline(struct simulation *s, int64_t number);
void simulate_do_close(struct simulation *s, int64_t number);
void simulate_do_transfer(struct simulation *s, int64_t number);
void simulate_do_answer(struct simulation *s, int64_t number);
void simulate_do_more(struct simulation *s, int64_t number);
void simulate_do_leave(struct simulation *s, int64_t number);
void simulate_do_go(struct simulation *s, int64_t number); /* the resident closes it */
void simulate_do_presence(struct simulation *s, int64_t person, bool on_line);
bool simulate_do_tell(struct simulation *s, int64_t number, int64_t *low, int64_t *high);
void simulate_do_sweep(struct simulation *s);
void simulate_do_offer_over(struct simulation *s, int64_t number);
void simulate_do_restart(struct simulation *s);

bool simulate_counts(const struct simulation *s, const struct simulate_missed *missed);

/* simulate_real.c; simulate_real_does() and _is() are false where there is no store. */
struct outcome simulate_real_open(struct simulation *s);
void simulate_real_close(struct simulation *s);
bool simulate_real_does(struct simulation *s, enum simulate_happening what, int64_t number);
bool simulate_real_is(struct simulation *s, int64_t person, const char *state);
void simulate_real_clock(struct simulation *s);
void simulate_real_kill(struct simulation *s);
void simulate_real_start(struct simulation *s);
void simulate_real_check(struct simulation *s);

/* simulate_pure.c, for the ladder */
void simulate_drain(struct simulation *s, int profession);
bool simulate_offer_again(struct simulation *s, int64_t number);

/* simulate_ladder.c: one look at every desk, and whose consultants a case may have. */
void simulate_make_borders(struct simulation *s);
void simulate_do_ladder(struct simulation *s);
void simulate_wake_ladder(struct simulation *s);
void simulate_wish(struct simulation *s, int64_t number);
void simulate_forget_wish(struct simulation *s, int64_t number);
int32_t simulate_reach(const struct simulation *s, const struct simulate_case *c);

/* simulate_pure.c, for what is handed over: finds who answers in writing; takes it from whoever
 * does, who is not asked again. */
void simulate_to_message(struct simulation *s, int64_t number);
void simulate_pass_on(struct simulation *s, int64_t number);

/* simulate_handed.c */
bool simulate_is_of_body(const struct simulation *s, const struct simulate_case *c, int64_t person);
/* A body has taken it up, and only its people may have it, live or in writing. */
bool simulate_is_bounded(const struct simulate_case *c);
void simulate_bound(const struct simulation *s, const struct simulate_case *c,
                    struct simulate_floor *floor);
void simulate_handed_moved(struct simulation *s, int64_t number);
void simulate_do_hand(struct simulation *s, int64_t number);
void simulate_do_take_up(struct simulation *s, int64_t number);
void simulate_do_place(struct simulation *s, int64_t number);
void simulate_do_handed_over(struct simulation *s, int64_t number);
void simulate_do_give(struct simulation *s, int64_t number);
void simulate_handed_lapsed(struct simulation *s, int64_t number);

/* simulate_people.c: what people do next. */
void simulate_react(struct simulation *s);
void simulate_happen(struct simulation *s, const struct simulate_event *event);

/* simulate_check_ladder.c */
bool simulate_is_open_to(const struct simulation *s, const struct simulate_case *c, int64_t person);
void simulate_check_ladder(struct simulation *s);
void simulate_check_ladder_offer(struct simulation *s, int64_t number);

/* simulate_check_handed.c */
void simulate_check_handed(struct simulation *s, int64_t number);

/* simulate_check.c */
bool simulate_would_fit(const struct simulation *s, const struct simulate_case *c, int64_t person,
                        int64_t held);
void simulate_check_step(struct simulation *s);
void simulate_check_all(struct simulation *s, bool every);
void simulate_check_end(struct simulation *s);

#endif
