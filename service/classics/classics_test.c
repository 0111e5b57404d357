/* classics_test.c -- the ten best cases: days, screening, one vote each, who is among them. */
#include "service/classics/classics.h"

#include <criterion/criterion.h>

#include "bureau/people/people_acts.h"
#include "desk/identity/identity_acts.h"
#include "platform/scene_test.h"
#include "service/classics/classics_views.h"
#include "service/repository/repository_acts.h"

extern const struct module identity_module, laws_module, people_module, record_module,
    register_module, notice_module;

Test(classics_rules, days_say_the_phase_and_votes_the_ten)
{
    struct classics_tally tallies[12];

    cr_expect_eq(classics_phase_at(100, 200, 0, 99), CLASSICS_COLLECTING);
    cr_expect_eq(classics_phase_at(100, 200, 0, 100), CLASSICS_VOTING);
    cr_expect_eq(classics_phase_at(100, 200, 0, 200), CLASSICS_COUNTING);
    cr_expect_eq(classics_phase_at(100, 200, 201, 200), CLASSICS_OVER);
    for (int i = 0; i < 12; i++) tallies[i] = (struct classics_tally){12 - i, i % 6};
    cr_expect_eq(classics_rank(tallies, 12), 10, "two without a vote are not among them");
    cr_expect_eq(tallies[0].entry_id, 1);
    cr_expect_eq(tallies[1].entry_id, 7, "of equal votes what was published first");
    cr_expect_eq(classics_rank(tallies, 3), 3);
}

static struct scene *scene;

static struct outcome open_talk(struct scene *asking, struct str reference,
                                struct repository_case *found)
{
    (void)asking;
    *found = (struct repository_case){.case_id = reference.at[7],
                                      .reference = reference,
                                      .field = S("labour"),
                                      .division = S("310104"),
                                      .question = S("?"),
                                      .answer = S("?")};
    return DONE;
}

static struct outcome make(struct scene *own, const void *form, void *result)
{
    static const struct str labour[7] = {{"labour", 6}, {"劳动", 6},   {"Labour", 6}, {"", 0},
                                         {"", 0},       {"lawyer", 6}, {"", 0}};

    (void)form, (void)result;
    return people_first_field(own, labour, 1);
}

static void set_up(void)
{
    static const struct act act = {.name = "test.make", .who = WHO_SYSTEM, .run = make};

    scene = test_scene(WHO_SYSTEM,
                       (const struct module *[]){&notice_module, &identity_module, &laws_module,
                                                 &people_module, &record_module, &register_module,
                                                 &repository_module, &classics_module, NULL});
    cr_assert(test_done(test_act(scene, &act, NULL, NULL)));
    repository_case_hook(open_talk);
}
static void tear_down(void)
{
    repository_case_hook(NULL);
    test_scene_close(&scene);
}
TestSuite(classics, .init = set_up, .fini = tear_down);

static void be(id person_id, unsigned is, const char *scope)
{
    scene->actor = (struct actor){
        .person_id = person_id, .is = is | WHO_ANYONE, .scopes = scopes_of(str_of(scope))};
}

static id published(const char *reference, const char *title)
{
    struct repository_propose_form form = {.reference = str_of(reference),
                                           .title = str_of(title),
                                           .field = S("labour"),
                                           .question = S("俩口子过不到一块了，咋散伙？"),
                                           .answer = S("可以先商量，再去登记。"),
                                           .compared = true};
    struct repository_made_view told = {0};
    struct repository_publish_form yes = {.seen = 1, .confirmed = true};

    be(5, WHO_CONSULTANT, "");
    cr_assert(test_done(test_act(scene, &repository_propose, &form, &told)));
    yes.entry = told.entry;
    be(6, WHO_SUPERVISOR, "31");
    cr_assert(test_done(test_act(scene, &repository_publish, &yes, NULL)));
    return told.entry;
}

/* TEST_NOW is 2026-11-22. */
static id opened(void)
{
    struct classics_made_view told = {0};

    be(6, WHO_SUPERVISOR, "31");
    cr_assert(test_done(test_post(scene, &classics_open,
                                  "title=十佳案例&vote_from=2026-12-01&vote_until=2026-12-31",
                                  &told)));
    return told.round;
}

static const char *refused(struct outcome outcome)
{
    return outcome.refusal ? outcome.refusal->key : "";
}

static struct outcome nominate(id round, id entry)
{
    struct classics_nominate_form form = {.round = round, .entry = entry, .why = S("很常见")};

    be(6, WHO_SUPERVISOR, "31");
    return test_act(scene, &classics_nominate, &form, NULL);
}

static struct outcome screen(id person_id, const char *scope, id round, id entry,
                             const char *verdict)
{
    struct classics_screen_form form = {.round = round, .entry = entry, .verdict = str_of(verdict)};

    be(person_id, WHO_LEADER, scope);
    return test_act(scene, &classics_screen, &form, NULL);
}

