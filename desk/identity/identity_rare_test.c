/* identity_rare_test.c -- what seldom happens to sessions: notes that are none, tables that are
 * full, guests who have a token of one case, programs that ask for many. */
#include <criterion/criterion.h>
#include <liboath/oath.h>
#include <stdlib.h>
#include <string.h>

#include "desk/identity/identity_parts.h"
#include "desk/notice/notice_acts.h"
#include "platform/journal.h"
#include "platform/scene_test.h"

#define PASSWORD "a quiet river"

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
    identity_organisation_hook(NULL);
    identity_merge_hook(NULL);
    identity_changed();
}

static void tear_down(void)
{
    identity_team_hook(NULL);
    identity_organisation_hook(NULL);
    test_scene_close(&scene);
}

TestSuite(identity_rare, .init = set_up, .fini = tear_down);

static struct actor who(struct str token)
{
    struct actor actor;

    identity_changed();
    cr_assert(test_done(identity_identify(scene, token, &actor)));
    return actor;
}

static struct actor signed_in(const char *login)
{
    struct str typed = arena_print(scene->arena, "name=%s&password=" PASSWORD, login);

    cr_assert(test_done(test_post(scene, &identity_sign_in, arena_c(scene->arena, typed), &in)));
    return who(in.token);
}

/* Anything `run` of an act may do, done as one. */
static struct outcome (*doing)(struct scene *scene);
static struct outcome do_it(struct scene *own, const void *form, void *result)
{
    (void)form, (void)result;
    return doing(own);
}
static const struct act act_do = {.name = "test.do", .who = WHO_ANYONE, .run = do_it};
static struct outcome perform(struct outcome (*what)(struct scene *scene))
{
    doing = what;
    scene->cookies_count = 0;
    return act_run(&act_do, scene, NULL, NULL);
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

static struct str text(const char *sql)
{
    struct statement *statement;
    struct str found;
    bool row;

