/* cases_acts.h -- the forms of what people apply for, and what main and other rooms may ask. */
#ifndef CASES_ACTS_H
#define CASES_ACTS_H

#include "desk/cases/cases.h"
#include "platform/act.h"
#include "platform/limits.h"

/* What an item asks stands in its data: the answers travel in numbered slots, in the order of the
 * item's table. */
#define CASES_ANSWERS(F)                                                                           \
    F(lines, answer_1, OPTIONAL, 0, 4000, T("Your answers"), "")                                   \
    F(lines, answer_2, OPTIONAL, 0, 4000, T("Your answers"), "")                                   \
    F(lines, answer_3, OPTIONAL, 0, 4000, T("Your answers"), "")                                   \
    F(lines, answer_4, OPTIONAL, 0, 4000, T("Your answers"), "")                                   \
    F(lines, answer_5, OPTIONAL, 0, 4000, T("Your answers"), "")                                   \
    F(lines, answer_6, OPTIONAL, 0, 4000, T("Your answers"), "")                                   \
    F(lines, answer_7, OPTIONAL, 0, 4000, T("Your answers"), "")                                   \
    F(lines, answer_8, OPTIONAL, 0, 4000, T("Your answers"), "")                                   \
    F(lines, answer_9, OPTIONAL, 0, 4000, T("Your answers"), "")                                   \
    F(lines, answer_10, OPTIONAL, 0, 4000, T("Your answers"), "")                                  \
    F(lines, answer_11, OPTIONAL, 0, 4000, T("Your answers"), "")                                  \
    F(lines, answer_12, OPTIONAL, 0, 4000, T("Your answers"), "")

/* `version`: of the item whose questions were shown; who leaves it out answers those of now. */
#define CASES_APPLY_FORM(F)                                                                        \
    F(word, item, REQUIRED, 2, 40, T("Short code"), "")                                            \
    F(number, version, OPTIONAL, 1, INT64_MAX, "", "")                                             \
    F(text, name, REQUIRED, 2, 40, T("Your full name"), "")                                        \
    F(phone, phone, OPTIONAL, 7, 12, T("Your phone number"),                                       \
      T("We send a message when there is news, and call if something is not clear."))              \
    F(word, division, REQUIRED, 2, 12, T("Which district’s office should deal with it?"),          \
      T("Usually that of the place where it happened, or where you live."))                        \
    CASES_ANSWERS(F)
FORM_STRUCT(cases_apply, CASES_APPLY_FORM)

#define CASES_APPLIED_VIEW(V)                                                                      \
    V(api, text, reference, _)                                                                     \
    V(api, text, token, _)
VIEW_STRUCT(cases_applied, CASES_APPLIED_VIEW)

/* `seen`: how many steps the page showed.  Who acts has read what is acted on. */
#define CASES_CORRECT_FORM(F)                                                                      \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(word, action, REQUIRED, 1, 40, T("What do you want to do?"), "")                             \
    F(number, seen, REQUIRED, 0, CASES_STEPS_KEPT_MAX, "", "")                                     \
    CASES_ANSWERS(F)
FORM_STRUCT(cases_correct, CASES_CORRECT_FORM)

#define CASES_OWN_FORM(F)                                                                          \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(word, action, REQUIRED, 1, 40, T("What do you want to do?"), "")                             \
    F(lines, words, OPTIONAL, 0, 500, T("What would you like to tell the office?"), "")            \
    F(number, seen, REQUIRED, 0, CASES_STEPS_KEPT_MAX, "", "")
FORM_STRUCT(cases_own, CASES_OWN_FORM)

#define CASES_DECIDE_FORM(F)                                                                       \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(word, action, REQUIRED, 1, 40, T("What is done?"), "")                                       \
    F(lines, words, OPTIONAL, 0, 500, T("In words"),                                               \
      T("Say in plain words why, and what to do next. The applicant reads it, except where the "   \
        "step says otherwise."))                                                                   \
    F(word, division, OPTIONAL, 0, 12, T("To which district, if it is handed over?"), "")          \
    F(lines, despite, OPTIONAL, 0, 500,                                                            \
      T("If the case ends now: why not wait for the other office?"), "")                           \
    F(number, seen, REQUIRED, 0, CASES_STEPS_KEPT_MAX, "", "")
