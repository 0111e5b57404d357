/* consultation_ready_pages.c -- the pages of the ready answers that many share. */
#include "bureau/people/people_acts.h"
#include "gen/consultation_html.h"
#include "gen/consultation_sql.h"
#include "platform/allows.h"
#include "platform/known.h"
#include "service/consultation/consultation_ready_views.h"

#define FORM_THIS consultation_ready_query_form
FORM_TABLE(consultation_ready_query, CONSULTATION_READY_QUERY_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_ready_add_form
FORM_TABLE(consultation_ready_add, CONSULTATION_READY_ADD_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_ready_one_form
FORM_TABLE(consultation_ready_one, CONSULTATION_READY_ONE_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_ready_save_form
FORM_TABLE(consultation_ready_save, CONSULTATION_READY_SAVE_FORM)
#undef FORM_THIS

#define VIEW_THIS consultation_ready_row_view
VIEW_TABLE(consultation_ready_row, CONSULTATION_READY_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_ready_view
VIEW_TABLE(consultation_ready, CONSULTATION_READY_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_ready_version_view
VIEW_TABLE(consultation_ready_version, CONSULTATION_READY_VERSION_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_ready_one_view
VIEW_TABLE(consultation_ready_one, CONSULTATION_READY_ONE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS consultation_ready_saved_view
VIEW_TABLE(consultation_ready_saved, CONSULTATION_READY_SAVED_VIEW)
#undef VIEW_THIS

struct ready_places {
    const struct people_list_fields_row *fields;
    const struct people_list_teams_row *teams;
    size_t fields_count, teams_count;
};

static struct str name_in(struct scene *scene, struct str zh, struct str en)
{
    return scene->language == LANGUAGE_EN && en.len ? en : zh;
}

static struct outcome read_places(struct scene *scene, struct ready_places *places)
{
    TRY(people_fields(scene, &places->fields, &places->fields_count));
    return people_teams(scene, &places->teams, &places->teams_count);
}

static struct str name_of_field(struct scene *scene, const struct ready_places *places,
                                struct str field)
{
    for (size_t i = 0; i < places->fields_count; i++) {
        if (str_same(places->fields[i].field, field))
            return name_in(scene, places->fields[i].field_zh, places->fields[i].field_en);
    }
    return field;
}

static const struct choice *field_choices(struct scene *scene, const struct ready_places *places,
                                          const char *none, struct str chosen, size_t *count)
{
    struct choice *made = NEW_MANY(scene->arena, struct choice, places->fields_count + 1);

    made[0].label = text_in(scene->language, none);
    for (size_t i = 0; i < places->fields_count; i++)
        made[i + 1] = (struct choice){
            .value = places->fields[i].field,
            .label = name_in(scene, places->fields[i].field_zh, places->fields[i].field_en),
            .chosen = str_same(places->fields[i].field, chosen)};
    *count = places->fields_count + 1;
    return made;
}

/* Those whose answers may be kept; `first`: what choosing no team means, or NULL. */
static struct outcome team_choices(struct scene *scene, const struct ready_places *places,
                                   const char *first, id chosen, const struct choice **choices,
                                   size_t *count)
{
    struct choice *made = NEW_MANY(scene->arena, struct choice, places->teams_count + 1);

    *count = 0;
    if (first) made[(*count)++].label = text_in(scene->language, first);
    for (size_t i = 0; i < places->teams_count; i++) {
        id team_id = places->teams[i].team_id;
        struct outcome outcome = consultation_ready_may(scene, team_id);

        if (outcome.fault) return outcome;
        if (!IS_DONE(outcome)) continue;
        made[(*count)++] = (struct choice){
            .value = arena_print(scene->arena, "%lld", (long long)team_id),
            .label = name_in(scene, places->teams[i].team_zh, places->teams[i].team_en),
            .chosen = team_id == chosen};
    }
    *choices = made;
    return DONE;
}

static struct outcome may_keep_all(struct scene *scene, bool *may)
{
    return outcome_allows(consultation_ready_may(scene, 0), may);
}

static bool is_wanted(const struct consultation_ready_query_form *f, id owner_id, struct str field)
{
    return (!f->of_team || f->of_team == owner_id) &&
           (!f->of_field.len || str_same(f->of_field, field));
}

/* Both lists have the same columns. */
#define SHOW_ROWS(rows, rows_count, list)                                                          \
    do {                                                                                           \
        struct consultation_ready_row_view *made =                                                 \
            NEW_MANY(scene->arena, struct consultation_ready_row_view, (rows_count) + 1);          \
        for (size_t i = 0; i < (rows_count); i++) {                                                \
            if (!is_wanted(f, (rows)[i].owner_id, (rows)[i].field)) continue;                      \
            made[v->list##_count++] = (struct consultation_ready_row_view){                        \
                .id = (rows)[i].canned_id,                                                         \
                .title = (rows)[i].title,                                                          \
                .text = (rows)[i].text,                                                            \
                .field = (rows)[i].field,                                                          \
                .field_name = name_of_field(scene, &places, (rows)[i].field),                      \
                .team = name_in(scene, (rows)[i].team_zh, (rows)[i].team_en),                      \
                .may_change = (rows)[i].owner_id != 0 || is_city};                                 \
        }                                                                                          \
        v->list = made;                                                                            \
    } while (0)

static struct outcome show_ready(struct request *request, const void *query, void *view)
{
    const struct consultation_ready_query_form *f = query;
    struct consultation_ready_view *v = view;
    struct scene *scene = request->scene;
    const struct consultation_list_ready_row *rows;
    const struct consultation_list_ready_retired_row *retired;
    id led = scene_is(scene, WHO_LEADER) ? scene->actor.team_id : 0;
    struct str reach = scene_scope(scene, WHO_ADMIN);
    bool is_city;
    size_t count, retired_count;
    struct ready_places places;

    TRY(may_keep_all(scene, &is_city));
    TRY(read_places(scene, &places));
    TRY(consultation_list_ready(scene->arena, scene->store, led, reach, &rows, &count));
    TRY(consultation_list_ready_retired(scene->arena, scene->store, led, reach, &retired,
                                        &retired_count));
    SHOW_ROWS(rows, count, answers);
    SHOW_ROWS(retired, retired_count, retired);
    v->of_fields = field_choices(scene, &places, T("All fields"), f->of_field, &v->of_fields_count);
    v->fields = field_choices(scene, &places, T("All fields"), S(""), &v->fields_count);
    TRY(team_choices(scene, &places, T("All"), f->of_team, &v->of_teams, &v->of_teams_count));
    TRY(team_choices(scene, &places, is_city ? T("Everybody") : NULL, 0, &v->teams,
                     &v->teams_count));
    v->is_bounded = f->of_team || f->of_field.len;
    v->opens_form = request->face && request->face->form;
    return DONE;
}

static struct outcome show_versions(struct scene *scene, id canned_id,
                                    struct consultation_ready_one_view *v)
{
    const struct consultation_list_ready_versions_row *rows;
    struct consultation_ready_version_view *made;

    TRY(consultation_list_ready_versions(scene->arena, scene->store, canned_id, &rows,
                                         &v->versions_count));
    made = NEW_MANY(scene->arena, struct consultation_ready_version_view, v->versions_count + 1);
    for (size_t i = 0; i < v->versions_count; i++)
        made[i] = (struct consultation_ready_version_view){.version = rows[i].version_number,
                                                           .at = rows[i].made_at,
                                                           .by = rows[i].person_name,
                                                           .is_active = rows[i].is_active,
                                                           .title = rows[i].title,
                                                           .text = rows[i].text};
    v->versions = made;
    return DONE;
}

static struct outcome show_one(struct request *request, const void *query, void *view)
{
    const struct consultation_ready_one_form *f = query;
    struct consultation_ready_one_view *v = view;
    struct scene *scene = request->scene;
    struct consultation_find_ready_version_row last;
    struct consultation_find_ready_row row;
    struct ready_places places;
    bool is_used, found, may_all;

    TRY(consultation_find_ready(scene->arena, scene->store, f->answer, &row, &is_used));
    TRY(consultation_find_ready_version(scene->arena, scene->store, f->answer, &last, &found));
    if (!is_used && !found) return REFUSE(act_unknown);
    if (!is_used)
        row = (struct consultation_find_ready_row){f->answer, last.owner_id, last.field, last.title,
                                                   last.text};
    TRY(consultation_ready_may(scene, row.owner_id));
    TRY(read_places(scene, &places));
    v->id = f->answer;
    v->version = found ? last.version_number : 1;
    v->version_text = arena_print(scene->arena, "%lld", (long long)v->version);
    v->title = row.title;
    v->text = row.text;
    v->field = row.field;
    if (row.owner_id) TRY(people_team_name(scene, row.owner_id, &v->team));
    v->is_active = is_used;
    v->fields = field_choices(scene, &places, T("All fields"), row.field, &v->fields_count);
    TRY(may_keep_all(scene, &may_all));
    TRY(team_choices(scene, &places, may_all ? T("Everybody") : NULL, row.owner_id,
                     &v->teams, &v->teams_count));
    return show_versions(scene, f->answer, v);
}

static const struct query_known ready_known[] = {{"of_field", NULL, people_knows_field}, {0}};

KNOWN_SHOW(show_known_admin_answers, consultation_ready_query_form, ready_known, show_ready)

const struct page consultation_ready_pages[] = {
    {.method = GET,
     .path = "/admin/answers",
     .who = WHO_ADMIN | WHO_LEADER,
     .about = "Ready answers that many share: everybody's, and those of teams one keeps.",
     .query = &consultation_ready_query_form,
     .view = &consultation_ready_view,
     .html = &html_consultation_ready,
     .show = show_known_admin_answers},
    {.method = POST,
     .path = "/admin/answers",
     .who = WHO_ADMIN | WHO_LEADER,
     .about = "Add a ready answer for everybody or for a team.",
     .act = &consultation_ready_add,
     .then = "/admin/answers",
     .said = T("Saved."),
     .again = "/admin/answers",
     .status = 201},
    {.method = GET,
     .path = "/admin/answers/{answer}",
     .who = WHO_ADMIN | WHO_LEADER,
     .about = "One shared ready answer, and its versions.",
     .query = &consultation_ready_one_form,
     .view = &consultation_ready_one_view,
     .html = &html_consultation_ready_one,
     .show = show_one},
    {.method = POST,
     .path = "/admin/answers/{answer}",
     .who = WHO_ADMIN | WHO_LEADER,
     .about = "Change a shared ready answer, or use one again.",
     .act = &consultation_ready_save,
     .then = "/admin/answers/{answer}",
     .said = T("Saved."),
     .again = "/admin/answers/{answer}"},
    {.method = POST,
     .path = "/admin/answers/{answer}/retire",
     .who = WHO_ADMIN | WHO_LEADER,
     .about = "Put a shared ready answer out of use.",
     .act = &consultation_ready_retire,
     .then = "/admin/answers",
     .said = T("Saved."),
     .again = "/admin/answers/{answer}"},
    {0},
};
