/* review_acts_test.c -- complaints, flags and measures, as acts: each invariant of
 * review_complaint.c, review_flag.c and review_measure.c. */
#include <criterion/criterion.h>

#include "bureau/review/review_court_test.h"
#include "platform/scene_test.h"

TestSuite(review_acts, .init = court_open, .fini = court_close);

/* ---- complaints ---- */

Test(review_acts, a_complaint_goes_from_made_to_answered)
{
    struct review_case about = court_a_case(&court.anna);
    struct review_told told;
    id which;

    cr_assert(test_done(court_complain(about, "conduct", "态度很差")));
    which = court_complaint_of(about, "resident");
    cr_assert(test_done(review_told_of(court.scene, about.case_id, &told)));
    cr_assert(told.found && !told.is_acknowledged && !told.is_decided);
    cr_assert(str_same(told.text, S("态度很差")));
    /* Sunday: taken up by the end of Monday, decided by the end of the third Friday. */
    cr_assert(court_complaint(which).acknowledge_by == TEST_NOW + 40 * SECONDS_PER_HOUR);
    cr_assert(told.decide_by == TEST_NOW + (20 * 24 - 8) * (int64_t)SECONDS_PER_HOUR);

    cr_assert(
        !court_post(&court.leader, &review_act_acknowledge, "complaint=%lld", (long long)which));
    cr_assert(!court_post(&court.leader, &review_act_note, "complaint=%lld&text=查看了记录",
                          (long long)which));
    cr_assert(!court_post(&court.leader, &review_act_hear, "complaint=%lld&question=怎么回事",
                          (long long)which));
    cr_assert(!court_post(&court.anna, &review_act_statement, "complaint=%lld&text=我很抱歉",
                          (long long)which));
    cr_assert(!court_post(&court.leader, &review_act_decide_complaint,
                          "complaint=%lld&verdict=upheld&reply=您说得对", (long long)which));
    cr_assert(test_done(review_told_of(court.scene, about.case_id, &told)));
    cr_assert(told.is_decided && told.is_upheld && str_same(told.reply, S("您说得对")));
    cr_assert(court_post(&court.leader, &review_act_note, "complaint=%lld&text=再说",
                         (long long)which) == &review_not_now);
}

Test(review_acts, one_complaint_a_case_and_a_word_unless_it_is_about_money) /* (1) */
{
    struct review_case about = court_a_case(&court.anna);

    cr_assert(court_complain(about, "wrong", "").refusal == &review_say_more);
    cr_assert(court_complain(about, "nonsense", "x").refusal == &review_unknown_kind);
    cr_assert(test_done(court_complain(about, "money", "")));
    cr_assert(court_complain(about, "conduct", "还有").refusal == &review_complained);
}

Test(review_acts, asking_for_money_is_not_handled_in_the_team) /* (3) */
{
    struct review_case about = court_a_case(&court.anna);
    id which;

    cr_assert(test_done(court_complain(about, "money", "")));
    which = court_complaint_of(about, "resident");
    cr_assert(court_post(&court.leader, &review_act_acknowledge, "complaint=%lld",
                         (long long)which) == &act_unknown);
    cr_assert(court_post(&court.district, &review_act_acknowledge, "complaint=%lld",
                         (long long)which) == &act_unknown);
    cr_assert(!court_post(&court.supervisor, &review_act_acknowledge, "complaint=%lld",
                          (long long)which));
    cr_assert(court_post(&court.supervisor, &review_act_acknowledge, "complaint=%lld",
                         (long long)which) == &review_not_now);
}

Test(review_acts, nobody_handles_a_complaint_about_themselves) /* (3) */
{
    struct actor both = court.anna;
    struct review_case about = court_a_case(&court.anna);

    both.is |= WHO_LEADER;
    cr_assert(test_done(court_complain(about, "late", "等了很久")));
    cr_assert(court_post(&both, &review_act_acknowledge, "complaint=%lld",
                         (long long)court_complaint_of(about, "resident")) == &act_unknown);
}

