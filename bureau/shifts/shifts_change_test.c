/* shifts_change_test.c -- leave, swaps and the calendar feed.  Cites shifts_leave.c, shifts_swap.c
 * and shifts_feed.c. */
#include <criterion/criterion.h>
#include <libical/ical.h>
#include <stdio.h>

#include "bureau/shifts/shifts_test.h"
#include "desk/identity/identity_acts.h"
#include "platform/secret.h"

static id plan;

/* Ann and Ben serve from nine to five; Cid from eleven to seven. */
static void open_desk(void)
{
    id late;

    city_open();
    plan = city_plan(540, 1020, 0x1f, 2);
    late = city_plan(660, 1140, 0x1f, 1);
    city_member(plan, city.ann, 0x05, true); /* Mondays and Wednesdays */
    city_member(plan, city.ben, 0x0a, true); /* Tuesdays and Thursdays */
    city_member(late, city.cid, 0x1f, true);
    city_watch();
}
TestSuite(shifts_change, .init = open_desk, .fini = city_close);

static id of(const char *day, id person_id)
{
    return city_number("select coalesce((select shift_id from shift where day = '%s' and "
                       "person_id = %lld order by starts_at limit 1), 0)",
                       day, (long long)person_id);
}
static id holder(id shift_id)
{
    return city_number("select person_id from shift where shift_id = %lld", (long long)shift_id);
}
static struct outcome leave(const char *typed, id *leave_id)
{
    struct shifts_leave_told_view told;
    struct outcome outcome = test_post(city.scene, &shifts_act_leave, typed, &told);

    if (leave_id) *leave_id = told.leave;
    return outcome;
}
static struct outcome decide(const struct act *act, id leave_id)
{
    struct shifts_decide_form form = {.leave = leave_id};

    return test_act(city.scene, act, &form, NULL);
}
static struct outcome swap(id give, id take, id person_id, id *swap_id)
{
    struct shifts_swap_form form = {give, take, person_id};
    struct shifts_swap_told_view told = {0};
    struct outcome outcome = test_act(city.scene, &shifts_act_swap, &form, &told);

    if (swap_id) *swap_id = told.swap;
    return outcome;
}
static struct outcome answer(const struct act *act, id swap_id)
{
    struct shifts_which_swap_form form = {swap_id};

    return test_act(city.scene, act, &form, NULL);
}

/* ---- leave ---- */

Test(shifts_change, a_leave_counts_when_it_is_granted_and_not_before)
{
    id shift = of("2026-11-25", city.ann), asked;

    city_be(city.ann);
    cr_assert(test_done(leave("from_day=2026-11-25&to_day=2026-11-25&kind=court", &asked)));
    cr_assert_eq(holder(shift), city.ann);
    cr_assert_neq(decide(&shifts_act_leave_grant, asked).refusal, NULL); /* not by herself */
    city_be(city.other_leader);
    cr_assert_eq(decide(&shifts_act_leave_grant, asked).refusal, &act_unknown);
    city_be(city.local);
    cr_assert_eq(decide(&shifts_act_leave_grant, asked).refusal, &act_unknown);
    city_be(city.leader);
    cr_assert(test_done(decide(&shifts_act_leave_grant, asked)));
    cr_assert_eq(holder(shift), 0);
    cr_assert_eq(decide(&shifts_act_leave_refuse, asked).refusal, &shifts_not_now);
    cr_assert_eq(city_number("select count(*) from shift where cause = 'leave'"), 1);
}

