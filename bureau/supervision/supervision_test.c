/* supervision_test.c -- the rules of warnings, and the acts that raise, see and pass them on.
 * Cites supervision.h and supervision_alarm.c. */
#include <criterion/criterion.h>

#include "bureau/people/people_acts.h"
#include "bureau/supervision/supervision_views.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/scene_test.h"

/* ---- the rules ---- */

Test(supervision_rules, a_kind_has_a_word_of_its_own_and_words_for_people)
{
    for (int i = 0; i < SUPERVISION_KINDS; i++) {
        enum supervision_kind kind = SUPERVISION_KINDS;

        cr_assert(supervision_kind_of(supervision_kind_word((enum supervision_kind)i), &kind));
        cr_assert_eq((int)kind, i);
        cr_assert(supervision_kind_text(kind)[0] && supervision_kind_name(kind)[0]);
        cr_assert_leq(supervision_level_of(kind), SUPERVISION_URGENT);
    }
    cr_assert_not(supervision_kind_of(S("nonsense"), &(enum supervision_kind){0}));
}

/* (2) (3): from each beginning the city is reached and then nothing. */
Test(supervision_rules, an_alarm_climbs_to_the_city_and_stops_there)
{
    static const struct {
        bool has_leader;
        const char *division;
        enum supervision_rung first;
        int steps;
    } rows[] = {
        {true, "310104", SUPERVISION_LEADER, 2},    {true, "31", SUPERVISION_LEADER, 1},
        {false, "310104", SUPERVISION_DISTRICT, 1}, {false, "310104003", SUPERVISION_DISTRICT, 1},
        {false, "31", SUPERVISION_CITY, 0},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct str division = str_of(rows[i].division);
        enum supervision_rung rung = supervision_first_rung(rows[i].has_leader, division), next;
        int steps = 0;

        cr_assert_eq(rung, rows[i].first, "row %zu", i);
        while (supervision_next_rung(rung, division, &next)) {
            cr_assert_gt(next, rung);
            rung = next;
            steps++;
        }
        cr_assert_eq(rung, SUPERVISION_CITY);
        cr_assert_eq(steps, rows[i].steps, "row %zu", i);
    }
}

/* ---- the acts ---- */

static struct scene *scene;
static id leader, team, supervisor;

static struct outcome run_seed(struct scene *unused, const void *form, void *result)
{
    const struct identity_division divisions[] = {
        {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")},
        {S("310101"), S("31"), S("district"), S("黄浦区"), S("Huangpu")},
        {S("310104"), S("31"), S("district"), S("徐汇区"), S("Xuhui")}};

    (void)unused, (void)form, (void)result;
    TRY(identity_divisions_load(scene, divisions, COUNT(divisions)));
    TRY(identity_person_add(scene,
                            &(struct identity_new_person){.login = S("leader"),
                                                          .name = S("Leader"),
                                                          .phone = S("13800000001")},
                            &leader));
    TRY(identity_person_add(scene,
                            &(struct identity_new_person){.login = S("supervisor"),
                                                          .name = S("Supervisor"),
                                                          .phone = S("13800000002")},
                            &supervisor));
    TRY(identity_role_add(scene, supervisor, S("supervisor"), S("310104")));
    team = scene_new_id(scene);
    return people_add_demo_team(scene->store, team, S("t1"), S("徐汇团队"), S("Xuhui team"),
                                S("district"), S("310104"), leader);
}
static const struct act seed = {.name = "test.seed", .who = WHO_SYSTEM, .run = run_seed};

static struct supervision_alarm raised;
static struct outcome run_raise(struct scene *s, const void *form, void *result)
{
    (void)form, (void)result;
    return supervision_alarm(s, &raised);
}
static struct outcome run_clear(struct scene *s, const void *form, void *result)
{
    (void)form, (void)result;
    return supervision_clear(s, raised.kind, raised.key);
}
static const struct act raise_it = {.name = "test.raise", .who = WHO_SYSTEM, .run = run_raise};
static const struct act clear_it = {.name = "test.clear", .who = WHO_SYSTEM, .run = run_clear};

static void be_system(void)
{
    scene->actor = (struct actor){.is = WHO_SYSTEM | WHO_ANYONE};
}

static void be_leader(id team_id)
{
    scene->actor =
        (struct actor){.is = WHO_LEADER | WHO_ANYONE, .person_id = leader, .team_id = team_id};
}

static void be_supervisor(struct str scope)
{
    scene->actor = (struct actor){
        .is = WHO_SUPERVISOR | WHO_ANYONE, .person_id = supervisor, .scopes = scopes_of(scope)};
}

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM,
                       (const struct module *[]){&notice_module, &identity_module, &people_module,
                                                 &supervision_module, NULL});
    cr_assert(test_done(test_act(scene, &seed, NULL, NULL)));
    raised = (struct supervision_alarm){.kind = SUPERVISION_WRITTEN_LATE,
                                        .key = S("ABCD2345"),
                                        .division = S("310104"),
                                        .team_id = team,
                                        .case_id = 4711,
                                        .words = {S("ABCD2345"), S("")}};
}
static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(supervision, .init = set_up, .fini = tear_down);

