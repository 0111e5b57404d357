/* hall_acts.h -- what services do with numbers, and the forms people hand in.
 *
 * A service opens its case and takes a number for it in one act; whatever its case does then is
 * told to the number in the act that does it.  These functions change numbers and windows alone. */
#ifndef HALL_ACTS_H
#define HALL_ACTS_H

#include "bureau/hall/hall.h"
#include "bureau/people/people_acts.h"
#include "gen/hall_sql.h"
#include "platform/act.h"

/* ---- where the acting person works (hall_place.c) ---- */

/* Refuses (hall_not_here) whoever is on no hall's staff.  window_id 0: sits at no window. */
struct outcome hall_place(struct scene *scene, struct hall_find_place_row *place);
/* The same, and refuses (hall_no_window) who sits at none. */
struct outcome hall_place_at_window(struct scene *scene, struct hall_find_place_row *place);
struct outcome hall_sit(struct scene *scene, int64_t window_number);
/* Refuses while a number is at the window. */
struct outcome hall_stand_up(struct scene *scene);

/* Is it open now, and until when today?  `ends` is the last closing of this day, 24:00 at the
 * latest, also when it is past; 0 if it is closed all day. */
struct outcome hall_open_now(struct scene *scene, id hall_id, bool *open, moment *ends);
/* When the numbers of today are settled: the grace after closing, and midnight at the latest; 0 on
 * a day it is closed. */
struct outcome hall_day_over(struct scene *scene, id hall_id, moment *over);
struct str hall_desk(struct arena *arena, id hall_id); /* its opening hours: people_desk() */
struct str hall_today(struct scene *scene);            /* 2026-11-22 */

/* ---- numbers (hall_ticket.c) ---- */

/* A number, loaded for an act. */
struct hall_ticket {
    struct hall_find_ticket_row row;
    enum hall_state state;
};

struct hall_wish {
    id hall_id, line_id, case_id;
    int64_t priority;
    moment rank_at;
};
/* Refuses when the hall is closed, or the line is none of its lines in use. */
struct outcome hall_take(struct scene *scene, const struct hall_wish *wish,
                         struct hall_ticket *ticket);
/* A new code for the slip; the one before opens nothing any more. */
struct outcome hall_new_code(struct scene *scene, const struct hall_ticket *ticket,
                             struct str *code);
bool hall_code_is_right(const struct scene *scene, const struct hall_ticket *ticket,
                        struct str code);
/* In use and fitting this profession: the line of that profession, else one of any. */
struct outcome hall_line_for(struct scene *scene, id hall_id, struct str profession, id *line_id);

/* Of the acting person's hall; for anybody else there is no such number. */
struct outcome hall_ticket_here(struct scene *scene, id ticket_id, struct hall_ticket *ticket);
/* Of any hall: the service says who may.  `found` false: the case never had one. */
struct outcome hall_ticket_of_case(struct scene *scene, id case_id, struct hall_ticket *ticket,
                                   bool *found);
struct outcome hall_ticket_by_id(struct scene *scene, id ticket_id, struct hall_ticket *ticket);

/* The next number of the acting person's window, called.  Two windows never call the same one. */
struct outcome hall_call(struct scene *scene, struct hall_ticket *ticket);
/* One step of a number, as the rules have it; `line_id` for HALL_PASS, else 0. */
struct outcome hall_step(struct scene *scene, struct hall_ticket *ticket, enum hall_step step,
                         id line_id);
/* The case went on without the hall: an open number is served (it was at the window and the case
 * ended) or left. */
struct outcome hall_case_moved(struct scene *scene, id case_id, bool is_over);

struct hall_standing {
    int64_t ahead;        /* -1: it is not waiting */
    int64_t windows_open; /* where its line is called to */
    int64_t handling[60]; /* seconds at the window lately, any order */
    size_t handling_count;
};
struct outcome hall_standing(struct scene *scene, const struct hall_ticket *ticket,
                             struct hall_standing *standing);
struct str hall_name(const struct scene *scene, struct str zh, struct str en);

/* The hall, if it is within the acting administrator's scope (hall_keep.c). */
struct outcome hall_need_own(struct scene *scene, id hall_id, struct hall_find_hall_row *hall);

/* Windows at which somebody sat down before that moment are empty again. */
struct outcome hall_empty(struct scene *scene, id hall_id, moment before);

/* Two halls of the demo city with their clerks; `round_the_clock` as the city's desk. */
struct outcome hall_demo(struct scene *scene, bool round_the_clock);

/* ---- forms ---- */

#define HALL_TEXTS(F)                                                                              \
    F(text, name, REQUIRED, 2, 60, T("Name in Chinese"), "")                                       \
    F(text, name_en, REQUIRED, 2, 80, T("Name in English"), "")                                    \
    F(text, address, REQUIRED, 2, 120, T("Address in Chinese"),                                    \
      T("Street and number, and on which floor."))                                                 \
    F(text, address_en, REQUIRED, 2, 160, T("Address in English"), "")                             \
    F(phone, phone, OPTIONAL, 5, 12, T("Telephone"), "")                                           \
    F(word, division, REQUIRED, 2, 12, T("District"), "")

#define HALL_ADD_FORM(F) HALL_TEXTS(F)
FORM_STRUCT(hall_add, HALL_ADD_FORM)

