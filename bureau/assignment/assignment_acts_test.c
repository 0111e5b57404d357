/* assignment_acts_test.c -- decisions as they are kept, the policy in versions, conflicts of
 * interest, and who may read why. */
#include <criterion/criterion.h>

#include "bureau/assignment/assignment_views.h"
#include "bureau/people/people_acts.h"
#include "bureau/record/record_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/scene_test.h"

static struct scene *scene;
static struct actor anna, bo, admin, elsewhere, supervisor;
static id team_id;

static struct outcome make_person(struct scene *own, const char *login, const char *role,
                                  const char *scope, unsigned is, struct actor *actor)
{
    id person_id;

    TRY(identity_person_add(
        own, &(struct identity_new_person){.login = str_of(login), .name = str_of(login)},
        &person_id));
    TRY(identity_role_add(own, person_id, str_of(role), str_of(scope)));
    *actor = (struct actor){.person_id = person_id,
                            .is = is | WHO_ANYONE,
                            .scopes = scopes_of(str_of(scope)),
                            .team_id = team_id,
                            .name = str_of(login)};
    return DONE;
}

static struct outcome make_lawyer(struct scene *own, const char *login, struct actor *actor)
{
    TRY(make_person(own, login, "consultant", "31", WHO_CONSULTANT, actor));
    TRY(people_add_demo_consultant(own->store, actor->person_id, S("lawyer"), team_id, S("310101"),
                                   S("1"), own->now - 1, own->now + 100 * SECONDS_PER_DAY));
    TRY(people_add_demo_field(own->store, actor->person_id, S("labour")));
    TRY(people_add_demo_language(own->store, actor->person_id, S("zh")));
    TRY(people_set_presence_row(own->store, actor->person_id, S("online"), 3, own->now, own->now));
    return assignment_noticed(own, actor->person_id);
}

static struct outcome make(struct scene *own, const void *form, void *result)
{
    const struct identity_division divisions[] = {
        {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")},
        {S("310101"), S("31"), S("district"), S("黄浦区"), S("Huangpu")},
        {S("310104"), S("31"), S("district"), S("徐汇区"), S("Xuhui")}};
    const struct str labour[7] = {S("labour"), S("劳动"),   S("Work"), S(""),
                                  S(""),       S("lawyer"), S("")};

    (void)form, (void)result;
    TRY(identity_divisions_load(own, divisions, COUNT(divisions)));
    TRY(people_first_field(own, labour, 1));
    team_id = scene_new_id(own);
    TRY(people_add_demo_team(own->store, team_id, S("one"), S("一队"), S("One"), S("district"),
                             S("310101"), 0));
    TRY(make_person(own, "admin", "admin", "31", WHO_ADMIN, &admin));
    TRY(make_person(own, "xuhui", "admin", "310104", WHO_ADMIN | WHO_SUPERVISOR, &elsewhere));
    TRY(make_person(own, "watch", "supervisor", "31", WHO_SUPERVISOR, &supervisor));
    TRY(make_lawyer(own, "anna", &anna));
    return make_lawyer(own, "bo", &bo);
}

static void set_up(void)
{
    static const struct act act = {.name = "test.make", .who = WHO_SYSTEM, .run = make};

    scene = test_scene(WHO_SYSTEM,
                       (const struct module *[]){&notice_module, &identity_module, &people_module,
                                                 &record_module, &assignment_module, NULL});
    cr_assert(test_done(test_act(scene, &act, NULL, NULL)));
}

static void tear_down(void)
{
    test_scene_close(&scene);
}

TestSuite(assignment_acts, .init = set_up, .fini = tear_down);

static void be(struct actor actor)
{
    scene->actor = actor;
}

/* ---- a case, given out ---- */

static struct {
    id case_id;
    const char *phone, *against;
    id given_to;
    enum assignment_unfit anna, bo; /* what was said of them */
    size_t fit;
} dealt;

static struct outcome deal_out(struct scene *own, const void *form, void *result)
{
    struct assignment_floor floor;
    struct assignment_decision decision;
    struct assignment_case about = {.service = "consultation",
                                    .profession = S("lawyer"),
                                    .field = S("labour"),
                                    .language = S("zh"),
                                    .division = S("310101")};

