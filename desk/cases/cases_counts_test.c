/* cases_counts_test.c -- the four numbers are those of the cases, whoever asks, and however many
 * others there are.  Cites cases_counts.c. */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "desk/cases/cases_stage_test.h"
#include "gen/cases_sql.h"

TestSuite(cases_counts, .init = stage_open, .fini = stage_close);

/* The stage's case so many times more: numbers from `first` on, in a district, of a profession. */
static const struct many {
    const char *division, *officers, *turn;
    int count;
    bool is_late, is_touched;
} many[] = {{"310104", "", "officer", 30, true, true},
            {"310104", "legal_aid", "officer", 20, false, false},
            {"310104", "mediator", "applicant", 7, true, true},
            {"310104", "notary", "", 50, true, false},
            {"310101", "legal_aid", "officer", 1200, true, false},
            {"310105", "correction", "agent", 9, true, false}};

static const char columns[] =
    "item, version_id, name_sealed, phone_sealed, language, channel, state, outcome, opened_at,"
    " due_at, promise_at, left_days, handler_id, answers_seq, steps_count";

static void fill(void)
{
    long first = 1000;

    for (size_t i = 0; i < COUNT(many); i++, first += 2000) {
        const struct many *m = &many[i];

        cr_assert(test_done(store_script(
            stage->store,
            arena_print(stage->arena,
                        "insert into case_now (case_id, reference, owner_id, division, officers,"
                        " turn, under_way, since_at, touched_at, by_at, closed_at, %s)"
                        " with recursive n(i) as (select %ld union all select i + 1 from n"
                        " where i < %ld) select i, 'N' || i, i, '%s', '%s', '%s', %d, 1000, %d,"
                        " %lld, 0, %s from n cross join case_now where case_id = %lld",
                        columns, first, first + m->count - 1, m->division, m->officers, m->turn,
                        m->turn[0] != 0, m->is_touched ? 1000 : 0,
                        m->is_late ? (long long)stage->now - 5 : (long long)stage->now + 500000,
                        columns, (long long)stage_case())
                .at)));
    }
}

static struct cases_office_view office(const char *division, const char *end, const char *officers)
{
    struct cases_office_view v = {0};

    cr_assert(test_done(cases_show_counts(
        stage, &(struct cases_office){str_of(division), str_of(end), str_of(officers)}, &v)));
    return v;
}

#define EXPECT_FOUR(v, o, a, u, l)                                                                 \
    cr_expect((v).officer == (o) && (v).applicant == (a) && (v).untouched == (u) &&                \
                  (v).late == (l),                                                                 \
              "%lld %lld %lld %lld", (long long)(v).officer, (long long)(v).applicant,             \
              (long long)(v).untouched, (long long)(v).late)

/* (1), (2): the case of the stage itself is one for the office, untouched, in time. */
Test(cases_counts, are_those_of_the_cases_of_whoever_asks)
{
    struct cases_office_view v;

    fill();
    v = office("310104", "310105", "");
    EXPECT_FOUR(v, 51, 7, 21, 30);
    cr_expect_not(v.is_bounded);
    v = office("310104", "310105", "legal_aid");
    EXPECT_FOUR(v, 20, 0, 20, 0);
    v = office("310104", "310105", "notary");
    EXPECT_FOUR(v, 0, 0, 0, 0);
    v = office("310101", "310102", "");
    EXPECT_FOUR(v, 1000, 0, 1000, 1000);
    cr_expect(v.is_bounded);
    v = office("31", "32", "");
    EXPECT_FOUR(v, 1000, 7, 1000, 1000);
    v = office("32", "33", "");
    EXPECT_FOUR(v, 0, 0, 0, 0);
}

/* (2): by SQLite's own word; what PostgreSQL does, main/plans_test.c sees to. */
Test(cases_counts, read_only_what_they_count)
{
    static const struct {
        const char *name, *how;
    } plans[] = {
        {"cases.count_turn", "case_now_turn (turn=? AND division=? AND officers=?)"},
        {"cases.count_untouched",
         "case_now_untouched (under_way=? AND turn=? AND division=? AND officers=?)"},
        {"cases.count_late", "case_now_turn (turn=? AND division=? AND officers=? AND by_at<?)"},
        {"cases.count_turn_city", "case_now_turn (turn=? AND division>? AND division<?)"},
        {"cases.count_untouched_city",
         "case_now_untouched (under_way=? AND turn=? AND division>? AND division<?)"},
        {"cases.count_late_city", "case_now_late (turn=? AND by_at>? AND by_at<?)"}};
    const char *database = getenv("GONGDAO_TEST_DATABASE");

    if (database && *database) cr_skip_test("it is not SQLite");
    for (size_t i = 0; i < COUNT(plans); i++) {
        const struct query_text *query = cases_queries;
        struct statement *statement;
        bool row, right = false;

        while (strcmp(query->name, plans[i].name) != 0) query++;
        cr_assert(test_done(statement_open(
            stage->store, arena_print(stage->arena, "explain query plan %s", query->sql).at,
            &statement)));
        while (test_done(statement_step(statement, &row)) && row) {
            struct str step = statement_get_text(stage->arena, statement, 3);

            right |= str_find(step, str_of(plans[i].how)) >= 0;
        }
        statement_close(&statement);
        cr_expect(right, "%s", plans[i].name);
    }
}
