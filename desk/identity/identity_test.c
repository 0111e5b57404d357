/* identity_test.c -- the rules of identity. */
#include <criterion/criterion.h>

#include "desk/identity/identity_acts.h"
#include "platform/page.h"

static struct arena *arena;

static void set_up(void)
{
    arena = arena_open(4 << 20);
}

static void tear_down(void)
{
    arena_close(&arena);
}

TestSuite(identity_rules, .init = set_up, .fini = tear_down);

static bool is_done(struct outcome outcome)
{
    return IS_DONE(outcome);
}

Test(identity_rules, a_role_is_a_word_and_a_bit)
{
    static const struct {
        const char *word;
        unsigned who;
        const char *home;
    } rows[] = {{"consultant", WHO_CONSULTANT, "/desk"},
                {"leader", WHO_LEADER, "/board"},
                {"supervisor", WHO_SUPERVISOR, "/board"},
                {"admin", WHO_ADMIN, "/admin/people"},
                {"clerk", WHO_CLERK, "/window"}};
    struct scene scene = {.actor = {.is = WHO_SUPERVISOR | WHO_ADMIN}};

    for (size_t i = 0; i < COUNT(rows); i++) {
        cr_expect_eq(identity_role_who(str_of(rows[i].word)), rows[i].who);
        cr_expect_str_eq(identity_role_word(rows[i].who), rows[i].word);
        cr_expect_str_eq(identity_home(rows[i].who), rows[i].home);
        cr_expect(str_same(identity_role_words(arena, rows[i].who),
                           str_of(identity_role_word(rows[i].who))));
    }
    cr_expect(str_same(identity_role_words(arena, WHO_RESIDENT), S("resident")));
    cr_expect(str_same(identity_role_words(arena, WHO_GUEST), S("guest")));
    /* Of two roles the wider scope, whichever has it; of one that was not asked for none. */
    scene.actor.scopes = (struct scopes){.supervisor = S("310104"), .admin = S("31")};
    cr_expect(str_same(scene_scope(&scene, WHO_SUPERVISOR | WHO_ADMIN), S("31")));
    cr_expect(str_same(scene_scope(&scene, WHO_SUPERVISOR | WHO_LEADER), S("310104")));
    scene.actor.scopes = (struct scopes){.supervisor = S("31"), .admin = S("310104")};
    cr_expect(str_same(scene_scope(&scene, WHO_SUPERVISOR | WHO_ADMIN), S("31")));
    scene.actor.scopes = (struct scopes){.supervisor = S("31"), .leader = S("310104")};
    cr_expect(str_same(scene_scope(&scene, WHO_SUPERVISOR | WHO_ADMIN), S("31")));
    cr_expect_eq(scene_scope(&scene, WHO_LEADER).len, 0);
    cr_expect_eq(identity_role_who(S("resident")), 0U, "no role makes a resident of the staff");
    cr_expect_eq(identity_role_who(S("system")), 0U);
    cr_expect_eq(identity_role_who(S("")), 0U);
    cr_expect_null(identity_role_word(WHO_SYSTEM));
    cr_expect(
        str_same(identity_role_words(arena, WHO_LEADER | WHO_CONSULTANT), S("consultant leader")));
    cr_expect(str_same(identity_role_words(arena, WHO_ANYONE), S("")));
    cr_expect_str_eq(identity_home(WHO_RESIDENT), "/my");
    cr_expect_str_eq(identity_home(WHO_ANYONE), "/");
}

Test(identity_rules, five_wrong_tries_are_free_then_one_waits_longer_each_time)
{
    static const int64_t minutes[] = {0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 30, 30, 30};

    for (size_t i = 0; i < COUNT(minutes); i++)
        cr_expect_eq(identity_wait_seconds((int64_t)i), minutes[i] * 60, "after %zu", i);
    cr_expect_eq(identity_wait_seconds(INT64_MAX), 1800);
}

Test(identity_rules, who_must_wait_is_told_how_many_minutes)
{
    struct identity_tries tries = {.until_at = 1000};
    struct outcome outcome = identity_may_try(arena, &tries, 879);

    cr_expect_eq(outcome.refusal, &identity_wait);
    cr_expect(str_same(outcome.detail, S("3")), "121 seconds are said as 3 minutes");
    cr_expect_eq(outcome.again_seconds, 121, "and to a program as they are");
    cr_expect_eq(identity_may_try(arena, &tries, 999).refusal, &identity_wait);
    cr_expect(is_done(identity_may_try(arena, &tries, 1000)));
    tries.is_known_device = tries.is_second_right = true;
    cr_expect_eq(identity_may_try(arena, &tries, 999).refusal, &identity_wait,
                 "even one's own browser does not guess without end");
}

