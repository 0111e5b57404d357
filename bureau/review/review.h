/* review.h -- how work is judged: scores, rules and measures, draws, subsidies, commendation.
 *
 * Everything here is reckoned from numbers handed in, so that a decision can be reckoned again by
 * whoever doubts it.  Marks are thousandths (3500 is 3.5 of 5), money is fen, shares are
 * thousandths.
 *
 *  1. A score of few ratings lies near the mean of all; it moves away as ratings come in.
 *  2. A rule fires when all it asks for is met, and never when it asks for nothing.
 *  3. Of several rules that fire the gravest counts; nobody's service is widened while one fires
 *     against them.
 *  4. A rule proposes.  A person decides, somebody else decides about the appeal, and who was
 *     measured decides neither.
 *  5. A measure moves only along a line of the table in review.c.
 *  6. A draw is a function of its seed and of the cases: nobody chooses, anybody can repeat it.
 *  7. Money is reckoned in whole fen; a part of a fen is never paid.  A line above its cap is cut
 * to the cap, and says so.
 *  8. A rule is kept only if it can fire, judges nobody by nothing, and does not reach the harsher
 *     measure before the milder one of the same figure.
 */
#ifndef BUREAU_REVIEW_H
#define BUREAU_REVIEW_H

#include "platform/base.h"

enum { REVIEW_MARK_MIN = 1000, REVIEW_MARK_MAX = 5000, REVIEW_PERMILLE = 1000 };

/* ---- scores ---- */

/* What a mean is worth before anything is known of a person: `weight` ratings of `mean`. */
struct review_prior {
    int64_t mean_milli, weight;
};

/* (weight * mean + sum of stars) / (weight + count), in thousandths, rounded to the nearest. */
int64_t review_score(const struct review_prior *prior, int64_t count, int64_t stars_sum);
/* The mean as it is; 0 when there is none. */
int64_t review_mean(int64_t count, int64_t stars_sum);
/* `part` of `whole` in thousandths; 0 of nothing. */
int64_t review_permille(int64_t part, int64_t whole);

/* ---- rules and measures ---- */

enum review_measure {
    REVIEW_NOTHING,
    REVIEW_WIDEN,   /* more at once: the answers are good */
    REVIEW_WARN,    /* a notice in writing */
    REVIEW_SUSPEND, /* no work for a time */
    REVIEW_REMOVE,  /* no work any more */
    REVIEW_MEASURES
};
struct str review_measure_word(enum review_measure measure);
bool review_measure_of(struct str word, enum review_measure *measure);
const char *review_measure_name(enum review_measure measure); /* marked with T() */

/* What a rule may be about. */
enum review_figure {
    REVIEW_NO_FIGURE,
    REVIEW_OVERALL,
    REVIEW_PATIENCE,
    REVIEW_COURTESY,
    REVIEW_EFFICIENCY,
    REVIEW_CORRECTNESS,
    REVIEW_COMPLAINTS, /* that were right */
    REVIEW_SAMPLED,    /* colleagues' marks */
    REVIEW_FIRST,      /* from an offer to the first words */
    REVIEW_IN_TIME,    /* of the written questions that fell due */
    REVIEW_TAKEN,      /* of the offers that were taken or let lapse */
    REVIEW_FIGURES
};
enum { REVIEW_MARKS = 4 }; /* REVIEW_PATIENCE and the three after it */
enum review_unit { REVIEW_OF_FIVE, REVIEW_TIMES, REVIEW_MINUTES, REVIEW_PERCENT };
struct str review_figure_word(enum review_figure figure);
bool review_figure_of(struct str word, enum review_figure *figure); /* "" is REVIEW_NO_FIGURE */
const char *review_figure_name(enum review_figure figure);          /* marked with T() */
enum review_unit review_figure_unit(enum review_figure figure);
/* Less is better: complaints and time. */
bool review_is_burden(enum review_figure figure);

struct review_count { /* of how many, and what: a score, or a sum */
    int64_t count, amount;
};

/* What is known of one person over the window of a rule. */
struct review_figures {
    int64_t rated_count, score_milli;
    int64_t answered_count, late_count;
    int64_t upheld_count; /* complaints that were right */
    int64_t money_count;  /* of these, asking for money or for private work */
    int64_t sampled_count, sampled_milli;
    int64_t warnings_count; /* that still stand */
    struct review_count marks[REVIEW_MARKS]; /* the score of each, in thousandths */
    struct review_count first;               /* live cases, and all seconds to the first words */
    struct review_count in_time;             /* written questions that fell due; answered in time */
    struct review_count taken;               /* live offers taken or let lapse; taken */
};
/* Of how many a figure is made, and how it stands, in thousandths of its unit. */
int64_t review_counted(enum review_figure figure, const struct review_figures *figures);
int64_t review_stands(enum review_figure figure, const struct review_figures *figures);