#define HALL_SAVE_FORM(F)                                                                          \
    F(number, hall, REQUIRED, 1, INT64_MAX, "", "")                                                \
    HALL_TEXTS(F)                                                                                  \
    F(flag, is_active, OPTIONAL, 0, 1, T("In use"), "")
FORM_STRUCT(hall_save, HALL_SAVE_FORM)

#define HALL_WHICH_FORM(F) F(number, hall, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(hall_which, HALL_WHICH_FORM)

#define HALL_HOURS_FORM(F)                                                                         \
    F(number, hall, REQUIRED, 1, INT64_MAX, "", "")                                                \
    PEOPLE_WEEK_FIELDS(F)
FORM_STRUCT(hall_hours, HALL_HOURS_FORM)

#define HALL_SPECIAL_FORM(F)                                                                       \
    F(number, hall, REQUIRED, 1, INT64_MAX, "", "")                                                \
    PEOPLE_SPECIAL_FIELDS(F)
FORM_STRUCT(hall_special, HALL_SPECIAL_FORM)

#define HALL_DAY_FORM(F)                                                                           \
    F(number, hall, REQUIRED, 1, INT64_MAX, "", "")                                                \
    F(day, day, REQUIRED, 10, 10, T("Day"), "")
FORM_STRUCT(hall_day, HALL_DAY_FORM)

/* Names of their own: the page of a hall has this form beside the hall's own. */
#define HALL_LINE_TEXTS(F)                                                                         \
    F(text, line_name, REQUIRED, 2, 40, T("Name in Chinese"),                                      \
      T("What people come for: it stands on the display and on the slip."))                        \
    F(text, line_name_en, REQUIRED, 2, 60, T("Name in English"), "")                               \
    F(word, profession, OPTIONAL, 0, 16, T("Whose questions belong here"), "")

#define HALL_LINE_ADD_FORM(F)                                                                      \
    F(number, hall, REQUIRED, 1, INT64_MAX, "", "")                                                \
    F(code, letter, REQUIRED, 1, 1, T("Letter"), T("Numbers of this line begin with it: A017."))   \
    HALL_LINE_TEXTS(F)
FORM_STRUCT(hall_line_add, HALL_LINE_ADD_FORM)

#define HALL_LINE_SAVE_FORM(F)                                                                     \
    F(number, hall, REQUIRED, 1, INT64_MAX, "", "")                                                \
    F(number, line, REQUIRED, 1, INT64_MAX, "", "")                                                \
    HALL_LINE_TEXTS(F)                                                                             \
    F(flag, is_active, OPTIONAL, 0, 1, T("In use"), "")
FORM_STRUCT(hall_line_save, HALL_LINE_SAVE_FORM)

#define HALL_WHICH_LINE_FORM(F)                                                                    \
    F(number, hall, REQUIRED, 1, INT64_MAX, "", "")                                                \
    F(number, line, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(hall_which_line, HALL_WHICH_LINE_FORM)

#define HALL_WINDOW_ADD_FORM(F)                                                                    \
    F(number, hall, REQUIRED, 1, INT64_MAX, "", "")                                                \
    F(number, number, REQUIRED, 1, HALL_WINDOWS_MAX, T("Number of the window"), "")                \
    F(words, lines, REQUIRED, 1, 60, T("Lines it serves"), "")
FORM_STRUCT(hall_window_add, HALL_WINDOW_ADD_FORM)

#define HALL_WINDOW_SAVE_FORM(F)                                                                   \
    F(number, hall, REQUIRED, 1, INT64_MAX, "", "")                                                \
    F(number, window, REQUIRED, 1, INT64_MAX, "", "")                                              \
    F(number, number, REQUIRED, 1, HALL_WINDOWS_MAX, T("Number of the window"), "")                \
    F(words, lines, REQUIRED, 1, 60, T("Lines it serves"), "")                                     \
    F(flag, is_active, OPTIONAL, 0, 1, T("In use"), "")
FORM_STRUCT(hall_window_save, HALL_WINDOW_SAVE_FORM)

#define HALL_WHICH_WINDOW_FORM(F)                                                                  \
    F(number, hall, REQUIRED, 1, INT64_MAX, "", "")                                                \
    F(number, window, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(hall_which_window, HALL_WHICH_WINDOW_FORM)

#define HALL_STAFF_FORM(F)                                                                         \
    F(number, hall, REQUIRED, 1, INT64_MAX, "", "")                                                \
    F(text, login, REQUIRED, 2, 64, T("Sign-in name"),                                             \
      T("Of a window clerk or a consultant. A person works at one hall at a time."))
FORM_STRUCT(hall_staff, HALL_STAFF_FORM)

#define HALL_STAFF_END_FORM(F)                                                                     \
    F(number, hall, REQUIRED, 1, INT64_MAX, "", "")                                                \
    F(number, person, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(hall_staff_end, HALL_STAFF_END_FORM)

extern const struct act hall_act_add, hall_act_save, hall_act_hours, hall_act_special,
    hall_act_special_end, hall_act_line_add, hall_act_line_save, hall_act_window_add,
    hall_act_window_save, hall_act_staff, hall_act_staff_end;

struct module;
extern const struct module hall_module;

#endif
