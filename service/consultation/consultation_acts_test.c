/* consultation_acts_test.c -- whole cases, act by act, on a fresh store: nobody waits for an empty
 * chair, nothing is told to whom it does not concern, no promise is forgotten. */
#include <criterion/criterion.h>
#include <string.h>

#include "bureau/assignment/assignment_acts.h"
#include "bureau/people/people_acts.h"
#include "bureau/record/record_acts.h"
#include "bureau/supervision/supervision_acts.h"
#include "desk/calendar/calendar_load.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "gen/people_sql.h"
#include "gen/platform_sql.h"
#include "platform/page.h"
#include "platform/scene_test.h"
#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_case.h"
#include "service/consultation/consultation_stream.h"
#include "service/consultation/consultation_views.h"

extern const struct module consultation_module;

static struct scene *scene;
static struct bureau bureau;
static struct actor anyone;

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM, CONSULTATION_MODULES);
    bureau_make(scene, &bureau);
    anyone = (struct actor){.is = WHO_ANYONE};
    scene->channel = S("api");
}

static void tear_down(void)
{
    test_scene_close(&scene);
}

TestSuite(consultation_acts, .init = set_up, .fini = tear_down);

/* ---- small steps ---- */

static void be(struct actor actor)
{
    scene->actor = actor;
}

static struct outcome presence(struct actor who, const char *state, int64_t capacity)
{
    struct consultation_presence_form form = {.state = str_of(state), .capacity = capacity};

    be(who);
    return test_act(scene, &consultation_presence, &form, NULL);
}

/* Asks as somebody new; the token's actor is whoever may go on with it. */
static struct consultation_asked_view ask_as(const char *mode, const char *phone,
                                             struct actor *resident)
{
    struct consultation_ask_form form = {
        .field = S("labour"), .text = S("欠薪"), .mode = str_of(mode), .phone = str_of(phone)};
    struct consultation_asked_view told = {0};

    be(anyone);
    cr_assert(test_done(test_act(scene, &consultation_ask, &form, &told)));
    cr_assert(test_done(identity_identify(scene, told.token, resident)));
    resident->is |= WHO_ANYONE;
    return told;
}

static struct consultation_case look(struct str reference)
{
    struct consultation_find_reference_row row;
    struct consultation_case c;
    bool found;

    cr_assert(test_done(consultation_find_reference(scene->store, reference, &row, &found)));
    cr_assert(found);
    cr_assert(test_done(case_of_id(scene, row.consultation_id, &c)));
    return c;
}

static struct outcome with_reference(const struct act *act, struct actor who, struct str reference)
{
    struct consultation_reference_form form = {.reference = reference};
    struct consultation_state_view told;

    be(who);
    return test_act(scene, act, &form, &told);
}

static struct outcome say_as(struct actor who, struct str reference, const char *text,
                             bool internal)
{
    struct consultation_say_form form = {
        .reference = reference, .text = str_of(text), .internal = internal};
    struct consultation_said_view told;

    be(who);
    return test_act(scene, &consultation_say, &form, &told);
}

/* What the clock would do at that moment. */
static void tick(moment now)
{
    scene->now = now;
    be((struct actor){.is = WHO_SYSTEM});
    for (int i = 0; i < 20; i++) {
        const struct platform_list_due_row *rows;
        size_t count, done = 0;

        cr_assert(test_done(platform_list_due(scene->arena, scene->store, now, &rows, &count)));
        for (size_t k = 0; k < count; k++) {
            const struct act *const *act = consultation_clock_acts;
            struct clock_form form = {.case_id = rows[k].case_id, .due_at = rows[k].due_at};

            while (*act && !str_same(str_of((*act)->name), rows[k].act)) act++;
            if (!*act) continue;
            done++;
            platform_drop_deadline(scene->store, rows[k].act, rows[k].case_id);
            test_act(scene, *act, &form, NULL);
        }
        if (!done) return;
    }
}

