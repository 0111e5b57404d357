/* supervision_report_test.c -- every number of a report is as many cases as lie behind it, for
 * everybody who may read it; and reports by e-mail.  Cites supervision_make.c,
 * supervision_report_show.c, supervision_address.c and supervision_mail.c. */
#include <criterion/criterion.h>

#include "bureau/people/people_acts.h"
#include "bureau/record/record_acts.h"
#include "bureau/shifts/shifts_acts.h"
#include "bureau/supervision/supervision_report_views.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/outbox.h"
#include "platform/scene_test.h"

/* ---- a random history ---- */

static struct scene *scene;
static uint32_t dice;

static int64_t roll(int64_t sides)
{
    dice = dice * 1664525u + 1013904223u;
    return (int64_t)(dice >> 16) % sides;
}

enum { CASES = 400, DAYS = 45, TEAMS = 3 };
static const char *const places[] = {"310101", "310104", "310104003", "310104004", "31"};
static id teams[TEAMS];

static struct outcome add_case(struct scene *s, int number, moment begun)
{
    moment at = begun + roll(DAYS * SECONDS_PER_DAY);
    bool is_live = roll(4) != 0;
    int64_t end = roll(4);
    struct record_case c = {.case_id = 1000 + number,
                            .service = S("consultation"),
                            .reference = arena_print(s->arena, "REF%05d", number),
                            .channel = roll(2) ? S("web") : S("api"),
                            .field = roll(2) ? S("labour") : S("family"),
                            .profession = roll(3) ? S("lawyer") : S("notary"),
                            .division = str_of(places[roll(COUNT(places))]),
                            .language = S("zh"),
                            .state = S("any"),
                            .phase = is_live ? RECORD_WAITING : RECORD_WRITTEN,
                            .opened_at = at,
                            .due_at = is_live ? 0 : at + 3 * SECONDS_PER_DAY,
                            .outcome = S("")};

    TRY(record_keep_at(s, &c, at));
    c.team_id = teams[roll(TEAMS)];
    c.phase = is_live ? RECORD_TALKING : RECORD_ANSWERED;
    at += roll(is_live ? 60 : 5 * SECONDS_PER_DAY);
    if (end == 0) c.phase = RECORD_ENDED;
    TRY(record_keep_at(s, &c, at));
    if (end <= 1) return DONE;
    c.phase = RECORD_ENDED;
    TRY(record_keep_at(s, &c, at + roll(2 * SECONDS_PER_DAY)));
    if (end == 2) return DONE;
    return record_rate(s, &(struct record_rating){.case_id = c.case_id,
                                                  .stars = 1 + roll(5),
                                                  .at = at + roll(3 * SECONDS_PER_DAY)});
}

static struct outcome run_seed(struct scene *s, const void *form, void *result)
{
    const struct identity_division divisions[] = {
        {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")},
        {S("310101"), S("31"), S("district"), S("黄浦区"), S("Huangpu")},
        {S("310104"), S("31"), S("district"), S("徐汇区"), S("Xuhui")}};
    moment begun = calendar_day_begins(calendar_day_of(s->now) - DAYS);

    (void)form, (void)result;
    TRY(identity_divisions_load(s, divisions, COUNT(divisions)));
    for (int i = 0; i < TEAMS; i++) {
        struct str code = arena_print(s->arena, "t%d", i);

        teams[i] = scene_new_id(s);
        TRY(people_add_demo_team(s->store, teams[i], code, code, code, S("district"), S("310104"),
                                 0));
    }
    for (int i = 0; i < CASES; i++) TRY(add_case(s, i, begun));
    return supervision_begin(s);
}
static const struct act seed = {.name = "test.seed", .who = WHO_SYSTEM, .run = run_seed};

static void be(unsigned who, struct str scope, id team)
{
    scene->actor = (struct actor){
        .is = who | WHO_ANYONE, .person_id = 7, .scopes = scopes_of(scope), .team_id = team};
}

/* The clock, until no report is due any more. */
static void make_reports(void)
{
    be(WHO_SYSTEM, S(""), 0);
    for (int before = -1, now = 0; before != now;) {
        struct clock_form form = {.due_at = scene->now};

        before = now;
        cr_assert(test_done(test_act(scene, &supervision_act_reports, &form, NULL)));
        now = (int)test_journal(scene, "supervision.report");
    }
}

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM, (const struct module *[]){
                                       &notice_module, &identity_module, &people_module,
                                       &record_module, &shifts_module, &supervision_module, NULL});
    dice = 42;
    cr_assert(test_done(test_act(scene, &seed, NULL, NULL)));
    make_reports();
}
static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(supervision_report, .init = set_up, .fini = tear_down);