    (void)form, (void)result;
    if (!dealt.case_id) {
        dealt.case_id = scene_new_id(own);
        TRY(assignment_parties(own, dealt.case_id, dealt.case_id,
                               identity_phone_index(own->arena, str_of(dealt.phone)),
                               str_of(dealt.against)));
    }
    about.case_id = dealt.case_id;
    TRY(assignment_floor_live(own, about.profession, NULL, 0, &floor));
    cr_assert_eq(floor.count, 2U);
    TRY(assignment_decide(own, &floor, &about, &decision));
    dealt.fit = decision.choice.fit_count;
    dealt.anna = decision.verdicts[0].unfit;
    dealt.bo = decision.verdicts[1].unfit;
    dealt.given_to = 0;
    if (decision.choice.chosen == SIZE_MAX) return DONE;
    dealt.given_to = floor.candidates[decision.choice.chosen].person_id;
    return assignment_offer(own, &floor, &decision);
}

static void deal(id case_id, const char *phone, const char *against)
{
    static const struct act act = {.name = "test.deal", .who = WHO_SYSTEM, .run = deal_out};

    dealt.case_id = case_id;
    dealt.phone = phone;
    dealt.against = against;
    be((struct actor){.is = WHO_SYSTEM});
    cr_assert(test_done(test_act(scene, &act, NULL, NULL)));
}

static struct outcome accept_it(struct scene *own, const void *form, void *result)
{
    (void)form, (void)result;
    return assignment_accept(own, dealt.case_id);
}

static struct outcome decline_it(struct scene *own, const void *form, void *result)
{
    (void)form, (void)result;
    TRY(assignment_bar_of(own, dealt.case_id, dealt.given_to));
    return assignment_end(own, dealt.case_id, "declined", S("conflict"));
}

static void then(struct outcome (*run)(struct scene *, const void *, void *))
{
    const struct act act = {.name = "test.then", .who = WHO_SYSTEM, .run = run};

    be((struct actor){.is = WHO_SYSTEM});
    cr_assert(test_done(test_act(scene, &act, NULL, NULL)));
}

Test(assignment_acts, a_decision_is_kept_with_everybody_who_was_weighed)
{
    const struct assignment_list_assignments_row *rows;
    struct assignment_kept kept = {0};
    struct str rest;
    size_t count;

    deal(0, "13800000001", "");
    cr_assert_eq(dealt.given_to, anna.person_id, "the smaller number, all else equal");
    cr_assert(test_done(assignment_history(scene, dealt.case_id, &rows, &count)));
    cr_assert_eq(count, 1U);
    cr_expect_eq(rows[0].next_id, bo.person_id);
    cr_expect_eq(rows[0].candidates_count, 2);
    cr_expect_eq(rows[0].policy_version, 0);
    cr_expect(str_same(rows[0].result, S("open")));
    rest = rows[0].candidates;
    cr_expect(assignment_kept_next(&rest, &kept) && kept.person_id == anna.person_id);
    cr_expect_eq(kept.verdict.points, rows[0].points);
    cr_expect(assignment_kept_next(&rest, &kept) && kept.person_id == bo.person_id);
    cr_expect_eq(kept.verdict.points, rows[0].next_points);
    then(accept_it);
    cr_assert(test_done(assignment_history(scene, dealt.case_id, &rows, &count)));
    cr_expect(str_same(rows[0].result, S("accepted")) && rows[0].taken_at == scene->now);
}

Test(assignment_acts, the_next_case_goes_to_whoever_had_less)
{
    deal(0, "13800000001", "");
    then(accept_it);
    scene->now += 60;
    deal(0, "13800000002", "");
    cr_expect_eq(dealt.given_to, bo.person_id);
}

/* ---- a past day ---- */

static struct outcome keep_on_record(struct scene *own, const void *form, void *result)
{
    (void)form, (void)result;
    TRY(assignment_wish(own, dealt.case_id, anna.person_id));
    TRY(assignment_end(own, dealt.case_id, "accepted", S("")));
    return record_keep(own, &(struct record_case){.case_id = dealt.case_id,
                                                  .service = S("consultation"),
                                                  .reference = S("A-1"),
                                                  .channel = S("web"),
                                                  .field = S("labour"),
                                                  .profession = S("lawyer"),
                                                  .division = S("310101"),
                                                  .language = S("zh"),
                                                  .state = S("waiting"),
                                                  .phase = RECORD_WAITING,
                                                  .opened_at = own->now});
}

Test(assignment_acts, a_past_day_says_who_was_asked_for_and_who_had_helped_before)
{
    struct assignment_day day;
    moment before = scene->now - 1;
    id first_helper;

    deal(0, "13800000001", "");
    then(accept_it);
    first_helper = dealt.given_to;
    then(keep_on_record);
    scene->now += 60;
    deal(0, "13800000001", "");
    then(keep_on_record);
    cr_assert(test_done(assignment_day_read(scene, before, scene->now + 1, 14, &day)));
    cr_assert_eq(day.arrivals_count, 2U);
    cr_expect_eq(day.arrivals[0].request.returning_id, 0);
    cr_expect_eq(day.arrivals[1].request.returning_id, first_helper);
    cr_expect_eq(day.arrivals[1].request.wants_id, anna.person_id);
}

/* ---- in writing ---- */

static id wanted;

static struct outcome write_out(struct scene *own, const void *form, void *result)
{
    struct assignment_floor floor;
    struct assignment_decision decision;
    struct assignment_case about = {.service = "consultation",
                                    .case_id = scene_new_id(own),
                                    .profession = S("lawyer"),
                                    .field = S("labour"),
                                    .language = S("zh"),
                                    .division = S("310101"),
                                    .wants_id = wanted,
                                    .is_written = true};