FORM_STRUCT(cases_decide, CASES_DECIDE_FORM)

/* ---- somebody comes to the applicant ---- */

#define CASES_VISIT_FORM(F)                                                                        \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(day, visit_day, REQUIRED, 10, 10, T("On which day"), "")                                     \
    F(clock, visit_from, REQUIRED, 0, 1440, T("The time we come"), T("For example 09:30"))         \
    F(number, visit_minutes, REQUIRED, 15, 240, T("For how many minutes"), T("From 15 to 240."))   \
    F(text, visit_place, REQUIRED, 2, 120, T("Where to"),                                          \
      T("Street, house and flat, as the applicant told you."))                                     \
    F(lines, visit_words, OPTIONAL, 0, 300, T("What the applicant should have ready"),             \
      T("The applicant reads it."))
FORM_STRUCT(cases_visit, CASES_VISIT_FORM)

#define CASES_VISIT_END_FORM(F)                                                                    \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(number, visit, REQUIRED, 1, INT64_MAX, "", "")                                               \
    F(word, visit_result, REQUIRED, 2, 12, T("What came of the visit?"), "")                       \
    F(lines, visit_end_words, REQUIRED, 2, 500, T("In words"), T("The applicant reads it."))
FORM_STRUCT(cases_visit_end, CASES_VISIT_END_FORM)

/* ---- originals on paper ---- */

#define CASES_ORIGINAL_FORM(F)                                                                     \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(text, original_what, REQUIRED, 2, 80, T("What paper it is"),                                 \
      T("The applicant reads it. For example: lease of 3 May 2024."))                              \
    F(number, original_pages, REQUIRED, 1, 2000, T("How many pages"), "")                          \
    F(text, original_place, OPTIONAL, 0, 80, T("Where it lies"), T("Only the office reads it."))
FORM_STRUCT(cases_original, CASES_ORIGINAL_FORM)

#define CASES_ORIGINAL_HAVE_FORM(F)                                                                \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(number, original, REQUIRED, 1, INT64_MAX, "", "")                                            \
    F(text, held_place, OPTIONAL, 0, 80, T("Where it lies"), "")
FORM_STRUCT(cases_original_have, CASES_ORIGINAL_HAVE_FORM)

#define CASES_ORIGINAL_BACK_FORM(F)                                                                \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(number, original, REQUIRED, 1, INT64_MAX, "", "")                                            \
    F(text, back_to, REQUIRED, 2, 120, T("Who took it, and how (in person, by post)"), "")
FORM_STRUCT(cases_original_back, CASES_ORIGINAL_BACK_FORM)

/* ---- other cases ---- */

#define CASES_JOIN_FORM(F)                                                                         \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(text, other_reference, REQUIRED, 8, 20, T("Reference of the other case"), "")
FORM_STRUCT(cases_join, CASES_JOIN_FORM)

#define CASES_UNJOIN_FORM(F)                                                                       \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(word, other, REQUIRED, 8, 8, T("Reference of the other case"), "")
FORM_STRUCT(cases_unjoin, CASES_UNJOIN_FORM)

#define CASES_SPLIT_FORM(F)                                                                        \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(lines, split_words, REQUIRED, 2, 500, T("What goes on by itself, and why"),                  \
      T("The applicant reads it in both cases."))                                                  \
    F(number, seen, REQUIRED, 0, CASES_STEPS_KEPT_MAX, "", "")
FORM_STRUCT(cases_split, CASES_SPLIT_FORM)

/* ---- typed in from paper ---- */

/* `notice`: of an application that a court, procuratorate or the police asks for. */
#define CASES_TYPE_IN_FORM(F)                                                                      \
    F(word, item, REQUIRED, 2, 40, T("Short code"), "")                                            \
    F(number, version, OPTIONAL, 1, INT64_MAX, "", "")                                             \
    F(text, name, REQUIRED, 2, 40, T("Full name of the applicant"), "")                            \
    F(phone, phone, REQUIRED, 7, 12, T("Telephone"),                                               \
      T("Read it back to the applicant: with this number and the code on the receipt the case is " \
        "found on line. On a notice it is the number of the authority."))                          \
    F(word, division, REQUIRED, 2, 12, T("Which district’s office should deal with it?"),          \
      T("Usually that of the place where it happened, or where you live."))                        \
    F(text, notice, OPTIONAL, 0, 120, T("Which authority asks, and the number of its notice"), "") \
    CASES_ANSWERS(F)
