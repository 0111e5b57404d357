/* ladder_acts.c -- where the ladder of each desk stands, and what moves it.
 *
 *  (1) A step is a row and a journal line, in the act that made it, with its reason.
 *  (2) While anybody waits, the ladder is up, or a call is not settled, a deadline is set for the
 *      next look: a restart forgets nothing, and a desk at rest costs nothing.
 */
#include "bureau/ladder/ladder_inside.h"
#include "bureau/people/people_acts.h"

const struct reason ladder_direction = {"ladder.direction", T("Please choose up or down."),
                                        .field = "direction"};

enum {
    LOOK_SECONDS = 5,   /* often enough that a step is never late by more than a breath */
    DISTRICT_DIGITS = 6 /* of a division code */
};

struct str ladder_district(struct str division)
{
    return (struct str){division.at,
                        division.len < DISTRICT_DIGITS ? division.len : DISTRICT_DIGITS};
}

struct ladder_state ladder_state_of(const struct ladder_find_desk_by_id_row *row)
{
    return (struct ladder_state){
        .level = ladder_level_of(row->level), .since = row->since_at, .calm_at = row->calm_at};
}

struct outcome ladder_stands(struct scene *scene, struct str profession, struct str division,
                             struct ladder_state *state)
{
    struct ladder_find_desk_row row;
    bool found;

    *state = (struct ladder_state){0};
    TRY(ladder_find_desk(scene->arena, scene->store, profession, ladder_district(division), &row,
                         &found));
    if (found)
        *state = (struct ladder_state){
            .level = ladder_level_of(row.level), .since = row.since_at, .calm_at = row.calm_at};
    return DONE;
}

struct outcome ladder_wake(struct scene *scene, struct str profession, struct str division)
{
    struct ladder_find_desk_row row = {0};
    bool found;

    TRY(ladder_find_desk(scene->arena, scene->store, profession, ladder_district(division), &row,
                         &found));
    if (!found) {
        row.desk_id = scene_new_id(scene);
        TRY(ladder_add_desk(scene->store, row.desk_id, profession, ladder_district(division)));
        if (scene->lines_count < SCENE_LINES_MAX) scene_tell(scene, "ladder.desk", row.desk_id, 0);
    }
    return clock_set(scene, "ladder.look", row.desk_id, scene->now);
}

struct outcome ladder_desk(struct scene *scene, id desk_id, struct ladder_find_desk_by_id_row *row,
                           bool *found)
{
    return ladder_find_desk_by_id(scene->arena, scene->store, desk_id, row, found);
}

struct step {
    enum ladder_why why;
    bool is_up;
    int64_t amount, places;
    id by_id;
    struct str note;
};

static struct outcome keep_step(struct scene *scene, const struct ladder_find_desk_by_id_row *desk,
                                const struct ladder_state *state, const struct step *step)
{
    struct str level = ladder_level_word(state->level), why = ladder_why_word(step->why);

    TRY(ladder_set_level(scene->store, level, state->since, why, step->amount, step->places,
                         step->by_id, step->note, desk->desk_id));
    TRY(ladder_add_step(scene->store,
                        &(struct ladder_add_step_values){.step_id = scene_new_id(scene),
                                                         .desk_id = desk->desk_id,
                                                         .at = scene->now,
                                                         .level_from = desk->level,
                                                         .level = level,
                                                         .why_word = why,
                                                         .amount = step->amount,
                                                         .places = step->places,
                                                         .by_id = step->by_id,
                                                         .note = step->note}));
    scene_tell(scene, step->is_up ? "ladder.up" : "ladder.down", desk->desk_id, 0);
    return DONE;
}

