/* supervision_mail.c -- reports by e-mail: the letters.  Who wants which: supervision_address.c.
 *
 *  (1) A letter is queued in the act that makes the report, and written when it is carried, for
 *      what its reader may read at that moment: whoever lost the role gets nothing.
 *  (2) It holds totals and brings the report as a spreadsheet and on paper: no case, no name of
 *      anybody served.  Files are made by whoever carries it, not in an act.
 *  (3) Addresses are sealed, shown masked, and in no journal line. */
#include "bureau/people/people_acts.h"
#include "bureau/supervision/supervision_report_views.h"
#include "desk/notice/notice.h"
#include "platform/outbox.h"
#include "platform/secret.h"

enum {
    TEXT_BYTES_MAX = 8 * 1024,
    FILES_BYTES_MAX = 10 * 1024 * 1024 /* what most mail servers take, before base64 */
};

static const struct reason not_now = {"supervision.mail-not-now", T("There is nothing to do."),
                                      409};

/* ---- letters ---- */

struct outcome supervision_queue_mail(struct scene *scene, struct str period, id report_id)
{
    const struct supervision_list_subscriptions_row *rows;
    size_t count;

    TRY(supervision_list_subscriptions(scene->arena, scene->store, period, &rows, &count));
    for (size_t i = 0; i < count; i++)
        TRY(supervision_add_mail(scene->store, scene_new_id(scene), rows[i].person_id, report_id,
                                 rows[i].address_sealed, rows[i].language, scene->now, scene->now));
    return DONE;
}

static struct outcome list_due(struct scene *scene, const id **letters, size_t *count)
{
    const struct supervision_list_due_mails_row *rows;
    const struct supervision_list_due_proofs_row *proofs;
    size_t rows_count, proofs_count;
    id *made;

    TRY(supervision_list_due_proofs(scene->arena, scene->store, scene->now, &proofs,
                                    &proofs_count));
    TRY(supervision_list_due_mails(scene->arena, scene->store, scene->now, &rows, &rows_count));
    made = NEW_MANY(scene->arena, id, proofs_count + rows_count + 1);
    *count = 0;
    for (size_t i = 0; i < proofs_count; i++) made[(*count)++] = proofs[i].proof_id;
    for (size_t i = 0; i < rows_count; i++) made[(*count)++] = rows[i].mail_id;
    *letters = made;
    return DONE;
}

/* The scene as its reader would have it; false: may read no report any more. */
static struct outcome be_reader(const struct scene *scene, id person_id, struct str language,
                                struct scene *reader, bool *may)
{
    const struct supervision_list_reader_roles_row *roles;
    size_t count;

    *reader = *scene;
    reader->language = str_same(language, S("en")) ? LANGUAGE_EN : LANGUAGE_ZH;
    reader->actor = (struct actor){.person_id = person_id, .is = WHO_ANYONE};
    TRY(supervision_list_reader_roles(scene->arena, scene->store, person_id, &roles, &count));
    for (size_t i = 0; i < count; i++) {
        bool supervises = str_same(roles[i].role, S("supervisor"));

        reader->actor.is |= supervises ? WHO_SUPERVISOR : WHO_LEADER;
        if (supervises) reader->actor.scopes.supervisor = roles[i].scope;
    }
    TRY(people_find_team_of(reader, person_id, &reader->actor.team_id));
    *may = !str_same(supervision_scope_of(reader).division, S("-"));
    return DONE;
}

static struct str write_text(struct scene *scene, const struct supervision_report *report)
{
    struct out *out = out_open(scene->arena, TEXT_BYTES_MAX);

    out_raw_str(out, text_in(scene->language, supervision_period_name(report->period)));
    OUT_LITERAL(out, " · ");
    out_raw_str(out, supervision_days_text(scene, report->period, report->days));
    OUT_LITERAL(out, "\n");
    out_raw_str(out, report->place);
    OUT_LITERAL(out, "\n\n");
    for (size_t i = 0; i < SUPERVISION_COLUMNS; i++) {
        const struct supervision_column *column = &supervision_columns[i];
        int64_t value = supervision_value(column, &report->all.now);

        if (value < 0) continue;
        out_raw_str(out, text_in(scene->language, column->title));
        OUT_LITERAL(out, ": ");
        out_raw_str(out, supervision_value_text(scene, column, value));
        OUT_LITERAL(out, "\n");
    }
    OUT_LITERAL(out, "\n");
    out_raw_str(out, text_in(scene->language,
                             T("The whole report is under Reports, when you have signed in.")));
    OUT_LITERAL(out, "\n");
    return out_text(out);
}

