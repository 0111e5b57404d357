/* aid_apply.c -- the answers become an application, as a case of the item a row names.
 *
 *  (1) Whoever is likely entitled can apply, and whoever a person must look at: nobody else is sent
 *      through a form in vain.
 *  (2) The office reads the answers in Chinese as they were given, whatever was typed beside them.
 *  (3) The answers go from here in the very transaction that makes the case.
 */
#include "desk/cases/cases_acts.h"
#include "desk/identity/identity_acts.h"
#include "gen/aid_sql.h"
#include "service/aid/aid_views.h"

#define FORM_THIS aid_apply_form
FORM_TABLE(aid_apply, AID_APPLY_FORM)
#undef FORM_THIS
#define VIEW_THIS aid_apply_view
VIEW_TABLE(aid_apply, AID_APPLY_VIEW)
#undef VIEW_THIS

static const struct reason not_yet = {
    "aid.not-yet",
    T("Please answer the questions first. Your answers are perhaps no longer here: they may have "
      "been sent already. Look under “My cases”."),
    409};

/* Of those a row names, an item people apply for by a table of its own. */
static struct outcome item_of_row(struct scene *scene, const struct aid_row *row, struct str *item,
                                  struct str *name)
{
    for (size_t i = 0; i < row->items_count; i++) {
        struct items_item said;
        id version_id;
        bool found;

        TRY(items_now(scene, row->items[i], &version_id, &said, &found));
        if (!found || !said.flow.len) continue;
        *item = row->items[i];
        *name = scene->language == LANGUAGE_EN ? said.name_en : said.name_zh;
        return DONE;
    }
    return DONE;
}

/* (1) */
struct outcome aid_item_of(struct scene *scene, const struct aid_way *way, struct str *item,
                           struct str *name)
{
    *item = *name = S("");
    if (way->next || str_same(aid_held(way, S("matter")), S("duty"))) return DONE;
    if (!str_same(way->result, S("likely")) && !str_same(way->result, S("look"))) return DONE;
    for (size_t i = 0; i < way->count && !item->len; i++)
        if (way->lines[i].row && str_same(way->lines[i].step->name, S("result")))
            TRY(item_of_row(scene, way->lines[i].row, item, name));
    return DONE;
}

static struct outcome way_now(struct scene *scene, struct aid_rules *rules, struct aid_way *way)
{
    struct aid_draft draft;

    TRY(aid_rules_now(scene, rules));
    TRY(aid_draft_of(scene, &draft));
    aid_follow(rules, draft.answers, draft.count, way);
    return DONE;
}

/* ---- the page ---- */

static struct outcome show_districts(struct scene *scene, struct str chosen,
                                     struct aid_apply_view *v)
{
    const struct identity_division *rows = NULL;
    struct aid_find_top_division_row top;
    struct choice *made;
    size_t count = 0;
    bool found;

    TRY(aid_find_top_division(scene->arena, scene->store, &top, &found));
    if (found) TRY(identity_division_children(scene, top.division, &rows, &count));
    made = NEW_MANY(scene->arena, struct choice, count + 1);
    made[v->divisions_count++].label = text_in(scene->language, T("Please choose"));
    for (size_t i = 0; i < count; i++)
        made[v->divisions_count++] = (struct choice){
            .value = rows[i].division,
            .label = scene->language == LANGUAGE_EN ? rows[i].name_en : rows[i].name_zh,
            .chosen = str_same(rows[i].division, chosen)};
    v->divisions = made;
    return DONE;
}

/* What was typed of the number, and what is wrong with it. */
static void show_phone(const struct request *request, struct aid_apply_view *v)
{
    const struct form_state *state = request->face ? request->face->form : NULL;
    int at = form_place(&aid_apply_form, S("phone"));

    if (!state || state->form != &aid_apply_form) return;
    v->phone = state->given[at];
    if (state->wrong[at])
        v->phone_wrong = text_fill(request->scene->arena, request->scene->language,
                                   state->wrong[at]->text, state->detail[at], S(""), S(""));
}

