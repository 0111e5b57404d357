/* consultation_pages.h -- what the files with pages of this room share. */
#ifndef CONSULTATION_PAGES_H
#define CONSULTATION_PAGES_H

#include "platform/page.h"
#include "service/consultation/consultation_case.h"
#include "service/consultation/consultation_views.h"

extern const struct module consultation_module;

/* Tables, each ending with {0}; put together in consultation_pages.c. */
extern const struct page consultation_ask_pages[];
extern const struct page consultation_resident_pages[];
extern const struct page consultation_desk_pages[];
extern const struct page consultation_board_pages[];
extern const struct page consultation_complain_pages[];
extern const struct page consultation_hall_pages[], consultation_arrive_pages[];
extern const struct page consultation_handed_pages[];
extern const struct page consultation_repository_pages[];
/* Whether its resident may complain about a consultant of this case. */
bool consultation_may_complain(const struct consultation_case *c);
/* Whether they may say that others may read it: somebody served them, and it is closed. */
bool consultation_may_share(const struct consultation_case *c);

/* Messages as somebody of that side is shown them, oldest first: what lies before `before` (0: the
 * newest), at most CONSULTATION_PAGE_MESSAGES.  `earlier` is what `before` is for the page before
 * this one, or -1.  Internal notes are for the consultant's side only. */
struct outcome consultation_messages_before(struct scene *scene, const struct consultation_case *c,
                                            int64_t before, bool with_internal,
                                            const struct consultation_message_view **messages,
                                            size_t *count, int64_t *earlier);
/* Those after a number, oldest first, at most `limit` (100). */
struct outcome consultation_messages_after(struct scene *scene, const struct consultation_case *c,
                                           int64_t after, int64_t limit, bool with_internal,
                                           const struct consultation_message_view **messages,
                                           size_t *count);
/* The newest word of a consultant among them, or NULL. */
const struct consultation_message_view *consultation_newest_answer(
    const struct consultation_message_view *messages, size_t count);

struct str consultation_language_name(enum language language, struct str code);
const char *consultation_state_css(enum consultation_state state); /* tag-waiting … */

/* Seconds as the API tells them, and whole minutes as people read them. */
void consultation_show_wait(const struct waiting_view_values *wait,
                            struct consultation_wait_view *view);

/* Whoever leads or supervises reads what others wrote only with leave, which is in the journal. */
struct outcome consultation_may_read(struct scene *scene, const struct consultation_case *c);

/* consultation_draft.c: what the visitor of this browser has typed so far. */
struct consultation_draft {
    struct str field, text, against, division, language, phone;
    bool cared_for;
    id wants_id; /* chosen in the directory: asked first; 0: anyone fitting */
};
extern const struct reason consultation_draft_gone;
/* Whoever was chosen, if they could serve today; `found` is false for everybody else. */
struct people_find_consultant_row;
/* Whom to call if these words mean danger; NULL if they do not. */
const struct consultation_help_view *consultation_help(const struct scene *scene, struct str text);

struct outcome consultation_wanted(struct scene *scene, id person_id,
                                   struct people_find_consultant_row *row, bool *found);
struct outcome consultation_draft_of(struct scene *scene, struct consultation_draft *draft);
extern const struct act consultation_draft_field, consultation_draft_text, consultation_draft_where,
    consultation_draft_contact, consultation_ask_draft;

/* consultation_mine.c */
struct outcome consultation_show_mine(struct request *request, const void *query, void *view);
extern const struct act consultation_find;

/* consultation_beside.c */
struct outcome consultation_show_beside(struct scene *scene, const struct consultation_case *c,
                                        const struct consultation_beside_view **lines,
                                        size_t *count);

/* consultation_ask.c */
/* The question of whoever came, for a number or in writing; owner_id 0: nobody known. */
struct outcome consultation_open_at_hall(struct scene *scene, const struct consultation_ask_form *f,
                                         bool is_written, id owner_id, struct consultation_case *c);
/* A case of a hall goes on without it, in the live queue or in writing. */
struct outcome consultation_go_online(struct scene *scene, struct consultation_case *c,
                                      bool is_written);
struct outcome consultation_ask_now(struct scene *scene, const struct consultation_ask_form *f,
                                    struct consultation_asked_view *told);

#endif
