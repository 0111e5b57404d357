/* consultation_again_test.c -- second chances: for whoever missed an offer, and after a time in
 * which the server itself was not there. */
#include <criterion/criterion.h>

#include "desk/identity/identity_acts.h"
#include "gen/platform_sql.h"
#include "platform/scene_test.h"
#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_case.h"
#include "service/consultation/consultation_views.h"

static struct scene *scene;
static struct bureau bureau;

static void set_up(void)
{
    scene = test_scene(WHO_SYSTEM, CONSULTATION_MODULES);
    bureau_make(scene, &bureau);
    scene->channel = S("api");
}

static void tear_down(void)
{
    test_scene_close(&scene);
}

TestSuite(consultation_again, .init = set_up, .fini = tear_down);

static void presence(int lawyer, const char *state)
{
    struct consultation_presence_form form = {.state = str_of(state)};

    scene->actor = bureau.lawyer[lawyer];
    cr_assert(test_done(test_act(scene, &consultation_presence, &form, NULL)));
}

static struct str ask(void)
{
    struct consultation_ask_form form = {
        .field = S("labour"), .text = S("欠薪"), .mode = S("live")};
    struct consultation_asked_view told = {0};

    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_assert(test_done(test_act(scene, &consultation_ask, &form, &told)));
    return told.reference;
}

static struct consultation_case look(struct str reference)
{
    struct consultation_find_reference_row row;
    struct consultation_case c;
    bool found;

    cr_assert(test_done(consultation_find_reference(scene->store, reference, &row, &found)));
    cr_assert(found);
    cr_assert(test_done(case_of_id(scene, row.consultation_id, &c)));
    return c;
}

/* What the clock does with what is due at that moment, in its order. */
static void clock_looks(moment now)
{
    const struct platform_list_due_row *rows;
    size_t count;

    scene->now = now;
    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(platform_list_due(scene->arena, scene->store, now, &rows, &count)));
    for (size_t k = 0; k < count; k++) {
        const struct act *const *act = consultation_clock_acts;
        struct clock_form form = {.case_id = rows[k].case_id, .due_at = rows[k].due_at};

        while (*act && !str_same(str_of((*act)->name), rows[k].act)) act++;
        if (!*act) continue;
        platform_drop_deadline_done(scene->store, rows[k].act, rows[k].case_id, rows[k].due_at);
        test_act(scene, *act, &form, NULL);
    }
}

static void time_goes_by(int64_t seconds)
{
    for (moment until = scene->now + seconds; scene->now < until;) clock_looks(scene->now + 1);
}

static void accept(int lawyer, struct str reference)
{
    struct consultation_reference_form form = {.reference = reference};
    struct consultation_state_view told;

    scene->actor = bureau.lawyer[lawyer];
    cr_assert(test_done(test_act(scene, &consultation_accept, &form, &told)));
}

/* The only one on line missed it: nobody else will ever come. */
Test(consultation_again, whoever_missed_an_offer_has_it_again_after_coming_back)
{
    struct str reference;

    presence(0, "online");
    reference = ask();
    cr_assert(look(reference).state == CONSULTATION_OFFERED);
    time_goes_by(31);
    cr_assert(look(reference).state == CONSULTATION_WAITING);
    presence(0, "online");
    cr_expect(look(reference).state == CONSULTATION_OFFERED);
    cr_expect(look(reference).row.consultant_id == bureau.lawyer[0].person_id);
}

Test(consultation_again, whoever_declined_it_does_not)
{
    struct consultation_decline_form form = {.reason = S("Not my field.")};
    struct consultation_state_view told;

    presence(0, "online");
    form.reference = ask();
    scene->actor = bureau.lawyer[0];
    cr_assert(test_done(test_act(scene, &consultation_decline, &form, &told)));
    presence(0, "away");
    time_goes_by(5);
    presence(0, "online");
    cr_expect(look(form.reference).state == CONSULTATION_WAITING);
}

/* Ten minutes without a server: the talk goes on, and whoever is there is offered the next. */
Test(consultation_again, nobody_is_silent_while_the_server_is_down)
{
    struct str talking, next;

    presence(0, "online");
    presence(1, "online");
    talking = ask();
    accept(look(talking).row.consultant_id == bureau.lawyer[0].person_id ? 0 : 1, talking);
    time_goes_by(15);
    clock_looks(scene->now + 600);
    cr_expect(look(talking).state == CONSULTATION_TALKING);
    next = ask();
    cr_expect(look(next).state == CONSULTATION_OFFERED);
}

/* … but of whoever says nothing afterwards, it is noticed as ever. */
Test(consultation_again, whoever_is_gone_after_the_stop_is_noticed)
{
    struct str talking;

    presence(0, "online");
    talking = ask();
    accept(0, talking);
    time_goes_by(15);
    clock_looks(scene->now + 600);
    time_goes_by(320);
    cr_expect(look(talking).state == CONSULTATION_WAITING);
}

Test(consultation_again, an_offer_that_ran_out_without_a_server_is_nobodys_fault)
{
    struct str reference;

    presence(0, "online");
    reference = ask();
    time_goes_by(12);
    clock_looks(scene->now + 100);
    clock_looks(scene->now + 10);
    cr_expect(look(reference).state == CONSULTATION_OFFERED);
    cr_expect(look(reference).row.consultant_id == bureau.lawyer[0].person_id);
    cr_expect(look(reference).row.offer_until > scene->now);
}

/* Whoever missed one is away: what else was offered to them does not wait for its own time. */
Test(consultation_again, other_offers_of_whoever_missed_one_move_on_at_once)
{
    struct str first, second;

    presence(0, "online");
    first = ask();
    time_goes_by(8);
    second = ask();
    cr_assert(look(second).row.consultant_id == bureau.lawyer[0].person_id);
    time_goes_by(23);
    cr_expect(look(first).state == CONSULTATION_WAITING);
    cr_expect(look(second).state == CONSULTATION_WAITING);
    presence(1, "online");
    cr_expect(look(second).row.consultant_id == bureau.lawyer[1].person_id);
}

Test(consultation_again, offers_of_whoever_falls_silent_move_on_with_the_sweep)
{
    struct str reference;

    presence(0, "online");
    time_goes_by(110);
    reference = ask();
    time_goes_by(22);
    cr_expect(look(reference).state == CONSULTATION_WAITING);
}
