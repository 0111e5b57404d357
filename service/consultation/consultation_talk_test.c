/* consultation_talk_test.c -- what strangers could do harm with: files that are added, their names
 * and what is left of refused ones; and somebody else's telephone.
 */
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bureau/assignment/assignment_acts.h"
#include "bureau/people/people_acts.h"
#include "bureau/record/record_acts.h"
#include "bureau/supervision/supervision_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "gen/consultation_sql.h"
#include "platform/files.h"
#include "platform/folder_test.h"
#include "platform/scene_test.h"
#include "platform/secret.h"
#include "platform/store_shake_test.h"
#include "service/consultation/consultation_bureau_test.h"
#include "service/consultation/consultation_pages.h"
#include "service/consultation/consultation_stream.h"

static struct scene *scene;
static struct consultation_asked_view asked;
static char folder[FOLDER_LEN];

static struct outcome make_bureau(struct scene *own, const void *form, void *result)
{
    const struct identity_division city = {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")};
    const struct str labour[7] = {S("labour"), S("劳动"),   S("Work"), S(""),
                                  S(""),       S("lawyer"), S("")};

    (void)form, (void)result;
    TRY(identity_divisions_load(own, &city, 1));
    TRY(people_first_field(own, labour, 1));
    return people_first_hours(own, true);
}

static const struct act bureau = {.name = "test.bureau", .who = WHO_SYSTEM, .run = make_bureau};

static void set_up(void)
{
    struct consultation_ask_form form = {
        .field = S("labour"), .text = S("欠薪"), .mode = S("live")};

    scene = test_scene(WHO_SYSTEM, CONSULTATION_MODULES);
    cr_assert(test_done(test_act(scene, &bureau, NULL, NULL)));
    folder_make(folder);
    cr_assert(test_done(files_open(folder)));
    scene->channel = S("api");
    scene->actor = (struct actor){.is = WHO_ANYONE | WHO_RESIDENT, .person_id = 4711};
    cr_assert(test_done(test_act(scene, &consultation_ask, &form, &asked)));
}

static int files_count(void)
{
    DIR *open = opendir(folder);
    struct dirent *entry;
    int count = 0;

    cr_assert(open);
    while ((entry = readdir(open))) {
        if (entry->d_name[0] == '.') continue;
        count++;
    }
    closedir(open);
    return count;
}

static void tear_down(void)
{
    files_close();
    folder_drop(folder);
    test_scene_close(&scene);
}

TestSuite(consultation_talk, .init = set_up, .fini = tear_down);

static struct outcome attach(struct str name, id *attachment_id)
{
    struct consultation_attach_form form = {
        .reference = asked.reference, .file = {.name = name, .bytes = S("%PDF-1.4\n1 0 obj\n")}};
    struct consultation_said_view said = {0};
    struct outcome outcome = test_act(scene, &consultation_attach, &form, &said);

    *attachment_id = said.attachment_id;
    return outcome;
}

static struct str kept_as(struct str name)
{
    struct consultation_find_reference_row about;
    struct consultation_find_attachment_row row;
    id attachment_id;
    bool found;