/* ---- the main job ---- */

Test(consultation_acts, whoever_asks_is_offered_to_somebody_who_fits_talks_and_rates)
{
    struct actor resident;
    struct consultation_asked_view told;
    struct consultation_close_form end = {.outcome = S("advised"), .summary = S("谈过了")};
    struct consultation_rate_form rating = {.stars = 5};
    struct consultation_state_view state;

    cr_assert(test_done(presence(bureau.lawyer[0], "online", 0)));
    told = ask_as("live", "", &resident);
    cr_expect(str_same(told.state, S("offered")));
    cr_expect(look(told.reference).row.consultant_id == bureau.lawyer[0].person_id);
    cr_assert(test_done(with_reference(&consultation_accept, bureau.lawyer[0], told.reference)));
    cr_assert(test_done(say_as(bureau.lawyer[0], told.reference, "您好", false)));
    cr_assert(test_done(say_as(resident, told.reference, "谢谢", false)));
    end.reference = rating.reference = told.reference;
    be(resident);
    cr_expect(test_act(scene, &consultation_rate, &rating, &state).refusal ==
              &consultation_rate_later);
    be(bureau.lawyer[0]);
    cr_assert(test_done(test_act(scene, &consultation_close, &end, &state)));
    be(resident);
    cr_assert(test_done(test_act(scene, &consultation_rate, &rating, &state)));
    cr_expect(test_act(scene, &consultation_rate, &rating, &state).refusal == &consultation_rated);
    cr_expect(say_as(resident, told.reference, "还有", false).refusal == &consultation_over);
}

Test(consultation_acts, an_absent_or_full_consultant_is_not_offered_work)
{
    struct actor resident;

    cr_assert(test_done(presence(bureau.lawyer[0], "online", 1)));
    scene->now += assignment_policy_default.absent_seconds + 1;
    cr_expect(str_same(ask_as("live", "", &resident).state, S("waiting")));
    cr_assert(test_done(presence(bureau.lawyer[0], "", 0))); /* a sign of life */
    tick(scene->now + 11);
    cr_expect(test_journal(scene, "consultation.offer") == 1);
    cr_expect(str_same(ask_as("live", "", &resident).state, S("waiting")), "capacity is one");
}

Test(consultation_acts, an_offer_that_is_missed_moves_on_and_who_missed_it_is_away)
{
    struct actor resident;
    struct consultation_asked_view told;
    id first, second;

    cr_assert(test_done(presence(bureau.lawyer[0], "online", 0)));
    cr_assert(test_done(presence(bureau.lawyer[1], "online", 0)));
    told = ask_as("live", "", &resident);
    first = look(told.reference).row.consultant_id;
    tick(scene->now + assignment_policy_default.offer_seconds);
    second = look(told.reference).row.consultant_id;
    cr_expect(str_same(look(told.reference).row.state, S("offered")));
    cr_expect(second && second != first);
    /* The first cannot accept any more, and is offered nothing while away. */
    cr_expect(
        with_reference(&consultation_accept,
                       first == bureau.lawyer[0].person_id ? bureau.lawyer[0] : bureau.lawyer[1],
                       told.reference)
            .refusal == &consultation_offer_gone);
    tick(scene->now + assignment_policy_default.offer_seconds);
    cr_expect(str_same(look(told.reference).row.state, S("waiting")));
}

Test(consultation_acts, declining_moves_on_and_never_comes_back_to_the_same_person)
{
    struct actor resident;
    struct consultation_asked_view told;
    struct consultation_decline_form form = {.reason = S("利益冲突")};
    struct consultation_state_view state;

    cr_assert(test_done(presence(bureau.lawyer[0], "online", 0)));
    told = ask_as("live", "", &resident);
    form.reference = told.reference;
    be(bureau.lawyer[0]);
    cr_assert(test_done(test_act(scene, &consultation_decline, &form, &state)));
    cr_expect(str_same(look(told.reference).row.state, S("waiting")));
    tick(scene->now + 11);
    cr_expect(str_same(look(told.reference).row.state, S("waiting")));
    cr_assert(test_done(presence(bureau.lawyer[1], "online", 0)));
    cr_expect(look(told.reference).row.consultant_id == bureau.lawyer[1].person_id);
}

