/* register_mine.c -- the pages of whoever would like to serve.
 *
 *  (1) Everything behind /volunteer itself needs a proved number; others are led to prove one. */
#include "bureau/register/register_views.h"
#include "desk/identity/identity_acts.h"
#include "gen/register_html.h"
#include "platform/cage.h"
#include "platform/files.h"
#include "platform/secret.h"

enum { FILES_A_MINUTE = 20, SAVES_A_MINUTE = 30 };

/* ---- the page to begin with ---- */

static struct outcome show_rows(struct scene *scene, struct register_volunteer_view *v)
{
    const struct register_list_own_applications_row *rows;
    struct register_application_row_view *made;

    TRY(register_list_own_applications(scene->arena, scene->store, scene->actor.person_id, &rows,
                                       &v->applications_count));
    made = NEW_MANY(scene->arena, struct register_application_row_view, v->applications_count + 1);
    for (size_t i = 0; i < v->applications_count; i++) {
        enum register_state state = register_state_of(rows[i].state);

        if (register_is_open(state)) v->may_apply = false;
        made[i] = (struct register_application_row_view){
            .reference = rows[i].reference,
            .state = rows[i].state,
            .state_name = text_in(scene->language, register_state_name(state)),
            .state_css = str_of(register_state_css(state)),
            .profession = rows[i].profession,
            .profession_name = people_profession_name(scene->language, rows[i].profession),
            .handed_in_at = rows[i].handed_in_at,
            .due_at = rows[i].due_at,
            .due_day = rows[i].due_at ? rows[i].due_at - 1 : 0,
        };
    }
    v->applications = made;
    return DONE;
}

static struct outcome show_volunteer(struct request *request, const void *query, void *view)
{
    struct register_volunteer_view *v = view;
    struct scene *scene = request->scene;

    (void)query;
    v->is_staff = scene_is(scene, WHO_STAFF);
    v->is_resident = scene_is(scene, WHO_RESIDENT);
    v->is_consultant = scene_is(scene, WHO_CONSULTANT);
    v->may_apply = v->is_consultant || !v->is_staff;
    if (!scene_is(scene, REGISTER_WHO_APPLIES)) return DONE;
    TRY(register_find_own_account(scene, &v->account));
    return show_rows(scene, v);
}

/* ---- the form ---- */

static struct outcome list_districts(struct scene *scene, struct str chosen,
                                     struct register_form_view *v)
{
    const struct identity_division *rows;
    struct choice *made;
    size_t count;

    TRY(identity_division_children(scene, S("31"), &rows, &count));
    made = NEW_MANY(scene->arena, struct choice, count + 1);
    made[0].label = text_in(scene->language, T("Please choose"));
    for (size_t i = 0; i < count; i++)
        made[i + 1] = (struct choice){.value = rows[i].division,
                                      .label = scene->language == LANGUAGE_EN ? rows[i].name_en
                                                                              : rows[i].name_zh,
                                      .chosen = str_same(rows[i].division, chosen)};
    v->divisions = made;
    v->divisions_count = count + 1;
    return DONE;
}

static struct outcome list_choices(struct scene *scene,
                                   const struct register_find_application_row *row,
                                   struct register_form_view *v)
{
    struct people_choice_list list = people_profession_choices(scene, NULL, row->profession);

    v->professions = list.rows, v->professions_count = list.count;
    TRY(people_field_choices(scene, row->fields, &list));
    v->fields = list.rows, v->fields_count = list.count;
    list = people_language_choices(scene, row->languages.len ? row->languages : S("zh"));
    v->languages = list.rows, v->languages_count = list.count;
    TRY(register_association_choices(scene, row->associations, &list));
    v->associations = list.rows, v->associations_count = list.count;
    return list_districts(scene, row->division, v);
}