    (void)form, (void)result;
    TRY(assignment_floor_written(own, about.profession, about.field, about.language, NULL, 0,
                                 &floor));
    TRY(assignment_decide(own, &floor, &about, &decision));
    dealt.given_to = floor.candidates[decision.choice.chosen].person_id;
    return assignment_offer(own, &floor, &decision);
}

static struct outcome count_anew(struct scene *own, const void *form, void *result)
{
    (void)form, (void)result;
    TRY(assignment_recount(own));
    return people_was_offered(own, bo.person_id); /* a live talk: anna was idle for longer */
}

Test(assignment_acts, whoever_was_given_many_questions_in_writing_is_not_given_the_next)
{
    wanted = anna.person_id;
    for (int i = 0; i < 12; i++) then(write_out);
    wanted = 0;
    scene->now += 3 * SECONDS_PER_HOUR;
    then(count_anew);
    then(write_out);
    cr_expect_eq(dealt.given_to, bo.person_id);
    scene->now += 20 * SECONDS_PER_DAY; /* out of the window */
    then(count_anew);
    then(write_out);
    cr_expect_eq(dealt.given_to, anna.person_id);
}

/* ---- more people than one page of rows ---- */

enum { CROWD = ASSIGNMENT_FLOOR_PAGE + 60 };

static struct outcome make_crowd(struct scene *own, const void *form, void *result)
{
    (void)form, (void)result;
    for (int i = 0; i < CROWD; i++) {
        struct actor one;

        TRY(make_person(own, arena_print(own->arena, "crowd%d", i).at, "consultant", "31",
                        WHO_CONSULTANT, &one));
        TRY(people_add_demo_consultant(own->store, one.person_id, S("lawyer"), team_id, S("310101"),
                                       S("1"), own->now - 1, own->now + SECONDS_PER_DAY));
        TRY(people_add_demo_field(own->store, one.person_id, S("labour")));
        TRY(people_add_demo_language(own->store, one.person_id, S("zh")));
        if (i == CROWD - 1) TRY(people_add_demo_language(own->store, one.person_id, S("sign")));
        TRY(people_set_presence_row(own->store, one.person_id, S("online"), 1, own->now, own->now));
    }
    return DONE;
}

static struct outcome look_at_crowd(struct scene *own, const void *form, void *result)
{
    struct assignment_floor live, knowing;
    struct assignment_load load;
    const struct assignment_candidate *last;

