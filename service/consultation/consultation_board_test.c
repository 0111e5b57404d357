/* consultation_board_test.c -- the board: each number is the number of rows behind it, and nobody
 * counts or opens what is not theirs.  Cites consultation_board.c and consultation_board_cases.c.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "bureau/assignment/assignment_acts.h"
#include "bureau/ladder/ladder_acts.h"
#include "bureau/people/people_acts.h"
#include "bureau/record/record_acts.h"
#include "bureau/supervision/supervision_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/scene_test.h"
#include "service/consultation/consultation_board_views.h"
#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_pages.h"

enum { CASES = 160, TEAMS = 3 };

static const struct module board = {.name = "board", .pages = consultation_board_pages};
#define TYPED(...) arena_c(scene->arena, arena_print(scene->arena, __VA_ARGS__))
static struct scene *scene;
static id teams[TEAMS], consultants[TEAMS];
static const char *const districts[] = {"310101", "310104", "310104003", "31", "310104003007"};
static const char *const fields[] = {"labour", "family", "housing"};

/* The same numbers every time: a small generator of its own. */
static uint32_t dice;
static int64_t roll(int64_t sides)
{
    dice = dice * 1664525u + 1013904223u;
    return (int64_t)(dice >> 16) % sides;
}

static struct outcome add_team(int i)
{
    struct str login = arena_print(scene->arena, "consultant%d", i);
    struct str division = str_of(districts[i % 2]);

    teams[i] = scene_new_id(scene);
    TRY(people_add_demo_team(scene->store, teams[i], login, login, login, S("district"), division,
                             0));
    TRY(identity_person_add(scene, &(struct identity_new_person){.login = login, .name = login},
                            &consultants[i]));
    TRY(people_add_demo_consultant(scene->store, consultants[i], S("lawyer"), teams[i], division,
                                   S("1"), scene->now - 1, 0));
    TRY(people_add_demo_field(scene->store, consultants[i], S("labour")));
    TRY(people_add_demo_language(scene->store, consultants[i], S("zh")));
    return people_set_presence_row(scene->store, consultants[i], S("online"), 3, scene->now,
                                   scene->now - 60);
}

/* Of those that ended, every other was talked with; the others had waited for nothing. */
static struct outcome keep_record(const struct consultation_add_case_values *made, id team_id,
                                  moment closed_at, bool talked)
{
    struct record_case c = {.case_id = made->consultation_id,
                            .service = S("consultation"),
                            .reference = made->reference,
                            .channel = made->channel,
                            .field = made->field,
                            .profession = made->profession,
                            .division = made->division,
                            .language = made->language,
                            .state = S("waiting"),
                            .phase = RECORD_WAITING,
                            .opened_at = made->asked_at,
                            .outcome = S("")};

    TRY(record_keep_at(scene, &c, made->asked_at));
    c.phase = RECORD_TALKING;
    c.team_id = team_id;
    if (talked) TRY(record_keep_at(scene, &c, (made->asked_at + closed_at) / 2));
    c.phase = RECORD_ENDED;
    return record_keep_at(scene, &c, closed_at);
}

/* A case in any state, as the acts leave it there. */
static struct outcome add_case(int i)
{
    enum consultation_state state = (enum consultation_state)roll(CONSULTATION_STATES);
    id case_id = scene_new_id(scene);
    int64_t team = roll(TEAMS + 1), age = roll(3 * SECONDS_PER_DAY);
    bool is_held = team < TEAMS && state != CONSULTATION_WAITING;
    bool is_written = state == CONSULTATION_MESSAGE || state == CONSULTATION_ANSWERED;
    moment closed_at = 0;
    struct consultation_add_case_values made = {
        .consultation_id = case_id,
        .reference = arena_print(scene->arena, "CASE%04d", i),
        .state = S("waiting"),
        .field = str_of(fields[roll(3)]),
        .profession = str_of(consultation_professions[roll(2)]),
        .division = str_of(districts[roll(5)]),
        .language = S("zh"),
        .channel = str_of(i % 3 ? i % 3 == 1 ? "web" : "hotline" : "app"),
        .asked_at = scene->now - age,
        .waiting_at = scene->now - age};

