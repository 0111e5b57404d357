/* referral_service.c -- from a talk to any item of the service list: its consultant finds the item,
 * and answers what is known of its questions.
 *
 *  (1) What is looked for at first is what the resident asked.
 *  (2) Not every question has to be answered; what is, has to be an answer.  Nothing at all is no
 *      referral.
 *  (3) What was suggested before stands in the questions again. */
#include "desk/items/items_acts.h"
#include "gen/referral_html.h"
#include "platform/secret.h"
#include "service/referral/referral_views.h"

enum { FOUND_MAX = 12, ASKED_MAX = 200 };

static const struct reason known_missing = {"referral.known-missing",
                                            T("Please write in a few sentences what happened."),
                                            .field = "known"};
static const struct reason nothing_known = {
    "referral.nothing-known",
    T("Please answer what is known, at least one of the questions. The rest the resident answers "
      "when applying."),
    0};
static const struct reason nothing_handed = {
    "referral.nothing-handed-over",
    T("Nothing has to be handed over for this service: everybody opens it in the service list."),
    409};

/* ---- finding it ---- */

/* Whole letters of what was asked. */
static struct str beginning_of(struct str text)
{
    size_t len = text.len;

    if (len > ASKED_MAX)
        for (len = ASKED_MAX; len && ((unsigned char)text.at[len] & 0xC0) == 0x80;) len--;
    return (struct str){text.at, len};
}

static struct outcome show_fitting(struct scene *scene, struct str reference,
                                   const struct items_found *found, struct referral_fits_view *made,
                                   size_t *count)
{
    static const struct {
        const char *way, *name, *path;
    } ways[] = {[REFERRAL_NOWHERE] = {0},
                [REFERRAL_SITE] = {"site", T("Applied for on this site"), NULL},
                [REFERRAL_PAPER] = {"paper", T("At a window, with a paper that goes along"), NULL},
                [REFERRAL_AID] = {"aid", T("Legal aid has questions of its own"), "aid"}};
    struct referral_to to;

    TRY(referral_to_of(scene, found->item, &to));
    if (to.way == REFERRAL_NOWHERE) return DONE;
    made[(*count)++] = (struct referral_fits_view){
        .item = found->item,
        .name = found->name,
        .content = found->content,
        .way = str_of(ways[to.way].way),
        .way_name = text_in(scene->language, ways[to.way].name),
        .path = ways[to.way].path
                    ? arena_print(scene->arena, "/desk/consultations/%.*s/%s", STR_ARGS(reference),
                                  ways[to.way].path)
                    : arena_print(scene->arena, "/desk/consultations/%.*s/services/%.*s",
                                  STR_ARGS(reference), STR_ARGS(found->item))};
    return DONE;
}

/* What can be applied for here is not much: it stands there whole, whatever words were tried. */
static struct outcome show_rest(struct scene *scene, struct str reference,
                                struct referral_find_view *v)
{
    static const char *const processes[] = {"mediation", "application", "aid", NULL};
    const struct items_found *found;
    struct referral_fits_view *made;
    size_t count;

    TRY(items_begun_by(scene, processes, &found, &count));
    made = NEW_MANY(scene->arena, struct referral_fits_view, count + 1);
    for (size_t i = 0; i < count; i++) {
        bool is_shown = false;

        for (size_t k = 0; k < v->services_count; k++)
            is_shown = is_shown || str_same(v->services[k].item, found[i].item);
        if (!is_shown) TRY(show_fitting(scene, reference, &found[i], made, &v->others_count));
    }
    v->others = made;
    return DONE;
}

static struct outcome show_find(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct referral_find_form *f = query;
    struct referral_find_view *v = view;
    struct consultation_party party;
    const struct items_found *found;
    struct referral_fits_view *made;
    moment holds_from;
    size_t count;

    TRY(consultation_party_of(scene, f->reference, true, &party));
    v->reference = party.reference;
    v->q = f->q;
    TRY(items_find(scene, f->q.len ? f->q : beginning_of(party.asked), FOUND_MAX, &found, &count,
                   &holds_from)); /* (1) */
    made = NEW_MANY(scene->arena, struct referral_fits_view, count + 1);
    for (size_t i = 0; i < count; i++)
        TRY(show_fitting(scene, party.reference, &found[i], made, &v->services_count));
    v->services = made;
    return show_rest(scene, party.reference, v);
}