Test(identity_rules, a_name_under_attack_takes_known_browsers_and_second_steps_only)
{
    struct identity_tries tries = {.of_login = 20, .of_address = 200};

    cr_expect(is_done(identity_may_try(arena, &tries, 1)));
    tries.of_login = 21;
    cr_expect_eq(identity_may_try(arena, &tries, 1).refusal, &identity_guarded);
    tries.is_known_device = true;
    cr_expect(is_done(identity_may_try(arena, &tries, 1)));
    tries.is_known_device = false;
    tries.is_second_right = true;
    cr_expect(is_done(identity_may_try(arena, &tries, 1)));
    tries = (struct identity_tries){.of_address = 201};
    cr_expect_eq(identity_may_try(arena, &tries, 1).refusal, &identity_guarded);
}

Test(identity_rules, one_customer_of_ipv6_is_one_place)
{
    static const char *const rows[][2] = {
        {"192.0.2.1", "192.0.2.1"},
        {"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"},
        {"2001:db8:1:2::9", "2001:db8:1:2::/64"},
        {"2001:db8::9", "2001:db8:0:0::/64"},
        {"2001:0db8:0000:0002::9", "2001:db8:0:2::/64"},
        {"::1", "0:0:0:0::/64"},
        {"::ffff:192.0.2.1", "::ffff:192.0.2.1"},
        {"", ""},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct str place = identity_place(arena, str_of(rows[i][0]));

        cr_expect(str_same(place, str_of(rows[i][1])), "%s became %.*s", rows[i][0],
                  STR_ARGS(place));
    }
}

Test(identity_rules, a_code_is_sent_once_a_minute_and_five_times_an_hour)
{
    struct identity_code code = {0};
    moment now = 10000;

    for (int i = 0; i < 5; i++) {
        cr_expect(is_done(identity_may_send(arena, &code, now)), "number %d", i);
        code = identity_sent(&code, now);
        cr_expect_eq(code.made_at, now);
        cr_expect_eq(code.expires_at, now + 600);
        cr_expect_eq(code.tries, 0);
        cr_expect_eq(code.sent_count, i + 1);
        if (i < 4) {
            cr_expect_eq(identity_may_send(arena, &code, now + 59).refusal, &identity_code_soon);
            cr_expect(str_same(identity_may_send(arena, &code, now + 59).detail, S("1")));
            cr_expect_eq(identity_may_send(arena, &code, now + 20).again_seconds, 40);
        }
        now += 60;
    }
    cr_expect_eq(identity_may_send(arena, &code, now).refusal, &identity_code_often);
    cr_expect_eq(identity_may_send(arena, &code, 10000 + 3599).refusal, &identity_code_often);
    cr_expect_eq(identity_may_send(arena, &code, 10000 + 3599).again_seconds, 1);
    cr_expect(is_done(identity_may_send(arena, &code, 10000 + 3600)));
    code = identity_sent(&code, 10000 + 3600);
    cr_expect_eq(code.sent_count, 1, "a new hour began");
    cr_expect_eq(code.hour_at, 10000 + 3600);
}

Test(identity_rules, a_number_gets_ten_codes_a_day)
{
    struct identity_code code = {0};
    moment begin = 10000, now = begin;

    for (int i = 0; i < 10; i++) {
        cr_expect(is_done(identity_may_send(arena, &code, now)), "number %d", i);
        code = identity_sent(&code, now);
        now += 3600;
    }
    cr_expect_eq(identity_may_send(arena, &code, now).refusal, &identity_code_daily);
    cr_expect_eq(identity_may_send(arena, &code, begin + 86399).refusal, &identity_code_daily);
    cr_expect_eq(identity_may_send(arena, &code, begin + 86300).again_seconds, 100);
    cr_expect(is_done(identity_may_send(arena, &code, begin + 86400)));
    code = identity_sent(&code, begin + 86400);
    cr_expect_eq(code.day_count, 1, "a new day began");
    cr_expect_eq(code.day_at, begin + 86400);
}

Test(identity_rules, a_code_is_good_for_ten_minutes_and_five_tries)
{
    struct identity_code code = {.expires_at = 600, .tries = 4};

    cr_expect(is_done(identity_may_enter(&code, 599)));
    cr_expect_eq(identity_may_enter(&code, 600).refusal, &identity_code_over);
    code.tries = 5;
    cr_expect_eq(identity_may_enter(&code, 1).refusal, &identity_code_over);
    cr_expect_eq(identity_may_enter(&(struct identity_code){0}, 1).refusal, &identity_code_over);
}

Test(identity_rules, digits_are_taken_as_people_type_them)
{
    cr_expect(str_same(identity_digits(arena, S("123 456")), S("123456")));
    cr_expect(str_same(identity_digits(arena, S("123-456")), S("123456")));
    cr_expect(str_same(identity_digits(arena, S("１２３４５６")), S("123456")));
    cr_expect(str_same(identity_digits(arena, S("０９")), S("09")));
    cr_expect(str_same(identity_digits(arena, S("12345a")), S("")));
    cr_expect(str_same(identity_digits(arena, S("一二三")), S("")));
    cr_expect(str_same(identity_digits(arena, S("12\xEF\xBC")), S("")), "cut off in the middle");
    cr_expect(str_same(identity_digits(arena, S("")), S("")));
}

