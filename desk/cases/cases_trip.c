/* cases_trip.c -- what somebody has to bring for an item, and what the office has already.
 *
 *  (1) Of papers that were handed in only those of the actor's own cases are told; whoever holds
 * the token of one case is told of that case. */
#include "desk/cases/cases_parts.h"

static void reasons_of(struct scene *scene, const struct cases_flow *flow, struct cases_trip *trip)
{
    struct str *made = NEW_MANY(scene->arena, struct str, CASES_FIELDS_MAX * CASES_OPTIONS_MAX);

    for (size_t f = 0; f < flow->fields_count; f++) {
        const struct cases_field *field = &flow->fields[f];

        for (size_t o = 0; o < field->options_count; o++)
            if (field->options[o].first)
                made[trip->first_count++] =
                    cases_in(scene, field->options[o].zh, field->options[o].en);
    }
    trip->first = made;
}

/* (1) */
static struct outcome held_of(struct scene *scene, const struct cases_flow *flow, id case_id,
                              struct cases_trip *trip)
{
    const struct cases_list_papers_of_row *rows;
    id owner_id = scene->actor.person_id;
    struct cases_find_case_row row;
    size_t count;
    bool found;

    if (!scene_is(scene, WHO_ASKER)) return DONE;
    if (case_id) {
        TRY(cases_find_case(scene->arena, scene->store, case_id, &row, &found));
        if (found) owner_id = row.owner_id;
    }
    TRY(cases_list_papers_of(scene->arena, scene->store, owner_id, &rows, &count));
    for (size_t m = 0; m < trip->count; m++) {
        for (size_t i = 0; i < count && !trip->needed[m].held.len; i++) {
            if (!str_same(rows[i].material, flow->materials[m].material)) continue;
            if (rows[i].case_id != case_id && !flow->materials[m].lasts) continue;
            if (scene->actor.case_id && rows[i].case_id != scene->actor.case_id) continue;
            trip->needed[m].held = rows[i].reference;
            trip->needed[m].held_at = rows[i].at;
        }
    }
    return DONE;
}

struct outcome cases_trip_of(struct scene *scene, struct str item, struct str for_case,
                             struct cases_trip *trip)
{
    struct cases_flow *flow = NEW(scene->arena, struct cases_flow);
    struct cases_case c;
    struct items_item said;
    id version_id, case_id = 0;
    bool found;

    *trip = (struct cases_trip){0};
    TRY(items_now(scene, item, &version_id, &said, &found));
    if (!found) return REFUSE(act_unknown);
    if (for_case.len) {
        TRY(cases_open_own(scene, for_case, &c));
        if (!str_same(c.row.item, item)) return REFUSE(act_unknown);
        case_id = c.row.case_id;
        version_id = c.row.version_id; /* it goes on by the table it began under */
        trip->is_first = c.row.is_first != 0;
    }
    if (!said.flow.len && !case_id) return DONE;
    TRY(cases_load_flow(scene, version_id, &said, flow));
    trip->count = flow->materials_count;
    for (size_t m = 0; m < trip->count; m++) {
        const struct cases_material *material = &flow->materials[m];

        trip->needed[m] = (struct cases_needed){.name = cases_in(scene, material->zh, material->en),
                                                .get = material->get,
                                                .must = material->must,
                                                .spared = material->spared,
                                                .held = S("")};
    }
    reasons_of(scene, flow, trip);
    return held_of(scene, flow, case_id, trip);
}
