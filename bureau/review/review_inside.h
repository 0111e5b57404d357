/* review_inside.h -- what the files of this room share. */
#ifndef REVIEW_INSIDE_H
#define REVIEW_INSIDE_H

#include "bureau/people/people_acts.h"
#include "bureau/review/review_views.h"
#include "desk/notice/notice.h"
#include "gen/review_sql.h"

/* ---- review_keep.c ---- */

/* Whose work somebody watches: a supervisor a division, a leader a team. */
struct review_scope {
    struct str division;
    id team_id;
};
struct outcome review_scope_of(const struct scene *scene, struct review_scope *scope);
/* For those who decide on measures and money: supervisors and administrators, by division. */
struct outcome review_division_of(const struct scene *scene, struct str *division);
/* An administrator of the whole city. */
struct outcome review_need_city(struct scene *scene);
bool review_is_within(const struct review_scope *scope, struct str division, id team_id);

struct str review_seal(const struct scene *scene, struct str text);
struct outcome review_unseal(const struct scene *scene, struct str sealed, struct str *text);

struct outcome review_policy_of(struct scene *scene, struct review_find_policy_row *policy);
/* The end of the n-th working day from now. */
struct outcome review_due(struct scene *scene, int64_t working_days, moment *due);
/* An SMS to somebody who works here. */
/* The same, of a day, in the words of the person's language. */
struct outcome review_tell_day(struct scene *scene, id person_id, enum notice_template which,
                               moment day);
struct outcome review_tell(struct scene *scene, id person_id, enum notice_template which,
                           struct str one, struct str two);
struct str review_day_words(struct scene *scene, enum language language, moment day);
struct str review_milli(struct arena *arena, int64_t milli); /* "4.27"; "–" for 0 */
/* Somebody's name, or "–". */
struct outcome review_name(struct scene *scene, id person_id, struct str *name);
struct str review_team_name(const struct scene *scene, struct str zh, struct str en);

/* ---- review_figures.c ---- */

struct review_person {
    struct review_candidate candidate;
    struct str name, profession, division, standing, team_name;
    id team_id;
    int64_t mean_milli;
};
/* Consultants after one and up to another, within a scope and period. */
struct outcome review_people(struct scene *scene, const struct review_scope *scope, moment from,
                             moment until, id after, id last, struct review_person **people,
                             size_t *count);
struct outcome review_person_of(struct scene *scene, const struct review_scope *scope, moment from,
                                moment until, id person_id, struct review_person *person,
                                bool *found);
/* A month or a quarter, "2026-10" or "2026-Q3".  review_commend.c */
bool review_period(struct str word, moment *from, moment *until);
struct outcome review_prior_of(struct scene *scene, moment from, moment until,
                               struct review_prior *prior);
struct review_rule review_rule_of(const struct review_list_rules_row *row);
struct str review_figures_words(struct arena *arena, const struct review_figures *figures);
struct review_figures review_figures_of(struct str words);
/* One condition of a rule: what it asks for, how it is, and the list of what stands behind it. */
enum { REVIEW_CONDITIONS_MAX = 14 };
struct review_condition {
    int64_t asked;
    const char *list;       /* review_show_behind.c */
    const char *when, *why; /* %1 what was asked for, %2 what there was */
    struct str asked_words, was_words;
};
const char *review_figure_list(enum review_figure figure);
size_t review_conditions(struct scene *scene, const struct review_rule *rule,
                         const struct review_figures *figures,
                         struct review_condition conditions[static REVIEW_CONDITIONS_MAX]);
/* What a rule asks for, and why it fired, as people read it. */
struct str review_when(struct scene *scene, const struct review_rule *rule);
struct str review_why(struct scene *scene, const struct review_rule *rule,
                      const struct review_figures *figures);

/* ---- review_complaint.c ---- */

/* Whether there is that complaint for whoever acts: within their scope, free of conflict, and for
 * a leader only what is handled in the team. */
struct outcome review_may_open(struct scene *scene, id complaint_id,
                               struct review_find_complaint_row *row, bool *may);
struct outcome review_open_complaint(struct scene *scene, id complaint_id,
                                     struct review_find_complaint_row *row);