static struct supervision_alarms_view shown(void)
{
    struct supervision_alarms_view view = {0};
    struct str go;

    cr_assert(test_done(test_show(scene, &supervision_module, "/alarms", "", &view, &go)));
    return view;
}

static void raise_now(void)
{
    be_system();
    cr_assert(test_done(test_act(scene, &raise_it, NULL, NULL)));
}

/* (4) */
Test(supervision, one_thing_is_one_alarm_until_it_is_over)
{
    raise_now();
    raise_now();
    cr_assert_eq(test_journal(scene, "supervision.alarm"), 1);
    be_supervisor(S("31"));
    cr_assert_eq(shown().open_count, 1u);
    cr_assert_eq(shown().unseen, 1);

    be_system();
    cr_assert(test_done(test_act(scene, &clear_it, NULL, NULL)));
    cr_assert(test_done(test_act(scene, &clear_it, NULL, NULL)));
    cr_assert_eq(test_journal(scene, "supervision.clear"), 1);
    be_supervisor(S("31"));
    cr_assert_eq(shown().open_count, 0u);
    cr_assert_eq(shown().over_count, 1u);
    raise_now();
    cr_assert_eq(test_journal(scene, "supervision.alarm"), 2);
}

Test(supervision, words_are_renewed_while_it_is_open)
{
    raised = (struct supervision_alarm){
        .kind = SUPERVISION_WAIT_LONG, .key = S("lawyer"), .words = {S("lawyer"), S("11")}};
    raise_now();
    raised.words[1] = S("12");
    raise_now();
    be_supervisor(S("31"));
    cr_assert_eq(shown().open_count, 1u);
    cr_assert(str_find(shown().open[0].text, S("12")) >= 0, "%.*s", STR_ARGS(shown().open[0].text));
    cr_assert_eq(test_journal(scene, "supervision.alarm"), 1);
}

/* (6), and who sees what */
Test(supervision, only_its_watchers_see_an_alarm_and_acknowledge_it)
{
    struct supervision_seen_form form = {.note = S("calling them")};
    struct outcome outcome;

    raise_now();
    be_supervisor(S("310101"));
    cr_assert_eq(shown().open_count, 0u);
    be_leader(team + 1);
    cr_assert_eq(shown().open_count, 0u);
    be_supervisor(S(""));
    cr_assert_eq(shown().open_count, 0u);
    be_supervisor(S("310104"));
    cr_assert_eq(shown().open_count, 1u);
    be_leader(team);
    cr_assert_eq(shown().open_count, 1u);
    form.alarm = shown().open[0].id;

    be_leader(team + 1);
    outcome = test_act(scene, &supervision_act_seen, &form, NULL);
    cr_assert_eq(outcome.refusal, &act_unknown);
    be_supervisor(S("310101"));
    outcome = test_act(scene, &supervision_act_seen, &form, NULL);
    cr_assert_eq(outcome.refusal, &act_unknown);
    scene->actor.is = WHO_ADMIN | WHO_CONSULTANT;
    outcome = test_act(scene, &supervision_act_seen, &form, NULL);
    cr_assert_eq(outcome.refusal, &act_unknown);
    scene->actor.is = WHO_CONSULTANT | WHO_CLERK;
    outcome = test_act(scene, &supervision_act_seen, &form, NULL);
    cr_assert_eq(outcome.refusal, &act_not_yours);

    be_leader(team);
    cr_assert(test_done(test_act(scene, &supervision_act_seen, &form, NULL)));
    cr_assert_eq(shown().unseen, 0);
    cr_assert(str_same(shown().open[0].seen_by, S("Leader")));
    cr_assert(str_same(shown().open[0].note, S("calling them")));
    cr_assert_eq(shown().open[0].seen_at, scene->now);
    outcome = test_act(scene, &supervision_act_seen, &form, NULL);
    cr_assert(outcome.refusal && outcome.refusal->status == 409);
    cr_assert(str_same(outcome.detail, S("Leader")));
}

