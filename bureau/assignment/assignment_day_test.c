/* assignment_day_test.c -- a past day that is larger than any one query.  Cites assignment_day.c.
 */
#include <criterion/criterion.h>

#include "bureau/assignment/assignment_acts.h"
#include "bureau/people/people_acts.h"
#include "bureau/record/record_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/scene_test.h"

static struct scene *scene;

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM,
                       (const struct module *[]){&notice_module, &identity_module, &people_module,
                                                 &record_module, &assignment_module, NULL});
}

static void tear_down(void)
{
    test_scene_close(&scene);
}

TestSuite(assignment_day, .init = set_up, .fini = tear_down);

/* (3): neither list fits into the rows that one query may give. */
Test(assignment_day, a_day_of_a_city_a_hundred_times_as_large_is_read_whole)
{
    enum { QUESTIONS = 100500, OFFERS_EACH = 2 };
    struct scene reader = *scene;
    struct assignment_day day;
    struct str many = arena_print(
        scene->arena,
        "insert into service_record with recursive n(i) as (select 1 union all select i + 1 from n "
        "where i < %d) select 5000000 + i, 'consultation', 'R' || i, 'web', 'labour', 'lawyer', "
        "'310101', 'zh', 0, 'closed', 'live', 'ended', 0, %lld + i / 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, "
        "0, 0, 0, 0, 0, '', 0, 0, 0, 0, 0, 0, 0, 0 from n;"
        "insert into assignment with recursive n(i) as (select 1 union all select i + 1 from n "
        "where i < %d) select 5000000 + i, 'consultation', 5000001 + i / 2, 'lawyer', 'labour', "
        "1000 + i %% 2, 0, 0, 0, 1, 1, '', 0, 0, %lld + i / 8, 0, %lld + i / 8 + 20, 'declined', "
        "'', 0 from n",
        QUESTIONS, (long long)scene->now, OFFERS_EACH * QUESTIONS, (long long)scene->now,
        (long long)scene->now);

    cr_assert(test_done(store_script(scene->store, arena_c(scene->arena, many))));
    reader.arena = arena_open((size_t)1 << 30);
    cr_assert(test_done(
        assignment_day_read(&reader, scene->now, scene->now + SECONDS_PER_DAY, 14, &day)));
    cr_expect_eq(day.arrivals_count, (size_t)QUESTIONS);
    cr_expect_eq(day.reactions_count, (size_t)OFFERS_EACH * QUESTIONS);
    for (size_t i = 1; i < day.arrivals_count; i++)
        cr_assert(day.arrivals[i - 1].at <= day.arrivals[i].at &&
                  day.arrivals[i - 1].case_id < day.arrivals[i].case_id);
    arena_close(&reader.arena);
}