Test(shifts_change, nobody_is_given_a_shift_in_a_leave_they_were_granted)
{
    id wednesday = of("2026-11-25", city.ann), bens = of("2026-11-24", city.ben), asked;

    city_be(city.ann);
    cr_assert(test_done(leave("from_day=2026-11-25&to_day=2026-11-25&kind=court", &asked)));
    city_be(city.leader);
    cr_assert(test_done(decide(&shifts_act_leave_grant, asked)));
    cr_assert_eq(city_name(wednesday, city.ann).refusal, &shifts_on_leave);
    city_be(city.ann);
    cr_assert_eq(city_shift(&shifts_act_take, wednesday).refusal, &shifts_on_leave);
    /* Nor by a swap, whichever side is away. */
    cr_assert(test_done(leave("from_day=2026-11-24&to_day=2026-11-24&kind=ill", NULL)));
    cr_assert_eq(swap(of("2026-11-30", city.ann), bens, 0, NULL).refusal, &shifts_on_leave);
    city_be(city.ben);
    cr_assert_eq(swap(bens, 0, city.ann, NULL).refusal, &shifts_on_leave);
}

Test(shifts_change, who_is_told_is_told_in_their_language)
{
    id asked;

    city_script("insert into person_language values (%lld, 'en')", (long long)city.ann);
    city_be(city.ann);
    cr_assert(test_done(leave("from_day=2026-11-25&to_day=2026-11-25&kind=court", &asked)));
    city_be(city.leader);
    cr_assert(test_done(decide(&shifts_act_leave_grant, asked)));
    cr_assert_eq(city_number("select count(*) from notice where template = 'duty-told' and "
                             "language = 'en'"),
                 1);
    cr_assert(test_done(city_name(of("2026-11-25", 0), city.ben)));
    cr_assert_eq(city_number("select count(*) from notice where template = 'duty-asked' and "
                             "language = 'zh'"),
                 1);
}

Test(shifts_change, what_a_leave_is_for_is_nowhere_in_clear) /* (5) */
{
    struct shifts_leaves_view view;
    struct request request = {.scene = city.scene};

    city_be(city.ann);
    cr_assert(test_done(leave("from_day=2026-11-24&to_day=2026-11-24&kind=ill", NULL)));
    cr_assert(test_done(leave("from_day=2026-11-25&to_day=2026-11-25&kind=holiday", NULL)));
    cr_assert_eq(city_number("select count(*) from shift_leave where kind_sealed like 'x1.%%'"), 2);
    cr_assert_eq(city_number("select count(distinct length(kind_sealed)) from shift_leave"), 1,
                 "the length tells nothing");
    city_script("update shift_leave set kind_sealed = 'ill' where state = 'granted'");
    for (int round = 0; round < 2; round++) {
        city_be(city.leader);
        view = (struct shifts_leaves_view){0};
        cr_assert(test_done(shifts_show_leaves(&request, NULL, &view)));
        cr_assert_eq(view.leaves_count, 2U);
        cr_expect(str_same(view.leaves[0].kind, S("holiday")));
        cr_expect(str_same(view.leaves[1].kind, S("ill")));
        city_watch();
        cr_assert_eq(city_number("select count(*) from shift_leave where kind_sealed like 'x1.%%'"),
                     2, "what is from before the sealing is sealed by the clock");
    }
}

Test(shifts_change, illness_counts_at_once_and_raises_the_alarm)
{
    city.scene->now = calendar_moment_of(2026, 11, 23, 1000);
    city_be(city.cid);
    cr_assert(test_done(leave("from_day=2026-11-24&to_day=2026-11-24&kind=ill", NULL)));
    cr_assert_eq(of("2026-11-24", city.cid), 0);
    city_watch();
    cr_assert_eq(city_number("select count(*) from shift_alarm a join shift s on s.shift_id = "
                             "a.shift_id where s.cause = 'leave' and a.settled_at = 0"),
                 1);
}

