/* register_apply_test.c -- from the first form to the account, and who sees none of it.  Cites
 * register_case.c, register_apply.c and register_check.c. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "bureau/register/register_bureau_test.h"
#include "bureau/register/register_views.h"
#include "desk/notice/notice.h"
#include "gen/notice_sql.h"
#include "platform/known.h"
#include "platform/secret.h"

static struct scene *scene;
static void set_up(void)
{
    bureau_open();
    scene = bureau.scene;
}
TestSuite(register_apply, .init = set_up, .fini = bureau_close);

#define FORM                                                                                       \
    "name=张三&profession=lawyer&licence=13101201812345678&licence_until=2027-05-31&division="   \
    "310101&fields=labour&languages=zh en&agrees=1"

static struct str draft(void)
{
    struct register_applied_view told;

    cr_assert(test_done(test_post(scene, &register_apply, FORM, &told)));
    return told.reference;
}

static struct outcome attach(struct str reference, struct str bytes, id *file)
{
    struct register_attach_form form = {.reference = reference,
                                        .file = {.name = S("../执业证.png"), .bytes = bytes}};
    struct register_attached_view told;
    struct outcome outcome = test_act(scene, &register_attach, &form, &told);

    *file = told.file;
    return outcome;
}
/* One white point. */
#define PNG                                                                                        \
    S("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0\x3a\x7e\x9b\x55"                  \
      "\0\0\0\nIDAT\x78\xda\x63\xf8\x0f\0\1\1\1\0\x1c\xb0\x8c\x99"                                 \
      "\0\0\0\0IEND\xae\x42\x60\x82")

static struct outcome act_on(const struct act *act, struct str reference, const char *more)
{
    return test_post(scene, act,
                     arena_c(scene->arena, arena_print(scene->arena, "reference=%.*s%s",
                                                       STR_ARGS(reference), more)),
                     NULL);
}

static struct str handed_in(id *file)
{
    struct str reference = draft();

    cr_assert(test_done(attach(reference, PNG, file)));
    cr_assert(test_done(act_on(&register_hand_in, reference, "")));
    return reference;
}

static struct register_find_application_row row_of(struct str reference)
{
    struct register_find_application_row row;
    bool found;

    cr_assert(
        test_done(register_find_application(scene->arena, scene->store, reference, &row, &found)));
    cr_assert(found);
    return row;
}

Test(register_apply, a_draft_is_kept_changed_and_handed_in_with_evidence)
{
    struct str reference = draft();
    id file;

    cr_expect_eq(act_on(&register_hand_in, reference, "").refusal, &register_no_file);
    cr_assert(test_done(attach(reference, PNG, &file)));
    cr_expect(str_same(draft(), reference), "saving again changes the one that is open");
    cr_assert(test_done(act_on(&register_hand_in, reference, "")));
    cr_expect(str_same(row_of(reference).state, S("submitted")));
    cr_expect_gt(row_of(reference).due_at, scene->now + 10 * (int64_t)SECONDS_PER_DAY);
    cr_expect_eq(test_post(scene, &register_apply, FORM, NULL).refusal, &register_has_open);
    cr_expect_eq(attach(reference, PNG, &file).refusal, &register_not_now);
    cr_expect_eq(test_journal(scene, "register.hand_in"), 1);
}

Test(register_apply, what_is_wrong_in_the_form_is_said)
{
    static const struct {
        const char *from, *to;
        const struct reason *why;
    } wrong[] = {
        {"lawyer", "wizard", &people_unknown_profession},
        {"division=310101", "division=99", &people_unknown_division},
        {"labour", "alchemy", &register_field_unknown},
        {"zh en", "zh xx", &people_unknown_language},
        {"&agrees=1", "&agrees=0", &register_agree},
        {"&agrees=1", "&agrees=1&associations=77", &register_association_unknown},
    };

    for (size_t i = 0; i < COUNT(wrong); i++) {
        char typed[600], *at;

        at = strstr(memcpy(typed, FORM, sizeof FORM), wrong[i].from);
        cr_assert_not_null(at);
        snprintf(typed, sizeof typed, "%.*s%s%s", (int)(strstr(FORM, wrong[i].from) - FORM), FORM,
                 wrong[i].to, strstr(FORM, wrong[i].from) + strlen(wrong[i].from));
        cr_expect_eq(test_post(scene, &register_apply, typed, NULL).refusal, wrong[i].why, "%s",
                     typed);
    }
}