static struct outcome read_page(const char *path, struct str typed, void *view)
{
    const struct module module = {.name = "reports", .pages = supervision_report_pages};
    struct str go;

    return test_show(scene, &module, path, arena_c(scene->arena, typed), view, &go);
}

static int64_t count_behind(id report_id, struct str figure, struct str by, struct str key)
{
    int64_t total = 0, after = 0;

    for (;;) {
        struct supervision_behind_view view = {0};
        struct str typed = arena_print(
            scene->arena, "report=%lld&figure=%.*s&by=%.*s&key=%.*s&after=%lld",
            (long long)report_id, STR_ARGS(figure), STR_ARGS(by), STR_ARGS(key), (long long)after);

        cr_assert(test_done(read_page("/reports/{report}/cases", typed, &view)));
        total += (int64_t)view.cases_count;
        if (!view.has_next) return total;
        after = view.next;
    }
}

static bool is_count(struct str word)
{
    for (size_t i = 0; i < SUPERVISION_COLUMNS; i++) {
        if (str_same(word, str_of(supervision_columns[i].word)))
            return supervision_columns[i].measure <= SUPERVISION_WITHIN;
    }
    return false;
}

static void check_cells(id report_id, const struct supervision_cell_view *cells, size_t count,
                        struct str by, struct str key)
{
    for (size_t i = 0; i < count; i++) {
        int64_t shown = 0;

        if (!is_count(cells[i].figure)) continue;
        cr_assert(str_to_int(cells[i].value, &shown));
        cr_assert_eq(count_behind(report_id, cells[i].figure, by, key), shown,
                     "%.*s by %.*s %.*s: %lld shown", STR_ARGS(cells[i].figure), STR_ARGS(by),
                     STR_ARGS(key), (long long)shown);
    }
}

static struct supervision_report_view read_report(id report_id)
{
    struct supervision_report_view view = {0};

    cr_assert(test_done(read_page("/reports/{report}",
                                  arena_print(scene->arena, "report=%lld", (long long)report_id),
                                  &view)));
    return view;
}

/* supervision_report_show.c (1) */
static void check_report(id report_id)
{
    struct supervision_report_view view = read_report(report_id);

    check_cells(report_id, view.total, view.total_count, S(""), S(""));
    for (size_t t = 0; t < view.tables_count; t++) {
        const struct supervision_table_view *table = &view.tables[t];

        for (size_t i = 0; i < table->lines_count; i++)
            check_cells(report_id, table->lines[i].figures, table->lines[i].figures_count,
                        table->by, table->lines[i].key);
    }
}

static id newest(const char *period)
{
    struct supervision_reports_view view = {0};

    cr_assert(
        test_done(read_page("/reports", arena_print(scene->arena, "period=%s", period), &view)));
    cr_assert_gt(view.reports_count, 0u);
    return view.reports[0].id;
}

Test(supervision_report, behind_every_number_are_as_many_cases_for_every_reader)
{
    static const char *const periods[] = {"day", "week", "month"};
    const struct {
        unsigned who;
        struct str scope;
        id team;
    } readers[] = {{WHO_SUPERVISOR, S("31"), 0},
                   {WHO_SUPERVISOR, S("310104"), 0},
                   {WHO_SUPERVISOR, S("310104003"), 0},
                   {WHO_LEADER, S(""), teams[1]}};

    for (size_t r = 0; r < COUNT(readers); r++) {
        be(readers[r].who, readers[r].scope, readers[r].team);
        for (size_t p = 0; p < COUNT(periods); p++) check_report(newest(periods[p]));
    }
}

