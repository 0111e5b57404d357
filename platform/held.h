/* held.h -- what is held about a person: each room says so of every table it has.
 *
 * Whoever asks may have a copy of what is held about them, why, and until when, and may have it
 * erased.  No room can answer that alone and none may be forgotten: so a room declares all its
 * tables, and the queries that bring what is a resident's.  The bureau's copy is made from these
 * declarations, whichever rooms there are.
 *
 *  (1) Every table is declared, once.  One that is not fails main/held_test.c.
 *  (2) A column that by its name holds personal data is named in its table's declaration; in a
 *      table of residents it is brought by some list, unless it only points or compares.
 *  (3) What a list brings is the asker's: each of its queries takes the person's number, the keyed
 *      index of the phone, or both, and nothing else.
 *  (4) A value that cannot be unsealed is a fault, not a gap: a copy is whole or none.
 *  (5) A room that keeps what is a resident's says what becomes of it when they ask to be erased:
 *      what goes, what waits for its end, what a law keeps, and whether somebody must decide.
 *  (6) Every sealed column is declared with its use: a key may be retired when none of them needs
 *      it any more.
 *  (7) What goes, goes piece by piece, each in a transaction of its own: nothing is ever half gone.
 */
#ifndef PLATFORM_HELD_H
#define PLATFORM_HELD_H

#include "platform/act.h"

/* Whose are the rows of a table? */
enum held_way {
    HELD_UNSAID,
    HELD_NOBODY, /* about nobody: rules, texts for everybody, counts */
    HELD_LISTED, /* residents': a list brings it, of this room or of one after it */
    HELD_STAFF,  /* about those who work here: of no resident's copy */
    HELD_PASSING /* a browser's or a number's, led to no person, and gone by itself within days */
};
struct held_table {
    const char *table;
    enum held_way way;
    const char *columns; /* those that are, or look, personal, with blanks between */
};

/* A column a list brings: what people call it, and how it is read.  By its name: `at`, `…_at` and
 * `at__…` are moments, what else is a number is written as one. */
struct held_column {
    const char *column, *label; /* marked with T() */
    const char *use;            /* of a sealed one, see secret.h; NULL: it stands there in clear */
    /* A word as people read it; NULL: as it is. */
    struct str (*say)(enum language language, struct str word);
};
enum { HELD_COLUMNS_MAX = 16 };
struct held_list {
    const char *query; /* "consultation.list_held_questions"; NULL ends the lists */
    const char *title; /* marked with T(), as the next two: what it is, … */
    const char *why;   /* … what it is kept for, … */
    const char *until; /* … and until when, as long as its kind has no period */
    struct held_column columns[HELD_COLUMNS_MAX]; /* end with an empty one */
    /* Of struct held_kept, of this room or of one before it: its period says until when. */
    const char *kind;
    const char *after; /* how that is said, %1 the days; NULL: HELD_AFTER */
};

#define HELD_NO_PERIOD T("Until the bureau sets a day, or you have it erased.")
#define HELD_AFTER                                                                                 \
    T("Until %1 days after it is over, or you have it erased. What a lawsuit needs stays longer.")
/* Of what is held (retention_hold): it waits, whoever asks. */
#define HELD_FOR_A_LAWSUIT                                                                         \
    T("It may be evidence, and nobody may destroy evidence, not even on your wish. It is used "    \
      "for nothing else meanwhile. When the lawsuit is over it goes by itself. Call 12348 to ask " \
      "why.")
#define HELD_LAWSUIT_LAW                                                                           \
    T("Civil Procedure Law, article 114, number 1; Personal Information Protection Law, article "  \
      "47, last paragraph")

/* ---- erasing it ---- */