FORM_STRUCT(cases_type_in, CASES_TYPE_IN_FORM)

/* POST /cases: by whoever proved the number that was typed in and holds the receipt; `receipt` is
 * its reference. */
#define CASES_CLAIM_FORM(F)                                                                        \
    F(word, receipt, REQUIRED, 8, 8, T("Reference"), "")                                           \
    F(word, code, REQUIRED, CASES_RECEIPT_DIGITS, CASES_RECEIPT_DIGITS, T("Code on the receipt"),  \
      T("Eight digits."))
FORM_STRUCT(cases_claim, CASES_CLAIM_FORM)

/* Two forms may stand on one page: their fields are not called alike. */
#define CASES_ORDER_FORM(F)                                                                        \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(lines, order_words, REQUIRED, 2, 500, T("Why, and what the office has to answer"),           \
      T("Only officers read it."))                                                                 \
    F(day, order_until, REQUIRED, 10, 10, T("Answer until the end of this day"), "")
FORM_STRUCT(cases_order, CASES_ORDER_FORM)

#define CASES_PART_FORM(F)                                                                         \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(word, part_division, REQUIRED, 2, 12, T("Which district’s office is asked?"), "")            \
    F(lines, part_words, REQUIRED, 2, 500, T("What the other office should contribute"),           \
      T("That office sees the case until it has answered. The applicant does not read this."))     \
    F(day, part_until, REQUIRED, 10, 10, T("Until the end of this day"), "")
FORM_STRUCT(cases_part, CASES_PART_FORM)

#define CASES_TASK_ANSWER_FORM(F)                                                                  \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(number, task, REQUIRED, 1, INT64_MAX, "", "")                                                \
    F(lines, answer_words, REQUIRED, 2, 1000, T("The answer"),                                     \
      T("What was done, what was found, and what comes next. Only officers read it."))
FORM_STRUCT(cases_task_answer, CASES_TASK_ANSWER_FORM)

#define CASES_TASK_END_FORM(F)                                                                     \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(number, task, REQUIRED, 1, INT64_MAX, "", "")                                                \
    F(lines, end_words, OPTIONAL, 0, 500, T("In words"),                                           \
      T("Needed when it ends without an answer: why."))
FORM_STRUCT(cases_task_end, CASES_TASK_END_FORM)

#define CASES_REFERENCE_FORM(F) F(word, reference, REQUIRED, 8, 8, T("Reference"), "")
FORM_STRUCT(cases_reference, CASES_REFERENCE_FORM)

#define CASES_ATTACH_FORM(F)                                                                       \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(word, material, OPTIONAL, 0, 40, T("What is it?"), "")                                       \
    F(file, file, REQUIRED, 1, ATTACHMENT_BYTES_MAX, T("Picture or PDF"),                          \
      T("A photograph will do. At most 10 MB."))                                                   \
    F(inside, stored_name, OPTIONAL, 0, 0, "", "")                                                 \
    F(inside, stored_hash, OPTIONAL, 0, 0, "", "")                                                 \
    F(inside, stored_type, OPTIONAL, 0, 0, "", "")
FORM_STRUCT(cases_attach, CASES_ATTACH_FORM)

#define CASES_FILE_FORM(F)                                                                         \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(number, file, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(cases_file, CASES_FILE_FORM)

extern const struct act cases_apply, cases_correct, cases_own; /* of applicants */
extern const struct act cases_attach, cases_detach, cases_read_letter;
extern const struct act cases_look, cases_decide; /* of officers */
extern const struct act cases_order, cases_ask_part, cases_answer_task, cases_end_task;
extern const struct act cases_inquire;
extern const struct act cases_type_in; /* of whoever receives paper */
extern const struct act cases_claim;   /* of whoever handed it in */
extern const struct act cases_plan_visit, cases_end_visit;
extern const struct act cases_take_original, cases_have_original, cases_return_original;
extern const struct act cases_join, cases_unjoin, cases_split;
extern const struct act cases_warn, cases_task_due;           /* of the clock */
extern const struct act cases_visit_soon;                     /* of the clock */
extern const struct act cases_due, cases_remind, cases_sweep; /* of the clock */