/* supervision_make.c (1): each day has a report, and each whole week and month. */
Test(supervision_report, each_period_that_is_over_has_one_report)
{
    calendar_day today = calendar_day_of(scene->now), first = today - DAYS;
    struct supervision_find_newest_row row;
    bool found;

    for (int p = 0; p < SUPERVISION_PERIODS; p++) {
        for (calendar_day day = first; day < today; day++) {
            struct supervision_days days = supervision_days_of((enum supervision_period)p, day);

            cr_assert(test_done(supervision_find_newest(
                scene->store, supervision_period_word((enum supervision_period)p),
                calendar_day_begins(days.first), &row, &found)));
            cr_assert_eq(found, days.end <= today);
        }
    }
}

static int64_t total_of(id report_id, const char *figure)
{
    struct supervision_report_view view = read_report(report_id);
    int64_t value = -1;

    for (size_t i = 0; i < view.total_count; i++) {
        if (str_same(view.total[i].figure, str_of(figure)))
            cr_assert(str_to_int(view.total[i].value, &value));
    }
    return value;
}

/* supervision_make.c (3), against the records themselves */
Test(supervision_report, a_month_is_what_the_records_say)
{
    static const struct {
        const char *column;
        enum record_figure figure;
    } rows[] = {{"asked", RECORD_opened},        {"talks", RECORD_talk},
                {"abandoned", RECORD_abandoned}, {"written", RECORD_written},
                {"answered", RECORD_answered},   {"late", RECORD_late},
                {"ended", RECORD_ended},         {"rated", RECORD_rated}};
    struct record_scope scope = {.division = S("310104")};
    struct supervision_report_view view;
    struct record_figures sums;
    id month;

    be(WHO_SUPERVISOR, S("310104"), 0);
    month = newest("month");
    view = read_report(month);
    cr_assert(test_done(record_sum(scene, &scope, view.from, view.until, 15, &sums)));
    for (size_t i = 0; i < COUNT(rows); i++)
        cr_assert_eq(total_of(month, rows[i].column), sums.of[rows[i].figure].count, "%s",
                     rows[i].column);
    cr_assert_eq(total_of(month, "in_time"), sums.of[RECORD_talk].within);
    cr_assert_gt(total_of(month, "asked"), 10);
}

/* supervision_report_show.c (2) */
Test(supervision_report, whoever_watches_nothing_reads_nothing)
{
    struct supervision_report_view view = {0};
    struct supervision_reports_view list = {0};
    struct str which;
    id day;

    be(WHO_SUPERVISOR, S("31"), 0);
    day = newest("day");
    which = arena_print(scene->arena, "report=%lld", (long long)day);
    be(WHO_SUPERVISOR, S(""), 0);
    cr_assert_not(test_done(read_page("/reports/{report}", which, &view)));
    be(WHO_LEADER, S(""), 0);
    cr_assert_not(test_done(read_page("/reports/{report}", which, &view)));
    be(WHO_ADMIN | WHO_CONSULTANT, S("31"), 0);
    cr_assert_not(test_done(read_page("/reports/{report}", which, &view)));
    cr_assert_not(test_done(read_page("/reports", S(""), &list)));
    be(WHO_SUPERVISOR, S("310199"), 0);
    cr_assert_eq(total_of(newest("month"), "asked"), 0);
}

static struct outcome run_late(struct scene *s, const void *form, void *result)
{
    struct record_case c = {.case_id = 9,
                            .service = S("consultation"),
                            .reference = S("LATECASE"),
                            .channel = S("web"),
                            .field = S("labour"),
                            .profession = S("lawyer"),
                            .division = S("310101"),
                            .language = S("zh"),
                            .state = S("any"),
                            .phase = RECORD_WAITING,
                            .opened_at = *(const moment *)form,
                            .outcome = S("")};

