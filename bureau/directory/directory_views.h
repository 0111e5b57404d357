/* directory_views.h -- forms and views of firms and offices, credit and corrections. */
#ifndef DIRECTORY_VIEWS_H
#define DIRECTORY_VIEWS_H

#include "bureau/directory/directory_acts.h"
#include "gen/directory_sql.h"
#include "platform/csv.h"
#include "platform/page.h"

/* ---- forms ---- */

#define DIRECTORY_BODIES_FORM(F)                                                                   \
    F(text, q, OPTIONAL, 0, 40, T("Name"), "")                                                     \
    F(word, kind, OPTIONAL, 0, 16, T("Kind"), "")                                                  \
    F(word, division, OPTIONAL, 0, 12, T("District"), "")                                          \
    F(number, after, OPTIONAL, 0, 100000, "", "") /* so many before */                             \
    F(number, limit, OPTIONAL, 1, 100, "", "")
FORM_STRUCT(directory_bodies, DIRECTORY_BODIES_FORM)

#define DIRECTORY_BODY_FORM(F) F(number, body, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(directory_body, DIRECTORY_BODY_FORM)

/* One of both: somebody who serves, or a firm or office. */
#define DIRECTORY_ABOUT_FORM(F)                                                                    \
    F(number, person, OPTIONAL, 1, INT64_MAX, "", "")                                              \
    F(number, body, OPTIONAL, 1, INT64_MAX, "", "")
FORM_STRUCT(directory_about, DIRECTORY_ABOUT_FORM)

#define DIRECTORY_REPORT_FORM(F)                                                                   \
    F(number, person, OPTIONAL, 1, INT64_MAX, "", "")                                              \
    F(number, body, OPTIONAL, 1, INT64_MAX, "", "")                                                \
    F(word, what, REQUIRED, 2, 12, T("What is wrong?"), "")                                        \
    F(lines, words, REQUIRED, 4, DIRECTORY_WORDS_MAX, T("How would it be right?"),                 \
      T("And how you know it, for example from a web page. Please nothing about yourself."))       \
    F(phone, phone, OPTIONAL, 7, 12, T("Your phone number, if we may tell you"),                   \
      T("Used for this alone, and forgotten when it is decided."))
FORM_STRUCT(directory_report, DIRECTORY_REPORT_FORM)

#define DIRECTORY_CODE_FORM(F) F(word, code, REQUIRED, 8, 8, T("Reference"), "")
FORM_STRUCT(directory_code, DIRECTORY_CODE_FORM)

#define DIRECTORY_QUEUE_FORM(F)                                                                    \
    F(word, state, OPTIONAL, 2, 8, "", "")                                                         \
    F(number, before, OPTIONAL, 1, INT64_MAX, "", "")
FORM_STRUCT(directory_queue, DIRECTORY_QUEUE_FORM)

#define DIRECTORY_WRONG_FORM(F) F(number, correction, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(directory_wrong, DIRECTORY_WRONG_FORM)

#define DIRECTORY_DECIDE_FORM(F)                                                                   \
    F(number, correction, REQUIRED, 1, INT64_MAX, "", "")                                          \
    F(word, verdict, REQUIRED, 2, 8, T("What you decide"), "")                                     \
    F(text, reason, OPTIONAL, 0, DIRECTORY_WORDS_MAX, T("Reason"),                                 \
      T("Needed if it stays as it is. Whoever reported it reads it; no names."))
FORM_STRUCT(directory_decide, DIRECTORY_DECIDE_FORM)

#define DIRECTORY_TABLE_FORM(F)                                                                    \
    F(file, file, REQUIRED, 1, CSV_BYTES_MAX, T("The table (CSV)"),                                \
      T("UTF-8 or as Excel saves it. One row that is wrong, and nothing is changed."))             \
    F(inside, table, OPTIONAL, 0, CSV_BYTES_MAX * 2, "", "")
FORM_STRUCT(directory_table, DIRECTORY_TABLE_FORM)

