/* identity_key_test.c -- what a key may, what it may not, and when it ends. */
#include <criterion/criterion.h>

#include "desk/identity/identity_parts.h"
#include "desk/notice/notice_acts.h"
#include "platform/scene_test.h"

#define PASSWORD "a quiet river"
#define DAY 86400

static struct scene *scene;
static struct identity_made_view made; /* the last key */
static struct actor liwei, nobody = {.is = WHO_ANYONE};

static struct actor who_by(struct str token, bool is_bearer)
{
    struct actor actor;

    scene->is_bearer = is_bearer;
    cr_assert(test_done(identity_identify(scene, token, &actor)));
    return actor;
}

static struct actor who(struct str token)
{
    return who_by(token, true);
}

static struct actor signed_in(const char *login)
{
    struct identity_signed_view in;
    struct str typed = arena_print(scene->arena, "name=%s&password=" PASSWORD, login);

    scene->actor = nobody;
    cr_assert(test_done(test_post(scene, &identity_sign_in, arena_c(scene->arena, typed), &in)));
    return who(in.token);
}

static void set_up(void)
{
    scene =
        test_scene(WHO_SYSTEM, (const struct module *[]){&notice_module, &identity_module, NULL});
    cr_assert(test_done(
        test_post(scene, &identity_add,
                  "login=liwei&name=Li&password=" PASSWORD "&role=leader&scope=310104", NULL)));
    identity_team_hook(NULL);
    identity_unmask_hook(NULL);
    identity_changed(); /* another test's store knows other people */
    liwei = signed_in("liwei");
    scene->actor = liwei;
    scene->channel = S("api");
}

static void tear_down(void)
{
    test_scene_close(&scene);
}

TestSuite(identity_key, .init = set_up, .fini = tear_down);

/* Anything `run` of an act may do, done as one. */
static struct outcome (*doing)(struct scene *scene);
static struct outcome do_it(struct scene *own, const void *form, void *result)
{
    (void)form, (void)result;
    return doing(own);
}
static const struct reason *perform(struct outcome (*what)(struct scene *scene))
{
    static const struct act act = {.name = "test.do", .who = WHO_ANYONE, .run = do_it};
    struct outcome outcome;

    doing = what;
    outcome = test_post(scene, &act, "", NULL);
    cr_assert_null(outcome.fault);
    identity_changed();
    return outcome.refusal;
}

static const struct reason *make(const char *scopes, const char *days)
{
    struct str typed = arena_print(scene->arena, "name=hotline&scopes=%s&days=%s", scopes, days);

    return test_post(scene, &identity_key_make, arena_c(scene->arena, typed), &made).refusal;
}

static struct outcome also_supervisor(struct scene *own)
{
    return identity_role_add(own, liwei.person_id, S("supervisor"), S("31"));
}

static struct outcome no_leader(struct scene *own)
{
    return identity_role_drop(own, liwei.person_id, S("leader"));
}

/* (1) */
Test(identity_key, a_key_may_what_its_scopes_say_and_no_more)
{
    struct actor key;

    cr_assert_null(perform(also_supervisor));
    scene->actor = liwei = signed_in("liwei");
    cr_expect_eq(liwei.is, WHO_ANYONE | WHO_LEADER | WHO_SUPERVISOR);
    cr_assert_null(make("leader", "30"));
    cr_expect(str_same(made.scopes, S("leader")));
    cr_expect(str_same(made.name, S("hotline")));
    cr_expect_eq(made.expires_at, TEST_NOW + 30 * DAY);
    key = who(made.token);
    cr_expect(key.is_key);
    cr_expect_eq(key.is, WHO_ANYONE | WHO_LEADER);
    cr_expect_eq(key.person_id, liwei.person_id);
    cr_expect_eq(key.session_id, made.id);
    scene->actor = key;
    cr_expect(str_same(scene_scope(scene, ~0U), S("310104")), "no farther than a leader reaches");
    cr_expect(!liwei.is_key);
    cr_expect_eq(test_journal(scene, "session.key"), 1);
}

Test(identity_key, one_gives_only_what_one_has)
{
    cr_expect_str_eq(make("admin", "30")->key, "session.key-scope");
    cr_expect_str_eq(make("leader supervisor", "30")->key, "session.key-scope");
    cr_expect_str_eq(make("everything", "30")->key, "session.key-scope");
    cr_assert_null(make("leader ask leader", "366"));
    cr_expect(str_same(made.scopes, S("ask leader")));
    cr_expect_eq(who(made.token).is, WHO_ANYONE | WHO_LEADER);
}

Test(identity_key, a_key_ends_on_its_day)
{
    cr_assert_null(make("leader", "1"));
    scene->now += DAY - 1;
    cr_expect(who(made.token).is_key);
    scene->now += 1;
    cr_expect_eq(who(made.token).is, WHO_ANYONE);
    cr_expect(!who(made.token).is_key);
}

