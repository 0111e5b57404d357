/* review_behind_test.c -- behind every number of a consultant stand as many rows.  Cites
 * review_show_behind.c. */
#include <criterion/criterion.h>

#include "bureau/review/review_court_test.h"
#include "platform/scene_test.h"

TestSuite(review_behind, .init = court_open, .fini = court_close);

enum { ALL = 1000 };

static const struct module board = {.name = "board", .pages = review_board_pages};
static const struct module desk = {.name = "desk", .pages = review_desk_pages};

static struct review_person_view figures_of(const struct actor *who, const struct actor *reader)
{
    struct review_whole_view whole;
    struct review_record_view record;

    court.scene->actor = *reader;
    if (who->person_id == reader->person_id) {
        cr_assert(test_done(test_show(court.scene, &desk, "/desk/record", "", &record, NULL)));
        return *record.who;
    }
    cr_assert(test_done(
        test_show(court.scene, &board, "/board/quality/{person}",
                  arena_c(court.scene->arena, arena_print(court.scene->arena, "person=%lld",
                                                          (long long)who->person_id)),
                  &whole, NULL)));
    return *whole.who;
}

/* The whole list, two rows a page; how many of them say nothing. */
static int64_t rows_of(const struct actor *who, const struct actor *reader, const char *which,
                       int64_t *withheld)
{
    bool is_own = who->person_id == reader->person_id;
    struct review_behind_view view = {0};
    int64_t count = 0;

    court.scene->actor = *reader;
    *withheld = 0;
    do {
        struct str typed = arena_print(
            court.scene->arena, "%s%.*s&which=%s&limit=2&after=%lld", is_own ? "" : "person=",
            STR_ARGS(is_own ? S("")
                            : arena_print(court.scene->arena, "%lld", (long long)who->person_id)),
            which, (long long)view.next);

        if (is_own) typed = (struct str){typed.at + 1, typed.len - 1};
        cr_assert(
            test_done(test_show(court.scene, is_own ? &desk : &board,
                                is_own ? "/desk/record/cases" : "/board/quality/{person}/cases",
                                arena_c(court.scene->arena, typed), &view, NULL)),
            "%s", which);
        cr_assert(view.cases_count <= 2);
        count += (int64_t)view.cases_count;
        for (size_t i = 0; i < view.cases_count; i++) *withheld += view.cases[i].withheld;
    } while (view.next && count < ALL);
    return count;
}

static int64_t shown_of(const struct actor *who, const struct actor *reader, const char *which)
{
    int64_t withheld, count = rows_of(who, reader, which, &withheld);

    return count - withheld;
}

static void uphold(const struct actor *who, const char *kind)
{
    struct review_case about = court_a_case(who);
    long long which;

    cr_assert(test_done(court_complain(about, kind, "说明")));
    which = court_complaint_of(about, "resident");
    cr_assert(!court_post(&court.supervisor, &review_act_hear, "complaint=%lld&question=怎么回事",
                          which));
    cr_assert(!court_post(&court.supervisor, &review_act_decide_complaint,
                          "complaint=%lld&verdict=upheld&reply=您说得对", which));
}

static void warn(const struct actor *who)
{
    cr_assert(!court_post(&court.leader, &review_act_propose,
                          "person=%lld&measure=warn&reason=屡次迟到", (long long)who->person_id));
    cr_assert(!court_post(&court.supervisor, &review_act_decide_measure,
                          "measure=%lld&verdict=confirm&notice=请注意",
                          (long long)court_find_measure_of(who, "open")));
}

/* Anna served five in the window and two before it; three late, four rated. */
static void serve_some(void)
{
    const int64_t day = SECONDS_PER_DAY;
    const moment now = court.scene->now;

    for (int i = 0; i < 5; i++)
        court_serve((struct court_serving){.by = &court.anna,
                                           .at = now - (i + 1) * day,
                                           .stars = i ? 1 + i : 0,
                                           .is_written = i % 2 == 0,
                                           .is_late = i % 2 == 0});
    for (int i = 0; i < 2; i++)
        court_serve(
            (struct court_serving){.by = &court.anna, .at = now - (200 + i) * day, .stars = 5});
    court_serve((struct court_serving){.by = &court.bo, .at = now - day, .stars = 5});
    uphold(&court.anna, "conduct");
    uphold(&court.anna, "money");
    uphold(&court.bo, "late");
    warn(&court.anna);
}

