/* consultation_ready_views.h -- forms and views of the ready answers that many share. */
#ifndef CONSULTATION_READY_VIEWS_H
#define CONSULTATION_READY_VIEWS_H

#include "platform/page.h"
#include "service/consultation/consultation.h"

#define CONSULTATION_READY_QUERY_FORM(F)                                                           \
    F(number, of_team, OPTIONAL, 0, INT64_MAX, T("Whose answers"), "")                             \
    F(word, of_field, OPTIONAL, 1, 32, T("Field of law"), "")
FORM_STRUCT(consultation_ready_query, CONSULTATION_READY_QUERY_FORM)

#define CONSULTATION_READY_ADD_FORM(F)                                                             \
    F(text, title, REQUIRED, 1, 60, T("Short name"), T("By which you find it again."))             \
    F(lines, text, REQUIRED, 1, CONSULTATION_TEXT_MAX, T("The answer"), "")                        \
    F(word, field, OPTIONAL, 1, 32, T("For which field of law?"), "")                              \
    F(number, team, OPTIONAL, 0, INT64_MAX, T("Who may use it?"), "")
FORM_STRUCT(consultation_ready_add, CONSULTATION_READY_ADD_FORM)

#define CONSULTATION_READY_ONE_FORM(F) F(number, answer, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(consultation_ready_one, CONSULTATION_READY_ONE_FORM)

/* `version` is the one that was looked at: nobody overwrites what they have not seen. */
#define CONSULTATION_READY_SAVE_FORM(F)                                                            \
    F(number, answer, REQUIRED, 1, INT64_MAX, "", "")                                              \
    F(number, version, REQUIRED, 0, INT64_MAX, "", "")                                             \
    F(text, title, REQUIRED, 1, 60, T("Short name"), T("By which you find it again."))             \
    F(lines, text, REQUIRED, 1, CONSULTATION_TEXT_MAX, T("The answer"), "")                        \
    F(word, field, OPTIONAL, 1, 32, T("For which field of law?"), "")                              \
    F(number, team, OPTIONAL, 0, INT64_MAX, T("Who may use it?"), "")
FORM_STRUCT(consultation_ready_save, CONSULTATION_READY_SAVE_FORM)

#define CONSULTATION_READY_ROW_VIEW(V)                                                             \
    V(api, ident, id, _)                                                                           \
    V(api, text, title, _)                                                                         \
    V(api, text, text, _)                                                                          \
    V(api, maybe, field, _)                                                                        \
    V(page, text, field_name, _)                                                                   \
    V(api, maybe, team, _) /* its name; none: everybody's */                                       \
    V(page, flag, may_change, _)
VIEW_STRUCT(consultation_ready_row, CONSULTATION_READY_ROW_VIEW)

/* GET /admin/answers */
#define CONSULTATION_READY_VIEW(V)                                                                 \
    V(api, list, answers, consultation_ready_row)                                                  \
    V(api, list, retired, consultation_ready_row)                                                  \
    V(page, choices, of_teams, _)                                                                  \
    V(page, choices, of_fields, _)                                                                 \
    V(page, choices, teams, _)                                                                     \
    V(page, choices, fields, _)                                                                    \
    V(page, flag, is_bounded, _)                                                                   \
    V(page, flag, opens_form, _)
VIEW_STRUCT(consultation_ready, CONSULTATION_READY_VIEW)

#define CONSULTATION_READY_VERSION_VIEW(V)                                                         \
    V(api, number, version, _)                                                                     \
    V(api, time, at, _)                                                                            \
    V(api, text, by, _)                                                                            \
    V(api, flag, is_active, _)                                                                     \
    V(api, text, title, _)                                                                         \
    V(api, text, text, _)
VIEW_STRUCT(consultation_ready_version, CONSULTATION_READY_VERSION_VIEW)

/* GET /admin/answers/{answer} */
#define CONSULTATION_READY_ONE_VIEW(V)                                                             \
    V(api, ident, id, _)                                                                           \
    V(api, number, version, _)                                                                     \
    V(page, text, version_text, _)                                                                 \
    V(api, text, title, _)                                                                         \
    V(api, text, text, _)                                                                          \
    V(api, maybe, field, _)                                                                        \
    V(api, maybe, team, _)                                                                         \
    V(api, flag, is_active, _)                                                                     \
    V(page, choices, teams, _)                                                                     \
    V(page, choices, fields, _)                                                                    \
    V(api, list, versions, consultation_ready_version)
VIEW_STRUCT(consultation_ready_one, CONSULTATION_READY_ONE_VIEW)

#define CONSULTATION_READY_SAVED_VIEW(V) V(api, ident, id, _) V(api, number, version, _)
VIEW_STRUCT(consultation_ready_saved, CONSULTATION_READY_SAVED_VIEW)

extern const struct act consultation_ready_add, consultation_ready_save, consultation_ready_retire;
extern const struct page consultation_ready_pages[];

/* Refuses whoever may not keep the answers of this team; 0: everybody's. */
struct outcome consultation_ready_may(struct scene *scene, id team_id);

#endif