Test(shifts_change, a_leave_of_half_a_shift_leaves_the_other_half)
{
    id shift = of("2026-11-25", city.ann), asked;
    bool rostered;

    city_be(city.ann);
    cr_assert(
        test_done(leave("from_day=2026-11-25&from_time=13:00&to_day=2026-11-25&kind=ill", &asked)));
    cr_assert_eq(holder(shift), city.ann);
    cr_assert(test_done(shifts_is_rostered(city.scene, city.ann,
                                           calendar_moment_of(2026, 11, 25, 779), &rostered)));
    cr_assert(rostered);
    cr_assert(test_done(shifts_is_rostered(city.scene, city.ann,
                                           calendar_moment_of(2026, 11, 25, 780), &rostered)));
    cr_assert_not(rostered);
    cr_assert_eq(city_number("select count(*) from shift where day = '2026-11-25' and part = 1 and "
                             "state = 'open' and starts_at = %lld",
                             (long long)calendar_moment_of(2026, 11, 25, 780)),
                 1);
    /* Taken back: both halves are hers again. */
    cr_assert(test_done(decide(&shifts_act_leave_withdraw, asked)));
    cr_assert(test_done(shifts_is_rostered(city.scene, city.ann,
                                           calendar_moment_of(2026, 11, 25, 780), &rostered)));
    cr_assert(rostered);
}

Test(shifts_change, who_is_proposed_to_stand_in_is_asked_if_the_rules_allow_it)
{
    id free_day = of("2026-11-25", city.ann), busy_day = of("2026-12-02", city.ann);
    char typed[200];

    city_be(city.ann);
    snprintf(typed, sizeof typed, "from_day=2026-11-25&to_day=2026-11-25&kind=ill&substitute=%lld",
             (long long)city.ben);
    cr_assert(test_done(leave(typed, NULL)));
    cr_assert_eq(holder(free_day), city.ben);
    cr_assert_eq(city_number("select count(*) from shift where shift_id = %lld and state = "
                             "'planned'",
                             (long long)free_day),
                 1);
    cr_assert_eq(city_number("select count(*) from notice where template = 'duty-asked'"), 1);
    /* Cid serves at that time already: it stays open. */
    snprintf(typed, sizeof typed, "from_day=2026-12-02&to_day=2026-12-02&kind=ill&substitute=%lld",
             (long long)city.cid);
    cr_assert(test_done(leave(typed, NULL)));
    cr_assert_eq(holder(busy_day), 0);
    /* A stranger cannot be proposed. */
    snprintf(typed, sizeof typed, "from_day=2026-12-09&to_day=2026-12-09&kind=ill&substitute=%lld",
             (long long)city.far);
    cr_assert_eq(leave(typed, NULL).refusal, &shifts_unknown_person);
}

Test(shifts_change, two_leaves_at_a_time_and_wrong_times_are_refused)
{
    city_be(city.ann);
    cr_assert(test_done(leave("from_day=2026-11-25&to_day=2026-11-26&kind=court", NULL)));
    cr_assert_neq(leave("from_day=2026-11-26&to_day=2026-11-27&kind=court", NULL).refusal, NULL);
    cr_assert(test_done(leave("from_day=2026-11-27&to_day=2026-11-27&kind=court", NULL)));
    cr_assert_eq(leave("from_day=2026-12-02&to_day=2026-12-01&kind=court", NULL).refusal,
                 &shifts_leave_wrong);
    cr_assert_eq(leave("from_day=2026-11-21&to_day=2026-12-01&kind=court", NULL).refusal,
                 &shifts_leave_wrong);
    cr_assert_neq(leave("from_day=2026-12-02&to_day=2026-12-02&kind=bored", NULL).refusal, NULL);
    cr_assert_neq(
        leave("from_day=2026-12-02&from_time=25:00&to_day=2026-12-02&kind=ill", NULL).refusal,
        NULL);
}

Test(shifts_change, nobody_fills_the_leaders_list_with_leaves) /* (6) */
{
    char typed[96];
    struct outcome outcome = DONE;
    int asked = 0;

    city_be(city.ann);
    for (int i = 0; i < 60 && !outcome.refusal; i++) {
        snprintf(typed, sizeof typed, "from_day=2027-%02d-%02d&to_day=2027-%02d-%02d&kind=court",
                 1 + i / 25, 1 + i % 25, 1 + i / 25, 1 + i % 25);
        outcome = leave(typed, NULL);
        if (!outcome.refusal) asked++;
    }
    cr_assert(outcome.refusal);
    cr_expect_str_eq(outcome.refusal->key, "shifts.leave-many");
    cr_expect_eq(asked, SHIFTS_LEAVES_MAX);
    city.scene->now += SECONDS_PER_DAY + 1;
    cr_expect_str_eq(leave("from_day=2027-06-01&to_day=2027-06-01&kind=court", NULL).refusal->key,
                     "shifts.leave-many", "so many to come");
    city_be(city.ben);
    cr_expect(test_done(leave("from_day=2027-06-01&to_day=2027-06-01&kind=court", NULL)));
}

