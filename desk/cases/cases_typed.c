/* cases_typed.c -- an application on paper is typed in, by an officer or at a window; and a court,
 * procuratorate or the police ask for a lawyer by a notice of theirs.
 *
 *  (1) Officers type in, and clerks of halls; who acts for applicants does not.
 *  (2) What came on paper belongs to nobody on line until whoever proves the number the applicant
 *      gave adds the reference and the code of the receipt: a number that was typed wrongly gives
 *      the case to nobody.  The code stands on the receipt and in no message.  What came with a
 *      notice is nobody's on line for good: the number is the authority's.
 *  (3) Who typed it in reads the receipt for a day, and nothing of the case later.
 *  (4) It runs as if it had been handed in on line, and says who typed it. */
#include "desk/cases/cases_views.h"
#include "gen/cases_html.h"
#include "platform/secret.h"

enum {
    TYPED_A_MINUTE = 20,
    CLAIMS_A_MINUTE = 5,
    RECEIPT_SECONDS = SECONDS_PER_DAY,
    LIST_SECONDS = SECONDS_PER_DAY
};

static const struct reason which_notice = {
    "cases.which-notice", T("Please write which authority asks, and the number of its notice."),
    .field = "notice"};

static const struct reason receipt_unknown = {
    "cases.receipt-unknown",
    T("Reference, code and your phone number do not go together. Please compare them with the "
      "receipt, or call 12348."),
    0};

/* (1) */
static struct outcome may_type(struct scene *scene)
{
    struct str profession, district;

    if (scene_is(scene, WHO_CLERK)) return DONE;
    TRY(cases_helping_as(scene, &profession, &district));
    return district.len ? DONE : REFUSE(act_not_yours);
}

static struct outcome check(struct scene *scene, const struct cases_type_in_form *f,
                            const struct cases_case *c, struct str *answers)
{
    bool found;

    if (f->version && f->version != c->row.version_id) return REFUSE(cases_item_changed);
    TRY(identity_division_exists(scene, f->division, &found));
    if (!found || f->division.len != 6) return REFUSE(cases_division_unknown);
    if (c->flow.on_notice && str_trim(f->notice).len < 2) return REFUSE(which_notice);
    cases_answers_of(&cases_type_in_form, f, answers);
    return cases_answers_check(scene, &c->flow, answers);
}

static struct outcome type_in(struct scene *scene, const void *form, void *result)
{
    const struct cases_type_in_form *f = form;
    struct cases_typed_told_view *told = result;
    struct str answers[CASES_FIELDS_MAX];
    struct cases_case c = {.is = 1u << CASES_APPLICANT};
    struct cases_filing filing = {
        .name = f->name, .phone = f->phone, .division = f->division, .channel = S("window")};

    TRY(may_type(scene));
    TRY(cases_load_item(scene, f->item, &c.row.version_id, &c.item, &c.flow));
    TRY(check(scene, f, &c, answers));
    filing.owner_id = scene_new_id(scene); /* (2) */
    filing.answers = answers;
    filing.is_told = !c.flow.on_notice;
    TRY(cases_file_in(scene, &c, &filing));
    told->reference = c.row.reference;
    scene->detail = c.item.item;
    return cases_add_typed(
        scene->store, c.row.case_id, scene->actor.person_id, scene->now,
        secret_seal(scene->arena, CASES_USE_WORDS, c.flow.on_notice ? str_trim(f->notice) : S("")));
}

/* ---- the receipt ---- */

/* Of the reference, by a key of the installation: kept nowhere. */
static struct str receipt_code(struct scene *scene, struct str reference)
{
    struct str hash = secret_index(scene->arena, "cases.receipt", reference);
    char *code = arena_take(scene->arena, CASES_RECEIPT_DIGITS, 1);

    for (size_t i = 0; i < CASES_RECEIPT_DIGITS; i++)
        code[i] = (char)('0' + (unsigned char)hash.at[i] % 10);
    return (struct str){code, CASES_RECEIPT_DIGITS};
}

struct outcome cases_is_receipt(struct scene *scene, const struct cases_case *c,
                                struct str reference, struct str code, bool *is_right)
{
    struct cases_find_typed_row typed;
    bool found;

