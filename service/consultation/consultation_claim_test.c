/* consultation_claim_test.c -- a question asked with somebody else's number is of no use to whoever
 * planted it: nothing is written there before its holder says whose it is. */
#include <criterion/criterion.h>
#include <string.h>

#include "bureau/assignment/assignment_acts.h"
#include "bureau/people/people_acts.h"
#include "bureau/record/record_acts.h"
#include "bureau/supervision/supervision_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/page.h"
#include "platform/scene_test.h"
#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_pages.h"
#include "service/consultation/consultation_stream.h"

#define PHONE "13812345678"

static struct scene *scene;
static struct bureau bureau;
static struct actor planter, guest, holder; /* by token, by browser, by a proved number */
static struct consultation_asked_view asked;
static id case_id;

static struct outcome open_guest(struct scene *own, const void *form, void *result)
{
    struct consultation_case c;
    struct str token;
    moment expires;

    (void)form, (void)result;
    TRY(case_of_id(own, case_id, &c));
    TRY(identity_session_open(own, "guest", c.row.owner_id, 0, 1000, &token, &expires));
    return identity_identify(own, token, &guest);
}

static const struct act browser = {.name = "test.guest", .who = WHO_SYSTEM, .run = open_guest};

static void set_up(void)
{
    struct consultation_ask_form form = {
        .field = S("labour"), .text = S("欠薪"), .mode = S("message"), .phone = S(PHONE)};

    scene = test_scene(WHO_SYSTEM, CONSULTATION_MODULES);
    bureau_make(scene, &bureau);
    scene->actor = (struct actor){.is = WHO_ANYONE};
    scene->channel = S("api");
    identity_changed();
    cr_assert(test_done(test_act(scene, &consultation_ask, &form, &asked)));
    cr_assert(test_done(identity_identify(scene, asked.token, &planter)));
    case_id = planter.case_id;
    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(test_act(scene, &browser, NULL, NULL)));
    holder = (struct actor){.person_id = 9,
                            .is = WHO_RESIDENT | WHO_ANYONE,
                            .phone_index = identity_phone_index(scene->arena, S(PHONE))};
}

static void tear_down(void)
{
    test_scene_close(&scene);
}

TestSuite(consultation_claim, .init = set_up, .fini = tear_down);

static const struct reason *act_as(struct actor who, const struct act *act)
{
    struct consultation_reference_form form = {.reference = asked.reference};
    struct consultation_state_view told;
    struct outcome outcome;

    scene->actor = who;
    outcome = test_act(scene, act, &form, act->result ? &told : NULL);
    cr_assert(!outcome.fault, "%s", outcome.fault ? outcome.fault : "");
    return outcome.refusal;
}

static const struct reason *say_as(struct actor who)
{
    struct consultation_say_form form = {.reference = asked.reference, .text = S("还有")};
    struct consultation_said_view told;

    scene->actor = who;
    return test_act(scene, &consultation_say, &form, &told).refusal;
}

static struct consultation_case open_as(struct actor who, const struct reason **why)
{
    struct consultation_case c;

    scene->actor = who;
    *why = case_open(scene, asked.reference, &c).refusal;
    return c;
}

/* The page of the case, drawn as a browser gets it. */
static struct str page_for(struct actor who)
{
    const struct page *page = consultation_resident_pages;
    struct face face = {
        .arena = scene->arena, .language = LANGUAGE_ZH, .mode = S("normal"), .who = who.is};
    struct request request = {.scene = scene, .face = &face};
    struct consultation_talk_form query = {.reference = asked.reference};
    struct out *out = out_open(scene->arena, 1 << 20);
    void *view;

    while (page->method != GET || strcmp(page->path, "/consultations/{reference}") != 0) page++;
    view = arena_take(scene->arena, page->view->size, 1);
    scene->actor = who;
    cr_assert(test_done(page->show(&request, &query, view)));
    page->html->body(out, &face, view);
    return out_text(out);
}

Test(consultation_claim, a_number_alone_reads_and_changes_nothing)
{
    struct consultation_rate_form rating = {.reference = asked.reference, .stars = 1};
    struct consultation_attach_form file = {.reference = asked.reference,
                                            .file = {.name = S("a.pdf"), .bytes = S("%PDF-1.4\n")}};
    struct consultation_said_view said;
    struct consultation_state_view told;
    const struct reason *why;

    cr_expect(open_as(holder, &why).by_number_only);
    cr_expect_null(why);
    cr_expect(!open_as(planter, &why).by_number_only);
    cr_expect(!open_as(guest, &why).by_number_only);
    cr_expect_eq(say_as(holder), &consultation_confirm);
    cr_expect_eq(act_as(holder, &consultation_leave_message), &consultation_confirm);
    cr_expect_eq(act_as(holder, &consultation_close_own), &consultation_confirm);
    scene->actor = holder;
    cr_expect_eq(test_act(scene, &consultation_attach, &file, &said).refusal,
                 &consultation_confirm);
    cr_expect_eq(test_act(scene, &consultation_rate, &rating, &told).refusal,
                 &consultation_confirm);
    cr_expect_eq(test_journal(scene, "consultation.say"), 0);
    cr_expect_null(say_as(planter), "whoever asked writes as before");
}