Test(shifts_change, a_leave_that_is_over_is_not_taken_back) /* (6) */
{
    id ill;

    city_be(city.ann);
    cr_assert(test_done(leave("from_day=2026-11-24&to_day=2026-11-24&kind=ill", &ill)));
    city.scene->now += 3 * SECONDS_PER_DAY;
    cr_expect_eq(decide(&shifts_act_leave_withdraw, ill).refusal, &shifts_over);
    cr_expect_eq(city_number("select count(*) from shift_leave where state = 'granted'"), 1);
}

Test(shifts_change, shifts_made_later_know_of_a_leave)
{
    city_be(city.ann);
    cr_assert(test_done(leave("from_day=2027-01-04&to_day=2027-01-08&kind=ill", NULL)));
    city.scene->now += 7 * SECONDS_PER_DAY;
    city_watch();
    cr_assert_eq(city_number("select count(*) from shift where cause = 'leave' and "
                             "day in ('2027-01-04', '2027-01-06') and member_id = %lld",
                             (long long)city.ann),
                 2);
}

/* ---- swaps ---- */

Test(shifts_change, a_swap_changes_nothing_before_both_sides_said_yes)
{
    id mine = of("2026-11-25", city.ann), theirs = of("2026-11-26", city.ben), asked;

    city_be(city.ann);
    cr_assert(test_done(swap(mine, theirs, 0, &asked)));
    cr_assert_eq(holder(mine), city.ann);
    cr_assert_eq(answer(&shifts_act_swap_accept, asked).refusal, &act_not_yours);
    city_be(city.cid);
    cr_assert_eq(answer(&shifts_act_swap_accept, asked).refusal, &act_unknown);
    city_be(city.ben);
    cr_assert(test_done(answer(&shifts_act_swap_accept, asked)));
    cr_assert_eq(holder(mine), city.ben);
    cr_assert_eq(holder(theirs), city.ann);
    cr_assert_eq(answer(&shifts_act_swap_accept, asked).refusal, &shifts_not_now);
    cr_assert_eq(city_number("select count(*) from shift_past"), 2);
    cr_assert_eq(city_number("select count(*) from shift_swap where state = 'done'"), 1);
}

Test(shifts_change, a_shift_may_be_given_for_nothing_in_return)
{
    id mine = of("2026-11-25", city.ann), asked;

    city_be(city.ann);
    cr_assert_neq(swap(mine, 0, 0, NULL).refusal, NULL);
    cr_assert_neq(swap(mine, of("2026-11-26", city.ben), city.ben, NULL).refusal, NULL);
    cr_assert(test_done(swap(mine, 0, city.ben, &asked)));
    cr_assert_neq(swap(mine, 0, city.ben, NULL).refusal, NULL); /* asked already */
    city_be(city.ben);
    cr_assert(test_done(answer(&shifts_act_swap_decline, asked)));
    cr_assert_eq(answer(&shifts_act_swap_accept, asked).refusal, &shifts_not_now);
    cr_assert_eq(holder(mine), city.ann);
}