Test(review_acts, a_complaint_is_upheld_only_after_the_consultant_was_asked) /* (4) */
{
    struct review_case about = court_a_case(&court.anna);
    long long which;

    cr_assert(test_done(court_complain(about, "late", "等了很久")));
    which = court_complaint_of(about, "resident");
    cr_assert(court_post(&court.leader, &review_act_decide_complaint,
                         "complaint=%lld&verdict=upheld&reply=好的", which) != NULL);
    cr_assert(court_post(&court.anna, &review_act_statement, "complaint=%lld&text=没有", which) ==
                  &act_unknown,
              "nobody was asked");
    cr_assert(
        !court_post(&court.leader, &review_act_hear, "complaint=%lld&question=怎么回事", which));
    cr_assert(court_post(&court.bo, &review_act_statement, "complaint=%lld&text=没有", which) ==
              &act_unknown);
    cr_assert(!court_post(&court.leader, &review_act_decide_complaint,
                          "complaint=%lld&verdict=upheld&reply=好的", which));
}

Test(review_acts, whoever_was_never_asked_learns_of_no_complaint) /* (6) */
{
    struct review_case about = court_a_case(&court.anna);
    struct review_record_view view;
    long long which;

    cr_assert(test_done(court_complain(about, "money", "")));
    which = court_complaint_of(about, "resident");
    cr_assert(!court_post(&court.supervisor, &review_act_decide_complaint,
                          "complaint=%lld&verdict=rejected&reply=没有收钱", which));
    court.scene->actor = court.anna;
    cr_assert(test_done(test_show(court.scene,
                                  &(struct module){.name = "desk", .pages = review_desk_pages},
                                  "/desk/record", "", &view, NULL)));
    cr_assert_eq(view.complaints_count, 0u);
    cr_assert_eq(court.scene->for_id, 0, "nor does the journal tell the desk");
}

Test(review_acts, whoever_misses_a_deadline_is_told_once) /* (2) */
{
    struct review_case about = court_a_case(&court.anna);
    id which;

    cr_assert(test_done(court_complain(about, "late", "等了很久")));
    which = court_complaint_of(about, "resident");
    court.scene->now += 2 * (int64_t)SECONDS_PER_DAY;
    cr_assert(!court_tick(&review_act_acknowledge_due, which));
    cr_assert(test_journal(court.scene, "review.unacknowledged") == 1);
    cr_assert(court_tick(&review_act_acknowledge_due, which) == &review_not_now);
    cr_assert(
        !court_post(&court.leader, &review_act_acknowledge, "complaint=%lld", (long long)which));
    cr_assert(!court_tick(&review_act_decide_due, which));
    cr_assert(court_complaint(which).warned == 2);
}

Test(review_acts, what_was_written_is_sealed) /* (5) */
{
    struct review_case about = court_a_case(&court.anna);
    struct review_find_complaint_row row;

    cr_assert(test_done(court_complain(about, "late", "等了很久")));
    row = court_complaint(court_complaint_of(about, "resident"));
    cr_assert(str_find(row.text_sealed, S("等")) < 0 && row.text_sealed.len);
    cr_assert(str_find(row.phone_sealed, S("139")) < 0 && row.phone_sealed.len);
}

/* ---- wording ---- */

struct saying {
    struct review_case about;
    struct str found;
};
static struct outcome run_flag(struct scene *unused, const void *form, void *result)
{
    const struct saying *s = form;

    (void)unused, (void)result;
    return review_flag(court.scene, &s->about, court.scene->seq, s->found);
}
static const struct act flag_act = {.name = "test.flag", .who = WHO_SYSTEM, .run = run_flag};

static id say(struct review_case about, const char *text)
{
    struct saying s = {.about = about};
    struct review_find_open_flag_row row;
    bool found;

    court.scene->actor = court_system;
    cr_assert(test_done(review_check_text(court.scene, str_of(text), &s.found)));
    cr_assert(test_done(test_act(court.scene, &flag_act, &s, NULL)));
    cr_assert(test_done(review_find_open_flag(court.scene->arena, court.scene->store, about.case_id,
                                              &row, &found)));
    return found ? row.flag_id : 0;
}