Test(consultation_acts, a_freed_place_is_filled_with_whoever_waits_longest_at_once)
{
    struct actor a, b, c;
    struct consultation_asked_view one, two, three;

    cr_assert(test_done(presence(bureau.lawyer[0], "online", 1)));
    one = ask_as("live", "", &a);
    scene->now++;
    two = ask_as("live", "", &b);
    scene->now++;
    three = ask_as("live", "", &c);
    cr_expect(two.place == 1 && two.ahead == 0 && three.place == 2 && three.ahead == 1);
    cr_assert(test_done(with_reference(&consultation_accept, bureau.lawyer[0], one.reference)));
    cr_assert(test_done(with_reference(&consultation_close_own, a, one.reference)));
    cr_expect(str_same(look(two.reference).row.state, S("offered")));
    cr_expect(str_same(look(three.reference).row.state, S("waiting")));
}

Test(consultation_acts, a_consultant_who_goes_away_lets_go_of_offers_at_once)
{
    struct actor resident;
    struct consultation_asked_view told;

    cr_assert(test_done(presence(bureau.lawyer[0], "online", 0)));
    told = ask_as("live", "", &resident);
    cr_assert(test_done(presence(bureau.lawyer[0], "away", 0)));
    cr_expect(str_same(look(told.reference).row.state, S("waiting")));
    cr_expect(look(told.reference).row.consultant_id == 0);
}

Test(consultation_acts, a_talk_whose_consultant_is_gone_goes_to_somebody_else_with_a_word)
{
    struct actor resident;
    struct consultation_asked_view told;

    cr_assert(test_done(presence(bureau.lawyer[0], "online", 0)));
    told = ask_as("live", "", &resident);
    cr_assert(test_done(with_reference(&consultation_accept, bureau.lawyer[0], told.reference)));
    /* In steps: one leap would be a server that was not there. */
    for (int i = 0; i <= assignment_policy_default.deserted_seconds; i += 10) tick(scene->now + 10);
    cr_expect(str_same(look(told.reference).row.state, S("waiting")));
    cr_expect(test_journal(scene, "consultation.deserted") == 1);
    cr_assert(test_done(presence(bureau.lawyer[1], "online", 0)));
    cr_expect(look(told.reference).row.consultant_id == bureau.lawyer[1].person_id);
}

/* ---- in writing ---- */

Test(consultation_acts, a_written_question_has_a_promise_and_goes_to_somebody_on_line_or_not)
{
    struct actor resident;
    struct consultation_asked_view told = ask_as("message", "13800000001", &resident);
    struct consultation_say_form form = {.reference = told.reference, .text = S("可以仲裁")};
    struct consultation_said_view said;
    moment due;
    id by = look(told.reference).row.consultant_id;
    struct actor *consultant = by == bureau.lawyer[0].person_id   ? &bureau.lawyer[0]
                               : by == bureau.lawyer[1].person_id ? &bureau.lawyer[1]
                                                                  : &bureau.lawyer[2];

    /* TEST_NOW is a Sunday: Monday, Tuesday, Wednesday. */
    due = calendar_moment_of(2026, 11, 25, CALENDAR_MINUTES);
    cr_expect(str_same(told.state, S("message")));
    cr_expect(told.due_at == due, "%lld and not %lld", (long long)told.due_at, (long long)due);
    cr_assert(by != 0);
    cr_expect(test_journal(scene, "consultation.assign") == 1);
    be(resident);
    cr_expect(test_act(scene, &consultation_answer, &form, &said).refusal == &act_not_yours);
    be(*consultant);
    cr_assert(test_done(test_act(scene, &consultation_answer, &form, &said)));
    cr_expect(str_same(look(told.reference).row.state, S("answered")));
    /* Asking more renews the promise and goes to whoever answered. */
    cr_assert(test_done(say_as(resident, told.reference, "那要多久？", false)));
    cr_expect(str_same(look(told.reference).row.state, S("message")));
    cr_expect(look(told.reference).row.consultant_id == by);
}

