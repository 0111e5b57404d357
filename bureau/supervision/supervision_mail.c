/* supervision_mail.c -- reports by e-mail: who wants which, and the letters.
 *
 *  (1) A letter is queued in the act that makes the report, and written when it is carried, for
 *      what its reader may read at that moment: whoever lost the role gets nothing.
 *  (2) It holds totals and says where the rest is: no case, no name, no file.
 *  (3) Addresses are sealed, shown masked, and in no journal line.
 *  (4) A key of a program subscribes nobody: letters would go on when it has ended. */
#include "bureau/people/people_acts.h"
#include "bureau/supervision/supervision_report_views.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice.h"
#include "platform/outbox.h"
#include "platform/secret.h"

enum { TAKEN_SECONDS = 2 * SECONDS_PER_MINUTE, TEXT_BYTES_MAX = 8 * 1024 };

const struct reason supervision_wrong_address = {
    "supervision.wrong-address", T("Please write an e-mail address, like name@example.cn."), 0};
static const struct reason not_now = {"supervision.mail-not-now", T("There is nothing to do."),
                                      409};

/* ---- who wants them ---- */

static bool is_address(struct str text)
{
    struct str host;

    if (!str_cut(text, '@', &host).len || str_find(host, S(".")) <= 0) return false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];

        if (c <= ' ' || c == 0x7F || (unsigned char)c >= 0x80 || c == '<' || c == '>' || c == ',' ||
            c == ';' || c == '"' || c == '(' || c == ')' || c == '\\')
            return false;
    }
    return str_find(host, S("@")) < 0;
}

static struct outcome subscribe(struct scene *scene, const void *form, void *result)
{
    const struct supervision_subscribe_form *f = form;
    enum supervision_period period;

    (void)result;
    TRY(identity_by_person(scene));
    if (str_same(supervision_scope_of(scene).division, S("-"))) return REFUSE(act_not_yours);
    if (!supervision_period_of(f->period, &period)) return REFUSE(act_unknown);
    if (!is_address(f->address)) return REFUSE(supervision_wrong_address);
    return supervision_set_subscription(scene->store, scene->actor.person_id, f->period,
                                        secret_seal(scene->arena, "supervision.mail", f->address),
                                        scene->language == LANGUAGE_EN ? S("en") : S("zh"),
                                        scene->now);
}

const struct act supervision_act_subscribe = {.name = "supervision.subscribe",
                                              .who = WHO_LEADER | WHO_SUPERVISOR,
                                              .form = &supervision_subscribe_form,
                                              .run = subscribe};

static struct outcome unsubscribe(struct scene *scene, const void *form, void *result)
{
    const struct supervision_unsubscribe_form *f = form;

    (void)result;
    TRY(supervision_drop_subscription(scene->store, scene->actor.person_id, f->period));
    return store_changes(scene->store) ? DONE : REFUSE(act_unknown);
}

const struct act supervision_act_unsubscribe = {.name = "supervision.unsubscribe",
                                                .who = WHO_LEADER | WHO_SUPERVISOR,
                                                .form = &supervision_unsubscribe_form,
                                                .run = unsubscribe};

/* "l…@example.cn" */
static struct str masked(struct arena *arena, struct str address)
{
    struct str host;

    (void)str_cut(address, '@', &host);
    return arena_print(arena, "%.*s…@%.*s", address.len ? 1 : 0, address.at, STR_ARGS(host));
}

struct outcome supervision_subscriptions(struct scene *scene,
                                         const struct supervision_subscription_view **rows,
                                         size_t *count)
{
    const struct supervision_list_own_subscriptions_row *found;
    struct supervision_subscription_view *made;
    enum supervision_period period;
    struct str address;

    TRY(supervision_list_own_subscriptions(scene->arena, scene->store, scene->actor.person_id,
                                           &found, count));
    made = NEW_MANY(scene->arena, struct supervision_subscription_view, *count + 1);
    for (size_t i = 0; i < *count; i++) {
        if (!supervision_period_of(found[i].period, &period) ||
            !secret_unseal(scene->arena, "supervision.mail", found[i].address_sealed, &address))
            return FAULT("a subscription cannot be read");
        made[i] = (struct supervision_subscription_view){
            .period = found[i].period,
            .period_name = text_in(scene->language, supervision_period_name(period)),
            .address = masked(scene->arena, address)};
    }
    *rows = made;
    return DONE;
}

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
    id *made;

    TRY(supervision_list_due_mails(scene->arena, scene->store, scene->now, &rows, count));
    made = NEW_MANY(scene->arena, id, *count + 1);
    for (size_t i = 0; i < *count; i++) made[i] = rows[i].mail_id;
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
    reader->actor = (struct actor){.person_id = person_id, .is = WHO_ANYONE, .scope = S("")};
    TRY(supervision_list_reader_roles(scene->arena, scene->store, person_id, &roles, &count));
    for (size_t i = 0; i < count; i++) {
        bool supervises = str_same(roles[i].role, S("supervisor"));

        reader->actor.is |= supervises ? WHO_SUPERVISOR : WHO_LEADER;
        if (supervises) reader->actor.scope = roles[i].scope;
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
    if (!found || !row.next_at || row.next_at > scene->now) return REFUSE(not_now);
    TRY(be_reader(scene, row.person_id, row.language, &reader, &may));
    if (!may || !secret_unseal(scene->arena, "supervision.mail", row.address_sealed, &letter->to))
        return supervision_set_mail(scene->store, S("failed"), row.tries, 0, mail_id);
    TRY(supervision_read(&reader, row.report_id, &report));
    letter->letter_id = mail_id;
    letter->kind = S("report");
    letter->text = write_text(&reader, &report);
    return supervision_set_mail(scene->store, S("sending"), row.tries + 1,
                                scene->now + TAKEN_SECONDS, mail_id);
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
    if (!found) return REFUSE(not_now);
    again_at = notice_try_again_at(row.tries, scene->now);
    if (f->fate == LETTER_LATER && again_at)
        return supervision_set_mail(scene->store, S("queued"), row.tries, again_at, f->letter_id);
    scene_tell(scene, f->fate == LETTER_DELIVERED ? "supervision.mailed" : "supervision.not_mailed",
               0, row.person_id);
    return supervision_set_mail(scene->store, f->fate == LETTER_DELIVERED ? S("sent") : S("failed"),
                                row.tries, 0, f->letter_id);
}

static const struct act act_take = {
    .name = "supervision.mail_take", .who = WHO_SYSTEM, .run = take};
static const struct act act_settle = {
    .name = "supervision.mail_settle", .who = WHO_SYSTEM, .run = settle};
const struct outbox supervision_outbox = {
    .list_due = list_due, .take = &act_take, .settle = &act_settle};

#define FORM_THIS supervision_subscribe_form
FORM_TABLE(supervision_subscribe, SUPERVISION_SUBSCRIBE_FORM)
#undef FORM_THIS
#define FORM_THIS supervision_unsubscribe_form
FORM_TABLE(supervision_unsubscribe, SUPERVISION_UNSUBSCRIBE_FORM)
#define VIEW_THIS supervision_subscription_view
VIEW_TABLE(supervision_subscription, SUPERVISION_SUBSCRIPTION_VIEW)