#define DIRECTORY_CREDIT_FORM(F)                                                                   \
    F(number, person, OPTIONAL, 1, INT64_MAX, "", "")                                              \
    F(number, body, OPTIONAL, 1, INT64_MAX, "", "")                                                \
    F(word, kind, REQUIRED, 2, 12, T("Kind"), "")                                                  \
    F(lines, words, REQUIRED, 2, DIRECTORY_WORDS_MAX, T("What everybody reads"),                   \
      T("In short, and without the names of others."))                                             \
    F(text, source, REQUIRED, 2, DIRECTORY_SOURCE_MAX, T("Source"),                                \
      T("Who published it, with the number if there is one."))                                     \
    F(day, source_day, REQUIRED, 10, 10, T("Day of the source"), "")
FORM_STRUCT(directory_credit, DIRECTORY_CREDIT_FORM)

#define DIRECTORY_WITHDRAW_FORM(F) F(number, credit, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(directory_withdraw, DIRECTORY_WITHDRAW_FORM)

/* ---- views ---- */

#define DIRECTORY_LISTED_VIEW(V)                                                                   \
    V(api, ident, body, _)                                                                         \
    V(api, text, name, _)                                                                          \
    V(api, text, kind, _)                                                                          \
    V(page, text, kind_name, _)                                                                    \
    V(api, text, division, _)                                                                      \
    V(page, text, division_name, _)                                                                \
    V(api, maybe, address, _)
VIEW_STRUCT(directory_listed, DIRECTORY_LISTED_VIEW)

/* GET /bodies */
#define DIRECTORY_BODIES_VIEW(V)                                                                   \
    V(api, list, bodies, directory_listed)                                                         \
    V(api, maybe, next, _)                                                                         \
    V(page, choices, kinds, _)                                                                     \
    V(page, choices, divisions, _)                                                                 \
    V(page, text, q, _)                                                                            \
    V(page, text, kind, _)                                                                         \
    V(page, text, division, _)
VIEW_STRUCT(directory_bodies, DIRECTORY_BODIES_VIEW)

/* GET /admin/bodies */
#define DIRECTORY_TABLE_VIEW(V) V(api, text, example, _)
VIEW_STRUCT(directory_table, DIRECTORY_TABLE_VIEW)

/* GET /bodies/{body} */
#define DIRECTORY_BODY_VIEW(V)                                                                     \
    V(api, ident, body, _)                                                                         \
    V(api, text, name, _)                                                                          \
    V(api, text, kind, _)                                                                          \
    V(page, text, kind_name, _)                                                                    \
    V(api, text, division, _)                                                                      \
    V(api, text, visit, _) /* the item to make an appointment for */                               \
    V(page, text, ask_q, _) /* what a question about it begins with */                             \
    V(page, text, division_name, _)                                                                \
    V(api, maybe, address, _)                                                                      \
    V(api, maybe, phone, _)                                                                        \
    V(api, maybe, licence, _)                                                                      \
    V(api, text, source, _)                                                                        \
    V(api, text, source_day, _)                                                                    \
    V(api, list, credits, directory_credit)
VIEW_STRUCT(directory_body, DIRECTORY_BODY_VIEW)

/* GET /corrections/new */
#define DIRECTORY_REPORT_VIEW(V)                                                                   \
    V(page, ident, person, _)                                                                      \
    V(page, ident, body, _)                                                                        \
    V(api, text, name, _)                                                                          \
    V(page, choices, whats, _)
VIEW_STRUCT(directory_report, DIRECTORY_REPORT_VIEW)

#define DIRECTORY_REPORTED_VIEW(V) V(api, text, code, _)
VIEW_STRUCT(directory_reported, DIRECTORY_REPORTED_VIEW)

/* GET /corrections/{code}: no word of what was written, since a code may be seen by others */
#define DIRECTORY_CODE_VIEW(V)                                                                     \
    V(api, text, code, _)                                                                          \
    V(api, text, name, _)                                                                          \
    V(api, text, what, _)                                                                          \
    V(page, text, what_name, _)                                                                    \
    V(api, text, state, _)                                                                         \
    V(page, text, state_name, _)                                                                   \
    V(api, maybe, reason, _)                                                                       \
    V(api, time, reported_at, _)                                                                   \
    V(api, time, decided_at, _)                                                                    \
    V(page, flag, is_open, _)
