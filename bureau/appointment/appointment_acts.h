/* appointment_acts.h -- the forms of appointments, and what other rooms may ask. */
#ifndef APPOINTMENT_ACTS_H
#define APPOINTMENT_ACTS_H

#include "bureau/appointment/appointment.h"
#include "desk/cases/cases_acts.h"
#include "platform/act.h"

/* `slot`: the beginning of a time as the list of times names it. */
#define APPOINTMENT_HOLD_FORM(F)                                                                   \
    F(word, item, REQUIRED, 2, 40, T("What do you come for?"), "")                                 \
    F(number, line, REQUIRED, 1, INT64_MAX, "", "")                                                \
    F(number, slot, REQUIRED, 1, INT64_MAX, T("Which time suits you?"), "")                        \
    F(word, for_case, OPTIONAL, 8, 8, T("Reference"), "")                                          \
    F(day, day, OPTIONAL, 10, 10, T("Day"), "") /* the one shown, to come back to */
FORM_STRUCT(appointment_hold, APPOINTMENT_HOLD_FORM)

#define APPOINTMENT_BOOK_FORM(F)                                                                   \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(text, name, REQUIRED, 2, 40, T("Your full name"), "")                                        \
    F(phone, phone, OPTIONAL, 7, 12, T("Your phone number"),                                       \
      T("We send one message the working day before."))                                            \
    F(lines, words, OPTIONAL, 0, 300, T("What should we know before you come?"),                   \
      T("For example: I use a wheelchair, or I need sign language. Leave it empty if nothing."))
FORM_STRUCT(appointment_book, APPOINTMENT_BOOK_FORM)

/* For somebody who came or called, by whoever works at a hall. */
#define APPOINTMENT_TYPE_IN_FORM(F)                                                                \
    F(word, item, REQUIRED, 2, 40, T("What do they come for?"), "")                                \
    F(number, line, REQUIRED, 1, INT64_MAX, "", "")                                                \
    F(number, slot, REQUIRED, 1, INT64_MAX, T("Which time suits them?"), "")                       \
    F(day, day, OPTIONAL, 10, 10, T("Day"), "")                                                    \
    F(text, name, REQUIRED, 2, 40, T("Their full name"), "")                                       \
    F(phone, phone, OPTIONAL, 7, 12, T("Their phone number"),                                      \
      T("May stay empty; then nobody reminds them."))                                              \
    F(lines, words, OPTIONAL, 0, 300, T("What should be known before they come?"),                 \
      T("For example a wheelchair, or sign language. Leave it empty if nothing."))
FORM_STRUCT(appointment_type_in, APPOINTMENT_TYPE_IN_FORM)

#define APPOINTMENT_CLAIM_FORM(F)                                                                  \
    F(word, slip, REQUIRED, 8, 8, T("Reference"), T("Eight letters and digits on the slip."))      \
    F(word, code, REQUIRED, 8, 8, T("Code on the slip"), T("Eight digits."))
FORM_STRUCT(appointment_claim, APPOINTMENT_CLAIM_FORM)

#define APPOINTMENT_MOVE_FORM(F)                                                                   \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(number, slot, REQUIRED, 1, INT64_MAX, T("Which time suits you?"), "")                        \
    F(day, day, OPTIONAL, 10, 10, T("Day"), "")
FORM_STRUCT(appointment_move, APPOINTMENT_MOVE_FORM)

#define APPOINTMENT_ONE_FORM(F) F(word, reference, REQUIRED, 8, 8, T("Reference"), "")
FORM_STRUCT(appointment_one, APPOINTMENT_ONE_FORM)

#define APPOINTMENT_TIMES_FORM(F)                                                                  \
    F(word, reference, REQUIRED, 8, 8, T("Reference"), "")                                         \
    F(day, day, OPTIONAL, 10, 10, T("Day"), "")
FORM_STRUCT(appointment_times, APPOINTMENT_TIMES_FORM)

#define APPOINTMENT_NEW_FORM(F)                                                                    \
    F(word, item, OPTIONAL, 2, 40, T("What do you come for?"), "")                                 \
    F(number, line, OPTIONAL, 0, INT64_MAX, "", "")                                                \
    F(day, day, OPTIONAL, 10, 10, T("Day"), "")                                                    \
    F(word, for_case, OPTIONAL, 8, 8, T("Reference"), "")                                          \
    F(word, division, OPTIONAL, 2, 12, T("District"), "") /* offices near it come first */
