/* stamps_test.c -- stamps of the journal's heads: when they are asked for, what is kept, what
 * `gongdao check` makes of them, and what stops without them. */
#include "main/stamps.h"

#include <criterion/criterion.h>
#include <time.h>

#include "channel/stamp/authority_test.h"
#include "channel/stamp/stamp_token.h"
#include "desk/retention/retention_acts.h"
#include "desk/seal/seal_acts.h"
#include "main/rooms.h"
#include "platform/folder_test.h"
#include "platform/log.h"
#include "platform/scene_test.h"

enum { HOUR = SECONDS_PER_HOUR };

static struct scene *scene;
static char folder[FOLDER_LEN];
static struct settings settings;

static void set_up(void)
{
    log_quiet(true);
    retention_learn(rooms_held);
    scene = test_scene(WHO_SYSTEM, rooms);
    scene->now = time(NULL); /* the authority has no other clock */
    folder_make(folder);
    authority_begin(scene->arena, folder);
    authority_make("good");
    settings = (struct settings){.stamp_url = S("https://tsa.example.com/"),
                                 .stamp_ca = authority_path("good-ca.pem"),
                                 .stamp_minutes = 60};
    seal_stamps_expect(HOUR);
}
static void tear_down(void)
{
    seal_stamps_expect(0);
    folder_drop(folder);
    test_scene_close(&scene);
}
TestSuite(stamps, .init = set_up, .fini = tear_down, .timeout = 120);

static struct outcome nothing(struct scene *own, const void *form, void *result)
{
    (void)form, (void)result;
    own->detail = S("something");
    return DONE;
}

static void seal(void)
{
    static const struct act something = {
        .name = "test.something", .who = WHO_SYSTEM, .run = nothing};

    cr_assert(test_done(test_act(scene, &something, NULL, NULL)));
    cr_assert(test_done(test_act(scene, &seal_make, NULL, NULL)));
}

static bool is_due(struct witness_due *due)
{
    bool found;

    cr_assert(test_done(seal_witness.find_due(scene, due, &found)));
    return found;
}

/* As the channel does, without the way there. */
static void stamp(const struct witness_due *due)
{
    struct witness_form form = {.number = due->number, .digest = due->digest};
    struct stamp_request *request;
    struct stamp_trust *trust;
    struct stamp stamped;
    struct str problem;

    cr_assert(test_done(stamp_trust_open(settings.stamp_ca, S(""), &trust)));
    cr_assert(test_done(stamp_request_open(trust, due->digest, &request)));
    cr_assert(stamp_reply_take(trust, scene->arena, request,
                               authority_reply("good", stamp_request_bytes(request)), time(NULL),
                               &stamped, &problem),
              "%.*s", STR_ARGS(problem));
    form.token = stamped.token;
    form.stamped_at = stamped.at;
    cr_assert(test_done(test_act(scene, seal_witness.keep, &form, NULL)));
    cr_expect_eq(test_journal(scene, "seal.stamp"), 0, "a line would ask for the next stamp");
    cr_expect(act_run(seal_witness.keep, scene, &form, NULL).refusal, "two nodes asked at once");
    form.digest = S("00");
    cr_expect_not_null(act_run(seal_witness.keep, scene, &form, NULL).fault, "another head");
    form.digest = due->digest, form.number++;
    cr_expect_not_null(act_run(seal_witness.keep, scene, &form, NULL).fault, "no such seal");
    stamp_request_close(&request);
    stamp_trust_close(&trust);
}

static struct outcome check(void)
{
    return stamps_check(scene, &settings);
}
static void spoil(const char *sql)
{
    cr_assert(test_done(store_script(scene->store, sql)), "%s", sql);
}