    TRY(consultation_add_case(scene->store, &made));
    TRY(consultation_add_exchange(scene->store, case_id));
    if (state == CONSULTATION_CLOSED) closed_at = scene->now - roll(age + 1);
    TRY(consultation_save_case(
        scene->store,
        &(struct consultation_save_case_values){
            .consultation_id = case_id,
            .state = consultation_state_word(state),
            .profession = made.profession,
            .waiting_at = made.waiting_at,
            .due_at = is_written ? scene->now + roll(7200) - 3600 : 0,
            .consultant_id = is_held ? consultants[team] : 0,
            .team_id = is_held ? teams[team] : 0,
            .warned = state == CONSULTATION_MESSAGE ? roll(4) : 0,
            .answered_at = state == CONSULTATION_ANSWERED ? scene->now - roll(age + 1) : 0,
            .closed_at = closed_at,
            .outcome = S(""),
            .summary = S("")}));
    if (state == CONSULTATION_CLOSED)
        TRY(keep_record(&made, is_held ? teams[team] : 0, closed_at, i % 2));
    if (state != CONSULTATION_CLOSED || roll(2)) return DONE;
    return consultation_add_rating(
        scene->store,
        &(struct consultation_add_rating_values){.consultation_id = case_id,
                                                 .consultant_id = consultants[0],
                                                 .team_id = is_held ? teams[team] : 0,
                                                 .stars = 1 + roll(5),
                                                 .text = S(""),
                                                 .at = scene->now - roll(40 * SECONDS_PER_DAY)});
}

static struct outcome run_seed(struct scene *unused, const void *form, void *result)
{
    const struct identity_division divisions[] = {
        {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")},
        {S("310101"), S("31"), S("district"), S("黄浦区"), S("Huangpu")},
        {S("310104"), S("31"), S("district"), S("徐汇区"), S("Xuhui")},
        {S("310104003"), S("310104"), S("street"), S("天平路街道"), S("")},
        {S("310104004"), S("310104"), S("street"), S("湖南路街道"), S("")},
        {S("310104003007"), S("310104003"), S("village"), S("太原居委会"), S("")}};

    (void)unused, (void)form, (void)result;
    TRY(identity_divisions_load(scene, divisions, COUNT(divisions)));
    for (size_t i = 0; i < COUNT(fields); i++) {
        struct str field = str_of(fields[i]);

        TRY(people_add_first_field(scene->store, field, field, field, field, field, S("lawyer"),
                                   field, (int64_t)i));
    }
    for (int i = 0; i < TEAMS; i++) TRY(add_team(i));
    TRY(people_set_layer(scene, teams[0], teams[1]));
    for (int i = 0; i < CASES; i++) TRY(add_case(i));
    return DONE;
}
static const struct act seed = {.name = "test.seed", .who = WHO_SYSTEM, .run = run_seed};

static void be(unsigned who, struct str scope, id team_id)
{
    scene->actor = (struct actor){.is = who | WHO_ANYONE,
                                  .person_id = 77,
                                  .scopes = scopes_of(scope),
                                  .team_id = team_id,
                                  .name = S("somebody")};
}

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM, CONSULTATION_MODULES);
    dice = 20261122;
    scene->now += 6 * SECONDS_PER_HOUR; /* an afternoon: today is some of the last three days */
    cr_assert(test_done(test_act(scene, &seed, NULL, NULL)));
}
static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(board, .init = set_up, .fini = tear_down);

/* How many rows a list has, read page by page. */
static int64_t rows_of(const char *list, const struct consultation_board_row_view *row)
{
    struct consultation_board_cases_view view;
    struct str after = S("");
    int64_t count = 0;

    do {
        const char *typed =
            TYPED("list=%s&district=%.*s&team=%.*s&field=%.*s&profession=%.*s"
                  "&channel=%.*s&limit=7&after=%.*s",
                  list, STR_ARGS(row->district), STR_ARGS(row->team), STR_ARGS(row->field),
                  STR_ARGS(row->profession), STR_ARGS(row->channel), STR_ARGS(after));

        cr_assert(test_done(test_show(scene, &board, "/board/cases", typed, &view, NULL)));
        cr_assert(view.consultations_count <= 7);
        count += (int64_t)view.consultations_count;
        after = view.next;
    } while (after.len);
    return count;
}

