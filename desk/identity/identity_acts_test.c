/* identity_acts_test.c -- signing in and out, as a browser and as a program, on a fresh store. */
#include <criterion/criterion.h>
#include <liboath/oath.h>
#include <stdlib.h>
#include <string.h>

#include "desk/identity/identity_parts.h"
#include "desk/notice/notice_acts.h"
#include "platform/page.h"
#include "platform/scene_test.h"

#define PASSWORD "a quiet river"
#define PHONE "13812345678"

static struct scene *scene;
static id liwei; /* a consultant and leader */

/* ---- a small city ---- */

static struct outcome make_people(struct scene *own, const void *form, void *result)
{
    static const struct {
        const char *login, *role, *scope;
    } rows[] = {
        {"liwei", "consultant", "310104"}, {"boss", "supervisor", "31"}, {"keeper", "admin", "31"}};
    const struct identity_division divisions[] = {
        {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")},
        {S("310104"), S("31"), S("district"), S("徐汇区"), S("Xuhui")},
        {S("310101"), S("31"), S("district"), S("黄浦区"), S("Huangpu")}};
    struct str hash = secret_password_hash(own->arena, S(PASSWORD));

    (void)form, (void)result;
    for (size_t i = 0; i < COUNT(rows); i++) {
        id person_id;

        TRY(identity_person_add(own,
                                &(struct identity_new_person){.login = str_of(rows[i].login),
                                                              .name = str_of(rows[i].login),
                                                              .password_hash = hash},
                                &person_id));
        TRY(identity_role_add(own, person_id, str_of(rows[i].role), str_of(rows[i].scope)));
        if (i == 0) liwei = person_id;
    }
    TRY(identity_role_add(own, liwei, S("leader"), S("310104")));
    return identity_divisions_load(own, divisions, COUNT(divisions));
}

static const struct act people = {.name = "test.people", .who = WHO_SYSTEM, .run = make_people};

static void set_up(void)
{
    scene =
        test_scene(WHO_SYSTEM, (const struct module *[]){&notice_module, &identity_module, NULL});
    cr_assert(test_done(test_post(scene, &people, "", NULL)));
    scene->actor = (struct actor){.is = WHO_ANYONE};
    identity_team_hook(NULL);
    identity_organisation_hook(NULL);
    identity_merge_hook(NULL);
    identity_unmask_hook(NULL);
}

static void tear_down(void)
{
    test_scene_close(&scene);
}

TestSuite(identity, .init = set_up, .fini = tear_down);

/* Anything `run` of an act may do, done as one. */
static struct outcome (*doing)(struct scene *scene);
static struct outcome do_it(struct scene *own, const void *form, void *result)
{
    (void)form, (void)result;
    return doing(own);
}
static void perform(struct outcome (*what)(struct scene *scene))
{
    static const struct act act = {.name = "test.do", .who = WHO_ANYONE, .run = do_it};

    doing = what;
    cr_assert(test_done(test_post(scene, &act, "", NULL)));
    identity_changed();
}

static struct identity_signed_view in; /* what the last sign-in told */

static const struct reason *sign_in(const char *typed)
{
    return test_post(scene, &identity_sign_in, typed, &in).refusal;
}

static struct actor who(struct str token)
{
    struct actor actor;