static struct outcome pass_on(id alarm_id)
{
    struct clock_form form = {.case_id = alarm_id, .due_at = scene->now};

    be_system();
    return test_act(scene, &supervision_act_escalate, &form, NULL);
}

Test(supervision, what_nobody_has_seen_goes_on_to_the_district_and_the_city)
{
    struct supervision_seen_form form = {.note = S("")};

    raise_now();
    be_supervisor(S("31"));
    form.alarm = shown().open[0].id;
    cr_assert_eq(shown().open[0].goes_on_at, scene->now + 15 * SECONDS_PER_MINUTE);
    scene->now += 15 * SECONDS_PER_MINUTE;
    cr_assert(test_done(pass_on(form.alarm)));
    cr_assert_eq(test_journal(scene, "supervision.pass_on"), 1); /* to the district's supervisor */
    be_supervisor(S("31"));
    cr_assert_eq(shown().open[0].goes_on_at, scene->now + 15 * SECONDS_PER_MINUTE);
    cr_assert(test_done(pass_on(form.alarm)));
    be_supervisor(S("31"));
    cr_assert_eq(shown().open[0].goes_on_at, 0);
    cr_assert_not(test_done(pass_on(form.alarm)));
    cr_assert_eq(test_journal(scene, "supervision.escalate"), 2);
}

Test(supervision, what_somebody_looks_after_stays_where_it_is)
{
    struct supervision_seen_form form = {.note = S("")};

    raise_now();
    be_leader(team);
    form.alarm = shown().open[0].id;
    cr_assert(test_done(test_act(scene, &supervision_act_seen, &form, NULL)));
    cr_assert_not(test_done(pass_on(form.alarm)));
    cr_assert_eq(test_journal(scene, "supervision.escalate"), 0);
}

Test(supervision, only_the_city_changes_thresholds)
{
    struct supervision_limits limits;
    const char *typed =
        "wait_minutes=20&on_line_percent=70&seen_minutes=30&failed_notices=9&"
        "calendar_days=40&answer_seconds=20 s&load_high_percent=200&load_low_percent=40"
        "&take_up_percent=10&take_up_minutes=60&look_in_minutes=15";
    struct outcome outcome;

    be_system();
    scene->actor = (struct actor){.is = WHO_ADMIN | WHO_ANYONE, .person_id = leader};
    outcome = test_post(scene, &supervision_act_limits, typed, NULL);
    cr_assert_eq(outcome.refusal, &act_not_yours);
    scene->actor.is |= WHO_SUPERVISOR;
    scene->actor.scopes = (struct scopes){.supervisor = S("31"), .admin = S("310104")};
    outcome = test_post(scene, &supervision_act_limits, typed, NULL);
    cr_assert_eq(outcome.refusal, &act_not_yours);
    scene->actor.scopes.admin = S("31");
    cr_assert(test_done(test_post(scene, &supervision_act_limits, typed, NULL)));
    cr_assert(test_done(supervision_limits(scene, &limits)));
    cr_assert_eq(limits.value[SUPERVISION_WAIT_MINUTES], 20);
    cr_assert_eq(limits.value[SUPERVISION_LOAD_LOW], 40);
    cr_assert_eq(limits.value[SUPERVISION_TAKE_UP_PERCENT], 10);
    cr_assert_eq(limits.value[SUPERVISION_TAKE_UP_MINUTES], 60);
    cr_assert_eq(limits.value[SUPERVISION_LOOK_IN_MINUTES], 15);
}

