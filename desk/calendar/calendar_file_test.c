/* calendar_file_test.c -- reading cn-YYYY.yaml, and an installation's own years. */
#include "desk/calendar/calendar_file.h"
#include "desk/calendar/calendar_load.h"
#include "platform/folder_test.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD "# a comment\nyear: 2027\nnotice: 国办发明电〔2026〕9号\ndays:\n"
#define GOOD                                                                                       \
    HEAD "  - {day: 2027-01-03, kind: make-up, name: 元旦} # 1: not the first by date\n"         \
         "  - {day: 2027-01-01, kind: holiday, name: 元旦}\n"                                    \
         "  - day: 2027-10-01\n"                                                                   \
         "    kind: holiday\n"                                                                     \
         "    name: 国庆节\n"

#define ALIAS                                                                                      \
    "year: 2027\nnotice: x\ndays:\n"                                                               \
    "  - &a {day: 2027-01-01, kind: holiday, name: 元旦}\n"                                      \
    "  - *a\n"

static struct arena *arena;
static char folder[FOLDER_LEN];

static void open_all(void)
{
    arena = arena_open(8 * 1024 * 1024);
    folder_make(folder);
}

static void close_all(void)
{
    folder_drop(folder);
    arena_close(&arena);
}

TestSuite(calendar_file, .init = open_all, .fini = close_all);

static struct outcome parse(const char *text, struct calendar_year *year)
{
    return calendar_file_parse(arena, S("cn-2027.yaml"), str_of(text), year);
}

static void write_file(const char *name, const char *text)
{
    char path[128];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "wb");
    cr_assert(file != NULL);
    cr_assert_eq(fwrite(text, 1, strlen(text), file), strlen(text));
    cr_assert_eq(fclose(file), 0);
}

static void expect_refusal(const char *text, const struct reason *why, const char *detail)
{
    struct calendar_year year;
    struct outcome outcome = parse(text, &year);

    cr_assert_eq(outcome.refusal, why, "%s: %s", text, outcome.refusal ? outcome.refusal->key : "");
    cr_assert(str_same(outcome.detail, str_of(detail)), "\"%.*s\" is not \"%s\"",
              STR_ARGS(outcome.detail), detail);
}

Test(calendar_file, a_good_file_is_read_and_put_in_order)
{
    struct calendar_year year;

    cr_assert(IS_DONE(parse(GOOD, &year)));
    cr_assert_eq(year.year, 2027);
    cr_assert(str_same(year.notice, S("国办发明电〔2026〕9号")));
    cr_assert_eq(year.special_count, 3);
    cr_assert_eq(year.special[0].day, calendar_day_from(2027, 1, 1));
    cr_assert_eq(year.special[0].kind, CALENDAR_HOLIDAY);
    cr_assert_eq(year.special[1].day, calendar_day_from(2027, 1, 3));
    cr_assert_eq(year.special[1].kind, CALENDAR_MAKEUP);
    cr_assert(str_same(year.special[1].name, S("元旦")));
    cr_assert_eq(year.special[2].day, calendar_day_from(2027, 10, 1));
    cr_assert(str_same(year.special[2].name, S("国庆节")));
}

Test(calendar_file, a_day_listed_twice_is_refused_with_the_second_line)
{
    expect_refusal(GOOD "  # day: a remark is not an entry\n"
                        "  - {kind: holiday, day: 2027-01-01, name: 元旦}\n",
                   &calendar_file_day_twice, "cn-2027.yaml:11, 2027-01-01");
}

Test(calendar_file, a_day_outside_the_year_or_the_calendar_is_refused_with_its_line)
{
    expect_refusal(HEAD "  - {day: 2026-12-31, kind: holiday, name: 元旦}\n",
                   &calendar_file_day_elsewhere, "cn-2027.yaml:5, 2026-12-31");
    expect_refusal(HEAD "  - {day: 2028-01-01, kind: holiday, name: 元旦}\n",
                   &calendar_file_day_elsewhere, "cn-2027.yaml:5, 2028-01-01");
    expect_refusal(GOOD "  - {day: 2027-02-29, kind: holiday, name: 春节}\n",
                   &calendar_file_day_wrong, "cn-2027.yaml:10, 2027-02-29");
    expect_refusal(GOOD "  - {day: 2027-2-3, kind: holiday, name: 春节}\n",
                   &calendar_file_day_wrong, "cn-2027.yaml:10, 2027-2-3");
}

