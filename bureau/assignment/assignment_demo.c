/* assignment_demo.c -- for the demo city: who was on line in the last days and why each case went
 * where it did, so that replay and the pages that explain have something to show.
 *
 * The cases and who served them are those of the record; the others who were weighed are made up
 * from consultants there are, and weighed by the rules. */
#include "bureau/assignment/assignment_acts.h"
#include "bureau/people/people_acts.h"

enum {
    DEMO_DAYS = 15,   /* a day more than shares are compared over */
    WEIGHED_MAX = 12, /* with each case */
    OPENS = 9 * SECONDS_PER_HOUR,
    CLOSES = 17 * SECONDS_PER_HOUR,
    SHANGHAI_SECONDS = 8 * SECONDS_PER_HOUR,
    ACCEPT_SECONDS_MAX = 12
};

static moment day_of(moment at)
{
    return (at + SHANGHAI_SECONDS) / SECONDS_PER_DAY * SECONDS_PER_DAY - SHANGHAI_SECONDS;
}

/* On duty that day, from before the case until after it. */
static struct outcome add_duty(struct scene *scene, id person_id, moment at, moment until)
{
    moment from = day_of(at) + OPENS, end = day_of(at) + CLOSES;

    if (at < from) from = at - SECONDS_PER_HOUR;
    if (until > end) end = until + SECONDS_PER_HOUR;
    if (end >= scene->now) end = scene->now - 1;
    if (end <= from) return DONE;
    return assignment_add_past_spell(scene->store, person_id, from, end, 3);
}

/* By rising number, as the row keeps them: the one who served it knows the field and is there. */
static size_t make_candidates(const struct people_list_some_consultants_row *people, size_t count,
                              const struct assignment_list_demo_cases_row *c, int number,
                              struct assignment_candidate *made)
{
    size_t kept = 0;

    for (size_t i = 0; i < count && kept < WEIGHED_MAX; i++) {
        bool is_it = people[i].person_id == c->consultant_id;
        uint64_t dice = (uint64_t)number * 7919 + i * 104729;

        if (!is_it && (!str_same(people[i].profession, c->profession) || dice % 29 != 0)) continue;
        made[kept++] = (struct assignment_candidate){
            .person_id = people[i].person_id,
            .fields = is_it || dice % 3 == 0 ? 1 : 2,
            .languages = dice % 41 == 0 && !is_it ? 2 : 1,
            .district = assignment_district(people[i].division),
            .verified = true,
            .present = true,
            .load = is_it ? 0 : (int32_t)(dice / 29 % 4),
            .capacity = 3,
            .share = is_it ? 700 : 600 + (int32_t)(dice / 87 % 1200),
            .last_offer_at = c->opened_at - (is_it ? 3600 : (moment)(dice % 3600))};
    }
    return kept;
}

static struct outcome add_decision(struct scene *scene,
                                   const struct people_list_some_consultants_row *people,
                                   size_t count, const struct assignment_list_demo_cases_row *c,
                                   int number)
{
    struct assignment_candidate candidates[WEIGHED_MAX];
    struct assignment_verdict verdicts[WEIGHED_MAX];
    struct assignment_request request = {.field = 1,
                                         .language = 1,
                                         .district = assignment_district(c->division),
                                         .returning_id = c->consultant_id,
                                         .now = c->opened_at};
    moment waited = c->served_at - c->opened_at;
    moment accepted = waited < ACCEPT_SECONDS_MAX ? waited : 3 + number % 9;
    struct assignment_choice choice;
    size_t kept = make_candidates(people, count, c, number, candidates);

    choice = assignment_choose(&assignment_policy_default, &request, candidates, kept, verdicts);
    if (choice.chosen == SIZE_MAX || candidates[choice.chosen].person_id != c->consultant_id)
        return DONE;
    return assignment_add_past_assignment(
        scene->store,
        &(struct assignment_add_past_assignment_values){
            .assignment_id = c->case_id, /* unique, and an act gives out few new ones */
            .service = c->service,
            .case_id = c->case_id,
            .profession = c->profession,
            .field = c->field,
            .person_id = c->consultant_id,
            .next_id = choice.next == SIZE_MAX ? 0 : candidates[choice.next].person_id,
            .points = choice.points,
            .next_points = choice.next_points,
            .candidates_count = (int64_t)kept,
            .fit_count = (int64_t)choice.fit_count,
            .candidates = assignment_keep(scene->arena, candidates, verdicts, kept),
            .offered_at = c->served_at - accepted,
            .taken_at = c->served_at,
            .ended_at = c->ended_at});
}

struct outcome assignment_demo(struct scene *scene)
{
    const struct assignment_list_demo_cases_row *cases;
    const struct people_list_some_consultants_row *people;
    size_t count, people_count;

    TRY(people_some_consultants(scene, &people, &people_count));
    TRY(assignment_list_demo_cases(scene->arena, scene->store,
                                   scene->now - DEMO_DAYS * (int64_t)SECONDS_PER_DAY, &cases,
                                   &count));
    for (size_t i = 0; i < count; i++) {
        TRY(add_duty(scene, cases[i].consultant_id, cases[i].opened_at, cases[i].ended_at));
        TRY(add_decision(scene, people, people_count, &cases[i], (int)i));
    }
    return assignment_recount(scene);
}