/* ---- somebody acts for the applicant: who may, is a later room's to say ---- */

struct cases_appointing {
    id case_id;
    struct str reference, item_name, division, field; /* of law, as the item says */
    struct str applicant_index, other_index; /* keyed, of names: cases_party_index(); "" unknown */
    int64_t seen;
};
/* The case of an officer who has opened it, and when somebody can be appointed now. */
struct outcome cases_appointing_of(struct scene *scene, struct str reference,
                                   struct cases_appointing *appointing);
/* Inside an act: asks this person.  `seen` as everywhere. */
struct outcome cases_appoint(struct scene *scene, struct str reference, int64_t seen, id agent_id,
                             struct str words);
/* A case somebody acts in, for its office or who acts in it, who has opened it. */
struct cases_acted {
    id case_id, agent_id; /* 0: nobody has taken it on */
    struct str reference, item_name, division, outcome;
    moment since_at;
    bool is_office, is_lead, is_agent; /* the actor */
};
struct outcome cases_acted_of(struct scene *scene, struct str reference, struct cases_acted *acted);
/* What the actor oversees as an office, for cases whose officers are of that profession: from
 * `division` on, up to `end`; "" if nothing. */
struct outcome cases_oversees(struct scene *scene, const char *officers, struct str *division,
                              struct str *end);
/* The papers an item asks for by its table, for whoever means to come: which of them the actor has
 * handed in already, with this case or, where one lasts, with an earlier one of theirs; which are
 * spared where the case is served first, and the reasons for that.  Nothing where the item has no
 * table. */
struct cases_needed {
    struct str name, get;
    bool must, spared;
    struct str held; /* the reference of the case it was handed in with; "" */
    moment held_at;
};
struct cases_trip {
    struct cases_needed needed[CASES_MATERIALS_MAX];
    size_t count;
    const struct str *first; /* what makes a case be served first, as people read it */
    size_t first_count;
    bool is_first; /* of the case: so it was answered */
};
struct outcome cases_trip_of(struct scene *scene, struct str item, struct str for_case,
                             struct cases_trip *trip);
/* What stands beside a case in a later room, as its applicant (path: where to) or its office (path
 * "") reads it: at most CASES_BESIDE_MAX lines. */
enum { CASES_BESIDE_MAX = 21 };
struct cases_beside {
    const char *kind; /* a word, for programs */
    struct str name, reference, path;
};
void cases_beside_hook(struct outcome (*beside)(struct scene *scene, id case_id,
                                                struct str reference, struct str item,
                                                bool is_office, bool is_over,
                                                struct cases_beside *lines, size_t *count));
/* The number of a case the actor applied for; act_unknown of anybody else's.  And its reference. */
struct outcome cases_own_id(struct scene *scene, struct str reference, id *case_id);
struct outcome cases_reference_of(struct scene *scene, id case_id, struct str *reference);
/* Inside the act that applies out of a talk: the case remembers which. */
struct outcome cases_link_talk(struct scene *scene, struct str reference, id talk_id,
                               struct str talk, id *case_id);
/* What is known already of whoever applies, when the page is opened and none of it typed: a later
 * room's to say.  And, inside the act, that it was applied for. */
struct cases_known {
    struct str talk, division; /* the talk it came out of; where they are */
    struct {
        struct str field, answer;
    } answers[CASES_FIELDS_MAX];
    size_t count;
};
void cases_known_hook(struct outcome (*known)(struct scene *scene, struct str item,
                                              struct cases_known *known, bool *found),
                      struct outcome (*applied)(struct scene *scene, struct str item,
                                                struct str reference));
/* And, inside the act, that an office has taken a case over, or that it is over: for whoever sent
 * it here.  Never CASES_WENT_ON. */
void cases_went_on_hook(struct outcome (*went_on)(struct scene *scene, id case_id,
                                                  struct str reference, enum cases_went went));
/* What an item asks whoever applies for it on this site, for a later room that asks it for them;
 * act_unknown: nobody applies for it here.  Not everything has to be known: what is, has to be an
 * answer. */