static struct outcome vote(id person_id, id round, id entry)
{
    struct classics_vote_form form = {.round = round, .entry = entry};

    be(person_id, WHO_RESIDENT, "");
    return test_act(scene, &classics_vote, &form, NULL);
}

static struct classics_round_view look(id round)
{
    struct classics_round_view v = {0};
    struct str go;

    cr_assert(test_done(test_show(scene, &classics_module, "/classics/{round}",
                                  arena_print(scene->arena, "round=%lld", (long long)round).at, &v,
                                  &go)));
    return v;
}

Test(classics, only_what_everybody_may_read_is_nominated_and_another_leader_screens_it_in_time)
{
    id round = opened(), entry = published("ABCDEFGH", "俩口子咋散伙");
    struct classics_made_view told;
    struct repository_refuse_form away = {.entry = entry, .reason = S("不对")};

    cr_expect_str_eq(refused(test_post(scene, &classics_open,
                                       "title=十佳案例&vote_from=2026-11-22&vote_until=2026-12-31",
                                       &told)),
                     "classics.wrong-days", "today is too late to collect");
    cr_expect_str_eq(refused(nominate(round, 99)), "classics.not-public");
    cr_expect(test_done(nominate(round, entry)));
    cr_expect_str_eq(refused(nominate(round, entry)), "classics.nominated-already");
    cr_expect_str_eq(refused(screen(6, "310104", round, entry, "accept")), "classics.own");
    cr_expect(screen(7, "310115", round, entry, "accept").refusal == &act_unknown,
              "of another district");
    cr_expect_str_eq(refused(screen(7, "310104", round, entry, "refuse")), "classics.no-reason");
    cr_expect_str_eq(refused(screen(7, "310104", round, entry, "x")), "classics.unknown-verdict");
    cr_expect_eq(look(round).cases_count, 0, "nobody sees what is nominated");
    cr_expect_str_eq(refused(vote(8, round, entry)), "classics.not-voting");
    cr_expect(test_done(screen(7, "310104", round, entry, "accept")));
    scene->now = 1796054400; /* 2026-12-01 */
    cr_expect_eq(look(round).cases_count, 1);
    cr_expect_str_eq(refused(screen(7, "310104", round, entry, "accept")),
                     "classics.not-collecting");
    be(6, WHO_SUPERVISOR, "31");
    cr_assert(test_done(test_act(scene, &repository_refuse, &away, NULL)));
    cr_expect_eq(look(round).cases_count, 0, "what is withdrawn cannot be voted for");
    cr_expect_str_eq(refused(vote(8, round, entry)), "classics.no-such-case");
}

Test(classics, one_vote_each_counted_once_and_what_is_hidden_leaves_no_gap)
{
    id round = opened(), one = published("ABCDEFGH", "俩口子咋散伙"),
       two = published("ABCDEFGJ", "过不到一块咋散伙"), three = published("ABCDEFGK", "散伙");
    struct clock_form due = {.case_id = round};
    struct repository_refuse_form away = {.entry = two, .reason = S("不对")};
    struct classics_round_view v;

    for (int i = 0; i < 3; i++) {
        id entry = i == 0 ? one : i == 1 ? two : three;

        cr_assert(test_done(nominate(round, entry)));
        cr_assert(test_done(screen(7, "310104", round, entry, "accept")));
    }
    scene->now = 1796054400; /* 2026-12-01 */
    cr_assert(test_done(vote(20, round, one)));
    cr_assert(test_done(vote(20, round, two)), "changed");
    cr_assert(test_done(vote(21, round, two)));
    cr_assert(test_done(vote(22, round, one)));
    v = look(round);
    cr_expect_eq(v.votes, 0, "not while people vote");
    cr_expect(v.cases[0].is_chosen && !v.cases[1].is_chosen, "one's own is seen by oneself");
    scene->now = 1798732800; /* 2027-01-01 */
    cr_expect_str_eq(refused(vote(23, round, one)), "classics.not-voting");
    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(test_act(scene, &classics_count, &due, NULL)));
    cr_assert(test_done(test_act(scene, &classics_count, &due, NULL)), "twice is once");
    be(0, 0, "");
    v = look(round);
    cr_expect_eq(v.votes, 3);
    cr_assert_eq(v.cases_count, 2, "nobody voted for the third");
    cr_expect(v.cases[0].entry == two && v.cases[0].votes == 2 && v.cases[1].entry == one);
    be(6, WHO_SUPERVISOR, "31");
    cr_assert(test_done(test_act(scene, &repository_refuse, &away, NULL)));
    v = look(round);
    cr_assert_eq(v.cases_count, 1);
    cr_expect_eq(v.cases[0].place, 1);
}
