/* register_public.c -- what everybody may read about those who serve.
 *
 *  (1) Public are name, profession, team, district, licence, fields, languages and memberships:
 *      residents must be able to see who advises them.  No number, no address, no sign-in name.
 *  (2) The directory shows those who could serve today and would like to stand in it; a person's
 *      own page stays after that, so that what they did can be checked.
 *  (3) Figures come from the record of cases; stars only when enough people have given them.
 *  (4) A sanction is shown as long as the rule that published it says.
 *  (5) Best fits who is on line, then who is close to the place that was chosen, then who has the
 *      better mark, few ratings counting little, then who has served more.  The page says so. */
#include "bureau/register/register_views.h"
#include "desk/identity/identity_acts.h"
#include "gen/register_html.h"
#include "platform/known.h"

enum { ROWS_A_PAGE = 50, ON_LINE_SECONDS = 120, PEOPLE_A_MINUTE = 120 };

static const struct {
    const char *word, *name;
} measures[] = {
    {"warning", T("Warned")}, {"suspension", T("Suspended")}, {"removal", T("Removed")}};

struct str register_stars(struct scene *scene, int64_t stars_sum, int64_t count)
{
    int64_t tenths = register_rating_tenths(stars_sum, count);

    if (tenths < 0) return S("");
    return arena_print(scene->arena, "%lld.%lld", (long long)(tenths / 10),
                       (long long)(tenths % 10));
}

/* ---- the directory ---- */

static struct str pattern_of(struct scene *scene, struct str typed)
{
    char *at = arena_take(scene->arena, 1, typed.len * 2 + 3);
    size_t len = 0;

    at[len++] = '%';
    for (size_t i = 0; i < typed.len; i++) {
        if (typed.at[i] == '%' || typed.at[i] == '_' || typed.at[i] == '!') at[len++] = '!';
        at[len++] = typed.at[i];
    }
    if (typed.len) at[len++] = '%';
    return (struct str){at, len};
}

static const struct choice *with_all(struct scene *scene, const struct choice *rows, size_t *count)
{
    struct choice *made = NEW_MANY(scene->arena, struct choice, *count + 1);

    made[0].label = text_in(scene->language, T("All"));
    for (size_t i = 0; i < *count; i++) made[i + 1] = rows[i];
    ++*count;
    return made;
}

/* (5) */
static const struct {
    const char *word, *name;
} orders[] = {{"", T("Who fits best")},
              {"rating", T("Best marks first")},
              {"experience", T("Most people served first")},
              {"near", T("Closest first")}};
#define ORDER_WORDS "rating experience near"

static const struct choice *order_choices(struct scene *scene, struct str chosen)
{
    struct choice *made = NEW_MANY(scene->arena, struct choice, COUNT(orders));

    for (size_t i = 0; i < COUNT(orders); i++)
        made[i] = (struct choice){.value = str_of(orders[i].word),
                                  .label = text_in(scene->language, orders[i].name),
                                  .chosen = str_same(chosen, str_of(orders[i].word))};
    return made;
}

static struct outcome show_choices(struct scene *scene, const struct register_directory_form *f,
                                   struct register_directory_view *v)
{
    struct people_choice_list list = people_profession_choices(scene, NULL, f->profession);
    const struct identity_division *rows;
    struct choice *divisions;
    size_t count;

    v->professions_count = list.count;
    v->professions = with_all(scene, list.rows, &v->professions_count);
    TRY(people_field_choices(scene, f->field, &list));
    v->fields_count = list.count;
    v->fields = with_all(scene, list.rows, &v->fields_count);
    list = people_language_choices(scene, f->language);
    v->languages_count = list.count;
    v->languages = with_all(scene, list.rows, &v->languages_count);
    TRY(identity_division_children(scene, S("31"), &rows, &count));
    divisions = NEW_MANY(scene->arena, struct choice, count + 1);
    for (size_t i = 0; i < count; i++)
        divisions[i] = (struct choice){.value = rows[i].division,
                                       .label = scene->language == LANGUAGE_EN ? rows[i].name_en
                                                                               : rows[i].name_zh,
                                       .chosen = str_same(rows[i].division, f->division)};
    v->divisions_count = v->nears_count = count;
    v->divisions = with_all(scene, divisions, &v->divisions_count);
    for (size_t i = 0; i < count; i++) divisions[i].chosen = str_same(rows[i].division, f->near);
    v->nears = with_all(scene, divisions, &v->nears_count);
    v->orders = order_choices(scene, f->order);
    v->orders_count = COUNT(orders);
    return DONE;
}