Test(review_behind, each_number_is_the_number_of_rows_behind_it) /* (1) */
{
    const struct actor *readers[] = {&court.supervisor, &court.leader, &court.anna};

    serve_some();
    for (size_t i = 0; i < COUNT(readers); i++) {
        struct review_person_view v = figures_of(&court.anna, readers[i]);
        const struct {
            const char *which;
            int64_t number;
        } numbers[] = {{"answered", v.answered}, {"late", v.late},       {"upheld", v.upheld},
                       {"warnings", v.warnings}, {"sampled", v.sampled}, {"rated", v.rated}};

        cr_assert_eq(v.answered, 5);
        cr_assert_eq(v.late, 3);
        cr_assert_eq(v.rated, 4);
        cr_assert_eq(v.upheld, 2);
        cr_assert_eq(v.warnings, 1);
        for (size_t k = 0; k < COUNT(numbers) - (readers[i] == &court.anna); k++) {
            int64_t withheld;

            cr_expect_eq(rows_of(&court.anna, readers[i], numbers[k].which, &withheld),
                         numbers[k].number, "%s for reader %zu", numbers[k].which, i);
        }
    }
}

/* All rows of one number of a month, two a page. */
static int64_t rows_of_month(const struct actor *who, const char *which)
{
    struct review_behind_view view = {0};
    int64_t count = 0;

    do {
        struct str typed = arena_print(court.scene->arena,
                                       "person=%lld&which=%s&period=2026-10&limit=2&after=%lld",
                                       (long long)who->person_id, which, (long long)view.next);

        cr_assert(test_done(test_show(court.scene, &board, "/board/quality/{person}/cases",
                                      arena_c(court.scene->arena, typed), &view, NULL)));
        count += (int64_t)view.cases_count;
    } while (view.next && count < ALL);
    return count;
}

Test(review_behind, the_numbers_of_a_commendation_are_traced_to_its_month) /* (1) */
{
    const struct module money = {.name = "money", .pages = review_module.more_pages[0]};
    struct review_commendations_view view;
    struct review_behind_view none;
    const char *bos =
        arena_c(court.scene->arena,
                arena_print(court.scene->arena, "person=%lld&which=answered&period=2026-13",
                            (long long)court.bo.person_id));

    for (int i = 0; i < 13; i++)
        court_serve((struct court_serving){.by = &court.bo,
                                           .at = calendar_moment_of(2026, 10, 2 + i, 600),
                                           .stars = i % 6 ? 5 : 0});
    for (int i = 0; i < 3; i++)
        court_serve((struct court_serving){
            .by = &court.bo, .at = calendar_moment_of(2026, 11, 2 + i, 600), .stars = 5});
    court.scene->actor = court.supervisor;
    cr_assert(test_done(
        test_show(court.scene, &money, "/board/commendations", "period=2026-10", &view, NULL)));
    cr_assert(view.people_count == 1 && view.people[0].may_trace);
    cr_assert(view.people[0].answered == 13 && view.people[0].rated == 10);
    cr_expect_eq(rows_of_month(&court.bo, "answered"), view.people[0].answered);
    cr_expect_eq(rows_of_month(&court.bo, "rated"), view.people[0].rated);
    cr_expect_eq(
        test_show(court.scene, &board, "/board/quality/{person}/cases", bos, &none, NULL).refusal,
        &act_unknown, "no such month");
    court.scene->actor = court.district;
    cr_assert(test_done(
        test_show(court.scene, &money, "/board/commendations", "period=2026-10", &view, NULL)));
    cr_expect_not(view.people[0].may_trace, "of another district: named, and no more");
}

Test(review_behind, the_marks_of_residents_are_traced_one_by_one) /* (1) */
{
    struct review_whole_view whole;
    int64_t withheld;

    serve_some();
    court.scene->actor = court.supervisor;
    cr_assert(test_done(
        test_show(court.scene, &board, "/board/quality/{person}",
                  arena_c(court.scene->arena, arena_print(court.scene->arena, "person=%lld",
                                                          (long long)court.anna.person_id)),
                  &whole, NULL)));
    cr_assert_eq(whole.marks_count, 4u);
    cr_assert_eq(whole.marks[0].count, 4);
    for (size_t i = 0; i < whole.marks_count; i++)
        cr_expect_eq(rows_of(&court.anna, &court.supervisor,
                             arena_c(court.scene->arena, whole.marks[i].which), &withheld),
                     whole.marks[i].count);
}