struct cases_asks {
    id version_id;
    struct str name; /* of the item, in the reader's language */
    struct cases_flow flow;
};
struct outcome cases_asks_of(struct scene *scene, struct str item, struct cases_asks *asks);
struct outcome cases_asks_check(struct scene *scene, const struct cases_asks *asks,
                                const struct str *answers);
/* The answers of a form that has CASES_ANSWERS, in the order of the table. */
void cases_answers_of(const struct form *form, const void *values, struct str *answers);
/* An answer as people read it. */
struct str cases_answer_text(const struct scene *scene, const struct cases_field *field,
                             struct str answer);
/* Equal for equal names, whatever blanks stand in them. */
struct str cases_party_index(struct arena *arena, struct str name);

/* ---- a room of its own the case stands in: its item names that room's process ---- */

struct cases_standing {
    id case_id, owner_id;
    struct str reference, item, item_name, field, division, state, state_name;
    enum language language; /* the applicant's */
    moment opened_at, closed_at;
    int64_t seen;
    /* What the actor is to the case; all false: a stranger, for the room to decide about. */
    bool is_applicant, is_officer, is_lead;
    bool is_open; /* opened by this officer in the last half hour, on record */
    bool is_over;
};
/* act_unknown when there is none, or its item names another process. */
struct outcome cases_standing_of(struct scene *scene, const char *process, struct str reference,
                                 struct cases_standing *standing);
struct outcome cases_standing_id(struct scene *scene, const char *process, id case_id,
                                 struct cases_standing *standing);
/* What the applicant wrote, in clear: the room has asked before who may read it. */
struct cases_reading {
    struct str name, phone;
    struct cases_read_answer {
        struct str field, label, answer, text;
        bool is_summary, is_party;
    } answers[CASES_FIELDS_MAX];
    size_t count;
};
struct outcome cases_read(struct scene *scene, const char *process, id case_id,
                          struct cases_reading *reading);
/* What a room has to do with all of its cases, beside the single one; main introduces it. */
struct cases_all {
    const char *process;
    /* Where that stands, what it is called, marked with T(), and how much of it is due for whoever
     * asks, -1 when none of it is theirs. */
    const char *path, *name;
    struct outcome (*due)(struct scene *scene, int64_t *count);
    /* The question the room counts its cases by, a choice; told inside the act what was chosen,
     * each time a case is asked it. */
    const char *counted_field;
    struct outcome (*counted)(struct scene *scene, id case_id, moment opened_at, struct str chosen);
};
void cases_all_hook(const struct cases_all *const *rooms); /* ends with NULL */
/* How an option of a question is called now; the word itself when there is no such option now. */
struct outcome cases_option_name(struct scene *scene, struct str item, struct str field,
                                 struct str option, struct str *name);
/* Takes a step the table gives to `room`; the room has asked before who may. */
struct outcome cases_room_take(struct scene *scene, const char *process, id case_id,
                               struct str action, struct str words);

/* The last letter of a case of that room's and, unless `file` is NULL, as a PDF: the room has asked
 * who may read it.  0, or act_unknown: there is none yet. */
struct file_answer;
struct outcome cases_room_letter(struct scene *scene, const char *process, id case_id, id *letter,
                                 struct file_answer *file);

/* Whose profession it is to act as an office, and in which district; "" if neither. */
void cases_officers_hook(struct outcome (*serves)(struct scene *scene, struct str *profession,
                                                  struct str *division));

/* For `gongdao check`: every paper is as it was, and how many there are. */
struct outcome cases_check_files(struct scene *scene, int64_t *files);

#define CASES_CODE_FORM(F) F(word, code, REQUIRED, 17, 17, T("Code on the paper"), "")
FORM_STRUCT(cases_code, CASES_CODE_FORM)
extern const struct act cases_print_sheet;
/* For main: the address of the site, for papers; "" prints the code without a picture. */
void cases_use_site(struct str public_url);

/* The calendar in use; main sets it. */
void cases_use_calendar(const struct calendar *calendar);
const struct calendar *cases_calendar(void);
/* For struct module: what a guest applied for becomes the resident's. */
struct outcome cases_merge_owner(struct scene *scene, id guest_id, id person_id);

struct module;
extern const struct module cases_module;

#endif
