/* people_place_acts.c -- teams and fields of law: added, changed, put out of use.
 *
 *  (1) Nothing is deleted: cases of years ago name the team and field they belonged to.
 *  (2) Who leads a team has the role of a leader, and loses it with the last team.
 *  (3) A team is kept by whoever keeps its division; fields of law by the city alone.
 */
#include "bureau/people/people_views.h"
#include "desk/identity/identity_acts.h"

const struct reason people_unknown_field = {
    "people.unknown-field", T("Please choose fields of law from the list."), .field = "fields"};
const struct reason people_field_taken = {"people.field-taken",
                                          T("There is a field of this short code already."), 0};
const struct reason people_field_code = {
    "people.field-code", T("The short code has small letters, digits and _ only."), 0};
const struct reason people_team_not_empty = {
    "people.team-not-empty",
    T("There are still consultants in this team. Please move them to another team first."), 0};
const struct reason people_team_layers = {
    "people.team-layers",
    T("A team cannot belong to itself or to one of its own teams, and there are at most 5 layers."),
    0};
const struct reason people_leader_elsewhere = {"people.leader-elsewhere",
                                               T("Please choose the leader from the list."), 0};

/* ---- leading ---- */

static struct outcome no_longer_leads(struct scene *scene, id person_id)
{
    struct people_count_led_row row;
    bool found;

    if (!person_id) return DONE;
    TRY(people_count_led(scene->store, person_id, &row, &found));
    if (row.teams_count == 0) TRY(identity_role_drop(scene, person_id, S("leader")));
    scene_tell(scene, "person.team", 0, person_id);
    return DONE;
}

struct outcome people_set_leader(struct scene *scene, const struct people_find_any_team_row *team,
                                 id leader_id)
{
    TRY(people_save_team(scene->store, team->team_zh, team->team_en, team->team_kind,
                         team->division, leader_id, team->is_active, team->team_id));
    if (leader_id && team->is_active)
        TRY(identity_role_add(scene, leader_id, S("leader"), team->division));
    if (leader_id) scene_tell(scene, "person.team", 0, leader_id);
    if (team->leader_id != leader_id) TRY(no_longer_leads(scene, team->leader_id));
    return team->is_active ? DONE : no_longer_leads(scene, leader_id);
}

/* ---- teams ---- */

static struct outcome check_team(struct scene *scene, struct str kind, struct str division)
{
    TRY(people_need_division(scene, division));
    return people_is_team_kind(kind) ? DONE : REFUSE(people_unknown_team);
}

static struct outcome team_add(struct scene *scene, const void *form, void *result)
{
    const struct people_team_add_form *f = form;
    struct people_team_added_view *told = result;

    TRY(check_team(scene, f->kind, f->division));
    told->team = scene_new_id(scene);
    return people_add_team(scene->store, told->team,
                           arena_print(scene->arena, "t%lld", (long long)told->team), f->name,
                           f->name_en, f->kind, f->division);
}

