/* supervision_address.c -- who wants reports by e-mail, and that an address is its reader's own.
 *
 *  (1) Nothing but the letter with the link is sent to an address before the link was opened and
 *      its button pressed: what fetches pages ahead confirms nothing.
 *  (2) The link's token is made when the letter is carried and kept as a hash; it works three days.
 *  (3) An address a reader has confirmed is confirmed for all reports of theirs.
 *  (4) Addresses are sealed, shown masked, and in no journal line.
 *  (5) A key of a program subscribes nobody: letters would go on when it has ended.
 *  (6) No address gets more than ADDRESS_LETTERS_MAX letters with a link a day, nor does a reader
 * have more than READER_LETTERS_MAX sent; taking a subscription back forgets none of them. */
#include "bureau/supervision/supervision_report_views.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice.h"
#include "platform/outbox.h"
#include "platform/secret.h"

enum {
    AGAIN_SECONDS = 10 * SECONDS_PER_MINUTE, /* between two letters with a link */
    LINK_SECONDS = 3 * SECONDS_PER_DAY,
    ADDRESS_LETTERS_MAX = 4, /* the three reports, and one more */
    READER_LETTERS_MAX = 6   /* the same, with an address typed wrongly twice */
};

const struct reason supervision_wrong_address = {
    "supervision.wrong-address", T("Please write an e-mail address, like name@example.cn."),
    .field = "address"};
const struct reason supervision_just_sent = {
    "supervision.just-sent",
    T("A letter with a link was sent a few minutes ago. Please look for it, also among unwanted "
      "mail, or try again in ten minutes."),
    409};
static const struct reason enough_sent = {
    "supervision.enough-sent",
    T("No more letters with a link are sent today to this address, or for you. Please look for "
      "those that were sent, also among unwanted mail, or try again tomorrow."),
    429};
static const struct reason not_now = {"supervision.mail-not-now", T("There is nothing to do."),
                                      409};

static struct str site_address; /* set once, before any thread */

void supervision_use_site(struct str public_url)
{
    while (public_url.len && public_url.at[public_url.len - 1] == '/') public_url.len--;
    site_address = public_url;
}

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

/* Whether this reader has shown before that letters to the address reach them. */
static struct outcome look_at_own(struct scene *scene, struct str address, bool *is_proven)
{
    const struct supervision_list_own_subscriptions_row *rows;
    size_t count;

    *is_proven = false;
    TRY(supervision_list_own_subscriptions(scene->arena, scene->store, scene->actor.person_id,
                                           &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct str own;

        if (!secret_unseal(scene->arena, "supervision.mail", rows[i].address_sealed, &own))
            return FAULT("a subscription cannot be read");
        if (rows[i].confirmed_at && str_same(own, address)) *is_proven = true;
    }
    return DONE;
}

/* An address is the same however its letters are capitalised. */
static struct str index_of(struct arena *arena, struct str address)
{
    char *small = arena_take(arena, 1, address.len + 1);

    for (size_t i = 0; i < address.len; i++)
        small[i] = address.at[i] >= 'A' && address.at[i] <= 'Z' ? (char)(address.at[i] + 'a' - 'A')
                                                                : address.at[i];
    return secret_index(arena, "supervision.mail", (struct str){small, address.len});
}

/* One more letter with a link to that address, or none. */
static struct outcome count_letter(struct scene *scene, struct str period, struct str address,
                                   id letter_id)
{
    struct str address_index = index_of(scene->arena, address);
    struct supervision_count_letters_of_row own;
    struct supervision_count_letters_to_row there;
    bool found;

    TRY(supervision_drop_letters_before(scene->store, scene->now - SECONDS_PER_DAY));
    TRY(supervision_count_letters_of(scene->store, period, scene->actor.person_id, &own, &found));
    if (own.at_last && scene->now - own.at_last < AGAIN_SECONDS)
        return REFUSE(supervision_just_sent);
    TRY(supervision_count_letters_to(scene->store, address_index, &there, &found));
    if (own.letters_count >= READER_LETTERS_MAX || there.letters_count >= ADDRESS_LETTERS_MAX)
        return REFUSE(enough_sent);
    return supervision_add_letter(scene->store, letter_id, scene->actor.person_id, period,
                                  address_index, scene->now);
}

static struct outcome subscribe(struct scene *scene, const void *form, void *result)
{
    const struct supervision_subscribe_form *f = form;
    enum supervision_period period;
    id letter_id = 0;
    bool is_proven;

    (void)result;
    TRY(identity_by_person(scene));
    if (str_same(supervision_scope_of(scene).division, S("-"))) return REFUSE(act_not_yours);
    if (!supervision_period_of(f->period, &period)) return REFUSE(act_unknown);
    if (!is_address(f->address)) return REFUSE(supervision_wrong_address);
    TRY(look_at_own(scene, f->address, &is_proven));
    if (!is_proven) {
        letter_id = scene_new_id(scene);
        TRY(count_letter(scene, f->period, f->address, letter_id));
    }
    return supervision_set_subscription(scene->store, scene->actor.person_id, f->period,
                                        secret_seal(scene->arena, "supervision.mail", f->address),
                                        scene->language == LANGUAGE_EN ? S("en") : S("zh"),
                                        scene->now, is_proven ? scene->now : 0, letter_id,
                                        is_proven ? 0 : scene->now);
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
            .address = masked(scene->arena, address),
            .is_confirmed = found[i].confirmed_at > 0};
    }
    *rows = made;
    return DONE;
}