Test(consultation_acts, the_leader_hears_of_a_promise_at_half_at_four_fifths_and_when_it_is_over)
{
    struct actor resident;
    struct consultation_asked_view told = ask_as("message", "", &resident);
    moment asked = scene->now, span = told.due_at - asked;

    tick(asked + span / 4);
    cr_expect(look(told.reference).row.warned == 0);
    tick(asked + span * 3 / 4);
    cr_expect(look(told.reference).row.warned == 1);
    cr_expect(test_journal(scene, "consultation.escalate_half") == 1);
    tick(told.due_at - 60);
    cr_expect(look(told.reference).row.warned == 2);
    cr_expect(test_journal(scene, "consultation.escalate_late") == 1);
    tick(told.due_at + 1);
    cr_expect(look(told.reference).row.warned == 3);
    cr_expect(test_journal(scene, "consultation.escalate_over") == 1);
}

Test(consultation_acts, whoever_waits_may_leave_it_in_writing_and_keeps_the_case)
{
    struct actor resident;
    struct consultation_asked_view told = ask_as("live", "", &resident);

    cr_expect(str_same(told.state, S("waiting")));
    cr_assert(test_done(with_reference(&consultation_leave_message, resident, told.reference)));
    cr_expect(str_same(look(told.reference).row.state, S("message")));
    cr_expect(look(told.reference).row.due_at > scene->now);
}

Test(consultation_acts, a_promise_beyond_the_published_calendar_is_given_all_the_same)
{
    struct actor resident;
    struct consultation_asked_view told;

    scene->now = calendar_moment_of(2026, 12, 30, 10 * 60);
    told = ask_as("message", "", &resident);
    cr_expect(told.due_at > scene->now);
    cr_expect(look(told.reference).row.due_provisional == 1);
    /* When the notice of 2027 is there, the promise is counted again: here one that keeps New
     * Year's Day free, so that the third working day is one day later than by weekdays. */
    {
        static const struct calendar_special new_year = {
            .day = 20819, .kind = CALENDAR_HOLIDAY, .name = {"元旦", 6}};
        struct calendar_year years[2] = {calendar_built_in.years[calendar_built_in.year_count - 1],
                                         {.year = 2027, .special = &new_year, .special_count = 1}};
        struct calendar calendar = {.years = years, .year_count = 2};
        moment before = told.due_at;
        id after = 0, done = 0;

        cr_assert(calendar_day_from(2027, 1, 1) == new_year.day);
        people_use_calendar(&calendar);
        be((struct actor){.is = WHO_SYSTEM});
        cr_assert(test_done(test_act(scene, &consultation_recount, &after, &done)));
        people_use_calendar(&calendar_built_in);
        cr_expect(done != 0);
        cr_expect(look(told.reference).row.due_provisional == 0);
        cr_expect(look(told.reference).row.due_at == before + SECONDS_PER_DAY);
    }
}

static struct outcome close_desk(struct scene *own, const void *form, void *result)
{
    (void)result;
    return store_script(own->store, form ? form : "update desk_hours set round_the_clock = 0");
}
static const struct act night = {.name = "test.night", .who = WHO_SYSTEM, .run = close_desk};

