/* identity_session_test.c -- codes to a phone, sessions, who is asking, and people's numbers. */
#include <criterion/criterion.h>
#include <string.h>

#include "desk/identity/identity_parts.h"
#include "desk/notice/notice_acts.h"
#include "platform/scene_test.h"

#define PASSWORD "a quiet river"
#define PHONE "13812345678"

static struct scene *scene;
static struct identity_signed_view in; /* what the last sign-in told */

static void add(const char *typed)
{
    cr_assert(test_done(test_post(scene, &identity_add, typed, NULL)));
}

static void set_up(void)
{
    scene =
        test_scene(WHO_SYSTEM, (const struct module *[]){&notice_module, &identity_module, NULL});
    add("login=liwei&name=李伟&password=" PASSWORD "&role=consultant&scope=310104");
    add("login=boss&name=Boss&password=" PASSWORD "&role=supervisor&scope=31");
    scene->actor = (struct actor){.is = WHO_ANYONE};
    identity_team_hook(NULL);
    identity_merge_hook(NULL);
    identity_unmask_hook(NULL);
    identity_changed(); /* another test's store knows other people */
}

static void tear_down(void)
{
    test_scene_close(&scene);
}

TestSuite(identity_sessions, .init = set_up, .fini = tear_down);

static struct actor who(struct str token)
{
    struct actor actor;

    cr_assert(test_done(identity_identify(scene, token, &actor)));
    return actor;
}

static const struct reason *sign_in(const char *typed)
{
    return test_post(scene, &identity_sign_in, typed, &in).refusal;
}

static struct actor signed_in(const char *login)
{
    struct str typed = arena_print(scene->arena, "name=%s&password=" PASSWORD, login);

    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_assert_null(sign_in(arena_c(scene->arena, typed)));
    return who(in.token);
}

static id person_of(const char *login)
{
    id person_id;
    bool found;

    cr_assert(test_done(identity_person_of_login(scene, str_of(login), &person_id, &found)));
    return person_id;
}

/* Anything `run` of an act may do, done as one by the system. */
static struct outcome (*doing)(struct scene *scene);
static struct outcome do_it(struct scene *own, const void *form, void *result)
{
    (void)form, (void)result;
    return doing(own);
}
static struct outcome perform(struct outcome (*what)(struct scene *scene))
{
    static const struct act act = {.name = "test.do", .who = WHO_ANYONE, .run = do_it};

    doing = what;
    return test_post(scene, &act, "", NULL);
}

/* ---- codes to a phone ---- */

static const struct reason *ask_code(const char *typed)
{
    return test_post(scene, &identity_send, typed, NULL).refusal;
}

/* The code as the phone shows it; all letters that wait are delivered. */
static const char *phone_shows(void)
{
    static char code[7];
    struct actor before = scene->actor;
    const id *letters;
    size_t count;

    code[0] = '\0';
    scene->actor.is |= WHO_SYSTEM;
    cr_assert(test_done(notice_outbox.list_due(scene, &letters, &count)));
    for (size_t i = 0; i < count; i++) {
        struct outbox_take_form form = {letters[i]};
        struct letter letter;

        cr_assert(test_done(act_run(notice_outbox.take, scene, &form, &letter)));
        cr_assert(test_done(
            act_run(notice_outbox.settle, scene,
                    &(struct outbox_settle_form){letters[i], LETTER_DELIVERED, S("")}, NULL)));
        for (size_t at = 0; at + 6 <= letter.text.len && !code[0]; at++) {
            if (strspn(arena_c(scene->arena, letter.text) + at, "0123456789") == 6)
                memcpy(code, letter.text.at + at, 6);
        }
    }
    scene->actor = before;
    return code;
}

static const struct reason *verify(const char *phone, const char *code)
{
    struct str typed = arena_print(scene->arena, "%s%s%scode=%s", phone ? "phone=" : "",
                                   phone ? phone : "", phone ? "&" : "", code);

    return test_post(scene, &identity_verify, arena_c(scene->arena, typed), &in).refusal;
}