Test(review_acts, a_flag_says_where_and_why_and_ends_with_a_word)
{
    struct review_case about = court_a_case(&court.anna), harmless = court_a_case(&court.anna);
    struct review_find_flag_row row;
    long long flag;
    bool found;

    cr_assert(say(harmless, "请不要加微信") == 0);
    flag = say(about, "加 我 薇 信");
    cr_assert(flag);
    cr_assert(say(about, "加我微信") == flag, "one open flag a case");
    cr_assert(
        test_done(review_find_flag(court.scene->arena, court.scene->store, flag, &row, &found)));
    cr_assert(str_same(row.wording, S("contact")) && str_same(row.pattern, S("加*微信")));
    cr_assert(court_post(&court.district, &review_act_flag_clear, "flag=%lld", flag) ==
              &act_unknown);
    cr_assert(!court_post(&court.leader, &review_act_flag_clear, "flag=%lld", flag));
    cr_assert(court_post(&court.leader, &review_act_flag_clear, "flag=%lld", flag) ==
              &review_not_now);
    cr_assert(str_same(court_standing(&court.anna), S("active")), "nothing happens by itself");
    flag = say(about, "加我微信");
    cr_assert(!court_post(&court.leader, &review_act_flag_investigate, "flag=%lld", flag));
    cr_assert(court_complaint_of(about, "wording"));
    cr_assert(court_post(&court.leader, &review_act_acknowledge, "complaint=%lld",
                         (long long)court_complaint_of(about, "wording")) == &act_unknown);
}

static size_t flags_seen_by(const struct actor *who)
{
    struct review_flags_view view;

    court.scene->actor = *who;
    cr_assert(test_done(test_show(court.scene,
                                  &(struct module){.name = "board", .pages = review_board_pages},
                                  "/board/flags", "", &view, NULL)));
    return view.flags_count;
}

Test(review_acts, a_flag_about_money_is_none_for_the_leader_of_its_team) /* (4) of review_flag.c */
{
    struct review_case about = court_a_case(&court.anna);
    long long flag = say(court_a_case(&court.anna), "您微信转账给我");

    cr_assert(flag);
    cr_assert_eq(flags_seen_by(&court.leader), 0u);
    cr_assert_eq(flags_seen_by(&court.supervisor), 1u);
    cr_assert(court_post(&court.leader, &review_act_flag_clear, "flag=%lld", flag) == &act_unknown);
    cr_assert(court_post(&court.leader, &review_act_flag_investigate, "flag=%lld", flag) ==
              &act_unknown);
    cr_assert(!court_post(&court.supervisor, &review_act_flag_clear, "flag=%lld", flag));
    say(court_a_case(&court.anna), "加我微信");
    cr_assert_eq(flags_seen_by(&court.leader), 1u);
    flag = say(about, "加我微信");
    cr_assert_neq(say(about, "转账给我"), flag, "not hidden behind one the leader may settle");
    cr_assert_eq(flags_seen_by(&court.leader), 2u);
    cr_assert_eq(flags_seen_by(&court.supervisor), 3u);
}

/* The complaint the one settled flag names to somebody; -1 if for them there is no such flag. */
static id named_to(const struct actor *who)
{
    struct review_flags_view view;

    court.scene->actor = *who;
    cr_assert(test_done(test_show(court.scene,
                                  &(struct module){.name = "board", .pages = review_board_pages},
                                  "/board/flags", "state=settled", &view, NULL)));
    cr_assert_leq(view.flags_count, 1u);
    return view.flags_count ? view.flags[0].complaint : -1;
}

static id whispered_in;
static struct outcome run_whisper(struct scene *unused, const void *form, void *result)
{
    (void)unused, (void)form, (void)result;
    scene_about(court.scene, whispered_in, court.anna.person_id);
    return DONE;
}
static const struct act whisper = {
    .name = "consultation.whisper", .who = WHO_SUPERVISOR, .run = run_whisper};

Test(review_acts, a_flag_names_its_complaint_to_whoever_could_open_it)
{
    struct review_case about = court_a_case(&court.anna);
    long long flag = say(about, "加我微信");
    id which;

    cr_assert(!court_post(&court.leader, &review_act_flag_investigate, "flag=%lld", flag));
    which = court_complaint_of(about, "wording");
    cr_expect_eq(named_to(&court.leader), 0, "looked into as asking for money: not in the team");
    cr_expect_eq(named_to(&court.supervisor), which);
    cr_expect_eq(named_to(&court.other_supervisor), which);
    whispered_in = about.case_id;
    court.scene->actor = court.other_supervisor;
    cr_assert(test_done(test_act(court.scene, &whisper, NULL, NULL)));
    cr_expect_eq(named_to(&court.other_supervisor), -1, "in conflict with flag and complaint");
    cr_expect_eq(named_to(&court.supervisor), which);
}

