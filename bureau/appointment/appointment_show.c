/* appointment_show.c -- choosing a time, and what somebody has. */
#include "bureau/appointment/appointment_views.h"
#include "desk/cases/cases_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/items/items_acts.h"
#include "platform/secret.h"

enum { DISTRICT_LEN = 6 }; /* a street lies in the district its code begins with */

struct str appointment_hours(struct scene *scene, moment starts_at, moment ends_at)
{
    struct out *out = out_open(scene->arena, 64);

    out_clock(out, starts_at);
    OUT_LITERAL(out, "–");
    out_clock(out, ends_at);
    return out_text(out);
}

struct str appointment_css(enum appointment_state state)
{
    if (state == APPOINTMENT_BOOKED || state == APPOINTMENT_HERE) return S("tag-done");
    return state == APPOINTMENT_OFF || state == APPOINTMENT_ABSENT ? S("tag-warn") : S("tag-off");
}

/* Also of an item that left the list since: then its short code. */
struct outcome appointment_item_name(struct scene *scene, struct str item, struct str *name)
{
    struct items_item said;
    id version_id;
    bool found;

    *name = item;
    TRY(items_now(scene, item, &version_id, &said, &found));
    if (found) *name = hall_name(scene, said.name_zh, said.name_en);
    return DONE;
}

struct outcome appointment_office_of(struct scene *scene,
                                     const struct appointment_find_plan_row *plan,
                                     const struct appointment_office_view **office)
{
    struct appointment_office_view *v = NEW(scene->arena, struct appointment_office_view);

    *v = (struct appointment_office_view){
        .line = plan->line_id,
        .hall = plan->hall_id,
        .name = hall_name(scene, plan->hall_zh, plan->hall_en),
        .line_name = hall_name(scene, plan->line_zh, plan->line_en),
        .address = hall_name(scene, plan->address_zh, plan->address_en),
        .phone = plan->hall_phone,
        .division = plan->division};
    *office = v;
    return identity_division_name(scene, plan->division, &v->division_name);
}

/* ---- days and times ---- */

static void show_days(struct scene *scene, const struct appointment_days *days, calendar_day chosen,
                      struct str path, struct appointment_times_view *v)
{
    struct appointment_day_row_view *made =
        NEW_MANY(scene->arena, struct appointment_day_row_view, days->count + 1);

    for (size_t d = 0; d < days->count; d++) {
        struct appointment_day_row_view *row = &made[v->days_count];
        char text[11];

        if (!days->free[d]) continue;
        calendar_day_print(days->first + (calendar_day)d, text);
        row->day = arena_copy(scene->arena, str_of(text));
        row->free = days->free[d];
        row->at = calendar_day_begins(days->first + (calendar_day)d);
        row->is_chosen = days->first + (calendar_day)d == chosen;
        row->path = arena_print(scene->arena, "%.*sday=%s#times", STR_ARGS(path), text);
        v->days_count++;
    }
    v->days = made;
}

/* What a form that came back had said: the page has it no longer in its address. */
static struct str came_back(const struct request *request, const struct form *form,
                            const char *name)
{
    const struct form_state *state = request->face->form;
    int place = form_place(form, str_of(name));

    return state && state->form == form && place >= 0 ? state->given[place] : S("");
}

static bool has_free(const struct appointment_days *days, calendar_day day)
{
    return day >= days->first && (size_t)(day - days->first) < days->count &&
           days->free[day - days->first];
}

/* The day that was asked for, or the first with a free time. */
static struct outcome show_times(struct scene *scene, const struct appointment_find_plan_row *plan,
                                 struct str asked, struct str path,
                                 const struct appointment_times_view **shown)
{
    struct appointment_times_view *v = NEW(scene->arena, struct appointment_times_view);
    struct appointment_time times[APPOINTMENT_SLOTS_MAX];
    struct appointment_slot_view *slots;
    struct appointment_days days;
    struct choice *choices;
    calendar_day day = 0;
    size_t count;

    *v = (struct appointment_times_view){0};
    *shown = v;
    TRY(appointment_days_of(scene, plan->line_id, plan->hall_id, plan->slot_minutes,
                            plan->places_count, plan->ahead_days, &days));
    if (!asked.len || !calendar_day_parse(asked, &day) || !has_free(&days, day))
        day = days.first_at ? calendar_day_of(days.first_at) : 0;
    show_days(scene, &days, day, path, v);
    TRY(appointment_times_of(scene, plan, day, times, &count));
    slots = NEW_MANY(scene->arena, struct appointment_slot_view, count + 1);
    choices = NEW_MANY(scene->arena, struct choice, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (!times[i].free) continue;
        slots[v->slots_count] =
            (struct appointment_slot_view){times[i].at, times[i].at, times[i].free};
        choices[v->slots_count++] = (struct choice){
            .value = arena_print(scene->arena, "%lld", (long long)times[i].at),
            .label = appointment_hours(scene, times[i].at,
                                       times[i].at + plan->slot_minutes * SECONDS_PER_MINUTE)};
    }
    v->slots = slots;
    v->choices = choices;
    v->choices_count = v->slots_count;
    v->at = v->slots_count ? calendar_day_begins(day) : 0;
    v->is_none = !v->slots_count;
    if (v->slots_count) {
        char text[11];

        calendar_day_print(day, text);
        v->day = arena_copy(scene->arena, str_of(text));
    }
    return DONE;
}