FORM_STRUCT(appointment_new, APPOINTMENT_NEW_FORM)

#define APPOINTMENT_TRIP_FORM(F)                                                                   \
    F(word, item, REQUIRED, 2, 40, T("What do you come for?"), "")                                 \
    F(word, division, OPTIONAL, 2, 12, T("District"), "")                                          \
    F(flag, first, OPTIONAL, 0, 1, T("One of these applies to me:"), "")                           \
    F(word, for_case, OPTIONAL, 8, 8, T("Reference"), "")
FORM_STRUCT(appointment_trip, APPOINTMENT_TRIP_FORM)

#define APPOINTMENT_HALL_FORM(F) F(number, hall, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(appointment_hall, APPOINTMENT_HALL_FORM)

#define APPOINTMENT_LINE_FORM(F)                                                                   \
    F(number, hall, REQUIRED, 1, INT64_MAX, "", "")                                                \
    F(number, line, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(appointment_line, APPOINTMENT_LINE_FORM)

#define APPOINTMENT_PLAN_FORM(F)                                                                   \
    F(number, hall, REQUIRED, 1, INT64_MAX, "", "")                                                \
    F(number, line, REQUIRED, 1, INT64_MAX, "", "")                                                \
    F(flag, is_published, OPTIONAL, 0, 1, T("Times can be chosen"),                                \
      T("Without it no new appointments are made; those made before stay."))                       \
    F(number, slot_minutes, REQUIRED, APPOINTMENT_MINUTES_MIN, APPOINTMENT_MINUTES_MAX,            \
      T("How long one appointment lasts"), T("From 10 minutes to three hours."))                   \
    F(number, places, REQUIRED, 1, APPOINTMENT_PLACES_MAX, T("How many people at the same time"),  \
      T("As many as windows that serve them."))                                                    \
    F(number, ahead_days, REQUIRED, 1, APPOINTMENT_AHEAD_MAX,                                      \
      T("For how many days ahead times can be chosen"), T("From 1 to 60."))                        \
    F(words, items, REQUIRED, 1, 2400, T("What people can come for"), "")
FORM_STRUCT(appointment_plan, APPOINTMENT_PLAN_FORM)

#define APPOINTMENT_DAY_FORM(F) F(day, day, OPTIONAL, 10, 10, T("Day"), "")
FORM_STRUCT(appointment_day, APPOINTMENT_DAY_FORM)

#define APPOINTMENT_WHICH_FORM(F) F(number, appointment, REQUIRED, 1, INT64_MAX, "", "")
FORM_STRUCT(appointment_which, APPOINTMENT_WHICH_FORM)

extern const struct act appointment_act_hold, appointment_act_book, appointment_act_move,
    appointment_act_cancel;
extern const struct act appointment_act_here, appointment_act_absent, appointment_act_undo,
    appointment_act_cancel_for;
extern const struct act appointment_act_type_in, appointment_act_claim;
extern const struct act appointment_act_plan;
extern const struct act appointment_act_lapse, appointment_act_remind, appointment_act_settle;

/* For main, the hook of cases: appointments of a case, and the way to a new one. */
struct outcome appointment_beside(struct scene *scene, id case_id, struct str reference,
                                  struct str item, bool is_office, bool is_over,
                                  struct cases_beside *lines, size_t *count);

/* ---- arriving (appointment_arrive.c); for the service that opens a case for the number ---- */

struct appointment_arrival {
    id appointment_id, hall_id, line_id, owner_id;
    struct str reference, item_name, name, phone, words, language, profession, division;
    moment starts_at, rank_at; /* (7) */
};
/* (7): whoever has it is here.  By the number of the list, for who works at its hall; or by its
 * reference, for anybody who stands in that hall: of another hall or day there is none.  Refuses
 * who is early and who has drawn a number. */
struct outcome appointment_arrives(struct scene *scene, id appointment_id,
                                   struct appointment_arrival *arrival);
struct outcome appointment_arrives_by(struct scene *scene, id hall_id, struct str reference,
                                      struct appointment_arrival *arrival);
/* In the same act. */
struct outcome appointment_numbered(struct scene *scene, id appointment_id, id ticket_id);
/* The number drawn with it today at that hall; act_unknown for any other reference. */
struct outcome appointment_number_of(struct scene *scene, id hall_id, struct str reference,
                                     id *ticket_id);

/* Times at the halls of the demo city. */
struct outcome appointment_demo(struct scene *scene);

struct module;
extern const struct module appointment_module;

#endif