    (void)form, (void)result;
    TRY(assignment_floor_live(own, S("lawyer"), NULL, 0, &live));
    cr_assert_eq(live.count, (size_t)CROWD + 2, "anna and bo are there as well");
    last = &live.candidates[live.count - 1];
    load = (struct assignment_load){last->person_id, 1};
    for (size_t i = 0; i < live.count; i++)
        cr_assert(live.candidates[i].fields && live.candidates[i].languages, "%zu", i);
    cr_expect(assignment_has_free(&live, S("sign")), "only the last one of all speaks it");
    TRY(assignment_floor_live(own, S("lawyer"), &load, 1, &live));
    cr_expect_not(assignment_has_free(&live, S("sign")));
    TRY(assignment_floor_written(own, S("lawyer"), S("labour"), S("sign"), NULL, 0, &knowing));
    cr_assert_eq(knowing.count, (size_t)CROWD + 2);
    cr_expect(assignment_has_free(&knowing, S("sign")));
    return DONE;
}

Test(assignment_acts, of_a_crowd_nobody_is_left_out_of_the_choice)
{
    then(make_crowd);
    then(look_at_crowd);
}

/* ---- conflicts ---- */

static struct outcome declare(struct actor who, const char *party)
{
    struct assignment_bar_form form = {.party = str_of(party)};

    be(who);
    return test_act(scene, &assignment_act_bar, &form, NULL);
}

Test(assignment_acts, whoever_is_declared_is_not_served_however_it_was_typed)
{
    cr_assert(test_done(declare(anna, "+86 138-0000-0001")));
    deal(0, "13800000001", "");
    cr_expect_eq(dealt.anna, ASSIGNMENT_CONFLICT);
    cr_expect_eq(dealt.given_to, bo.person_id);
    cr_assert(test_done(declare(bo, "恒通（上海）物流有限公司 A")));
    deal(0, "13800000002", "恒通(上海) 物流有限公司ａ");
    cr_expect_eq(dealt.bo, ASSIGNMENT_CONFLICT, "as the other side as well");
    cr_expect_eq(dealt.given_to, anna.person_id);
    deal(0, "13800000002", "恒通物流");
    cr_expect_eq(dealt.fit, 2U, "another name is another party");
}

Test(assignment_acts, a_decline_for_a_conflict_holds_for_the_residents_next_case)
{
    id before;

    deal(0, "13800000001", "");
    before = dealt.given_to;
    then(decline_it);
    deal(0, "13800000001", "");
    cr_expect(dealt.given_to && dealt.given_to != before);
    cr_expect_eq(dealt.anna, ASSIGNMENT_CONFLICT);
    deal(0, "13800000009", "");
    cr_expect_eq(dealt.anna, ASSIGNMENT_FITS, "of that resident only");
}

Test(assignment_acts, whoever_advised_one_side_is_not_offered_the_other)
{
    id advised;

    deal(0, "13800000001", "13900000002");
    advised = dealt.given_to;
    then(accept_it);
    deal(0, "13900000002", "");
    cr_expect(dealt.given_to && dealt.given_to != advised, "the opponent asks");
    then(accept_it);
    deal(0, "13700000003", "138 0000 0001");
    cr_expect(dealt.given_to && dealt.given_to != advised, "somebody against a former client");
    deal(0, "13800000001", "");
    cr_expect_eq(dealt.fit, 2U, "the same resident again is nobody's opponent");
}

Test(assignment_acts, a_list_of_conflicts_is_its_owners_alone)
{
    struct assignment_bars_view mine = {0}, others = {0};
    struct assignment_bar_drop_form form;

    cr_assert(test_done(declare(anna, "恒通物流")));
    cr_expect_not_null(declare(anna, "恒通 物流").refusal, "once is enough");
    cr_expect_not_null(declare(anna, "…").refusal);
    cr_assert(test_done(test_show(scene, &assignment_module, "/desk/conflicts", "", &mine, NULL)));
    cr_assert_eq(mine.bars_count, 1U);
    cr_expect(str_same(mine.bars[0].party, S("恒通物流")));
    form.bar = mine.bars[0].id;
    be(bo);
    cr_assert(
        test_done(test_show(scene, &assignment_module, "/desk/conflicts", "", &others, NULL)));
    cr_expect_eq(others.bars_count, 0U);
    cr_expect_eq(test_act(scene, &assignment_act_bar_drop, &form, NULL).refusal, &act_unknown);
    be(anna);
    cr_assert(test_done(test_act(scene, &assignment_act_bar_drop, &form, NULL)));
    deal(0, "13800000001", "恒通物流");
    cr_expect_eq(dealt.fit, 2U);
}

Test(assignment_acts, what_bars_somebody_by_a_decline_is_not_taken_back_nor_named)
{
    struct assignment_bars_view mine = {0};
    struct assignment_bar_drop_form form;

    deal(0, "13800000001", "");
    cr_assert_eq(dealt.given_to, anna.person_id);
    then(decline_it);
    be(anna);
    cr_assert(test_done(test_show(scene, &assignment_module, "/desk/conflicts", "", &mine, NULL)));
    cr_assert_eq(mine.bars_count, 1U);
    cr_expect_eq(mine.bars[0].party.len, 0U);
    form.bar = mine.bars[0].id;
    cr_expect_eq(test_act(scene, &assignment_act_bar_drop, &form, NULL).refusal, &act_unknown);
    cr_expect(test_done(declare(anna, "13800000001")), "and declaring it tells nothing");
}

/* ---- policy ---- */

static struct outcome change(struct actor who, int64_t from, const char *name, int64_t value,
                             struct assignment_made_view *made)
{
    struct assignment_policy policy;
    struct out *typed = out_open(scene->arena, 4096);

