/* assignment_acts.c -- gathers who could have a case, lets the rules choose, writes down why.
 *
 *  (1) Runs inside the act of a service: choice, record and case are durable together.
 *  (2) Every choice leaves a row with everybody who was weighed and the version of the policy. */
#include "bureau/assignment/assignment_acts.h"

#include "bureau/people/people_acts.h"

struct outcome assignment_seen_since(struct scene *scene, moment *since)
{
    struct assignment_policy policy;

    TRY(assignment_policy_now(scene, &policy));
    *since = scene->now - policy.absent_seconds;
    return DONE;
}

/* ---- one decision ---- */

static struct outcome find_conflicts(struct scene *scene, id case_id, id **conflicts,
                                     size_t *conflicts_count)
{
    const struct assignment_list_barred_row *barred;
    const struct assignment_list_of_other_side_row *served;
    size_t barred_count, served_count;

    TRY(assignment_list_barred(scene->arena, scene->store, case_id, &barred, &barred_count));
    TRY(assignment_list_of_other_side(scene->arena, scene->store, case_id, &served, &served_count));
    *conflicts_count = barred_count + served_count;
    *conflicts = NEW_MANY(scene->arena, id, *conflicts_count + 1);
    for (size_t i = 0; i < barred_count; i++) (*conflicts)[i] = barred[i].person_id;
    for (size_t i = 0; i < served_count; i++) (*conflicts)[barred_count + i] = served[i].person_id;
    return DONE;
}

struct outcome assignment_is_barred(struct scene *scene, id case_id, id person_id, bool *barred)
{
    id *conflicts;
    size_t count;

    *barred = false;
    TRY(find_conflicts(scene, case_id, &conflicts, &count));
    for (size_t i = 0; i < count; i++) *barred = *barred || conflicts[i] == person_id;
    return DONE;
}

struct outcome assignment_decide(struct scene *scene, struct assignment_floor *floor,
                                 const struct assignment_case *about,
                                 struct assignment_decision *decision)
{
    const struct assignment_list_had_it_row *rows;
    struct assignment_request *request = &decision->request;
    size_t count, conflicts_count;
    id *had_it, *conflicts;

    TRY(assignment_list_had_it(scene->arena, scene->store, about->case_id, &rows, &count));
    had_it = NEW_MANY(scene->arena, id, count + 1);
    for (size_t i = 0; i < count; i++) had_it[i] = rows[i].person_id;
    TRY(find_conflicts(scene, about->case_id, &conflicts, &conflicts_count));
    *decision = (struct assignment_decision){
        .about = *about,
        .request = {.field = assignment_bit(&floor->fields, about->field, false),
                    .language = assignment_bit(&floor->languages, about->language, false),
                    .district = assignment_district(about->division),
                    .wants_id = about->wants_id,
                    .returning_id = about->returning_id,
                    .conflicts = conflicts,
                    .conflicts_count = conflicts_count,
                    .had_it = had_it,
                    .had_it_count = count,
                    .is_written = about->is_written,
                    .reach = about->reach,
                    .now = scene->now},
        .verdicts = NEW_MANY(scene->arena, struct assignment_verdict, floor->count + 1)};
    if (assignment_wish_is_vain(request, floor->candidates, floor->count)) {
        decision->wish_dropped = true;
        request->wants_id = 0;
    }
    decision->choice = assignment_choose(&floor->policy, request, floor->candidates, floor->count,
                                         decision->verdicts);
    return DONE;
}

struct outcome assignment_offer(struct scene *scene, struct assignment_floor *floor,
                                const struct assignment_decision *decision)
{
    const struct assignment_case *about = &decision->about;
    const struct assignment_choice *choice = &decision->choice;
    struct assignment_candidate *chosen = &floor->candidates[choice->chosen];

    chosen->load++;
    chosen->last_offer_at = scene->now;
    TRY(people_was_offered(scene, chosen->person_id));
    TRY(about->is_written ? assignment_add_share_written(scene->store, chosen->person_id)
                          : assignment_add_share_offer(scene->store, chosen->person_id));
    return assignment_add_assignment(
        scene->store,
        &(struct assignment_add_assignment_values){
            .assignment_id = scene->seq * SCENE_IDS_MAX + scene->ids_count++,
            .service = str_of(about->service),
            .case_id = about->case_id,
            .profession = about->profession,
            .field = about->field,
            .person_id = chosen->person_id,
            .next_id = choice->next == SIZE_MAX ? 0 : floor->candidates[choice->next].person_id,
            .points = choice->points,
            .next_points = choice->next_points,
            .candidates_count = (int64_t)floor->count,
            .fit_count = (int64_t)choice->fit_count,
            .candidates =
                assignment_keep(scene->arena, floor->candidates, decision->verdicts, floor->count),
            .policy_version = floor->policy.version,
            .is_written = about->is_written,
            .offered_at = scene->now});
}

/* ---- what came of it ---- */

struct outcome assignment_accept(struct scene *scene, id case_id)
{
    struct assignment_find_standing_row row;
    bool found;

    TRY(assignment_find_standing(scene->store, case_id, &row, &found));
    if (!found) return DONE;
    if (!row.is_written) TRY(assignment_add_share_talk(scene->store, row.person_id));
    return assignment_set_accepted(scene->store, scene->now, case_id);
}

struct outcome assignment_said(struct scene *scene, id case_id)
{
    return assignment_set_first(scene->store, scene->now, case_id, scene->actor.person_id);
}

struct outcome assignment_end(struct scene *scene, id case_id, const char *result,
                              struct str reason)
{
    return assignment_set_ended(scene->store, scene->now, str_of(result), reason, case_id);
}

struct outcome assignment_history(struct scene *scene, id case_id,
                                  const struct assignment_list_assignments_row **rows,
                                  size_t *count)
{
    return assignment_list_assignments(scene->arena, scene->store, case_id, rows, count);
}

const char *assignment_result_name(struct str result)
{
    static const struct {
        const char *word, *name;
    } names[] = {
        {"open", T("Has it now")},
        {"accepted", T("Accepted")},
        {"declined", T("Declined")},
        {"expired", T("Did not answer in time")},
        {"withdrawn", T("Taken back by the resident")},
        {"transferred", T("Passed on")},
    };

    for (size_t i = 0; i < COUNT(names); i++) {
        if (str_same(result, str_of(names[i].word))) return names[i].name;
    }
    return "";
}

/* ---- who is on line ---- */

/* A spell ends when somebody goes, or has another number of places from now on. */
struct outcome assignment_noticed(struct scene *scene, id person_id)
{
    struct assignment_find_now_row now;
    struct assignment_find_spell_row spell;
    bool known, open, is_here;

    TRY(assignment_find_now(scene->arena, scene->store, person_id, &now, &known));
    TRY(assignment_find_spell(scene->store, person_id, &spell, &open));
    is_here = known && str_same(now.presence, S("online"));
    if (open && is_here && spell.capacity == now.capacity) return DONE;
    if (open) {
        TRY(assignment_end_spell(scene->store, scene->now, person_id));
        TRY(assignment_add_share_seconds(scene->store, person_id, scene->now - spell.from_at));
    }
    return is_here ? assignment_add_spell(scene->store, person_id, scene->now, now.capacity) : DONE;
}