/* What becomes of it when the person asks to be erased? */
enum held_fate {
    HELD_GOES,
    HELD_JUDGED, /* somebody decides: there may be a reason in law against it */
    HELD_WAITS,  /* it is not over: it goes when it is */
    HELD_STAYS   /* a law keeps it, for so many days after it ended */
};
struct held_matter {
    /* NULL ends them.  One row: how many; of HELD_STAYS also when the last ended. */
    const char *query;
    enum held_fate fate;
    const char *title; /* marked with T(), as the next two */
    const char *why;
    const char *law; /* with the article; "" of what goes */
    int keep_days;   /* of HELD_STAYS; 0: no day can be named */
};
struct held_erasing;

/* A sealed column, so that it can be written anew with another key (decision 0046).  The key is
 * the first column of the table's primary key, and a number unless it is said. */
struct held_sealed {
    const char *table, *key, *column;
    const char *use; /* see secret.h */
    bool key_is_text;
};

/* What of a room's goes when its period is over (desk/retention, decision 0047). */
struct held_gone {
    moment from;   /* in and out: what ended before was gone through in this run */
    int64_t count; /* how many went with this piece; 0: there is no more */
};
struct held_kept {
    const char *kind;  /* the word of it, "question"; NULL ends them */
    const char *title; /* for an operator, in English like all of the command line */
    /* Names of queries of the room.  `count` takes the moment before which it must have ended and
     * gives one number; `find` takes a reference and gives the number of a case, NULL: only all of
     * the kind can be held.  What is held (retention_hold) neither is counted nor goes. */
    const char *count, *find;
    struct outcome (*drop)(struct scene *scene, moment before, struct held_gone *gone);
};

/* What a room says, in struct module. */
struct held {
    const struct held_table *tables;  /* end with {0} */
    const struct held_list *lists;    /* end with {0}; NULL: none */
    const struct query_text *queries; /* the room's, made from its .sql */

    const struct held_matter *matters; /* NULL: nothing of a resident's is erased here */
    /* Erases one piece that goes and says so, with its case; `found` false: there is no more.
     * Files are given to files_going(). */
    struct outcome (*erase)(struct scene *scene, const struct held_erasing *erasing, bool *found,
                            id *case_id);
    /* What goes last, when no room has a piece left and nothing waits: the account itself. */
    struct outcome (*erase_last)(struct scene *scene, const struct held_erasing *erasing);
    const struct held_sealed *sealed; /* every column that holds sealed text; end with {0} */
    const struct held_kept *kept;     /* NULL: nothing here has a period */
};

/* From where a line of the journal came: its origin, or its address when there is no origin (see
 * journal.h).  A say() of lists. */
struct str held_from(enum language language, struct str word);

/* ---- reading it ---- */

struct held_person {
    id person_id;           /* 0: no account */
    struct str phone_index; /* of a proved number, or "" */
};
struct held_erasing {
    struct held_person person;
    bool keep_judged; /* it was decided that what is to be judged stays for now */
    bool is_again;    /* it was erased before a backup brought it back: what was not over, too */
};
/* How many a matter has of the person's, and when the last of them ended (0: not said). */
struct outcome held_count(struct scene *scene, const struct held *held,
                          const struct held_matter *matter, const struct held_person *person,
                          int64_t *count, moment *ended_at);
/* A value of a row, as people and as programs read it. */
struct held_value {
    const struct held_column *column;
    struct str text; /* for people, "" nothing */
    bool is_number;
    bool is_moment;
    int64_t number;
};
/* The text of a list's query; NULL: the room has none of that name. */
const struct query_text *held_query(const struct held *held, const struct held_list *list);
const struct query_text *held_query_named(const struct held *held, const char *name);
/* Every row of a list about the person, one after the other.  The values are gone when take()
 * returns: it keeps nothing of them, and answers with nothing made of them. */
struct outcome held_read(struct scene *scene, const struct held *held, const struct held_list *list,
                         const struct held_person *person,
                         struct outcome (*take)(void *mine, const struct held_value *values,
                                                size_t count),
                         void *mine);

#endif
