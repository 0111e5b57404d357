/* appointment_pages.c -- the routes of appointments, and the table of this room. */
#include "bureau/appointment/appointment_views.h"
#include "desk/identity/identity_acts.h"
#include "desk/items/items_acts.h"
#include "gen/appointment_html.h"
#include "platform/known.h"

enum { STEPS_A_MINUTE = 30, LOOKS_A_MINUTE = 120, CLAIMS_A_MINUTE = 5 };
#define AT_THE_HALL (WHO_CLERK | WHO_CONSULTANT)

static struct outcome knows_item(struct scene *scene, struct str item, bool *known)
{
    struct items_item said;
    id version_id;

    return items_now(scene, item, &version_id, &said, known);
}

static const struct query_known new_known[] = {
    {"item", NULL, knows_item}, {"division", NULL, identity_division_exists}, {0}};

KNOWN_SHOW(show_known_new, appointment_new_form, new_known, appointment_show_new)

KNOWN_SHOW(show_known_new_at_window, appointment_new_form, new_known,
           appointment_show_new_at_window)

static const struct query_known trip_known[] = {{"division", NULL, identity_division_exists}, {0}};

KNOWN_SHOW(show_known_trip, appointment_trip_form, trip_known, appointment_show_trip)

static const struct page pages[] = {
    {.method = GET,
     .path = "/items/{item}/trip",
     .who = WHO_ANYONE,
     .about = "Before somebody comes: what to bring, what is held already, and the nearest window.",
     .query = &appointment_trip_form,
     .view = &appointment_trip_view,
     .html = &html_appointment_trip,
     .show = show_known_trip,
     .per_minute = LOOKS_A_MINUTE},
    {.method = GET,
     .path = "/appointments",
     .who = WHO_ANYONE,
     .about = "One's own appointments.",
     .view = &appointment_own_view,
     .html = &html_appointment_own,
     .show = appointment_show_own},
    {.method = GET,
     .path = "/appointments/new",
     .who = WHO_ANYONE,
     .about = "What can be chosen: without `item` the items, with it the offices, those near "
              "`division` first, with `line` days and times.",
     .query = &appointment_new_form,
     .view = &appointment_new_view,
     .html = &html_appointment_new,
     .show = show_known_new,
     .per_minute = LOOKS_A_MINUTE},
    {.method = POST,
     .path = "/appointments",
     .who = WHO_ANYONE,
     .about = "Keep a time for ten minutes; `slot` as the list of times has it.",
     .act = &appointment_act_hold,
     .then = "/appointments/{reference}",
     .again = "/appointments/new",
     .status = 201,
     .per_minute = STEPS_A_MINUTE},
    {.method = GET,
     .path = "/appointments/{reference}",
     .who = WHO_ASKER,
     .about = "One appointment, for whoever made it.",
     .query = &appointment_one_form,
     .view = &appointment_one_view,
     .html = &html_appointment_one,
     .show = appointment_show_one},
    {.method = POST,
     .path = "/appointments/{reference}/book",
     .who = WHO_ASKER,
     .about = "Book the time that is kept.",
     .act = &appointment_act_book,
     .then = "/appointments/{reference}",
     .again = "/appointments/{reference}",
     .said = T("Your appointment is booked."),
     .per_minute = STEPS_A_MINUTE},
    {.method = GET,
     .path = "/appointments/{reference}/times",
     .who = WHO_ASKER,
     .about = "Other times at the same office.",
     .query = &appointment_times_form,
     .view = &appointment_change_view,
     .html = &html_appointment_change,
     .show = appointment_show_times,
     .per_minute = LOOKS_A_MINUTE},
    {.method = POST,
     .path = "/appointments/{reference}/move",
     .who = WHO_ASKER,
     .about = "Change to another time at the same office.",
     .act = &appointment_act_move,
     .then = "/appointments/{reference}",
     .again = "/appointments/{reference}/times",
     .said = T("Your appointment is changed."),
     .per_minute = STEPS_A_MINUTE},
    {.method = POST,
     .path = "/appointments/{reference}/cancel",
     .who = WHO_ASKER,
     .about = "Cancel it, so that somebody else can come.",
     .act = &appointment_act_cancel,
     .then = "/appointments/{reference}",
     .again = "/appointments/{reference}",
     .said = T("Your appointment is cancelled. Thank you: somebody else can come now."),
     .per_minute = STEPS_A_MINUTE},
    {.method = GET,
     .path = "/window/appointments",
     .who = AT_THE_HALL,
     .about = "Who comes to the hall on a day, by time.",
     .query = &appointment_day_form,
     .view = &appointment_list_view,
     .html = &html_appointment_list,
     .show = appointment_show_list},
    {.method = GET,
     .path = "/window/appointments/new",
     .who = AT_THE_HALL,
     .about = "What can be booked for somebody who came or called; asked for as /appointments/new.",
     .query = &appointment_new_form,
     .view = &appointment_new_view,
     .html = &html_appointment_new,
     .show = show_known_new_at_window},
    {.method = POST,
     .path = "/window/appointments",
     .who = AT_THE_HALL,
     .about = "Book a time for somebody who came or called.",
     .act = &appointment_act_type_in,
     .then = "/window/appointment-slips/{reference}",
     .again = "/window/appointments/new",
     .status = 201,
     .per_minute = STEPS_A_MINUTE},
    {.method = GET,
     .path = "/window/appointment-slips/{reference}",
     .who = AT_THE_HALL,
     .about = "The slip of one, for a day, for whoever typed it in.",
     .query = &appointment_one_form,
     .view = &appointment_slip_view,
     .html = &html_appointment_slip,
     .show = appointment_show_slip},
    {.method = POST,
     .path = "/appointments/claim",
     .who = WHO_RESIDENT,
     .about = "Take over what was booked at a window, with its slip and the number it was booked "
              "with.",
     .act = &appointment_act_claim,
     .then = "/appointments/{reference}",
     .again = "/appointments",
     .per_minute = CLAIMS_A_MINUTE},
    {.method = POST,
     .path = "/window/appointments/{appointment}/here",
     .who = AT_THE_HALL,
     .about = "Check in whoever came.",
     .act = &appointment_act_here,
     .then = "/window/appointments",
     .again = "/window/appointments"},
    {.method = POST,
     .path = "/window/appointments/{appointment}/cancel",
     .who = AT_THE_HALL,
     .about = "Cancel one for whoever has it and says so, before its time.",
     .act = &appointment_act_cancel_for,
     .then = "/window/appointments",
     .again = "/window/appointments"},
    {.method = POST,
     .path = "/window/appointments/{appointment}/absent",
     .who = AT_THE_HALL,
     .about = "Say that somebody did not come; not before the time has begun.",
     .act = &appointment_act_absent,
     .then = "/window/appointments",
     .again = "/window/appointments"},
    {.method = POST,
     .path = "/window/appointments/{appointment}/undo",
     .who = AT_THE_HALL,
     .about = "Take back what was said of one by mistake.",
     .act = &appointment_act_undo,
     .then = "/window/appointments",
     .again = "/window/appointments"},
    {.method = GET,
     .path = "/admin/halls/{hall}/appointments",
     .who = WHO_ADMIN,
     .about = "Which lines of a hall publish times.",
     .query = &appointment_hall_form,
     .view = &appointment_plans_view,
     .html = &html_appointment_plans,
     .show = appointment_show_plans},
    {.method = GET,
     .path = "/admin/halls/{hall}/appointments/{line}",
     .who = WHO_ADMIN,
     .about = "The times of one line.",
     .query = &appointment_line_form,
     .view = &appointment_plan_view,
     .html = &html_appointment_plan,
     .show = appointment_show_plan},
    {.method = POST,
     .path = "/admin/halls/{hall}/appointments/{line}",
     .who = WHO_ADMIN,
     .about = "Publish times of a line: how long, how many at once, how far ahead, for what.",
     .act = &appointment_act_plan,
     .then = "/admin/halls/{hall}/appointments",
     .again = "/admin/halls/{hall}/appointments/{line}",
     .said = T("Saved.")},
    {0},
};

