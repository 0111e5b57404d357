/* shifts_make.c -- makes dated shifts of a plan, and takes back what is not to be.
 *
 *  (1) Each member has one shift on each day they come; a place without a member has an open one.
 *  (2) Made again, nothing is made twice: a shift is known by plan, day, member and part.
 *  (3) What somebody cancelled by hand stays cancelled; what the plan cancelled comes back with it.
 *  (4) Who is on leave, or may not hold the shift by the rules, is not given it: it is open.
 *  (5) What has begun is left as it was.
 *  (6) A day of a year without a calendar is provisional until the year is there.
 */
#include "bureau/shifts/shifts_parts.h"

/* A member, or a place without one (person_id below 0). */
struct place {
    id member_id;
    unsigned weekdays;
    bool agreed;
    struct str division;
    struct shifts_hold hold;
    const struct shifts_list_granted_row *leaves;
    size_t leaves_count;
};

struct making {
    struct scene *scene;
    struct shifts_rules rules;
    const struct calendar *calendar;
    struct shifts_find_plan_row row;
    struct shifts_plan plan;
    calendar_day from, to;
    struct place *places;
    size_t members_count;
    const struct shifts_list_of_plan_row *made;
    size_t made_count, at; /* `at`: of the first row of the day being made */
};

static struct outcome load_places(struct making *m)
{
    struct scene *scene = m->scene;
    const struct shifts_list_members_row *rows;
    moment begins = calendar_day_begins(m->from), ends = calendar_day_begins(m->to + 1);

    TRY(shifts_list_members(scene->arena, scene->store, m->row.plan_id, &rows, &m->members_count));
    m->places =
        NEW_MANY(scene->arena, struct place, m->members_count + (size_t)m->row.places_count + 1);
    for (size_t i = 0; i < m->members_count; i++) {
        struct place *place = &m->places[i];

        *place = (struct place){.member_id = rows[i].person_id,
                                .weekdays = (unsigned)rows[i].weekday_bits,
                                .agreed = rows[i].agreed_at > 0,
                                .division = rows[i].division};
        TRY(shifts_hold_of(scene, rows[i].person_id, begins, ends, &place->hold));
        TRY(shifts_list_granted(scene->arena, scene->store, rows[i].person_id, begins,
                                &place->leaves, &place->leaves_count));
    }
    return DONE;
}

/* ---- one new shift ---- */

static struct outcome add(struct making *m, const struct place *place, calendar_day day,
                          int64_t part, struct shifts_span span, bool provisional,
                          enum shifts_state state, const char *cause, id *shift_id)
{
    struct scene *scene = m->scene;

    *shift_id = scene_new_id(scene);
    return shifts_add_shift(scene->store,
                            &(struct shifts_add_shift_values){
                                .shift_id = *shift_id,
                                .plan_id = m->row.plan_id,
                                .member_id = place->member_id,
                                .part = part,
                                .team_id = m->row.team_id,
                                .desk = m->row.desk,
                                .profession = m->row.profession,
                                .division = place->division,
                                .day = shifts_day_text(scene, day),
                                .starts_at = span.starts_at,
                                .ends_at = span.ends_at,
                                .alarm_at = shifts_alarm_at(m->calendar, &m->rules, span.starts_at),
                                .person_id = state == SHIFTS_OPEN ? 0 : place->member_id,
                                .state = shifts_state_word(state),
                                .cause = str_of(cause),
                                .is_provisional = provisional,
                                .changed_at = scene->now});
}

static struct outcome add_for(struct making *m, struct place *place, calendar_day day,
                              bool provisional)
{
    struct shifts_span span = shifts_span_on(&m->plan, day);
    struct shifts_part parts[SHIFTS_PARTS_MAX] = {{span, true}};
    enum shifts_state state = place->agreed ? SHIFTS_CONFIRMED : SHIFTS_PLANNED;
    size_t count = 1;
    id shift_id;

    if (place->member_id < 0)
        return add(m, place, day, 0, span, provisional, SHIFTS_OPEN, "place", &shift_id);
    if (shifts_may_hold(&m->rules, place->hold.held, place->hold.count, 0, span).refusal)
        return add(m, place, day, 0, span, provisional, SHIFTS_OPEN, "clash", &shift_id);
    for (size_t i = 0; i < place->leaves_count && count == 1 && parts[0].is_kept; i++)
        count = shifts_split(
            &m->rules, span,
            (struct shifts_span){place->leaves[i].starts_at, place->leaves[i].ends_at}, parts);
    for (size_t i = 0; i < count; i++) {
        bool kept = parts[i].is_kept;

        TRY(add(m, place, day, (int64_t)i, parts[i].span, provisional, kept ? state : SHIFTS_OPEN,
                kept ? "" : "leave", &shift_id));
        if (kept)
            shifts_hold_add(m->scene, &place->hold, shift_id, parts[i].span);
        else /* theirs again if the leave is taken back */
            TRY(shifts_set_past(m->scene->store, shift_id, place->member_id, 0, m->scene->now));
    }
    return DONE;
}

/* ---- what is there already ---- */

static struct outcome move(struct making *m, const struct shifts_list_of_plan_row *row,
                           enum shifts_step step, id person_id, const char *cause)
{
    struct shifts_find_shift_row shift;
    bool found;

    TRY(shifts_find_shift(m->scene->arena, m->scene->store, row->shift_id, &shift, &found));
    return found ? shifts_move(m->scene, &shift, step, person_id, cause) : DONE;
}