/* ---- suggesting it ---- */

static struct outcome open_service(struct scene *scene, struct str reference, struct str item,
                                   struct consultation_party *party, struct referral_to *to)
{
    TRY(consultation_party_of(scene, reference, true, party));
    TRY(referral_to_of(scene, item, to));
    if (!to->is_item || (to->way == REFERRAL_NOWHERE && !to->process)) return REFUSE(act_unknown);
    if (to->way != REFERRAL_SITE && to->way != REFERRAL_PAPER) return REFUSE(nothing_handed);
    return DONE;
}

/* (2) */
static struct outcome read_answers(struct scene *scene, struct str item, const void *form,
                                   struct str *text)
{
    struct cases_asks *asks = NEW(scene->arena, struct cases_asks);
    struct str answers[CASES_FIELDS_MAX], fields[CASES_FIELDS_MAX];

    TRY(cases_asks_of(scene, item, asks));
    cases_answers_of(&referral_service_form, form, answers);
    TRY(cases_asks_check(scene, asks, answers));
    for (size_t i = 0; i < asks->flow.fields_count; i++) fields[i] = asks->flow.fields[i].field;
    *text = referral_answers_text(scene->arena, fields, answers, asks->flow.fields_count);
    return text->len ? DONE : REFUSE(nothing_known);
}

static struct outcome refer_service(struct scene *scene, const void *form, void *result)
{
    const struct referral_service_form *f = form;
    struct str known = S(""), answers = S("");
    struct consultation_party party;
    struct referral_to to;

    (void)result;
    TRY(open_service(scene, f->reference, f->item, &party, &to));
    if (to.way == REFERRAL_SITE) {
        TRY(read_answers(scene, f->item, form, &answers));
    } else {
        known = str_trim(f->known);
        if (known.len < 2) return REFUSE(known_missing);
    }
    return referral_suggest(scene, &party, &to, known, answers);
}

const struct act referral_refer_service = {.name = "referral.refer_service",
                                           .who = WHO_CONSULTANT,
                                           .form = &referral_service_form,
                                           .run = refer_service};

/* ---- its questions ---- */

static const struct form_state *typed_of(const struct request *request)
{
    const struct form_state *state = request->face ? request->face->form : NULL;

    return state && state->form == &referral_service_form ? state : NULL;
}

static const struct referral_option_view *options_of(struct scene *scene,
                                                     const struct cases_field *field,
                                                     const struct referral_question_view *question)
{
    struct referral_option_view *made =
        NEW_MANY(scene->arena, struct referral_option_view, field->options_count + 1);

    for (size_t i = 0; i < field->options_count; i++)
        made[i] = (struct referral_option_view){
            .slot = question->slot,
            .value = field->options[i].option,
            .label = scene->language == LANGUAGE_EN ? field->options[i].en : field->options[i].zh,
            .is_chosen = str_same(field->options[i].option, question->value)};
    return made;
}

static struct str kept_answer(struct str kept, struct str of)
{
    struct str field, answer;

    while (referral_answers_next(&kept, &field, &answer))
        if (str_same(field, of)) return answer;
    return S("");
}

static struct outcome show_questions(struct request *request, struct str kept,
                                     struct referral_service_view *v)
{
    struct scene *scene = request->scene;
    const struct form_state *typed = typed_of(request);
    struct cases_asks *asks = NEW(scene->arena, struct cases_asks);
    struct referral_question_view *made;
    bool english = scene->language == LANGUAGE_EN;

    TRY(cases_asks_of(scene, v->item, asks));
    v->questions_count = asks->flow.fields_count;
    made = NEW_MANY(scene->arena, struct referral_question_view, v->questions_count + 1);
    for (size_t i = 0; i < v->questions_count; i++) {
        const struct cases_field *field = &asks->flow.fields[i];
        struct outcome outcome = DONE;

        made[i] =
            (struct referral_question_view){.slot = arena_print(scene->arena, "answer_%zu", i + 1),
                                            .field = field->field,
                                            .kind = field->kind,
                                            .label = english ? field->en : field->zh,
                                            .hint = english ? field->hint_en : field->hint_zh,
                                            .value = kept_answer(kept, field->field)}; /* (3) */
        if (typed) {
            made[i].value = typed->given[form_place(&referral_service_form, made[i].slot)];
            if (str_trim(made[i].value).len)
                outcome = cases_answer_check(field, str_trim(made[i].value));
        }
        if (outcome.refusal) made[i].wrong = text_in(scene->language, outcome.refusal->text);
        made[i].options = options_of(scene, field, &made[i]);
        made[i].options_count = field->options_count;
    }
    v->questions = made;
    return DONE;
}