static const char *wrong_for(const char *code)
{
    return strcmp(code, "111111") == 0 ? "222222" : "111111";
}

Test(identity_sessions, a_code_signs_a_resident_in)
{
    const char *code;
    struct actor actor;
    struct str digits, masked;
    id first;

    scene->channel = S("api");
    cr_assert_null(ask_code("phone=" PHONE));
    code = phone_shows();
    cr_assert_eq(strlen(code), 6U);
    cr_assert_null(verify(PHONE, code));
    cr_expect_eq(in.expires_at, TEST_NOW + 30 * 86400);
    cr_expect(str_same(in.person->roles, S("resident")));
    cr_expect(str_same(in.person->name, S("138****5678")));
    cr_expect(str_same(in.home, S("/my")));
    actor = who(in.token);
    cr_expect_eq(actor.is, WHO_ANYONE | WHO_RESIDENT);
    cr_expect(str_same(actor.phone_index, identity_phone_index(scene->arena, S(PHONE))));
    scene->actor = actor;
    cr_expect_eq(scene_scope(scene, ~0U).len, 0U);
    first = actor.person_id;
    cr_assert(test_done(identity_phone(scene, first, &digits)));
    cr_expect(str_same(digits, S(PHONE)));
    cr_assert(test_done(identity_phone_masked(scene, first, &masked)));
    cr_expect(str_same(masked, S("138****5678")));
    cr_expect_eq(verify(PHONE, code), &identity_code_over, "a code counts once");
    scene->now += 60;
    cr_assert_null(ask_code("phone=138 1234 5678"));
    cr_assert_null(verify(PHONE, phone_shows()));
    cr_expect_eq(who(in.token).person_id, first, "the same number is the same person");
}

Test(identity_sessions, a_known_and_an_unknown_number_are_answered_alike)
{
    struct identity_sent_view known = {0}, unknown = {0};

    cr_assert_null(ask_code("phone=" PHONE));
    cr_assert_null(verify(PHONE, phone_shows()));
    scene->now += 60;
    cr_expect(test_done(test_post(scene, &identity_send, "phone=" PHONE, &known)));
    cr_expect(test_done(test_post(scene, &identity_send, "phone=13900000000", &unknown)));
    cr_expect_eq(known.seconds, unknown.seconds);
    cr_expect(str_same(known.home, unknown.home));
    cr_expect_eq(ask_code("phone=" PHONE), &identity_code_soon);
    cr_expect_eq(ask_code("phone=13900000000"), &identity_code_soon);
}

Test(identity_sessions, codes_go_to_mobile_phones_only)
{
    cr_expect_eq(ask_code("phone=02112345678"), &identity_no_sms);
    cr_expect_eq(test_journal(scene, "session.code"), 0);
}

Test(identity_sessions, five_wrong_codes_burn_the_code)
{
    const char *code, *wrong;

    cr_assert_null(ask_code("phone=" PHONE));
    code = phone_shows();
    wrong = wrong_for(code);
    for (int i = 0; i < 4; i++) cr_expect_eq(verify(PHONE, wrong), &identity_code_wrong);
    cr_expect_eq(verify(PHONE, wrong), &identity_code_over, "the last try says so");
    cr_expect_eq(verify(PHONE, code), &identity_code_over);
    cr_expect_eq(test_journal(scene, "session.failed"), 5);
    cr_expect_eq(test_journal(scene, "session.verify"), 0);
}

Test(identity_sessions, a_new_code_replaces_the_old_and_one_dies_after_ten_minutes)
{
    char old[7];

    cr_assert_null(ask_code("phone=" PHONE));
    memcpy(old, phone_shows(), sizeof old);
    scene->now += 60;
    cr_assert_null(ask_code("phone=" PHONE));
    if (strcmp(old, phone_shows()) != 0) cr_expect_eq(verify(PHONE, old), &identity_code_wrong);
    scene->now += 60;
    cr_assert_null(ask_code("phone=" PHONE));
    memcpy(old, phone_shows(), sizeof old);
    scene->now += 600;
    cr_expect_eq(verify(PHONE, old), &identity_code_over);
}