/* Whoever serves begins with what is known; name and district are not theirs to change here. */
static struct outcome begin_renewal(struct scene *scene, bool has_draft,
                                    struct register_find_application_row *row,
                                    struct register_form_view *v)
{
    struct register_find_known_row known;
    const struct register_list_fields_of_row *fields;
    const struct register_list_languages_of_row *languages;
    const struct register_list_memberships_row *teams;
    size_t count;

    TRY(register_find_renewed(scene, scene->actor.person_id, &known, &v->is_renewal));
    if (!v->is_renewal) return DONE;
    v->name = known.person_name;
    v->division = known.division;
    if (has_draft) return DONE;
    v->licence = known.licence;
    v->agrees = S("1");
    row->profession = known.profession;
    row->division = known.division;
    TRY(register_list_fields_of(scene->arena, scene->store, scene->actor.person_id, &fields,
                                &count));
    for (size_t i = 0; i < count; i++)
        row->fields = arena_print(scene->arena, "%.*s %.*s", STR_ARGS(row->fields),
                                  STR_ARGS(fields[i].field));
    TRY(register_list_languages_of(scene->arena, scene->store, scene->actor.person_id, &languages,
                                   &count));
    for (size_t i = 0; i < count; i++)
        row->languages = arena_print(scene->arena, "%.*s %.*s", STR_ARGS(row->languages),
                                     STR_ARGS(languages[i].language));
    TRY(register_list_memberships(scene->arena, scene->store, scene->actor.person_id, &teams,
                                  &count));
    for (size_t i = 0; i < count; i++)
        row->associations = arena_print(scene->arena, "%.*s %lld", STR_ARGS(row->associations),
                                        (long long)teams[i].team_id);
    return DONE;
}

static struct outcome show_form(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct register_form_view *v = view;
    struct register_find_open_application_row open;
    struct register_case c = {0};
    char day[11];
    bool found;

    (void)query;
    if (!scene_is(scene, REGISTER_WHO_APPLIES)) {
        request->go = S("/session/code?next=/volunteer/application");
        return request->is_api ? REFUSE(act_sign_in) : DONE;
    }
    TRY(register_find_open_application(scene->arena, scene->store, scene->actor.person_id, &open,
                                       &found));
    if (found) {
        TRY(register_open_own(scene, open.reference, &c));
        if (!register_may(c.state, REGISTER_CHANGE)) {
            request->go = arena_print(scene->arena, "/volunteer/%.*s", STR_ARGS(open.reference));
            if (!request->is_api) return DONE;
        }
        v->reference = open.reference;
        v->name = c.row.person_name;
        v->licence = c.row.licence;
        v->agrees = S("1");
        if (c.row.licence_until) {
            calendar_day_print(calendar_day_of(c.row.licence_until - 1), day);
            v->licence_until = arena_copy(scene->arena, str_of(day));
        }
        if (!secret_unseal(scene->arena, REGISTER_USE_STATEMENT, c.row.statement_sealed,
                           &v->statement))
            return FAULT("register: what was sealed cannot be read: these are not its keys");
    }
    TRY(begin_renewal(scene, found, &c.row, v));
    return list_choices(scene, &c.row, v);
}

/* ---- one application ---- */

static struct outcome show_mine(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct register_mine_view *v = view;
    struct register_find_known_row known;
    struct register_case c;
    const struct register_application_view *application;

    TRY(register_open_own(scene, ((const struct register_reference_form *)query)->reference, &c));
    TRY(register_show_application(scene, &c, &application));
    TRY(register_find_renewed(scene, scene->actor.person_id, &known, &v->is_renewal));
    v->application = application;
    v->reference = c.row.reference;
    v->has_files = application->files_count > 0;
    v->can_change = register_may(c.state, REGISTER_CHANGE);
    v->can_hand_in = register_may(c.state, REGISTER_HAND_IN) && v->has_files;
    v->can_withdraw = register_may(c.state, REGISTER_WITHDRAW);
    return c.state == REGISTER_APPROVED ? register_find_own_account(scene, &v->account) : DONE;
}

