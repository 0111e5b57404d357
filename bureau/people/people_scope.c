/* people_scope.c -- how far an administrator's word reaches: the whole city, or one district.
 *
 *  (1) An administrator without a scope may do nothing.
 *  (2) Somebody is within a scope if all of them is: each role, where they serve, each team they
 *      lead.  Who has none of these is the city's.
 *  (3) Who is not within it is unknown: to lists, to pages and to acts.
 *  (4) What the whole city shares, fields of law and opening hours, is the city's to change.
 */
#include "bureau/people/people_views.h"
#include "desk/identity/identity_acts.h"

const struct reason people_unknown_division = {
    "people.unknown-division", T("Please choose a district from the list."), .field = "division"};
const struct reason people_leader_beyond = {
    "people.leader-beyond",
    T("The leader of this team also works outside your district. Please ask an administrator of "
      "the whole city."),
    403};

struct outcome people_scope_of(struct scene *scene, struct people_scope *scope)
{
    struct people_find_top_division_row top;
    bool found;

    if (scene_is(scene, WHO_SYSTEM)) { /* whoever runs the machine keeps the whole city */
        *scope = (struct people_scope){.code = S("31"), .is_city = true};
        return DONE;
    }
    *scope = (struct people_scope){.code = scene_scope(scene, WHO_ADMIN)};
    if (scope->code.len == 0) return REFUSE(act_not_yours);
    TRY(people_find_top_division(scene->store, scope->code, &top, &found));
    scope->is_city = top.divisions_count > 0;
    return DONE;
}

bool people_is_within(const struct people_scope *scope, struct str division)
{
    return scope->code.len && str_begins(division, scope->code);
}

struct outcome people_need_city(struct scene *scene)
{
    struct people_scope scope;

    TRY(people_scope_of(scene, &scope));
    return scope.is_city ? DONE : REFUSE(act_not_yours);
}

struct outcome people_need_staff(struct scene *scene, id person_id,
                                 struct people_find_staff_row *row)
{
    struct people_scope scope;
    bool found;

    TRY(people_scope_of(scene, &scope));
    TRY(people_find_staff(scene->arena, scene->store, person_id, scope.code, scope.is_city, row,
                          &found));
    return found ? DONE : REFUSE(act_unknown);
}

struct outcome people_need_within(struct scene *scene, id person_id)
{
    struct people_find_staff_row unused;

    return people_need_staff(scene, person_id, &unused);
}

struct outcome people_need_team(struct scene *scene, id team_id,
                                struct people_find_any_team_row *team)
{
    struct people_scope scope;
    bool found;

    TRY(people_scope_of(scene, &scope));
    TRY(people_find_any_team(scene->arena, scene->store, team_id, team, &found));
    return found && people_is_within(&scope, team->division) ? DONE : REFUSE(act_unknown);
}

struct outcome people_need_division(struct scene *scene, struct str division)
{
    struct people_scope scope;
    bool exists;

    TRY(people_scope_of(scene, &scope));
    TRY(identity_division_exists(scene, division, &exists));
    return exists && people_is_within(&scope, division) ? DONE : REFUSE(people_unknown_division);
}

struct outcome people_may_move_leader(struct scene *scene, id leader_id)
{
    struct people_find_staff_row leader;
    struct outcome outcome;

    if (!leader_id) return DONE;
    outcome = people_need_staff(scene, leader_id, &leader);
    return outcome.refusal == &act_unknown ? REFUSE(people_leader_beyond) : outcome;
}