Test(identity_sessions, the_eleventh_code_of_a_day_is_not_sent)
{
    for (int i = 0; i < 10; i++) {
        cr_assert_null(ask_code("phone=" PHONE), "number %d", i);
        cr_assert_null(verify(PHONE, phone_shows()), "used, it counts all the same");
        scene->now += 3600;
    }
    cr_expect_eq(ask_code("phone=" PHONE), &identity_code_daily);
    cr_expect_null(ask_code("phone=13900000000"), "of one number only");
    scene->now += 14 * 3600;
    cr_expect_null(ask_code("phone=" PHONE));
}

Test(identity_sessions, a_code_is_of_no_use_for_another_number)
{
    char other[7];

    cr_assert_null(ask_code("phone=13900000000"));
    memcpy(other, phone_shows(), sizeof other);
    cr_expect_eq(verify(PHONE, other), &identity_code_over, "none was sent there");
    cr_assert_null(ask_code("phone=" PHONE));
    if (strcmp(other, phone_shows()) != 0) cr_expect_eq(verify(PHONE, other), &identity_code_wrong);
}

Test(identity_sessions, a_browser_carries_the_number_sealed)
{
    struct identity_code_view view;
    struct str note;
    const char *code;

    cr_assert(test_done(test_show(scene, &identity_module, "/session/code", "", &view, NULL)));
    cr_expect_eq(view.phone_masked.len, 0U, "first the number is asked");
    cr_assert_null(ask_code("phone=" PHONE "&next=/my"));
    code = phone_shows();
    cr_expect_eq(verify(NULL, code), &identity_code_phone);
    cr_assert_null((scene->now += 60, ask_code("phone=" PHONE "&next=/my")));
    note = test_cookie(scene, "code");
    code = phone_shows();
    cr_expect_gt(note.len, 0U);
    cr_expect_eq(str_find(note, S("1381234")), -1);
    test_bring(scene, "code", note);
    cr_assert(test_done(test_show(scene, &identity_module, "/session/code", "", &view, NULL)));
    cr_expect(str_same(view.phone_masked, S("138****5678")));
    cr_assert(
        test_done(test_show(scene, &identity_module, "/session/code", "again=1", &view, NULL)));
    cr_expect_eq(view.phone_masked.len, 0U);
    cr_expect_null(verify(NULL, code));
    cr_expect(str_same(test_cookie(scene, "code"), S("")));
}

static id merged_guest, merged_person;
static struct outcome merge(struct scene *own, id guest_id, id person_id)
{
    (void)own;
    merged_guest = guest_id;
    merged_person = person_id;
    return DONE;
}

static struct str guest_token, case_token;
static struct outcome open_guest(struct scene *own)
{
    moment until;

    TRY(identity_session_open(own, "guest", 4711, 0, IDENTITY_GUEST_SECONDS, &guest_token, &until));
    return identity_session_open(own, "case", 4711, 99, IDENTITY_GUEST_SECONDS, &case_token,
                                 &until);
}

Test(identity_sessions, what_a_guest_asked_becomes_the_residents)
{
    identity_merge_hook(merge);
    cr_assert(test_done(perform(open_guest)));
    scene->actor = who(guest_token);
    cr_assert_null(ask_code("phone=" PHONE));
    cr_assert_null(verify(PHONE, phone_shows()));
    cr_expect_eq(merged_guest, 4711);
    cr_expect_eq(merged_person, who(in.token).person_id);
    cr_expect_eq(in.guest_id, 4711);
    identity_changed();
    cr_expect_eq(who(guest_token).session_id, 0, "the guest is somebody now");
}

/* ---- who is asking ---- */

