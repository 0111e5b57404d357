/* shifts_lists.c -- names and choices on the pages of the roster, and one row of any list. */
#include "bureau/shifts/shifts_views.h"

static const struct named {
    const char *code, *name;
} desks[] = {
    {"consultation", T("City desk, on line")},
    {"portal", T("National portal")},
    {"hotline", T("12348 hotline")},
    {"window", T("Service window")},
};

static const char *const professions[] = {"lawyer",   "notary",    "forensic",
                                          "mediator", "legal_aid", "correction"};

bool shifts_is_desk(struct str desk)
{
    for (size_t i = 0; i < COUNT(desks); i++) {
        if (str_same(str_of(desks[i].code), desk)) return true;
    }
    return false;
}

struct str shifts_desk_name(enum language language, struct str desk)
{
    for (size_t i = 0; i < COUNT(desks); i++) {
        if (str_same(str_of(desks[i].code), desk)) return text_in(language, desks[i].name);
    }
    return desk;
}

struct str shifts_weekday_name(enum language language, calendar_day day)
{
    static const char *const names[] = {T("Monday"), T("Tuesday"),  T("Wednesday"), T("Thursday"),
                                        T("Friday"), T("Saturday"), T("Sunday")};

    return text_in(language, names[calendar_weekday_of(day)]);
}

struct str shifts_gap_text(enum language language, enum shifts_gap gap)
{
    static const char *const texts[SHIFTS_GAPS] = {T("Confirmed"), T("Nobody"), T("Not confirmed"),
                                                   T("Suspended"),
                                                   T("Licence not good until then")};

    return text_in(language, texts[gap]);
}

struct shifts_choice_list shifts_desk_choices(struct scene *scene, const char *first,
                                              struct str chosen)
{
    struct choice *made = NEW_MANY(scene->arena, struct choice, COUNT(desks) + 1);
    size_t count = 0;

    if (first) made[count++].label = text_in(scene->language, first);
    for (size_t i = 0; i < COUNT(desks); i++)
        made[count++] = (struct choice){.value = str_of(desks[i].code),
                                        .label = text_in(scene->language, desks[i].name),
                                        .chosen = str_same(chosen, str_of(desks[i].code))};
    return (struct shifts_choice_list){made, count};
}

struct shifts_choice_list shifts_profession_choices(struct scene *scene, const char *first,
                                                    struct str chosen)
{
    struct choice *made = NEW_MANY(scene->arena, struct choice, COUNT(professions) + 1);
    size_t count = 0;

    if (first) made[count++].label = text_in(scene->language, first);
    for (size_t i = 0; i < COUNT(professions); i++) {
        struct str code = str_of(professions[i]);

        made[count++] = (struct choice){.value = code,
                                        .label = people_profession_name(scene->language, code),
                                        .chosen = str_same(chosen, code)};
    }
    return (struct shifts_choice_list){made, count};
}

struct str shifts_team_name(const struct scene *scene, struct str zh, struct str en)
{
    return scene->language == LANGUAGE_EN ? en : zh;
}

/* Teams the reader's bounds hold. */
struct outcome shifts_team_choices(struct scene *scene, const char *first, id chosen,
                                   struct shifts_choice_list *list)
{
    struct shifts_bounds bounds = shifts_bounds_of(scene);
    const struct people_list_teams_row *rows;
    struct choice *made;
    size_t rows_count, count = 0;

    TRY(people_teams(scene, &rows, &rows_count));
    made = NEW_MANY(scene->arena, struct choice, rows_count + 1);
    if (first)
        made[count++] = (struct choice){.value = S("0"), .label = text_in(scene->language, first)};
    for (size_t i = 0; i < rows_count; i++) {
        if (rows[i].team_id != bounds.team && !str_begins(rows[i].division, bounds.scope)) continue;
        made[count++] =
            (struct choice){.value = arena_print(scene->arena, "%lld", (long long)rows[i].team_id),
                            .label = shifts_team_name(scene, rows[i].team_zh, rows[i].team_en),
                            .chosen = rows[i].team_id == chosen};
    }
    *list = (struct shifts_choice_list){made, count};
    return DONE;
}