Test(register_apply, only_pictures_and_pdf_are_evidence)
{
    struct str reference = draft();
    id file;

    cr_expect_not_null(attach(reference, S("MZ\x90 program"), &file).refusal);
    cr_expect_not_null(attach(reference, S("<html><script>"), &file).refusal);
    cr_expect(test_done(attach(reference, S("%PDF-1.4\n"), &file)));
    for (int i = 1; i < REGISTER_FILES_MAX; i++)
        cr_assert(test_done(attach(reference, PNG, &file)));
    cr_expect_not_null(attach(reference, PNG, &file).refusal);
}

Test(register_apply, to_a_second_account_there_is_no_application) /* register_case.c (1) */
{
    id file;
    struct str reference = handed_in(&file);
    char typed[80];
    struct register_mine_view mine;
    struct register_volunteer_view volunteer;

    be_resident(bureau.other_id, "13900000002");
    snprintf(typed, sizeof typed, "reference=%.*s", STR_ARGS(reference));
    cr_expect_eq(
        test_show(scene, &register_module, "/volunteer/{reference}", typed, &mine, NULL).refusal,
        &act_unknown);
    cr_expect_eq(act_on(&register_withdraw, reference, "").refusal, &act_unknown);
    cr_expect_eq(act_on(&register_hand_in, reference, "").refusal, &act_unknown);
    cr_expect_eq(attach(reference, PNG, &file).refusal, &act_unknown);
    cr_assert(test_done(test_show(scene, &register_module, "/volunteer", "", &volunteer, NULL)));
    cr_expect_eq(volunteer.applications_count, 0);
    be_applicant();
    cr_assert(test_done(test_show(scene, &register_module, "/volunteer", "", &volunteer, NULL)));
    cr_expect_eq(volunteer.applications_count, 1);
    cr_expect(test_done(
        test_show(scene, &register_module, "/volunteer/{reference}", typed, &mine, NULL)));
}

static const struct module desk = {.name = "desk", .pages = register_admin_pages};

Test(register_apply, an_administrator_of_another_district_sees_nothing) /* register_case.c (1) */
{
    id file;
    struct str reference = handed_in(&file);
    struct register_applications_view list;
    struct register_check_view check;
    char typed[80];

    snprintf(typed, sizeof typed, "reference=%.*s", STR_ARGS(reference));
    be_admin(bureau.far_admin_id, "310104");
    cr_assert(test_done(test_show(scene, &desk, "/admin/applications", "", &list, NULL)));
    cr_expect_eq(list.applications_count + (size_t)list.submitted, 0);
    cr_expect_eq(
        test_show(scene, &desk, "/admin/applications/{reference}", typed, &check, NULL).refusal,
        &act_unknown);
    cr_expect_eq(act_on(&register_refuse, reference, "&words=because so").refusal, &act_unknown);
    cr_expect_eq(act_on(&register_ask, reference, "&words=because so").refusal, &act_unknown);
    be_admin(bureau.admin_id, "310101");
    cr_assert(test_done(test_show(scene, &desk, "/admin/applications", "", &list, NULL)));
    cr_expect_eq(list.applications_count, 1);
    cr_assert(
        test_done(test_show(scene, &desk, "/admin/applications/{reference}", typed, &check, NULL)));
    cr_expect(str_same(check.phone_masked, S("139****0001")));
}

Test(register_apply, a_draft_is_its_owners_alone) /* register_case.c (2) */
{
    struct str reference = draft();
    struct register_applications_view list;

    be_admin(bureau.admin_id, "310101");
    cr_expect_eq(act_on(&register_refuse, reference, "&words=because so").refusal, &act_unknown);
    cr_expect_eq(test_show(scene, &desk, "/admin/applications", "state=draft", &list, NULL).refusal,
                 &query_unknown);
}

static struct outcome download(struct str reference, id file)
{
    for (const struct page *page = register_admin_pages; page->path; page++) {
        struct register_file_form form = {.reference = reference, .file = file};
        struct request request = {.scene = scene};
        struct file_answer answer;

        if (page->file) return page->file(&request, &form, &answer);
    }
    cr_assert(false);
    return DONE;
}