Test(identity_sessions, each_kind_of_session_is_told_for_what_it_is)
{
    struct actor actor;

    cr_assert(test_done(perform(open_guest)));
    actor = who(guest_token);
    cr_expect_eq(actor.is, WHO_ANYONE | WHO_GUEST);
    cr_expect_eq(actor.person_id, 4711);
    cr_expect_eq(actor.case_id, 0);
    actor = who(case_token);
    cr_expect_eq(actor.is, WHO_ANYONE | WHO_GUEST);
    cr_expect_eq(actor.case_id, 99, "this one and no other");
    actor = signed_in("boss");
    cr_expect_eq(actor.is, WHO_ANYONE | WHO_SUPERVISOR);
    cr_expect(str_same(actor.scopes.supervisor, S("31")));
    actor = signed_in("liwei");
    cr_expect_eq(actor.is, WHO_ANYONE | WHO_CONSULTANT);
    scene->actor = actor;
    cr_expect(str_same(scene_scope(scene, ~0U), S("")), "a consultant watches nobody");
    cr_expect(str_same(actor.name, S("李伟")));
}

Test(identity_sessions, nobody_holds_a_made_up_or_late_token)
{
    struct str token;

    cr_expect_eq(who(S("")).is, WHO_ANYONE);
    cr_expect_eq(who(S("x")).is, WHO_ANYONE);
    cr_expect_eq(who(secret_token(scene->arena)).is, WHO_ANYONE);
    signed_in("boss");
    token = in.token;
    scene->now += 12 * 3600 - 1;
    cr_expect_neq(who(token).person_id, 0);
    scene->now += 1;
    cr_expect_eq(who(token).is, WHO_ANYONE, "also when it was looked up a second ago");
    cr_expect_eq(who(token).person_id, 0);
}

static id team_asked;
static struct outcome team_of(struct scene *own, id person_id, id *team_id)
{
    (void)own;
    team_asked = person_id;
    *team_id = 7;
    return DONE;
}

Test(identity_sessions, a_consultants_team_comes_from_who_knows_it)
{
    identity_team_hook(team_of);
    cr_expect_eq(signed_in("liwei").team_id, 7);
    cr_expect_eq(team_asked, person_of("liwei"));
    cr_expect_eq(signed_in("boss").team_id, 0);
}

static struct outcome suspend_boss(struct scene *own)
{
    return identity_set_standing(own, person_of("boss"), S("suspended"));
}
static struct outcome drop_liwei(struct scene *own)
{
    return identity_role_drop(own, person_of("liwei"), S("consultant"));
}

Test(identity_sessions, what_was_found_is_kept_until_something_changes)
{
    struct actor before = signed_in("liwei"), after;
    bool good;

    cr_assert(test_done(perform(drop_liwei)));
    cr_expect_eq(test_journal(scene, "person.role"), 1, "who is signed in is told");
    cr_expect_eq(who(in.token).is, before.is, "kept for some seconds");
    cr_assert(test_done(identity_still(scene, &before, &good)));
    cr_expect(!good, "but streams ask the store");
    identity_changed();
    after = who(in.token);
    cr_expect_eq(after.is, WHO_ANYONE);
    cr_expect_eq(after.person_id, before.person_id, "signed in, and nobody in particular");
}

Test(identity_sessions, what_was_found_is_asked_again_after_five_seconds)
{
    signed_in("liwei");
    cr_assert(test_done(perform(drop_liwei)));
    scene->now += 4;
    cr_expect_eq(who(in.token).is, WHO_ANYONE | WHO_CONSULTANT);
    scene->now += 1;
    cr_expect_eq(who(in.token).is, WHO_ANYONE);
}

Test(identity_sessions, a_suspended_person_is_out_at_once)
{
    struct actor boss = signed_in("boss"), nobody = {.is = WHO_ANYONE};
    bool good;

    cr_assert(test_done(identity_still(scene, &boss, &good)) && good);
    cr_assert(test_done(perform(suspend_boss)));
    cr_expect_eq(test_journal(scene, "person.standing"), 1);
    identity_changed();
    cr_expect_eq(who(in.token).is, WHO_ANYONE);
    cr_assert(test_done(identity_still(scene, &boss, &good)));
    cr_expect(!good);
    cr_assert(test_done(identity_still(scene, &nobody, &good)));
    cr_expect(good, "who is nobody stays nobody");
}