Test(consultation_acts, at_night_live_is_refused_with_the_next_opening_and_writing_is_taken)
{
    struct consultation_ask_form form = {
        .field = S("labour"), .text = S("欠薪"), .mode = S("live")};
    struct consultation_asked_view told;
    struct outcome outcome;

    be((struct actor){.is = WHO_SYSTEM});
    cr_assert(test_done(test_act(scene, &night, NULL, NULL)));
    be(anyone);
    outcome = test_act(scene, &consultation_ask, &form, &told);
    cr_expect(outcome.refusal == &consultation_not_open);
    cr_expect(str_find(outcome.detail, S("23")) >= 0 && str_find(outcome.detail, S("09:00")) >= 0,
              "the next opening is Monday the 23rd at nine: %.*s", STR_ARGS(outcome.detail));
    form.mode = S("");
    be(anyone);
    cr_assert(test_done(test_act(scene, &consultation_ask, &form, &told)));
    cr_expect(str_same(told.state, S("message")));
}

/* In a year whose calendar is missing, and with no hours at all. */
Test(consultation_acts, where_nobody_knows_the_next_opening_writing_is_taken_all_the_same)
{
    struct consultation_ask_form form = {.field = S("labour"), .text = S("欠薪")};
    struct consultation_asked_view told;
    moment now = scene->now;

    for (int i = 0; i < 2; i++) {
        scene->now = i ? now : calendar_moment_of(2027, 1, 5, 10 * 60);
        be((struct actor){.is = WHO_SYSTEM});
        cr_assert(test_done(test_act(scene, &night, i ? "delete from desk_opening" : NULL, NULL)));
        be(anyone);
        form.mode = S("live");
        cr_expect(test_act(scene, &consultation_ask, &form, &told).refusal ==
                  &consultation_not_open_yet);
        form.mode = S("");
        cr_assert(test_done(test_act(scene, &consultation_ask, &form, &told)));
        cr_expect(str_same(told.state, S("message")));
    }
}

Test(consultation_acts, whoever_still_waits_when_the_desk_closes_is_answered_in_writing)
{
    struct actor resident;
    struct consultation_asked_view told = ask_as("live", "", &resident);

    be((struct actor){.is = WHO_SYSTEM});
    cr_assert(test_done(test_act(scene, &night, NULL, NULL)));
    tick(scene->now + 11);
    cr_expect(str_same(look(told.reference).row.state, S("message")));
    cr_expect(look(told.reference).row.due_at > scene->now);
    cr_expect(str_same(look(told.reference).row.last_side, S("system")), "told in words");
}

/* ---- whose it is ---- */

Test(consultation_acts, to_anybody_else_there_is_no_such_case)
{
    struct actor resident, other;
    struct consultation_asked_view told, others;

    cr_assert(test_done(presence(bureau.lawyer[0], "online", 3)));
    told = ask_as("live", "", &resident);
    others = ask_as("live", "", &other);
    cr_expect(say_as(other, told.reference, "看看", false).refusal == &act_unknown);
    cr_expect(with_reference(&consultation_close_own, other, told.reference).refusal ==
              &act_unknown);
    cr_expect(with_reference(&consultation_leave_message, other, told.reference).refusal ==
              &act_unknown);
    cr_expect(say_as(bureau.lawyer[1], told.reference, "看看", false).refusal == &act_unknown);
    cr_expect(say_as(bureau.supervisor, told.reference, "看看", false).refusal == &act_not_yours);
    cr_expect(say_as(resident, others.reference, "看看", false).refusal == &act_unknown);
    cr_expect(with_reference(&consultation_close_own, resident, S("ZZZZZZZZ")).refusal ==
              &act_unknown);
}