Test(register_apply, evidence_opens_for_ten_minutes_after_a_look_on_record) /* register_check (2) */
{
    id file;
    struct str reference = handed_in(&file);
    char more[40];

    snprintf(more, sizeof more, "&file=%lld", (long long)file);
    be_admin(bureau.admin_id, "310101");
    cr_expect_eq(download(reference, file).refusal, &act_not_yours);
    cr_assert(test_done(act_on(&register_look, reference, more)));
    cr_expect(test_done(download(reference, file)));
    cr_expect_eq(test_journal(scene, "register.look"), 1);
    scene->now += REGISTER_LOOK_SECONDS;
    cr_expect_eq(download(reference, file).refusal, &act_not_yours);
    be_admin(bureau.far_admin_id, "310104");
    cr_expect_eq(act_on(&register_look, reference, more).refusal, &act_unknown);
}

Test(register_apply, what_is_missing_is_told_added_and_approved_into_an_account)
{
    id file;
    struct str reference = handed_in(&file);
    struct register_mine_view mine;
    struct register_volunteer_view volunteer;
    struct people_find_consultant_row consultant;
    char typed[120];
    bool found;

    be_admin(bureau.admin_id, "310101");
    cr_assert(test_done(act_on(&register_ask, reference, "&words=请补充证件背面")));
    cr_expect_lt(str_find(row_of(reference).words_sealed, S("证件")), 0, "kept sealed");
    be_applicant();
    snprintf(typed, sizeof typed, "reference=%.*s", STR_ARGS(reference));
    cr_assert(test_done(
        test_show(scene, &register_module, "/volunteer/{reference}", typed, &mine, NULL)));
    cr_expect(str_same(mine.application->words, S("请补充证件背面")));
    cr_assert(test_done(attach(reference, PNG, &file)));
    cr_assert(test_done(act_on(&register_hand_in, reference, "")));
    be_admin(bureau.admin_id, "310101");
    snprintf(typed, sizeof typed, "&team=%lld&login=zhangsan", (long long)bureau.team_id);
    cr_expect_not_null(act_on(&register_approve, reference, typed).refusal, "not compared");
    snprintf(typed, sizeof typed, "&team=%lld&login=zhangsan&is_checked=1",
             (long long)bureau.far_team_id);
    cr_expect_eq(act_on(&register_approve, reference, typed).refusal, &people_unknown_team);
    snprintf(typed, sizeof typed, "&team=%lld&login=zhangsan&is_checked=1",
             (long long)bureau.team_id);
    cr_assert(test_done(act_on(&register_approve, reference, typed)));
    cr_expect_eq(act_on(&register_approve, reference, typed).refusal, &register_not_now);
    cr_assert(
        test_done(people_consultant(scene, row_of(reference).account_id, &consultant, &found)));
    cr_expect(found &&
              people_is_qualified(consultant.verified_at, consultant.licence_until, scene->now));
    be_resident(bureau.other_id, "13900000002");
    cr_expect_eq(test_post(scene, &register_account, "password=a long enough one", NULL).refusal,
                 &act_unknown);
    be_applicant();
    cr_assert(test_done(test_show(scene, &register_module, "/volunteer", "", &volunteer, NULL)));
    cr_expect(str_same(volunteer.account, S("zhangsan")));
    cr_assert(test_done(test_post(scene, &register_account, "password=a long enough one", NULL)));
    cr_expect_eq(test_post(scene, &register_account, "password=another long one", NULL).refusal,
                 &act_unknown, "once");
}

/* The messages kept for the applicant of a case, newest last. */
static const struct notice_list_case_notices_row *told_of(struct str reference, size_t *count)
{
    const struct notice_list_case_notices_row *rows;

    cr_assert(test_done(notice_list_case_notices(scene->arena, scene->store,
                                                 row_of(reference).application_id, &rows, count)));
    return rows;
}

/* What such a message is filled with, as it lies in the store. */
static struct str words_of(id notice_id)
{
    struct notice_find_notice_row row;
    struct str words;
    bool found;

    cr_assert(test_done(notice_find_notice(scene->arena, scene->store, notice_id, &row, &found)));
    cr_assert(found && secret_unseal(scene->arena, "notice.words", row.words, &words));
    return words;
}