Test(supervision, each_threshold_that_is_a_share_is_asked_for_with_its_unit)
{
    int shares = 0;

    for (size_t i = 0; i < supervision_limits_form.fields_count; i++) {
        const struct field *field = &supervision_limits_form.fields[i];
        bool is_share = str_find(str_of(field->label), S("share")) >= 0;

        shares += is_share;
        cr_expect_eq(str_same(form_unit(field, LANGUAGE_ZH), S("%")), is_share, "%s", field->name);
        cr_expect(str_find(str_of(field->label), S("per cent")) < 0 &&
                      str_find(text_in(LANGUAGE_ZH, field->label), S("百分之")) < 0,
                  "the unit stands once: %s", field->label);
    }
    cr_expect_eq(shares, 4);
}

/* ---- what the program itself needs ---- */

static struct outcome run_watch_mails(struct scene *s, const void *form, void *result)
{
    (void)form, (void)result;
    return supervision_watch_mails(s);
}
static const struct act watch_mails = {
    .name = "test.mails", .who = WHO_SYSTEM, .run = run_watch_mails};

static struct outcome run_watch_notices(struct scene *s, const void *form, void *result)
{
    struct supervision_limits limits;

    (void)form, (void)result;
    TRY(supervision_limits(s, &limits));
    return supervision_watch_notices(s, &limits);
}
static const struct act watch_notices = {
    .name = "test.notices", .who = WHO_SYSTEM, .run = run_watch_notices};

static size_t alarms_with_notices(int count, int tries)
{
    cr_assert(test_done(store_script(scene->store, "delete from notice")));
    for (int i = 0; i < count; i++) {
        struct str row = arena_print(
            scene->arena,
            "insert into notice (notice_id, template, to_sealed, words, language, case_id, state, "
            "urgent, tries, next_at, made_at, sent_at, problem) values (%d, 'duty_told', 'x', 'x', "
            "'zh', 0, 'queued', 0, %d, %lld, %lld, 0, '')",
            i + 1, tries, (long long)scene->now + 900,
            (long long)scene->now - 3 * SECONDS_PER_HOUR);

        cr_assert(test_done(store_script(scene->store, arena_c(scene->arena, row))));
    }
    be_system();
    cr_assert(test_done(test_act(scene, &watch_notices, NULL, NULL)));
    be_supervisor(S("31"));
    return shown().open_count;
}

Test(supervision, a_gateway_that_is_away_is_told_of_while_messages_are_still_tried)
{
    cr_expect_eq(alarms_with_notices(5, 1), 0U, "that happens");
    cr_expect_eq(alarms_with_notices(4, 2), 0U, "fewer than the threshold");
    cr_expect_eq(alarms_with_notices(5, 2), 1U);
    cr_expect_eq(alarms_with_notices(0, 0), 0U, "and it clears by itself");
}

static size_t alarms_with_mail(const char *state, int tries, bool is_due, moment made_at)
{
    static const char *const format =
        "delete from report_mail; delete from report;"
        "insert into report (report_id, period, from_at, until_at, edition, made_at, replaced_at, "
        "answer_seconds) values (1, 'day', 0, 1, 1, 1, 0, 15);"
        "insert into report_mail (mail_id, person_id, report_id, address_sealed, language, state, "
        "tries, next_at, made_at) values (1, %lld, 1, '', 'zh', '%s', %d, %d, %lld)";

    cr_assert(test_done(store_script(
        scene->store,
        arena_c(scene->arena, arena_print(scene->arena, format, (long long)supervisor, state, tries,
                                          is_due, (long long)made_at)))));
    be_system();
    cr_assert(test_done(test_act(scene, &watch_mails, NULL, NULL)));
    be_supervisor(S("31"));
    return shown().open_count;
}

