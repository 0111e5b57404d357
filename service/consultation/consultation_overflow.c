/* consultation_overflow.c -- the overflow ladder of bureau/ladder, as consultations use it.
 *
 *  (1) A desk's load is what waits for it and whom its own district and the city could put on it.
 *  (2) Whoever is left waiting by an act has the desk looked at; the sweep is the safety net.
 *  (3) A candidate of another district is passed over only as long as the ladder's policy says;
 *      whoever was asked for by name is not.
 */
#include "bureau/people/people_acts.h"
#include "service/consultation/consultation_case.h"

enum { DESKS_MAX = 64 /* districts of a city, weighed in one drain */ };

/* What is known of one district while one floor is weighed. */
struct desk_reach {
    struct str division;
    struct ladder_state state;
    struct ladder_policy policy; /* its own, or the city's */
    int32_t *rings;              /* of the floor's candidates */
    int64_t places, free;
};

struct dispatch_reach {
    struct ladder_policy city;
    const struct ladder_border *borders;
    size_t borders_count, desks_count;
    struct desk_reach *desks[DESKS_MAX]; /* those met so far: hardly ever more than a few */
};

struct outcome reach_open(struct scene *scene, struct dispatch_reach **reach)
{
    *reach = NEW(scene->arena, struct dispatch_reach);
    TRY(ladder_policy(scene, S(""), &(*reach)->city));
    return ladder_borders(scene, &(*reach)->borders, &(*reach)->borders_count);
}

/* Many candidates serve in few districts: each is measured once. */
static void put_rings(struct scene *scene, const struct dispatch_reach *reach,
                      const struct assignment_floor *floor, struct desk_reach *desk)
{
    desk->rings = NEW_MANY(scene->arena, int32_t, floor->count + 1);
    for (size_t i = 0; i < floor->count; i++) {
        const struct assignment_candidate *c = &floor->candidates[i];
        size_t k = 0;

        while (k < i && floor->candidates[k].district != c->district) k++;
        desk->rings[i] =
            k < i ? desk->rings[k]
            : c->district
                ? (int32_t)ladder_ring(reach->borders, reach->borders_count, desk->division,
                                       arena_print(scene->arena, "%06d", (int)c->district))
                : 0;
        if (desk->rings[i] || !c->verified) continue;
        desk->places += c->capacity;
        desk->free += c->capacity > c->load ? c->capacity - c->load : 0;
    }
}

static struct outcome desk_of(struct scene *scene, struct dispatch_reach *reach,
                              struct str profession, struct str division,
                              const struct assignment_floor *floor, struct desk_reach **desk)
{
    struct str district = ladder_district(division);
    size_t i = 0;

    while (i < reach->desks_count && !str_same(reach->desks[i]->division, district)) i++;
    *desk = i < reach->desks_count ? reach->desks[i] : NULL;
    if (*desk || i == DESKS_MAX) return DONE;
    *desk = reach->desks[reach->desks_count++] = NEW(scene->arena, struct desk_reach);
    (*desk)->division = district;
    TRY(ladder_policy_of(scene, district, &reach->city, &(*desk)->policy));
    put_rings(scene, reach, floor, *desk);
    return ladder_stands(scene, profession, district, &(*desk)->state);
}

struct outcome reach_of(struct scene *scene, struct dispatch_reach *reach,
                        const struct consultation_case *c, struct assignment_floor *floor,
                        int32_t *furthest)
{
    struct desk_reach *desk;

    *furthest = LADDER_CITY;
    TRY(desk_of(scene, reach, c->row.profession, c->row.division, floor, &desk));
    if (!desk) return DONE;
    for (size_t i = 0; i < floor->count; i++) floor->candidates[i].ring = desk->rings[i];
    *furthest = (int32_t)ladder_reach(&desk->policy,
                                      &(struct ladder_wish){.level = desk->state.level,
                                                            .level_at = desk->state.since,
                                                            .waiting_at = c->row.waiting_at,
                                                            .priority = c->row.priority,
                                                            .places = desk->places},
                                      scene->now);
    return DONE;
}

struct outcome overflow_level(struct scene *scene, struct str profession, struct str division,
                              enum ladder_level *level)
{
    struct ladder_state state;

    TRY(ladder_stands(scene, profession, division, &state));
    *level = state.level;
    return DONE;
}

struct outcome overflow_stand(struct scene *scene, struct str profession, struct str division,
                              struct overflow_stand *stand)
{
    stand->policy = ladder_policy_default;
    TRY(overflow_level(scene, profession, division, &stand->level));
    /* On the ground every ladder does the same: nothing. */
    return stand->level == LADDER_DUTY ? DONE : ladder_policy(scene, division, &stand->policy);
}

struct outcome overflow_load(struct scene *scene, struct str profession, struct str division,
                             struct ladder_load *load)
{
    struct consultation_case any = {.row = {.profession = profession, .division = division}};
    struct consultation_find_desk_queue_row queue;
    struct assignment_floor floor;
    struct dispatch_reach *reach;
    struct desk_reach *desk;
    bool found;

    TRY(consultation_find_desk_queue(scene->store, profession, division, &queue, &found));
    TRY(dispatch_floor(scene, &any, false, &floor));
    TRY(reach_open(scene, &reach));
    TRY(desk_of(scene, reach, profession, division, &floor, &desk));
    *load = (struct ladder_load){.waiting = queue.waiting_count,
                                 .longest_seconds =
                                     queue.waiting_count ? scene->now - queue.waiting_at : 0,
                                 .places = desk->places,
                                 .free = desk->free};
    return DONE;
}

static struct outcome look(struct scene *scene, const void *form, void *result)
{
    const struct clock_form *f = form;
    struct ladder_find_desk_by_id_row desk;
    struct ladder_load load;
    struct ladder_state state;
    bool found;

    (void)result;
    scene->quiet = true; /* what is done leaves lines of its own */
    TRY(ladder_desk(scene, f->case_id, &desk, &found));
    if (!found) return DONE;
    TRY(overflow_load(scene, desk.profession, desk.division, &load));
    TRY(ladder_watch(scene, &desk, &load, &state));
    TRY(again_dispatch(scene, &desk, state.level, &load));
    return load.waiting ? dispatch_drain(scene, desk.profession) : DONE;
}

const struct act consultation_look = {.name = "ladder.look", .who = WHO_SYSTEM, .run = look};

struct outcome overflow_wake(struct scene *scene, const struct consultation_case *c)
{
    return c->state == CONSULTATION_WAITING ? ladder_wake(scene, c->row.profession, c->row.division)
                                            : DONE;
}

struct outcome overflow_wake_waiting(struct scene *scene)
{
    const struct consultation_list_desks_waiting_row *rows;
    size_t count;

    TRY(consultation_list_desks_waiting(scene->arena, scene->store, &rows, &count));
    for (size_t i = 0; i < count; i++)
        TRY(ladder_wake(scene, rows[i].profession, rows[i].division));
    return DONE;
}
