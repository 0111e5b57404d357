/* people_enlist.c -- making somebody a consultant, and changing where and what they serve.
 *
 *  (1) What a licence says counts as checked only until it is changed.
 *  (2) Nothing is given that is beyond the administrator's scope (people_scope.c).
 *  (3) The role of a consultant is held where they serve. */
#include "bureau/people/people_views.h"
#include "desk/identity/identity_acts.h"

const struct reason people_unknown_language = {
    "people.unknown-language", T("Please choose languages from the list."), .field = "languages"};
const struct reason people_unknown_profession = {"people.unknown-profession",
                                                 T("Please choose a profession from the list."),
                                                 .field = "profession"};
const struct reason people_unknown_team = {
    "people.unknown-team", T("Please choose a team from the list."), .field = "team"};

bool people_read_until(struct str text, moment *until)
{
    calendar_day day;

    *until = 0;
    if (text.len == 0) return true;
    if (!calendar_day_parse(text, &day)) return false;
    *until = calendar_day_begins(day + 1);
    return true;
}

/* `before`: the team somebody serves in already stays good, though it may be another district's. */
struct outcome people_need_open_team(struct scene *scene, id team_id, id before,
                                     struct people_find_any_team_row *team)
{
    struct people_scope scope;
    bool found;

    TRY(people_scope_of(scene, &scope));
    TRY(people_find_any_team(scene->arena, scene->store, team_id, team, &found));
    if (!found || !team->is_active) return REFUSE(people_unknown_team);
    return team_id == before || people_is_within(&scope, team->division)
               ? DONE
               : REFUSE(people_unknown_team);
}

static struct outcome save_words(struct scene *scene, const struct people_enlistment *f)
{
    struct str rest = f->fields, seen = S("");

    TRY(people_drop_known_fields(scene->store, f->person_id));
    while (rest.len) {
        struct str word = str_cut(rest, ' ', &rest);
        struct people_find_any_field_row field;
        bool found;

        if (word.len == 0 || people_has_word(seen, word)) continue;
        TRY(people_find_any_field(scene->arena, scene->store, word, &field, &found));
        if (!found) return REFUSE(people_unknown_field);
        TRY(people_add_known_field(scene->store, f->person_id, word));
        seen = arena_print(scene->arena, "%.*s %.*s", STR_ARGS(seen), STR_ARGS(word));
    }
    TRY(people_drop_known_languages(scene->store, f->person_id));
    seen = S("");
    for (rest = f->languages; rest.len;) {
        struct str word = str_cut(rest, ' ', &rest);

        if (word.len == 0 || people_has_word(seen, word)) continue;
        if (!people_is_language(word)) return REFUSE(people_unknown_language);
        TRY(people_add_known_language(scene->store, f->person_id, word));
        seen = arena_print(scene->arena, "%.*s %.*s", STR_ARGS(seen), STR_ARGS(word));
    }
    return DONE;
}

/* The role of a consultant is held where they serve: else nobody's scope would hold all of them. */
static struct outcome follow_division(struct scene *scene, const struct people_enlistment *f,
                                      bool is_new)
{
    const struct people_list_staff_roles_row *rows;
    size_t count;

    if (is_new) return identity_role_add(scene, f->person_id, S("consultant"), f->division);
    TRY(people_list_staff_roles(scene->arena, scene->store, f->person_id, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (str_same(rows[i].role, S("consultant")) && !str_same(rows[i].scope, f->division))
            return identity_role_add(scene, f->person_id, rows[i].role, f->division);
    }
    return DONE;
}

struct outcome people_enlist(struct scene *scene, const struct people_enlistment *f)
{
    struct people_find_any_team_row team;
    struct people_find_service_row before = {0};
    bool found, is_same_licence;

    if (!people_is_profession(f->profession)) return REFUSE(people_unknown_profession);
    TRY(people_find_service(scene->arena, scene->store, f->person_id, &before, &found));
    TRY(people_need_open_team(scene, f->team_id, found ? before.team_id : 0, &team));
    TRY(people_need_division(scene, f->division));
    is_same_licence = found && str_same(before.licence, f->licence) &&
                      before.licence_until == f->licence_until &&
                      str_same(before.profession, f->profession);
    TRY(people_set_service(scene->store, &(struct people_set_service_values){
                                             .person_id = f->person_id,
                                             .profession = f->profession,
                                             .team_id = f->team_id,
                                             .division = f->division,
                                             .capacity = f->capacity,
                                             .written_capacity = f->written_capacity,
                                             .licence = f->licence,
                                             .verified_at = f->is_checked     ? scene->now
                                                            : is_same_licence ? before.verified_at
                                                                              : 0,
                                             .licence_until = f->licence_until,
                                             .standing = found ? before.standing : S("active")}));
    TRY(save_words(scene, f));
    TRY(follow_division(scene, f, !found));
    /* Whose cases a person may see hangs on the team: what sessions know of it is old. */
    if (!found || before.team_id == f->team_id) return DONE;
    if (scene->lines_count == SCENE_LINES_MAX)
        return identity_person_changed(scene, "person.team", f->person_id);
    scene_tell(scene, "person.team", 0, f->person_id);
    return DONE;
}
