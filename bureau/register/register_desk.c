/* register_desk.c -- the administrator's pages of applications.
 *
 *  (1) A file is shown to an administrator only after a look that is on record (register_check.c).
 *  (2) The number of an applicant is masked. */
#include "bureau/register/register_views.h"
#include "desk/identity/identity_acts.h"
#include "gen/register_html.h"
#include "platform/cage.h"
#include "platform/files.h"
#include "platform/known.h"

enum { ROWS_MAX = 200 };

static void list_states(struct scene *scene, struct str chosen,
                        struct register_applications_view *v)
{
    struct choice *made = NEW_MANY(scene->arena, struct choice, REGISTER_STATES + 1);
    size_t count = 0;

    made[count++] = (struct choice){.label = text_in(scene->language, T("Under way"))};
    for (int i = REGISTER_SUBMITTED; i < REGISTER_STATES; i++) {
        struct str word = register_state_word((enum register_state)i);

        made[count++] = (struct choice){
            .value = word,
            .label = text_in(scene->language, register_state_name((enum register_state)i)),
            .chosen = str_same(word, chosen)};
    }
    v->states = made;
    v->states_count = count;
}

static struct outcome show_row(struct scene *scene,
                               const struct register_list_applications_row *row,
                               struct register_application_row_view *v)
{
    enum register_state state = register_state_of(row->state);

    *v = (struct register_application_row_view){
        .reference = row->reference,
        .state = row->state,
        .state_name = text_in(scene->language, register_state_name(state)),
        .state_css = str_of(register_state_css(state)),
        .name = row->person_name,
        .profession = row->profession,
        .profession_name = people_profession_name(scene->language, row->profession),
        .division = row->division,
        .handed_in_at = row->handed_in_at,
        .due_at = row->due_at,
        .due_day = row->due_at ? row->due_at - 1 : 0,
        .is_late = row->due_at && row->due_at <= scene->now,
        .files = row->files_count,
    };
    return people_division_name(scene, row->division, &v->division_name);
}

static struct outcome show_applications(struct request *request, const void *query, void *view)
{
    const struct register_sift_form *f = query;
    struct register_applications_view *v = view;
    struct scene *scene = request->scene;
    const struct register_list_applications_row *rows;
    struct register_application_row_view *made;
    struct register_count_applications_row counts;
    struct people_scope scope;
    bool found;

    TRY(people_scope_of(scene, &scope));
    TRY(register_list_applications(scene->arena, scene->store, scope.code, f->state,
                                   f->state.len == 0, ROWS_MAX + 1, &rows, &v->applications_count));
    v->has_more = v->applications_count > ROWS_MAX;
    if (v->has_more) v->applications_count = ROWS_MAX;
    made = NEW_MANY(scene->arena, struct register_application_row_view, v->applications_count + 1);
    for (size_t i = 0; i < v->applications_count; i++) TRY(show_row(scene, &rows[i], &made[i]));
    v->applications = made;
    TRY(register_count_applications(scene->store, scene->now, scope.code, &counts, &found));
    v->submitted = counts.submitted_count;
    v->missing = counts.missing_count;
    v->late = counts.late_count;
    v->state = f->state;
    list_states(scene, f->state, v);
    return DONE;
}

/* A name people can remember, to begin with: "v" and the last digits of the licence. */
static struct str suggest_login(struct scene *scene, struct str licence)
{
    char *made = arena_take(scene->arena, 1, licence.len + 2);
    size_t len = 0, from = licence.len > 8 ? licence.len - 8 : 0;

    made[len++] = 'v';
    for (size_t i = from; i < licence.len; i++) {
        char c = licence.at[i];

        if (c >= 'A' && c <= 'Z') c = (char)(c + 32);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) made[len++] = c;
    }
    return (struct str){made, len};
}