Test(calendar_file, an_unknown_kind_is_refused_with_its_line)
{
    expect_refusal(GOOD "  - {day: 2027-02-07, kind: Holiday, name: 春节}\n",
                   &calendar_file_kind_unknown, "cn-2027.yaml:10, Holiday");
    expect_refusal(GOOD "  - {day: 2027-02-07, kind: off, name: 春节}\n",
                   &calendar_file_kind_unknown, "cn-2027.yaml:10, off");
}

Test(calendar_file, a_make_up_day_is_a_saturday_or_sunday)
{
    struct calendar_year year;

    expect_refusal(GOOD "  - {day: 2027-02-05, kind: make-up, name: 春节}\n",
                   &calendar_file_makeup_wrong, "cn-2027.yaml:10, 2027-02-05");
    cr_assert(IS_DONE(parse(GOOD "  - {day: 2027-02-06, kind: make-up, name: 春节}\n", &year)));
}

Test(calendar_file, the_year_is_the_one_in_the_name)
{
    struct calendar_year year;

    expect_refusal("year: 2026\nnotice: x\ndays:\n  - {day: 2026-01-01, kind: holiday, name: x}\n",
                   &calendar_file_year_wrong, "cn-2027.yaml, 2026");
    cr_assert_eq(calendar_file_parse(arena, S("cn-1949.yaml"),
                                     S("year: 1949\nnotice: x\ndays:\n"
                                       "  - {day: 1949-10-01, kind: holiday, name: x}\n"),
                                     &year)
                     .refusal,
                 &calendar_file_year_wrong);
    cr_assert_eq(calendar_file_parse(arena, S("2027.yaml"), S(GOOD), &year).refusal,
                 &calendar_file_misnamed);
    cr_assert_eq(calendar_file_parse(arena, S("cn-+027.yaml"), S(GOOD), &year).refusal,
                 &calendar_file_misnamed);
}

Test(calendar_file, a_file_written_otherwise_is_refused_with_line_and_problem)
{
    expect_refusal(HEAD "  - {day: 2027-01-01, kind: holiday}\n", &calendar_file_malformed,
                   "cn-2027.yaml:5, Missing required mapping field: name");
    expect_refusal("year: soon\n", &calendar_file_malformed,
                   "cn-2027.yaml:1, Invalid uint64_t value: 'soon'");
    expect_refusal("year: 2027\nyear: 2028\n", &calendar_file_malformed,
                   "cn-2027.yaml:1, Mapping field already seen: year");
    expect_refusal("", &calendar_file_malformed, "cn-2027.yaml, the file is empty");
}

Test(calendar_file, whatever_is_not_asked_for_is_refused)
{
    static const char *const wrong[] = {
        GOOD "colour: red\n",
        HEAD "  - {day: 2027-01-01, kind: holiday, name: 元旦, again: yes}\n",
        "notice: x\nyear: 2027\n",
        "year: 2027\ndays:\n  - {day: 2027-01-01, kind: holiday, name: 元旦}\n",
        "year: 2027\nnotice: x\ndays: []\n",
        ALIAS,
        "year: -2027\nnotice: x\ndays:\n  - {day: 2027-01-01, kind: holiday, name: 元旦}\n",
        "year: 2027\nnotice: \"\xff\"\ndays:\n  - {day: 2027-01-01, kind: holiday, name: 元旦}\n",
        "- 1\n- 2\n",
        "{{{{",
        "year: 2027\n\tnotice: x\n",
    };
    struct calendar_year year;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct outcome outcome = parse(wrong[i], &year);

        cr_assert_eq(outcome.refusal, &calendar_file_malformed, "%zu", i);
        cr_assert(str_begins(outcome.detail, S("cn-2027.yaml")), "%zu", i);
    }
}