static struct outcome suspend_resident(struct scene *own)
{
    id person_id;

    TRY(identity_resident_of_phone(own, S(PHONE), &person_id));
    return identity_set_standing(own, person_id, S("suspended"));
}

Test(identity_sessions, a_suspended_resident_is_told_after_the_code_was_right)
{
    const char *code;

    cr_assert(test_done(perform(suspend_resident)));
    cr_assert_null(ask_code("phone=" PHONE));
    code = phone_shows();
    cr_expect_eq(verify(PHONE, wrong_for(code)), &identity_code_wrong);
    cr_expect_eq(verify(PHONE, code), &identity_suspended);
    cr_expect_eq(verify(PHONE, code), &identity_code_over, "and the code is used up");
    cr_expect_eq(test_cookie(scene, "gongdao").len, 0U);
}

/* ---- ending ---- */

Test(identity_sessions, signing_out_ends_the_session)
{
    struct actor actor = signed_in("liwei");
    struct str token = in.token;

    scene->actor = actor;
    cr_assert(test_done(test_post(scene, &identity_sign_out, "", NULL)));
    cr_expect_eq(scene->cookies_count, 1U);
    cr_expect_eq(scene->cookies[0].seconds, -1);
    cr_expect_eq(test_journal(scene, "session.end"), 1);
    identity_changed();
    cr_expect_eq(who(token).session_id, 0);
}

Test(identity_sessions, one_sees_and_ends_only_ones_own)
{
    struct actor first = signed_in("liwei"), second, boss;
    struct str first_token = in.token, second_token;
    struct identity_sessions_view view;
    struct str typed;

    second = signed_in("liwei");
    second_token = in.token;
    boss = signed_in("boss");
    scene->actor = second;
    cr_assert(test_done(test_show(scene, &identity_module, "/sessions", "", &view, NULL)));
    cr_assert_eq(view.sessions_count, 2U);
    cr_expect_eq(view.sessions[0].id, second.session_id, "the newest first");
    cr_expect(view.sessions[0].is_this && !view.sessions[1].is_this);
    cr_expect(str_same(view.sessions[0].device, S("Chrome · Linux")));
    typed = arena_print(scene->arena, "session=%lld", (long long)boss.session_id);
    cr_expect_eq(
        test_post(scene, &identity_end_one, arena_c(scene->arena, typed), NULL).refusal->status,
        404);
    typed = arena_print(scene->arena, "session=%lld", (long long)first.session_id);
    cr_expect(test_done(test_post(scene, &identity_end_one, arena_c(scene->arena, typed), NULL)));
    identity_changed();
    cr_expect_eq(who(first_token).session_id, 0);
    cr_expect_neq(who(second_token).session_id, 0);
    cr_expect_neq(who(in.token).session_id, 0);
}

Test(identity_sessions, a_new_password_ends_all_others)
{
    struct str first_token, second_token;

    signed_in("liwei");
    first_token = in.token;
    scene->actor = signed_in("liwei");
    second_token = in.token;
    cr_expect_eq(
        test_post(scene, &identity_change_password, "password=guess&new_password=a new river", NULL)
            .refusal,
        &identity_password_wrong);
    cr_expect_eq(test_post(scene, &identity_change_password,
                           "password=" PASSWORD "&new_password=" PASSWORD, NULL)
                     .refusal,
                 &identity_password_same);
    cr_expect_eq(test_post(scene, &identity_change_password,
                           "password=" PASSWORD "&new_password=short", NULL)
                     .refusal,
                 &identity_password_short);
    cr_expect(test_done(test_post(scene, &identity_change_password,
                                  "password=" PASSWORD "&new_password=a new river", NULL)));
    identity_changed();
    cr_expect_eq(who(first_token).session_id, 0);
    cr_expect_neq(who(second_token).session_id, 0);
    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_expect_eq(sign_in("name=liwei&password=" PASSWORD), &identity_wrong);
    cr_expect_null(sign_in("name=liwei&password=a new river"));
}