static struct outcome show_directory(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct register_directory_form *f = query;
    struct register_directory_view *v = view;
    const struct register_list_directory_row *rows;
    struct register_listing_view *made;
    size_t rows_max = f->limit ? (size_t)f->limit : ROWS_A_PAGE;

    TRY(register_list_directory(
        scene->arena, scene->store,
        &(struct register_list_directory_values){.state__order = f->order,
                                                 .seen_at = scene->now - ON_LINE_SECONDS,
                                                 .division__near = f->near,
                                                 .licence_until = scene->now,
                                                 .profession = f->profession,
                                                 .division = f->division,
                                                 .field = f->field,
                                                 .language = f->language,
                                                 .person_name__like = pattern_of(scene, f->q),
                                                 .is_active__free = f->free,
                                                 .served_count__place = f->after,
                                                 .max_rows = (int64_t)rows_max + 1},
        &rows, &v->people_count));
    if (v->people_count > rows_max) {
        v->people_count = rows_max;
        v->next = arena_print(scene->arena, "%lld", (long long)f->after + (long long)rows_max);
    }
    made = NEW_MANY(scene->arena, struct register_listing_view, v->people_count + 1);
    for (size_t i = 0; i < v->people_count; i++) {
        made[i] = (struct register_listing_view){
            .person = rows[i].person_id,
            .name = rows[i].person_name,
            .profession = rows[i].profession,
            .profession_name = people_profession_name(scene->language, rows[i].profession),
            .division = rows[i].division,
            .team = scene->language == LANGUAGE_EN ? rows[i].team_en : rows[i].team_zh,
            .served = rows[i].served_count,
            .stars = register_stars(scene, rows[i].stars_sum, rows[i].ratings_count),
            .is_on_line = str_same(rows[i].presence, S("online")) &&
                          rows[i].seen_at >= scene->now - ON_LINE_SECONDS};
        TRY(people_division_name(scene, rows[i].division, &made[i].division_name));
    }
    v->people = made;
    v->q = f->q, v->profession = f->profession, v->division = f->division;
    v->field = f->field, v->language = f->language;
    v->order = f->order, v->near = f->near, v->is_free = f->free;
    v->is_bounded = f->q.len || f->profession.len || f->division.len || f->field.len ||
                    f->language.len || f->order.len || f->near.len || f->free;
    return request->is_api ? DONE : show_choices(scene, f, v);
}

struct outcome register_find(struct scene *scene, struct str words, size_t max,
                             const struct register_found **people, size_t *count)
{
    const struct register_list_directory_row *rows;
    struct register_found *made;

    TRY(register_list_directory(
        scene->arena, scene->store,
        &(struct register_list_directory_values){
            .state__order = S(""),
            .seen_at = scene->now - ON_LINE_SECONDS,
            .division__near = S(""),
            .licence_until = scene->now,
            .profession = S(""),
            .division = S(""),
            .field = S(""),
            .language = S(""),
            .person_name__like = pattern_of(scene, words),
            .max_rows = (int64_t)(max < REGISTER_FOUND_MAX ? max : REGISTER_FOUND_MAX)},
        &rows, count));
    made = NEW_MANY(scene->arena, struct register_found, *count + 1);
    for (size_t i = 0; i < *count; i++)
        made[i] = (struct register_found){
            .person_id = rows[i].person_id,
            .name = rows[i].person_name,
            .profession = people_profession_name(scene->language, rows[i].profession),
            .team = scene->language == LANGUAGE_EN ? rows[i].team_en : rows[i].team_zh};
    *people = made;
    return DONE;
}

/* ---- one person ---- */

static struct outcome show_known(struct scene *scene, id person_id, struct register_profile_view *v)
{
    const struct register_list_fields_of_row *fields;
    const struct register_list_languages_of_row *languages;
    const struct register_list_memberships_row *teams;
    size_t count;

