/* review_acts.h -- what services tell quality, and what they may ask of it. */
#ifndef REVIEW_ACTS_H
#define REVIEW_ACTS_H

#include "bureau/review/review.h"
#include "platform/act.h"

/* A case of any service, as far as quality needs to know it. */
struct review_case {
    id case_id;
    struct str service, reference;
    id consultant_id, team_id;
    struct str division; /* where the resident is */
    struct str language; /* of the resident */
};

/* ---- complaints; the service knows who may complain about which case ---- */

/* `kind` is a word of review_kind_name(); `phone` is told what comes of it, "" nobody.  One a case;
 * a second one is refused. */
struct outcome review_complain(struct scene *scene, const struct review_case *about,
                               struct str kind, struct str text, struct str phone);

/* What the one who complained is told. */
struct review_told {
    bool found, is_acknowledged, is_decided, is_upheld;
    const char *kind_name; /* marked with T() */
    struct str text, reply;
    moment made_at, decide_by, decided_at;
};
struct outcome review_told_of(struct scene *scene, id case_id, struct review_told *told);
/* Whether somebody may know of a complaint at all: whom it is about and whoever had a part in its
 * case may not (review_handling.sql). */
struct outcome review_is_free_of_conflict(struct scene *scene, id complaint_id, id person_id,
                                          bool *is_free);

/* An open complaint, or flagged wording, which everybody who could handle it is in conflict with:
 * it waits until somebody else may.  Oldest first, a few at a time; `after` is the last one known,
 * 0 at first. */
enum review_stranded_kind { REVIEW_STRANDED_COMPLAINT, REVIEW_STRANDED_WORDING };
struct review_stranded {
    id which, consultant_id;
    struct str division;
    moment since;
};
struct outcome review_list_stranded(struct scene *scene, enum review_stranded_kind kind, id after,
                                    const struct review_stranded **found, size_t *count);

extern const struct reason review_complained, review_unknown_kind, review_say_more;

/* ---- wording ---- */

/* Before the transaction: what in a consultant's text somebody should look at; "" nothing. */
struct outcome review_check_text(struct scene *scene, struct str text, struct str *found);
/* Inside the act that says it: keeps what was found, if anything. */
struct outcome review_flag(struct scene *scene, const struct review_case *about, id seq,
                           struct str found);

/* ---- hook: quality sees no service; main ties this ---- */

struct review_words {
    struct str side, text; /* resident, consultant */
};
/* What was said in a case, oldest first, at most 200, without notes; and the names in it. */
struct review_said {
    const struct review_words *words;
    size_t words_count;
    const struct str *names;
    size_t names_count;
};
void review_words_hook(struct outcome (*read)(struct scene *scene, id case_id,
                                              struct review_said *said));

/* ---- what an installation begins with ---- */

/* wording, pattern: a line of data/wording.tsv; only before review_first() was there. */
struct outcome review_first_pattern(struct scene *scene, const struct str columns[2]);
struct outcome review_first(struct scene *scene);
/* Complaints, measures and samples for the demo city, after its history is there. */
struct outcome review_demo(struct scene *scene);

struct module;
extern const struct module review_module;

#endif
