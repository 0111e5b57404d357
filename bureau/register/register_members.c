/* register_members.c -- which associations somebody belongs to, as an administrator keeps it.
 *
 * An application and a table of people bring it along (register_check.c, register_import_do.c);
 * here it is changed afterwards, since people join and leave without a new licence.
 *
 *  (1) Only of those who serve within the administrator's division (people_scope.c (3)).
 *  (2) Only associations that are in use are joined; one that is not is left by saving. */
#include "bureau/register/register_views.h"
#include "gen/register_html.h"

/* Who it is, for whoever may keep them; their associations as `words`. */
static struct outcome open_member(struct scene *scene, id person_id,
                                  struct people_find_consultant_row *row, struct str *words,
                                  struct str *names)
{
    const struct register_list_memberships_row *teams;
    size_t count;
    bool found;

    TRY(people_need_within(scene, person_id));
    TRY(people_consultant(scene, person_id, row, &found));
    if (!found) return REFUSE(act_unknown);
    TRY(register_list_memberships(scene->arena, scene->store, person_id, &teams, &count));
    *words = *names = S("");
    for (size_t i = 0; i < count; i++) {
        *words = arena_print(scene->arena, "%.*s%s%lld", STR_ARGS(*words), i ? " " : "",
                             (long long)teams[i].team_id);
        *names = arena_print(scene->arena, "%.*s%s%.*s", STR_ARGS(*names), i ? ", " : "",
                             STR_ARGS(teams[i].team_zh));
    }
    return DONE;
}

static struct outcome save(struct scene *scene, const void *form, void *result)
{
    const struct register_members_form *f = form;
    struct people_find_consultant_row row;
    struct str before, after, names;

    (void)result;
    TRY(open_member(scene, f->person, &row, &before, &names));
    TRY(register_need_associations(scene, f->associations));
    TRY(register_set_memberships(scene, f->person, f->associations));
    TRY(open_member(scene, f->person, &row, &after, &names));
    scene_about(scene, 0, f->person);
    if (str_same(before, after)) return DONE;
    return people_note(scene, f->person, "associations", names);
}

const struct act register_members = {.name = "register.members",
                                     .who = WHO_ADMIN,
                                     .form = &register_members_form,
                                     .run = save};

static struct outcome show(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct register_members_view *v = view;
    struct people_find_consultant_row row;
    struct people_choice_list list;
    struct str words, names;

    v->person = ((const struct register_who_form *)query)->person;
    TRY(open_member(scene, v->person, &row, &words, &names));
    v->name = row.person_name;
    v->belongs_to = words;
    TRY(register_association_choices(scene, words, &list));
    v->associations = list.rows, v->associations_count = list.count;
    return DONE;
}

const struct page register_members_pages[] = {
    {.method = GET,
     .path = "/admin/people/{person}/associations",
     .who = WHO_ADMIN,
     .about = "The associations somebody who serves belongs to.",
     .query = &register_who_form,
     .view = &register_members_view,
     .html = &html_register_members,
     .show = show},
    {.method = POST,
     .path = "/admin/people/{person}/associations",
     .who = WHO_ADMIN,
     .about = "Change the associations somebody belongs to; it is noted with them.",
     .act = &register_members,
     .then = "/admin/people/{person}/associations",
     .said = T("Saved."),
     .again = "/admin/people/{person}/associations"},
    {0},
};