    cr_assert(test_done(statement_open(scene->store, sql, &statement)));
    cr_assert(test_done(statement_step(statement, &row)) && row, "%s", sql);
    found = statement_get_text(scene->arena, statement, 0);
    statement_close(&statement);
    return found;
}

static const struct reason *refused(const struct act *act, const char *typed)
{
    return test_post(scene, act, typed, NULL).refusal;
}

/* ---- notes ---- */

Test(identity_rare, a_note_that_is_none_or_late_says_nothing)
{
    static const char *const plain[] = {"x 9999999999 text", "5", "5 x text", "5 1 text"};
    struct str note, words;
    id about;

    for (size_t i = 0; i < COUNT(plain); i++) {
        note = secret_seal(scene->arena, "test.note", str_of(plain[i]));
        cr_expect(!identity_note_open(scene, "test.note", note, &about, &words), "%s", plain[i]);
    }
    note = identity_note_seal(scene, "test.note", 5, 60, S("two words"));
    cr_expect(identity_note_open(scene, "test.note", note, &about, &words));
    cr_expect(about == 5 && str_same(words, S("two words")));
    cr_expect(!identity_note_open(scene, "test.other", note, &about, &words));
    scene->now += 60;
    cr_expect(!identity_note_open(scene, "test.note", note, &about, &words));
    cr_expect(!identity_note_open(scene, "test.note", S(""), &about, &words));
}

/* ---- whose a case is ---- */

static id asker;
static struct outcome ask(struct scene *own)
{
    asker = identity_asker(own);
    return DONE;
}

static struct str case_token;
static struct outcome open_case(struct scene *own)
{
    return identity_asker_open(own, 77, 9, 100, &case_token);
}

static struct outcome end_case(struct scene *own)
{
    return identity_end_case_sessions(own, 9);
}

Test(identity_rare, a_case_is_of_who_asks_and_its_token_opens_nothing_else)
{
    static const struct {
        struct actor actor;
        bool is_own;
    } rows[] = {
        {{.is = WHO_ANYONE, .person_id = 5}, false},
        {{.is = WHO_ANYONE | WHO_GUEST, .person_id = 5}, true},
        {{.is = WHO_ANYONE | WHO_RESIDENT, .person_id = 5}, true},
        {{.is = WHO_ANYONE | WHO_GUEST, .person_id = 5, .case_id = 4}, false},
        {{.is = WHO_ANYONE | WHO_GUEST, .person_id = 5, .is_key = true}, false},
        {{.is = WHO_ANYONE | WHO_CONSULTANT, .person_id = 5}, false},
    };
    struct actor opened;

    for (size_t i = 0; i < COUNT(rows); i++) {
        scene->actor = rows[i].actor;
        cr_assert(test_done(perform(ask)));
        cr_expect_eq(asker == 5, rows[i].is_own, "%zu: %lld", i, (long long)asker);
        cr_assert(test_done(perform(open_case)));
        /* A browser that holds none of its own gets one, so that it finds its cases again. */
        cr_expect_eq(scene->cookies_count, i == 1 || i == 2 || i == 4 ? 0U : 1U, "%zu", i);
    }
    scene->channel = S("api");
    cr_assert(test_done(perform(open_case)));
    cr_expect_eq(scene->cookies_count, 0U, "programs keep none");
    opened = who(case_token);
    cr_expect_eq(opened.is, WHO_ANYONE | WHO_GUEST);
    cr_expect(opened.case_id == 9 && opened.person_id == 77);
    cr_assert(test_done(perform(end_case)));
    cr_expect_eq(who(case_token).is, WHO_ANYONE);
    cr_expect_eq(test_journal(scene, "session.case-end"), 1);
    cr_assert(test_done(perform(end_case)));
    cr_expect_eq(test_journal(scene, "session.case-end"), 1, "nothing ended, so nothing is told");

    /* Who signs in with it keeps it: it is of the case, not of the browser. */
    cr_assert(test_done(perform(open_case)));
    opened = who(case_token);
    scene->channel = S("web");
    scene->actor = opened;
    signed_in("liwei");
    cr_expect_eq(who(case_token).case_id, 9);
    scene->actor =
        (struct actor){.is = WHO_ANYONE, .session_id = opened.session_id, .is_key = true};
    signed_in("liwei");
    cr_expect_eq(who(case_token).case_id, 9, "nor does a key end when its person signs in");
}

/* ---- browsers ---- */

Test(identity_rare, a_session_says_little_of_the_browser_and_ends_with_its_cookie)
{
    char agent[300];
    struct actor first, second;
    struct str typed;

    memset(agent, 'a', sizeof agent);
    agent[0] = '\n', agent[1] = '\x7f', agent[2] = '\xe5';
    scene->agent = (struct str){agent, sizeof agent};
    scene->now += 21 * SECONDS_PER_HOUR; /* after the hour at which it is cleared away */
    first = signed_in("liwei");
    cr_expect_eq(number("select due_at from deadline where act = 'session.tidy'"),
                 (scene->now / SECONDS_PER_DAY + 1) * SECONDS_PER_DAY + 20 * SECONDS_PER_HOUR);
    cr_expect_eq(number("select length(agent) from session"), IDENTITY_AGENT_BYTES_MAX);
    cr_expect(str_begins(text("select agent from session"), S("???aaa")));
    scene->channel = S("api");
    second = signed_in("liwei");
    scene->channel = S("web");
    scene->actor = first;
    typed = arena_print(scene->arena, "session=%lld", (long long)first.session_id);
    cr_expect_null(refused(&identity_end_one, typed.at));
    cr_assert_eq(scene->cookies_count, 1U);
    cr_expect_eq(scene->cookies[0].seconds, -1);
    scene->channel = S("api");
    scene->actor = second;
    typed = arena_print(scene->arena, "session=%lld", (long long)second.session_id);
    cr_expect_null(refused(&identity_end_one, typed.at));
    cr_expect_eq(scene->cookies_count, 0U);
    cr_expect_str_eq(refused(&identity_end_one, typed.at)->key, "session.unknown", "once");
}

static struct outcome is_of_team(struct scene *own, id person_id, id *team_id)
{
    (void)own, (void)person_id;
    *team_id = 7;
    return DONE;
}
static struct outcome is_called(struct scene *own, id team_id, struct str *name)
{
    (void)own;
    *name = team_id == 7 ? S("Team seven") : S("");
    return DONE;
}
static struct outcome add_place(struct scene *own)
{
    static const struct identity_division rows[] = {
        {{"31", 2}, {"", 0}, {"city", 4}, {"上海市", 9}, {"Shanghai", 8}},
        {{"310104", 6}, {"31", 2}, {"district", 8}, {"徐汇区", 9}, {"", 0}}};

