/* assignment_policy.c -- the policy, version by version.
 *
 *  (1) A change makes a new version, with who, when and why; no version is changed or removed.
 *  (2) It is the same in the whole city: an administrator of the whole city changes it.
 *  (3) Two who change it at once do not undo each other unseen: the second is told. */
#include "bureau/assignment/assignment_views.h"
#include "bureau/people/people_acts.h"

static const struct reason assignment_changed_meanwhile = {
    "assignment.changed-meanwhile",
    T("Somebody else has changed the policy meanwhile. Please look at the new version first."),
    409};
static const struct reason assignment_unchanged = {
    "assignment.unchanged", T("Nothing is different from the version in force."), 409};

/* What is kept is within bounds, or was never kept. */
static struct outcome read_kept(struct str numbers, int64_t version,
                                struct assignment_policy *policy)
{
    struct str wrong;

    *policy = assignment_policy_default;
    if (!IS_DONE(assignment_policy_read(numbers, policy, &wrong)))
        return FAULT("the policy of assignment in the store is not within its bounds");
    policy->version = version;
    return DONE;
}

struct outcome assignment_policy_now(struct scene *scene, struct assignment_policy *policy)
{
    struct assignment_find_policy_row row;
    bool found;

    *policy = assignment_policy_default;
    TRY(assignment_find_policy(scene->arena, scene->store, &row, &found));
    return found ? read_kept(row.numbers, row.policy_version, policy) : DONE;
}

struct outcome assignment_policy_of(struct scene *scene, int64_t version,
                                    struct assignment_policy *policy)
{
    struct assignment_find_version_row row;
    bool found;

    *policy = assignment_policy_default;
    if (version == 0) return DONE;
    TRY(assignment_find_version(scene->arena, scene->store, version, &row, &found));
    return found ? read_kept(row.numbers, version, policy) : REFUSE(act_unknown);
}

struct outcome assignment_policy_at(struct scene *scene, moment at,
                                    struct assignment_policy *policy)
{
    struct assignment_find_policy_at_row row;
    bool found;

    TRY(assignment_find_policy_at(scene->store, at, &row, &found));
    return assignment_policy_of(scene, found ? row.policy_version : 0, policy);
}

/* Of an administrator, and of the whole city. */
static struct outcome keeps_city(struct scene *scene, bool *keeps)
{
    struct outcome outcome = people_need_city(scene);

    *keeps = IS_DONE(outcome);
    return outcome.refusal == &act_not_yours ? DONE : outcome;
}

#define TAKE(X, kind, name, usual, least, most, label, hint) .name = f->name,
static struct outcome change(struct scene *scene, const void *form, void *result)
{
    const struct assignment_policy_form *f = form;
    struct assignment_policy before, after = {ASSIGNMENT_POLICY_FIELDS(TAKE, _)};
    struct assignment_made_view *told = result;
    struct str wrong, numbers;
    bool keeps;

    TRY(keeps_city(scene, &keeps));
    if (!keeps) return REFUSE(act_not_yours);
    TRY(assignment_policy_now(scene, &before));
    if (before.version != f->version) return REFUSE(assignment_changed_meanwhile);
    TRY(assignment_policy_check(&after, &wrong));
    numbers = assignment_policy_text(scene->arena, &after);
    if (str_same(numbers, assignment_policy_text(scene->arena, &before)))
        return REFUSE(assignment_unchanged);
    told->version = before.version + 1;
    scene->detail = arena_print(scene->arena, "version %lld", (long long)told->version);
    if (after.window_days != before.window_days)
        TRY(clock_set(scene, "assignment.night", 0, scene->now));
    return assignment_add_policy(scene->store, told->version, scene->now, scene->actor.person_id,
                                 f->why, numbers);
}

const struct act assignment_act_policy = {.name = "assignment.policy",
                                          .who = WHO_ADMIN,
                                          .form = &assignment_policy_form,
                                          .result = &assignment_made_view,
                                          .run = change};

/* ---- pages ---- */

/* As the form writes it, with its unit: 30 s, 14 days; points have none. */
static struct str said(struct scene *scene, const struct assignment_number *number, int64_t value)
{
    int place = form_place(&assignment_policy_form, str_of(number->name));
    const struct field *field = &assignment_policy_form.fields[place];
    struct str amount = form_amount(scene->arena, scene->language, field->kind, value);
    struct str unit = form_unit(field, scene->language);

