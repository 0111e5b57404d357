/* shifts_show_leave.c -- leaves on one's own page, and those a leader or supervisor decides. */
#include "bureau/shifts/shifts_views.h"
#include "platform/secret.h"

static const struct {
    const char *code, *name;
} kinds[] = {
    {"ill", T("Illness (counts at once)")},
    {"court", T("A court day")},
    {"holiday", T("Holiday")},
    {"study", T("Training")},
    {"other", T("Something else")},
};

static struct outcome set_kind(struct scene *scene, struct str sealed,
                               struct shifts_leave_row_view *row)
{
    TRY(shifts_unseal_kind(scene, sealed, &row->kind));
    row->kind_text = row->kind;
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (str_same(str_of(kinds[i].code), row->kind))
            row->kind_text = text_in(scene->language, kinds[i].name);
    }
    return DONE;
}

/* "24 November, 13:00 – 25 November, 24:00": both ends, since a leave may last. */
static struct str words_of(struct scene *scene, moment starts_at, moment ends_at)
{
    struct out *out = out_open(scene->arena, 256);

    out_day(out, scene->language, starts_at);
    OUT_LITERAL(out, " ");
    out_clock(out, starts_at);
    OUT_LITERAL(out, " – ");
    out_day(out, scene->language, ends_at - 1);
    OUT_LITERAL(out, " ");
    if (calendar_minute_of(ends_at) == 0)
        OUT_LITERAL(out, "24:00");
    else
        out_clock(out, ends_at);
    return out_text(out);
}

static void set_kinds(struct scene *scene, struct shifts_mine_view *v)
{
    struct choice *made = NEW_MANY(scene->arena, struct choice, COUNT(kinds));

    for (size_t i = 0; i < COUNT(kinds); i++)
        made[i] = (struct choice){.value = str_of(kinds[i].code),
                                  .label = text_in(scene->language, kinds[i].name)};
    v->kinds = made;
    v->kinds_count = COUNT(kinds);
}

static struct outcome set_substitutes(struct scene *scene, struct shifts_mine_view *v)
{
    const struct shifts_list_team_people_row *rows;
    struct people_find_consultant_row me;
    struct choice *made;
    size_t rows_count, count = 0;
    bool found;

    TRY(people_consultant(scene, scene->actor.person_id, &me, &found));
    if (!found) return DONE;
    TRY(shifts_list_team_people(scene->arena, scene->store, me.team_id, me.profession, &rows,
                                &rows_count));
    made = NEW_MANY(scene->arena, struct choice, rows_count + 1);
    made[count++] =
        (struct choice){.value = S("0"), .label = text_in(scene->language, T("Nobody yet"))};
    for (size_t i = 0; i < rows_count; i++) {
        if (rows[i].person_id == me.person_id) continue;
        made[count++] = (struct choice){
            .value = arena_print(scene->arena, "%lld", (long long)rows[i].person_id),
            .label = arena_print(scene->arena, "%.*s (%.*s)", STR_ARGS(rows[i].person_name),
                                 STR_ARGS(rows[i].login))};
    }
    v->substitutes = made;
    v->substitutes_count = count;
    return DONE;
}

struct outcome shifts_set_leaves(struct scene *scene, struct shifts_mine_view *v)
{
    const struct shifts_list_leaves_mine_row *rows;
    struct shifts_leave_row_view *made;
    size_t count;

    TRY(shifts_list_leaves_mine(scene->arena, scene->store, scene->actor.person_id,
                                scene->now - SHIFTS_WEEK_SECONDS, &rows, &count));
    made = NEW_MANY(scene->arena, struct shifts_leave_row_view, count + 1);
    for (size_t i = 0; i < count; i++) {
        made[i] = (struct shifts_leave_row_view){
            .leave = rows[i].leave_id,
            .person = scene->actor.person_id,
            .name = scene->actor.name,
            .starts_at = rows[i].starts_at,
            .ends_at = rows[i].ends_at,
            .words = words_of(scene, rows[i].starts_at, rows[i].ends_at),
            .state = rows[i].state};
        TRY(set_kind(scene, rows[i].kind_sealed, &made[i]));
        if (rows[i].answer_sealed.len &&
            !secret_unseal(scene->arena, "shifts.answer", rows[i].answer_sealed, &made[i].answer))
            return FAULT("the answer to a leave cannot be unsealed");
    }
    v->leaves = made;
    v->leaves_count = count;
    set_kinds(scene, v);
    return set_substitutes(scene, v);
}

struct outcome shifts_show_leaves(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct shifts_bounds bounds = shifts_plan_bounds_of(scene);
    struct shifts_leaves_view *v = view;
    const struct shifts_list_leaves_row *rows;
    struct shifts_leave_row_view *made;
    size_t count;

    (void)query;
    TRY(shifts_list_leaves(scene->arena, scene->store, scene->now, bounds.team, bounds.scope, &rows,
                           &count));
    made = NEW_MANY(scene->arena, struct shifts_leave_row_view, count + 1);
    for (size_t i = 0; i < count; i++) {
        made[i] = (struct shifts_leave_row_view){
            .leave = rows[i].leave_id,
            .person = rows[i].person_id,
            .name = rows[i].person_name,
            .team_name = shifts_team_name(scene, rows[i].team_zh, rows[i].team_en),
            .starts_at = rows[i].starts_at,
            .ends_at = rows[i].ends_at,
            .words = words_of(scene, rows[i].starts_at, rows[i].ends_at),
            .state = rows[i].state,
            .substitute = rows[i].person_name__substitute,
            .shifts = rows[i].shifts_count};
        TRY(set_kind(scene, rows[i].kind_sealed, &made[i]));
        v->asked += str_same(rows[i].state, S("asked"));
    }
    v->leaves = made;
    v->leaves_count = count;
    return DONE;
}
