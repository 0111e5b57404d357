/* ladder_admin.c -- the policy and the districts' borders, as an administrator sees them. */
#include "bureau/ladder/ladder_views.h"
#include "desk/identity/identity_acts.h"
#include "platform/allows.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    enum ladder_level level; /* LADDER_DUTY: what all of them have in common */
    const char *about;
    const char *first; /* field of the form */
} groups[] = {
    {LADDER_DUTY, T("How long the ladder stays before it moves."), "rise_seconds"},
    {LADDER_NEIGHBOUR,
     T("Before it a question goes to consultants of the resident's district and of the whole city. "
       "From this step on also to the districts next to it, then to those behind them; on the "
       "steps above it to the whole city. Whoever has waited long enough reaches the whole city "
       "even without this step."),
     "neighbour__place"},
    {LADDER_BACKUP, T("Those on the backup list get a message with a link."), "backup__place"},
    {LADDER_CHOICE, T("Residents who wait are offered to leave their question in writing."),
     "choice__place"},
    {LADDER_MESSAGE,
     T("New questions are taken in writing with a due date; whoever would rather wait may. This is "
       "always the last step."),
     "message__place"},
};

/* Where a step may stand; the last is never left out. */
static void put_places(struct scene *scene, struct ladder_number_view *v)
{
    bool is_last = str_same(v->field, S("message__place"));
    struct choice *made;

    if (!str_ends(v->field, S("__place"))) return;
    made = NEW_MANY(scene->arena, struct choice, LADDER_LEVELS);
    for (int place = is_last; place < LADDER_LEVELS; place++) {
        struct str value = arena_print(scene->arena, "%d", place);

        made[v->places_count++] =
            (struct choice){.value = value,
                            .label = place ? value : text_in(scene->language, T("Not a step")),
                            .chosen = str_same(value, v->entry)};
    }
    v->places = made;
}

static struct ladder_number_view number_row(const struct request *request,
                                            const struct form_state *state, size_t place,
                                            const struct ladder_policy_form *values)
{
    const struct field *field = &ladder_policy_form.fields[place];
    struct scene *scene = request->scene;
    int64_t amount;
    struct ladder_number_view v = {.field = str_of(field->name),
                                   .label = text_in(scene->language, field->label),
                                   .hint = field->hint[0] ? text_in(scene->language, field->hint)
                                                          : S(""),
                                   .unit = form_unit(field, scene->language)};

    memcpy(&amount, (const char *)values + field->at, sizeof amount);
    v.entry = state ? state->given[place]
                    : form_amount(scene->arena, scene->language, field->kind, amount);
    put_places(scene, &v);
    if (state && state->wrong[place]) {
        v.is_wrong = true;
        v.wrong = text_fill(scene->arena, scene->language, state->wrong[place]->text,
                            state->detail[place], S(""), S(""));
    }
    return v;
}

static struct ladder_group_view group_of(struct scene *scene, const struct ladder_policy *policy,
                                         size_t which)
{
    enum ladder_level level = groups[which].level;
    int64_t rung = ladder_rung(policy, level);
    struct str name = text_in(scene->language, ladder_level_name(level));

    if (level == LADDER_DUTY) name = text_in(scene->language, T("All steps"));
    return (struct ladder_group_view){
        .title =
            rung ? arena_print(scene->arena, "%lld · %.*s", (long long)rung, STR_ARGS(name)) : name,
        .rung = rung,
        .is_out = level != LADDER_DUTY && !rung,
        .about = text_in(scene->language, groups[which].about)};
}

/* What is common to all, then the steps from below; last what is left out. */
static int by_rung(const void *a, const void *b)
{
    const struct ladder_group_view *x = a, *y = b;

    if (x->is_out != y->is_out) return x->is_out ? 1 : -1;
    return (x->rung > y->rung) - (x->rung < y->rung);
}

static void show_numbers(const struct request *request, const struct ladder_policy *policy,
                         struct ladder_admin_view *v)
{
    const struct form_state *state = request->face ? request->face->form : NULL;
    struct scene *scene = request->scene;
    struct ladder_number_view *numbers =
        NEW_MANY(scene->arena, struct ladder_number_view, FORM_FIELDS_MAX);
    struct ladder_group_view *made =
        NEW_MANY(scene->arena, struct ladder_group_view, COUNT(groups));
    struct ladder_policy_form values;

    if (state && state->form != &ladder_policy_form) state = NULL;
    ladder_policy_to_form(policy, &values);
    for (size_t i = 0; i < ladder_policy_form.fields_count; i++) {
        const struct field *field = &ladder_policy_form.fields[i];

        if (!form_is_amount(field->kind)) continue;
        numbers[v->numbers_count] = number_row(request, state, i, &values);
        for (size_t g = 0; g < COUNT(groups); g++) {
            if (strcmp(field->name, groups[g].first)) continue;
            made[v->groups_count] = group_of(scene, policy, g);
            made[v->groups_count++].numbers = &numbers[v->numbers_count];
        }
        v->numbers_count++;
        made[v->groups_count - 1].numbers_count++;
    }
    qsort(made, v->groups_count, sizeof *made, by_rung);
    v->numbers = numbers;
    v->groups = made;
}

static struct outcome show_versions(struct scene *scene, struct str division,
                                    struct ladder_admin_view *v)
{
    const struct ladder_list_versions_row *rows;
    struct ladder_version_view *made;