/* ---- choosing ---- */

static const char *base_of(const struct appointment_new_view *v)
{
    return v->at_window ? "/window/appointments/new" : "/appointments/new";
}

static struct outcome show_items(struct scene *scene, struct appointment_new_view *v)
{
    const struct appointment_list_items_row *rows;
    struct appointment_item_view *made;
    size_t count;

    TRY(appointment_list_items(scene->arena, scene->store, &rows, &count));
    made = NEW_MANY(scene->arena, struct appointment_item_view, count + 1);
    for (size_t i = 0; i < count; i++) {
        made[i] =
            (struct appointment_item_view){.item = rows[i].item, .offices = rows[i].lines_count};
        made[i].path =
            arena_print(scene->arena, "%s?item=%.*s%s%.*s", base_of(v), STR_ARGS(rows[i].item),
                        v->division.len ? "&division=" : "", STR_ARGS(v->division));
        TRY(appointment_item_name(scene, rows[i].item, &made[i].name));
    }
    v->items = made;
    v->items_count = count;
    return DONE;
}

static struct str path_of(struct scene *scene, const struct appointment_new_view *v, id line_id)
{
    return arena_print(scene->arena, "%s?item=%.*s&line=%lld&%s%.*s%s%s%.*s%s", base_of(v),
                       STR_ARGS(v->item), (long long)line_id, v->for_case.len ? "for_case=" : "",
                       STR_ARGS(v->for_case), v->for_case.len ? "&" : "",
                       v->division.len ? "division=" : "", STR_ARGS(v->division),
                       v->division.len ? "&" : "");
}

static struct str district_of(struct str division)
{
    return (struct str){division.at, division.len < DISTRICT_LEN ? division.len : DISTRICT_LEN};
}

static struct outcome show_offices(struct scene *scene, struct appointment_new_view *v)
{
    const struct appointment_list_offices_row *rows;
    struct appointment_office_view *made;
    size_t count;

    if (v->division.len) TRY(identity_division_name(scene, v->division, &v->division_name));
    TRY(appointment_list_offices(scene->arena, scene->store, district_of(v->division), v->item,
                                 &rows, &count));
    made = NEW_MANY(scene->arena, struct appointment_office_view, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct appointment_days days;

        made[i] = (struct appointment_office_view){
            .line = rows[i].line_id,
            .hall = rows[i].hall_id,
            .name = hall_name(scene, rows[i].hall_zh, rows[i].hall_en),
            .line_name = hall_name(scene, rows[i].line_zh, rows[i].line_en),
            .address = hall_name(scene, rows[i].address_zh, rows[i].address_en),
            .phone = rows[i].hall_phone,
            .division = rows[i].division,
            .path = path_of(scene, v, rows[i].line_id)};
        TRY(identity_division_name(scene, rows[i].division, &made[i].division_name));
        TRY(appointment_days_of(scene, rows[i].line_id, rows[i].hall_id, rows[i].slot_minutes,
                                rows[i].places_count, rows[i].ahead_days, &days));
        made[i].first_at = days.first_at;
    }
    v->offices = made;
    v->offices_count = count;
    v->is_without = !count;
    return count ? DONE : show_items(scene, v); /* nobody is left at a dead end */
}

static void choose_again(const struct request *request, const struct form *form,
                         struct appointment_new_form *f)
{
    if (!request->face->form || request->face->form->form != form) return;
    f->item = came_back(request, form, "item");
    f->for_case = came_back(request, form, "for_case");
    f->day = came_back(request, form, "day");
    if (!str_to_int(came_back(request, form, "line"), &f->line)) f->line = 0;
}

static struct str back_of(struct scene *scene, const struct appointment_new_form *f,
                          const struct appointment_new_view *v)
{
    if (!f->item.len) return v->at_window ? S("/window/appointments") : S("/appointments");
    if (!f->line) return str_of(base_of(v));
    return arena_print(scene->arena, "%s?item=%.*s%s%.*s%s%.*s", base_of(v), STR_ARGS(f->item),
                       f->for_case.len ? "&for_case=" : "", STR_ARGS(f->for_case),
                       f->division.len ? "&division=" : "", STR_ARGS(f->division));
}