VIEW_STRUCT(directory_code, DIRECTORY_CODE_VIEW)

#define DIRECTORY_WRONG_ROW_VIEW(V)                                                                \
    V(api, ident, correction, _)                                                                   \
    V(api, text, name, _)                                                                          \
    V(api, text, what, _)                                                                          \
    V(page, text, what_name, _)                                                                    \
    V(api, text, state, _)                                                                         \
    V(api, time, reported_at, _)
VIEW_STRUCT(directory_wrong_row, DIRECTORY_WRONG_ROW_VIEW)

#define DIRECTORY_TAB_VIEW(V)                                                                      \
    V(api, text, state, _)                                                                         \
    V(page, text, name, _)                                                                         \
    V(page, flag, is_here, _)
VIEW_STRUCT(directory_tab, DIRECTORY_TAB_VIEW)

#define DIRECTORY_QUEUE_VIEW(V)                                                                    \
    V(api, list, tabs, directory_tab)                                                              \
    V(api, list, corrections, directory_wrong_row)                                                 \
    V(api, ident, next, _)                                                                         \
    V(page, text, state, _)
VIEW_STRUCT(directory_queue, DIRECTORY_QUEUE_VIEW)

#define DIRECTORY_WRONG_VIEW(V)                                                                    \
    V(api, ident, correction, _)                                                                   \
    V(api, ident, person, _)                                                                       \
    V(api, ident, body, _)                                                                         \
    V(api, text, name, _)                                                                          \
    V(api, text, what, _)                                                                          \
    V(page, text, what_name, _)                                                                    \
    V(api, text, words, _)                                                                         \
    V(api, text, state, _)                                                                         \
    V(page, text, state_name, _)                                                                   \
    V(api, maybe, reason, _)                                                                       \
    V(api, flag, is_told, _) /* a number was given: a message goes there */                        \
    V(api, time, reported_at, _)                                                                   \
    V(page, flag, is_open, _)                                                                      \
    V(api, flag, may_look, _) /* there are words, and a look on record opens them */
VIEW_STRUCT(directory_wrong, DIRECTORY_WRONG_VIEW)

#define DIRECTORY_TABLED_VIEW(V)                                                                   \
    V(api, number, added, _)                                                                       \
    V(api, number, changed, _)
VIEW_STRUCT(directory_tabled, DIRECTORY_TABLED_VIEW)

/* GET /admin/credit */
#define DIRECTORY_KEPT_VIEW(V)                                                                     \
    V(page, ident, person, _)                                                                      \
    V(page, ident, body, _)                                                                        \
    V(api, text, name, _)                                                                          \
    V(api, list, credits, directory_credit)                                                        \
    V(page, choices, kinds, _)
VIEW_STRUCT(directory_kept, DIRECTORY_KEPT_VIEW)

/* ---- acts ---- */

extern const struct act directory_report, directory_decide, directory_table, directory_credit,
    directory_withdraw, directory_forget, directory_look;

/* ---- between the files of this room ---- */

#define DIRECTORY_USE "directory.wrong"

/* Who or what it is about: exactly one of both, and everybody may read about it. */
struct directory_about {
    id person_id, body_id;
    struct str name, division;
};
struct outcome directory_open_about(struct scene *scene, id person_id, id body_id,
                                    struct directory_about *about);
/* The same for whoever keeps it: act_unknown outside the administrator's place. */
struct outcome directory_open_own(struct scene *scene, id person_id, id body_id,
                                  struct directory_about *about);
const struct choice *directory_choices(struct scene *scene, const struct directory_word *words,
                                       struct str chosen, bool with_all, size_t *count);
struct str directory_pattern(struct scene *scene, struct str typed);

extern const struct page directory_admin_pages[];

#endif