    return unit.len ? arena_print(scene->arena, "%.*s %.*s", STR_ARGS(amount), STR_ARGS(unit))
                    : amount;
}

static struct assignment_number_view *numbers_of(struct scene *scene,
                                                 const struct assignment_policy *policy,
                                                 const struct assignment_policy *before)
{
    struct assignment_number_view *made =
        NEW_MANY(scene->arena, struct assignment_number_view, ASSIGNMENT_NUMBERS);

    for (size_t i = 0; i < ASSIGNMENT_NUMBERS; i++) {
        const struct assignment_number *number = &assignment_numbers[i];

        made[i] = (struct assignment_number_view){.name = str_of(number->name),
                                                  .label = text_in(scene->language, number->label),
                                                  .hint = text_in(scene->language, number->hint),
                                                  .value = assignment_number_of(policy, i),
                                                  .before = assignment_number_of(before, i),
                                                  .usual = number->usual,
                                                  .least = number->least,
                                                  .most = number->most};
        made[i].value_text = said(scene, number, made[i].value);
        made[i].before_text = said(scene, number, made[i].before);
        made[i].usual_text = said(scene, number, number->usual);
        made[i].least_text = said(scene, number, number->least);
        made[i].most_text = said(scene, number, number->most);
        made[i].is_changed = made[i].value != made[i].before;
    }
    return made;
}

static struct outcome before_of(struct scene *scene, int64_t version,
                                struct assignment_policy *before)
{
    return assignment_policy_of(scene, version > 0 ? version - 1 : 0, before);
}

/* The first line of the list is what was delivered. */
static struct outcome show_versions(struct scene *scene, struct assignment_policy_view *v)
{
    const struct assignment_list_versions_row *rows;
    struct assignment_version_view *versions;
    size_t count;

    TRY(assignment_list_versions(scene->arena, scene->store, &rows, &count));
    versions = NEW_MANY(scene->arena, struct assignment_version_view, count + 1);
    for (size_t i = 0; i < count; i++)
        versions[i] = (struct assignment_version_view){.version = rows[i].policy_version,
                                                       .made_at = rows[i].made_at,
                                                       .by = rows[i].person_name,
                                                       .why = rows[i].why,
                                                       .in_force = i == 0};
    versions[count] = (struct assignment_version_view){
        .why = text_in(scene->language, T("As delivered")), .in_force = count == 0};
    v->versions = versions;
    v->versions_count = count + 1;
    return DONE;
}

#define SHOW(X, kind, name, usual, least, most, label, hint)                                       \
    v->name = form_amount(scene->arena, scene->language, FIELD_##kind, policy.name);
struct outcome assignment_show_policy(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct assignment_policy_view *v = view;
    struct assignment_policy policy, before;

    (void)query;
    TRY(assignment_policy_now(scene, &policy));
    TRY(before_of(scene, policy.version, &before));
    ASSIGNMENT_POLICY_FIELDS(SHOW, _)
    v->version = policy.version;
    v->numbers = numbers_of(scene, &policy, &before);
    v->numbers_count = ASSIGNMENT_NUMBERS;
    v->is_changing = request->face && request->face->form &&
                     request->face->form->form == &assignment_policy_form;
    TRY(keeps_city(scene, &v->may_change));
    return show_versions(scene, v);
}

struct outcome assignment_show_version(struct request *request, const void *query, void *view)
{
    const struct assignment_version_form *f = query;
    struct scene *scene = request->scene;
    struct assignment_version_view *v = view;
    struct assignment_find_version_row row;
    struct assignment_policy policy, before, now;
    bool found;

    TRY(assignment_policy_of(scene, f->version, &policy));
    TRY(before_of(scene, f->version, &before));
    TRY(assignment_policy_now(scene, &now));
    *v = (struct assignment_version_view){.version = f->version,
                                          .why = text_in(scene->language, T("As delivered")),
                                          .in_force = now.version == f->version,
                                          .numbers = numbers_of(scene, &policy, &before),
                                          .numbers_count = ASSIGNMENT_NUMBERS};
    if (f->version == 0) return DONE;
    TRY(assignment_find_version(scene->arena, scene->store, f->version, &row, &found));
    if (!found) return REFUSE(act_unknown);
    v->made_at = row.made_at;
    v->by = row.person_name;
    v->why = row.why;
    return DONE;
}