    TRY(register_list_fields_of(scene->arena, scene->store, person_id, &fields, &count));
    for (size_t i = 0; i < count; i++)
        v->fields = arena_print(scene->arena, "%.*s%s%.*s", STR_ARGS(v->fields), i ? " " : "",
                                STR_ARGS(fields[i].field));
    TRY(register_names_of_fields(scene, v->fields, &v->field_names));
    TRY(register_list_languages_of(scene->arena, scene->store, person_id, &languages, &count));
    for (size_t i = 0; i < count; i++)
        v->languages = arena_print(scene->arena, "%.*s%s%.*s", STR_ARGS(v->languages), i ? " " : "",
                                   STR_ARGS(languages[i].language));
    v->language_names = register_names_of_languages(scene, v->languages);
    TRY(register_list_memberships(scene->arena, scene->store, person_id, &teams, &count));
    for (size_t i = 0; i < count; i++)
        v->associations = arena_print(
            scene->arena, "%.*s%s%.*s", STR_ARGS(v->associations), i ? " · " : "",
            STR_ARGS(scene->language == LANGUAGE_EN ? teams[i].team_en : teams[i].team_zh));
    return DONE;
}

static struct outcome show_service(struct scene *scene, id person_id,
                                   struct register_profile_view *v)
{
    struct register_sum_service_of_row row;
    bool found;

    TRY(register_sum_service_of(scene->store, person_id, &row, &found));
    v->served = row.cases_count;
    v->answered = row.answered_count;
    v->in_time = row.timely_count;
    v->in_time_percent = row.answered_count ? row.timely_count * 100 / row.answered_count : -1;
    v->has_percent = row.answered_count > 0;
    v->since = row.served_at__first;
    v->ratings = row.ratings_count;
    v->stars = register_stars(scene, row.stars_sum, row.ratings_count);
    return DONE;
}

static struct outcome show_sanctions(struct scene *scene, id person_id,
                                     struct register_profile_view *v)
{
    const struct register_list_sanctions_of_row *rows;
    struct register_sanction_view *made;

    TRY(register_list_sanctions_of(scene->arena, scene->store, person_id, scene->now, &rows,
                                   &v->sanctions_count));
    made = NEW_MANY(scene->arena, struct register_sanction_view, v->sanctions_count + 1);
    for (size_t i = 0; i < v->sanctions_count; i++) {
        made[i] = (struct register_sanction_view){.measure = rows[i].measure,
                                                  .ground = rows[i].ground,
                                                  .from_at = rows[i].from_at,
                                                  .until_at = rows[i].until_at};
        for (size_t k = 0; k < COUNT(measures); k++) {
            if (str_same(rows[i].measure, str_of(measures[k].word)))
                made[i].measure_name = text_in(scene->language, measures[k].name);
        }
    }
    v->sanctions = made;
    return DONE;
}

static struct outcome show_person(struct scene *scene, id person_id,
                                  struct register_profile_view *v)
{
    struct register_find_public_row row;
    enum register_licence licence;
    bool found;

    TRY(register_find_public(scene->arena, scene->store, person_id, &row, &found));
    if (!found) return REFUSE(act_unknown);
    licence = register_licence_of(row.verified_at, row.licence_until,
                                  str_same(row.standing, S("active")) &&
                                      str_same(row.standing__account, S("active")),
                                  scene->now);
    *v = (struct register_profile_view){
        .person = row.person_id,
        .name = row.person_name,
        .profession = row.profession,
        .profession_name = people_profession_name(scene->language, row.profession),
        .division = row.division,
        .visit = directory_visit(row.profession),
        .team = scene->language == LANGUAGE_EN ? row.team_en : row.team_zh,
        .licence = row.licence,
        .licence_state = register_licence_word(licence),
        .licence_name = text_in(scene->language, register_licence_name(licence)),
        .licence_css = str_of(register_licence_css(licence)),
        .can_serve = row.verified_at > 0 && str_same(row.standing, S("active")) &&
                     str_same(row.standing__account, S("active")) &&
                     (!row.licence_until || row.licence_until > scene->now),
        .licence_until = row.licence_until,
        .licence_day = row.licence_until ? row.licence_until - 1 : 0,
        .verified_at = row.verified_at};
    TRY(people_division_name(scene, row.division, &v->division_name));
    TRY(show_known(scene, person_id, v));
    TRY(show_service(scene, person_id, v));
    TRY(directory_credit_of(scene, person_id, 0, &v->credits, &v->credits_count));
    return show_sanctions(scene, person_id, v);
}