Test(shifts_change, a_swap_that_breaks_a_rule_for_either_side_is_refused)
{
    id monday = of("2026-11-30", city.ann), cids_monday = of("2026-11-30", city.cid);
    id cids_friday = of("2026-11-27", city.cid);
    struct outcome outcome;

    city_be(city.ann);
    /* Cid serves all week: nothing could be given to him but in exchange for the same day. */
    outcome = swap(monday, 0, city.cid, NULL);
    cr_assert_neq(outcome.refusal, NULL);
    cr_assert(str_same(str_of(outcome.refusal->key), S("shifts.swap-theirs")));
    cr_assert(str_find(outcome.detail, S("11:00–19:00")) >= 0);
    outcome = swap(monday, cids_friday, 0, NULL);
    cr_assert(str_same(str_of(outcome.refusal->key), S("shifts.swap-theirs")));
    cr_assert(test_done(swap(monday, cids_monday, 0, NULL)));
    /* And for her own side: Ben's Thursday after a night she has taken meanwhile. */
    city_script("insert into shift select 77, 0, 77, 0, team_id, desk, profession, division, "
                "'2026-11-25', %lld, %lld, alarm_at, %lld, 'confirmed', '', 0, 0, 0 from shift "
                "where shift_id = %lld",
                (long long)calendar_moment_of(2026, 11, 26, 0),
                (long long)calendar_moment_of(2026, 11, 26, 300), (long long)city.ann,
                (long long)monday);
    outcome = swap(monday, of("2026-11-26", city.ben), 0, NULL);
    cr_assert_eq(outcome.refusal, &shifts_rest);
}

Test(shifts_change, rules_are_asked_again_when_it_is_accepted)
{
    id mine = of("2026-11-25", city.ann), theirs = of("2026-11-26", city.ben), asked;

    city_be(city.ann);
    cr_assert(test_done(swap(mine, theirs, 0, &asked)));
    city_script("insert into shift select 77, 0, 77, 0, team_id, desk, profession, division, "
                "day, starts_at, ends_at, alarm_at, %lld, 'confirmed', '', 0, 0, 0 from shift "
                "where shift_id = %lld",
                (long long)city.ben, (long long)mine);
    city_be(city.ben);
    cr_assert_eq(answer(&shifts_act_swap_accept, asked).refusal, &shifts_overlaps);
    cr_assert_eq(holder(mine), city.ann);
    cr_assert_eq(holder(theirs), city.ben);
}

Test(shifts_change, of_two_swaps_for_the_same_shift_the_first_accepted_counts)
{
    id mine = of("2026-11-25", city.ann), cids = of("2026-11-25", city.cid), one, two, three;

    city_be(city.ann);
    cr_assert(test_done(swap(mine, 0, city.ben, &one)));
    cr_assert(test_done(swap(mine, cids, 0, &two)));
    city_be(city.cid);
    cr_assert(test_done(swap(cids, mine, 0, &three)));
    city_be(city.ben);
    cr_assert(test_done(answer(&shifts_act_swap_accept, one)));
    city_be(city.cid);
    cr_assert_eq(answer(&shifts_act_swap_accept, two).refusal, &shifts_not_now);
    city_be(city.ann);
    cr_assert_eq(answer(&shifts_act_swap_accept, three).refusal, &shifts_not_now);
    cr_assert_eq(city_number("select count(*) from shift_swap where state = 'void'"), 2);
    cr_assert_eq(holder(mine), city.ben);
    cr_assert_eq(holder(cids), city.cid);
}

Test(shifts_change, a_leave_or_a_cancellation_makes_swaps_void)
{
    id mine = of("2026-11-25", city.ann), asked;

    city_be(city.ann);
    cr_assert(test_done(swap(mine, 0, city.ben, &asked)));
    city_be(city.leader);
    cr_assert(test_done(city_shift(&shifts_act_cancel, mine)));
    city_be(city.ben);
    cr_assert_eq(answer(&shifts_act_swap_accept, asked).refusal, &shifts_not_now);
    cr_assert_eq(holder(mine), 0);
}

Test(shifts_change, a_swap_nobody_answered_lapses_when_the_shift_begins)
{
    id mine = of("2026-11-25", city.ann), asked;

    city_be(city.ann);
    cr_assert(test_done(swap(mine, 0, city.ben, &asked)));
    city.scene->now = calendar_moment_of(2026, 11, 25, 540);
    city_be(city.ben);
    cr_assert_eq(answer(&shifts_act_swap_accept, asked).refusal, &shifts_over);
    city_watch();
    cr_assert_eq(city_number("select count(*) from shift_swap where state = 'lapsed'"), 1);
}