Test(register_apply, whoever_is_refused_is_told_and_reads_why) /* register_check.c (4) */
{
    static const char why[] = "执业证已于去年注销，请恢复执业后再申请。";
    id file;
    struct str reference = handed_in(&file);
    struct register_find_application_row before = row_of(reference);
    const struct notice_list_case_notices_row *told;
    struct register_volunteer_view volunteer;
    struct register_mine_view mine;
    size_t handed_in_told, count;
    char typed[120];

    told_of(reference, &handed_in_told);
    be_admin(bureau.admin_id, "310101");
    snprintf(typed, sizeof typed, "&words=%s", why);
    cr_assert(test_done(act_on(&register_refuse, reference, typed)));
    told = told_of(reference, &count);
    cr_assert_eq(count, handed_in_told + 1, "one more message");
    cr_expect(str_same(told[count - 1].template, S("application")));
    cr_expect_geq(str_find(words_of(told[count - 1].notice_id), reference), 0);
    cr_expect_lt(str_find(words_of(told[count - 1].notice_id), str_of(why)), 0,
                 "the reason is not sent over the air");
    cr_expect_lt(str_find(row_of(reference).words_sealed, S("注销")), 0, "kept sealed");
    cr_expect_eq(row_of(reference).decided_by, bureau.admin_id);

    be_applicant();
    snprintf(typed, sizeof typed, "reference=%.*s", STR_ARGS(reference));
    cr_assert(test_done(
        test_show(scene, &register_module, "/volunteer/{reference}", typed, &mine, NULL)));
    cr_expect(str_same(mine.application->state, S("refused")));
    cr_expect(str_same(mine.application->words, str_of(why)));
    cr_expect_eq(mine.application->due_day, 0, "nothing is promised any more");
    cr_expect(!mine.can_change && !mine.can_hand_in && !mine.can_withdraw);
    cr_expect_eq(act_on(&register_hand_in, reference, "").refusal, &register_not_now);
    cr_assert(test_done(test_show(scene, &register_module, "/volunteer", "", &volunteer, NULL)));
    cr_expect(volunteer.may_apply && !volunteer.account.len);
    cr_expect(!str_same(draft(), reference), "another application, when it no longer holds");
    cr_expect(str_same(row_of(reference).state, S("refused")) && before.account_id == 0 &&
              row_of(reference).account_id == 0);

    be_resident(bureau.other_id, "13900000002");
    cr_expect_eq(
        test_show(scene, &register_module, "/volunteer/{reference}", typed, &mine, NULL).refusal,
        &act_unknown);
}

Test(register_apply, whoever_serves_hands_in_a_new_licence_and_keeps_the_account)
{
    id file, zhang;
    struct str reference = handed_in(&file);
    struct people_find_consultant_row consultant;
    char typed[120];
    bool found;

    be_admin(bureau.admin_id, "310101");
    snprintf(typed, sizeof typed, "&team=%lld&login=zhangsan&is_checked=1",
             (long long)bureau.team_id);
    cr_assert(test_done(act_on(&register_approve, reference, typed)));
    zhang = row_of(reference).account_id;
    scene->now = calendar_moment_of(2027, 6, 2, 0);
    cr_assert(test_done(people_consultant(scene, zhang, &consultant, &found)));
    cr_expect_not(
        people_is_qualified(consultant.verified_at, consultant.licence_until, scene->now));
    scene->actor =
        (struct actor){.is = WHO_CONSULTANT | WHO_ANYONE, .person_id = zhang, .name = S("x")};
    {
        struct register_applied_view told;

        cr_assert(test_done(test_post(scene, &register_apply,
                                      "name=别人&profession=lawyer&licence=13101201812345678&"
                                      "licence_until=2028-05-31&division=310104&languages=zh&"
                                      "agrees=1",
                                      &told)));
        reference = told.reference;
    }
    cr_expect(str_same(row_of(reference).person_name, S("张三")), "(3)");
    cr_expect(str_same(row_of(reference).division, S("310101")), "(3)");
    cr_assert(test_done(attach(reference, PNG, &file)));
    cr_assert(test_done(act_on(&register_hand_in, reference, "")));
    be_admin(bureau.admin_id, "310101");
    cr_assert(
        test_done(act_on(&register_approve, reference, "&team=1&login=zhangsan&is_checked=1")));
    cr_expect_eq(row_of(reference).account_id, zhang);
    cr_assert(test_done(people_consultant(scene, zhang, &consultant, &found)));
    cr_expect(people_is_qualified(consultant.verified_at, consultant.licence_until, scene->now));
    cr_expect_eq(consultant.team_id, bureau.team_id);
}

/* ---- memberships ---- */

static const struct module public_pages = {.name = "public", .pages = register_public_pages};

static struct str associations_of(id person_id)
{
    struct register_profile_view profile;
    char typed[40];

    snprintf(typed, sizeof typed, "person=%lld", (long long)person_id);
    cr_assert(
        test_done(test_show(scene, &public_pages, "/people/{person}", typed, &profile, NULL)));
    return profile.associations;
}

static struct outcome set_members(id person_id, id association_id)
{
    char typed[80];