    (void)result;
    return record_keep_at(s, &c, c.opened_at);
}
static const struct act come_late = {.name = "test.late", .who = WHO_SYSTEM, .run = run_late};

/* supervision_make.c (2) */
Test(supervision_report, what_becomes_known_later_is_a_new_edition)
{
    calendar_day day = calendar_day_of(scene->now) - 25; /* in a month that is over */
    moment at = calendar_day_begins(day) + 600;
    struct clock_form form = {.case_id = day, .due_at = scene->now};
    struct supervision_report_view view;
    id before, after;
    int64_t asked;

    be(WHO_SUPERVISOR, S("31"), 0);
    before = newest("month");
    asked = total_of(before, "asked");
    be(WHO_SYSTEM, S(""), 0);
    cr_assert(test_done(test_act(scene, &supervision_act_recheck, &form, NULL)));
    cr_assert_eq(test_journal(scene, "supervision.correct_report"), 0);

    cr_assert(test_done(test_act(scene, &come_late, &at, NULL)));
    cr_assert(test_done(test_act(scene, &supervision_act_recheck, &form, NULL)));
    cr_assert_eq(test_journal(scene, "supervision.correct_report"), 3); /* day, week, month */
    cr_assert(test_done(test_act(scene, &supervision_act_recheck, &form, NULL)));
    cr_assert_eq(test_journal(scene, "supervision.correct_report"), 3);

    be(WHO_SUPERVISOR, S("31"), 0);
    after = newest("month");
    cr_assert_neq(after, before);
    cr_assert_eq(total_of(after, "asked"), asked + 1);
    cr_assert_eq(total_of(before, "asked"), asked);
    view = read_report(before);
    cr_assert_gt(view.replaced_at, 0);
    cr_assert_eq(view.editions_count, 2u);
    check_report(after);
    check_report(before);
}

static struct str take_file(const char *path, id report_id)
{
    struct supervision_which_report_form form = {.report = report_id};
    struct request request = {.scene = scene};
    struct file_answer file = {0};

    for (const struct page *page = supervision_report_pages; page->path; page++) {
        if (!str_same(str_of(page->path), str_of(path))) continue;
        cr_assert(test_done(page->file(&request, &form, &file)));
    }
    for (size_t i = 0; i < file.name.len; i++) cr_assert(file.name.at[i] > ' ');
    return file.bytes;
}

Test(supervision_report, it_can_be_taken_along_as_a_spreadsheet_and_as_paper)
{
    struct str sheet, paper;
    id month;

    be(WHO_SUPERVISOR, S("31"), 0);
    month = newest("month");
    sheet = take_file("/reports/{report}/sheet", month);
    cr_assert(str_begins(sheet, S("PK")) && sheet.len > 4000);
    paper = take_file("/reports/{report}/paper", month);
    cr_assert(str_begins(paper, S("%PDF")) && paper.len > 10000);
}

/* ---- by e-mail: supervision_mail.c ---- */

static size_t due_mails(void)
{
    const id *letters;
    size_t count;

    cr_assert(test_done(supervision_outbox.list_due(scene, &letters, &count)));
    return count;
}

static struct letter take_first(void)
{
    struct outbox_take_form form;
    struct letter letter = {0};
    const id *letters;
    size_t count;

    be(WHO_SYSTEM, S(""), 0);
    cr_assert(test_done(supervision_outbox.list_due(scene, &letters, &count)) && count > 0);
    form.letter_id = letters[0];
    cr_assert(test_done(test_act(scene, supervision_outbox.take, &form, &letter)));
    return letter;
}

/* The token in the letter that asks for it. */
static struct str link_in(struct str text)
{
    int64_t at = str_find(text, S("/confirm-address/"));
    struct str rest;

    cr_assert(at > 0, "%.*s", STR_ARGS(text));
    return str_cut((struct str){text.at + at + 17, text.len - (size_t)at - 17}, '\n', &rest);
}