/* Each condition of 0 asks for nothing; so does upheld_max of -1. */
struct review_rule {
    int64_t rule; /* its number in its version */
    enum review_measure measure;
    int64_t score_below, score_from, rated_min; /* thousandths; only with so many ratings */
    int64_t upheld_min, upheld_max, money_min;
    int64_t late_min, answered_min; /* thousandths late, only of so many answers */
    int64_t sampled_below, sampled_from, sampled_min;
    int64_t warnings_min;
    enum review_figure figure; /* one figure: too low, or for REVIEW_WIDEN high enough */
    int64_t threshold_milli, counted_min;
    int64_t window_days; /* 0: of the policy */
};

bool review_fires(const struct review_rule *rule, const struct review_figures *figures);
/* The rule that counts, or NULL. */
const struct review_rule *review_decide(const struct review_rule *rules, size_t count,
                                        const struct review_figures *figures);

/* Whether a rule could be meant so, beside the others (itself among them or not); `window_days` are
 * those of the policy. */
struct outcome review_check_rule(struct arena *arena, const struct review_rule *rule,
                                 const struct review_rule *others, size_t count,
                                 int64_t window_days);

/* proposed -> in_force | dismissed;  in_force -> appealed -> kept | lifted */
enum review_state {
    REVIEW_PROPOSED,
    REVIEW_DISMISSED,
    REVIEW_IN_FORCE,
    REVIEW_APPEALED, /* in force while the appeal is looked at */
    REVIEW_KEPT,
    REVIEW_LIFTED,
    REVIEW_STATES
};
enum review_step {
    REVIEW_CONFIRM,
    REVIEW_DISMISS,
    REVIEW_APPEAL,
    REVIEW_KEEP,
    REVIEW_LIFT,
    REVIEW_STEPS
};
struct str review_state_word(enum review_state state);
bool review_state_of(struct str word, enum review_state *state);
const char *review_state_name(enum review_state state);
struct outcome review_next(enum review_state from, enum review_step step, enum review_state *to);
/* Whether it has its effect: not before it was decided, not after it was lifted or has run out. */
bool review_in_effect(enum review_state state, moment ended_at);
/* Whether who is measured may appeal now. */
struct outcome review_may_appeal(enum review_measure measure, enum review_state state,
                                 moment appeal_until, moment now);
/* Whether this person may decide (again, about the appeal) on that measure. */
struct outcome review_may_decide(id by_id, id person_id, id decided_by);

extern const struct reason review_not_now, review_too_late, review_own_matter, review_same_person;

/* ---- complaints ---- */

/* Asking for money is never left to the team it happened in. */
bool review_is_grave(struct str kind);
/* Whether the leader of the team it happened in may handle it: neither money nor a decision of the
 * leader's own. */
bool review_is_for_team(struct str kind);
const char *review_kind_name(struct str kind); /* "" if there is no such kind */

/* ---- draws ---- */

/* The lot of `item` in a draw: small ones are drawn. */
uint64_t review_lot(uint64_t seed, id item);
/* Moves the `wanted` items with the smallest lots to the front, in order; how many there are. */
size_t review_draw(uint64_t seed, id *items, size_t count, size_t wanted);

/* Digits of numbers, addresses of mail and the names given become signs: who marks an answer
 * learns neither who asked nor who answered. */
struct str review_mask(struct arena *arena, struct str text, const struct str *names,
                       size_t names_count);

/* ---- money ---- */

enum review_item {
    REVIEW_LIVE,
    REVIEW_MESSAGE,
    REVIEW_MESSAGE_LATE,
    REVIEW_SHIFT_HOUR,
    REVIEW_STANDBY_HOUR,
    REVIEW_ITEMS
};
struct str review_item_word(enum review_item item);
bool review_item_of(struct str word, enum review_item *item);
const char *review_item_name(enum review_item item);

struct review_rate {
    int64_t fen;       /* for one */
    int64_t count_max; /* paid in a month; 0: all */
};
struct review_subsidy {
    int64_t paid_count[REVIEW_ITEMS];
    int64_t fen[REVIEW_ITEMS];
    int64_t cut_fen; /* taken off by the cap of the month */
    int64_t total_fen;
};
/* One person's month: counts by item, rates, and what one person is paid at most (0: no cap). */
struct review_subsidy review_pay(const int64_t counts[REVIEW_ITEMS],
                                 const struct review_rate rates[REVIEW_ITEMS], int64_t cap_fen);
/* "1234.05": yuan with two places; and back, false if it is none or more than ten million. */
bool review_fen_of(struct str yuan, int64_t *fen);
struct str review_yuan(struct arena *arena, int64_t fen);

/* ---- commendation ---- */

struct review_candidate {
    id person_id;
    struct review_figures figures;
    bool was_measured; /* warned, suspended or removed in the period */
};
struct review_bar { /* who comes into question */
    int64_t rated_min, answered_min, score_from;
};
bool review_is_commendable(const struct review_bar *bar, const struct review_candidate *candidate);
/* The commendable first, by score, then by answers, then by number; how many of them. */
size_t review_rank(const struct review_bar *bar, struct review_candidate *all, size_t count);

#endif