Test(shifts_change, nobody_swaps_what_is_not_theirs)
{
    city_be(city.ann);
    cr_assert_eq(swap(of("2026-11-26", city.ben), 0, city.cid, NULL).refusal, &act_not_yours);
    city_be(city.far);
    cr_assert_eq(swap(of("2026-11-26", city.ben), 0, city.cid, NULL).refusal, &act_unknown);
    city_be(city.ann);
    cr_assert_eq(swap(of("2026-11-25", city.ann), 0, city.nell, NULL).refusal, &shifts_elsewhere);
    cr_assert_eq(swap(of("2026-11-25", city.ann), 0, city.far, NULL).refusal, &shifts_elsewhere);
    cr_assert_eq(swap(of("2026-11-25", city.ann), 0, city.ann, NULL).refusal,
                 &shifts_unknown_person);
}

/* ---- the calendar ---- */

static struct str token_of(struct str path)
{
    struct str rest;

    path.at += sizeof "/roster/feeds/" - 1;
    path.len -= sizeof "/roster/feeds/" - 1;
    return str_cut(path, '/', &rest);
}

static struct outcome read_feed(struct str token, icalcomponent **calendar)
{
    struct shifts_feed_form form = {token};
    struct request request = {.scene = city.scene};
    struct file_answer file = {0};
    struct outcome outcome;

    city.scene->actor = (struct actor){.is = WHO_ANYONE};
    outcome = shifts_feed_file(&request, &form, &file);
    if (IS_DONE(outcome)) {
        *calendar = icalcomponent_new_from_string(arena_c(city.scene->arena, file.bytes));
        cr_assert_eq(icalcomponent_count_errors(*calendar), 0);
    }
    return outcome;
}

static icalcomponent *event_at(icalcomponent *calendar, moment starts_at)
{
    for (icalcomponent *e = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); e;
         e = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
        if (icaltime_as_timet(icalcomponent_get_dtstart(e)) == starts_at) return e;
    }
    return NULL;
}

Test(shifts_change, a_calendar_holds_one_s_shifts_and_says_when_one_was_taken_away)
{
    moment starts_at = calendar_moment_of(2026, 11, 25, 540);
    struct shifts_feed_told_view told;
    icalcomponent *calendar = NULL, *event;
    id mine = of("2026-11-25", city.ann), asked;
    struct str token;
    char *uid;
    int sequence;

    city_be(city.ann);
    cr_assert(test_done(test_act(city.scene, &shifts_act_feed, NULL, &told)));
    token = token_of(told.path);
    cr_assert_eq(token.len, TOKEN_LEN);
    cr_assert(test_done(read_feed(token, &calendar)));
    cr_assert_eq(
        icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT),
        city_number("select count(*) from shift where person_id = %lld", (long long)city.ann));
    event = event_at(calendar, starts_at);
    cr_assert_not_null(event);
    cr_assert_eq(icalcomponent_get_status(event), ICAL_STATUS_CONFIRMED);
    cr_assert_eq(icaltime_as_timet(icalcomponent_get_dtend(event)),
                 starts_at + 8 * SECONDS_PER_HOUR);
    uid = icalmemory_strdup(icalcomponent_get_uid(event));
    sequence = icalcomponent_get_sequence(event);
    icalcomponent_free(calendar);

    city_be(city.ann);
    cr_assert(test_done(swap(mine, 0, city.ben, &asked)));
    city_be(city.ben);
    cr_assert(test_done(answer(&shifts_act_swap_accept, asked)));
    cr_assert(test_done(read_feed(token, &calendar)));
    event = event_at(calendar, starts_at);
    cr_assert_not_null(event);
    cr_assert_eq(icalcomponent_get_status(event), ICAL_STATUS_CANCELLED);
    cr_assert_str_eq(icalcomponent_get_uid(event), uid); /* the same event */
    cr_assert_gt(icalcomponent_get_sequence(event), sequence);
    icalcomponent_free(calendar);
    icalmemory_free_buffer(uid);
}

