/* assignment_acts.h -- what services ask of assignment, inside their own acts.
 *
 *     assignment_floor_live()    who is on line, weighed once for many cases
 *     assignment_decide()        who of them gets this case
 *     assignment_offer()         writes it down, with everybody who was weighed
 *     assignment_accept(), assignment_end()   what came of it
 */
#ifndef ASSIGNMENT_ACTS_H
#define ASSIGNMENT_ACTS_H

#include "bureau/assignment/assignment.h"
#include "gen/assignment_sql.h"
#include "platform/act.h"

/* The version in force. */
struct outcome assignment_policy_now(struct scene *scene, struct assignment_policy *policy);

/* Whoever gave no sign of life since then is away. */
struct outcome assignment_seen_since(struct scene *scene, moment *since);

/* How much somebody has in hand, counted by the service; by rising number. */
struct assignment_load {
    id person_id;
    int64_t count;
};

/* Everybody who could have a case, by rising number: `candidates` and `people` are parallel.
 * A hundred times the documents' city has some 6,000 of one profession on line; beyond the bound
 * the memory of one act would not do, and a floor is refused rather than cut short. */
enum { ASSIGNMENT_FLOOR_MAX = 32768, ASSIGNMENT_FLOOR_PAGE = 2048 };
struct assignment_person {
    struct str name, division;
    id team_id;
};
struct assignment_floor {
    struct assignment_policy policy;
    struct assignment_candidate *candidates;
    struct assignment_person *people;
    size_t count;
    struct assignment_words fields, languages;
    bool is_bounded; /* some are marked as outside: for the service that marked them */
};

/* Those of a profession who are on line. */
struct outcome assignment_floor_live(struct scene *scene, struct str profession,
                                     const struct assignment_load *loads, size_t loads_count,
                                     struct assignment_floor *floor);
/* Those who know a field, on line or not. */
struct outcome assignment_floor_written(struct scene *scene, struct str profession,
                                        struct str field, struct str language,
                                        const struct assignment_load *loads, size_t loads_count,
                                        struct assignment_floor *floor);
/* Is there a free place of somebody who speaks this language? "" any. */
bool assignment_has_free(struct assignment_floor *floor, struct str language);

/* A case, as a service knows it. */
struct assignment_case {
    const char *service;
    id case_id;
    struct str profession, field, language, division;
    id wants_id, returning_id;
    bool is_written;
    int32_t reach; /* the furthest ring that may have it: the service sets the candidates' rings */
};
struct assignment_decision {
    struct assignment_case about;
    struct assignment_request request;
    struct assignment_choice choice;
    struct assignment_verdict *verdicts;
    bool wish_dropped; /* whoever was asked for cannot have it: anybody who fits was looked for */
};
struct outcome assignment_decide(struct scene *scene, struct assignment_floor *floor,
                                 const struct assignment_case *about,
                                 struct assignment_decision *decision);
/* Writes down that the chosen one has it, and takes the place on the floor. */
struct outcome assignment_offer(struct scene *scene, struct assignment_floor *floor,
                                const struct assignment_decision *decision);

struct outcome assignment_accept(struct scene *scene, id case_id);
/* The actor said something to the resident: whoever has it live and said nothing so far. */
struct outcome assignment_said(struct scene *scene, id case_id);
/* Ends what stands; nothing if nothing does. */
struct outcome assignment_end(struct scene *scene, id case_id, const char *result,
                              struct str reason);
struct outcome assignment_history(struct scene *scene, id case_id,
                                  const struct assignment_list_assignments_row **rows,
                                  size_t *count);
const char *assignment_result_name(struct str result); /* for people, marked T() */

/* Whose case it is (identity's index of a number, or without one the owner's number here) and whom
 * it is against, as far as said. */
struct outcome assignment_parties(struct scene *scene, id case_id, id owner_id,
                                  struct str phone_index, struct str other);
/* The resident asks for somebody by name. */
struct outcome assignment_wish(struct scene *scene, id case_id, id person_id);
/* Somebody declined for a conflict of interest: no case of this resident any more. */
struct outcome assignment_bar_of(struct scene *scene, id case_id, id person_id);

/* May this person not have this case, whoever gives it to them: they declared or declined for a
 * conflict of interest, or served the other side. */
struct outcome assignment_is_barred(struct scene *scene, id case_id, id person_id, bool *barred);

/* To be called after somebody's presence may have changed: shares and replay live on it. */
struct outcome assignment_noticed(struct scene *scene, id person_id);

/* A past day as it is in the store, for assignment_replay(); reads only.  `as_it_was` is the
 * version that was in force when it began; `window_days` are those of the policy to be tried. */
struct outcome assignment_day_read(struct scene *scene, moment from_at, moment until_at,
                                   int64_t window_days, struct assignment_day *day);
struct outcome assignment_policy_at(struct scene *scene, moment at,
                                    struct assignment_policy *policy);
/* A version by its number; refuses one there is not. */
struct outcome assignment_policy_of(struct scene *scene, int64_t version,
                                    struct assignment_policy *policy);

/* Inside the act that fills an installation: sets the clock. */
struct outcome assignment_begin(struct scene *scene);
/* Counts everybody's share of the window anew; the clock does so every night. */
struct outcome assignment_recount(struct scene *scene);

/* For the demo city, once its cases are on record: who was on line, and why each went where. */
struct outcome assignment_demo(struct scene *scene);

extern const struct module assignment_module;

#endif