    TRY(cases_find_typed(scene->arena, scene->store, c->row.case_id, &typed, &found));
    *is_right = found && !c->flow.on_notice && secret_same(code, receipt_code(scene, reference));
    return DONE;
}

/* (2): whatever of the three is wrong, it is one answer. */
static struct outcome claim(struct scene *scene, const void *form, void *result)
{
    const struct cases_claim_form *f = form;
    struct cases_typed_told_view *told = result;
    struct cases_find_reference_row row;
    struct cases_find_typed_row typed;
    struct str phone, own;
    struct cases_case c;
    bool found;

    told->reference = cases_upper(scene->arena, f->receipt);
    TRY(cases_find_reference(scene->store, told->reference, &row, &found));
    if (found) TRY(cases_find_typed(scene->arena, scene->store, row.case_id, &typed, &found));
    if (!found) return REFUSE(receipt_unknown);
    TRY(cases_open_id(scene, row.case_id, &c));
    TRY(cases_unseal(scene, CASES_USE_PHONE, c.row.phone_sealed, &phone));
    TRY(identity_phone(scene, scene->actor.person_id, &own));
    if (c.flow.on_notice || !own.len || !str_same(own, phone) ||
        !secret_same(f->code, receipt_code(scene, told->reference)))
        return REFUSE(receipt_unknown);
    scene_about(scene, row.case_id, 0);
    return cases_set_case_owner(scene->store, scene->actor.person_id, row.case_id);
}

/* ---- pages ---- */

static struct outcome show_typed(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct cases_typed_view *v = view;
    const struct cases_list_typed_row *rows;
    const struct items_name *names;
    struct cases_typed_item_view *items;
    struct cases_typed_row_view *typed;
    size_t count;

    (void)query;
    TRY(may_type(scene));
    TRY(items_names(scene, &names, &count));
    items = NEW_MANY(scene->arena, struct cases_typed_item_view, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct items_item item;
        id version_id;
        bool found;

        TRY(items_now(scene, names[i].item, &version_id, &item, &found));
        if (!found || !item.flow.len) continue;
        items[v->items_count++] = (struct cases_typed_item_view){
            .item = names[i].item, .name = cases_in(scene, names[i].zh, names[i].en)};
    }
    v->items = items;
    TRY(cases_list_typed(scene->arena, scene->store, scene->actor.person_id,
                         scene->now - LIST_SECONDS, &rows, &count));
    typed = NEW_MANY(scene->arena, struct cases_typed_row_view, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct items_item item;
        bool found;

        typed[i] = (struct cases_typed_row_view){.reference = rows[i].reference, .at = rows[i].at};
        TRY(items_version(scene, rows[i].version_id, &item, &found));
        if (found) typed[i].name = cases_in(scene, item.name_zh, item.name_en);
    }
    v->typed = typed;
    v->typed_count = count;
    return DONE;
}

static struct outcome show_type(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct cases_type_view *v = view;
    const struct form_state *typed = request->face ? request->face->form : NULL;
    struct cases_flow *flow = NEW(scene->arena, struct cases_flow);
    struct items_item item;
    struct str district = S("");

    TRY(may_type(scene));
    v->item = ((const struct cases_item_form *)query)->item;
    TRY(cases_load_item(scene, v->item, &v->version, &item, flow));
    v->item_name = cases_in(scene, item.name_zh, item.name_en);
    v->on_notice = flow->on_notice;
    cases_show_questions(request, &cases_type_in_form, flow, NULL, &v->questions,
                         &v->questions_count);
    cases_show_fees(scene, flow, &v->fees, &v->fees_count);
    if (typed && typed->form == &cases_type_in_form) {
        district = typed->given[form_place(&cases_type_in_form, S("division"))];
        for (size_t i = 0; i < v->questions_count; i++)
            v->has_wrong_answers |= v->questions[i].wrong.len > 0;
    }
    return cases_show_districts(scene, district, S(""), &v->divisions, &v->divisions_count);
}