/* ---- measures: the whole way of a poor consultant ---- */

static id poor_consultant(void)
{
    for (int i = 0; i < 40; i++)
        court_serve((struct court_serving){
            &court.anna, court.scene->now - (i + 2) * (int64_t)SECONDS_PER_DAY, 1});
    for (int i = 0; i < 20; i++)
        court_serve((struct court_serving){
            &court.bo, court.scene->now - (i + 2) * (int64_t)SECONDS_PER_DAY, 4});
    cr_assert(!court_tick(&review_act_appraise, 0));
    return court_find_measure_of(&court.anna, "open");
}

Test(review_acts, a_poor_consultant_is_warned_suspended_appeals_and_is_restored)
{
    long long warning = poor_consultant(), suspension;

    cr_assert(warning && str_same(court_measure(warning).measure, S("warn")));
    cr_assert(!court_find_measure_of(&court.bo, "open"), "the others are left alone");
    cr_assert(str_same(court_standing(&court.anna), S("active")), "a rule only proposes");
    cr_assert(!court_post(&court.supervisor, &review_act_decide_measure,
                          "measure=%lld&verdict=confirm&notice=请改进", warning));
    cr_assert(str_same(court_standing(&court.anna), S("active")),
              "a warning takes nobody out of service");

    cr_assert(!court_tick(&review_act_appraise, 0));
    suspension = court_find_measure_of(&court.anna, "open");
    cr_assert(suspension && str_same(court_measure(suspension).measure, S("suspend")));
    cr_assert(!court_post(&court.supervisor, &review_act_decide_measure,
                          "measure=%lld&verdict=confirm&notice=评价太低", suspension));
    cr_assert(str_same(court_standing(&court.anna), S("barred")));
    court.scene->actor = court.anna;
    cr_assert(people_set_presence(court.scene, S("online"), 3, &(bool){0}).refusal ==
              &people_barred);

    cr_assert(court_post(&court.bo, &review_act_appeal, "measure=%lld&text=不公平", suspension) ==
              &act_unknown);
    cr_assert(!court_post(&court.anna, &review_act_appeal, "measure=%lld&text=不公平", suspension));
    cr_assert(court_post(&court.supervisor, &review_act_decide_appeal,
                         "measure=%lld&verdict=lift&reply=好的",
                         suspension) == &review_same_person);
    cr_assert(str_same(court_standing(&court.anna), S("barred")), "in force while it is looked at");
    cr_assert(!court_post(&court.other_supervisor, &review_act_decide_appeal,
                          "measure=%lld&verdict=lift&reply=恢复服务", suspension));
    cr_assert(str_same(court_standing(&court.anna), S("active")));
    cr_assert(str_same(court_measure(suspension).state, S("lifted")));
    cr_assert(!court_tick(&review_act_appraise, 0));
    cr_assert(!court_find_measure_of(&court.anna, "open"), "not proposed again at once");
}

Test(review_acts, a_suspension_ends_on_its_day_unless_another_bars)
{
    long long first, second;

    cr_assert(!court_post(&court.leader, &review_act_propose,
                          "person=%lld&measure=suspend&reason=屡次迟到",
                          (long long)court.anna.person_id));
    first = court_find_measure_of(&court.anna, "open");
    cr_assert(!court_post(&court.supervisor, &review_act_decide_measure,
                          "measure=%lld&verdict=confirm&notice=屡次迟到", first));
    cr_assert(!court_post(&court.leader, &review_act_propose,
                          "person=%lld&measure=remove&reason=屡次迟到",
                          (long long)court.anna.person_id));
    second = court_find_measure_of(&court.anna, "open");
    cr_assert(!court_post(&court.supervisor, &review_act_decide_measure,
                          "measure=%lld&verdict=confirm&notice=屡次迟到", second));
    cr_assert(court_tick(&review_act_measure_end, first) == &review_not_now, "not yet");
    court.scene->now += 30 * (int64_t)SECONDS_PER_DAY;
    cr_assert(!court_tick(&review_act_measure_end, first));
    cr_assert(str_same(court_standing(&court.anna), S("barred")), "the removal stands");
    cr_assert(court_post(&court.anna, &review_act_appeal, "measure=%lld&text=太迟了", second) ==
              &review_too_late);
    cr_assert(court_tick(&review_act_measure_end, first) == &review_not_now, "once");
}

