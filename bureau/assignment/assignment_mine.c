/* assignment_mine.c -- why me, why not me: the decisions in which a consultant was weighed.
 *
 *  (1) Only the own line is shown, and how many others there were: no name, no figure of another.
 *  (2) A decision in which somebody was barred by a conflict of interest is not shown to them: it
 *      would tell that one of the parties they declared has asked. */
#include "bureau/assignment/assignment_views.h"
#include "bureau/people/people_acts.h"

enum { OWN_MAX = 20 /* on one page */ };

/* The own line, and how many of those who fit had more points; false if not weighed. */
static bool find_own(struct str candidates, id person_id, struct assignment_kept *own,
                     int64_t *place)
{
    struct assignment_kept kept = {0};
    struct str rest = candidates;
    bool found = false;

    while (!found && assignment_kept_next(&rest, &kept)) found = kept.person_id == person_id;
    if (!found) return false;
    *own = kept;
    *place = 1;
    kept = (struct assignment_kept){0};
    rest = candidates;
    while (assignment_kept_next(&rest, &kept))
        *place += !kept.verdict.unfit && kept.verdict.points > own->verdict.points;
    return true;
}

static void show_parts(struct scene *scene, const struct assignment_policy *policy,
                       const struct assignment_kept *own, struct assignment_own_view *v)
{
    struct assignment_part_view *parts =
        NEW_MANY(scene->arena, struct assignment_part_view, ASSIGNMENT_PARTS);

    for (int i = 0; i < ASSIGNMENT_PARTS; i++) {
        enum assignment_part part = (enum assignment_part)i;

        parts[v->parts_count++] = (struct assignment_part_view){
            .part = assignment_part_word(part),
            .name = text_in(scene->language, assignment_part_name(part)),
            .points = own->verdict.part[part],
            .most = assignment_part_most(policy, part)};
    }
    v->parts = parts;
}

static struct outcome show_own(struct scene *scene, const struct assignment_list_lately_row *row,
                               const struct assignment_kept *own, int64_t place,
                               struct assignment_own_view *v)
{
    enum assignment_unfit unfit = own->verdict.unfit;
    bool is_mine = row->person_id == scene->actor.person_id;
    struct assignment_policy policy;

    *v = (struct assignment_own_view){
        .at = row->offered_at,
        .field = row->field,
        .is_written = row->is_written,
        .was_chosen = is_mine,
        .fits = unfit == ASSIGNMENT_FITS,
        .unfit = unfit ? assignment_unfit_word(unfit) : S(""),
        .unfit_name = unfit ? text_in(scene->language, assignment_unfit_name(unfit)) : S(""),
        .place = unfit        ? 0
                 : is_mine    ? 1
                 : place == 1 ? 2
                              : place, /* equal points, longer idle */
        .fit = row->fit_count,
        .others = row->candidates_count - 1,
        .points = own->verdict.points,
        .policy = row->policy_version,
        .result_name =
            is_mine ? text_in(scene->language, assignment_result_name(row->result)) : S(""),
    };
    TRY(people_field_name(scene, row->field, &v->field_name));
    if (unfit) return DONE;
    TRY(assignment_policy_of(scene, row->policy_version, &policy));
    show_parts(scene, &policy, own, v);
    return DONE;
}

/* The own share among those of the profession who are on line now. */
static struct outcome show_share(struct scene *scene, struct str profession,
                                 struct assignment_mine_view *v)
{
    struct assignment_floor floor;
    struct assignment_find_own_share_row own;
    bool found;

    TRY(assignment_floor_live(scene, profession, NULL, 0, &floor));
    v->window_days = floor.policy.window_days;
    v->share = -1;
    for (size_t i = 0; i < floor.count; i++) {
        if (floor.candidates[i].person_id == scene->actor.person_id)
            v->share = floor.candidates[i].share / 10, v->is_on_line = true;
    }
    TRY(assignment_find_own_share(scene->store, scene->actor.person_id, &own, &found));
    v->talks = found ? own.talks_count : 0;
    v->hours = found ? own.online_seconds / SECONDS_PER_HOUR : 0;
    return DONE;
}

struct outcome assignment_show_mine(struct request *request, const void *query, void *view)
{
    const struct assignment_mine_form *f = query;
    struct scene *scene = request->scene;
    struct assignment_mine_view *v = view;
    struct people_find_consultant_row me;
    const struct assignment_list_lately_row *rows;
    struct assignment_own_view *made = NEW_MANY(scene->arena, struct assignment_own_view, OWN_MAX);
    size_t count, i;
    bool found;

    TRY(people_consultant(scene, scene->actor.person_id, &me, &found));
    if (!found) return REFUSE(people_not_consultant);
    TRY(assignment_list_lately(scene->arena, scene->store, me.profession,
                               f->before ? f->before : INT64_MAX, &rows, &count));
    for (i = 0; i < count && v->decisions_count < OWN_MAX; i++) {
        struct assignment_kept own;
        int64_t place;

        if (!find_own(rows[i].candidates, scene->actor.person_id, &own, &place)) continue;
        if (own.verdict.unfit == ASSIGNMENT_CONFLICT) continue;
        TRY(show_own(scene, &rows[i], &own, place, &made[v->decisions_count]));
        v->chosen_count += made[v->decisions_count++].was_chosen;
    }
    v->decisions = made;
    v->next = i && (i < count || count == 200) ? rows[i - 1].assignment_id : 0;
    return show_share(scene, me.profession, v);
}
