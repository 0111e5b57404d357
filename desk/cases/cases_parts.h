/* cases_parts.h -- what the files of this room share. */
#ifndef CASES_PARTS_H
#define CASES_PARTS_H

#include "desk/cases/cases_acts.h"
#include "desk/items/items_acts.h"
#include "gen/cases_sql.h"
#include "platform/page.h"

#define CASES_USE_NAME "case.name"
#define CASES_USE_PHONE "case.phone"
#define CASES_USE_ANSWER "case.answer"
#define CASES_USE_WORDS "case.words"

/* Who sees the cases of an office: its officers lead the service in a district and decide; whoever
 * supervises it urges, and takes up again. */
#define CASES_WHO_OFFICE (WHO_LEADER | WHO_SUPERVISOR)
/* And whose profession it is, or who acts for the applicant: which case is asked in the act. */
#define CASES_WHO_DESK (CASES_WHO_OFFICE | WHO_CONSULTANT)

/* Who takes paper in: officers, and clerks of halls; see cases_typed.c. */
#define CASES_WHO_TYPES (CASES_WHO_DESK | WHO_CLERK)

/* What somebody sees as an office: of who supervises it, or leads in one district, all of a
 * division; of whose profession it is, the cases whose table names it.  The leader of an
 * association of the whole city is no office. */
struct cases_office {
    struct str division; /* "": none */
    struct str end;      /* the first that lies behind it */
    struct str officers; /* "": all of it */
};
struct outcome cases_office_of(struct scene *scene, struct cases_office *office);
/* The four numbers above its list (cases_counts.c). */
struct cases_office_view;
struct outcome cases_show_counts(struct scene *scene, const struct cases_office *office,
                                 struct cases_office_view *v);

/* What is handed in, by whatever way; c holds item, table and version. */
struct cases_filing {
    struct str name, phone, division, channel;
    const struct str *answers; /* checked */
    id owner_id;
    bool is_told; /* by message that it came in */
};
struct cases_case;
struct outcome cases_file_in(struct scene *scene, struct cases_case *c,
                             const struct cases_filing *filing);

struct cases_case {
    struct cases_find_case_row row;
    struct items_item item; /* as it was when the case began */
    struct cases_flow flow;
    int state;
    unsigned is; /* what the actor is to it: bits 1 << enum cases_who; 0: a stranger */
};

/* The case of a reference for its applicant, or for its office; act_unknown to everybody else. */
struct outcome cases_open_own(struct scene *scene, struct str reference, struct cases_case *c);
struct outcome cases_open_office(struct scene *scene, struct str reference, struct cases_case *c);
struct outcome cases_open_id(struct scene *scene, id case_id, struct cases_case *c);
/* Whether papers, letters, all answers and the words of steps are for the actor: for the office,
 * and for who acts for the applicant from taking the case on until it is over. */
bool cases_sees_papers(const struct cases_case *c);
/* Item and table of a version. */
struct outcome cases_load_flow(struct scene *scene, id version_id, struct items_item *item,
                               struct cases_flow *flow);
/* The item as it holds now, if people apply for it. */
struct outcome cases_load_item(struct scene *scene, struct str item, id *version_id,
                               struct items_item *said, struct cases_flow *flow);

/* Notes who is on which side; before the answers are kept. */
struct outcome cases_parties_keep(struct scene *scene, const struct cases_case *c,
                                  const struct str *answers);

/* Refuses who acts or acted for the other side: before somebody takes a case on. */
struct outcome cases_agent_check(struct scene *scene, const struct cases_case *c);

struct cases_said {
    struct str words, division;
    id agent_id;        /* who is asked to act for the applicant */
    struct str despite; /* why it ends although another office still works on it */
};
/* Takes the action: state, times, step, clock and message, all in this act. */
struct outcome cases_take(struct scene *scene, struct cases_case *c, int action,
                          const struct cases_said *said);
/* A line of the log that changes nothing else: one of the outcomes of tasks. */
struct outcome cases_note(struct scene *scene, struct cases_case *c, const char *outcome,
                          enum cases_who who, struct str words);
/* The case ends: what other offices were to contribute is not waited for, and an officer says why.
 */
struct outcome cases_parts_end(struct scene *scene, const struct cases_case *c, enum cases_who who,
                               struct str despite);
/* The case has gone to another office: its orders go along, and no office is asked by itself. */
struct outcome cases_tasks_move(struct scene *scene, const struct cases_case *c);
/* In which district somebody helps as an office, and by which profession if not as its leader. */
struct outcome cases_helping_as(struct scene *scene, struct str *profession, struct str *district);
/* What was asked, for the office that has the case, who supervises it, and who has to contribute.
 */
struct outcome cases_open_task(struct scene *scene, const struct cases_case *c, id task_id,
                               struct cases_find_task_row *task);
/* A paper about this step that can be verified: a decision, or with "" the sheet that goes along
 * with the case from another office. */