static const char *typed_token(struct str token)
{
    return arena_c(scene->arena, arena_print(scene->arena, "token=%.*s", STR_ARGS(token)));
}

/* Takes the letter with the link, looks at the page, presses the button. */
static void confirm_address(void)
{
    struct outbox_settle_form done = {.fate = LETTER_DELIVERED, .problem = S("")};
    struct supervision_address_view page = {0};
    const char *typed;
    struct letter letter;

    cr_assert_eq(due_mails(), 1u);
    letter = take_first();
    cr_assert(str_same(letter.kind, S("confirm-address")));
    done.letter_id = letter.letter_id;
    cr_assert(test_done(test_act(scene, supervision_outbox.settle, &done, NULL)));
    cr_assert_eq(due_mails(), 0u);
    typed = typed_token(link_in(letter.text));
    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_assert(
        test_done(test_show(scene, &(struct module){.name = "r", .pages = supervision_report_pages},
                            "/confirm-address/{token}", typed, &page, NULL)));
    cr_assert_not(page.is_confirmed, "looking confirms nothing");
    cr_assert(test_done(test_post(scene, &supervision_act_confirm, typed, NULL)));
}

/* supervision_address.c (1) (2) */
Test(supervision_report, nothing_is_sent_to_an_address_nobody_confirmed)
{
    struct letter letter;
    const char *typed;
    id person;

    be(WHO_SYSTEM, S(""), 0);
    cr_assert(test_done(identity_person_add(
        scene, &(struct identity_new_person){.login = S("watcher"), .name = S("Watcher")},
        &person)));
    cr_assert(test_done(identity_role_add(scene, person, S("supervisor"), S("310104"))));
    be(WHO_SUPERVISOR, S("310104"), 0);
    scene->actor.person_id = person;
    cr_assert(test_done(
        test_post(scene, &supervision_act_subscribe, "period=day&address=w@example.cn", NULL)));
    cr_assert_eq(
        test_post(scene, &supervision_act_subscribe, "period=day&address=x@example.cn", NULL)
            .refusal,
        &supervision_just_sent);
    letter = take_first();
    typed = typed_token(link_in(letter.text));
    cr_assert_eq(letter.files_count, 0u);
    cr_assert(test_done(test_act(scene, supervision_outbox.settle,
                                 &(struct outbox_settle_form){.letter_id = letter.letter_id,
                                                              .fate = LETTER_DELIVERED,
                                                              .problem = S("")},
                                 NULL)));
    scene->now += SECONDS_PER_DAY;
    make_reports();
    cr_assert_eq(due_mails(), 0u);
    scene->now += 2 * SECONDS_PER_DAY;
    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_assert_eq(test_post(scene, &supervision_act_confirm, typed, NULL).refusal, &act_unknown);
    make_reports();
    cr_assert_eq(due_mails(), 0u);
}

/* supervision_address.c (6) */
Test(supervision_report, nobody_has_letters_sent_to_others_without_end)
{
    static const char *const again[] = {"period=day&address=w@example.cn",
                                        "period=week&address=W@Example.cn"};
    const struct reason *why = NULL;
    int sent = 0;
    id person;

    be(WHO_SYSTEM, S(""), 0);
    cr_assert(test_done(identity_person_add(
        scene, &(struct identity_new_person){.login = S("watcher"), .name = S("Watcher")},
        &person)));
    be(WHO_SUPERVISOR, S("310104"), 0);
    scene->actor.person_id = person;
    cr_assert(test_done(test_post(scene, &supervision_act_subscribe, again[0], NULL)));
    cr_assert(test_done(test_post(scene, &supervision_act_unsubscribe, "period=day", NULL)));
    cr_expect_eq(test_post(scene, &supervision_act_subscribe, again[0], NULL).refusal,
                 &supervision_just_sent, "taking it back forgets no letter");
    for (int i = 1; i < 20; i++) {
        scene->now += 11 * SECONDS_PER_MINUTE;
        why = test_post(scene, &supervision_act_subscribe, again[i % 2], NULL).refusal;
        if (!why) sent++;
        (void)test_post(scene, &supervision_act_unsubscribe, i % 2 ? "period=week" : "period=day",
                        NULL);
    }
    cr_expect_eq(sent, 3, "four a day to one address");
    cr_assert(why);
    cr_expect_str_eq(why->key, "supervision.enough-sent");
    for (int i = 0; i < 6; i++, scene->now += 11 * SECONDS_PER_MINUTE)
        why =
            test_post(scene, &supervision_act_subscribe,
                      arena_c(scene->arena,
                              arena_print(scene->arena, "period=month&address=n%d@example.cn", i)),
                      NULL)
                .refusal;
    cr_assert(why);
    cr_expect_str_eq(why->key, "supervision.enough-sent", "six a day of one reader");
    scene->now += SECONDS_PER_DAY;
    cr_expect(test_done(test_post(scene, &supervision_act_subscribe, again[0], NULL)));
}