Test(consultation_acts, a_case_that_was_handed_on_is_closed_to_whoever_had_it)
{
    struct actor resident;
    struct consultation_asked_view told;
    struct consultation_transfer_form form = {.reason = S("不是我的领域")};
    struct consultation_state_view state;

    cr_assert(test_done(presence(bureau.lawyer[0], "online", 0)));
    told = ask_as("live", "", &resident);
    cr_assert(test_done(with_reference(&consultation_accept, bureau.lawyer[0], told.reference)));
    cr_assert(test_done(presence(bureau.lawyer[1], "online", 0)));
    form.reference = told.reference;
    form.consultant = arena_print(scene->arena, "%lld", (long long)bureau.lawyer[1].person_id);
    be(bureau.lawyer[0]);
    cr_assert(test_done(test_act(scene, &consultation_transfer, &form, &state)));
    cr_expect(look(told.reference).row.consultant_id == bureau.lawyer[1].person_id);
    cr_expect(say_as(bureau.lawyer[0], told.reference, "等等", false).refusal == &act_unknown);
    /* It does not come back to whoever handed it on, and the record keeps the reason. */
    {
        const struct assignment_list_assignments_row *rows;
        size_t count;

        cr_assert(test_done(
            assignment_history(scene, look(told.reference).row.consultation_id, &rows, &count)));
        cr_assert(count == 2);
        cr_expect(str_same(rows[0].result, S("transferred")));
        cr_expect(str_same(rows[0].reason, S("不是我的领域")));
    }
    cr_assert(test_done(presence(bureau.lawyer[1], "away", 0)));
    tick(scene->now + 11);
    cr_expect(str_same(look(told.reference).row.state, S("waiting")));
    cr_assert(test_done(presence(bureau.lawyer[1], "online", 0)));
    cr_assert(test_done(with_reference(&consultation_accept, bureau.lawyer[1], told.reference)));
    cr_assert(test_done(say_as(bureau.lawyer[1], told.reference, "我接手了", false)));
}

Test(consultation_acts, a_supervisor_takes_a_case_and_gives_it_to_another)
{
    struct actor resident;
    struct consultation_asked_view told;
    struct consultation_reassign_form form = {.reason = S("等太久")};
    struct consultation_state_view state;

    cr_assert(test_done(presence(bureau.lawyer[0], "online", 0)));
    told = ask_as("live", "", &resident);
    cr_assert(test_done(with_reference(&consultation_accept, bureau.lawyer[0], told.reference)));
    cr_assert(test_done(presence(bureau.lawyer[2], "online", 0)));
    form.reference = told.reference;
    form.consultant = arena_print(scene->arena, "%lld", (long long)bureau.lawyer[2].person_id);
    be(bureau.lawyer[1]);
    cr_expect(test_act(scene, &consultation_reassign, &form, &state).refusal == &act_not_yours);
    be(bureau.supervisor);
    cr_assert(test_done(test_act(scene, &consultation_reassign, &form, &state)));
    cr_expect(look(told.reference).row.consultant_id == bureau.lawyer[2].person_id);
}

Test(consultation_acts, looking_in_is_an_act_in_the_journal_and_outside_the_scope_there_is_no_case)
{
    struct actor resident, far = bureau.supervisor;
    struct consultation_asked_view told = ask_as("live", "", &resident);

    far.scopes = scopes_of(S("310115"));
    cr_expect(with_reference(&consultation_look_in, far, told.reference).refusal == &act_unknown);
    cr_expect(with_reference(&consultation_look_in, resident, told.reference).refusal ==
              &act_not_yours);
    cr_assert(test_done(with_reference(&consultation_look_in, bureau.supervisor, told.reference)));
    cr_expect(test_journal(scene, "consultation.look_in") == 1);
}

Test(consultation_acts, a_resident_cannot_open_cases_without_end)
{
    struct consultation_ask_form form = {.field = S("labour"), .text = S("欠薪")};
    struct consultation_asked_view told;
    struct actor resident = {.is = WHO_ANYONE | WHO_RESIDENT, .person_id = 4711};

    for (int i = 0; i < CONSULTATION_OPEN_MAX; i++) {
        be(resident);
        cr_assert(test_done(test_act(scene, &consultation_ask, &form, &told)));
    }
    be(resident);
    cr_expect(test_act(scene, &consultation_ask, &form, &told).refusal ==
              &consultation_too_many_open);
}

