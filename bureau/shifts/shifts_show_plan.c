/* shifts_show_plan.c -- the plans a leader or supervisor keeps, and one of them. */
#include "bureau/shifts/shifts_views.h"

static struct str time_text(struct scene *scene, int64_t minute)
{
    int m = (int)(minute > CALENDAR_MINUTES ? minute - CALENDAR_MINUTES : minute);

    return arena_print(scene->arena, "%02d:%02d", m / 60, m % 60);
}

/* A day as it is kept, as people of the language write it. */
static struct str day_text(struct scene *scene, struct str kept)
{
    enum { DAY_BYTES = 64 };
    struct out *out = out_open(scene->arena, DAY_BYTES);
    struct calendar_date date;
    calendar_day day;

    if (!calendar_day_parse(kept, &day)) return S("");
    date = calendar_date_of(day);
    out_day(out, scene->language, calendar_moment_of(date.year, date.month, date.day, 0));
    return out_text(out);
}

static struct shifts_plan_row_view row_of(struct scene *scene,
                                          const struct shifts_list_plans_row *r)
{
    return (struct shifts_plan_row_view){
        .plan = r->plan_id,
        .team = r->team_id,
        .team_name = shifts_team_name(scene, r->team_zh, r->team_en),
        .desk = r->desk,
        .desk_name = shifts_desk_name(scene->language, r->desk),
        .profession = r->profession,
        .profession_name = people_profession_name(scene->language, r->profession),
        .from_time = time_text(scene, r->from_minute),
        .to_time = time_text(scene, r->to_minute),
        .is_next_day = r->to_minute > CALENDAR_MINUTES,
        .weekdays = shifts_weekdays_words(scene->arena, (unsigned)r->weekday_bits),
        .days_text = shifts_weekdays_text(scene, (unsigned)r->weekday_bits),
        .from_day = r->from_day,
        .from_day_text = day_text(scene, r->from_day),
        .to_day = r->to_day,
        .to_day_text = day_text(scene, r->to_day),
        .members = r->members_count,
        .places = r->places_count,
        .missing = r->members_count < r->places_count ? r->places_count - r->members_count : 0};
}

struct outcome shifts_planned_teams(struct scene *scene, struct shifts_choice_list *list)
{
    const struct people_list_teams_row *rows;
    struct choice *made;
    size_t rows_count, count = 0;

    TRY(people_teams(scene, &rows, &rows_count));
    made = NEW_MANY(scene->arena, struct choice, rows_count + 1);
    for (size_t i = 0; i < rows_count; i++) {
        if (!shifts_may_plan(scene, rows[i].leader_id, rows[i].division)) continue;
        made[count++] =
            (struct choice){.value = arena_print(scene->arena, "%lld", (long long)rows[i].team_id),
                            .label = shifts_team_name(scene, rows[i].team_zh, rows[i].team_en)};
    }
    *list = (struct shifts_choice_list){made, count};
    return DONE;
}

struct outcome shifts_show_plans(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct shifts_bounds bounds = shifts_plan_bounds_of(scene);
    struct shifts_plans_view *v = view;
    const struct shifts_list_plans_row *rows;
    struct shifts_plan_row_view *made;
    struct shifts_choice_list list;
    size_t count;

    (void)query;
    v->today = shifts_day_text(scene, calendar_day_of(scene->now));
    TRY(shifts_list_plans(scene->arena, scene->store, bounds.team, bounds.scope, 0, v->today, &rows,
                          &count));
    made = NEW_MANY(scene->arena, struct shifts_plan_row_view, count + 1);
    for (size_t i = 0; i < count; i++) made[i] = row_of(scene, &rows[i]);
    v->plans = made;
    v->plans_count = count;
    v->is_adding = request->face->form != NULL;
    TRY(shifts_planned_teams(scene, &list));
    v->teams = list.choices, v->teams_count = list.count;
    list = shifts_desk_choices(scene, NULL, S("consultation"));
    v->desks = list.choices, v->desks_count = list.count;
    list = shifts_profession_choices(scene, NULL, S("lawyer"));
    v->professions = list.choices, v->professions_count = list.count;
    list = shifts_weekday_choices(scene, 0xff, 0x1f);
    v->weekday_choices = list.choices, v->weekday_choices_count = list.count;
    list = shifts_makeup_choices(scene, CALENDAR_MONDAY);
    v->makeup_choices = list.choices, v->makeup_choices_count = list.count;
    return DONE;
}