/* (1) (2) */
Test(supervision_report, whoever_asked_gets_totals_by_mail_while_they_may)
{
    struct outbox_settle_form done = {.fate = LETTER_DELIVERED, .problem = S("")};
    struct supervision_reports_view view = {0};
    struct letter letter;
    id person;

    be(WHO_SYSTEM, S(""), 0);
    cr_assert(test_done(identity_person_add(
        scene, &(struct identity_new_person){.login = S("watcher"), .name = S("Watcher")},
        &person)));
    cr_assert(test_done(identity_role_add(scene, person, S("supervisor"), S("310104"))));
    be(WHO_SUPERVISOR, S("310104"), 0);
    scene->actor.person_id = person;
    cr_assert_not(
        test_done(test_post(scene, &supervision_act_subscribe, "period=day&address=nobody", NULL)));
    scene->actor.is_key = true; /* (5) of supervision_address.c */
    cr_assert_eq(
        test_post(scene, &supervision_act_subscribe, "period=day&address=k@example.cn", NULL)
            .refusal,
        &identity_not_by_key);
    scene->actor.is_key = false;
    cr_assert(test_done(
        test_post(scene, &supervision_act_subscribe, "period=day&address=w@example.cn", NULL)));
    cr_assert(test_done(read_page("/reports", S(""), &view)));
    cr_assert_eq(view.subscriptions_count, 1u);
    cr_assert(str_same(view.subscriptions[0].address, S("w\u2026@example.cn")));
    cr_assert_not(view.subscriptions[0].is_confirmed);
    confirm_address();

    cr_assert_eq(due_mails(), 0u);
    scene->now += SECONDS_PER_DAY;
    make_reports();
    cr_assert_eq(due_mails(), 1u);
    letter = take_first();
    cr_assert(str_same(letter.to, S("w@example.cn")));
    cr_assert(test_done(supervision_outbox.attach(scene, &letter)));
    cr_assert_eq(letter.files_count, 2u);
    cr_assert(str_begins(letter.files[0].bytes, S("PK")) &&
              str_ends(letter.files[0].name, S(".xlsx")));
    cr_assert(str_begins(letter.files[1].bytes, S("%PDF-")));
    cr_assert(str_find(letter.text, S("\xe5\xbe\x90\xe6\xb1\x87")) > 0, "%.*s",
              STR_ARGS(letter.text)); /* the name of the district watched */
    done.letter_id = letter.letter_id;
    cr_assert(test_done(test_act(scene, supervision_outbox.settle, &done, NULL)));
    cr_assert_eq(due_mails(), 0u);

    cr_assert(test_done(identity_role_drop(scene, person, S("supervisor"))));
    scene->now += SECONDS_PER_DAY;
    make_reports();
    cr_assert_eq(due_mails(), 1u);
    letter = take_first();
    cr_assert_eq(letter.letter_id, 0);
    cr_assert_eq(due_mails(), 0u);
}