    return identity_divisions_load(own, rows, COUNT(rows));
}

Test(identity_rare, whoever_watches_a_place_is_of_that_place_and_others_of_their_team)
{
    const struct identity_person_view *person;
    struct actor actor = {.is = WHO_ANYONE | WHO_CONSULTANT, .team_id = 7};
    struct str name;
    bool good;

    identity_organisation_hook(is_called);
    identity_team_hook(is_of_team);
    cr_assert(test_done(perform(add_place)));
    cr_assert(test_done(identity_show_person(scene, &actor, &person)));
    cr_expect(str_same(person->organisation, S("Team seven")));
    actor.is |= WHO_SUPERVISOR;
    actor.scopes.supervisor = S("31");
    cr_assert(test_done(identity_show_person(scene, &actor, &person)));
    cr_expect(str_same(person->organisation, S("上海市")));
    scene->language = LANGUAGE_EN;
    cr_assert(test_done(identity_division_name(scene, S("31"), &name)));
    cr_expect(str_same(name, S("Shanghai")));
    cr_assert(test_done(identity_division_name(scene, S("310104"), &name)));
    cr_expect(str_same(name, S("徐汇区")), "which has no name in English");
    cr_assert(test_done(identity_division_name(scene, S("99"), &name)));
    cr_expect_eq(name.len, 0U);
    /* A reader whose team is another one now is looked at anew. */
    actor = signed_in("liwei");
    cr_assert(test_done(identity_still(scene, &actor, &good)));
    cr_expect(good);
    actor.team_id = 8;
    cr_assert(test_done(identity_still(scene, &actor, &good)));
    cr_expect(!good);
}

/* ---- many ---- */

static id people[2];
static const char *other_act;
static struct outcome tell_many(struct scene *own)
{
    for (int i = 0; i < SCENE_LINES_MAX; i++) {
        if (other_act)
            scene_tell(own, other_act, 0, 1);
        else
            TRY(identity_tell(own, "person.name", people[0]));
    }
    return identity_tell(own, "person.name", people[1]);
}

static struct outcome tell_nobody(struct scene *own)
{
    return identity_tell(own, "person.name", 999);
}

Test(identity_rare, more_changes_than_an_act_can_tell_are_told_as_one_and_never_lost)
{
    people[0] = signed_in("liwei").person_id;
    people[1] = signed_in("boss").person_id;
    cr_assert(test_done(perform(tell_nobody)));
    cr_expect_eq(scene->lines_count, 0U, "nobody is signed in as this person");
    cr_assert(test_done(perform(tell_many)));
    cr_expect_eq(test_journal(scene, "person.name"), SCENE_LINES_MAX - 1);
    cr_expect_eq(test_journal(scene, IDENTITY_MANY), 1);
    cr_expect_eq(number("select for_id from journal where act = '" IDENTITY_MANY "'"), 0);
    other_act = "toy.told";
    cr_assert_not_null(perform(tell_many).fault, "what was told before is not written over");
    other_act = NULL;
}

static struct outcome open_many(struct scene *own)
{
    moment until;
    struct str token;