/* One person a page: everybody is on some page. */
static int64_t people_of(const struct consultation_board_row_view *row, const char *path)
{
    bool is_rostered = strcmp(path, "/board/rostered") == 0;
    struct consultation_board_consultants_view on_line = {.next = S("")};
    struct consultation_board_rostered_view rostered = {.next = S("")};
    int64_t count = 0;

    do {
        struct str next = is_rostered ? rostered.next : on_line.next;
        const char *typed = arena_c(
            scene->arena,
            arena_print(scene->arena,
                        "district=%.*s&team=%.*s%s%.*s&profession=%.*s&limit=1&after=%.*s",
                        STR_ARGS(row->district), STR_ARGS(row->team),
                        is_rostered ? "" : "&field=", STR_ARGS(is_rostered ? S("") : row->field),
                        STR_ARGS(row->profession), STR_ARGS(next)));

        if (is_rostered) {
            cr_assert(test_done(test_show(scene, &board, path, typed, &rostered, NULL)));
            cr_assert(rostered.people_count <= 1);
            count += (int64_t)rostered.people_count;
        } else {
            cr_assert(test_done(test_show(scene, &board, path, typed, &on_line, NULL)));
            cr_assert(on_line.consultants_count <= 1);
            count += (int64_t)on_line.consultants_count;
        }
    } while (is_rostered ? rostered.next.len : on_line.next.len);
    return count;
}

/* The longest wait leads to a case that waits as long, of this line. */
static void check_longest(const struct consultation_board_row_view *row)
{
    struct consultation_board_cases_view view;
    int64_t longest = -1;
    struct str which = S("");

    cr_assert_eq(row->waiting > 0, row->longest.len > 0, "%.*s", STR_ARGS(row->name));
    if (!row->waiting) return;
    cr_assert(test_done(test_show(
        scene, &board, "/board/cases",
        arena_c(scene->arena,
                arena_print(scene->arena,
                            "list=waiting&district=%.*s&team=%.*s&field=%.*s&profession=%.*s"
                            "&channel=%.*s&limit=100",
                            STR_ARGS(row->district), STR_ARGS(row->team), STR_ARGS(row->field),
                            STR_ARGS(row->profession), STR_ARGS(row->channel))),
        &view, NULL)));
    cr_assert_eq(view.next.len, 0u);
    for (size_t i = 0; i < view.consultations_count; i++) {
        if (view.consultations[i].waited_seconds > longest)
            longest = view.consultations[i].waited_seconds;
        if (str_same(view.consultations[i].reference, row->longest))
            which = view.consultations[i].reference;
    }
    cr_assert_eq(row->longest_wait_seconds, longest);
    for (size_t i = 0; i < view.consultations_count; i++) {
        if (str_same(view.consultations[i].reference, which))
            cr_assert_eq(view.consultations[i].waited_seconds, longest);
    }
    cr_assert(which.len, "%.*s is not of %.*s", STR_ARGS(row->longest), STR_ARGS(row->name));
}

/* Every number of one line against its rows; the sum of what was compared. */
static int64_t compare(const struct consultation_board_row_view *row)
{
    const struct {
        const char *list;
        int64_t number;
    } numbers[] = {{"waiting", row->waiting},         {"talking", row->talking},
                   {"message", row->written},         {"risk", row->at_risk},
                   {"overdue", row->overdue},         {"answered", row->answered_today},
                   {"closed", row->closed_today},     {"rated", row->rated_30_days},
                   {"rated_today", row->rated_today}, {"left", row->left_today},
                   {"hall", row->at_hall}};
    int64_t sum = 0;

    for (size_t i = 0; i < COUNT(numbers); i++) {
        cr_assert_eq(rows_of(numbers[i].list, row), numbers[i].number, "%s of %.*s",
                     numbers[i].list, STR_ARGS(row->name));
        sum += numbers[i].number;
    }
    if (!row->channel.len)
        cr_assert_eq(people_of(row, "/board/consultants"), row->on_line, "on line in %.*s",
                     STR_ARGS(row->name));
    if (row->rostered)
        cr_assert_eq(people_of(row, "/board/rostered"), row->rostered, "rostered in %.*s",
                     STR_ARGS(row->name));
    check_longest(row);
    return sum;
}

static void compare_all(const char *typed)
{
    struct consultation_board_view view;
    int64_t total;

    cr_assert(test_done(test_show(scene, &board, "/board", typed, &view, NULL)));
    total = compare(view.total);
    for (size_t t = 0; t < view.tables_count; t++) {
        int64_t sum = 0;

        for (size_t i = 0; i < view.tables[t].rows_count; i++)
            sum += compare(&view.tables[t].rows[i]);
        cr_assert_eq(sum, total, "a table adds up to all there is");
    }
}