static struct outcome send_own_file(struct request *request, const void *query,
                                    struct file_answer *file)
{
    const struct register_file_form *f = query;
    struct scene *scene = request->scene;
    struct register_find_file_row row;
    struct register_case c;
    bool found;

    TRY(register_open_own(scene, f->reference, &c));
    TRY(register_find_file(scene->arena, scene->store, f->file, c.row.application_id, &row,
                           &found));
    if (!found) return REFUSE(act_unknown);
    TRY(files_get(scene->arena, row.file, row.bytes_count, &file->bytes));
    file->type = row.type;
    file->name = row.file_name;
    file->inline_safe = cage_is_image(row.type);
    return DONE;
}

const struct page register_mine_pages[] = {
    {.method = GET,
     .path = "/volunteer",
     .who = WHO_ANYONE,
     .about = "Serving as a volunteer: what is needed, and how one's applications stand.",
     .view = &register_volunteer_view,
     .html = &html_register_volunteer,
     .show = show_volunteer},
    {.method = GET,
     .path = "/volunteer/application",
     .who = WHO_ANYONE,
     .about = "The form to apply with, filled in with one's draft.",
     .view = &register_form_view,
     .html = &html_register_form,
     .show = show_form},
    {.method = POST,
     .path = "/volunteer/application",
     .who = REGISTER_WHO_APPLIES,
     .about = "Save an application as a draft. It is handed in afterwards, with evidence.",
     .act = &register_apply,
     .then = "/volunteer/{reference}#evidence",
     .again = "/volunteer/application",
     .status = 201,
     .per_minute = SAVES_A_MINUTE},
    {.method = POST,
     .path = "/volunteer/account",
     .who = WHO_RESIDENT,
     .about = "Set the first password of the account that was made after an application.",
     .act = &register_account,
     .then = "/session",
     .again = "/volunteer",
     .per_minute = SAVES_A_MINUTE},
    {.method = GET,
     .path = "/volunteer/{reference}",
     .who = REGISTER_WHO_APPLIES,
     .about = "One of one's own applications: how it stands, and what is missing.",
     .query = &register_reference_form,
     .view = &register_mine_view,
     .html = &html_register_mine,
     .show = show_mine},
    {.method = POST,
     .path = "/volunteer/{reference}/files",
     .who = REGISTER_WHO_APPLIES,
     .about = "Add evidence: a picture or a PDF.",
     .act = &register_attach,
     .then = "/volunteer/{reference}#evidence",
     .again = "/volunteer/{reference}",
     .status = 201,
     .body_bytes_max = ATTACHMENT_BODY_BYTES_MAX,
     .per_minute = FILES_A_MINUTE},
    {.method = GET,
     .path = "/volunteer/{reference}/files/{file}",
     .who = REGISTER_WHO_APPLIES,
     .about = "Evidence of one's own application.",
     .query = &register_file_form,
     .file = send_own_file,
     .is_kept = true},
    {.method = POST,
     .path = "/volunteer/{reference}/files/{file}/drop",
     .who = REGISTER_WHO_APPLIES,
     .about = "Take evidence away again, before it is handed in.",
     .act = &register_detach,
     .then = "/volunteer/{reference}#evidence",
     .again = "/volunteer/{reference}"},
    {.method = POST,
     .path = "/volunteer/{reference}/hand-in",
     .who = REGISTER_WHO_APPLIES,
     .about = "Hand an application in; it is decided within ten working days.",
     .act = &register_hand_in,
     .then = "/volunteer/{reference}",
     .again = "/volunteer/{reference}"},
    {.method = POST,
     .path = "/volunteer/{reference}/withdraw",
     .who = REGISTER_WHO_APPLIES,
     .about = "Withdraw an application.",
     .act = &register_withdraw,
     .then = "/volunteer/{reference}",
     .again = "/volunteer/{reference}"},
    {0},
};
