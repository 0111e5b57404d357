/* ladder_policy.c -- the policy and the districts' borders, as an administrator keeps them.
 *
 *  (1) Only an administrator of the whole city changes them; every change is a new version with
 *      its reason, and nothing of an older one is lost.
 *  (2) What the rules would refuse (ladder_check) is not kept.
 *  (3) A district goes by its own newest version, or by the city's when it has none or was set
 *      back.
 *  (4) The order of the rungs is among the numbers: the place of each, 0 where a ladder has none.
 */
#include "bureau/ladder/ladder_inside.h"
#include "desk/identity/identity_acts.h"

#include <string.h>

enum { DISTRICT_DIGITS = 6 };

const struct reason ladder_unknown_division = {"ladder.unknown-division",
                                               T("Please choose districts from the list."), 0};

static const moment always = INT64_MAX;

#define RULE_OF(f, level)                                                                          \
    ((struct ladder_rule){(f)->level##__waiting_min, (f)->level##__up_percent,                     \
                          (f)->level##__up_seconds, (f)->level##__down_percent,                    \
                          (f)->level##__down_seconds})
#define RULE_TO(f, level, rule)                                                                    \
    do {                                                                                           \
        (f)->level##__waiting_min = (rule).waiting_min;                                            \
        (f)->level##__up_percent = (rule).up_percent;                                              \
        (f)->level##__up_seconds = (rule).up_seconds;                                              \
        (f)->level##__down_percent = (rule).down_percent;                                          \
        (f)->level##__down_seconds = (rule).down_seconds;                                          \
    } while (0)

void ladder_policy_to_form(const struct ladder_policy *p, struct ladder_policy_form *f)
{
    *f = (struct ladder_policy_form){.rise_seconds = p->rise_seconds,
                                     .calm_seconds = p->calm_seconds,
                                     .depth = p->depth,
                                     .ring_seconds = p->ring_seconds,
                                     .priority_min = p->priority_min,
                                     .call_count = p->call_count,
                                     .call_seconds = p->call_seconds,
                                     .per_person = p->per_person,
                                     .coming_max = p->coming_max,
                                     .coming_seconds = p->coming_seconds,
                                     .day_max = p->day_max,
                                     .from_minute = p->from_minute,
                                     .to_minute = p->to_minute,
                                     .credit_minutes = p->credit_minutes};
    f->neighbour__place = p->places[LADDER_NEIGHBOUR];
    f->backup__place = p->places[LADDER_BACKUP];
    f->choice__place = p->places[LADDER_CHOICE];
    f->message__place = p->places[LADDER_MESSAGE];
    RULE_TO(f, neighbour, p->rules[LADDER_NEIGHBOUR]);
    RULE_TO(f, backup, p->rules[LADDER_BACKUP]);
    RULE_TO(f, choice, p->rules[LADDER_CHOICE]);
    RULE_TO(f, message, p->rules[LADDER_MESSAGE]);
}

struct ladder_policy ladder_policy_of_form(const struct ladder_policy_form *f)
{
    return (struct ladder_policy){.rules = {[LADDER_NEIGHBOUR] = RULE_OF(f, neighbour),
                                            [LADDER_BACKUP] = RULE_OF(f, backup),
                                            [LADDER_CHOICE] = RULE_OF(f, choice),
                                            [LADDER_MESSAGE] = RULE_OF(f, message)},
                                  .places = {[LADDER_NEIGHBOUR] = f->neighbour__place,
                                             [LADDER_BACKUP] = f->backup__place,
                                             [LADDER_CHOICE] = f->choice__place,
                                             [LADDER_MESSAGE] = f->message__place},
                                  .rise_seconds = f->rise_seconds,
                                  .calm_seconds = f->calm_seconds,
                                  .depth = f->depth,
                                  .ring_seconds = f->ring_seconds,
                                  .priority_min = f->priority_min,
                                  .call_count = f->call_count,
                                  .call_seconds = f->call_seconds,
                                  .per_person = f->per_person,
                                  .coming_max = f->coming_max,
                                  .coming_seconds = f->coming_seconds,
                                  .day_max = f->day_max,
                                  .from_minute = f->from_minute,
                                  .to_minute = f->to_minute,
                                  .credit_minutes = f->credit_minutes};
}

static struct outcome read_numbers(struct scene *scene, int64_t version,
                                   struct ladder_policy *policy)
{
    const struct ladder_list_numbers_row *rows;
    struct ladder_policy_form form;
    size_t count;

    *policy = ladder_policy_default;
    TRY(ladder_list_numbers(scene->arena, scene->store, version, &rows, &count));
    ladder_policy_to_form(policy, &form); /* a number added since keeps its usual value */
    for (size_t i = 0; i < count; i++) {
        int place = form_place(&ladder_policy_form, rows[i].number_name);

        if (place < 0 || !form_is_amount(ladder_policy_form.fields[place].kind)) continue;
        memcpy((char *)&form + ladder_policy_form.fields[place].at, &rows[i].amount,
               sizeof rows[i].amount);
    }
    *policy = ladder_policy_of_form(&form);
    policy->version = version;
    return DONE;
}

static bool is_district(struct str division)
{
    return division.len >= DISTRICT_DIGITS;
}

static struct outcome of_district(struct scene *scene, struct str division, moment at,
                                  const struct ladder_policy *city, struct ladder_policy *policy)
{
    struct str district = ladder_district(division);
    struct ladder_find_version_row version;
    bool found = false;

    *policy = *city;
    if (!is_district(district)) return DONE;
    TRY(ladder_find_version(scene->arena, scene->store, district, at, &version, &found));
    if (!found || version.is_as_city) return DONE;
    return read_numbers(scene, version.version_number, policy);
}

struct outcome ladder_policy_of(struct scene *scene, struct str division,
                                const struct ladder_policy *city, struct ladder_policy *policy)
{
    return of_district(scene, division, always, city, policy);
}

struct outcome ladder_policy_at(struct scene *scene, struct str division, moment at,
                                struct ladder_policy *policy)
{
    struct ladder_policy city = ladder_policy_default;
    struct ladder_find_version_row version;
    bool found;

    TRY(ladder_find_version(scene->arena, scene->store, S(""), at, &version, &found));
    if (found) TRY(read_numbers(scene, version.version_number, &city));
    return of_district(scene, division, at, &city, policy);
}

struct outcome ladder_policy(struct scene *scene, struct str division, struct ladder_policy *policy)
{
    return ladder_policy_at(scene, division, always, policy);
}

struct outcome ladder_borders(struct scene *scene, const struct ladder_border **borders,
                              size_t *count)
{
    const struct ladder_list_borders_row *rows;
    struct ladder_border *made;

    TRY(ladder_list_borders(scene->arena, scene->store, &rows, count));
    made = NEW_MANY(scene->arena, struct ladder_border, *count + 1);
    for (size_t i = 0; i < *count; i++)
        made[i] = (struct ladder_border){rows[i].division, rows[i].neighbour};
    *borders = made;
    return DONE;
}

struct outcome ladder_need_city(struct scene *scene)
{
    struct ladder_count_city_admin_row row;
    bool found;

    TRY(ladder_count_city_admin(scene->store, scene->actor.person_id, &row, &found));
    return row.roles_count ? DONE : REFUSE(act_not_yours);
}

/* ---- acts ---- */

static struct outcome need_district(struct scene *scene, struct str division)
{
    bool exists;

    TRY(identity_division_exists(scene, division, &exists));
    return exists ? DONE : REFUSE(ladder_unknown_division);
}

static struct outcome add_version(struct scene *scene, struct str division, struct str note,
                                  bool is_as_city, int64_t *version)
{
    struct ladder_find_last_version_row last;
    bool found;

    TRY(ladder_need_city(scene));
    if (division.len) {
        if (division.len != DISTRICT_DIGITS) return REFUSE(ladder_unknown_division);
        TRY(need_district(scene, division));
    }
    TRY(ladder_find_last_version(scene->store, &last, &found));
    *version = last.version_number + 1;
    scene->detail = arena_print(scene->arena, "version %lld%s%.*s%s", (long long)*version,
                                division.len ? " of " : "", STR_ARGS(division),
                                is_as_city ? " as the city" : "");
    return ladder_add_version(scene->store, *version, scene->now, scene->actor.person_id, note,
                              division, is_as_city);
}

/* The order, for the journal: "neighbour backup choice message". */
static struct str order_of(struct arena *arena, const struct ladder_policy *policy)
{
    struct str order = S("");

    for (enum ladder_level level = ladder_next(policy, LADDER_DUTY, 1); level != LADDER_LEVELS;
         level = ladder_next(policy, level, 1))
        order =
            arena_print(arena, "%.*s %.*s", STR_ARGS(order), STR_ARGS(ladder_level_word(level)));
    return order;
}

static struct outcome save_policy(struct scene *scene, const void *form, void *result)
{
    const struct ladder_policy_form *f = form;
    struct ladder_policy policy = ladder_policy_of_form(f);
    struct ladder_policy_form kept;
    int64_t version;

    (void)result;
    TRY(ladder_need_city(scene));
    TRY(ladder_check(&policy));
    ladder_close_gaps(&policy);
    ladder_policy_to_form(&policy, &kept);
    TRY(add_version(scene, f->division, f->note, false, &version));
    scene->detail = arena_print(scene->arena, "%.*s:%.*s", STR_ARGS(scene->detail),
                                STR_ARGS(order_of(scene->arena, &policy)));
    for (size_t i = 0; i < ladder_policy_form.fields_count; i++) {
        const struct field *field = &ladder_policy_form.fields[i];
        int64_t amount;

        if (!form_is_amount(field->kind)) continue;
        memcpy(&amount, (const char *)&kept + field->at, sizeof amount);
        TRY(ladder_add_number(scene->store, version, str_of(field->name), amount));
    }
    return DONE;
}

static struct outcome set_as_city(struct scene *scene, const void *form, void *result)
{
    const struct ladder_as_city_form *f = form;
    int64_t version;

    (void)result;
    return add_version(scene, f->division, f->note, true, &version);
}

static struct outcome add_border(struct scene *scene, struct str a, struct str b)
{
    bool is_first = a.len == b.len ? memcmp(a.at, b.at, a.len) < 0 : a.len < b.len;

    return ladder_add_border(scene->store, is_first ? a : b, is_first ? b : a);
}

struct outcome ladder_first_border(struct scene *scene, struct str division, struct str neighbour)
{
    return add_border(scene, division, neighbour);
}

static struct outcome save_border(struct scene *scene, const void *form, void *result)
{
    const struct ladder_border_form *f = form;
    struct str rest = f->neighbours;

    (void)result;
    TRY(ladder_need_city(scene));
    TRY(need_district(scene, f->division));
    TRY(ladder_drop_borders_of(scene->store, f->division));
    while (rest.len) {
        struct str neighbour = str_cut(rest, ' ', &rest);

        if (!neighbour.len || str_same(neighbour, f->division)) continue;
        TRY(need_district(scene, neighbour));
        TRY(add_border(scene, f->division, neighbour));
    }
    scene->detail = f->division;
    return DONE;
}

const struct act ladder_act_policy = {
    .name = "ladder.policy", .who = WHO_ADMIN, .form = &ladder_policy_form, .run = save_policy};
const struct act ladder_act_as_city = {
    .name = "ladder.as_city", .who = WHO_ADMIN, .form = &ladder_as_city_form, .run = set_as_city};
const struct act ladder_act_border = {
    .name = "ladder.border", .who = WHO_ADMIN, .form = &ladder_border_form, .run = save_border};

#define FORM_THIS ladder_policy_form
FORM_TABLE(ladder_policy, LADDER_POLICY_FORM)
#undef FORM_THIS
#define FORM_THIS ladder_as_city_form
FORM_TABLE(ladder_as_city, LADDER_AS_CITY_FORM)
#undef FORM_THIS
#define FORM_THIS ladder_border_form
FORM_TABLE(ladder_border, LADDER_BORDER_FORM)
#undef FORM_THIS