static struct str summary_in(enum language asked, struct str token)
{
    icalcomponent *calendar, *event;
    struct str summary;

    city.scene->language = asked;
    cr_assert(test_done(read_feed(token, &calendar)));
    event = event_at(calendar, calendar_moment_of(2026, 11, 25, 540));
    cr_assert_not_null(event);
    summary = arena_copy(city.scene->arena, str_of(icalcomponent_get_summary(event)));
    icalcomponent_free(calendar);
    return summary;
}

Test(shifts_change, a_calendar_is_in_the_language_its_owner_reads) /* shifts_feed.c (6) */
{
    struct shifts_feed_told_view told;
    struct str token;

    city_be(city.ann);
    cr_assert(test_done(test_act(city.scene, &shifts_act_feed, NULL, &told)));
    token = token_of(told.path);
    cr_expect(str_begins(summary_in(LANGUAGE_EN, token), S("值班")), "whatever the program asks in");
    city_script("insert into person_language values (%lld, 'en')", (long long)city.ann);
    cr_expect(str_begins(summary_in(LANGUAGE_ZH, token), S("On duty")));
}

Test(shifts_change, nobody_is_written_to_without_end_by_asking_and_taking_back) /* (5) */
{
    id mine = of("2026-11-25", city.ann), asked;

    city_be(city.ann);
    for (int i = 0; i < SHIFTS_SWAPS_A_DAY_MAX; i++) {
        cr_assert(test_done(swap(mine, 0, city.ben, &asked)));
        cr_assert(test_done(answer(&shifts_act_swap_withdraw, asked)));
    }
    cr_assert_eq(swap(mine, 0, city.ben, &asked).refusal->status, 429);
    city.scene->now += SECONDS_PER_DAY + 1;
    cr_assert(test_done(swap(mine, 0, city.ben, &asked)));
}

Test(shifts_change, a_program_with_a_key_makes_no_address_that_outlives_it) /* (5) */
{
    struct shifts_feed_told_view told;

    city_be(city.ann);
    city.scene->actor.is_key = true;
    cr_assert_eq(test_act(city.scene, &shifts_act_feed, NULL, &told).refusal, &identity_not_by_key);
    cr_assert_eq(city_number("select count(*) from shift_feed"), 0);
    /* To end one shuts a way in: that a key may. */
    cr_assert(test_done(test_act(city.scene, &shifts_act_feed_end, NULL, NULL)));
}

Test(shifts_change, a_calendar_address_is_secret_and_can_be_ended)
{
    struct shifts_feed_told_view one, two;
    icalcomponent *calendar = NULL;

    city_be(city.ann);
    cr_assert(test_done(test_act(city.scene, &shifts_act_feed, NULL, &one)));
    city_be(city.ann);
    cr_assert(test_done(test_act(city.scene, &shifts_act_feed, NULL, &two)));
    cr_assert_eq(read_feed(token_of(one.path), &calendar).refusal, &act_unknown);
    cr_assert_eq(read_feed(S("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), &calendar).refusal,
                 &act_unknown);
    cr_assert(test_done(read_feed(token_of(two.path), &calendar)));
    icalcomponent_free(calendar);
    cr_assert_eq(city_number("select count(*) from shift_feed where token_hash = '%.*s'",
                             STR_ARGS(token_of(two.path))),
                 0);
    city_script("update person set standing = 'suspended' where person_id = %lld",
                (long long)city.ann);
    cr_assert_eq(read_feed(token_of(two.path), &calendar).refusal, &act_unknown);
    city_script("update person set standing = 'active'");
    city_be(city.ann);
    cr_assert(test_done(test_act(city.scene, &shifts_act_feed_end, NULL, NULL)));
    cr_assert_eq(read_feed(token_of(two.path), &calendar).refusal, &act_unknown);
}