struct outcome ladder_watch(struct scene *scene, const struct ladder_find_desk_by_id_row *desk,
                            const struct ladder_load *load, struct ladder_state *state)
{
    struct ladder_policy policy;
    struct ladder_find_desk_by_id_row now = *desk;
    enum ladder_why why;
    bool open;

    *state = ladder_state_of(desk);
    TRY(ladder_policy(scene, desk->division, &policy));
    why = ladder_look(&policy, load, scene->now, state);
    TRY(ladder_set_look(scene->store, state->calm_at, load->waiting, scene->now, desk->desk_id));
    if (why)
        TRY(keep_step(
            scene, desk, state,
            &(struct step){.why = why,
                           .is_up = why != LADDER_CALM && why != LADDER_GONE,
                           .amount = why == LADDER_WAIT ? load->longest_seconds : load->waiting,
                           .places = load->places,
                           .note = S("")}));
    now.waiting_count = load->waiting;
    TRY(ladder_calls(scene, &policy, &now, state->level, load, &open));
    if (load->waiting == 0 && state->level == LADDER_DUTY && !open) return DONE;
    return clock_set(scene, "ladder.look", desk->desk_id,
                     scene->now +
                         (policy.rise_seconds < LOOK_SECONDS ? policy.rise_seconds : LOOK_SECONDS));
}

/* ---- by hand ---- */

struct outcome ladder_scope(struct scene *scene, struct str *scope)
{
    const struct actor *actor = &scene->actor;
    struct str watched = scene_scope(scene, WHO_SUPERVISOR);
    struct people_find_team_row team;
    bool found;

    *scope = S("-"); /* no division begins so: nothing */
    if (watched.len) {
        *scope = ladder_district(watched);
    } else if (scene_is(scene, WHO_LEADER) && actor->team_id) {
        TRY(people_team(scene, actor->team_id, &team, &found));
        if (found) *scope = ladder_district(team.division);
    }
    return DONE;
}

bool ladder_may_change(const struct scene *scene)
{
    struct str scope = scene_scope(scene, WHO_SUPERVISOR);

    return scope.len && scope.len <= ladder_district(scope).len;
}

struct outcome ladder_raised(struct scene *scene, int64_t *count)
{
    struct ladder_count_raised_row row;
    struct str scope;
    bool found;

    TRY(ladder_scope(scene, &scope));
    TRY(ladder_count_raised(scene->store, scope, &row, &found));
    *count = row.desks_count;
    return DONE;
}

struct outcome ladder_need_desk(struct scene *scene, id desk_id,
                                struct ladder_find_desk_by_id_row *row)
{
    struct str scope;
    bool found;

    TRY(ladder_scope(scene, &scope));
    TRY(ladder_desk(scene, desk_id, row, &found));
    return found && str_begins(row->division, scope) ? DONE : REFUSE(act_unknown);
}

struct outcome ladder_need_own_desk(struct scene *scene, id desk_id,
                                    struct ladder_find_desk_by_id_row *row)
{
    TRY(ladder_need_desk(scene, desk_id, row));
    return ladder_may_change(scene) ? DONE : REFUSE(act_not_yours);
}

static struct outcome push(struct scene *scene, const void *form, void *result)
{
    const struct ladder_push_form *f = form;
    struct ladder_find_desk_by_id_row desk;
    struct ladder_policy policy;
    struct ladder_state state;
    bool is_up = str_same(f->direction, S("up"));

    (void)result;
    TRY(ladder_need_own_desk(scene, f->desk, &desk));
    if (!is_up && !str_same(f->direction, S("down"))) return REFUSE(ladder_direction);
    state = ladder_state_of(&desk);
    TRY(ladder_policy(scene, desk.division, &policy));
    TRY(ladder_push(&policy, is_up ? 1 : -1, scene->now, &state));
    scene_about(scene, desk.desk_id, 0);
    TRY(keep_step(scene, &desk, &state,
                  &(struct step){.why = LADDER_HAND,
                                 .is_up = is_up,
                                 .amount = desk.waiting_count,
                                 .by_id = scene->actor.person_id,
                                 .note = f->reason}));
    return clock_set(scene, "ladder.look", desk.desk_id, scene->now);
}

const struct act ladder_act_push = {
    .name = "ladder.push", .who = WHO_SUPERVISOR, .form = &ladder_push_form, .run = push};

#define FORM_THIS ladder_push_form
FORM_TABLE(ladder_push, LADDER_PUSH_FORM)
#undef FORM_THIS
#define FORM_THIS ladder_which_form
FORM_TABLE(ladder_which, LADDER_WHICH_FORM)
#undef FORM_THIS