Test(consultation_claim, mine_shuts_out_whoever_planted_it)
{
    struct consultation_follow_form query = {.reference = asked.reference};
    struct out *out = out_open(scene->arena, 1 << 16);
    struct seat seat = {0};
    const struct reason *why;
    struct actor now;
    bool good;

    scene->actor = guest;
    cr_assert(test_done(consultation_stream.sit(scene, &query, &seat)));
    cr_assert_null(act_as(holder, &consultation_claim));
    identity_changed(); /* as main does when it reads session.case-end */
    cr_expect_eq(test_journal(scene, "session.case-end"), 1);
    cr_expect_null(say_as(holder));
    cr_expect(!open_as(holder, &why).by_number_only);
    cr_assert(test_done(identity_identify(scene, asked.token, &now)));
    cr_expect_eq(now.is, (unsigned)WHO_ANYONE, "the token is of no use");
    cr_assert(test_done(identity_still(scene, &planter, &good)));
    cr_expect(!good, "nor is a stream it opened");
    open_as(guest, &why);
    cr_expect_eq(why, &act_unknown);
    scene->actor = guest;
    cr_expect_eq(consultation_stream.tell(scene, &seat, out).refusal, &act_unknown);
    cr_expect_eq(out_text(out).len, 0U);
    cr_expect_null(act_as(holder, &consultation_claim), "twice is as good as once");
    cr_expect_eq(test_journal(scene, "consultation.claim"), 1);
}

Test(consultation_claim, a_claim_ends_the_tokens_of_that_case_only)
{
    struct consultation_ask_form form = {
        .field = S("labour"), .text = S("别的"), .mode = S("message"), .phone = S(PHONE)};
    struct consultation_asked_view other;
    struct actor now;

    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_assert(test_done(test_act(scene, &consultation_ask, &form, &other)));
    cr_assert_null(act_as(holder, &consultation_claim));
    identity_changed();
    cr_assert(test_done(identity_identify(scene, other.token, &now)));
    cr_expect(now.is & WHO_GUEST);
}

Test(consultation_claim, not_mine_takes_the_number_off)
{
    const struct reason *why;
    struct consultation_case c;

    cr_assert_null(act_as(holder, &consultation_disclaim));
    open_as(holder, &why);
    cr_expect_eq(why, &act_unknown);
    cr_expect_eq(act_as(holder, &consultation_claim), &act_unknown);
    c = open_as(planter, &why);
    cr_assert_null(why, "whoever asked keeps the question");
    cr_expect_eq(c.row.phone_index.len + c.row.phone_sealed.len, 0U);
    cr_expect_null(say_as(planter));
}

Test(consultation_claim, only_the_holder_of_the_number_is_asked)
{
    struct actor stranger = holder;

    stranger.phone_index = identity_phone_index(scene->arena, S("13900000000"));
    cr_expect_eq(act_as(stranger, &consultation_claim), &act_unknown);
    cr_expect_eq(act_as(stranger, &consultation_disclaim), &act_unknown);
    cr_expect_not_null(act_as(planter, &consultation_claim));
    cr_expect_not_null(act_as(guest, &consultation_disclaim));
    cr_expect_eq(test_journal(scene, "consultation.claim"), 0);
    cr_assert_null(act_as(holder, &consultation_claim));
    cr_expect_eq(act_as(holder, &consultation_disclaim), &consultation_not_now);
}

Test(consultation_claim, who_asked_in_this_browser_and_proves_the_number_is_not_asked)
{
    const struct reason *why;

    cr_assert(test_done(consultation_merge_owner(scene, guest.person_id, holder.person_id)));
    cr_expect(!open_as(holder, &why).by_number_only);
    cr_expect_null(say_as(holder));
}

Test(consultation_claim, the_page_asks_and_lets_read)
{
    struct str page = page_for(holder);

    cr_expect(str_find(page, S("是您本人提的吗")) >= 0);
    cr_expect(str_find(page, S("/claim\"")) >= 0 && str_find(page, S("/disclaim\"")) >= 0);
    cr_expect(str_find(page, S("欠薪")) >= 0);
    cr_expect(str_find(page, S("/messages\">")) < 0 && str_find(page, S("/close\"")) < 0);
    page = page_for(planter);
    cr_expect(str_find(page, S("/claim\"")) < 0 && str_find(page, S("/disclaim\"")) < 0);
    cr_expect(str_find(page, S("/close\"")) >= 0);
}