static struct outcome show_choice(struct request *request, struct appointment_new_form *f,
                                  struct appointment_new_view *v)
{
    struct scene *scene = request->scene;
    struct appointment_find_plan_item_row offered;
    struct appointment_find_plan_row plan;
    bool found;

    v->item = f->item;
    v->for_case = f->for_case;
    v->division = f->division;
    v->back = back_of(scene, f, v);
    if (!f->item.len) return show_items(scene, v);
    TRY(appointment_item_name(scene, f->item, &v->item_name));
    if (!f->line) return show_offices(scene, v);
    TRY(appointment_find_plan_item(scene->store, f->item, f->line, &offered, &found));
    if (!offered.lines_count) return REFUSE(act_unknown);
    TRY(appointment_plan_of(scene, f->line, &plan));
    TRY(appointment_office_of(scene, &plan, &v->office));
    return show_times(scene, &plan, f->day, path_of(scene, v, f->line), &v->times);
}

struct outcome appointment_show_new(struct request *request, const void *query, void *view)
{
    struct appointment_new_form chosen = *(const struct appointment_new_form *)query;

    choose_again(request, &appointment_hold_form, &chosen);
    return show_choice(request, &chosen, view);
}

struct outcome appointment_show_new_at_window(struct request *request, const void *query,
                                              void *view)
{
    struct appointment_new_form chosen = *(const struct appointment_new_form *)query;
    struct hall_find_place_row place;

    TRY(hall_place(request->scene, &place));
    choose_again(request, &appointment_type_in_form, &chosen);
    chosen.for_case = S("");
    ((struct appointment_new_view *)view)->at_window = true;
    return show_choice(request, &chosen, view);
}

/* ---- one's own ---- */

struct outcome appointment_show_own(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct appointment_list_own_row *rows;
    struct appointment_own_view *v = view;
    struct appointment_row_view *made;
    size_t count;

    (void)query;
    v->is_resident = scene_is(scene, WHO_RESIDENT);
    if (!scene_is(scene, WHO_ASKER)) return DONE;
    TRY(appointment_list_own(scene->arena, scene->store, scene->actor.person_id, &rows, &count));
    made = NEW_MANY(scene->arena, struct appointment_row_view, count + 1);
    for (size_t i = 0; i < count; i++) {
        enum appointment_state state = appointment_state_of(rows[i].state);
        struct appointment_row_view *row = &made[v->appointments_count];

        if (scene->actor.case_id && rows[i].appointment_id != scene->actor.case_id) continue;
        *row = (struct appointment_row_view){
            .reference = rows[i].reference,
            .item = rows[i].item,
            .hall_name = hall_name(scene, rows[i].hall_zh, rows[i].hall_en),
            .starts_at = rows[i].starts_at,
            .ends_at = rows[i].ends_at,
            .state = rows[i].state,
            .state_name = text_in(scene->language, appointment_state_name(state)),
            .hours = appointment_hours(scene, rows[i].starts_at, rows[i].ends_at),
            .css = appointment_css(state)};
        TRY(appointment_item_name(scene, rows[i].item, &row->item_name));
        v->appointments_count++;
    }
    v->appointments = made;
    return DONE;
}

/* Who proved no number must write one: that is not the form's to know. */
static void show_typed_phone(const struct request *request, struct appointment_one_view *v)
{
    const struct form *form = &appointment_book_form;
    const struct form_state *state = request->face->form;
    const struct reason *wrong;

    if (!state || state->form != form) return;
    v->typed_phone = came_back(request, form, "phone");
    wrong = state->wrong[form_place(form, S("phone"))];
    if (wrong) v->phone_wrong = text_in(request->scene->language, wrong->text);
}

static struct outcome show_person(struct scene *scene, const struct appointment *a,
                                  struct appointment_one_view *v)
{
    struct str phone;

    TRY(appointment_unseal(scene, APPOINTMENT_USE_NAME, a->row.name_sealed, &v->name));
    TRY(appointment_unseal(scene, APPOINTMENT_USE_WORDS, a->row.words_sealed, &v->words));
    TRY(appointment_unseal(scene, APPOINTMENT_USE_PHONE, a->row.phone_sealed, &phone));
    if (phone.len) v->phone_masked = secret_mask(scene->arena, phone);
    if (v->is_resident) TRY(identity_phone_masked(scene, scene->actor.person_id, &v->own_phone));
    return a->row.case_id ? cases_reference_of(scene, a->row.case_id, &v->for_case) : DONE;
}