Test(identity_sessions, signing_in_again_ends_the_browsers_session_before)
{
    struct str before;

    scene->actor = signed_in("liwei");
    before = in.token;
    cr_assert_null(sign_in("name=boss&password=" PASSWORD));
    identity_changed();
    cr_expect_eq(who(before).session_id, 0);
    cr_expect_neq(who(in.token).session_id, 0);
}

/* ---- people and numbers ---- */

static struct outcome add_demo(struct scene *own)
{
    id person_id;

    return identity_person_add(
        own, &(struct identity_new_person){.login = S("consultant001"), .is_demo = true},
        &person_id);
}

Test(identity_sessions, demo_accounts_are_known_as_such)
{
    cr_expect(!identity_has_demo(scene));
    cr_assert(test_done(perform(add_demo)));
    cr_expect(identity_has_demo(scene));
    cr_expect_eq(sign_in("name=consultant001&password=" IDENTITY_DEMO_PASSWORD), &identity_wrong,
                 "no password was given, so none is right");
}

Test(identity_sessions, a_sign_in_name_is_one_persons)
{
    scene->actor.is |= WHO_SYSTEM;
    cr_expect_eq(
        test_post(scene, &identity_add, "login=LiWei&name=x&password=a quiet lake&role=admin", NULL)
            .refusal,
        &identity_login_taken);
    cr_expect_eq(
        test_post(scene, &identity_add, "login=99&name=x&password=a quiet lake&role=admin", NULL)
            .refusal->status,
        422);
    cr_expect_eq(
        test_post(scene, &identity_add, "login=other&name=x&password=a quiet lake&role=king", NULL)
            .refusal,
        &identity_role_unknown);
    cr_expect_eq(person_of("other"), 0, "nothing is left of it");
}

static struct outcome may_see(struct scene *own, id person_id, struct str reference, id *case_id)
{
    (void)own, (void)person_id;
    *case_id = 99;
    return str_same(reference, S("K74PX9MA")) ? DONE : REFUSE(act_unknown);
}

Test(identity_sessions, a_number_is_shown_once_for_a_case_and_on_record)
{
    struct identity_unmasked_view shown;
    struct identity_number_view page;
    const char *typed, *wrong;
    id person_id;

    cr_assert_null(ask_code("phone=" PHONE));
    cr_assert_null(verify(PHONE, phone_shows()));
    person_id = who(in.token).person_id;
    typed = arena_c(scene->arena, arena_print(scene->arena, "person=%lld&reference=K74PX9MA",
                                              (long long)person_id));
    wrong = arena_c(scene->arena, arena_print(scene->arena, "person=%lld&reference=K74PX9MB",
                                              (long long)person_id));
    scene->actor = signed_in("liwei");
    cr_expect_eq(test_post(scene, &identity_unmask, typed, &shown).refusal, &act_not_yours,
                 "nobody has said who may");
    identity_unmask_hook(may_see);
    cr_expect_eq(test_post(scene, &identity_unmask, wrong, &shown).refusal, &act_unknown);
    cr_expect_eq(test_journal(scene, "person.unmask"), 0);
    cr_assert(test_done(
        test_show(scene, &identity_module, "/people/{person}/phone", typed, &page, NULL)));
    cr_expect(str_same(page.phone_masked, S("138****5678")));
    cr_expect_eq(page.phone.len, 0U);
    cr_assert(test_done(test_post(scene, &identity_unmask, typed, &shown)));
    cr_expect(str_same(shown.phone, S(PHONE)));
    cr_expect_eq(scene->case_id, 99);
    cr_expect_eq(test_journal(scene, "person.unmask"), 1);
    test_bring(scene, "number", test_cookie(scene, "number"));
    cr_assert(test_done(
        test_show(scene, &identity_module, "/people/{person}/phone", typed, &page, NULL)));
    cr_expect(str_same(page.phone, S(PHONE)));
    cr_expect_eq(scene->cookies[0].seconds, -1, "and not again");
}
