/* seal_told_test.c -- what an operator hears of the journal's seals: log, health, metrics. */
#include <criterion/criterion.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "desk/seal/seal_acts.h"
#include "gen/platform_sql.h"
#include "platform/log.h"
#include "platform/scene_test.h"
#include "platform/store_shake_test.h"

static struct scene *scene;

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM, (const struct module *[]){&seal_module, NULL});
}
static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(seal_told, .init = set_up, .fini = tear_down);

static struct outcome leave_line(struct scene *of, const void *form, void *result)
{
    (void)form, (void)result;
    of->detail = S("labour");
    return DONE;
}

static void leave_lines(int count)
{
    static const struct act line = {.name = "test.line", .who = WHO_SYSTEM, .run = leave_line};

    for (int i = 0; i < count; i++) cr_assert(test_done(test_act(scene, &line, NULL, NULL)));
}

static void make_seal(void)
{
    scene->now += 60;
    cr_assert(test_done(test_act(scene, &seal_make, NULL, NULL)));
    scene->quiet = false;
}

static struct str newest(void)
{
    struct seal_report report;

    cr_assert(test_done(seal_check(scene, S(""), &report)));
    return seal_told(scene->arena, report.last_seq, report.head);
}

static void tamper(const char *sql)
{
    cr_assert(test_done(store_script(scene->store, sql)));
}

static int spoken; /* what is said on standard error, in a file */

static void listen(void)
{
    log_quiet(false);
    spoken = memfd_create("spoken", MFD_CLOEXEC);
    cr_assert(spoken >= 0 && dup2(spoken, STDERR_FILENO) >= 0);
}

static int times_said(const char *words)
{
    static char text[65536];
    ssize_t len = pread(spoken, text, sizeof text - 1, 0);
    int count = 0;

    cr_assert_geq(len, 0);
    text[len] = '\0';
    for (const char *at = text; (at = strstr(at, words)); at++) count++;
    return count;
}

/* (4), (5) of seal_acts.c */
Test(seal_told, each_seal_is_told_once_and_one_that_was_changed_is_missed)
{
    struct str first, second;

    shake_not(); /* what is said is counted, and an act that is tried says it too */
    listen();
    leave_lines(10);
    make_seal();
    first = newest();
    cr_expect_eq(times_said(first.at), 0, "it might have been undone");
    leave_lines(10);
    make_seal();
    make_seal();
    make_seal();
    second = newest();
    cr_expect_eq(times_said(first.at), 1);
    cr_expect_eq(times_said(second.at), 1);
    cr_expect_eq(times_said("was changed or removed"), 0);
    tamper("update seal set head = '00' || substr(head, 3) where last_seq = 20");
    make_seal();
    cr_expect_eq(times_said("the seal of line 20, made by this process"), 1);
    tamper("delete from seal where last_seq = 20");
    make_seal();
    cr_expect_eq(times_said("was changed or removed"), 2);
}

static struct str told_by(struct outcome (*tell)(struct scene *, struct out *))
{
    struct out *out = out_open(scene->arena, 4096);

    cr_assert(test_done(tell(scene, out)));
    return out_text(out);
}

Test(seal_told, lines_that_wait_too_long_for_their_seal_are_told)
{
    static const char late[] =
        "Lines of the journal that were not sealed for more than 10 minutes: ";
    static const struct {
        int64_t line_age, seal_age;
        bool is_told;
    } rows[] = {{600, 9000, false}, {601, 9000, true}, {9000, 601, true}, {9000, 600, false},
                {9000, 0, false},   {9000, -1, true},  {9000, -601, true}};

    leave_lines(2);
    make_seal();
    scene->now += SECONDS_PER_DAY;
    cr_expect_eq(told_by(seal_module.health).len, 0u, "all is sealed");
    scene->quiet = false;
    leave_lines(1);
    for (size_t i = 0; i < COUNT(rows); i++) {
        long long now = scene->now;

        tamper(arena_print(scene->arena,
                           "update journal set at = %lld where seq = 3; update seal set made_at = "
                           "%lld",
                           now - (long long)rows[i].line_age, now - (long long)rows[i].seal_age)
                   .at);
        cr_expect(str_same(told_by(seal_module.health),
                           rows[i].is_told ? arena_print(scene->arena, "%s1\n", late) : S("")),
                  "%zu", i);
    }
    cr_expect(str_same(
        told_by(seal_module.metrics),
        S("# HELP gongdao_journal_unsealed Lines of the journal not sealed yet.\n"
          "# TYPE gongdao_journal_unsealed gauge\n"
          "gongdao_journal_unsealed 1\n"
          "# HELP gongdao_journal_unstamped_seconds How long the oldest head has waited for a "
          "time stamp, 0 without an authority.\n"
          "# TYPE gongdao_journal_unstamped_seconds gauge\n"
          "gongdao_journal_unstamped_seconds 0\n")));
}

Test(seal_told, the_clock_seals_once_a_minute_from_the_beginning)
{
    const struct platform_list_due_row *due;
    size_t count;

    cr_assert(test_done(seal_begin(scene)));
    cr_assert(test_done(seal_begin(scene)));
    leave_lines(1);
    make_seal();
    cr_assert(test_done(
        platform_list_due(scene->arena, scene->store, scene->now + 3600, &due, &count)));
    cr_expect_eq(count, 1, "one, and not that of the beginning too");
}