static struct outcome show_service(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct referral_item_form *f = query;
    struct referral_service_view *v = view;
    const struct form_state *typed = typed_of(request);
    struct consultation_party party;
    struct str kept = S("");
    struct referral_to to;
    referral_row row;
    bool found;

    TRY(open_service(scene, f->reference, f->item, &party, &to));
    v->reference = party.reference;
    v->item = to.kind;
    v->name = to.name;
    v->office = to.office;
    v->is_on_site = to.way == REFERRAL_SITE;
    TRY(referral_find(scene, party.case_id, to.kind, &row, &found));
    v->is_open = !party.is_ended &&
                 referral_may(v->is_on_site, found ? row.state : S("none"), REFERRAL_OFFER);
    if (found) {
        v->state_name = text_in(scene->language, referral_state_name(row.state));
        TRY(referral_unseal(scene, row.known_sealed, &v->known));
        TRY(referral_unseal(scene, row.answers_sealed, &kept));
    }
    if (typed) v->known = typed->given[form_place(&referral_service_form, S("known"))];
    return v->is_on_site ? show_questions(request, kept, v) : DONE;
}

const struct page referral_service_pages[] = {
    {.method = GET,
     .path = "/desk/consultations/{reference}/services",
     .who = WHO_CONSULTANT,
     .about = "What of the service list fits a talk, for its consultant; without words, what was "
              "asked in it.",
     .query = &referral_find_form,
     .view = &referral_find_view,
     .html = &html_referral_find,
     .show = show_find,
     .per_minute = REFERRAL_DEEDS_A_MINUTE},
    {.method = GET,
     .path = "/desk/consultations/{reference}/services/{item}",
     .who = WHO_CONSULTANT,
     .about = "What an item of the service list asks, and what was suggested to it from this talk.",
     .query = &referral_item_form,
     .view = &referral_service_view,
     .html = &html_referral_service,
     .show = show_service},
    {.method = POST,
     .path = "/desk/consultations/{reference}/services/{item}",
     .who = WHO_CONSULTANT,
     .about = "Suggest an item of the service list, with the answers that are known; the resident "
              "reads them first.",
     .act = &referral_refer_service,
     .then = "/desk/consultations/{reference}/referrals",
     .again = "/desk/consultations/{reference}/services/{item}",
     .said = T("The resident sees it beside the talk. Nothing is handed over before they agree."),
     .per_minute = REFERRAL_DEEDS_A_MINUTE},
    {0},
};

#define FORM_THIS referral_find_form
FORM_TABLE(referral_find, REFERRAL_FIND_FORM)
#undef FORM_THIS
#define FORM_THIS referral_item_form
FORM_TABLE(referral_item, REFERRAL_ITEM_FORM)
#undef FORM_THIS
#define FORM_THIS referral_service_form
FORM_TABLE(referral_service, REFERRAL_SERVICE_FORM)
#undef FORM_THIS
#define VIEW_THIS referral_fits_view
VIEW_TABLE(referral_fits, REFERRAL_FITS_VIEW)
#undef VIEW_THIS
#define VIEW_THIS referral_find_view
VIEW_TABLE(referral_find, REFERRAL_FIND_VIEW)
#undef VIEW_THIS
#define VIEW_THIS referral_option_view
VIEW_TABLE(referral_option, REFERRAL_OPTION_VIEW)
#undef VIEW_THIS
#define VIEW_THIS referral_question_view
VIEW_TABLE(referral_question, REFERRAL_QUESTION_VIEW)
#undef VIEW_THIS
#define VIEW_THIS referral_service_view
VIEW_TABLE(referral_service, REFERRAL_SERVICE_VIEW)
#undef VIEW_THIS