Test(identity_key, its_person_ends_it)
{
    struct identity_end_form form;

    cr_assert_null(make("leader", "30"));
    form.session = made.id;
    cr_expect(who(made.token).is_key);
    cr_assert(test_done(test_act(scene, &identity_end_one, &form, NULL)));
    identity_changed();
    cr_expect_eq(who(made.token).is, WHO_ANYONE);
}

Test(identity_key, signing_out_with_it_ends_that_key_alone)
{
    struct str tokens[2];

    for (int i = 0; i < 2; i++) {
        scene->actor = liwei;
        cr_assert_null(make(i ? "ask" : "leader", "30"));
        tokens[i] = made.token;
    }
    scene->actor = who(tokens[1]);
    cr_assert(test_done(test_act(scene, &identity_sign_out, NULL, NULL)));
    identity_changed();
    cr_expect_eq(who(tokens[1]).session_id, 0);
    cr_expect(who(tokens[0]).is_key);
}

Test(identity_key, who_loses_a_role_takes_it_from_the_key)
{
    struct str asking;
    bool good;
    struct actor key, asker;

    cr_assert_null(make("leader", "30"));
    key = who(made.token);
    cr_assert_null(make("ask", "30"));
    asking = made.token;
    asker = who(asking);
    cr_expect_eq(asker.is, WHO_ANYONE | WHO_GUEST);
    cr_assert_null(perform(also_supervisor));
    cr_assert_null(perform(no_leader));
    cr_assert(test_done(identity_still(scene, &key, &good)));
    cr_expect(!good);
    cr_assert(test_done(identity_still(scene, &asker, &good)));
    cr_expect(good, "the person is on the staff still");
    doing = NULL;
    cr_assert(test_done(identity_drop_role(scene->store, liwei.person_id, S("supervisor"))));
    identity_changed();
    cr_expect_eq(who(asking).is, WHO_ANYONE, "who is not on the staff has no key that asks");
}

static struct outcome suspend(struct scene *own)
{
    return identity_set_standing(own, liwei.person_id, S("suspended"));
}
static struct outcome resume(struct scene *own)
{
    return identity_set_standing(own, liwei.person_id, S("active"));
}

Test(identity_key, who_is_suspended_has_no_keys_afterwards_either)
{
    cr_assert_null(make("leader ask", "30"));
    cr_expect(who(made.token).is_key);
    cr_assert_null(perform(suspend));
    cr_expect_eq(who(made.token).is, WHO_ANYONE);
    cr_assert_null(perform(resume));
    cr_expect_eq(who(made.token).is, WHO_ANYONE);
    cr_expect_eq(signed_in("liwei").is, liwei.is);
}

Test(identity_key, a_new_password_ends_keys_and_signing_out_elsewhere_does_not)
{
    cr_assert_null(make("leader", "30"));
    cr_assert(test_done(test_act(scene, &identity_end_others, NULL, NULL)));
    identity_changed();
    cr_expect(who(made.token).is_key);
    cr_assert(test_done(test_post(scene, &identity_change_password,
                                  "password=" PASSWORD "&new_password=a wide green valley", NULL)));
    identity_changed();
    cr_expect_eq(who(made.token).is, WHO_ANYONE);
}

static struct outcome add_person(struct scene *own)
{
    id person_id;

    return identity_person_add(
        own, &(struct identity_new_person){.login = S("mine"), .name = S("M")}, &person_id);
}
static struct outcome new_password(struct scene *own)
{
    return identity_set_new_password(own, liwei.person_id, S("hash"));
}
static struct outcome drop_second(struct scene *own)
{
    return identity_drop_second(own, liwei.person_id);
}

static struct outcome anyone_may(struct scene *own, id person_id, struct str reference, id *case_id)
{
    (void)own, (void)person_id, (void)reference;
    *case_id = 1;
    return DONE;
}

