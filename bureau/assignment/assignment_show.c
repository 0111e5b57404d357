/* assignment_show.c -- why this person: every decision about a case, with everybody weighed.
 *
 *  (1) For whoever watches the case: a supervisor of its district, the leader of its team.  To
 *      anybody else there is no such case. */
#include <stdlib.h>

#include "bureau/assignment/assignment_views.h"

enum { SHOWN_IN_FULL = 10 /* decisions, the newest: more names than that nobody reads */ };

/* A supervisor watches divisions, a leader a team. */
static struct outcome find_case(struct scene *scene, struct str reference,
                                struct assignment_find_watched_row *row)
{
    const struct actor *actor = &scene->actor;
    struct str scope = scene_scope(scene, WHO_SUPERVISOR);
    bool found;

    TRY(assignment_find_watched(scene->arena, scene->store, reference, scope,
                                !scope.len && scene_is(scene, WHO_LEADER) ? actor->team_id : 0, row,
                                &found));
    return found ? DONE : REFUSE(act_unknown);
}

static struct outcome name_of(struct scene *scene, id person_id, struct str *name)
{
    struct assignment_find_name_row row;
    bool found;

    *name = S("");
    if (!person_id) return DONE;
    TRY(assignment_find_name(scene->arena, scene->store, person_id, &row, &found));
    if (found) *name = row.person_name;
    return DONE;
}

/* Those who fit first, by points; the rest by what they lacked. */
static int by_place(const void *a, const void *b)
{
    const struct assignment_weighed_view *x = a, *y = b;

    if (x->fits != y->fits) return x->fits ? -1 : 1;
    if (x->is_chosen != y->is_chosen) return x->is_chosen ? -1 : 1;
    if (x->points != y->points) return x->points > y->points ? -1 : 1;
    if (x->is_next != y->is_next) return x->is_next ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

static struct assignment_weighed_view weighed_of(struct scene *scene,
                                                 const struct assignment_kept *kept,
                                                 const struct assignment_list_assignments_row *row)
{
    const struct assignment_verdict *verdict = &kept->verdict;

    return (struct assignment_weighed_view){
        .id = kept->person_id,
        .fits = verdict->unfit == ASSIGNMENT_FITS,
        .is_chosen = kept->person_id == row->person_id,
        .is_next = kept->person_id == row->next_id,
        .unfit = verdict->unfit ? assignment_unfit_word(verdict->unfit) : S(""),
        .unfit_name = verdict->unfit
                          ? text_in(scene->language, assignment_unfit_name(verdict->unfit))
                          : S(""),
        .points = verdict->points,
        .field = verdict->part[ASSIGNMENT_FIELD],
        .returning = verdict->part[ASSIGNMENT_RETURNING],
        .district = verdict->part[ASSIGNMENT_DISTRICT],
        .free = verdict->part[ASSIGNMENT_FREE],
        .fair = verdict->part[ASSIGNMENT_FAIR],
        .idle = verdict->part[ASSIGNMENT_IDLE],
    };
}

static struct outcome show_candidates(struct scene *scene,
                                      const struct assignment_list_assignments_row *row,
                                      struct assignment_decision_view *v)
{
    struct assignment_weighed_view *made =
        NEW_MANY(scene->arena, struct assignment_weighed_view, ASSIGNMENT_KEPT_MAX);
    struct assignment_kept kept = {0};
    struct str rest = row->candidates;
    size_t count = 0;

    while (count < ASSIGNMENT_KEPT_MAX && assignment_kept_next(&rest, &kept)) {
        made[count] = weighed_of(scene, &kept, row);
        TRY(name_of(scene, kept.person_id, &made[count].name));
        count++;
    }
    qsort(made, count, sizeof *made, by_place);
    for (size_t i = 0; i < count && made[i].fits; i++) made[i].place = (int64_t)i + 1;
    v->candidates = made;
    v->candidates_count = count;
    return DONE;
}

static struct outcome show_decision(struct scene *scene,
                                    const struct assignment_list_assignments_row *row,
                                    struct assignment_decision_view *v)
{
    *v = (struct assignment_decision_view){
        .at = row->offered_at,
        .is_written = row->is_written,
        .policy = row->policy_version,
        .chosen = row->person_id,
        .name = row->person_name,
        .points = row->points,
        .next = row->next_id,
        .next_points = row->next_points,
        .result = row->result,
        .result_name = text_in(scene->language, assignment_result_name(row->result)),
        .reason = row->reason,
        .candidates_weighed = row->candidates_count,
        .fit = row->fit_count,
        .is_forgotten = row->candidates.len == 0,
        .number = arena_print(scene->arena, "%lld", (long long)row->assignment_id),
    };
    return name_of(scene, row->next_id, &v->next_name);
}

struct outcome assignment_show_case(struct request *request, const void *query, void *view)
{
    const struct assignment_case_form *f = query;
    struct scene *scene = request->scene;
    struct assignment_case_view *v = view;
    struct assignment_find_watched_row found;
    const struct assignment_list_assignments_row *rows;
    struct assignment_decision_view *decisions;
    size_t count;

    TRY(find_case(scene, f->reference, &found));
    TRY(assignment_history(scene, found.case_id, &rows, &count));
    decisions = NEW_MANY(scene->arena, struct assignment_decision_view, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct assignment_decision_view *decision = &decisions[count - 1 - i]; /* newest first */

        TRY(show_decision(scene, &rows[i], decision));
        if (count - 1 - i < SHOWN_IN_FULL) TRY(show_candidates(scene, &rows[i], decision));
    }
    v->reference = found.reference;
    v->is_consultation = str_same(found.service, S("consultation"));
    v->decisions = decisions;
    v->decisions_count = count;
    return DONE;
}
