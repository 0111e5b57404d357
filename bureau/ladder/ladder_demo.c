/* ladder_demo.c -- a busy hour of the demo city: the ladder went up, backups came, it came down. */
#include "bureau/ladder/ladder_acts.h"
#include "bureau/people/people_acts.h"
#include "platform/secret.h"

enum { AGO_SECONDS = 3 * SECONDS_PER_HOUR, CALLED = 3 };

static const struct {
    int64_t minute;
    enum ladder_level from, to;
    enum ladder_why why;
    int64_t amount, places;
} steps[] = {{0, LADDER_DUTY, LADDER_NEIGHBOUR, LADDER_QUEUE, 4, 9},
             {3, LADDER_NEIGHBOUR, LADDER_BACKUP, LADDER_QUEUE, 11, 9},
             {41, LADDER_BACKUP, LADDER_NEIGHBOUR, LADDER_CALM, 0, 12},
             {45, LADDER_NEIGHBOUR, LADDER_DUTY, LADDER_CALM, 0, 12}};

static struct outcome add_steps(struct scene *scene, id desk_id, moment from)
{
    for (size_t i = 0; i < COUNT(steps); i++)
        TRY(ladder_add_step(scene->store, &(struct ladder_add_step_values){
                                              .step_id = scene_new_id(scene),
                                              .desk_id = desk_id,
                                              .at = from + steps[i].minute * SECONDS_PER_MINUTE,
                                              .level_from = ladder_level_word(steps[i].from),
                                              .level = ladder_level_word(steps[i].to),
                                              .why_word = ladder_why_word(steps[i].why),
                                              .amount = steps[i].amount,
                                              .places = steps[i].places,
                                              .note = S("")}));
    return ladder_set_level(scene->store, S("duty"), from + 45 * SECONDS_PER_MINUTE, S("calm"), 0,
                            12, 0, S(""), desk_id);
}

/* One came for an hour and a half, one could not, one did not answer. */
static struct outcome add_calls(struct scene *scene, id desk_id, struct str profession,
                                struct str division, moment at)
{
    static const char *const answers[CALLED] = {"coming", "no", ""};
    const struct ladder_list_reserve_row *people;
    size_t count;

    TRY(ladder_list_reserve(scene->arena, scene->store, profession, scene->now, division, &people,
                            &count));
    for (size_t i = 0; i < count && i < CALLED; i++) {
        id call_id = scene_new_id(scene);

        TRY(ladder_add_call(scene->store, call_id, desk_id, people[i].person_id, S(""), at, 0, 11));
        if (answers[i][0])
            TRY(ladder_answer_call(scene->store, str_of(answers[i]), at + 40, call_id));
        if (i == 0) TRY(ladder_set_came(scene->store, at + 300, call_id));
        TRY(ladder_end_call(scene->store, at + 300 + (i ? 0 : 90 * SECONDS_PER_MINUTE), i ? 0 : 90,
                            call_id));
    }
    return DONE;
}

/* Numbers nobody has: 199 0000 …. */
static struct outcome add_numbers(struct scene *scene)
{
    const struct people_list_some_consultants_row *people;
    size_t count;

    TRY(people_some_consultants(scene, &people, &count));
    for (size_t i = 0; i < count; i++)
        TRY(ladder_set_contact(scene->store, people[i].person_id,
                               secret_seal(scene->arena, "ladder.phone",
                                           arena_print(scene->arena, "1990000%04zu", i + 1))));
    return DONE;
}

struct outcome ladder_demo(struct scene *scene)
{
    const struct str divisions[] = {S("310115"), S("310110")};
    moment from = scene->now - AGO_SECONDS;

    TRY(add_numbers(scene));
    for (size_t i = 0; i < COUNT(divisions); i++) {
        id desk_id = scene_new_id(scene);

        TRY(ladder_add_desk(scene->store, desk_id, S("lawyer"), divisions[i]));
        TRY(add_steps(scene, desk_id, from));
        TRY(add_calls(scene, desk_id, S("lawyer"), divisions[i], from + 180));
        from += 20 * SECONDS_PER_MINUTE;
    }
    return DONE;
}