Test(supervision, a_report_that_does_not_go_out_by_mail_is_not_lost_in_silence)
{
    moment lately = scene->now - 9 * SECONDS_PER_HOUR,
           long_ago = scene->now - 30 * SECONDS_PER_HOUR;

    cr_expect_eq(alarms_with_mail("queued", 0, true, lately), 0U);
    cr_expect_eq(alarms_with_mail("queued", 1, true, lately), 0U, "that happens");
    cr_expect_eq(alarms_with_mail("queued", 2, true, lately), 1U, "again and again");
    cr_expect_eq(alarms_with_mail("sent", 3, false, lately), 0U, "and it clears by itself");
    cr_expect_eq(alarms_with_mail("failed", 1, false, lately), 1U);
    cr_expect_eq(alarms_with_mail("failed", 1, false, long_ago), 0U);
    cr_expect_eq(alarms_with_mail("failed", 0, false, lately), 0U,
                 "whose reader may read it no more was never tried");
}

/* ---- announcements: supervision_announce.c ---- */

static id serves[2]; /* in the team's district, and in another */

static struct outcome run_people(struct scene *s, const void *form, void *result)
{
    (void)form, (void)result;
    for (int i = 0; i < 2; i++) {
        struct str login = arena_print(s->arena, "serves%d", i);

        TRY(identity_person_add(s, &(struct identity_new_person){.login = login, .name = login},
                                &serves[i]));
        TRY(people_add_demo_consultant(s->store, serves[i], S("lawyer"), team,
                                       i ? S("310101") : S("310104"), S("1"), s->now - 1, 0));
    }
    return DONE;
}
static const struct act add_people = {.name = "test.people", .who = WHO_SYSTEM, .run = run_people};

static size_t unread_by(id person_id)
{
    const struct supervision_announcement_view *rows;
    size_t count;

    scene->actor = (struct actor){.is = WHO_CONSULTANT | WHO_ANYONE, .person_id = person_id};
    cr_assert(test_done(supervision_unread(scene, &rows, &count)));
    return count;
}

static struct outcome announce(const char *typed)
{
    return test_post(scene, &supervision_act_announce, typed, NULL);
}

/* (1) (2) */
Test(supervision, an_announcement_reaches_its_scope_until_it_is_read_or_over)
{
    struct supervision_announcement_form form = {0};
    const struct supervision_announcement_view *rows;
    struct outcome outcome;
    size_t count;

    be_system();
    cr_assert(test_done(test_act(scene, &add_people, NULL, NULL)));
    be_supervisor(S("310104"));
    cr_assert(test_done(announce("text=停电&hours=2")));
    cr_assert_eq(unread_by(serves[0]), 1u);
    cr_assert_eq(unread_by(serves[1]), 0u);

    scene->actor.person_id = serves[0];
    cr_assert(test_done(supervision_unread(scene, &rows, &count)));
    cr_expect_gt(rows[0].until, scene->now, "a desk is told until when it stands");
    form.announcement = rows[0].id;
    scene->actor.person_id = serves[1];
    outcome = test_act(scene, &supervision_act_has_read, &form, NULL);
    cr_assert_eq(outcome.refusal, &act_unknown);
    scene->actor.person_id = serves[0];
    cr_assert(test_done(test_act(scene, &supervision_act_has_read, &form, NULL)));
    cr_assert_eq(unread_by(serves[0]), 0u);

    be_supervisor(S("31"));
    cr_assert(test_done(announce("text=提醒&hours=2")));
    cr_assert_eq(unread_by(serves[1]), 1u);
    scene->now += 2 * SECONDS_PER_HOUR;
    cr_assert_eq(unread_by(serves[1]), 0u);
}

/* A team has people of other districts too; who watches its place sees what is said there. */
Test(supervision, what_a_leader_announces_is_seen_by_who_watches_the_place)
{
    struct supervision_announcements_view view = {0};
    struct str go;

    be_system();
    cr_assert(test_done(test_act(scene, &add_people, NULL, NULL)));
    be_leader(team);
    cr_assert(test_done(announce("text=稍等&hours=2")));
    cr_expect_eq(unread_by(serves[0]), 1u);
    cr_expect_eq(unread_by(serves[1]), 1u);
    be_supervisor(S("310104"));
    cr_assert(test_done(test_show(scene, &supervision_module, "/announcements", "", &view, &go)));
    cr_assert_eq(view.announcements_count, 1u);
    be_supervisor(S("310101"));
    cr_assert(test_done(test_show(scene, &supervision_module, "/announcements", "", &view, &go)));
    cr_expect_eq(view.announcements_count, 0u);
}