    for (int i = 0; i < 1001; i++)
        TRY(identity_session_open(own, "guest", 5000 + i, 0, 1, &token, &until));
    return DONE;
}

Test(identity_rare, what_nobody_can_use_is_cleared_away_in_portions)
{
    cr_assert(test_done(perform(open_many)));
    scene->now += 31 * SECONDS_PER_DAY;
    scene->actor.is = WHO_SYSTEM;
    cr_assert(test_done(act_run(&identity_tidy, scene, NULL, NULL)));
    cr_expect_eq(number("select count(*) from session"), 1);
    cr_expect_eq(number("select due_at from deadline where act = 'session.tidy'"), scene->now + 60);
    cr_assert(test_done(act_run(&identity_tidy, scene, NULL, NULL)));
    cr_expect_eq(number("select count(*) from session"), 0);
    cr_expect_gt(number("select due_at from deadline where act = 'session.tidy'"), scene->now + 60);
}

/* More at once than are kept: those that are left out are noted at their next use. */
Test(identity_rare, more_uses_than_are_kept_are_not_mixed_up)
{
    struct actor actor = signed_in("liwei");
    moment until = scene->now + IDENTITY_STAFF_SECONDS;

    scene->now += SECONDS_PER_HOUR;
    identity_session_used(actor.session_id, scene->now - SECONDS_PER_HOUR, until, scene->now);
    for (id other = 1; other <= 1100; other++)
        identity_session_used(-other, scene->now - SECONDS_PER_HOUR, until, scene->now);
    scene->actor.is = WHO_SYSTEM;
    cr_assert(test_done(act_run(&identity_slide, scene, NULL, NULL)));
    cr_expect_eq(number("select expires_at from session"), scene->now + IDENTITY_STAFF_SECONDS);
    cr_expect_eq(number("select count(*) from session"), 1);
    for (id other = 1; other <= 300; other++) {
        identity_key_used(-other, scene->now);
        identity_key_used(-other, scene->now);
    }
    cr_assert(test_done(act_run(&identity_seen, scene, NULL, NULL)));
    cr_expect_eq(number("select count(*) from deadline where act = 'session.seen'"), 0,
                 "there is no key to look after");
    cr_expect_eq(number("select seen_at from session"), 0, "which is no key");
}

/* ---- keys ---- */

Test(identity_rare, a_key_says_in_words_what_it_may)
{
    struct identity_made_view made;
    struct identity_sessions_view view;
    struct str other;

    scene->actor = signed_in("liwei");
    cr_assert(test_done(test_post(scene, &identity_key_make,
                                  "name=hotline&scopes=consultant ask&days=3", &made)));
    cr_expect(str_same(made.scopes, S("ask consultant")), "%.*s", STR_ARGS(made.scopes));
    cr_expect_str_eq(refused(&identity_key_make, "name=a&scopes=consultant judge&days=3")->key,
                     "session.key-scope");
    cr_expect(!identity_is_key(arena_print(scene->arena, "xdk_%.*s", IDENTITY_KEY_LEN - 4,
                                           made.token.at + 4)));
    cr_expect(!identity_is_key(S(IDENTITY_KEY_MARK)));
    cr_expect(identity_is_key(made.token));
    /* What another person was told in this browser is not shown. */
    other = identity_note_seal(scene, "session.key", scene->actor.person_id + 1, 60, made.token);
    test_bring(scene, "key", other);
    cr_assert(test_done(test_show(scene, &identity_module, "/sessions", "", &view, NULL)));
    cr_assert_eq(view.keys_count, 1U);
    cr_expect_eq(view.new_key.len, 0U);
    cr_expect(str_find(view.keys[0].may, S("；")) > 0, "%.*s", STR_ARGS(view.keys[0].may));
}

/* ---- the second step ---- */

static const char *code_at(struct str secret, moment at)
{
    static char code[7];
    char *raw;
    size_t len;

    cr_assert_eq(oath_base32_decode(secret.at, secret.len, &raw, &len), OATH_OK);
    cr_assert_eq(oath_totp_generate(raw, len, at, 30, 0, 6, code), OATH_OK);
    free(raw);
    return code;
}

Test(identity_rare, a_second_step_is_set_once_with_an_offer_and_digits)
{
    struct identity_totp_view view;
    struct str typed;

    scene->actor = signed_in("liwei");
    cr_assert(test_done(test_show(scene, &identity_module, "/session/totp", "", &view, NULL)));
    cr_expect_eq(refused(&identity_totp_begin, "password=" PASSWORD "&offer=nonsense&code=123456"),
                 &identity_start_again);
    typed = arena_print(scene->arena, "password=" PASSWORD "&offer=%.*s&code=abcdef",
                        STR_ARGS(view.offer));
    cr_expect_eq(refused(&identity_totp_begin, typed.at), &identity_totp_wrong);
    typed = arena_print(scene->arena, "password=" PASSWORD "&offer=%.*s&code=%s",
                        STR_ARGS(view.offer), code_at(view.secret, scene->now));
    cr_expect_null(refused(&identity_totp_begin, typed.at));
    cr_expect_eq(refused(&identity_totp_begin, typed.at), &identity_totp_set);
    scene->actor = (struct actor){.is = WHO_ANYONE};
    test_bring(scene, "second",
               identity_note_seal(scene, "session.second", 999, 60, S("mark")));
    cr_expect_eq(refused(&identity_second, "code=123456"), &identity_start_again);
    /* Nobody is known by such a number, whoever says so. */
    scene->actor = (struct actor){.is = WHO_ANYONE | WHO_CONSULTANT, .person_id = 999};
    cr_expect_eq(refused(&identity_totp_begin, typed.at), &act_not_yours);
}

static void run(const char *sql)
{
    cr_assert(test_done(store_script(scene->store, sql)), "%s", sql);
}

/* What was right a moment ago is asked again where it counts. */
Test(identity_rare, what_changes_between_two_steps_of_signing_in_is_noticed)
{
    struct identity_again_form again = {.password = S(PASSWORD), .checked = S("an older one")};
    struct act late = identity_totp_end;
    struct str mark, note;
    id liwei, boss;

    liwei = signed_in("liwei").person_id;
    scene->actor = (struct actor){.is = WHO_ANYONE};
    boss = signed_in("boss").person_id;
    run("update person set totp_sealed = 'x1.AAAA' where login = 'liwei'");
    cr_expect_eq(refused(&identity_sign_in, "name=liwei&password=" PASSWORD "&totp=123456"),
                 &identity_wrong, "a second step that cannot be opened lets nobody in");
    for (int i = 0; i < 2; i++) {
        mark = secret_index(scene->arena, "session.second",
                            text(i ? "select password_hash from person where login = 'liwei'"
                                   : "select password_hash from person where login = 'boss'"));
        note = identity_note_seal(scene, "session.second", i ? liwei : boss, 60, mark);
        if (i) run("update person set standing = 'suspended' where login = 'liwei'");
        test_bring(scene, "", S(""));
        test_bring(scene, "second", note);
        cr_expect_eq(refused(&identity_second, "code=123456"), &identity_start_again,
                     "without a second step there is none, and who was suspended begins again");
    }
    run("update person set standing = 'active', totp_sealed = '' where login = 'liwei'");
    scene->actor = (struct actor){.is = WHO_ANYONE | WHO_CONSULTANT, .person_id = liwei};
    late.prepare = NULL; /* as if it had been right before the password was changed */
    cr_expect_eq(act_run(&late, scene, &again, NULL).refusal, &identity_password_wrong);
    /* An hour later a failure is none. */
    scene->actor = (struct actor){.is = WHO_ANYONE};
    scene->now += SECONDS_PER_HOUR + 1;
    test_bring(scene, "", S(""));
    test_bring(scene, "device", secret_token(scene->arena));
    cr_expect_eq(refused(&identity_sign_in, "name=nobody&password=guess"), &identity_wrong);
    cr_expect_eq(refused(&identity_sign_in, "name=liwei&password=guess"), &identity_wrong);
    cr_expect_eq(number("select max(failures) from sign_in_failure"), 1);
    cr_expect_null(refused(&identity_sign_in, "name=liwei&password=" PASSWORD));
}

/* What has no room in what is remembered is asked of the store each time. */
Test(identity_rare, a_scope_too_long_to_be_remembered_is_told_all_the_same)
{
    struct actor actor;

    run("update role set scope = '31010400000000000000' where role = 'consultant'");
    actor = signed_in("liwei");
    cr_assert(test_done(identity_identify(scene, in.token, &actor)));
    cr_expect(actor.is & WHO_CONSULTANT);
    scene->actor = (struct actor){.is = WHO_ANYONE};
    run("update role set role = 'leader' where role = 'consultant'");
    actor = signed_in("liwei");
    for (int i = 0; i < 2; i++) {
        cr_assert(test_done(identity_identify(scene, in.token, &actor)));
        cr_expect(str_same(actor.scopes.leader, S("31010400000000000000")));
    }
}
