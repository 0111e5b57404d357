/* aid.h -- legal aid: who is entitled, decided by tables anybody can read (data/aid).
 *
 * A set of rules is a list of steps, read from top to bottom.  A step is a question, put when its
 * conditions are met, or a table, decided when its conditions are met by the one row that applies.
 * What is decided is followed by the reasons and the law of every row that applied.
 *
 *  1. A condition names a step that stands above: what is decided depends on nothing to come.
 *  2. Of a table that is decided exactly one row applies, whatever is answered (aid_check()).
 *  3. Whatever is answered, the last word is one of three: likely, look (a person must), no.
 *  4. Every row has its law or document, and every row applies for somebody.
 *  5. A question that is not put counts for nothing, also if it was answered before.
 */
#ifndef SERVICE_AID_H
#define SERVICE_AID_H

#include "platform/base.h"

enum {
    AID_STEPS_MAX = 40,
    AID_VALUES_MAX = 16,     /* of a question: more cannot be looked through on a phone */
    AID_ROWS_MAX = 60,       /* of a table */
    AID_CONDITIONS_MAX = 6,  /* of a step or row, all of which must be met */
    AID_SOURCES_MAX = 4,     /* of a row */
    AID_LINES_MAX = 8,       /* things to bring, or items, of a row */
    AID_WAYS_MAX = 1000000,  /* ways through the questions that are tried; there are some 5,000 */
    AID_PROBLEMS_MAX = 24,   /* told at a time */
    AID_ANSWERS_BYTES = 1200 /* all answers as text */
};

struct aid_text {
    struct str zh, en;
};
/* `of` is the name of a step above; met when what it holds is among the values, or is not. */
struct aid_condition {
    struct str of;
    const struct str *values;
    size_t values_count;
    bool is_not;
};
struct aid_when {
    const struct aid_condition *conditions;
    size_t count;
};
struct aid_value {
    struct str value;
    struct aid_text label, hint;
};
struct aid_source {
    struct aid_text text;
    bool is_law; /* an article; else a document without one */
};
struct aid_row {
    struct str row, then;
    struct aid_when when;
    struct aid_text because;
    const struct aid_source *sources;
    const struct aid_text *bring;
    const struct str *items; /* of the service list */
    size_t sources_count, bring_count, items_count;
};
struct aid_step {
    struct str name;
    bool is_table;
    struct aid_when when;
    struct aid_text text, why; /* the question and why it is put, or what the table decides */
    const struct aid_value *values;
    const struct str *gives;
    const struct aid_row *rows;
    size_t values_count, gives_count, rows_count;
};
struct aid_rules {
    struct str place; /* a division code; "" is the whole country */
    struct aid_text name;
    struct aid_step *steps;
    size_t steps_count;
};

/* ---- what follows ---- */

struct aid_answer {
    struct str ask, value;
};
/* A question that was put and answered (`chosen`), or a table that was decided (`row`). */
struct aid_line {
    const struct aid_step *step;
    struct str value;
    const struct aid_value *chosen;
    const struct aid_row *row;
};
struct aid_way {
    struct aid_line lines[AID_STEPS_MAX];
    size_t count;
    const struct aid_step *next; /* the question to be put now; NULL: all were answered */
    struct str result;           /* "likely", "look", "no"; "" before it is known */
};
/* Follows the answers as far as they lead. */
void aid_follow(const struct aid_rules *rules, const struct aid_answer *answers, size_t count,
                struct aid_way *way);
/* What a step holds by now; "" if it was not put or decided. */
struct str aid_held(const struct aid_way *way, struct str name);
bool aid_is_met(const struct aid_way *way, const struct aid_when *when);
/* Where on the way that question stands, which is put or was answered; -1: it is not asked. */
int aid_place(const struct aid_way *way, struct str ask);

const struct aid_step *aid_step_of(const struct aid_rules *rules, struct str name);
const struct aid_value *aid_value_of(const struct aid_step *step, struct str value);

/* Answers as text: "side.civil area.work".  What is none is left out. */
size_t aid_answers_read(struct str text, struct aid_answer answers[AID_STEPS_MAX]);
struct str aid_answers_text(struct arena *arena, const struct aid_answer *answers, size_t count);
/* Replaces an answer or adds it; false if there is no room. */
bool aid_answers_set(struct aid_answer answers[AID_STEPS_MAX], size_t *count,
                     struct aid_answer answer);

/* ---- what is wrong with rules (aid_check.c) ---- */

struct aid_problem {
    const struct reason *why;
    struct str detail; /* %1 */
};
extern const struct reason aid_missing, aid_one_language, aid_twice, aid_name_wrong;
extern const struct reason aid_not_above, aid_value_unknown, aid_no_source;
extern const struct reason aid_incomplete, aid_overlap, aid_never, aid_endless, aid_too_many_ways;

/* All that can be said of them without looking outside; at most AID_PROBLEMS_MAX. */
size_t aid_check(struct arena *arena, const struct aid_rules *rules, struct aid_problem *problems);

#endif