Test(board, every_number_is_the_number_of_rows_behind_it_for_the_city)
{
    struct consultation_board_view view;

    be(WHO_SUPERVISOR, S("31"), 0);
    cr_assert(test_done(test_show(scene, &board, "/board", "", &view, NULL)));
    cr_expect(view.total->waiting > 0 && view.total->talking > 0 && view.total->written > 0 &&
              view.total->at_hall > 0);
    cr_expect(view.total->at_risk > 0 && view.total->overdue > 0);
    cr_expect(view.total->answered_today > 0 && view.total->closed_today > 0);
    cr_expect(view.total->rated_30_days > 0 && view.total->on_line == TEAMS);
    cr_expect(view.total->left_today > 0 && view.total->left_today < view.total->closed_today);
    cr_expect(view.total->left_percent > 0 && view.total->left_percent < 100);
    compare_all("");
}

Test(board, every_number_is_the_number_of_rows_behind_it_for_a_district)
{
    be(WHO_SUPERVISOR, S("310104"), 0);
    compare_all("");
}

Test(board, every_number_is_the_number_of_rows_behind_it_for_a_street)
{
    be(WHO_SUPERVISOR, S("310104003"), 0);
    compare_all("");
    be(WHO_SUPERVISOR, S("310104003007"), 0);
    compare_all("");
    be(WHO_SUPERVISOR, S("31"), 0);
    compare_all("district=310104003");
    compare_all("district=310104000");
}

static const struct consultation_board_row_view *place_on(
    const struct consultation_board_view *view, const char *code)
{
    for (size_t i = 0; i < view->districts_count; i++) {
        if (str_same(view->districts[i].code, str_of(code))) return &view->districts[i];
    }
    return NULL;
}

Test(board, tells_a_district_apart_by_street_whoever_looks)
{
    static const struct {
        const char *scope, *typed;
    } ways[] = {{"31", "district=310104"}, {"310104", ""}, {"310104", "district=310104"}};
    struct consultation_board_view view;
    int64_t waiting;

    be(WHO_SUPERVISOR, S("31"), 0);
    cr_assert(test_done(test_show(scene, &board, "/board", "", &view, NULL)));
    cr_assert_not_null(place_on(&view, "310104"));
    cr_expect_null(place_on(&view, "310104003"));
    waiting = place_on(&view, "310104")->waiting;
    for (size_t i = 0; i < COUNT(ways); i++) {
        be(WHO_SUPERVISOR, str_of(ways[i].scope), 0);
        cr_assert(test_done(test_show(scene, &board, "/board", ways[i].typed, &view, NULL)));
        cr_assert_eq(view.districts_count, 3);
        cr_expect_eq(place_on(&view, "310104004")->waiting, 0, "at rest, and on the board");
        cr_expect(place_on(&view, "310104003")->waiting > 0);
        cr_expect(place_on(&view, "310104000")->waiting > 0, "no street was said");
        cr_expect_eq(view.total->waiting, waiting, "the streets are the whole district");
        cr_expect_null(place_on(&view, "310101"));
    }
}

Test(board, every_number_is_the_number_of_rows_behind_it_for_a_team)
{
    be(WHO_LEADER, S("310101"), teams[1]); /* and for the one below it */
    compare_all("");
}

Test(board, every_number_is_the_number_of_rows_behind_it_when_bounded)
{
    be(WHO_SUPERVISOR, S("31"), 0);
    compare_all("district=310104&field=labour");
    compare_all("team=0");
    compare_all(TYPED("team=%lld", (long long)teams[1]));     /* with what is below it, */
    compare_all(TYPED("team=own-%lld", (long long)teams[1])); /* and alone */
    compare_all("profession=notary&district=31");
}

/* Two desks where three people each wait. */
static struct outcome run_wake(struct scene *unused, const void *form, void *result)
{
    (void)unused, (void)form, (void)result;
    for (int i = 0; i < 2; i++) {
        struct ladder_find_desk_row desk;
        bool found;

        TRY(ladder_wake(scene, S("lawyer"), str_of(districts[i])));
        TRY(ladder_find_desk(scene->arena, scene->store, S("lawyer"), str_of(districts[i]), &desk,
                             &found));
        TRY(ladder_set_look(scene->store, 0, 3, scene->now, desk.desk_id));
    }
    return DONE;
}

static size_t desks_seen(unsigned who, struct str scope, const char *typed, bool *may_call)
{
    struct consultation_board_view view;

    be(who, scope, teams[0]);
    cr_assert(test_done(test_show(scene, &board, "/board", typed, &view, NULL)));
    *may_call = view.may_call;
    for (size_t i = 0; i < view.ladder_desks_count; i++)
        cr_expect_eq(view.ladder_desks[i].waiting, 3);
    return view.ladder_desks_count;
}