    cr_assert(test_done(attach(name, &attachment_id)));
    cr_assert(
        test_done(consultation_find_reference(scene->store, asked.reference, &about, &found)));
    cr_assert(test_done(consultation_find_attachment(scene->arena, scene->store, attachment_id,
                                                     about.consultation_id, &row, &found)));
    cr_assert(found);
    return row.attachment_name;
}

Test(consultation_talk, a_name_keeps_neither_folders_nor_marks_that_turn_it_round)
{
    char *longest = arena_take(scene->arena, 1, 3 * 400 + 1), *end = longest;

    for (int i = 0; i < 400; i++) end = stpcpy(end, "长");
    cr_expect(str_same(kept_as(S("合同 (1).pdf")), S("合同 (1).pdf")));
    cr_expect(str_same(kept_as(S("../../etc/passwd")), S("passwd")));
    cr_expect(str_same(kept_as(S("C:\\files\\a.pdf")), S("a.pdf")));
    cr_expect(str_same(kept_as(S("a\xE2\x80\xAEgnp.exe")), S("agnp.exe")));
    cr_expect(str_same(kept_as(S("\xE2\x81\xA6 \xE2\x80\x8F")), S("file")));
    cr_expect(str_same(kept_as(S("“quoted”.pdf")), S("“quoted”.pdf")), "its neighbours stay");
    cr_expect(str_same(kept_as(str_of(longest)), (struct str){longest, 255}));
}

Test(consultation_talk, a_refused_file_leaves_nothing_on_disk)
{
    id attachment_id;

    shake_not(); /* what a fault leaves on disk is not counted here: the sweep takes it */
    for (int i = 0; i < CONSULTATION_ATTACHMENTS_MAX; i++)
        cr_assert(test_done(attach(S("a.pdf"), &attachment_id)));
    cr_expect_eq(files_count(), CONSULTATION_ATTACHMENTS_MAX);
    cr_expect(attach(S("a.pdf"), &attachment_id).refusal == &consultation_too_many_files);
    cr_expect_eq(files_count(), CONSULTATION_ATTACHMENTS_MAX);
}

Test(consultation_talk, the_check_of_files_needs_no_more_memory_for_many_than_for_one)
{
    struct arena *small = arena_open(1024), *arena = scene->arena;
    int64_t files = -1, orphans = -1;
    id attachment_id;

    shake_not(); /* as above: what is left is an orphan */
    for (int i = 0; i < CONSULTATION_ATTACHMENTS_MAX; i++)
        cr_assert(test_done(attach(S("a.pdf"), &attachment_id)));
    scene->arena = small;
    cr_expect(test_done(consultation_check_files(scene, folder, &files, &orphans)));
    scene->arena = arena;
    cr_expect(files == CONSULTATION_ATTACHMENTS_MAX && orphans == 0);
    arena_close(&small);
}

/* Two at once, of which one fills the case while the other's file is being written. */
Test(consultation_talk, what_was_prepared_and_then_refused_is_taken_back)
{
    struct consultation_attach_form form = {.reference = asked.reference,
                                            .file = {.name = S("a.pdf"), .bytes = S("%PDF-1.4\n")}};

    cr_assert(test_done(consultation_attach.prepare(scene, &form)));
    cr_expect_eq(files_count(), 1);
    consultation_attach.undo(&form);
    cr_expect_eq(files_count(), 0);
}

Test(consultation_talk, an_operator_is_told_when_attached_files_are_in_another_folder)
{
    struct out *out = out_open(scene->arena, 4096);
    char other[FOLDER_LEN];
    id attachment_id;

    cr_assert(test_done(consultation_module.health(scene, out)));
    cr_assert(test_done(attach(S("a.pdf"), &attachment_id)));
    cr_assert(test_done(consultation_module.health(scene, out)));
    cr_expect_eq(out_text(out).len, 0);
    files_close();
    folder_make(other);
    cr_assert(test_done(files_open(other)));
    cr_assert(test_done(consultation_module.health(scene, out)));
    cr_expect_geq(str_find(out_text(out), S("newest attached file")), 0);
    folder_drop(other);
}

static int64_t notices_count(void)
{
    struct statement *statement;
    bool row;
    int64_t count;

    cr_assert(test_done(statement_open(scene->store, "select count(*) from notice", &statement)));
    cr_assert(test_done(statement_step(statement, &row)) && row);
    count = statement_get_int(statement, 0);
    statement_close(&statement);
    return count;
}

Test(consultation_talk, one_number_hears_of_a_few_questions_a_day)
{
    struct consultation_ask_form form = {
        .field = S("labour"), .text = S("欠薪"), .mode = S("message"), .phone = S("13800138000")};

    for (int i = 0; i < 2 * CONSULTATION_TOLD_MAX; i++) {
        scene->actor = (struct actor){.is = WHO_ANYONE};
        cr_assert(test_done(test_act(scene, &consultation_ask, &form, &asked)));
    }
    cr_expect_eq(notices_count(), CONSULTATION_TOLD_MAX);
    form.phone = S("13800138001");
    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_assert(test_done(test_act(scene, &consultation_ask, &form, &asked)));
    cr_expect_eq(notices_count(), CONSULTATION_TOLD_MAX + 1, "another number");
    scene->now += SECONDS_PER_DAY;
    form.phone = S("13800138000");
    scene->actor = (struct actor){.is = WHO_ANYONE};
    cr_assert(test_done(test_act(scene, &consultation_ask, &form, &asked)));
    cr_expect_eq(notices_count(), CONSULTATION_TOLD_MAX + 2, "another day");
}

/* Whoever was away while a lot was said hears all of it, in portions that fit into a stream. */
Test(consultation_talk, a_long_absence_is_told_in_portions)
{
    enum { MESSAGES = 60 };
    struct consultation_follow_form query = {.reference = asked.reference};
    struct seat seat = {.actor = scene->actor};
    char *longest = arena_take(scene->arena, 1, 4 * CONSULTATION_TEXT_MAX + 1), *end = longest;
    int64_t before = -1, portions = 0;

    for (int i = 0; i < CONSULTATION_TEXT_MAX; i++) end = stpcpy(end, "😀");
    for (int i = 0; i < MESSAGES; i++) {
        struct consultation_say_form form = {.reference = asked.reference, .text = str_of(longest)};
        struct consultation_said_view said;

        cr_assert(test_done(test_act(scene, &consultation_say, &form, &said)));
    }
    cr_assert(test_done(consultation_stream.sit(scene, &query, &seat)));
    while (seat.after > before) {
        struct out *out = out_open(scene->arena, PAGE_BYTES_MAX);

        before = seat.after;
        cr_assert(test_done(consultation_stream.tell(scene, &seat, out)));
        cr_expect_lt(out_text(out).len, (size_t)STREAM_BYTES_MAX / 2);
        portions += out_text(out).len > 0;
    }
    cr_expect_eq(seat.after, scene->seq, "to the last");
    cr_expect_gt(portions, 1);
}