/* (3) */
static struct outcome show_receipt(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct cases_receipt_view *v = view;
    struct cases_axes_view *axes = NEW(scene->arena, struct cases_axes_view);
    struct cases_find_reference_row row;
    struct cases_find_typed_row typed;
    struct cases_case c;
    struct str phone;
    bool found;

    TRY(cases_find_reference(scene->store, ((const struct cases_reference_form *)query)->reference,
                             &row, &found));
    if (found) TRY(cases_find_typed(scene->arena, scene->store, row.case_id, &typed, &found));
    if (!found || typed.by_id != scene->actor.person_id || typed.at + RECEIPT_SECONDS <= scene->now)
        return REFUSE(act_unknown);
    TRY(cases_open_id(scene, row.case_id, &c));
    TRY(cases_show_axes(scene, &c.row, &c.item, &c.flow, S(""), axes));
    v->axes = axes;
    v->reference = c.row.reference;
    v->at = typed.at;
    v->on_notice = c.flow.on_notice;
    v->code = v->on_notice ? S("") : receipt_code(scene, v->reference);
    TRY(cases_unseal(scene, CASES_USE_NAME, c.row.name_sealed, &v->name));
    TRY(cases_unseal(scene, CASES_USE_PHONE, c.row.phone_sealed, &phone));
    v->phone_masked = secret_mask(scene->arena, phone);
    return DONE;
}

const struct act cases_type_in = {.name = "cases.type_in",
                                  .who = CASES_WHO_TYPES,
                                  .form = &cases_type_in_form,
                                  .result = &cases_typed_told_view,
                                  .run = type_in};
const struct act cases_claim = {.name = "cases.claim",
                                .who = WHO_RESIDENT,
                                .form = &cases_claim_form,
                                .result = &cases_typed_told_view,
                                .run = claim};

const struct page cases_typed_pages[] = {
    {.method = GET,
     .path = "/office/typed",
     .who = CASES_WHO_TYPES,
     .about = "What can be typed in from paper, and what the reader has typed in lately.",
     .view = &cases_typed_view,
     .html = &html_cases_typed,
     .show = show_typed},
    {.method = GET,
     .path = "/office/typed/items/{item}",
     .who = CASES_WHO_TYPES,
     .about = "What an item asks, to be typed in from paper.",
     .query = &cases_item_form,
     .view = &cases_type_view,
     .html = &html_cases_type,
     .show = show_type},
    {.method = POST,
     .path = "/office/typed/items/{item}",
     .who = CASES_WHO_TYPES,
     .about = "Hand in for somebody what came on paper, or with the notice of an authority.",
     .act = &cases_type_in,
     .then = "/office/typed/{reference}",
     .again = "/office/typed/items/{item}",
     .status = 201,
     .per_minute = TYPED_A_MINUTE},
    {.method = GET,
     .path = "/office/typed/{reference}",
     .who = CASES_WHO_TYPES,
     .about = "The receipt, for a day, for whoever typed it in.",
     .query = &cases_reference_form,
     .view = &cases_receipt_view,
     .html = &html_cases_receipt,
     .show = show_receipt},
    {.method = POST,
     .path = "/cases",
     .who = WHO_RESIDENT,
     .about = "Take over what was typed in from paper, with the receipt and the number on it.",
     .act = &cases_claim,
     .then = "/cases/{reference}",
     .again = "/cases",
     .per_minute = CLAIMS_A_MINUTE},
    {0},
};

#define FORM_THIS cases_type_in_form
FORM_TABLE(cases_type_in, CASES_TYPE_IN_FORM)
#undef FORM_THIS
#define FORM_THIS cases_claim_form
FORM_TABLE(cases_claim, CASES_CLAIM_FORM)
#undef FORM_THIS
#define VIEW_THIS cases_typed_told_view
VIEW_TABLE(cases_typed_told, CASES_TYPED_TOLD_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_typed_item_view
VIEW_TABLE(cases_typed_item, CASES_TYPED_ITEM_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_typed_row_view
VIEW_TABLE(cases_typed_row, CASES_TYPED_ROW_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_typed_view
VIEW_TABLE(cases_typed, CASES_TYPED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_type_view
VIEW_TABLE(cases_type, CASES_TYPE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_receipt_view
VIEW_TABLE(cases_receipt, CASES_RECEIPT_VIEW)
#undef VIEW_THIS