/* What a guest booked is the resident's who proves a number in that browser. */
static struct outcome merge_owner(struct scene *scene, id guest_id, id person_id)
{
    struct str phone;

    TRY(identity_phone(scene, person_id, &phone));
    return appointment_set_owner(scene->store, person_id, identity_phone_index(scene->arena, phone),
                                 guest_id);
}

static const struct act *const clock_acts[] = {&appointment_act_lapse, &appointment_act_remind,
                                               &appointment_act_settle, NULL};

const struct module appointment_module = {.name = "appointment",
                                          .schema = appointment_schema,
                                          .migrations = appointment_migrations,
                                          .pages = pages,
                                          .clock_acts = clock_acts,
                                          .merge = merge_owner};

#define FORM_THIS appointment_hold_form
FORM_TABLE(appointment_hold, APPOINTMENT_HOLD_FORM)
#undef FORM_THIS
#define FORM_THIS appointment_book_form
FORM_TABLE(appointment_book, APPOINTMENT_BOOK_FORM)
#undef FORM_THIS
#define FORM_THIS appointment_move_form
FORM_TABLE(appointment_move, APPOINTMENT_MOVE_FORM)
#undef FORM_THIS
#define FORM_THIS appointment_one_form
FORM_TABLE(appointment_one, APPOINTMENT_ONE_FORM)
#undef FORM_THIS
#define FORM_THIS appointment_times_form
FORM_TABLE(appointment_times, APPOINTMENT_TIMES_FORM)
#undef FORM_THIS
#define FORM_THIS appointment_new_form
FORM_TABLE(appointment_new, APPOINTMENT_NEW_FORM)
#undef FORM_THIS
#define FORM_THIS appointment_hall_form
FORM_TABLE(appointment_hall, APPOINTMENT_HALL_FORM)
#undef FORM_THIS
#define FORM_THIS appointment_line_form
FORM_TABLE(appointment_line, APPOINTMENT_LINE_FORM)
#undef FORM_THIS
#define FORM_THIS appointment_plan_form
FORM_TABLE(appointment_plan, APPOINTMENT_PLAN_FORM)
#undef FORM_THIS
#define FORM_THIS appointment_day_form
FORM_TABLE(appointment_day, APPOINTMENT_DAY_FORM)
#undef FORM_THIS
#define FORM_THIS appointment_which_form
FORM_TABLE(appointment_which, APPOINTMENT_WHICH_FORM)
#undef FORM_THIS
#define VIEW_THIS appointment_held_view
VIEW_TABLE(appointment_held, APPOINTMENT_HELD_VIEW)
#undef VIEW_THIS
#define VIEW_THIS appointment_item_view
VIEW_TABLE(appointment_item, APPOINTMENT_ITEM_VIEW)
#undef VIEW_THIS
#define VIEW_THIS appointment_office_view
VIEW_TABLE(appointment_office, APPOINTMENT_OFFICE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS appointment_day_row_view
VIEW_TABLE(appointment_day_row, APPOINTMENT_DAY_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS appointment_slot_view
VIEW_TABLE(appointment_slot, APPOINTMENT_SLOT_VIEW)
#undef VIEW_THIS
#define VIEW_THIS appointment_times_view
VIEW_TABLE(appointment_times, APPOINTMENT_TIMES_VIEW)
#undef VIEW_THIS
#define VIEW_THIS appointment_new_view
VIEW_TABLE(appointment_new, APPOINTMENT_NEW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS appointment_row_view
VIEW_TABLE(appointment_row, APPOINTMENT_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS appointment_own_view
VIEW_TABLE(appointment_own, APPOINTMENT_OWN_VIEW)
#undef VIEW_THIS
#define VIEW_THIS appointment_one_view
VIEW_TABLE(appointment_one, APPOINTMENT_ONE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS appointment_change_view
VIEW_TABLE(appointment_change, APPOINTMENT_CHANGE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS appointment_coming_view
VIEW_TABLE(appointment_coming, APPOINTMENT_COMING_VIEW)
#undef VIEW_THIS
#define VIEW_THIS appointment_list_view
VIEW_TABLE(appointment_list, APPOINTMENT_LIST_VIEW)
#undef VIEW_THIS
#define VIEW_THIS appointment_plan_row_view
VIEW_TABLE(appointment_plan_row, APPOINTMENT_PLAN_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS appointment_plans_view
VIEW_TABLE(appointment_plans, APPOINTMENT_PLANS_VIEW)
#undef VIEW_THIS
#define VIEW_THIS appointment_plan_view
VIEW_TABLE(appointment_plan, APPOINTMENT_PLAN_VIEW)
#undef VIEW_THIS
#define FORM_THIS appointment_trip_form
FORM_TABLE(appointment_trip, APPOINTMENT_TRIP_FORM)
#undef FORM_THIS
#define VIEW_THIS appointment_get_view
VIEW_TABLE(appointment_get, APPOINTMENT_GET_VIEW)
#undef VIEW_THIS
#define VIEW_THIS appointment_need_view
VIEW_TABLE(appointment_need, APPOINTMENT_NEED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS appointment_line_text_view
VIEW_TABLE(appointment_line_text, APPOINTMENT_LINE_TEXT_VIEW)
#undef VIEW_THIS
#define VIEW_THIS appointment_window_view
VIEW_TABLE(appointment_window, APPOINTMENT_WINDOW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS appointment_trip_view
VIEW_TABLE(appointment_trip, APPOINTMENT_TRIP_VIEW)
#undef VIEW_THIS
#define FORM_THIS appointment_type_in_form
FORM_TABLE(appointment_type_in, APPOINTMENT_TYPE_IN_FORM)
#undef FORM_THIS
#define FORM_THIS appointment_claim_form
FORM_TABLE(appointment_claim, APPOINTMENT_CLAIM_FORM)
#undef FORM_THIS
#define VIEW_THIS appointment_slip_view
VIEW_TABLE(appointment_slip, APPOINTMENT_SLIP_VIEW)
#undef VIEW_THIS
#define VIEW_THIS appointment_typed_view
VIEW_TABLE(appointment_typed, APPOINTMENT_TYPED_VIEW)
#undef VIEW_THIS
