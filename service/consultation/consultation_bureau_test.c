/* consultation_bureau_test.c -- see consultation_bureau_test.h. */
#include "service/consultation/consultation_bureau_test.h"

#include <criterion/criterion.h>

#include "bureau/people/people_acts.h"
#include "desk/identity/identity_acts.h"
#include "gen/people_sql.h"
#include "platform/scene_test.h"

static struct bureau *made;

static struct outcome make_person(struct scene *own, const char *login, const char *role,
                                  struct actor *actor, unsigned is)
{
    id person_id;

    TRY(identity_person_add(
        own, &(struct identity_new_person){.login = str_of(login), .name = str_of(login)},
        &person_id));
    TRY(identity_role_add(own, person_id, str_of(role), S("31")));
    *actor = (struct actor){.person_id = person_id,
                            .is = is | WHO_ANYONE,
                            .scopes = scopes_of(S("31")),
                            .name = str_of(login)};
    return DONE;
}

static struct outcome make_lawyer(struct scene *own, int number, const char *login)
{
    struct actor *actor = &made->lawyer[number];

    TRY(make_person(own, login, "consultant", actor, WHO_CONSULTANT));
    actor->team_id = made->team_id;
    TRY(people_add_demo_consultant(own->store, actor->person_id, S("lawyer"), made->team_id,
                                   S("310101"), S("1"), own->now - 1,
                                   own->now + 100 * (int64_t)SECONDS_PER_DAY));
    TRY(people_add_demo_field(own->store, actor->person_id, S("labour")));
    return people_add_demo_language(own->store, actor->person_id, S("zh"));
}

static struct outcome make_bureau(struct scene *own, const void *form, void *result)
{
    const struct identity_division divisions[] = {
        {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")},
        {S("310101"), S("31"), S("district"), S("黄浦区"), S("Huangpu")}};
    const struct str labour[7] = {S("labour"), S("劳动"),   S("Work"), S(""),
                                  S(""),       S("lawyer"), S("")};

    (void)form, (void)result;
    TRY(identity_divisions_load(own, divisions, COUNT(divisions)));
    TRY(people_first_field(own, labour, 1));
    TRY(people_first_hours(own, true));
    TRY(clock_set(own, "consultation.sweep", 0, own->now));
    TRY(make_person(own, "leader", "leader", &made->leader, WHO_LEADER));
    TRY(make_person(own, "supervisor", "supervisor", &made->supervisor, WHO_SUPERVISOR));
    made->team_id = scene_new_id(own);
    made->leader.team_id = made->team_id;
    TRY(people_add_demo_team(own->store, made->team_id, S("one"), S("一队"), S("One"),
                             S("district"), S("310101"), made->leader.person_id));
    TRY(make_lawyer(own, 0, "anna"));
    TRY(make_lawyer(own, 1, "bo"));
    return make_lawyer(own, 2, "chen");
}

void bureau_make(struct scene *scene, struct bureau *bureau)
{
    static const struct act act = {.name = "test.bureau", .who = WHO_SYSTEM, .run = make_bureau};

    made = bureau;
    cr_assert(test_done(test_act(scene, &act, NULL, NULL)));
}