/* Who is served first stands in the table of the item; what was answered before is chosen. */
static struct outcome show_cares(struct request *request, struct str item,
                                 const struct aid_way *way, struct aid_apply_view *v)
{
    struct scene *scene = request->scene;
    const struct form_state *state = request->face ? request->face->form : NULL;
    struct cases_flow *flow = NEW(scene->arena, struct cases_flow);
    struct choice *made = NEW_MANY(scene->arena, struct choice, CASES_OPTIONS_MAX);
    struct str chosen = aid_held(way, S("ease")); /* "military" is a word of both */
    struct items_item said;
    id version_id;
    bool found;

    if (state && state->form == &aid_apply_form)
        chosen = state->given[form_place(&aid_apply_form, S("care"))];
    TRY(items_now(scene, item, &version_id, &said, &found));
    if (!found) return DONE;
    TRY(cases_flow_read(scene->arena, said.flow, flow));
    v->cares = made;
    for (size_t i = 0; i < flow->fields_count; i++) {
        const struct cases_field *field = &flow->fields[i];

        if (!str_same(field->field, S("care"))) continue;
        for (size_t o = 0; o < field->options_count; o++)
            made[v->cares_count++] = (struct choice){
                .value = field->options[o].option,
                .label = scene->language == LANGUAGE_EN ? field->options[o].en
                                                        : field->options[o].zh,
                .chosen = str_same(field->options[o].option, chosen)};
    }
    return DONE;
}

struct outcome aid_show_apply(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct aid_apply_view *v = view;
    struct aid_rules rules;
    struct aid_referred referred;
    struct aid_way way;
    struct str item;
    bool is_referred;

    (void)query;
    TRY(way_now(scene, &rules, &way));
    TRY(aid_item_of(scene, &way, &item, &v->item_name));
    if (!item.len) {
        if (request->face && request->face->form) return REFUSE(not_yet);
        request->go = S("/aid/result");
        return DONE;
    }
    TRY(aid_referred_of(scene, &referred, &is_referred));
    if (is_referred) v->what = referred.what, v->referred = referred.reference;
    v->visit = str_same(aid_held(&way, S("ease")), S("frail")) ? S("1") : S("");
    TRY(show_cares(request, item, &way, v));
    v->is_resident = scene_is(scene, WHO_RESIDENT);
    show_phone(request, v);
    if (v->is_resident) TRY(identity_phone_masked(scene, scene->actor.person_id, &v->phone_masked));
    return show_districts(scene, S(""), v);
}

/* ---- applying ---- */

static struct outcome prepare(struct scene *scene, void *form)
{
    struct aid_apply_form *f = form;
    struct aid_rules rules;
    struct aid_way way;
    struct str name;

    TRY(way_now(scene, &rules, &way));
    TRY(aid_item_of(scene, &way, &f->item, &name));
    if (!f->item.len) return REFUSE(not_yet);
    f->answers = aid_told(scene->arena, LANGUAGE_ZH, &way); /* (2) */
    return DONE;
}

/* The questions of the item's table are known by their names, and travel in numbered slots. */
static void fill(const struct cases_flow *flow, const struct aid_apply_form *f,
                 struct cases_apply_form *made)
{
    const struct {
        struct str field, answer;
    } said[] = {{S("questions"), f->answers},
                {S("what"), f->what},
                {S("other"), f->other},
                {S("care"), f->care},
                {S("visit"), f->visit ? S("yes") : S("no")}};
    size_t slot = 0;

    for (size_t i = 0; i < cases_apply_form.fields_count && slot < flow->fields_count; i++) {
        const struct field *field = &cases_apply_form.fields[i];

        if (!str_begins(str_of(field->name), S("answer_"))) continue;
        for (size_t k = 0; k < COUNT(said); k++)
            if (str_same(flow->fields[slot].field, said[k].field))
                *(struct str *)(void *)((char *)made + field->at) = said[k].answer;
        slot++;
    }
}

static struct outcome apply(struct scene *scene, const void *form, void *result)
{
    const struct aid_apply_form *f = form;
    struct cases_flow *flow = NEW(scene->arena, struct cases_flow);
    struct cases_apply_form made = {
        .item = f->item, .name = f->name, .phone = f->phone, .division = f->division};
    struct items_item said;
    id version_id;
    bool found;

    TRY(items_now(scene, f->item, &version_id, &said, &found));
    if (!found) return REFUSE(not_yet);
    TRY(cases_flow_read(scene->arena, said.flow, flow));
    fill(flow, f, &made);
    TRY(cases_apply.run(scene, &made, result));
    TRY(aid_referred_apply(scene, ((const struct cases_applied_view *)result)->reference));
    return aid_drop(scene); /* (3) */
}

/* The same thing done as on the item's own page, so the same word in the journal. */
const struct act aid_apply = {.name = "cases.apply",
                              .who = WHO_ANYONE,
                              .form = &aid_apply_form,
                              .result = &cases_applied_view,
                              .prepare = prepare,
                              .run = apply};