    snprintf(typed, sizeof typed, "person=%lld&associations=%lld", (long long)person_id,
             (long long)association_id);
    return test_post(scene, &register_members, typed, NULL);
}

static size_t notes_of(id person_id)
{
    const struct people_list_person_notes_row *notes;
    size_t count, changed = 0;

    cr_assert(
        test_done(people_list_person_notes(scene->arena, scene->store, person_id, &notes, &count)));
    for (size_t i = 0; i < count; i++) changed += str_same(notes[i].deed, S("associations"));
    return changed;
}

/* Later, by the administrator: register_members.c (1). */
static void change_members(id zhang)
{
    static const struct module pages = {.name = "members", .pages = register_members_pages};
    static const char page[] = "/admin/people/{person}/associations";
    struct register_members_view view;
    char typed[40];

    snprintf(typed, sizeof typed, "person=%lld", (long long)zhang);
    cr_assert(test_done(set_members(zhang, bureau.bar_id)));
    cr_expect(str_same(associations_of(zhang), S("律协")));
    cr_assert(test_done(test_show(scene, &pages, page, typed, &view, NULL)));
    cr_expect_eq(view.associations_count, 1);
    cr_expect(view.associations[0].chosen);
    cr_expect(str_same(view.belongs_to, view.associations[0].value), "to programs too");
    cr_assert(test_done(set_members(zhang, bureau.bar_id)));
    cr_expect_eq(notes_of(zhang), 1, "what changes nothing is not noted");
    cr_expect_eq(set_members(zhang, bureau.team_id).refusal, &register_association_unknown);
    cr_expect(str_same(associations_of(zhang), S("律协")), "and what was refused changes nothing");
    be_admin(bureau.admin_id, "310104");
    cr_expect_eq(set_members(zhang, bureau.bar_id).refusal, &act_unknown);
    cr_expect_eq(test_show(scene, &pages, page, typed, &view, NULL).refusal, &act_unknown);
    be_admin(bureau.admin_id, "31");
    cr_expect_eq(set_members(bureau.admin_id, bureau.bar_id).refusal, &act_unknown,
                 "only those who serve belong to any");
    cr_assert(test_done(test_post(scene, &register_members, typed, NULL)));
    cr_expect_eq(associations_of(zhang).len, 0);
    cr_expect_eq(notes_of(zhang), 2);
}

Test(register_apply, memberships_go_with_the_approval_and_are_public)
{
    struct register_applied_view told;
    struct register_mine_view mine;
    char typed[400];
    id file, zhang;

    snprintf(typed, sizeof typed, FORM "&associations=%lld", (long long)bureau.team_id);
    cr_expect_eq(test_post(scene, &register_apply, typed, NULL).refusal,
                 &register_association_unknown, "a district's team is none");
    snprintf(typed, sizeof typed, FORM "&associations=%lld", (long long)bureau.bar_id);
    cr_assert(test_done(test_post(scene, &register_apply, typed, &told)));
    cr_assert(test_done(attach(told.reference, PNG, &file)));
    cr_assert(test_done(act_on(&register_hand_in, told.reference, "")));
    snprintf(typed, sizeof typed, "reference=%.*s", STR_ARGS(told.reference));
    cr_assert(test_done(
        test_show(scene, &register_module, "/volunteer/{reference}", typed, &mine, NULL)));
    cr_expect(str_same(mine.application->association_names, S("律协")));
    be_admin(bureau.admin_id, "310101");
    snprintf(typed, sizeof typed, "&team=%lld&login=zhangsan&is_checked=1",
             (long long)bureau.team_id);
    cr_assert(test_done(act_on(&register_approve, told.reference, typed)));
    zhang = row_of(told.reference).account_id;
    cr_expect(str_same(associations_of(zhang), S("律协")));

    /* Handed in again without it: what is renewed is as it was written now. */
    scene->actor =
        (struct actor){.is = WHO_CONSULTANT | WHO_ANYONE, .person_id = zhang, .name = S("张三")};
    cr_assert(test_done(test_post(scene, &register_apply, FORM, &told)));
    cr_assert(test_done(attach(told.reference, PNG, &file)));
    cr_assert(test_done(act_on(&register_hand_in, told.reference, "")));
    cr_expect(str_same(associations_of(zhang), S("律协")), "until it is approved");
    be_admin(bureau.admin_id, "310101");
    cr_assert(test_done(act_on(&register_approve, told.reference, typed)));
    cr_expect_eq(associations_of(zhang).len, 0);
    change_members(zhang);
}