struct outcome review_open_investigation(struct scene *scene, const struct review_case *about,
                                         id *complaint_id);

/* ---- review_measure.c, review_appraise.c ---- */

struct outcome review_propose(struct scene *scene, const struct review_person *person,
                              enum review_measure measure, const struct review_rule *rule,
                              struct str reason);
/* The days a rule looks back on. */
int64_t review_window(const struct review_rule *rule, const struct review_find_policy_row *policy);
/* All rules of a version, read. */
struct outcome review_rules(struct scene *scene, int64_t version, struct review_rule **rules,
                            size_t *count);
/* Which rule counts for each of the people, each rule by figures of its own window; and that
 * person with the figures of that window.  NULL: none. */
struct review_finding {
    const struct review_rule *rule;
    struct review_person person;
};
struct outcome review_find(struct scene *scene, id after, id last,
                           const struct review_find_policy_row *policy,
                           struct review_finding **findings, size_t *count);

/* ---- tables, each ending with {0}; put together in review_pages.c ---- */

extern const struct page review_board_pages[], review_desk_pages[], review_admin_pages[],
    review_money_pages[];
extern const struct act review_act_acknowledge, review_act_note, review_act_hand_over,
    review_act_hear, review_act_statement, review_act_decide_complaint;
extern const struct act review_act_flag_clear, review_act_flag_investigate, review_act_flag_leave;
extern const struct act review_act_propose, review_act_decide_measure, review_act_appeal,
    review_act_decide_appeal;
extern const struct act review_act_open_sample, review_act_mark;
extern const struct act review_act_policy, review_act_rule_add, review_act_rule_save,
    review_act_rule_drop, review_act_pattern_add, review_act_pattern_drop;
extern const struct act review_act_subsidy_policy, review_act_month_close, review_act_correct;
extern const struct act review_act_publish;

/* For the clock. */
extern const struct act review_act_acknowledge_due, review_act_decide_due, review_act_sample_due,
    review_act_measure_end, review_act_weekly, review_act_appraise, review_act_closing;

/* ---- what pages show ---- */

struct outcome review_show_complaints(struct request *request, const void *query, void *view);
struct outcome review_show_complaint(struct request *request, const void *query, void *view);
struct outcome review_show_flags(struct request *request, const void *query, void *view);
struct outcome review_show_quality(struct request *request, const void *query, void *view);
struct outcome review_show_person(struct request *request, const void *query, void *view);
struct outcome review_show_measures(struct request *request, const void *query, void *view);
struct outcome review_show_measure(struct request *request, const void *query, void *view);
struct outcome review_show_record(struct request *request, const void *query, void *view);
struct outcome review_show_behind(struct request *request, const void *query, void *view);
struct outcome review_show_own_behind(struct request *request, const void *query, void *view);
struct outcome review_show_samples(struct request *request, const void *query, void *view);
struct outcome review_show_sample(struct request *request, const void *query, void *view);
struct outcome review_show_policy(struct request *request, const void *query, void *view);
struct outcome review_show_rule(struct request *request, const void *query, void *view);
struct outcome review_show_wording(struct request *request, const void *query, void *view);
struct outcome review_show_subsidies(struct request *request, const void *query, void *view);
struct outcome review_show_subsidy(struct request *request, const void *query, void *view);
struct outcome review_show_rates(struct request *request, const void *query, void *view);
struct outcome review_send_csv(struct request *request, const void *query,
                               struct file_answer *file);
struct outcome review_send_xlsx(struct request *request, const void *query,
                                struct file_answer *file);
struct outcome review_show_commendations(struct request *request, const void *query, void *view);

/* ---- review_sample.c ---- */

/* What is drawn for whoever acts: nothing whose case they are in conflict with. */
struct outcome review_samples_of_mine(struct scene *scene, moment marked_since,
                                      const struct review_list_samples_for_row **samples,
                                      size_t *count);
struct outcome review_sample_of_mine(struct scene *scene, id sample_id,
                                     struct review_find_sample_row *row, bool *found);
struct outcome review_need_service(struct scene *scene); /* refuses who is out of service */
struct outcome review_read_words(struct scene *scene, id case_id, struct review_said *said);

#endif
