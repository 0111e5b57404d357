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
 *  (6) What the office makes of the case closes the referral, in the same act: taken over, or ended
 *      before that.  Both sides of the talk read which, and nothing of what stands in the case.
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

static const struct reason too_many = {
    "referral.too-many",
    T("From one talk it can go to twelve places. Please take up one of those again."), 409};
static const struct reason service_gone = {
    "referral.service-gone",
    T("This service is no longer in the list. Please ask the consultant, or call 12348."), 409};

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

struct outcome referral_suggest(struct scene *scene, const struct consultation_party *party,
                                const struct referral_to *to, struct str known, struct str answers)
{
    const referral_row *rows;
    referral_row row;
    size_t count;
    bool found;

    if (party->is_ended) return REFUSE(talk_ended);
    TRY(referral_find(scene, party->case_id, to->kind, &row, &found));
    if (!referral_may(to->way == REFERRAL_SITE, found ? row.state : S("none"), REFERRAL_OFFER))
        return REFUSE(not_now);
    TRY(referral_list_of_talk(scene->arena, scene->store, party->case_id, &rows, &count));
    if (!found && count >= REFERRAL_A_TALK_MAX) return REFUSE(too_many);
    scene->detail = to->kind;
    TRY(referral_set_offer(scene->store, party->case_id, to->kind, party->reference,
                           party->division, scene->actor.person_id, scene->now,
                           secret_seal(scene->arena, REFERRAL_USE, known),
                           answers.len ? secret_seal(scene->arena, REFERRAL_USE, answers) : S("")));
    TRY(clock_set(scene, "referral.tidy", party->case_id,
                  scene->now + REFERRAL_DAYS * SECONDS_PER_DAY)); /* (4) */
    return consultation_tell(scene, party->case_id,
                             T("The consultant suggests where to go from here, and has written "
                               "down what would be handed over. You find it on this page. Nothing "
                               "goes along before you agree."),
                             S(""));
}

static struct outcome refer(struct scene *scene, const void *form, void *result)
{
    const struct referral_refer_form *f = form;
    struct consultation_party party;
    struct referral_to to;

    (void)result;
    TRY(consultation_party_of(scene, f->reference, true, &party)); /* (1) */
    if (!referral_kind_of(f->kind)) return REFUSE(kind_unknown);
    TRY(referral_to_of(scene, f->kind, &to));
    return referral_suggest(scene, &party, &to, str_trim(f->known), S(""));
}

struct own {
    struct consultation_party party;
    struct referral_to to;
    referral_row row;
};

static struct outcome open_own(struct scene *scene, const struct referral_one_form *f,
                               enum referral_deed deed, struct own *own)
{
    bool found;

    TRY(consultation_party_of(scene, f->reference, false, &own->party)); /* (1) */
    TRY(referral_to_of(scene, f->kind, &own->to));
    TRY(referral_find(scene, own->party.case_id, f->kind, &own->row, &found));
    if (!found) return REFUSE(act_unknown);
    scene->detail = f->kind;
    if (own->to.way == REFERRAL_NOWHERE && deed != REFERRAL_DECLINE) return REFUSE(service_gone);
    if (!referral_may(own->to.way == REFERRAL_SITE, own->row.state, deed)) return REFUSE(not_now);
    return DONE;
}

static struct outcome agree(struct scene *scene, const void *form, void *result)
{
    struct str first = secret_reference(scene->arena), second = secret_reference(scene->arena);
    struct str code = arena_print(scene->arena, "%.*s-%.*s", STR_ARGS(first), STR_ARGS(second));
    struct own own;
    bool is_on_site;

    (void)result;
    TRY(open_own(scene, form, REFERRAL_AGREE, &own));
    is_on_site = own.to.way == REFERRAL_SITE;
    TRY(referral_set_state(scene->store, S("agreed"), scene->now, is_on_site ? S("") : code,
                           is_on_site ? visitor_hash(scene) : S(""), own.party.case_id,
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
    if (!referral_may(false, row.state, REFERRAL_TAKE)) return REFUSE(not_now);
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
    if (!hash.len) return DONE;
    TRY(referral_find_of_visitor(scene->arena, scene->store, hash, item, row, found));
    if (!*found) return DONE;
    own = consultation_party_of(scene, row->reference, false, &party);
    *found = IS_DONE(own);
    return own.refusal ? DONE : own;
}

static void know(struct cases_known *known, struct str field, struct str answer)
{
    if (!answer.len || known->count >= CASES_FIELDS_MAX) return;
    known->answers[known->count].field = field;
    known->answers[known->count++].answer = answer;
}

struct outcome referral_known(struct scene *scene, struct str item, struct cases_known *known,
                              bool *found)
{
    struct referral_find_of_visitor_row row;
    struct str what, other, kept, field, answer;

    TRY(find_agreed(scene, item, &row, found));
    if (!*found) return DONE;
    known->talk = row.reference;
    known->division = row.division;
    TRY(referral_unseal(scene, row.known_sealed, &what));
    TRY(referral_unseal(scene, row.other_sealed, &other));
    TRY(referral_unseal(scene, row.answers_sealed, &kept));
    know(known, S("what"), what); /* suggested before there were answers: two words of mediation */
    know(known, S("other"), other);
    while (referral_answers_next(&kept, &field, &answer)) know(known, field, answer);
    return DONE;
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
    return consultation_tell(scene, row.consultation_id,
                             T("The resident applied with what was handed over: case %1."),
                             reference);
}

/* (6) */
struct outcome referral_went_on(struct scene *scene, id case_id, struct str reference,
                                enum cases_went went)
{
    bool found, is_taken = went == CASES_WENT_TAKEN;
    struct referral_find_of_case_row row;

    TRY(referral_find_of_case(scene->arena, scene->store, case_id, &row, &found));
    if (!found || !referral_may(true, row.state, is_taken ? REFERRAL_TAKE : REFERRAL_END))
        return DONE;
    TRY(referral_set_after(scene->store, is_taken ? S("taken") : S("ended"), scene->now,
                           row.consultation_id, row.kind));
    return consultation_tell(scene, row.consultation_id,
                             is_taken ? T("The office has taken it over: case %1.")
                                      : T("It ended before an office took it over: case %1."),
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