static struct outcome show_check(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct register_check_view *v = view;
    struct register_find_licence_holder_row holder;
    struct register_find_known_row known;
    struct people_choice_list list;
    struct register_case c;
    bool found;

    TRY(register_open_checked(scene, ((const struct register_reference_form *)query)->reference,
                              &c));
    TRY(register_show_application(scene, &c, &v->application));
    v->reference = c.row.reference;
    v->account = c.row.account_id;
    v->can_decide = register_may(c.state, REGISTER_APPROVE);
    v->can_refuse = register_may(c.state, REGISTER_REFUSE);
    TRY(identity_phone_masked(scene, c.row.person_id, &v->phone_masked));
    TRY(register_find_licence_holder(scene->arena, scene->store, c.row.licence, &holder, &found));
    if (found && holder.person_id != c.row.account_id && holder.person_id != c.row.person_id)
        v->holder = holder.person_name, v->holder_id = holder.person_id;
    TRY(register_find_renewed(scene, c.row.person_id, &known, &v->is_renewal));
    v->login = v->is_renewal ? known.login : suggest_login(scene, c.row.licence);
    v->team = v->is_renewal ? known.team_id : 0;
    TRY(people_team_choices(scene, T("Please choose"), 0, &list));
    v->teams = list.rows, v->teams_count = list.count;
    return DONE;
}

static struct outcome send_file(struct request *request, const void *query,
                                struct file_answer *file)
{
    const struct register_file_form *f = query;
    struct scene *scene = request->scene;
    struct register_find_file_row row;
    struct register_find_look_row look;
    struct register_case c;
    bool found;

    TRY(register_open_checked(scene, f->reference, &c));
    TRY(register_find_file(scene->arena, scene->store, f->file, c.row.application_id, &row,
                           &found));
    if (!found) return REFUSE(act_unknown);
    TRY(register_find_look(scene->store, f->file, scene->actor.person_id, &look, &found));
    if (!found || look.at + REGISTER_LOOK_SECONDS <= scene->now) return REFUSE(act_not_yours);
    TRY(files_get(scene->arena, row.file, row.bytes_count, &file->bytes));
    file->type = row.type;
    file->name = row.file_name;
    file->inline_safe = cage_is_image(row.type);
    return DONE;
}

static const struct query_known states_known[] = {
    {"state", "submitted missing approved refused withdrawn", NULL}, {0}};

KNOWN_SHOW(show_known_admin_applications, register_sift_form, states_known, show_applications)

const struct page register_admin_pages[] = {
    {.method = GET,
     .path = "/admin/applications",
     .who = WHO_ADMIN,
     .about = "Applications to serve, the most pressing first.",
     .query = &register_sift_form,
     .view = &register_applications_view,
     .html = &html_register_applications,
     .show = show_known_admin_applications},
    {.method = GET,
     .path = "/admin/applications/{reference}",
     .who = WHO_ADMIN,
     .about = "One application with its evidence.",
     .query = &register_reference_form,
     .view = &register_check_view,
     .html = &html_register_check,
     .show = show_check},
    {.method = POST,
     .path = "/admin/applications/{reference}/files/{file}/look",
     .who = WHO_ADMIN,
     .about = "Look at evidence: on record, and open for ten minutes.",
     .act = &register_look,
     .then = "/admin/applications/{reference}#evidence",
     .again = "/admin/applications/{reference}"},
    {.method = GET,
     .path = "/admin/applications/{reference}/files/{file}",
     .who = WHO_ADMIN,
     .about = "Evidence, for whoever has just put a look on record.",
     .query = &register_file_form,
     .file = send_file,
     .is_kept = true},
    {.method = POST,
     .path = "/admin/applications/{reference}/ask",
     .who = WHO_ADMIN,
     .about = "Ask the applicant for what is missing.",
     .act = &register_ask,
     .then = "/admin/applications",
     .said = T("Done."),
     .again = "/admin/applications/{reference}"},
    {.method = POST,
     .path = "/admin/applications/{reference}/refuse",
     .who = WHO_ADMIN,
     .about = "Refuse an application, with the reason.",
     .act = &register_refuse,
     .then = "/admin/applications",
     .said = T("Done."),
     .again = "/admin/applications/{reference}"},
    {.method = POST,
     .path = "/admin/applications/{reference}/approve",
     .who = WHO_ADMIN,
     .about = "Approve an application: an account is made, and the applicant sets its password.",
     .act = &register_approve,
     .then = "/admin/applications/{reference}",
     .said = T("Done."),
     .again = "/admin/applications/{reference}"},
    {0},
};