struct outcome appointment_show_one(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct appointment_one_form *f = query;
    struct appointment_one_view *v = view;
    struct appointment_find_plan_row plan;
    enum appointment_state to;
    struct appointment a;
    bool found, is_past;

    TRY(appointment_open_own(scene, f->reference, &a));
    TRY(appointment_find_plan(scene->arena, scene->store, a.row.line_id, &plan, &found));
    if (!found) return FAULT("appointment: its line has no plan");
    is_past = a.row.starts_at <= scene->now;
    v->reference = a.row.reference;
    v->state = a.row.state;
    v->state_name = text_in(scene->language, appointment_state_name(a.state));
    v->item = a.row.item;
    TRY(appointment_item_name(scene, a.row.item, &v->item_name));
    v->starts_at = a.row.starts_at;
    v->ends_at = a.row.ends_at;
    v->hours = appointment_hours(scene, a.row.starts_at, a.row.ends_at);
    v->css = appointment_css(a.state);
    v->hold_until = a.state == APPOINTMENT_HELD ? a.row.hold_until : 0;
    v->is_lapsed = a.state == APPOINTMENT_LAPSED ||
                   (a.state == APPOINTMENT_HELD && a.row.hold_until <= scene->now);
    v->is_resident = scene_is(scene, WHO_RESIDENT);
    v->may_book = !is_past && IS_DONE(appointment_next(a.state, APPOINTMENT_BOOK, &to));
    v->may_move = (!is_past || a.state == APPOINTMENT_OFF) &&
                  IS_DONE(appointment_next(a.state, APPOINTMENT_MOVE, &to));
    v->may_cancel = !is_past && IS_DONE(appointment_next(a.state, APPOINTMENT_CANCEL, &to));
    TRY(show_person(scene, &a, v));
    show_typed_phone(request, v);
    return appointment_office_of(scene, &plan, &v->office);
}

struct outcome appointment_show_times(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct appointment_times_form *f = query;
    struct appointment_change_view *v = view;
    struct appointment_find_plan_row plan;
    enum appointment_state to;
    struct str day = f->day;
    struct appointment a;

    TRY(appointment_open_own(scene, f->reference, &a));
    TRY(appointment_next(a.state, APPOINTMENT_MOVE, &to));
    TRY(appointment_plan_of(scene, a.row.line_id, &plan));
    v->reference = a.row.reference;
    TRY(appointment_item_name(scene, a.row.item, &v->item_name));
    v->starts_at = a.row.starts_at;
    v->hours = appointment_hours(scene, a.row.starts_at, a.row.ends_at);
    TRY(appointment_office_of(scene, &plan, &v->office));
    if (!day.len) day = came_back(request, &appointment_move_form, "day");
    return show_times(
        scene, &plan, day,
        arena_print(scene->arena, "/appointments/%.*s/times?", STR_ARGS(a.row.reference)),
        &v->times);
}

/* ---- beside a case ---- */

struct outcome appointment_beside(struct scene *scene, id case_id, struct str reference,
                                  struct str item, bool is_office, bool is_over,
                                  struct cases_beside *lines, size_t *count)
{
    const struct appointment_list_of_case_row *rows;
    const struct appointment_list_offices_row *offices;
    size_t rows_count, offices_count;

    *count = 0;
    TRY(appointment_list_of_case(scene->arena, scene->store, case_id, &rows, &rows_count));
    for (size_t i = 0; i < rows_count; i++) {
        struct out *out = out_open(scene->arena, 400);

        out_str(out, text_in(scene->language, T("Appointment")));
        OUT_LITERAL(out, " ");
        out_moment(out, scene->language, rows[i].starts_at);
        lines[(*count)++] = (struct cases_beside){
            .kind = "appointment",
            .reference = rows[i].reference,
            .name = arena_print(scene->arena, "%.*s · %.*s · %s", STR_ARGS(out_text(out)),
                                STR_ARGS(hall_name(scene, rows[i].hall_zh, rows[i].hall_en)),
                                text_in(scene->language,
                                        appointment_state_name(appointment_state_of(rows[i].state)))
                                    .at),
            .path = is_office ? S("")
                              : arena_print(scene->arena, "/appointments/%.*s",
                                            STR_ARGS(rows[i].reference))};
    }
    if (is_office || is_over) return DONE;
    TRY(appointment_list_offices(scene->arena, scene->store, S(""), item, &offices,
                                 &offices_count));
    if (offices_count)
        lines[(*count)++] = (struct cases_beside){
            .kind = "appointment-new",
            .reference = S(""),
            .name = text_in(scene->language, T("Make an appointment")),
            .path = arena_print(scene->arena, "/appointments/new?item=%.*s&for_case=%.*s",
                                STR_ARGS(item), STR_ARGS(reference))};
    return DONE;
}