static struct outcome check_leader(struct scene *scene, const struct people_find_any_team_row *team,
                                   id leader_id)
{
    const struct people_list_leaders_row *rows;
    struct people_scope scope;
    size_t count;

    if (!leader_id || leader_id == team->leader_id) return DONE;
    TRY(people_scope_of(scene, &scope));
    TRY(people_list_leaders(scene->arena, scene->store, team->team_id, team->leader_id, scope.code,
                            scope.is_city, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (rows[i].person_id == leader_id) return DONE;
    }
    return REFUSE(people_leader_elsewhere);
}

enum { LAYERS_MAX = 5 };

/* Upwards from the new parent one comes to an end, and not to this team. */
static struct outcome check_parent(struct scene *scene, id team_id, id parent_id)
{
    struct people_find_team_parent_row row;
    struct people_find_any_team_row parent;
    bool found = true;

    if (!parent_id) return DONE;
    TRY(people_need_open_team(scene, parent_id, 0, &parent));
    for (int layer = 1; parent_id; layer++) {
        if (parent_id == team_id || layer == LAYERS_MAX) return REFUSE(people_team_layers);
        TRY(people_find_team_parent(scene->store, parent_id, &row, &found));
        parent_id = found ? row.parent_id : 0;
    }
    return DONE;
}

struct outcome people_set_layer(struct scene *scene, id team_id, id parent_id)
{
    TRY(people_set_team_parent(scene->store, parent_id, team_id));
    TRY(people_drop_below(scene->store));
    return people_fill_below(scene->store);
}

struct outcome people_layers(struct scene *scene, const struct people_list_layers_row **teams,
                             size_t *count)
{
    return people_list_layers(scene->arena, scene->store, teams, count);
}

struct outcome people_is_below(struct scene *scene, id above_id, id team_id, bool *is_below)
{
    struct people_find_below_row row;

    *is_below = above_id && above_id == team_id;
    if (*is_below || !above_id || !team_id) return DONE;
    return people_find_below(scene->store, above_id, team_id, &row, is_below);
}

static struct outcome team_save(struct scene *scene, const void *form, void *result)
{
    const struct people_team_save_form *f = form;
    struct people_find_any_team_row team;
    struct people_count_members_row members;
    bool found, leads_as_before;

    (void)result;
    TRY(people_need_team(scene, f->team, &team));
    TRY(check_team(scene, f->kind, f->division));
    TRY(check_leader(scene, &team, f->leader));
    if (f->parent != team.parent_id) TRY(check_parent(scene, f->team, f->parent));
    if (f->parent != team.parent_id) TRY(people_set_layer(scene, f->team, f->parent));
    TRY(people_count_members(scene->store, f->team, &members, &found));
    if (!f->is_active && members.members_count > 0) return REFUSE(people_team_not_empty);
    leads_as_before = team.leader_id == f->leader && team.is_active == (f->is_active ? 1 : 0) &&
                      str_same(team.division, f->division);
    if (leads_as_before)
        return people_save_team(scene->store, f->name, f->name_en, f->kind, f->division, f->leader,
                                f->is_active, f->team);
    TRY(people_may_move_leader(scene, team.leader_id));
    team.team_zh = f->name;
    team.team_en = f->name_en;
    team.team_kind = f->kind;
    team.division = f->division;
    team.is_active = f->is_active;
    return people_set_leader(scene, &team, f->leader);
}

/* ---- fields of law ---- */

static bool is_code(struct str code)
{
    for (size_t i = 0; i < code.len; i++) {
        char c = code.at[i];

        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_') return false;
    }
    return code.len > 0;
}

static struct outcome field_add(struct scene *scene, const void *form, void *result)
{
    const struct people_field_add_form *f = form;
    struct people_find_any_field_row before;
    struct people_find_last_position_row last;
    bool found;

    (void)result;
    TRY(people_need_city(scene));
    if (!is_code(f->field)) return REFUSE(people_field_code);
    if (!people_is_profession(f->profession)) return REFUSE(people_unknown_profession);
    TRY(people_find_any_field(scene->arena, scene->store, f->field, &before, &found));
    if (found) return REFUSE(people_field_taken);
    TRY(people_find_last_position(scene->store, &last, &found));
    return people_set_field(scene->store,
                            &(struct people_set_field_values){.field = f->field,
                                                              .field_zh = f->name,
                                                              .field_en = f->name_en,
                                                              .hint_zh = f->hint_zh,
                                                              .hint_en = f->hint_en,
                                                              .profession = f->profession,
                                                              .words = f->words,
                                                              .position = last.position + 10,
                                                              .is_active = 1});
}

static struct outcome field_save(struct scene *scene, const void *form, void *result)
{
    const struct people_field_save_form *f = form;
    struct people_find_any_field_row before;
    bool found;

    (void)result;
    TRY(people_need_city(scene));
    TRY(people_find_any_field(scene->arena, scene->store, f->field, &before, &found));
    if (!found) return REFUSE(act_unknown);
    if (!people_is_profession(f->profession)) return REFUSE(people_unknown_profession);
    return people_set_field(scene->store,
                            &(struct people_set_field_values){.field = f->field,
                                                              .field_zh = f->name,
                                                              .field_en = f->name_en,
                                                              .hint_zh = f->hint_zh,
                                                              .hint_en = f->hint_en,
                                                              .profession = f->profession,
                                                              .words = f->words,
                                                              .position = f->position,
                                                              .is_active = f->is_active});
}

const struct act people_act_team_add = {.name = "people.team_add",
                                        .who = WHO_ADMIN,
                                        .form = &people_team_add_form,
                                        .result = &people_team_added_view,
                                        .run = team_add};
const struct act people_act_team_save = {
    .name = "people.team_save", .who = WHO_ADMIN, .form = &people_team_save_form, .run = team_save};
const struct act people_act_field_add = {
    .name = "people.field_add", .who = WHO_ADMIN, .form = &people_field_add_form, .run = field_add};
const struct act people_act_field_save = {.name = "people.field_save",
                                          .who = WHO_ADMIN,
                                          .form = &people_field_save_form,
                                          .run = field_save};