Test(stamps, the_newest_head_is_stamped_and_every_alteration_is_found)
{
    struct witness_due due;
    struct settings unknown;

    cr_expect(!is_due(&due), "there is no seal");
    seal();
    cr_assert(is_due(&due));
    stamp(&due);
    cr_expect(test_done(check()));
    scene->now += 2 * HOUR;
    cr_expect(!is_due(&due), "it has one");
    scene->now -= 2 * HOUR;
    seal();
    cr_expect(!is_due(&due), "not before an hour is over");
    scene->now -= 10;
    cr_expect(is_due(&due), "a clock that was set back does not wait for the old one");
    scene->now += 10;
    scene->now += HOUR;
    cr_assert(is_due(&due), "the newer one");
    scene->now -= HOUR;
    stamp(&due);
    cr_expect(test_done(check()));

    spoil("update seal_stamp set digest = '00' || substr(digest, 3)");
    cr_expect_not_null(check().fault, "of another head");
    spoil("update seal_stamp set digest = (select s.head from seal s where s.last_seq = "
          "seal_stamp.last_seq)");
    cr_assert(test_done(check()));
    spoil("update seal set head = '00' || substr(head, 3)");
    cr_expect_not_null(check().fault, "the journal was sealed anew");
    spoil("update seal set head = (select t.digest from seal_stamp t where t.last_seq = "
          "seal.last_seq)");
    cr_assert(test_done(check()));
    spoil("update seal_stamp set stamped_at = stamped_at - 86400");
    cr_expect_not_null(check().fault, "another day beside it");
    spoil("update seal_stamp set stamped_at = stamped_at + 86400");
    spoil("update seal set made_at = made_at + 3600");
    cr_expect_not_null(check().fault, "stamped before it was sealed");
    spoil("update seal set made_at = made_at - 3600");
    cr_assert(test_done(check()));

    unknown = settings;
    settings.stamp_ca = S("");
    cr_expect_not_null(check().fault, "nobody said by whom");
    authority_make("other");
    settings.stamp_ca = authority_path("other-ca.pem");
    cr_expect_not_null(check().fault, "by another authority");
    settings = unknown;
    spoil("update seal_stamp set token = 'AAAA' || substr(token, 5)");
    cr_expect_not_null(check().fault, "no stamp at all");
}

static struct str health(void)
{
    struct out *out = out_open(scene->arena, 4096);

    cr_assert(test_done(seal_module.health(scene, out)));
    return out_text(out);
}

Test(stamps, without_an_authority_that_answers_nothing_goes_by_its_period)
{
    struct retention_set_form periods = {S("notice\t30\trule\n")};
    struct witness_due due;
    bool more;

    cr_assert(test_done(test_act(scene, &retention_set, &periods, NULL)));
    spoil("insert into notice values (1, 'code', '', '', 'zh', 0, 'sent', 0, 1, 0, 1000, 1, '')");
    seal();
    scene->now += 3 * HOUR + 1;
    cr_expect(str_same(health(),
                       S("The journal waits for a time stamp; minutes: 180. The authority does not "
                         "answer, or wrongly: see the log. Until it does, nothing is removed by "
                         "its period.\n")));
    cr_expect(test_done(check()), "nothing was sealed since: a copy of it is no worse for its age");
    seal();
    cr_expect_not_null(check().fault, "late");
    cr_expect_not_null(act_run(&retention_run_now, scene, NULL, &more).fault);
    cr_assert(test_done(test_act(scene, &retention_run, NULL, NULL)));
    cr_expect_eq(test_journal(scene, "retention.run"), 0);

    cr_assert(is_due(&due));
    stamp(&due);
    cr_expect_eq(health().len, 0u);
    cr_assert(test_done(act_run(&retention_run_now, scene, NULL, &more)));
    cr_expect_eq(test_journal(scene, "retention.run"), 1, "with a stamp it goes");

    seal_stamps_expect(0);
    scene->now += 1000 * HOUR;
    cr_expect_eq(str_find(health(), S("time stamp")), -1, "none is expected");
    settings.stamp_url = settings.stamp_ca = S("");
    cr_expect_not_null(check().fault, "but there is one, and nobody says by whom");
}

/* `gongdao retention run` without --config. */
Test(stamps, a_command_that_was_not_told_of_the_authority_knows_what_the_server_was_told)
{
    struct settings none = {.stamp_minutes = 60};
    bool more, late;

    cr_assert(test_done(stamps_remember(scene->arena, scene->store, &settings)));
    cr_assert(test_done(stamps_remember(scene->arena, scene->store, &settings)), "the next start");
    seal();
    scene->now += 3 * HOUR + 1;
    seal_stamps_expect(0);
    cr_assert(test_done(stamps_recall(scene, &none)));
    cr_assert(test_done(seal_stamps_are_late(scene, &late)));
    cr_expect(late);
    cr_expect_not_null(act_run(&retention_run_now, scene, NULL, &more).fault);
    /* A server without an authority. */
    cr_assert(test_done(stamps_remember(scene->arena, scene->store, &none)));
    cr_assert(test_done(stamps_recall(scene, &none)));
    cr_assert(test_done(seal_stamps_are_late(scene, &late)));
    cr_expect_not(late);
}