/* ---- what streams tell ---- */

static struct str told_by(const struct stream *stream, struct actor who, struct str reference)
{
    struct consultation_follow_form query = {.reference = reference};
    struct consultation_follow_desk_form desk_query = {0};
    struct seat seat = {.actor = who};
    struct out *out = out_open(scene->arena, 1 << 20);

    be(who);
    cr_assert(test_done(stream->sit(
        scene, stream == &consultation_stream ? (void *)&query : (void *)&desk_query, &seat)));
    cr_assert(test_done(stream->tell(scene, &seat, out)));
    return out_text(out);
}

Test(consultation_acts, internal_notes_reach_colleagues_and_never_the_resident)
{
    struct actor resident;
    struct consultation_asked_view told;
    struct str seen;

    cr_assert(test_done(presence(bureau.lawyer[0], "online", 0)));
    told = ask_as("live", "", &resident);
    cr_assert(test_done(with_reference(&consultation_accept, bureau.lawyer[0], told.reference)));
    cr_assert(test_done(say_as(bureau.lawyer[0], told.reference, "SECRET-NOTE", true)));
    cr_assert(test_done(say_as(bureau.lawyer[0], told.reference, "open-word", false)));
    cr_expect(say_as(resident, told.reference, "x", true).refusal == &act_not_yours);
    seen = told_by(&consultation_stream, resident, told.reference);
    cr_expect(str_find(seen, S("SECRET-NOTE")) < 0);
    cr_expect(str_find(seen, S("open-word")) >= 0);
    cr_expect(str_find(seen, S("欠薪")) >= 0);
    seen = told_by(&consultation_desk_stream, bureau.lawyer[0], S(""));
    cr_expect(str_find(seen, S("SECRET-NOTE")) >= 0);
    seen = told_by(&consultation_desk_stream, bureau.lawyer[1], S(""));
    cr_expect(str_find(seen, S("open-word")) < 0);
}

Test(consultation_acts, a_stream_of_somebody_elses_case_does_not_open)
{
    struct actor resident, other;
    struct consultation_asked_view told = ask_as("live", "", &resident);
    struct consultation_follow_form query = {.reference = told.reference};
    struct seat seat = {0};

    ask_as("live", "", &other);
    be(other);
    cr_expect(consultation_stream.sit(scene, &query, &seat).refusal == &act_unknown);
    be(bureau.lawyer[0]);
    cr_expect(consultation_stream.sit(scene, &query, &seat).refusal == &act_unknown);
}

Test(consultation_acts, what_is_wished_for_must_exist)
{
    static const struct {
        struct consultation_ask_form form;
        const struct reason *why;
    } rows[] = {
        {{.field = {"nothing", 7}}, &consultation_unknown_field},
        {{.field = {"labour", 6}, .district = {"999999", 6}}, &consultation_unknown_place},
        {{.field = {"labour", 6}, .wants__profession = {"wizard", 6}},
         &consultation_unknown_profession},
        {{.field = {"labour", 6}, .wants__consultant = {"12x", 3}},
         &consultation_unknown_consultant},
        {{.field = {"labour", 6}, .wants__consultant = {"987654", 6}},
         &consultation_unknown_consultant},
        {{.field = {"labour", 6}, .language = {"fr", 2}}, &consultation_unknown_language},
        {{.field = {"labour", 6}, .mode = {"letter", 6}}, &consultation_unknown_mode},
        {{.field = {"labour", 6}, .channel = {"command", 7}}, &consultation_unknown_channel},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct consultation_ask_form form = rows[i].form;
        struct consultation_asked_view told;

        form.text = S("欠薪");
        be(anyone);
        cr_expect(test_act(scene, &consultation_ask, &form, &told).refusal == rows[i].why,
                  "row %zu", i);
    }
    cr_expect(test_journal(scene, "consultation.ask") == 0);
}