Test(calendar_file, a_file_larger_than_a_year_could_be_is_refused)
{
    char *text = arena_take(arena, 1, CALENDAR_FILE_BYTES_MAX + 2);
    struct calendar_year year;
    size_t len = strlen(GOOD);

    memset(text, '#', CALENDAR_FILE_BYTES_MAX + 1);
    memcpy(text, GOOD, len);
    cr_assert(IS_DONE(calendar_file_parse(arena, S("cn-2027.yaml"),
                                          (struct str){text, CALENDAR_FILE_BYTES_MAX}, &year)));
    cr_assert_eq(calendar_file_parse(arena, S("cn-2027.yaml"),
                                     (struct str){text, CALENDAR_FILE_BYTES_MAX + 1}, &year)
                     .refusal,
                 &calendar_file_too_large);
}

/* ---- loading ---- */

Test(calendar_file, without_a_folder_the_built_in_years_are_loaded)
{
    struct calendar calendar;

    cr_assert(IS_DONE(calendar_load(arena, NULL, &calendar)));
    cr_assert_eq(calendar.year_count, calendar_built_in.year_count);
    cr_assert_not(calendar.guess_missing_years);
    for (int year = 2018; year <= 2026; year++) cr_assert(calendar_has_year(&calendar, year));
    cr_assert(IS_DONE(calendar_load(arena, "/nowhere/at/all", &calendar)));
    cr_assert_eq(calendar.year_count, calendar_built_in.year_count);
    cr_assert(IS_DONE(calendar_load(arena, folder, &calendar)), "an empty folder");
    cr_assert_eq(calendar.year_count, calendar_built_in.year_count);
}

Test(calendar_file, a_year_in_the_folder_replaces_or_joins_the_built_in_ones)
{
    struct calendar calendar;
    moment due;
    enum calendar_kind kind;

    write_file("cn-2027.yaml", GOOD);
    write_file("cn-2026.yaml", "year: 2026\nnotice: x\ndays:\n"
                               "  - {day: 2026-08-03, kind: holiday, name: 台风}\n");
    write_file("notes.txt", "not a calendar");
    write_file("cn-2028.yaml~", "left behind by an editor");
    cr_assert(IS_DONE(calendar_load(arena, folder, &calendar)));
    cr_assert_eq(calendar.year_count, calendar_built_in.year_count + 1);
    for (size_t i = 1; i < calendar.year_count; i++)
        cr_assert_lt(calendar.years[i - 1].year, calendar.years[i].year);
    cr_assert(IS_DONE(calendar_day_kind(&calendar, calendar_day_from(2026, 8, 3), &kind)));
    cr_assert_eq(kind, CALENDAR_HOLIDAY);
    cr_assert(IS_DONE(calendar_day_kind(&calendar, calendar_day_from(2026, 10, 1), &kind)));
    cr_assert_eq(kind, CALENDAR_NORMAL, "a year is replaced as a whole");
    /* Thursday 31 December 2026, a holiday, the Sunday worked in its place. */
    cr_assert(IS_DONE(calendar_due(&calendar, calendar_moment_of(2026, 12, 30, 600), 2, &due)));
    cr_assert_eq(due, calendar_moment_of(2027, 1, 4, 0));
}

Test(calendar_file, a_bad_or_misnamed_file_in_the_folder_stops_the_loading)
{
    struct calendar calendar = {0};
    struct outcome outcome;

    write_file("cn-2028.yml", GOOD);
    outcome = calendar_load(arena, folder, &calendar);
    cr_assert_eq(outcome.refusal, &calendar_file_misnamed);
    cr_assert(str_same(outcome.detail, S("cn-2028.yml")));
    close_all();
    open_all();
    write_file("cn-2027.yaml", "year: 2027\n");
    cr_assert_eq(calendar_load(arena, folder, &calendar).refusal, &calendar_file_malformed);
    cr_assert_eq(calendar.year_count, 0, "nothing is loaded by halves");
}

Test(calendar_file, a_folder_that_cannot_be_read_is_a_fault)
{
    struct calendar calendar;

    cr_assert(calendar_load(arena, "/dev/null", &calendar).fault != NULL);
    cr_assert(strstr(calendar_load(arena, "/dev/null", &calendar).fault, strerror(ENOTDIR)) !=
              NULL);
}

Test(calendar_file, an_unreadable_year_is_a_fault)
{
    struct calendar calendar;
    char path[128];

    snprintf(path, sizeof path, "%s/cn-2028.yaml", folder);
    cr_assert_eq(mkdir(path, 0700), 0);
    cr_assert(calendar_load(arena, folder, &calendar).fault != NULL);
    rmdir(path);
}