static struct outcome show_profile(struct request *request, const void *query, void *view)
{
    return show_person(request->scene, ((const struct register_who_form *)query)->person, view);
}

/* ---- one's own ---- */

static struct outcome show_own(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct register_own_view *v = view;
    struct register_profile_view *profile = NEW(scene->arena, struct register_profile_view);
    struct register_find_unlisted_row unlisted;
    struct outcome outcome = show_person(scene, scene->actor.person_id, profile);
    bool found;

    (void)query;
    if (outcome.fault) return outcome;
    if (!outcome.refusal) v->profile = profile; /* else not checked yet: there is no page */
    TRY(register_find_unlisted(scene->store, scene->actor.person_id, &unlisted, &found));
    v->is_listed = unlisted.unlisted_count == 0;
    v->listed_text = v->is_listed ? S("1") : S("");
    v->person = scene->actor.person_id;
    v->is_expiring = str_same(profile->licence_state, S("expires"));
    v->is_over = str_same(profile->licence_state, S("expired"));
    return DONE;
}

static struct outcome set_listed(struct scene *scene, const void *form, void *result)
{
    const struct register_listed_form *f = form;
    id person_id = scene->actor.person_id;

    (void)result;
    scene_about(scene, 0, person_id);
    return f->is_listed ? register_drop_unlisted(scene->store, person_id)
                        : register_add_unlisted(scene->store, person_id);
}

const struct act register_listed = {.name = "register.listed",
                                    .who = WHO_CONSULTANT,
                                    .form = &register_listed_form,
                                    .run = set_listed};

/* ---- what other rooms publish ---- */

struct outcome register_publish(struct scene *scene, const struct register_sanction *sanction)
{
    return register_add_sanction(scene->store, sanction->sanction_id, sanction->person_id,
                                 sanction->measure, sanction->ground, sanction->from_at,
                                 sanction->until_at, sanction->published_until);
}

struct outcome register_unpublish(struct scene *scene, id sanction_id)
{
    return register_withdraw_sanction(scene->store, scene->now, sanction_id);
}

static const struct query_known directory_known[] = {{"profession", NULL, people_knows_profession},
                                                     {"division", NULL, identity_division_exists},
                                                     {"field", NULL, people_knows_field},
                                                     {"language", NULL, people_knows_language},
                                                     {"near", NULL, identity_division_exists},
                                                     {"order", ORDER_WORDS, NULL},
                                                     {0}};

KNOWN_SHOW(show_known_people, register_directory_form, directory_known, show_directory)

const struct page register_public_pages[] = {
    {.method = GET,
     .path = "/people",
     .who = WHO_ANYONE,
     .about = "Who serves: found by name, profession, district, field of law and language.",
     .query = &register_directory_form,
     .view = &register_directory_view,
     .html = &html_register_directory,
     .show = show_known_people,
     .per_minute = PEOPLE_A_MINUTE},
    {.method = GET,
     .path = "/people/{person}",
     .who = WHO_ANYONE,
     .about = "One who serves: licence, service, rating when there are enough, sanctions.",
     .query = &register_who_form,
     .view = &register_profile_view,
     .html = &html_register_profile,
     .show = show_profile,
     .per_minute = PEOPLE_A_MINUTE},
    {0},
};

const struct page register_own_pages[] = {
    {.method = GET,
     .path = "/desk/entry",
     .who = WHO_CONSULTANT,
     .about = "What everybody reads about oneself, and until when one's licence is valid.",
     .view = &register_own_view,
     .html = &html_register_own,
     .show = show_own},
    {.method = POST,
     .path = "/desk/entry",
     .who = WHO_CONSULTANT,
     .about = "Stand in the public directory, or not.",
     .act = &register_listed,
     .then = "/desk/entry",
     .said = T("Saved."),
     .again = "/desk/entry"},
    {0},
};