/* (3), and taking back */
Test(supervision, only_a_supervisor_speaks_to_those_who_wait)
{
    struct supervision_announcements_view view = {0};
    struct supervision_announcement_form form = {0};
    struct outcome outcome;
    struct str text, go;

    be_leader(team);
    cr_assert_not(test_done(announce("text=稍等&hours=2&to_residents=1")));
    cr_assert(test_done(announce("text=稍等&hours=2")));
    be_supervisor(S(""));
    cr_assert_not(test_done(announce("text=稍等&hours=2")));
    be_supervisor(S("310104"));
    cr_assert(test_done(announce("text=人很多&hours=2&to_residents=1")));
    cr_assert(test_done(supervision_told_residents(scene, S("310104003"), &text)));
    cr_assert(str_same(text, S("人很多")));
    cr_assert(test_done(supervision_told_residents(scene, S("310101"), &text)));
    cr_assert_eq(text.len, 0u);
    cr_assert(test_done(supervision_told_residents(scene, S("31"), &text)));
    cr_assert_eq(text.len, 0u);

    cr_assert(test_done(test_show(scene, &supervision_module, "/announcements", "", &view, &go)));
    form.announcement = view.announcements[0].id;
    be_supervisor(S("310101"));
    outcome = test_act(scene, &supervision_act_take_back, &form, NULL);
    cr_assert_eq(outcome.refusal, &act_unknown);
    be_supervisor(S("310104"));
    cr_assert(test_done(test_act(scene, &supervision_act_take_back, &form, NULL)));
    cr_assert(test_done(supervision_told_residents(scene, S("310104003"), &text)));
    cr_assert_eq(text.len, 0u);
}

/* One warning a page: as many as are counted, each once. */
static int64_t paged(const char *list)
{
    bool is_over = str_same(str_of(list), S("over"));
    struct supervision_alarms_view view = {0};
    int64_t count = 0;
    id last = 0, next = 0;

    do {
        const struct supervision_alarm_view *alarms;
        size_t alarms_count;
        const char *typed =
            arena_c(scene->arena,
                    arena_print(scene->arena, "list=%s&limit=1&after=%lld", list, (long long)next));

        view = (struct supervision_alarms_view){0};
        cr_assert(test_done(test_show(scene, &supervision_module, "/alarms", typed, &view, NULL)));
        alarms = is_over ? view.over : view.open;
        alarms_count = is_over ? view.over_count : view.open_count;
        cr_assert(alarms_count <= 1);
        if (alarms_count) cr_assert_neq(alarms[0].id, last);
        if (alarms_count) last = alarms[0].id;
        count += (int64_t)alarms_count;
        next = is_over ? view.over_next : view.next;
    } while (next && count < 1000);
    return count;
}

enum { MANY = 60 };

Test(supervision, every_open_warning_is_counted_and_on_some_page)
{
    struct supervision_standing standing;

    for (int i = 0; i < MANY; i++) {
        raised.key = arena_print(scene->arena, "CASE%04d", i);
        raised.words[0] = raised.key;
        raised.kind = i % 3 ? SUPERVISION_WRITTEN_LATE : SUPERVISION_WRITTEN_OVER;
        scene->now += i % 2;
        raise_now();
        if (i % 10 == 0) cr_assert(test_done(test_act(scene, &clear_it, NULL, NULL)));
    }
    be_supervisor(S("310104"));
    cr_assert(test_done(test_post(scene, &supervision_act_seen,
                                  arena_c(scene->arena, arena_print(scene->arena, "alarm=%lld",
                                                                    (long long)shown().open[3].id)),
                                  NULL)));
    cr_assert(test_done(supervision_open_alarms(scene, S(""), 6, &standing)));
    cr_expect(standing.count == 6 && standing.standing == MANY - 6);
    cr_expect_eq(standing.unseen, MANY - 7);
    cr_expect_eq(paged("open"), standing.standing);
    cr_expect_eq(paged("over"), 6);
    cr_expect(shown().open_count == 50 && shown().next && shown().over_count == 6);
    be_supervisor(S("310101"));
    cr_expect(paged("open") == 0 && shown().standing == 0);
}