Test(board, shows_pressed_desks_to_call_backups_in_for_and_a_street_looks_on)
{
    static const struct act wake = {.name = "test.wake", .who = WHO_SYSTEM, .run = run_wake};
    bool may_call;

    be(WHO_SYSTEM, S(""), 0);
    cr_assert(test_done(test_act(scene, &wake, NULL, NULL)));
    cr_expect_eq(desks_seen(WHO_SUPERVISOR, S("31"), "", &may_call), 2);
    cr_expect(may_call);
    cr_expect_eq(desks_seen(WHO_SUPERVISOR, S("31"), "district=310104", &may_call), 1);
    cr_expect_eq(desks_seen(WHO_SUPERVISOR, S("31"), "district=310104003", &may_call), 1);
    cr_expect_eq(desks_seen(WHO_SUPERVISOR, S("31"), "profession=notary", &may_call), 0);
    cr_expect_eq(desks_seen(WHO_SUPERVISOR, S("310104"), "", &may_call), 1);
    cr_expect(may_call);
    cr_expect_eq(desks_seen(WHO_SUPERVISOR, S("310104003"), "", &may_call), 1);
    cr_expect_not(may_call);
    cr_expect_eq(desks_seen(WHO_LEADER, S("310101"), "", &may_call), 1);
    cr_expect_not(may_call);
}

Test(board, counts_only_what_begins_with_the_scope)
{
    static const char *const scopes[] = {"310104", "310104003007"}; /* a district, a village */
    struct consultation_board_cases_view view;

    for (size_t k = 0; k < COUNT(scopes); k++) {
        be(WHO_SUPERVISOR, str_of(scopes[k]), 0);
        cr_assert(test_done(
            test_show(scene, &board, "/board/cases", "list=waiting&limit=100", &view, NULL)));
        cr_assert(view.consultations_count > 0);
        for (size_t i = 0; i < view.consultations_count; i++)
            cr_expect(str_begins(view.consultations[i].division, str_of(scopes[k])));
        /* Asking for another district brings nothing. */
        cr_assert(test_done(
            test_show(scene, &board, "/board/cases", "list=waiting&district=310101", &view, NULL)));
        cr_expect_eq(view.consultations_count, 0);
    }
}

Test(board, shows_a_leader_the_own_team_only)
{
    struct consultation_board_cases_view view;

    be(WHO_LEADER, S("310101"), teams[0]);
    cr_assert(
        test_done(test_show(scene, &board, "/board/cases", "list=talking&limit=100", &view, NULL)));
    cr_assert(view.consultations_count > 0);
    for (size_t i = 0; i < view.consultations_count; i++)
        cr_expect_eq(view.consultations[i].team, teams[0]);
    cr_assert(test_done(test_show(scene, &board, "/board/cases",
                                  TYPED("list=talking&team=own-%lld", (long long)teams[1]), &view,
                                  NULL)));
    cr_expect_eq(view.consultations_count, 0);
}

Test(board, shows_nothing_without_a_scope_or_team)
{
    struct consultation_board_view view;
    struct consultation_board_row_view everything = {0};

    be(WHO_SUPERVISOR, S(""), 0);
    cr_assert(test_done(test_show(scene, &board, "/board", "", &view, NULL)));
    cr_expect_eq(view.total->waiting + view.total->written + view.total->on_line, 0);
    cr_expect_eq(rows_of("rated", &everything), 0);
    be(WHO_LEADER, S("31"), 0);
    cr_expect_eq(rows_of("waiting", &everything), 0);
    cr_expect_eq(people_of(&everything, "/board/consultants"), 0);
}

Test(board, is_closed_to_consultants_and_administrators)
{
    const unsigned others[] = {WHO_CONSULTANT, WHO_ADMIN, WHO_RESIDENT, WHO_GUEST, 0};
    char view[4096];

    for (size_t i = 0; i < COUNT(others); i++) {
        be(others[i], S("31"), teams[0]);
        cr_expect_eq(test_show(scene, &board, "/board", "", view, NULL).refusal, &act_not_yours);
        cr_expect_eq(test_show(scene, &board, "/board/cases", "list=waiting", view, NULL).refusal,
                     &act_not_yours);
        cr_expect_eq(test_show(scene, &board, "/board/consultants", "", view, NULL).refusal,
                     &act_not_yours);
    }
    for (const struct page *page = consultation_board_pages; page->path; page++)
        cr_expect_eq(page->who, WHO_LEADER | WHO_SUPERVISOR, "%s", page->path);
}