    cr_assert(test_done(identity_identify(scene, token, &actor)));
    return actor;
}

static void become(struct str token)
{
    scene->actor = who(token);
    cr_assert(scene->actor.session_id != 0);
}

/* ---- the password ---- */

Test(identity, the_right_password_opens_a_session)
{
    struct actor actor;

    cr_assert_null(sign_in("name= LiWei &password=" PASSWORD));
    cr_expect_eq(in.token.len, TOKEN_LEN);
    cr_expect_eq(in.expires_at, TEST_NOW + 12 * 3600);
    cr_expect_eq(in.person->id, liwei);
    cr_expect(str_same(in.person->roles, S("consultant leader")));
    cr_expect(str_same(in.person->organisation, S("徐汇区")));
    cr_expect(str_same(in.home, S("/board")));
    cr_expect(str_same(test_cookie(scene, "gongdao"), in.token));
    cr_expect_eq(test_cookie(scene, "device").len, TOKEN_LEN);
    cr_expect_eq(test_journal(scene, "session.open"), 1);
    actor = who(in.token);
    cr_expect_eq(actor.person_id, liwei);
    cr_expect_eq(actor.is, WHO_ANYONE | WHO_CONSULTANT | WHO_LEADER);
    cr_expect(str_same(actor.scopes.leader, S("310104")));
    cr_expect(str_same(actor.name, S("liwei")));
    cr_expect_eq(actor.case_id, 0);
}

static struct outcome team_seven(struct scene *own, id person_id, id *team_id)
{
    (void)own;
    *team_id = person_id == liwei ? 7 : 0;
    return DONE;
}
static struct outcome name_of_seven(struct scene *own, id team_id, struct str *name)
{
    (void)own;
    *name = team_id == 7 ? S("七队") : S("");
    return DONE;
}

Test(identity, who_serves_is_told_the_team_and_who_watches_the_place)
{
    identity_team_hook(team_seven);
    identity_organisation_hook(name_of_seven);
    cr_assert_null(sign_in("name=liwei&password=" PASSWORD));
    cr_expect(str_same(in.person->organisation, S("七队")), "not the district of the role");
    cr_assert_null(sign_in("name=boss&password=" PASSWORD));
    cr_expect(str_same(in.person->organisation, S("上海市")));
}

Test(identity, the_token_itself_is_kept_nowhere)
{
    struct identity_find_actor_row row;
    bool found;

    cr_assert_null(sign_in("name=liwei&password=" PASSWORD));
    cr_assert(
        test_done(identity_find_actor(scene->arena, scene->store, in.token, 0, &row, &found)));
    cr_expect(!found);
}

Test(identity, the_command_line_is_told_which_name_is_unknown)
{
    struct outcome outcome;

    scene->actor.is |= WHO_SYSTEM;
    outcome = test_post(scene, &identity_reset, "login=bosss&standing=active", NULL);
    cr_expect_eq(outcome.refusal, &identity_unknown_login);
    cr_expect(str_same(outcome.detail, S("bosss")));
}

Test(identity, wrong_unknown_and_suspended_look_the_same)
{
    scene->actor.is |= WHO_SYSTEM;
    cr_assert(test_done(test_post(scene, &identity_reset, "login=boss&standing=suspended", NULL)));
    cr_expect_eq(sign_in("name=liwei&password=another river"), &identity_wrong);
    cr_expect_eq(sign_in("name=nobody&password=" PASSWORD), &identity_wrong);
    cr_expect_eq(sign_in("name=boss&password=" PASSWORD), &identity_wrong);
    cr_expect_eq(test_cookie(scene, "gongdao").len, 0U);
    cr_expect_eq(test_journal(scene, "session.failed"), 3);
    cr_expect_eq(test_journal(scene, "session.open"), 0);
    cr_assert(test_done(test_post(scene, &identity_reset, "login=boss&standing=active", NULL)));
    cr_expect_null(sign_in("name=boss&password=" PASSWORD));
}

static struct outcome drop_the_only_role(struct scene *own)
{
    id person_id;
    bool found;