/* ---- the letter with the link ---- */

static struct str write_proof(struct scene *scene, enum language language, struct str period_name,
                              struct str token)
{
    struct str link = arena_print(scene->arena, "%.*s/confirm-address/%.*s", STR_ARGS(site_address),
                                  STR_ARGS(token));

    return arena_print(
        scene->arena, "%.*s\n\n%.*s\n\n%.*s\n",
        STR_ARGS(text_in(language, T("Please confirm your e-mail address"))),
        STR_ARGS(text_fill(scene->arena, language,
                           T("Somebody who is signed in to the legal service asks for this report "
                             "by e-mail: %1. If it was you, open this page within three days and "
                             "press the button. If it was not, do nothing: no report is sent."),
                           period_name, S(""), S(""))),
        STR_ARGS(link));
}

struct outcome supervision_take_proof(struct scene *scene, id proof_id, struct letter *letter)
{
    struct supervision_find_proof_row row;
    struct str token = secret_token(scene->arena);
    enum supervision_period period;
    enum language language;
    bool found;

    TRY(supervision_find_proof(scene->arena, scene->store, proof_id, &row, &found));
    if (!found || !row.proof_next_at || row.proof_next_at > scene->now) return REFUSE(not_now);
    if (!supervision_period_of(row.period, &period) ||
        !secret_unseal(scene->arena, "supervision.mail", row.address_sealed, &letter->to))
        return FAULT("a subscription cannot be read");
    language = str_same(row.language, S("en")) ? LANGUAGE_EN : LANGUAGE_ZH;
    letter->letter_id = proof_id;
    letter->kind = S("confirm-address");
    letter->text =
        write_proof(scene, language, text_in(language, supervision_period_name(period)), token);
    return supervision_set_proof(scene->store, secret_token_hash(scene->arena, token),
                                 row.proof_tries + 1, scene->now + SUPERVISION_TAKEN_SECONDS,
                                 proof_id);
}

struct outcome supervision_settle_proof(struct scene *scene, id proof_id, bool is_later)
{
    struct supervision_find_proof_row row;
    bool found;

    TRY(supervision_find_proof(scene->arena, scene->store, proof_id, &row, &found));
    if (!found) return REFUSE(not_now);
    return supervision_set_proof_settled(
        scene->store, is_later ? notice_try_again_at(row.proof_tries, scene->now) : 0, proof_id);
}

/* ---- the link ---- */

static struct outcome find_proven(struct scene *scene, struct str token,
                                  struct supervision_find_proven_row *row)
{
    bool found;

    TRY(supervision_find_proven(scene->arena, scene->store, secret_token_hash(scene->arena, token),
                                row, &found));
    if (!found || (!row->confirmed_at && scene->now - row->made_at >= LINK_SECONDS))
        return REFUSE(act_unknown);
    return DONE;
}

struct outcome supervision_show_address(struct request *request, const void *query, void *view)
{
    const struct supervision_address_form *f = query;
    struct scene *scene = request->scene;
    struct supervision_address_view *v = view;
    struct supervision_find_proven_row row;
    enum supervision_period period;

    TRY(find_proven(scene, f->token, &row));
    if (!supervision_period_of(row.period, &period)) return FAULT("a subscription cannot be read");
    *v = (struct supervision_address_view){
        .token = f->token,
        .period = row.period,
        .period_name = text_in(scene->language, supervision_period_name(period)),
        .is_confirmed = row.confirmed_at > 0};
    return DONE;
}

static struct outcome confirm(struct scene *scene, const void *form, void *result)
{
    const struct supervision_address_form *f = form;
    struct supervision_find_proven_row row;

    (void)result;
    TRY(find_proven(scene, f->token, &row));
    if (row.confirmed_at) return DONE;
    scene_about(scene, 0, row.person_id);
    return supervision_set_confirmed(scene->store, scene->now, row.person_id, row.period);
}

const struct act supervision_act_confirm = {.name = "supervision.confirm_address",
                                            .who = WHO_ANYONE,
                                            .form = &supervision_address_form,
                                            .run = confirm};

#define FORM_THIS supervision_address_form
FORM_TABLE(supervision_address, SUPERVISION_ADDRESS_FORM)
#undef FORM_THIS
#define VIEW_THIS supervision_address_view
VIEW_TABLE(supervision_address, SUPERVISION_ADDRESS_VIEW)
#undef VIEW_THIS
#define FORM_THIS supervision_subscribe_form
FORM_TABLE(supervision_subscribe, SUPERVISION_SUBSCRIBE_FORM)
#undef FORM_THIS
#define FORM_THIS supervision_unsubscribe_form
FORM_TABLE(supervision_unsubscribe, SUPERVISION_UNSUBSCRIBE_FORM)
#define VIEW_THIS supervision_subscription_view
VIEW_TABLE(supervision_subscription, SUPERVISION_SUBSCRIPTION_VIEW)