Test(board, opens_a_case_within_the_scope_and_no_other)
{
    struct consultation_board_cases_view list;
    struct consultation_board_case_view view;
    const char *typed;

    be(WHO_SUPERVISOR, S("310104"), 0);
    cr_assert(test_done(test_show(scene, &board, "/board/cases", "list=waiting", &list, NULL)));
    typed = arena_c(scene->arena, arena_print(scene->arena, "reference=%.*s",
                                              STR_ARGS(list.consultations[0].reference)));
    cr_assert(test_done(
        test_show(scene, &board, "/board/consultations/{reference}", typed, &view, NULL)));
    cr_expect(view.can_reassign && !view.has_leave);
    be(WHO_SUPERVISOR, S("310101"), 0);
    cr_expect_eq(
        test_show(scene, &board, "/board/consultations/{reference}", typed, &view, NULL).refusal,
        &act_unknown);
    be(WHO_LEADER, S("31"), teams[0]); /* nobody has it yet: no leader's either */
    cr_expect_eq(
        test_show(scene, &board, "/board/consultations/{reference}", typed, &view, NULL).refusal,
        &act_unknown);
}

Test(board, gives_leave_to_read_only_by_an_act)
{
    struct consultation_board_cases_view list;
    struct consultation_board_case_view view;
    const char *typed;

    be(WHO_SUPERVISOR, S("31"), 0);
    cr_assert(test_done(test_show(scene, &board, "/board/cases", "list=talking", &list, NULL)));
    typed = arena_c(scene->arena, arena_print(scene->arena, "reference=%.*s",
                                              STR_ARGS(list.consultations[0].reference)));
    cr_assert(test_done(test_post(scene, &consultation_look_in, typed, NULL)));
    cr_assert(test_done(
        test_show(scene, &board, "/board/consultations/{reference}", typed, &view, NULL)));
    cr_expect(view.has_leave);
    cr_expect_eq(test_journal(scene, "consultation.look_in"), 1);
    scene->now += SECONDS_PER_HOUR;
    cr_assert(test_done(
        test_show(scene, &board, "/board/consultations/{reference}", typed, &view, NULL)));
    cr_expect_not(view.has_leave);
}

Test(board, shows_what_was_written_with_a_rating_only_to_whoever_has_looked_in)
{
    struct consultation_board_cases_view list;
    struct consultation_board_case_view view;
    const char *typed;

    be(WHO_SUPERVISOR, S("31"), 0);
    cr_assert(test_done(test_show(scene, &board, "/board/cases", "list=rated", &list, NULL)));
    cr_assert_gt(list.consultations_count, 0u);
    typed = arena_c(scene->arena, arena_print(scene->arena, "reference=%.*s",
                                              STR_ARGS(list.consultations[0].reference)));
    cr_assert(
        test_done(store_script(scene->store, "update rating set text = 'he asked for money'")));
    cr_assert(test_done(
        test_show(scene, &board, "/board/consultations/{reference}", typed, &view, NULL)));
    cr_expect(view.stars > 0 && view.rating_text.len == 0);
    cr_assert(test_done(test_post(scene, &consultation_look_in, typed, NULL)));
    cr_assert(test_done(
        test_show(scene, &board, "/board/consultations/{reference}", typed, &view, NULL)));
    cr_expect(str_same(view.rating_text, S("he asked for money")));
}

Test(board, refuses_a_list_nobody_knows)
{
    struct consultation_board_cases_view view;

    be(WHO_SUPERVISOR, S("31"), 0);
    cr_expect_eq(test_show(scene, &board, "/board/cases", "list=secret", &view, NULL).refusal,
                 &act_unknown);
}

Test(board, stream_tells_once_that_something_moved)
{
    const struct stream *stream = NULL;
    struct seat seat = {0};
    struct consultation_follow_board_form query = {.after = 0};
    struct out *out = out_open(scene->arena, 1000), *again = out_open(scene->arena, 1000);

    for (const struct page *page = consultation_board_pages; page->path; page++) {
        if (page->method == STREAM) stream = page->stream;
    }
    cr_assert(stream);
    cr_assert(test_done(stream->sit(scene, &query, &seat)));
    cr_expect(seat.all);
    cr_assert(test_done(stream->tell(scene, &seat, out)));
    cr_expect(str_find(out_text(out), S("event: board\ndata: {}\n")) > 0);
    cr_expect(seat.after > 0);
    cr_assert(test_done(stream->tell(scene, &seat, again)));
    cr_expect_eq(out_text(again).len, 0);
}
