/* register_plan.h -- what a table of people would change, worked out without changing anything.
 *
 *  (1) A row means the person of its sign-in name, or else the holder of its licence, or else
 *      somebody new.  Handed in twice, the second time nothing changes.
 *  (2) A column that is not there, and a cell that is empty, leave things as they are.
 *  (3) Every problem names its row and its column.
 *  (4) Nobody beyond the administrator's scope is found, and nothing beyond it is given.
 *  (5) The fingerprint stands for all that would be done, and a mark for one row of it: what is
 *      done later is what was shown.
 */
#ifndef REGISTER_PLAN_H
#define REGISTER_PLAN_H

#include "bureau/register/register_parts.h"
#include "platform/csv.h"

enum {
    REGISTER_IMPORT_ROWS_MAX = 5000, /* more than twice the city's register */
    REGISTER_PROBLEMS_MAX = 4        /* of one row that are told */
};

enum register_column {
    REGISTER_LOGIN,
    REGISTER_NAME,
    REGISTER_PROFESSION,
    REGISTER_DIVISION,
    REGISTER_TEAM,
    REGISTER_LICENCE,
    REGISTER_UNTIL,
    REGISTER_PHONE,
    REGISTER_FIELDS,
    REGISTER_LANGUAGES,
    REGISTER_ASSOCIATIONS,
    REGISTER_COLUMNS
};

/* register_names.c: words in either language to codes. */
struct register_name {
    struct str code, zh, en;
};
struct register_names {
    const struct register_name *rows;
    size_t count;
};
struct register_lexicon {
    struct register_names professions, divisions, teams, fields, languages, associations;
};
struct outcome register_lexicon_make(struct scene *scene, struct register_lexicon *lexicon);
/* The code of what was written, or "". */
struct str register_code_of(const struct register_names *names, struct str typed);
struct str register_name_of(struct scene *scene, const struct register_names *names,
                            struct str code);
/* Several at once, parted by any of " ,;/|、，；"; in the order of the list.  `unknown` is the
 * first that is none of them. */
struct str register_codes_of(struct arena *arena, const struct register_names *names,
                             struct str typed, struct str *unknown);
struct str register_names_of(struct scene *scene, const struct register_names *names,
                             struct str codes);
/* 2027-05-31, 2027/5/31, 2027.5.31, 2027年5月31日; 长期 and "permanent" are 0. */
bool register_read_day(struct arena *arena, struct str typed, moment *until);

enum register_verdict {
    REGISTER_ADD,
    REGISTER_UPDATE,
    REGISTER_SAME,
    REGISTER_WRONG,
    REGISTER_VERDICTS
};
struct str register_verdict_word(enum register_verdict verdict);

/* All that a row can say about a person. */
struct register_entry {
    struct str login, name, profession, division;
    id team_id;
    struct str licence;
    moment licence_until;
    struct str phone; /* "" is unknown */
    struct str fields, languages, associations;
};
struct register_problem {
    enum register_column column;
    const struct reason *why;
    struct str detail;
};
struct register_planned {
    int64_t number;
    enum register_verdict verdict;
    id person_id; /* 0: somebody new */
    int64_t capacity, written_capacity;
    bool has_password;
    struct register_entry before, after;
    struct register_problem problems[REGISTER_PROBLEMS_MAX];
    size_t problems_count;
};
struct register_plan {
    struct register_planned *rows;
    size_t count;
    size_t counts[REGISTER_VERDICTS];
    struct str unused; /* names of columns that mean nothing to us */
    struct str fingerprint;
};

extern const struct reason register_import_columns; /* %1: what is missing */
extern const struct reason register_import_empty;
extern const struct reason register_import_rows;

struct outcome register_plan_make(struct scene *scene, struct str text, struct register_plan *plan);
/* The same of `some` rows after the first `from`; of the others it is known where they stand and
 * what stands in them twice, and no more.  There is no fingerprint. */
struct outcome register_plan_part(struct scene *scene, struct str text, size_t from, size_t some,
                                  struct register_plan *plan);
/* Stands for what would be done with one row; all '-' for one that changes nobody. */
enum { REGISTER_MARK_LEN = 16 };
struct str register_plan_mark(struct arena *arena, const struct register_planned *row);
/* The table somebody handed in; "" once it is done or too old.  Nobody else finds it. */
struct outcome register_import_open(struct scene *scene, id import_id,
                                    struct register_find_import_row *row, struct str *text);
const char *register_column_label(enum register_column column); /* marked T() */
/* "团队：一队 → 二队；…", or what somebody new would be. */
struct str register_changes(struct scene *scene, const struct register_lexicon *lexicon,
                            const struct register_planned *row);

#endif