    TRY(ladder_list_versions(scene->arena, scene->store, division, &rows, &v->versions_count));
    made = NEW_MANY(scene->arena, struct ladder_version_view, v->versions_count + 1);
    for (size_t i = 0; i < v->versions_count; i++)
        made[i] = (struct ladder_version_view){.version = rows[i].version_number,
                                               .at = rows[i].at,
                                               .by = rows[i].person_name,
                                               .is_as_city = rows[i].is_as_city != 0,
                                               .note = rows[i].note};
    v->versions = made;
    return DONE;
}

/* ---- borders ---- */

static bool touch(const struct ladder_border *borders, size_t count, struct str a, struct str b)
{
    for (size_t i = 0; i < count; i++) {
        if ((str_same(borders[i].division, a) && str_same(borders[i].neighbour, b)) ||
            (str_same(borders[i].division, b) && str_same(borders[i].neighbour, a)))
            return true;
    }
    return false;
}

static void show_district(struct scene *scene, const struct identity_division *rows, size_t count,
                          size_t which, const struct ladder_border *borders, size_t borders_count,
                          struct ladder_district_view *v)
{
    bool is_english = scene->language == LANGUAGE_EN;
    struct choice *others = NEW_MANY(scene->arena, struct choice, count);

    *v = (struct ladder_district_view){.division = rows[which].division,
                                       .name =
                                           is_english ? rows[which].name_en : rows[which].name_zh,
                                       .neighbours = S("")};
    for (size_t i = 0; i < count; i++) {
        struct str name = is_english ? rows[i].name_en : rows[i].name_zh;
        bool is_near = touch(borders, borders_count, rows[which].division, rows[i].division);

        if (i == which) continue;
        others[v->others_count++] =
            (struct choice){.value = rows[i].division, .label = name, .chosen = is_near};
        if (!is_near) continue;
        v->neighbours = v->neighbours.len ? arena_print(scene->arena, "%.*s, %.*s",
                                                        STR_ARGS(v->neighbours), STR_ARGS(name))
                                          : name;
    }
    v->others = others;
}

static struct outcome show_districts(struct scene *scene, struct ladder_admin_view *v)
{
    const struct identity_division *top, *rows;
    const struct ladder_border *borders;
    struct ladder_district_view *made;
    size_t top_count, borders_count;

    TRY(identity_division_children(scene, S(""), &top, &top_count));
    if (top_count == 0) return DONE;
    TRY(identity_division_children(scene, top[0].division, &rows, &v->districts_count));
    TRY(ladder_borders(scene, &borders, &borders_count));
    made = NEW_MANY(scene->arena, struct ladder_district_view, v->districts_count + 1);
    for (size_t i = 0; i < v->districts_count; i++)
        show_district(scene, rows, v->districts_count, i, borders, borders_count, &made[i]);
    v->districts = made;
    return DONE;
}

/* Which districts go by numbers of their own; they stand in the order of the borders. */
static struct outcome show_owns(struct scene *scene, struct ladder_admin_view *v)
{
    const struct ladder_list_own_divisions_row *rows;
    struct ladder_own_view *made =
        NEW_MANY(scene->arena, struct ladder_own_view, v->districts_count + 1);
    size_t count;

    TRY(ladder_list_own_divisions(scene->arena, scene->store, &rows, &count));
    for (size_t i = 0; i < v->districts_count; i++) {
        made[i] = (struct ladder_own_view){.division = v->districts[i].division,
                                           .name = v->districts[i].name};
        for (size_t k = 0; k < count; k++) {
            if (str_same(rows[k].division, made[i].division))
                made[i].version = rows[k].version_number;
        }
    }
    v->owns = made;
    v->owns_count = v->districts_count;
    return DONE;
}

static struct outcome show_policy(struct request *request, struct str division,
                                  struct ladder_admin_view *v)
{
    struct scene *scene = request->scene;
    const struct form_state *state = request->face ? request->face->form : NULL;
    struct ladder_policy policy;

    TRY(ladder_policy(scene, division, &policy));
    v->version = policy.version;
    TRY(outcome_allows(ladder_need_city(scene), &v->may_change));
    if (state && state->form == &ladder_policy_form)
        v->note = state->given[form_place(&ladder_policy_form, S("note"))];
    show_numbers(request, &policy, v);
    return show_versions(scene, division, v);
}

struct outcome ladder_show_admin(struct request *request, const void *query, void *view)
{
    struct ladder_admin_view *v = view;

    (void)query;
    TRY(show_policy(request, S(""), v));
    TRY(show_districts(request->scene, v));
    return show_owns(request->scene, v);
}

struct outcome ladder_show_district(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct ladder_of_form *f = query;
    struct ladder_admin_view *v = view;
    struct ladder_find_version_row version;
    bool found;

    TRY(identity_division_exists(scene, f->division, &found));
    if (!found || !str_same(f->division, ladder_district(f->division)) || f->division.len < 6)
        return REFUSE(act_unknown);
    v->division = f->division;
    TRY(identity_division_name(scene, f->division, &v->division_name));
    TRY(ladder_find_version(scene->arena, scene->store, f->division, scene->now, &version, &found));
    v->is_as_city = !found || version.is_as_city;
    return show_policy(request, f->division, v);
}