static struct outcome take(struct scene *scene, const void *form, void *result)
{
    id mail_id = ((const struct outbox_take_form *)form)->letter_id;
    struct letter *letter = result;
    struct supervision_find_mail_row row;
    struct supervision_report report;
    struct scene reader;
    bool found, may;

    *letter = (struct letter){0};
    scene->quiet = true;
    TRY(supervision_find_mail(scene->arena, scene->store, mail_id, &row, &found));
    if (!found) return supervision_take_proof(scene, mail_id, letter);
    if (!row.next_at || row.next_at > scene->now) return REFUSE(not_now);
    TRY(be_reader(scene, row.person_id, row.language, &reader, &may));
    if (!may || !secret_unseal(scene->arena, "supervision.mail", row.address_sealed, &letter->to))
        return supervision_set_mail(scene->store, S("failed"), row.tries, 0, mail_id);
    TRY(supervision_read(&reader, row.report_id, &report));
    letter->letter_id = mail_id;
    letter->kind = S("report");
    letter->text = write_text(&reader, &report);
    return supervision_set_mail(scene->store, S("sending"), row.tries + 1,
                                scene->now + SUPERVISION_TAKEN_SECONDS, mail_id);
}

static struct outcome settle(struct scene *scene, const void *form, void *result)
{
    const struct outbox_settle_form *f = form;
    struct supervision_find_mail_row row;
    moment again_at;
    bool found;

    (void)result;
    scene->quiet = true;
    TRY(supervision_find_mail(scene->arena, scene->store, f->letter_id, &row, &found));
    if (!found) return supervision_settle_proof(scene, f->letter_id, f->fate == LETTER_LATER);
    again_at = notice_try_again_at(row.tries, scene->now);
    if (f->fate == LETTER_LATER && again_at)
        return supervision_set_mail(scene->store, S("queued"), row.tries, again_at, f->letter_id);
    scene_tell(scene, f->fate == LETTER_DELIVERED ? "supervision.mailed" : "supervision.not_mailed",
               0, row.person_id);
    return supervision_set_mail(scene->store, f->fate == LETTER_DELIVERED ? S("sent") : S("failed"),
                                row.tries, 0, f->letter_id);
}

/* Letters are few: one that is stuck is worth a look. */
struct outcome supervision_watch_mails(struct scene *scene)
{
    struct supervision_count_stuck_mails_row row;
    bool found;

    TRY(supervision_count_stuck_mails(scene->store, scene->now - SECONDS_PER_DAY, &row, &found));
    return supervision_set(
        scene, row.stuck_count > 0,
        &(struct supervision_alarm){
            .kind = SUPERVISION_MAILS_FAIL,
            .key = S("mail"),
            .words = {arena_print(scene->arena, "%lld", (long long)row.stuck_count)}});
}

static struct outcome attach(struct scene *scene, struct letter *letter)
{
    struct letter_file *files = NEW_MANY(scene->arena, struct letter_file, 2);
    struct file_answer made[2] = {0};
    struct supervision_find_mail_row row;
    struct supervision_report report;
    struct scene reader;
    bool found, may;

    TRY(supervision_find_mail(scene->arena, scene->store, letter->letter_id, &row, &found));
    if (!found) return DONE;
    TRY(be_reader(scene, row.person_id, row.language, &reader, &may));
    if (!may) return DONE;
    TRY(supervision_read(&reader, row.report_id, &report));
    TRY(supervision_make_sheet(&reader, &report, &made[0]));
    TRY(supervision_make_paper(&reader, &report, &made[1]));
    letter->files = files;
    for (size_t i = 0, len = 0; i < COUNT(made); i++) {
        if ((len += made[i].bytes.len) > FILES_BYTES_MAX) break; /* they are under Reports */
        files[letter->files_count++] =
            (struct letter_file){made[i].name, made[i].type, made[i].bytes};
    }
    return DONE;
}

static const struct act act_take = {
    .name = "supervision.mail_take", .who = WHO_SYSTEM, .run = take};
static const struct act act_settle = {
    .name = "supervision.mail_settle", .who = WHO_SYSTEM, .run = settle};
const struct outbox supervision_outbox = {
    .list_due = list_due, .take = &act_take, .settle = &act_settle, .attach = attach};
