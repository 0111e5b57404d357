/* referral_refer.c -- suggested, read, agreed, handed over, taken over.
 *
 *  (1) Only the consultant who has the talk suggests, and only its resident agrees: by the number
 *      alone nobody does.
 *  (2) Each step is told in the talk, to both, and stands in the journal at both ends.
 *  (3) Whoever holds the paper says that it was received: the code stands on it and nowhere else.
 *  (4) What was said in the talk does not go along; what does, is kept for thirty days, or is the
 *      case's from the application on.
 *  (5) The questions are filled in for the browser that agreed, and only while it can still open
 *      the talk: whoever comes after, at a machine that others use too, finds nothing.
 */
#include "gen/referral_sql.h"
#include "platform/secret.h"
#include "service/referral/referral_views.h"

static const struct reason kind_unknown = {"referral.kind", T("Please choose where to."),
                                           .field = "kind"};
static const struct reason not_now = {
    "referral.not-now", T("This has gone on meanwhile. Please look at the page again."), 409};
static const struct reason talk_ended = {"referral.talk-ended",
                                         T("This talk has ended: nothing can be suggested in it "
                                           "any more."),
                                         409};

struct outcome referral_unseal(struct scene *scene, struct str sealed, struct str *plain)
{
    *plain = S("");
    if (!sealed.len || secret_unseal(scene->arena, REFERRAL_USE, sealed, plain)) return DONE;
    return FAULT("referral: what was sealed cannot be read: these are not its keys");
}

