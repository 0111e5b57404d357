/* identity_meet_test.c -- what meets at sign-in: too many at once, others' guesses in between, a
 * guest whose questions nobody takes over. */
#include <criterion/criterion.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

#include "desk/identity/identity_parts.h"
#include "desk/notice/notice_acts.h"
#include "platform/scene_test.h"

#define PASSWORD "a quiet river"
#define PHONE "13812345678"

static struct scene *scene;
static struct identity_signed_view in; /* what the last sign-in told */

static void set_up(void)
{
    scene =
        test_scene(WHO_SYSTEM, (const struct module *[]){&notice_module, &identity_module, NULL});
    cr_assert(test_done(test_post(
        scene, &identity_add,
        "login=liwei&name=李伟&password=" PASSWORD "&role=consultant&scope=310104", NULL)));
    scene->actor = (struct actor){.is = WHO_ANYONE};
    identity_team_hook(NULL);
    identity_organisation_hook(NULL);
    identity_merge_hook(NULL);
    identity_changed();
}

static void tear_down(void)
{
    test_scene_close(&scene);
}

TestSuite(identity_meet, .init = set_up, .fini = tear_down, .timeout = 120);

static void run(struct str sql)
{
    cr_assert(test_done(store_script(scene->store, arena_c(scene->arena, sql))));
}

static int64_t number(const char *sql)
{
    struct statement *statement;
    int64_t found;
    bool row;

    cr_assert(test_done(statement_open(scene->store, sql, &statement)));
    cr_assert(test_done(statement_step(statement, &row)) && row, "%s", sql);
    found = statement_get_int(statement, 0);
    statement_close(&statement);
    return found;
}

/* ---- too many at once ---- */

/* All come at once, and go again for a while. */
static struct crowd {
    atomic_bool stop;
    pthread_t threads[40];
} crowd;

static void *push_in(void *mine)
{
    struct arena *own = arena_open(1 << 20);

    (void)mine;
    for (int64_t i = 0; !atomic_load(&crowd.stop); i++) {
        secret_password_right(S(""), S("guess"));
        if (i % 50 == 49) usleep(2000);
    }
    arena_close(&own);
    return NULL;
}

static struct scene *coming; /* like `scene`, with room of its own that is given back */

static struct outcome prepare_sign_in(void)
{
    struct identity_sign_in_form form = {.name = S("liwei"), .password = S(PASSWORD)};

    return identity_sign_in.prepare(coming, &form);
}

static struct outcome prepare_end(void)
{
    struct identity_again_form form = {.password = S(PASSWORD)};

    return identity_totp_end.prepare(coming, &form);
}

static struct outcome prepare_change(bool *was_right)
{
    struct identity_password_form form = {.password = S(PASSWORD),
                                          .new_password = S("seven grey herons")};
    struct outcome outcome = identity_change_password.prepare(coming, &form);

    *was_right = form.checked.len != 0;
    if (!IS_DONE(outcome)) cr_expect_eq(form.hash.len, 0U, "nothing is changed without a hash");
    return outcome;
}

/* Who comes while too many wait is told to try again, at every place a password is hashed: before
 * the present one is looked at, and between it and the new one.  It is no wrong guess. */
