/* referral_kept_test.c -- how long the words of a referral are kept, and which office is the
 * nearest. */
#include <criterion/criterion.h>

#include "gen/referral_sql.h"
#include "platform/scene_test.h"
#include "service/referral/referral_views.h"

extern const struct module identity_module, notice_module, items_module, laws_module, people_module;

static struct scene *scene;

static void set_up(void)
{
    scene =
        test_scene(WHO_SYSTEM, (const struct module *[]){&notice_module, &identity_module,
                                                         &laws_module, &items_module, &cases_module,
                                                         &people_module, &referral_module, NULL});
}
static void tear_down(void)
{
    test_scene_close(&scene);
}
TestSuite(referral_kept, .init = set_up, .fini = tear_down);

enum { TALK = 77, OTHER_TALK = 78 };

static struct outcome offer(struct scene *s, id talk, const char *kind, const char *state)
{
    TRY(referral_set_offer(s->store, talk, str_of(kind), S("TALK2345"), S("310101"), 1, s->now,
                           S("known"), S("answers")));
    return referral_set_state(s->store, str_of(state), s->now,
                              arena_print(s->arena, "%s-%lld", kind, (long long)talk), S("browser"),
                              talk, str_of(kind));
}

static struct outcome lay_out(struct scene *s, const void *form, void *result)
{
    (void)form, (void)result;
    TRY(offer(s, TALK, "police", "agreed"));
    TRY(offer(s, TALK, "counselling", "offered"));
    return offer(s, OTHER_TALK, "counselling", "declined");
}

static void tidied(id talk, moment at)
{
    struct clock_form due = {.case_id = talk, .due_at = at};

    scene->actor = (struct actor){.is = WHO_SYSTEM | WHO_ANYONE};
    scene->now = at;
    cr_assert(test_done(test_act(scene, &referral_tidy, &due, NULL)));
}

static size_t left(id talk, const referral_row **rows)
{
    size_t count;

    cr_assert(test_done(referral_list_of_talk(scene->arena, scene->store, talk, rows, &count)));
    return count;
}

/* Thirty days: what was not answered goes, of what was agreed to the words; the paper stays open.
 */
Test(referral_kept, words_go_after_thirty_days_and_what_is_open_stays_open)
{
    const struct act make = {.name = "test.lay_out", .who = WHO_SYSTEM, .run = lay_out};
    const referral_row *rows;
    moment begun = scene->now;

    cr_assert(test_done(test_act(scene, &make, NULL, NULL)));
    tidied(TALK, begun + REFERRAL_DAYS * SECONDS_PER_DAY - 1);
    cr_expect_eq(left(TALK, &rows), 2, "a second before");
    cr_expect(str_same(rows[0].known_sealed, S("known")));
    tidied(TALK, begun + REFERRAL_DAYS * SECONDS_PER_DAY);
    cr_expect_eq(left(TALK, &rows), 1, "what was not answered goes");
    cr_expect(str_same(rows[0].kind, S("police")) && str_same(rows[0].state, S("agreed")));
    cr_expect(!rows[0].known_sealed.len && !rows[0].answers_sealed.len && rows[0].code.len);
    cr_expect_eq(left(OTHER_TALK, &rows), 1, "of another talk nothing");
}

static struct outcome write_down(struct scene *s, const void *form, void *result)
{
    (void)form, (void)result;
    /* Of a street, and nobody knows where it is. */
    TRY(referral_set_office(s->store,
                            &(struct referral_set_office_values){.kind = S("police"),
                                                                 .division = S("310101013"),
                                                                 .office_name = S("某所"),
                                                                 .office_address = S(" "),
                                                                 .office_phone = S("110"),
                                                                 .office_hours = S(""),
                                                                 .office_source = S("试"),
                                                                 .by_id = 1,
                                                                 .at = s->now}));
    return referral_set_office(s->store,
                               &(struct referral_set_office_values){.kind = S("police"),
                                                                    .division = S("310101"),
                                                                    .office_name = S("某分局"),
                                                                    .office_address = S("某路1号"),
                                                                    .office_phone = S("110"),
                                                                    .office_hours = S(""),
                                                                    .office_source = S("试"),
                                                                    .by_id = 1,
                                                                    .at = s->now});
}

static const struct referral_where_view *nearest(const char *kind, const char *division)
{
    const struct referral_where_view *found;

    cr_assert(test_done(referral_nearest(scene, str_of(kind), str_of(division), &found)));
    return found;
}

Test(referral_kept, the_nearest_office_is_that_of_the_place_or_of_what_it_lies_in)
{
    const struct act make = {.name = "test.office", .who = WHO_SYSTEM, .run = write_down};

    cr_expect_null(nearest("police", "310101"), "no address is better than a wrong one");
    cr_assert_not_null(nearest("counselling", "310104"), "delivered, for the whole city");
    cr_expect(nearest("counselling", "310104")->address.len &&
              nearest("counselling", "31")->phone.len);
    cr_expect_null(nearest("counselling", "320100"), "not of this city");
    cr_assert(test_done(test_act(scene, &make, NULL, NULL)));
    cr_assert_not_null(nearest("police", "310101"));
    cr_assert_not_null(nearest("police", "310101013"), "a street of it");
    cr_expect(str_same(nearest("police", "310101013")->name, S("某分局")),
              "that of the street has no address");
    cr_expect_null(nearest("police", "310104"), "another district");
}