Test(review_behind, what_is_not_the_readers_is_counted_and_not_told) /* (2) */
{
    int64_t withheld;

    serve_some();
    cr_expect_eq(shown_of(&court.anna, &court.supervisor, "upheld"), 2);
    cr_expect_eq(rows_of(&court.anna, &court.leader, "upheld", &withheld), 2);
    cr_expect_eq(withheld, 1, "money is not handled in the team");
    cr_expect_eq(shown_of(&court.anna, &court.anna, "upheld"), 2);
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

Test(review_behind, a_complaint_is_not_named_to_whoever_is_in_conflict_with_it) /* (2) */
{
    int64_t withheld;

    whispered_in = court.next_case;
    uphold(&court.anna, "late");
    uphold(&court.anna, "conduct");
    cr_expect_eq(shown_of(&court.anna, &court.other_supervisor, "upheld"), 2);
    court.scene->actor = court.other_supervisor;
    cr_assert(test_done(test_act(court.scene, &whisper, NULL, NULL)));
    cr_expect_eq(rows_of(&court.anna, &court.other_supervisor, "upheld", &withheld), 2);
    cr_expect_eq(withheld, 1);
    cr_expect_eq(shown_of(&court.anna, &court.supervisor, "upheld"), 2);
    cr_expect_eq(shown_of(&court.anna, &court.leader, "upheld"), 2);
}

Test(review_behind, a_case_served_for_another_team_is_counted_and_says_nothing_else) /* (2) */
{
    struct review_behind_view view = {0};
    int64_t withheld, rows;
    id elsewhere = court_serve((struct court_serving){
        .by = &court.anna, .at = court.scene->now - SECONDS_PER_DAY, .stars = 2});

    serve_some();
    rows = figures_of(&court.anna, &court.leader).answered;
    cr_expect_eq(rows_of(&court.anna, &court.leader, "answered", &withheld), rows);
    cr_assert_eq(withheld, 0);
    cr_assert(test_done(store_script(
        court.scene->store,
        arena_c(court.scene->arena,
                arena_print(court.scene->arena,
                            "update service_record set team_id = team_id + 1 where case_id = %lld",
                            (long long)elsewhere)))));
    cr_expect_eq(rows_of(&court.anna, &court.leader, "answered", &withheld), rows);
    cr_expect_eq(withheld, 1);
    cr_expect_eq(shown_of(&court.anna, &court.supervisor, "answered"), rows);
    court.scene->actor = court.leader;
    cr_assert(test_done(
        test_show(court.scene, &board, "/board/quality/{person}/cases",
                  arena_c(court.scene->arena,
                          arena_print(court.scene->arena, "person=%lld&which=rated&limit=100",
                                      (long long)court.anna.person_id)),
                  &view, NULL)));
    for (size_t i = 0; i < view.cases_count; i++) {
        if (view.cases[i].withheld)
            cr_expect(!view.cases[i].reference.len && !view.cases[i].mark.len &&
                      !view.cases[i].link.len && !view.cases[i].at);
    }
}

Test(review_behind, nobody_looks_behind_the_numbers_of_whom_they_do_not_watch)
{
    struct review_behind_view view;
    const char *typed =
        arena_c(court.scene->arena, arena_print(court.scene->arena, "person=%lld&which=answered",
                                                (long long)court.anna.person_id));

    serve_some();
    court.scene->actor = court.district;
    cr_expect_eq(
        test_show(court.scene, &board, "/board/quality/{person}/cases", typed, &view, NULL).refusal,
        &act_unknown);
    court.scene->actor = court.anna;
    cr_expect(
        test_done(test_show(court.scene, &desk, "/desk/record/cases", "which=rated", &view, NULL)));
    for (size_t i = 0; i < view.cases_count; i++)
        cr_expect(view.cases[i].cases && !view.cases[i].reference.len && !view.cases[i].at, "(3)");
    cr_expect_eq(
        test_show(court.scene, &desk, "/desk/record/cases", "which=nonsense", &view, NULL).refusal,
        &act_unknown);
}