struct outcome referral_find(struct scene *scene, id consultation_id, struct str kind,
                             referral_row *row, bool *found)
{
    const referral_row *rows;
    size_t count;

    *found = false;
    TRY(referral_list_of_talk(scene->arena, scene->store, consultation_id, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (str_same(rows[i].kind, kind)) *row = rows[i], *found = true;
    return DONE;
}

static struct str visitor_hash(struct scene *scene)
{
    struct str visitor = scene_brought(scene, S("visitor"));

    return visitor.len == TOKEN_LEN ? secret_token_hash(scene->arena, visitor) : S("");
}

static struct outcome refer(struct scene *scene, const void *form, void *result)
{
    const struct referral_refer_form *f = form;
    const struct referral_kind *kind = referral_kind_of(f->kind);
    struct consultation_party party;
    referral_row row;
    bool found;

    (void)result;
    TRY(consultation_party_of(scene, f->reference, true, &party)); /* (1) */
    if (!kind) return REFUSE(kind_unknown);
    if (party.is_ended) return REFUSE(talk_ended);
    TRY(referral_find(scene, party.case_id, f->kind, &row, &found));
    if (!referral_may(kind, found ? row.state : S("none"), REFERRAL_OFFER)) return REFUSE(not_now);
    scene->detail = f->kind;
    TRY(referral_set_offer(scene->store, party.case_id, f->kind, party.reference, party.division,
                           scene->actor.person_id, scene->now,
                           secret_seal(scene->arena, REFERRAL_USE, str_trim(f->known)),
                           secret_seal(scene->arena, REFERRAL_USE, str_trim(f->other_side))));
    TRY(clock_set(scene, "referral.tidy", party.case_id,
                  scene->now + REFERRAL_DAYS * SECONDS_PER_DAY)); /* (4) */
    return consultation_tell(scene, party.case_id,
                             T("The consultant suggests where to go from here, and has written "
                               "down what would be handed over. You find it on this page. Nothing "
                               "goes along before you agree."),
                             S(""));
}

struct own {
    struct consultation_party party;
    const struct referral_kind *kind;
    referral_row row;
};

static struct outcome open_own(struct scene *scene, const struct referral_one_form *f,
                               enum referral_deed deed, struct own *own)
{
    bool found;

    TRY(consultation_party_of(scene, f->reference, false, &own->party)); /* (1) */
    own->kind = referral_kind_of(f->kind);
    if (!own->kind) return REFUSE(act_unknown);
    TRY(referral_find(scene, own->party.case_id, f->kind, &own->row, &found));
    if (!found) return REFUSE(act_unknown);
    scene->detail = f->kind;
    return referral_may(own->kind, own->row.state, deed) ? DONE : REFUSE(not_now);
}

static struct outcome agree(struct scene *scene, const void *form, void *result)
{
    struct str first = secret_reference(scene->arena), second = secret_reference(scene->arena);
    struct str code = arena_print(scene->arena, "%.*s-%.*s", STR_ARGS(first), STR_ARGS(second));
    struct own own;

    (void)result;
    TRY(open_own(scene, form, REFERRAL_AGREE, &own));
    TRY(referral_set_state(scene->store, S("agreed"), scene->now, own.kind->item ? S("") : code,
                           own.kind->item ? visitor_hash(scene) : S(""), own.party.case_id,
                           own.row.kind));
    return consultation_tell(scene, own.party.case_id,
                             T("The resident agreed to what would be handed over."), S(""));
}

static struct outcome decline(struct scene *scene, const void *form, void *result)
{
    struct own own;

    (void)result;
    TRY(open_own(scene, form, REFERRAL_DECLINE, &own));
    TRY(referral_set_state(scene->store, S("declined"), scene->now, S(""), S(""), own.party.case_id,
                           own.row.kind));
    return consultation_tell(scene, own.party.case_id, T("The resident does not want it now."),
                             S(""));
}

/* (3) */
static struct outcome take(struct scene *scene, const void *form, void *result)
{
    const struct referral_take_form *f = form;
    struct referral_find_of_code_row row;
    struct str receipt;
    bool found;

    (void)result;
    TRY(referral_find_of_code(scene->arena, scene->store, f->code, &row, &found));
    if (!found) return REFUSE(act_unknown);
    if (!referral_may(referral_kind_of(row.kind), row.state, REFERRAL_TAKE)) return REFUSE(not_now);
    receipt = arena_print(scene->arena, "%.*s%s%.*s", STR_ARGS(f->receiver),
                          f->receipt.len ? " · " : "", STR_ARGS(f->receipt));
    scene->detail = row.kind;
    TRY(referral_set_taken(scene->store, scene->now,
                           secret_seal(scene->arena, REFERRAL_USE, receipt), row.consultation_id,
                           row.kind));
    return consultation_tell(scene, row.consultation_id,
                             T("What was handed over has been taken over by: %1."), f->receiver);
}

/* ---- applying on this site ---- */

/* (5) */
static struct outcome find_agreed(struct scene *scene, struct str item,
                                  struct referral_find_of_visitor_row *row, bool *found)
{
    struct consultation_party party;
    struct str hash = visitor_hash(scene);
    struct outcome own;

    *found = false;
    if (!hash.len || !str_same(item, str_of(referral_kinds[0].item))) return DONE;
    TRY(referral_find_of_visitor(scene->arena, scene->store, hash, str_of(referral_kinds[0].kind),
                                 row, found));
    if (!*found) return DONE;
    own = consultation_party_of(scene, row->reference, false, &party);
    *found = IS_DONE(own);
    return own.refusal ? DONE : own;
}

struct outcome referral_known(struct scene *scene, struct str item, struct cases_known *known,
                              bool *found)
{
    struct referral_find_of_visitor_row row;

    TRY(find_agreed(scene, item, &row, found));
    if (!*found) return DONE;
    known->talk = row.reference;
    known->division = row.division;
    known->answers[0].field = S("what");
    known->answers[1].field = S("other");
    known->count = 2;
    TRY(referral_unseal(scene, row.known_sealed, &known->answers[0].answer));
    return referral_unseal(scene, row.other_sealed, &known->answers[1].answer);
}

struct outcome referral_applied(struct scene *scene, struct str item, struct str reference)
{
    struct referral_find_of_visitor_row row;
    id case_id;
    bool found;

    TRY(find_agreed(scene, item, &row, &found));
    if (!found) return DONE;
    TRY(cases_link_talk(scene, reference, row.consultation_id, row.reference, &case_id));
    TRY(referral_set_applied(scene->store, scene->now, case_id, row.consultation_id, row.kind));
    return consultation_tell(scene, row.consultation_id, T("Mediation was applied for: case %1."),
                             reference);
}

/* (4) */
static struct outcome tidy(struct scene *scene, const void *form, void *result)
{
    const struct clock_form *f = form;
    moment before = scene->now - REFERRAL_DAYS * SECONDS_PER_DAY;

    (void)result;
    scene->quiet = true;
    TRY(referral_drop_unanswered(scene->store, f->case_id, before));
    return referral_drop_words(scene->store, f->case_id, before);
}

const struct act referral_refer = {
    .name = "referral.refer", .who = WHO_CONSULTANT, .form = &referral_refer_form, .run = refer};
const struct act referral_agree = {
    .name = "referral.agree", .who = WHO_ASKER, .form = &referral_one_form, .run = agree};
const struct act referral_decline = {
    .name = "referral.decline", .who = WHO_ASKER, .form = &referral_one_form, .run = decline};
const struct act referral_take_over = {
    .name = "referral.take", .who = WHO_ANYONE, .form = &referral_take_form, .run = take};
const struct act referral_tidy = {.name = "referral.tidy", .who = WHO_SYSTEM, .run = tidy};

#define FORM_THIS referral_refer_form
FORM_TABLE(referral_refer, REFERRAL_REFER_FORM)
#undef FORM_THIS
#define FORM_THIS referral_one_form
FORM_TABLE(referral_one, REFERRAL_ONE_FORM)
#undef FORM_THIS
#define FORM_THIS referral_take_form
FORM_TABLE(referral_take, REFERRAL_TAKE_FORM)
#undef FORM_THIS