Test(identity_rules, sign_in_names_are_small_letters)
{
    cr_expect(str_same(identity_login(arena, S(" Consultant001 ")), S("consultant001")));
    cr_expect(identity_login_is_good(S("li.wei-2_x")));
    cr_expect(!identity_login_is_good(S("l")));
    cr_expect(!identity_login_is_good(S("1li")));
    cr_expect(!identity_login_is_good(S("li wei")));
    cr_expect(!identity_login_is_good(S("李伟")));
    cr_expect(!identity_login_is_good(S("Li")));
    cr_expect(!identity_login_is_good(S("abcdefghijabcdefghijabcdefghijabcdefghijx")));
}

Test(identity_rules, a_password_is_long_and_not_what_everybody_knows)
{
    /* Well known; in a row; of the house; the usual ways of hiding them. */
    static const char *const common[] = {
        "1234567890",   "password12",  "P@ssw0rd123",  "qwertyuiop",    "basketball",
        "aaaaaaaaaaaa", "gongdao2026", "12348sifaju",  "woaini1314520", "FALVYUANZHU1!",
        "iloveyou123",  "20261123abc", "Shanghai2026", "1iwei-gongdao"};
    /* Of one kind of character, with blanks, and up to the longest that fits. */
    static const char *const good[] = {
        "brown lamp over seven rivers", "kxwmvoqzhtrw", "8302749156283047",
        "我家门前的老槐树今年又开花",
        "correct horse battery staple and one more that makes it long "
        "enough to be beyond sixty-four characters"};

    cr_expect(is_done(identity_may_have_password(S("liwei"), S("a quiet river"))));
    cr_expect(is_done(identity_may_have_password(S("liwei"), S("四个汉字"))), "12 bytes");
    cr_expect_eq(identity_may_have_password(S("liwei"), S("123456789")).refusal,
                 &identity_password_short);
    for (size_t i = 0; i < COUNT(common); i++)
        cr_expect_eq(identity_may_have_password(S("liwei"), str_of(common[i])).refusal,
                     &identity_password_guessed, "%s", common[i]);
    for (size_t i = 0; i < COUNT(good); i++)
        cr_expect(is_done(identity_may_have_password(S("liwei"), str_of(good[i]))), "%s", good[i]);
    cr_expect_eq(identity_may_have_password(S("liwei"), S("my LiWei 1980")).refusal,
                 &identity_password_name);
    cr_expect_eq(identity_may_have_password(S("liwei"), S("Demo-Gongdao")).refusal,
                 &identity_password_demo);
}

Test(identity_rules, after_signing_in_one_goes_on_within_this_site_only)
{
    static const char *const good[] = {"/", "/desk", "/desk/consultations/K74PX9MA?after=3#m4"};
    static const char *const bad[] = {"",      "//elsewhere.example", "/\\elsewhere.example",
                                      "desk",  "https://elsewhere",   "/a\r\nSet-Cookie: x=y",
                                      "/a b",  "/\t/elsewhere",       "/查询",
                                      "/a\x7f"};

    for (size_t i = 0; i < COUNT(good); i++)
        cr_expect(str_same(identity_next(str_of(good[i])), str_of(good[i])), "%s", good[i]);
    for (size_t i = 0; i < COUNT(bad); i++)
        cr_expect_eq(identity_next(str_of(bad[i])).len, 0U, "%s", bad[i]);
}

/* Who signs in has begun to work: readers wait behind them, see docs/decisions/0030-overload.md. */
Test(identity_rules, signing_in_comes_before_reading)
{
    size_t count = 0;

    for (const struct page *page = identity_module.pages; page->path; page++) {
        if (page->who != WHO_ANYONE) continue;
        cr_expect_eq(page->load, LOAD_WORK, "%d %s", page->method, page->path);
        count++;
    }
    cr_expect_eq(count, 7U, "the name, the second step and the code, each a page and its form");
}

Test(identity_rules, a_device_is_told_in_two_words)
{
    static const char *const rows[][2] = {
        {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36",
         "Chrome · Windows"},
        {"Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0", "Edge · Windows"},
        {"Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) MicroMessenger/8.0",
         "WeChat · iPhone"},
        {"Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Mobile Safari/537.36", "Chrome · Android"},
        {"something else", ""},
        {"", ""},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct str name = identity_device_name(arena, str_of(rows[i][0]));

        cr_expect(str_same(name, str_of(rows[i][1])), "%.*s", STR_ARGS(name));
    }
}