    TRY(identity_person_of_login(own, S("boss"), &person_id, &found));
    return identity_role_drop(own, person_id, S("supervisor"));
}

Test(identity, without_a_role_the_right_password_is_as_good_as_a_wrong_one)
{
    cr_expect_null(sign_in("name=boss&password=" PASSWORD));
    perform(drop_the_only_role);
    cr_expect_eq(sign_in("name=boss&password=" PASSWORD), &identity_wrong);
    cr_expect_eq(test_journal(scene, "session.failed"), 1);
    cr_expect_eq(test_journal(scene, "session.open"), 1);
}

Test(identity, guessing_makes_wait_here_and_nowhere_else)
{
    for (int i = 0; i < 5; i++) cr_expect_eq(sign_in("name=liwei&password=guess"), &identity_wrong);
    cr_expect_eq(sign_in("name=liwei&password=" PASSWORD), &identity_wait);
    cr_expect_null(sign_in("name=boss&password=" PASSWORD), "another name");
    scene->address = S("192.0.2.2");
    cr_expect_null(sign_in("name=liwei&password=" PASSWORD), "another place");
    scene->address = S("192.0.2.1");
    scene->now += 60;
    cr_expect_eq(sign_in("name=liwei&password=guess"), &identity_wrong);
    scene->now += 119;
    cr_expect_eq(sign_in("name=liwei&password=" PASSWORD), &identity_wait, "two minutes now");
    scene->now += 1;
    cr_expect_null(sign_in("name=liwei&password=" PASSWORD));
    for (int i = 0; i < 5; i++)
        cr_expect_eq(sign_in("name=liwei&password=guess"), &identity_wrong, "counted anew");
}

Test(identity, an_unknown_name_waits_like_a_known_one)
{
    for (int i = 0; i < 5; i++)
        cr_expect_eq(sign_in("name=nobody&password=guess"), &identity_wrong);
    cr_expect_eq(sign_in("name=nobody&password=guess"), &identity_wait);
}

/* Guesses prepared at the same time, before any of them was counted. */
Test(identity, guesses_sent_together_are_counted_one_by_one)
{
    struct identity_sign_in_form forms[7] = {0};
    struct act run_only = identity_sign_in;

    run_only.prepare = NULL;
    for (size_t i = 0; i < COUNT(forms); i++) {
        forms[i].name = S("liwei");
        forms[i].password = i < 6 ? S("guess") : S(PASSWORD);
        cr_assert(test_done(identity_sign_in.prepare(scene, &forms[i])));
    }
    cr_expect_eq(forms[0].checked.len, 0U);
    cr_expect_neq(forms[6].checked.len, 0U);
    for (size_t i = 0; i < 5; i++)
        cr_expect_eq(test_act(scene, &run_only, &forms[i], &in).refusal, &identity_wrong);
    cr_expect_eq(test_act(scene, &run_only, &forms[5], &in).refusal, &identity_wait);
    cr_expect_eq(test_act(scene, &run_only, &forms[6], &in).refusal, &identity_wait,
                 "also the right one: nothing is told to who guesses that fast");
}

static struct outcome new_password(struct scene *own)
{
    return identity_set_new_password(own, liwei,
                                     secret_password_hash(own->arena, S("another one")));
}

Test(identity, a_password_changed_in_between_is_not_right_any_more)
{
    struct identity_sign_in_form form = {.name = S("liwei"), .password = S(PASSWORD)};
    struct act run_only = identity_sign_in;

    run_only.prepare = NULL;
    cr_assert(test_done(identity_sign_in.prepare(scene, &form)));
    perform(new_password);
    cr_expect_eq(test_act(scene, &run_only, &form, &in).refusal, &identity_wrong);
}

/* Twenty-one wrong tries from seven places. */
static void attack(const char *typed)
{
    for (int i = 0; i < 21; i++) {
        scene->address = arena_print(scene->arena, "203.0.113.%d", i / 3);
        cr_assert_eq(sign_in(typed), &identity_wrong);
    }
    scene->address = S("192.0.2.1");
}

Test(identity, under_attack_the_browser_used_before_still_gets_in)
{
    struct str device;

    cr_assert_null(sign_in("name=liwei&password=" PASSWORD));
    device = test_cookie(scene, "device");
    attack("name=liwei&password=guess");
    cr_expect_eq(sign_in("name=liwei&password=" PASSWORD), &identity_guarded);
    test_bring(scene, "device", secret_token(scene->arena));
    cr_expect_eq(sign_in("name=liwei&password=" PASSWORD), &identity_guarded);
    test_bring(scene, "", S(""));
    test_bring(scene, "device", device);
    cr_expect_null(sign_in("name=liwei&password=" PASSWORD));
    cr_expect(str_same(test_cookie(scene, "device"), device), "it stays the same browser");
    cr_expect_null(sign_in("name=boss&password=" PASSWORD), "other names are not touched");
    test_bring(scene, "", S(""));
    scene->now += 3600;
    cr_expect_null(sign_in("name=liwei&password=" PASSWORD), "an hour later it is over");
}

Test(identity, a_known_browser_is_known_for_its_own_person_only)
{
    struct str device;

    cr_assert_null(sign_in("name=boss&password=" PASSWORD));
    device = test_cookie(scene, "device");
    attack("name=liwei&password=guess");
    test_bring(scene, "device", device);
    cr_expect_eq(sign_in("name=liwei&password=" PASSWORD), &identity_guarded);
}

Test(identity, one_place_trying_many_names_is_stopped)
{
    for (int i = 0; i < 201; i++) {
        struct str typed = arena_print(scene->arena, "name=somebody%d&password=guess", i);

        cr_assert_eq(sign_in(arena_c(scene->arena, typed)), &identity_wrong);
    }
    cr_expect_eq(sign_in("name=liwei&password=" PASSWORD), &identity_guarded);
    scene->address = S("192.0.2.2");
    cr_expect_null(sign_in("name=liwei&password=" PASSWORD));
}

/* ---- the second step ---- */

static struct str secret;

static const char *code_at(moment now)
{
    static char code[7];
    char *raw;
    size_t len;

    cr_assert_eq(oath_base32_decode(secret.at, secret.len, &raw, &len), OATH_OK);
    cr_assert_eq(oath_totp_generate(raw, len, now, 30, 0, 6, code), OATH_OK);
    free(raw);
    return code;
}

static const char *with_code(const char *typed, moment now)
{
    return arena_c(scene->arena, arena_print(scene->arena, "%s%s", typed, code_at(now)));
}

/* Signs liwei in, sets up the second step, and leaves nobody signed in. */
static void set_up_second(void)
{
    struct identity_totp_view view;
    struct str typed;

    cr_assert_null(sign_in("name=liwei&password=" PASSWORD));
    become(in.token);
    cr_assert(test_done(test_show(scene, &identity_module, "/session/totp", "", &view, NULL)));
    cr_assert(!view.is_set);
    secret = view.secret;
    typed = arena_print(scene->arena, "password=" PASSWORD "&offer=%.*s&code=000000",
                        STR_ARGS(view.offer));
    if (strcmp(code_at(scene->now), "000000") != 0)
        cr_expect_eq(
            test_post(scene, &identity_totp_begin, arena_c(scene->arena, typed), NULL).refusal,
            &identity_totp_wrong);
    typed = arena_print(scene->arena, "password=" PASSWORD "&offer=%.*s&code=%s",
                        STR_ARGS(view.offer), code_at(scene->now));
    cr_assert(
        test_done(test_post(scene, &identity_totp_begin, arena_c(scene->arena, typed), NULL)));
    scene->actor = (struct actor){.is = WHO_ANYONE};
    scene->now += 30;
}

/* What the page of this person would load as its picture. */
static struct outcome picture_for(const char *login, struct str offer, struct file_answer *file)
{
    struct str typed = arena_print(scene->arena, "name=%s&password=" PASSWORD, login);
    struct request request = {.scene = scene};
    struct identity_picture_form form = {.offer = offer};

    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_assert_null(sign_in(arena_c(scene->arena, typed)));
    become(in.token);
    return identity_send_picture(&request, &form, file);
}

Test(identity, the_picture_of_a_second_step_is_for_its_owner_while_it_is_offered)
{
    struct identity_totp_view view;
    struct file_answer file = {0};
    struct outcome outcome;

    scene->actor.is = WHO_SYSTEM;
    cr_assert(test_done(test_post(
        scene, &identity_add,
        "login=other&name=Other&password=" PASSWORD "&role=consultant&scope=310104", NULL)));
    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_assert_null(sign_in("name=liwei&password=" PASSWORD));
    become(in.token);
    cr_assert(test_done(test_show(scene, &identity_module, "/session/totp", "", &view, NULL)));
    cr_assert(test_done(picture_for("liwei", view.offer, &file)));
    cr_expect(str_begins(file.bytes, S("<svg ")));
    cr_expect(str_same(file.type, S("image/svg+xml")));
    cr_expect(str_find(file.bytes, view.secret) < 0);
    outcome = picture_for("other", view.offer, &file);
    cr_expect_eq(outcome.refusal, &act_unknown, "an offer is its owner's");
    outcome = picture_for("liwei", S("made-up"), &file);
    cr_expect_eq(outcome.refusal, &act_unknown);
    scene->now += 31 * SECONDS_PER_MINUTE;
    outcome = picture_for("liwei", view.offer, &file);
    cr_expect_eq(outcome.refusal, &act_unknown, "and good for half an hour");
}

Test(identity, a_program_sends_the_second_step_along)
{
    set_up_second();
    scene->channel = S("api");
    cr_expect_eq(sign_in("name=liwei&password=" PASSWORD), &identity_totp_needed);
    cr_expect_eq(test_journal(scene, "session.failed"), 0, "it was no wrong try");
    cr_expect_eq(sign_in(with_code("name=liwei&password=guess&totp=", scene->now)),
                 &identity_wrong);
    cr_expect_null(sign_in(with_code("name=liwei&password=" PASSWORD "&totp=", scene->now)));
    cr_expect_eq(who(in.token).person_id, liwei);
    cr_expect_eq(sign_in(with_code("name=liwei&password=" PASSWORD "&totp=", scene->now)),
                 &identity_wrong, "the same code again");
    scene->now += 30;
    cr_expect_null(sign_in(with_code("name=liwei&password=" PASSWORD "&totp=", scene->now)));
}

Test(identity, a_browser_asks_for_the_second_step_on_a_page_of_its_own)
{
    struct str note, device, go = S("");
    struct identity_second_view view;

    set_up_second();
    cr_assert_null(sign_in("name=liwei&password=" PASSWORD "&next=/desk?a=1"));
    cr_expect_eq(in.token.len, 0U, "nothing is open yet");
    cr_expect_eq(test_cookie(scene, "gongdao").len, 0U);
    device = test_cookie(scene, "device");
    cr_expect_eq(device.len, 0U);
    cr_expect(str_same(in.home, S("/session/second?next=%2Fdesk%3Fa%3D1")), "%.*s",
              STR_ARGS(in.home));
    note = test_cookie(scene, "second");
    cr_assert(test_done(test_show(scene, &identity_module, "/session/second", "", &view, &go)));
    cr_expect(str_same(go, S("/session")), "without a note there is nothing to go on with");
    cr_expect_eq(test_post(scene, &identity_second, with_code("code=", scene->now), &in).refusal,
                 &identity_start_again);
    test_bring(scene, "second", note);
    cr_expect_eq(
        test_post(scene, &identity_second, with_code("code=", scene->now - 7200), &in).refusal,
        &identity_totp_wrong);
    cr_expect_eq(test_journal(scene, "session.failed"), 1);
    cr_assert_null(
        test_post(scene, &identity_second, with_code("next=/desk&code=", scene->now), &in).refusal);
    cr_expect(str_same(in.home, S("/desk")));
    cr_expect_eq(who(in.token).person_id, liwei);
    cr_expect_eq(test_post(scene, &identity_second, with_code("code=", scene->now), &in).refusal,
                 &identity_totp_wrong, "a code counts once");
}

Test(identity, the_note_of_a_right_password_lasts_five_minutes_and_dies_with_it)
{
    struct str note;

    set_up_second();
    cr_assert_null(sign_in("name=liwei&password=" PASSWORD));
    note = test_cookie(scene, "second");
    test_bring(scene, "second", note);
    scene->now += 300;
    cr_expect_eq(test_post(scene, &identity_second, with_code("code=", scene->now), &in).refusal,
                 &identity_start_again);
    scene->now -= 60;
    perform(new_password);
    cr_expect_eq(test_post(scene, &identity_second, with_code("code=", scene->now), &in).refusal,
                 &identity_start_again);
}

Test(identity, codes_of_the_second_step_cannot_be_guessed_without_end)
{
    set_up_second();
    cr_assert_null(sign_in("name=liwei&password=" PASSWORD));
    test_bring(scene, "second", test_cookie(scene, "second"));
    for (int i = 0; i < 5; i++)
        cr_expect_eq(
            test_post(scene, &identity_second, with_code("code=", scene->now - 3600 * (i + 2)), &in)
                .refusal,
            &identity_totp_wrong);
    cr_expect_eq(test_post(scene, &identity_second, with_code("code=", scene->now), &in).refusal,
                 &identity_wait);
}

Test(identity, under_attack_a_right_second_step_gets_in_from_anywhere)
{
    set_up_second();
    attack("name=liwei&password=guess");
    cr_expect_eq(sign_in("name=liwei&password=" PASSWORD), &identity_guarded,
                 "nor is it told that the password was right");
    cr_expect_null(sign_in(with_code("name=liwei&password=" PASSWORD "&totp=", scene->now)));
}

Test(identity, under_attack_codes_of_the_second_step_are_no_freer_than_before)
{
    set_up_second();
    attack("name=liwei&password=guess");
    scene->address = S("192.0.2.77");
    for (int i = 0; i < 5; i++)
        cr_expect_eq(sign_in(with_code("name=liwei&password=" PASSWORD "&totp=",
                                       scene->now - 3600 * (i + 2))),
                     &identity_guarded);
    cr_expect_eq(sign_in(with_code("name=liwei&password=" PASSWORD "&totp=", scene->now)),
                 &identity_wait);
    scene->address = S("192.0.2.78");
    cr_expect_null(sign_in(with_code("name=liwei&password=" PASSWORD "&totp=", scene->now)),
                   "and the person gets in from another place");
}

Test(identity, removing_the_second_step_takes_the_password)
{
    set_up_second();
    scene->channel = S("api");
    cr_assert_null(sign_in(with_code("name=liwei&password=" PASSWORD "&totp=", scene->now)));
    become(in.token);
    cr_expect_eq(test_post(scene, &identity_totp_end, "password=guess", NULL).refusal,
                 &identity_password_wrong);
    cr_expect(test_done(test_post(scene, &identity_totp_end, "password=" PASSWORD, NULL)));
    cr_expect_null(sign_in("name=liwei&password=" PASSWORD));
}

/* Who finds a desk left open could keep its owner out with a second step of their own. */
Test(identity, a_desk_left_open_is_not_enough_for_a_second_step)
{
    struct identity_totp_view view;
    struct str typed;

    cr_assert_null(sign_in("name=liwei&password=" PASSWORD));
    become(in.token);
    cr_assert(test_done(test_show(scene, &identity_module, "/session/totp", "", &view, NULL)));
    secret = view.secret;
    typed = arena_print(scene->arena, "password=guess&offer=%.*s&code=%s", STR_ARGS(view.offer),
                        code_at(scene->now));
    cr_expect_eq(test_post(scene, &identity_totp_begin, arena_c(scene->arena, typed), NULL).refusal,
                 &identity_password_wrong);
    cr_assert(test_done(test_show(scene, &identity_module, "/session/totp", "", &view, NULL)));
    cr_expect(!view.is_set);
}

Test(identity, an_offer_of_a_second_step_is_one_persons)
{
    struct identity_totp_view view;
    struct str typed;

    cr_assert_null(sign_in("name=boss&password=" PASSWORD));
    become(in.token);
    cr_assert(test_done(test_show(scene, &identity_module, "/session/totp", "", &view, NULL)));
    secret = view.secret;
    typed = arena_print(scene->arena, "password=" PASSWORD "&offer=%.*s&code=%s",
                        STR_ARGS(view.offer), code_at(scene->now));
    cr_assert_null(sign_in("name=liwei&password=" PASSWORD));
    become(in.token);
    cr_expect_eq(test_post(scene, &identity_totp_begin, arena_c(scene->arena, typed), NULL).refusal,
                 &identity_start_again);
}