/* (2) and (3) */
Test(identity_key, a_key_opens_no_way_in_and_sees_no_sessions)
{
    static struct outcome (*const ways[])(struct scene *) = {also_supervisor, add_person,
                                                             new_password, drop_second, resume};
    static const char *const pages[] = {"/sessions", "/session/totp", "/session/password"};
    struct identity_sessions_view sessions;
    struct identity_totp_view totp;
    struct identity_password_view password;
    void *const views[] = {&sessions, &totp, &password};
    struct identity_end_form end = {liwei.session_id};
    struct str go;

    cr_assert_null(make("leader", "30"));
    scene->actor = who(made.token);
    cr_expect_eq(make("leader", "30"), &identity_not_by_key);
    for (size_t i = 0; i < COUNT(ways); i++)
        cr_expect_eq(perform(ways[i]), &identity_not_by_key, "way %zu", i);
    for (size_t i = 0; i < COUNT(pages); i++)
        cr_expect_eq(test_show(scene, &identity_module, pages[i], "", views[i], &go).refusal,
                     &identity_not_by_key, "%s", pages[i]);
    cr_expect_eq(test_act(scene, &identity_end_one, &end, NULL).refusal, &identity_not_by_key);
    cr_expect_eq(test_act(scene, &identity_end_others, NULL, NULL).refusal, &identity_not_by_key);
    cr_expect_eq(test_post(scene, &identity_change_password,
                           "password=" PASSWORD "&new_password=a wide green valley", NULL)
                     .refusal,
                 &identity_not_by_key);
    cr_expect_eq(
        test_post(scene, &identity_totp_begin, "code=123456&password=x&offer=x", NULL).refusal,
        &identity_not_by_key);
    cr_expect_eq(test_post(scene, &identity_totp_end, "password=" PASSWORD, NULL).refusal,
                 &identity_not_by_key);
    identity_unmask_hook(anyone_may);
    cr_expect_eq(test_post(scene, &identity_unmask, "person=1&reference=ABCD2345", NULL).refusal,
                 &identity_not_by_key);
    cr_expect_null(perform(suspend), "though it may shut one");
}

/* (4) */
Test(identity_key, it_is_told_once_and_known_by_its_last_characters)
{
    struct identity_sessions_view v;
    struct str go, note, token;

    scene->channel = S("web");
    cr_assert_null(make("leader", "30"));
    token = made.token;
    cr_expect(str_begins(token, S("gdk_")));
    cr_expect_eq(token.len, 47U);
    note = test_cookie(scene, "key");
    cr_assert(note.len > 0);
    cr_expect(str_find(note, token) < 0);
    test_bring(scene, "key", note);
    cr_assert(test_done(test_show(scene, &identity_module, "/sessions", "", &v, &go)));
    cr_expect(str_same(v.new_key, token));
    cr_assert_eq(v.keys_count, 1U);
    cr_expect(str_same(v.keys[0].name, S("hotline")));
    cr_expect(str_same(v.keys[0].tail, (struct str){token.at + 43, 4}));
    cr_expect_eq(v.keys[0].used_at, 0);
    cr_assert_eq(v.scopes_count, 2U, "asking, and the one role");
    cr_expect(str_same(v.scopes[0].value, S("ask")));
    cr_expect(str_same(v.scopes[1].value, S("leader")));
    cr_expect_eq(v.sessions_count, 1U, "a key is no place where one is signed in");
    test_bring(scene, "", S(""));
    cr_assert(test_done(test_show(scene, &identity_module, "/sessions", "", &v, &go)));
    cr_expect_eq(v.new_key.len, 0U);
}

/* (5) */
Test(identity_key, a_cookie_is_no_place_for_a_key)
{
    cr_assert_null(make("leader", "30"));
    cr_expect_eq(who_by(made.token, false).is, WHO_ANYONE);
    cr_expect(who_by(made.token, true).is_key);
    cr_expect_eq(who_by(made.token, false).is, WHO_ANYONE, "also when it was just seen");
    cr_expect_eq(who((struct str){made.token.at + 4, 43}).is, WHO_ANYONE, "nor without its mark");
}

Test(identity_key, a_key_that_asks_is_a_guest_of_its_own_number)
{
    struct actor key;

    cr_assert_null(make("ask", "30"));
    key = who(made.token);
    cr_expect_eq(key.is, WHO_ANYONE | WHO_GUEST);
    cr_expect_eq(key.person_id, made.id);
    cr_expect_eq(key.name.len, 0U);
    cr_expect(key.is_key);
}

Test(identity_key, nobody_has_more_keys_than_he_can_look_through)
{
    for (int i = 0; i < IDENTITY_KEYS_MAX; i++) cr_assert_null(make("leader", "1"));
    cr_expect_str_eq(make("leader", "1")->key, "session.key-many");
    scene->now += DAY;
    scene->actor = signed_in("liwei");
    cr_expect_null(make("leader", "1"));
}

Test(identity_key, the_day_of_its_last_use_is_written_down)
{
    struct identity_sessions_view v;
    const struct identity_list_keys_row *rows;
    size_t count;
    struct str go;
    moment today = TEST_NOW - 8 * 3600; /* it is eight in the morning */

    cr_assert_null(make("leader", "30"));
    cr_expect(who(made.token).is_key);
    cr_assert(test_done(test_show(scene, &identity_module, "/sessions", "", &v, &go)));
    cr_expect_eq(v.keys[0].used_at, today, "at once");
    scene->actor.is = WHO_SYSTEM;
    cr_assert(test_done(test_act(scene, &identity_seen, NULL, NULL)));
    cr_assert(test_done(identity_list_keys(scene->arena, scene->store, liwei.person_id, scene->now,
                                           &rows, &count)));
    cr_assert_eq(count, 1U);
    cr_expect_eq(rows[0].seen_at, today);
}