    cr_assert(test_done(assignment_policy_of(scene, from, &policy)));
    for (size_t i = 0; i < ASSIGNMENT_NUMBERS; i++) {
        struct str written = str_of(assignment_numbers[i].name);
        bool is_it = str_same(str_of(name), written);

        out_raw_str(typed,
                    arena_print(scene->arena, "%s=%lld%s&", assignment_numbers[i].name,
                                (long long)(is_it ? value : assignment_number_of(&policy, i)),
                                str_ends(written, S("_seconds")) ? " s" : ""));
    }
    out_raw_str(typed, arena_print(scene->arena, "version=%lld&why=夜里人少", (long long)from));
    be(who);
    return test_post(scene, &assignment_act_policy, arena_c(scene->arena, out_text(typed)), made);
}

Test(assignment_acts, a_change_makes_a_version_and_leaves_the_old_ones)
{
    struct assignment_made_view made;
    struct assignment_version_view version = {0};
    struct assignment_policy policy;

    cr_assert(test_done(change(admin, 0, "offer_seconds", 45, &made)));
    cr_expect_eq(made.version, 1);
    cr_expect_not_null(change(admin, 0, "offer_seconds", 60, &made).refusal, "it was looked at "
                                                                             "before the change");
    cr_expect_not_null(change(admin, 1, "offer_seconds", 45, &made).refusal, "nothing new");
    cr_assert(test_done(change(admin, 1, "field_points", 300, &made)));
    cr_assert(test_done(assignment_policy_now(scene, &policy)));
    cr_expect(policy.version == 2 && policy.offer_seconds == 45 && policy.field_points == 300);
    cr_assert(test_done(assignment_policy_of(scene, 1, &policy)));
    cr_expect(policy.offer_seconds == 45 && policy.field_points == 400);
    be(admin);
    cr_assert(test_done(test_show(scene, &assignment_module, "/admin/assignment/{version}",
                                  "version=1", &version, NULL)));
    cr_expect(str_same(version.by, S("admin")) && str_same(version.why, S("夜里人少")));
    cr_expect(version.numbers[0].is_changed && version.numbers[0].before == 30);
    cr_expect(!version.in_force);
    deal(0, "13800000001", "");
    {
        const struct assignment_list_assignments_row *rows;
        size_t count;

        cr_assert(test_done(assignment_history(scene, dealt.case_id, &rows, &count)));
        cr_expect_eq(rows[0].policy_version, 2, "each decision says by which it was made");
    }
}

Test(assignment_acts, only_an_administrator_of_the_city_changes_it)
{
    struct assignment_made_view made;

    cr_expect_eq(change(elsewhere, 0, "offer_seconds", 45, &made).refusal, &act_not_yours);
    cr_expect_eq(change(anna, 0, "offer_seconds", 45, &made).refusal, &act_not_yours);
    cr_expect_eq(change(admin, 0, "absent_seconds", 800, &made).refusal, &assignment_policy_order);
    cr_expect_eq(test_journal(scene, "assignment.policy"), 0);
}

/* ---- who may read why ---- */

static struct outcome record_it(struct scene *own, const void *form, void *result)
{
    (void)form, (void)result;
    return record_keep(own, &(struct record_case){.case_id = dealt.case_id,
                                                  .service = "consultation",
                                                  .reference = S("AB2CD3EF"),
                                                  .channel = S("web"),
                                                  .field = S("labour"),
                                                  .profession = S("lawyer"),
                                                  .division = S("310101"),
                                                  .language = S("zh"),
                                                  .state = S("waiting"),
                                                  .phase = RECORD_WAITING,
                                                  .opened_at = own->now});
}

Test(assignment_acts, whoever_watches_the_case_sees_everybody_who_was_weighed)
{
    struct assignment_case_view v = {0};
    struct outcome outcome;

    cr_assert(test_done(declare(bo, "13800000001")));
    deal(0, "13800000001", "");
    then(record_it);
    be(supervisor);
    cr_assert(test_done(test_show(scene, &assignment_module, "/board/cases/{reference}/assignments",
                                  "reference=AB2CD3EF", &v, NULL)));
    cr_assert_eq(v.decisions_count, 1U);
    cr_assert_eq(v.decisions[0].candidates_count, 2U);
    cr_expect(v.decisions[0].candidates[0].is_chosen && v.decisions[0].candidates[0].place == 1);
    cr_expect(str_same(v.decisions[0].candidates[1].unfit, S("conflict")));
    cr_expect(str_same(v.decisions[0].candidates[1].name, S("bo")));
    be(elsewhere);
    outcome = test_show(scene, &assignment_module, "/board/cases/{reference}/assignments",
                        "reference=AB2CD3EF", &v, NULL);
    cr_expect_eq(outcome.refusal, &act_unknown, "another district has no such case");
}

Test(assignment_acts, a_consultant_sees_the_own_line_and_never_that_a_conflict_passed_by)
{
    struct assignment_mine_view mine = {0};

    deal(0, "13800000001", "");
    cr_assert_eq(dealt.given_to, anna.person_id);
    be(bo);
    cr_assert(
        test_done(test_show(scene, &assignment_module, "/desk/assignments", "", &mine, NULL)));
    cr_assert_eq(mine.decisions_count, 1U);
    cr_expect(!mine.decisions[0].was_chosen && mine.decisions[0].place == 2);
    cr_expect(mine.decisions[0].fit == 2 && mine.decisions[0].others == 1);
    cr_expect_eq(mine.decisions[0].parts[ASSIGNMENT_FIELD].points, 400);
    cr_assert(test_done(declare(bo, "13800000002")));
    deal(0, "13800000002", "");
    cr_expect_eq(dealt.bo, ASSIGNMENT_CONFLICT);
    be(bo);
    mine = (struct assignment_mine_view){0};
    cr_assert(
        test_done(test_show(scene, &assignment_module, "/desk/assignments", "", &mine, NULL)));
    cr_expect_eq(mine.decisions_count, 1U, "the second is not told of");
    be(anna);
    mine = (struct assignment_mine_view){0};
    cr_assert(
        test_done(test_show(scene, &assignment_module, "/desk/assignments", "", &mine, NULL)));
    cr_assert_eq(mine.decisions_count, 2U);
    cr_expect(mine.decisions[0].was_chosen && mine.chosen_count == 2);
}

/* ---- shares and spells ---- */

static struct outcome go_away(struct scene *own, const void *form, void *result)
{
    (void)form, (void)result;
    TRY(people_set_away(own->store, own->now, anna.person_id));
    return assignment_noticed(own, anna.person_id);
}

static struct outcome recount(struct scene *own, const void *form, void *result)
{
    (void)form, (void)result;
    return assignment_recount(own);
}

Test(assignment_acts, counting_anew_at_night_gives_what_was_counted_by_day)
{
    struct assignment_find_own_share_row day, night;
    bool found;

    deal(0, "13800000001", "");
    then(accept_it);
    scene->now += 5000;
    then(go_away);
    cr_assert(test_done(assignment_find_own_share(scene->store, anna.person_id, &day, &found)));
    cr_assert(found);
    cr_expect(day.talks_count == 1 && day.online_seconds == 5000);
    scene->now += 100;
    then(recount);
    cr_assert(test_done(assignment_find_own_share(scene->store, anna.person_id, &night, &found)));
    cr_expect(night.talks_count == 1 && night.online_seconds == 5000);
    scene->now += (assignment_policy_default.window_days - 1) * SECONDS_PER_DAY + 86400 - 2600;
    then(recount);
    cr_assert(test_done(assignment_find_own_share(scene->store, anna.person_id, &night, &found)));
    cr_expect(night.talks_count == 0 && night.online_seconds == 2500,
              "half of the spell is out of the window: %lld", (long long)night.online_seconds);
}