/* It is to be: certain if the calendar now says so, and back if only the plan had cancelled it. */
static struct outcome keep(struct making *m, struct place *place,
                           const struct shifts_list_of_plan_row *row, bool provisional)
{
    struct shifts_span span = {row->starts_at, row->ends_at};

    if (row->is_provisional && !provisional)
        TRY(shifts_set_certain(m->scene->store,
                               shifts_alarm_at(m->calendar, &m->rules, row->starts_at),
                               row->shift_id));
    if (!str_same(row->state, S("cancelled")) || !str_same(row->cause, S("plan")) ||
        row->ends_at <= m->scene->now)
        return DONE;
    TRY(move(m, row, SHIFTS_RESTORE, 0, "place"));
    if (place->member_id < 0 ||
        shifts_may_hold(&m->rules, place->hold.held, place->hold.count, 0, span).refusal)
        return DONE;
    shifts_hold_add(m->scene, &place->hold, row->shift_id, span);
    return move(m, row, place->agreed ? SHIFTS_TAKE : SHIFTS_NAME, place->member_id, "");
}

static struct outcome unmake(struct making *m, const struct shifts_list_of_plan_row *row,
                             bool is_worked)
{
    if (str_same(row->state, S("cancelled")) || row->starts_at <= m->scene->now) return DONE;
    /* Whoever took a place without a member keeps it, though the plan has members enough now. */
    if (row->member_id < 0 && row->person_id && is_worked) return DONE;
    return move(m, row, SHIFTS_CANCEL, 0, "plan");
}

/* ---- one day ---- */

/* The members who come that day, then as many places without a member as are missing. */
static size_t expect(struct making *m, calendar_day day, struct place **expected, bool *provisional)
{
    size_t count = 0, places = m->members_count;
    struct shifts_day whole = shifts_on_day(m->calendar, &m->plan, 0xff, day);

    *provisional = whole.is_provisional;
    if (!whole.is_worked) return 0;
    for (size_t i = 0; i < m->members_count; i++) {
        if (shifts_on_day(m->calendar, &m->plan, m->places[i].weekdays, day).is_worked)
            expected[count++] = &m->places[i];
    }
    for (int64_t missing = 1; count < (size_t)m->row.places_count; missing++, places++) {
        m->places[places] = (struct place){.member_id = -missing, .division = m->row.division};
        expected[count++] = &m->places[places];
    }
    return count;
}

static struct outcome make_day(struct making *m, calendar_day day, struct place **expected)
{
    struct str text = shifts_day_text(m->scene, day);
    bool provisional;
    size_t count = expect(m, day, expected, &provisional), first = m->at;

    while (m->at < m->made_count && str_same(m->made[m->at].day, text)) m->at++;
    for (size_t i = first; i < m->at; i++) {
        const struct shifts_list_of_plan_row *row = &m->made[i];
        struct place *place = NULL;

        for (size_t k = 0; k < count && !place; k++) {
            if (expected[k]->member_id == row->member_id) place = expected[k];
        }
        TRY(place ? keep(m, place, row, provisional) : unmake(m, row, count > 0));
    }
    for (size_t k = 0; k < count; k++) {
        bool is_made = false;

        for (size_t i = first; i < m->at && !is_made; i++)
            is_made = m->made[i].member_id == expected[k]->member_id;
        if (!is_made) TRY(add_for(m, expected[k], day, provisional));
    }
    return DONE;
}

struct outcome shifts_made_to(struct scene *scene, calendar_day *day)
{
    struct shifts_rules rules;
    int64_t version;

    TRY(shifts_rules_now(scene, &rules, &version));
    *day = calendar_day_of(scene->now) + 7 * rules.weeks_ahead;
    return DONE;
}

static struct outcome load(struct making *m, id plan_id)
{
    struct scene *scene = m->scene;
    int64_t version;
    bool found;

    TRY(shifts_find_plan(scene->arena, scene->store, plan_id, &m->row, &found));
    if (!found) return REFUSE(act_unknown);
    TRY(shifts_rules_now(scene, &m->rules, &version));
    TRY(shifts_calendar(scene, &m->calendar));
    TRY(shifts_made_to(scene, &m->to));
    m->plan = (struct shifts_plan){.from_minute = (int)m->row.from_minute,
                                   .to_minute = (int)m->row.to_minute,
                                   .weekdays = (unsigned)m->row.weekday_bits,
                                   .makeup_as = (int)m->row.makeup_as};
    if (!calendar_day_parse(m->row.from_day, &m->plan.from_day)) return FAULT("a plan's first day");
    if (m->row.to_day.len && !calendar_day_parse(m->row.to_day, &m->plan.to_day))
        return FAULT("a plan's last day");
    return DONE;
}

struct outcome shifts_make(struct scene *scene, id plan_id, calendar_day from)
{
    struct making m = {.scene = scene, .from = from};
    struct place **expected;

    TRY(load(&m, plan_id));
    if (m.to < from) return DONE;
    TRY(load_places(&m));
    TRY(shifts_list_of_plan(scene->arena, scene->store, plan_id, shifts_day_text(scene, from),
                            shifts_day_text(scene, m.to), &m.made, &m.made_count));
    expected =
        NEW_MANY(scene->arena, struct place *, m.members_count + (size_t)m.row.places_count + 1);
    for (calendar_day day = from; day <= m.to; day++) TRY(make_day(&m, day, expected));
    TRY(shifts_set_made_to(scene->store, shifts_day_text(scene, m.to), plan_id));
    return DONE;
}

struct outcome shifts_make_on(struct scene *scene, id plan_id)
{
    struct shifts_find_plan_row row;
    calendar_day from, today = calendar_day_of(scene->now);
    bool found;

    TRY(shifts_find_plan(scene->arena, scene->store, plan_id, &row, &found));
    if (!found || !calendar_day_parse(row.from_day, &from)) return REFUSE(act_unknown);
    return shifts_make(scene, plan_id, row.made_to.len || from > today ? today : from);
}