Test(review_acts, what_is_decided_stands_on_the_public_page_and_what_is_lifted_does_not) /* (5) */
{
    const int64_t day = SECONDS_PER_DAY;
    long long which;

    cr_assert(!court_post(&court.leader, &review_act_propose,
                          "person=%lld&measure=suspend&reason=屡次迟到",
                          (long long)court.anna.person_id));
    which = court_find_measure_of(&court.anna, "open");
    cr_expect_eq(court_sanctions(&court.anna), 0, "proposed is not decided");
    cr_assert(!court_post(&court.supervisor, &review_act_decide_measure,
                          "measure=%lld&verdict=confirm&notice=屡次迟到&ground=屡次迟到", which));
    cr_expect_eq(court_sanctions(&court.anna), 1);
    cr_assert(!court_post(&court.anna, &review_act_appeal, "measure=%lld&text=不公平", which));
    cr_assert(!court_post(&court.other_supervisor, &review_act_decide_appeal,
                          "measure=%lld&verdict=lift&reply=恢复服务", which));
    cr_expect_eq(court_sanctions(&court.anna), 0);
    cr_assert(!court_post(&court.leader, &review_act_propose,
                          "person=%lld&measure=suspend&reason=屡次迟到",
                          (long long)court.bo.person_id));
    which = court_find_measure_of(&court.bo, "open");
    cr_assert(!court_post(&court.supervisor, &review_act_decide_measure,
                          "measure=%lld&verdict=confirm&notice=屡次迟到", which));
    court.scene->now += 30 * day;
    cr_assert(!court_tick(&review_act_measure_end, which));
    court.scene->now += 334 * day;
    cr_expect_eq(court_sanctions(&court.bo), 1, "a year, though it is over");
    court.scene->now += 2 * day;
    cr_expect_eq(court_sanctions(&court.bo), 0);
}

Test(review_acts, only_those_who_may_decide_decide)
{
    long long which = poor_consultant();

    cr_assert(court_post(&court.district, &review_act_decide_measure,
                         "measure=%lld&verdict=confirm&notice=好的", which) == &act_unknown);
    cr_assert(!(review_act_decide_measure.who & (WHO_LEADER | WHO_CONSULTANT)));
    cr_assert(!court_post(&court.admin, &review_act_decide_measure,
                          "measure=%lld&verdict=dismiss&notice=样本太少", which));
    cr_assert(court_post(&court.admin, &review_act_decide_measure,
                         "measure=%lld&verdict=confirm&notice=好的", which) == &review_not_now);
    cr_assert(court_post(&court.anna, &review_act_appeal, "measure=%lld&text=什么事", which) ==
                  &act_unknown,
              "what was not taken is nobody's business");
}

Test(review_acts, an_administrator_does_not_lift_a_measure_by_the_way)
{
    court.scene->actor = court_system;
    cr_assert(test_done(people_set_barred(court.scene->store, court.anna.person_id)));
    cr_assert(test_done(
        people_set_service_standing(court.scene->store, S("active"), court.anna.person_id)));
    cr_assert(str_same(court_standing(&court.anna), S("barred")));
    cr_assert(test_done(people_set_unbarred(court.scene->store, court.anna.person_id)));
    cr_assert(str_same(court_standing(&court.anna), S("active")));
}

Test(review_acts, widening_gives_room_and_is_not_appealed_against)
{
    struct people_find_consultant_row row;
    long long which;
    bool found;

    cr_assert(!court_post(&court.leader, &review_act_propose,
                          "person=%lld&measure=widen&reason=非常好",
                          (long long)court.anna.person_id));
    which = court_find_measure_of(&court.anna, "open");
    cr_assert(!court_post(&court.supervisor, &review_act_decide_measure,
                          "measure=%lld&verdict=confirm&notice=非常好", which));
    cr_assert(test_done(people_consultant(court.scene, court.anna.person_id, &row, &found)));
    cr_assert(row.capacity == 4 && row.written_capacity == 25);
    cr_assert(court_post(&court.anna, &review_act_appeal, "measure=%lld&text=太多了", which) ==
              &review_not_now);
}