Test(identity_meet, who_comes_while_too_many_wait_is_asked_to_try_again)
{
    bool at_sign_in = false, at_end = false, before = false, between = false;
    time_t until = time(NULL) + 60;
    struct scene own;
    struct str typed = S("name=liwei&password=" PASSWORD);

    cr_assert(test_done(test_post(scene, &identity_sign_in, typed.at, &in)));
    identity_changed();
    cr_assert(test_done(identity_identify(scene, in.token, &scene->actor)));
    own = *scene;
    own.arena = arena_open(8 << 20);
    coming = &own;
    for (size_t i = 0; i < COUNT(crowd.threads); i++)
        cr_assert_eq(pthread_create(&crowd.threads[i], NULL, push_in, NULL), 0);
    while (!(at_sign_in && at_end && before && between) && time(NULL) < until) {
        struct outcome outcome = prepare_sign_in();
        bool was_right;

        arena_reset(own.arena);
        cr_assert(IS_DONE(outcome) || outcome.refusal == &act_too_busy);
        at_sign_in |= outcome.refusal == &act_too_busy;
        outcome = prepare_end();
        cr_assert(IS_DONE(outcome) || outcome.refusal == &act_too_busy);
        at_end |= outcome.refusal == &act_too_busy;
        outcome = prepare_change(&was_right);
        cr_assert(IS_DONE(outcome) || outcome.refusal == &act_too_busy);
        before |= outcome.refusal == &act_too_busy && !was_right;
        between |= outcome.refusal == &act_too_busy && was_right;
    }
    atomic_store(&crowd.stop, true);
    for (size_t i = 0; i < COUNT(crowd.threads); i++) pthread_join(crowd.threads[i], NULL);
    arena_close(&own.arena);
    cr_expect(at_sign_in && at_end && before && between, "%d %d %d %d", at_sign_in, at_end, before,
              between);
    cr_expect_eq(number("select count(*) from sign_in_failure"), 0);
    cr_expect(test_done(test_post(scene, &identity_change_password,
                                  "password=" PASSWORD "&new_password=seven grey herons", NULL)),
              "as soon as they are gone");
}

/* ---- others in between ---- */

/* Guesses sent together are counted one by one: what prepare() let through is asked again. */
Test(identity_meet, a_name_that_is_guarded_by_then_is_not_let_in_by_its_password)
{
    struct identity_sign_in_form form = {.name = S("liwei"), .password = S(PASSWORD)};
    struct act late = identity_sign_in;
    struct str index = secret_index(scene->arena, "session.login", S("liwei"));

    late.prepare = NULL;
    cr_assert(test_done(identity_sign_in.prepare(scene, &form)));
    cr_assert_gt(form.checked.len, 0U, "the password is right");
    run(arena_print(scene->arena,
                    "insert into sign_in_failure (login_index, address, failures, until_at,"
                    " failed_at) values ('%.*s', '198.51.100.7', %d, 0, %lld)",
                    STR_ARGS(index), IDENTITY_LOGIN_FAILURES_MAX + 1, (long long)scene->now));
    cr_expect_eq(act_run(&late, scene, &form, &in).refusal, &identity_guarded);
    cr_expect_eq(number("select count(*) from session"), 0);
    cr_expect_eq(number("select count(*) from sign_in_failure"), 1, "nor is it a wrong guess");
    run(S("delete from sign_in_failure"));
    cr_expect(test_done(act_run(&late, scene, &form, &in)));
    cr_expect_eq(number("select count(*) from session"), 1);
}

/* ---- guests ---- */

static id merged_guest;

static struct outcome take_over(struct scene *own, id guest_id, id person_id)
{
    (void)own, (void)person_id;
    merged_guest = guest_id;
    return DONE;
}

static void sign_in_as_resident(void)
{
    struct str index = identity_phone_index(scene->arena, S(PHONE)), hash;

    cr_assert(test_done(test_post(scene, &identity_send, "phone=" PHONE, NULL)));
    hash = secret_index(scene->arena, "session.code",
                        arena_print(scene->arena, "%.*s 123456", STR_ARGS(index)));
    run(arena_print(scene->arena, "update phone_code set code_hash = '%.*s'", STR_ARGS(hash)));
    cr_assert(test_done(test_post(scene, &identity_verify, "phone=" PHONE "&code=123456", &in)));
    scene->now += 3600;
}

/* What somebody asked in this browser becomes theirs; what a token of one case opens does not, for
 * whoever has it may have got it from them. */
Test(identity_meet, a_guests_own_is_taken_over_and_not_what_the_token_of_a_case_opens)
{
    const struct actor guest = {.is = WHO_ANYONE | WHO_GUEST, .person_id = 77};
    const struct actor of_case = {.is = WHO_ANYONE | WHO_GUEST, .person_id = 77, .case_id = 9};

    scene->actor = guest;
    sign_in_as_resident();
    cr_expect_eq(in.guest_id, 77, "said, though there is nothing to take over");
    identity_merge_hook(take_over);
    scene->actor = of_case;
    sign_in_as_resident();
    cr_expect(in.guest_id == 0 && merged_guest == 0);
    scene->actor = guest;
    sign_in_as_resident();
    cr_expect(in.guest_id == 77 && merged_guest == 77);
    identity_merge_hook(NULL);
}