static struct outcome set_people(struct scene *scene, const struct shifts_find_plan_row *row,
                                 const struct shifts_list_members_row *members, size_t count,
                                 struct shifts_one_plan_view *v)
{
    const struct shifts_list_team_people_row *rows;
    struct choice *made;
    size_t rows_count, made_count = 0;

    TRY(shifts_list_team_people(scene->arena, scene->store, row->team_id, row->profession, &rows,
                                &rows_count));
    made = NEW_MANY(scene->arena, struct choice, rows_count + 1);
    for (size_t i = 0; i < rows_count; i++) {
        bool is_member = false;

        for (size_t k = 0; k < count && !is_member; k++)
            is_member = members[k].person_id == rows[i].person_id;
        if (is_member) continue;
        made[made_count++] = (struct choice){
            .value = arena_print(scene->arena, "%lld", (long long)rows[i].person_id),
            .label = arena_print(scene->arena, "%.*s (%.*s)", STR_ARGS(rows[i].person_name),
                                 STR_ARGS(rows[i].login))};
    }
    v->people = made;
    v->people_count = made_count;
    return DONE;
}

static void set_members(struct scene *scene, const struct shifts_find_plan_row *row,
                        const struct shifts_list_members_row *rows, size_t count,
                        struct shifts_one_plan_view *v)
{
    struct shifts_member_row_view *made =
        NEW_MANY(scene->arena, struct shifts_member_row_view, count + 1);

    for (size_t i = 0; i < count; i++) {
        unsigned bits = (unsigned)(rows[i].weekday_bits & row->weekday_bits);

        made[i] =
            (struct shifts_member_row_view){.person = rows[i].person_id,
                                            .name = rows[i].person_name,
                                            .login = rows[i].login,
                                            .weekdays = shifts_weekdays_words(scene->arena, bits),
                                            .days_text = shifts_weekdays_text(scene, bits),
                                            .has_agreed = rows[i].agreed_at > 0};
    }
    v->members = made;
    v->members_count = count;
}

struct outcome shifts_show_plan(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct shifts_one_plan_view *v = view;
    struct shifts_plan_row_view *line = NEW(scene->arena, struct shifts_plan_row_view);
    const struct shifts_list_members_row *members;
    struct shifts_choice_list list;
    struct shifts_find_plan_row row;
    size_t count;
    bool found;

    TRY(shifts_find_plan(scene->arena, scene->store,
                         ((const struct shifts_which_plan_form *)query)->plan, &row, &found));
    if (!found || !shifts_may_plan(scene, row.leader_id, row.division)) return REFUSE(act_unknown);
    TRY(shifts_list_members(scene->arena, scene->store, row.plan_id, &members, &count));
    *line = row_of(scene, &(struct shifts_list_plans_row){.plan_id = row.plan_id,
                                                          .team_id = row.team_id,
                                                          .desk = row.desk,
                                                          .profession = row.profession,
                                                          .from_minute = row.from_minute,
                                                          .to_minute = row.to_minute,
                                                          .weekday_bits = row.weekday_bits,
                                                          .makeup_as = row.makeup_as,
                                                          .places_count = row.places_count,
                                                          .from_day = row.from_day,
                                                          .to_day = row.to_day,
                                                          .team_zh = row.team_zh,
                                                          .team_en = row.team_en,
                                                          .members_count = (int64_t)count});
    v->row = line;
    v->number = row.plan_id;
    v->places_text = arena_print(scene->arena, "%lld", (long long)row.places_count);
    v->to_day = row.to_day;
    set_members(scene, &row, members, count, v);
    list = shifts_weekday_choices(scene, 0xff, (unsigned)row.weekday_bits);
    v->weekday_choices = list.choices, v->weekday_choices_count = list.count;
    list = shifts_makeup_choices(scene, (int)row.makeup_as);
    v->makeup_choices = list.choices, v->makeup_choices_count = list.count;
    list = shifts_weekday_choices(scene, (unsigned)row.weekday_bits, 0);
    v->day_choices = list.choices, v->day_choices_count = list.count;
    return set_people(scene, &row, members, count, v);
}