struct cases_known;
/* Answers to the questions that are known already, "" where nothing is (cases_link.c). */
struct outcome cases_fill_known(struct scene *scene, struct str item, const struct cases_flow *flow,
                                struct str *answers, struct cases_known *known);
struct outcome cases_tell_applied(struct scene *scene, struct str item, struct str reference);

/* The paper of a code as people type it; refused when there is none. */
struct outcome cases_sheet_of(struct scene *scene, struct str typed,
                              struct cases_find_sheet_row *row);
/* What stands on the letter of that step, in its order; "" where there is none. */
struct outcome cases_letter_text(struct scene *scene, id case_id, id seq, struct str *text);
/* POST /verify (cases_compare.c) */
#define CASES_COMPARE_FORM(F)                                                                      \
    F(text, code, REQUIRED, 8, 40, T("Code on the paper"), "")                                     \
    F(text, words, REQUIRED, 1, 400, T("Words you doubt"),                                         \
      T("A sum, a day, a line: exactly as it stands on the paper."))
FORM_STRUCT(cases_compare, CASES_COMPARE_FORM)
extern const struct act cases_compare;
extern const struct page cases_compare_pages[];

struct outcome cases_sheet_keep(struct scene *scene, const struct cases_case *c, struct str letter,
                                struct str from_division);
/* Where the camera of a phone is led to, and what is written under it; draws nothing of a paper
 * from before there were codes. */
struct paper;
struct outcome cases_sheet_draw_code(struct scene *scene, id case_id, id seq, struct str letter,
                                     struct paper *paper);
struct str cases_chinese_day(struct arena *arena, moment at);
/* The case ends or goes to another office: what was planned is called off. */
struct outcome cases_visits_end(struct scene *scene, const struct cases_case *c);
/* Somebody of an office that is asked to contribute has opened the case. */
struct outcome cases_tasks_look(struct scene *scene, const struct cases_case *c);
/* What came in has to be opened anew before anybody decides. */
struct outcome cases_unlook(struct scene *scene, struct cases_case *c);
/* The first step: it was handed in, and whether the applicant is told so by message. */
struct outcome cases_begin(struct scene *scene, struct cases_case *c, bool is_told);
/* Refuses who did not see the last step. */
struct outcome cases_has_seen(const struct cases_case *c, int64_t seen);
struct cases_times cases_times_of(const struct cases_case *c);
/* Sets what the clock has to do next for this case. */
struct outcome cases_set_clock(struct scene *scene, const struct cases_case *c);

/* The applicant is told that there is news. */
struct outcome cases_tell(struct scene *scene, const struct cases_case *c);
/* A reference nothing has, and a row for the case in its first state: saved by its first step. */
struct outcome cases_new_reference(struct scene *scene, struct str *reference);
struct outcome cases_add_row(struct scene *scene, const struct cases_case *c);

struct outcome cases_answers_check(struct scene *scene, const struct cases_flow *flow,
                                   const struct str *answers);
struct outcome cases_answers_keep(struct scene *scene, struct cases_case *c,
                                  const struct str *answers);
struct outcome cases_answers_load(struct scene *scene, const struct cases_case *c,
                                  struct str *answers);
struct outcome cases_unseal(struct scene *scene, const char *use, struct str sealed,
                            struct str *plain);

/* The step was taken: whoever sent the case here is told what became of it (cases_link.c). */
struct outcome cases_tell_went_on(struct scene *scene, const struct cases_case *c,
                                  const struct cases_outcome *outcome);
/* Tells the room of the case what it counts its cases by. */
struct outcome cases_tell_counted(struct scene *scene, const struct cases_case *c,
                                  const struct str *answers);
/* Where the room the case stands in goes on with it, for its applicant or its office; "": nowhere.
 */
void cases_show_room(struct scene *scene, const struct cases_case *c, bool is_office,
                     struct str *path, struct str *name);

/* Refuses who has not opened the case in the last half hour, or not since something came in. */
struct outcome cases_need_look(struct scene *scene, const struct cases_case *c);

/* Every material that must be there is. */
struct outcome cases_materials_check(struct scene *scene, const struct cases_case *c);

struct str cases_in(const struct scene *scene, struct str zh, struct str en);
/* References are typed in small letters too. */
/* Whether that is the code on the receipt of a case that came on paper. */
struct outcome cases_is_receipt(struct scene *scene, const struct cases_case *c,
                                struct str reference, struct str code, bool *is_right);
struct str cases_upper(struct arena *arena, struct str text);

extern const struct reason cases_answers_wrong; /* %1: the question */
extern const struct reason cases_order_day;     /* of an order: at its own field */
extern const struct reason cases_item_changed;
extern const struct reason cases_on_notice_only;
extern const struct reason cases_division_unknown;
extern const struct reason cases_changed_meanwhile;
extern const struct reason cases_too_long;
extern const struct reason cases_phone_missing;

#endif