struct str shifts_kind_text(struct scene *scene, const struct calendar *calendar, calendar_day day,
                            const char **kind)
{
    const struct calendar_special *special = calendar_special_on(calendar, day);
    enum calendar_kind which;

    *kind = "normal";
    if (!IS_DONE(calendar_day_kind(calendar, day, &which))) {
        *kind = "provisional";
        return text_in(scene->language, T("Provisional: this year's holidays are not published"));
    }
    if (!special) return S("");
    *kind = which == CALENDAR_HOLIDAY ? "holiday" : "makeup";
    return text_fill(scene->arena, scene->language,
                     which == CALENDAR_HOLIDAY ? T("Public holiday: %1")
                                               : T("Make-up working day: %1"),
                     special->name, S(""), S(""));
}

struct shifts_row_view shifts_row_of(struct scene *scene, const struct shifts_list_roster_row *row)
{
    enum shifts_gap gap = shifts_gap_of(
        &(struct shifts_standing){.state = shifts_state_of(row->state),
                                  .is_active = str_same(row->standing, S("active")) &&
                                               str_same(row->standing__service, S("active")),
                                  .verified_at = row->verified_at,
                                  .licence_until = row->licence_until,
                                  .ends_at = row->ends_at});

    return (struct shifts_row_view){
        .shift = row->shift_id,
        .desk = row->desk,
        .desk_name = shifts_desk_name(scene->language, row->desk),
        .profession = row->profession,
        .profession_name = people_profession_name(scene->language, row->profession),
        .team = row->team_id,
        .team_name = shifts_team_name(scene, row->team_zh, row->team_en),
        .person = row->person_id,
        .name = row->person_name,
        .starts_at = row->starts_at,
        .ends_at = row->ends_at,
        .weekday = shifts_weekday_name(scene->language, calendar_day_of(row->starts_at)),
        .is_next_day = calendar_day_of(row->ends_at - 1) != calendar_day_of(row->starts_at),
        .state = row->state,
        .gap = shifts_gap_word(gap),
        .gap_text = shifts_gap_text(scene->language, gap),
        .is_gap = gap != SHIFTS_COVERED,
        .is_cancelled = str_same(row->state, S("cancelled")),
        .is_provisional = row->is_provisional != 0,
        .is_now = row->starts_at <= scene->now && scene->now < row->ends_at,
        .is_mine = row->person_id && row->person_id == scene->actor.person_id};
}

struct shifts_row_view shifts_row_of_one(struct scene *scene,
                                         const struct shifts_find_shift_row *row)
{
    return shifts_row_of(scene, SHIFTS_ROSTER_ROW(row));
}

struct outcome shifts_free_people(struct scene *scene, const struct shifts_find_shift_row *row,
                                  id but, struct shifts_choice_list *list)
{
    const struct shifts_list_team_people_row *rows;
    struct shifts_span span = {row->starts_at, row->ends_at};
    struct choice *made;
    size_t rows_count, count = 0;

    TRY(shifts_list_team_people(scene->arena, scene->store, row->team_id, row->profession, &rows,
                                &rows_count));
    made = NEW_MANY(scene->arena, struct choice, rows_count + 1);
    for (size_t i = 0; i < rows_count; i++) {
        struct outcome may;

        if (rows[i].person_id == but || !rows[i].verified_at) continue;
        if (rows[i].licence_until && rows[i].licence_until < row->ends_at) continue;
        may = shifts_check_hold(scene, rows[i].person_id, 0, span);
        if (may.fault) return may;
        if (may.refusal) continue;
        made[count++] = (struct choice){
            .value = arena_print(scene->arena, "%lld", (long long)rows[i].person_id),
            .label = arena_print(scene->arena, "%.*s (%.*s)", STR_ARGS(rows[i].person_name),
                                 STR_ARGS(rows[i].login))};
    }
    *list = (struct shifts_choice_list){made, count};
    return DONE;
}
