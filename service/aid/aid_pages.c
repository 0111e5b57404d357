/* aid_pages.c -- the way to legal aid: one question a page, what each answer means, the end.
 *
 *  (1) A question is shown only if the answers before it lead there; whoever comes too early or too
 *      late is led to where the answers end.
 *  (2) Everything said of somebody is a row that applied, with the law it comes from.
 *  (3) Programs bring their answers along; nothing is kept of them.
 */
#include "desk/cases/cases_acts.h"
#include "desk/items/items_acts.h"
#include "desk/laws/laws_acts.h"
#include "gen/aid_html.h"
#include "gen/aid_sql.h"
#include "service/aid/aid_closing_inside.h"
#include "service/aid/aid_views.h"

enum {
    LOOKS_A_MINUTE = 240,
    ANSWERS_A_MINUTE = 120,
    APPLIES_A_MINUTE = 20,
    BRING_MAX = 60,
    ITEMS_SHOWN_MAX = 12
};

#define FORM_THIS aid_question_form
FORM_TABLE(aid_question, AID_QUESTION_FORM)
#undef FORM_THIS
#define FORM_THIS aid_answer_form
FORM_TABLE(aid_answer, AID_ANSWER_FORM)
#undef FORM_THIS
#define FORM_THIS aid_consult_form
FORM_TABLE(aid_consult, AID_CONSULT_FORM)
#undef FORM_THIS
#define FORM_THIS aid_result_form
FORM_TABLE(aid_result, AID_RESULT_FORM)
#undef FORM_THIS

#define VIEW_THIS aid_next_view
VIEW_TABLE(aid_next, AID_NEXT_VIEW)
#undef VIEW_THIS
#define VIEW_THIS aid_start_view
VIEW_TABLE(aid_start, AID_START_VIEW)
#undef VIEW_THIS
#define VIEW_THIS aid_source_view
VIEW_TABLE(aid_source, AID_SOURCE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS aid_reason_view
VIEW_TABLE(aid_reason, AID_REASON_VIEW)
#undef VIEW_THIS
#define VIEW_THIS aid_choice_view
VIEW_TABLE(aid_choice, AID_CHOICE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS aid_put_view
VIEW_TABLE(aid_put, AID_PUT_VIEW)
#undef VIEW_THIS
#define VIEW_THIS aid_question_view
VIEW_TABLE(aid_question, AID_QUESTION_VIEW)
#undef VIEW_THIS
#define VIEW_THIS aid_answered_view
VIEW_TABLE(aid_answered, AID_ANSWERED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS aid_line_view
VIEW_TABLE(aid_line, AID_LINE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS aid_item_view
VIEW_TABLE(aid_item, AID_ITEM_VIEW)
#undef VIEW_THIS
#define VIEW_THIS aid_result_view
VIEW_TABLE(aid_result, AID_RESULT_VIEW)
#undef VIEW_THIS

static struct outcome follow(struct scene *scene, struct aid_rules *rules, struct aid_way *way)
{
    struct aid_draft draft;

    TRY(aid_rules_now(scene, rules));
    TRY(aid_draft_of(scene, &draft));
    aid_follow(rules, draft.answers, draft.count, way);
    return DONE;
}

/* Whoever reads this may be watched: the way out stands first, as on the way to a question. */
static bool is_danger(const struct aid_way *way)
{
    return str_same(aid_held(way, S("family")), S("violence"));
}

static struct str path_of(struct scene *scene, const struct aid_way *way)
{
    if (!way->next) return S("/aid/result");
    return arena_print(scene->arena, "/aid/questions/%.*s", STR_ARGS(way->next->name));
}

/* The last question answered before that place; "" if there is none. */
static struct str question_before(const struct aid_way *way, size_t place)
{
    while (place > 0) {
        place--;
        if (way->lines[place].chosen) return way->lines[place].step->name;
    }
    return S("");
}

/* ---- where it begins ---- */

static struct outcome show_start(struct request *request, const void *query, void *view)
{
    struct aid_start_view *v = view;
    struct aid_rules rules;
    struct aid_way way;

    (void)query;
    TRY(follow(request->scene, &rules, &way));
    v->place = aid_in(request->scene, &rules.name);
    v->has_draft = way.count > 0;
    v->next = path_of(request->scene, &way);
    return DONE;
}

/* ---- reasons ---- */

static struct outcome show_reason(struct scene *scene, const struct aid_line *line,
                                  struct aid_reason_view *v)
{
    const struct aid_row *row = line->row;
    struct aid_source_view *sources =
        NEW_MANY(scene->arena, struct aid_source_view, row->sources_count + 1);

    *v = (struct aid_reason_view){.table = line->step->name,
                                  .row = row->row,
                                  .then = row->then,
                                  .text = aid_in(scene, &row->because),
                                  .sources = sources,
                                  .sources_count = row->sources_count};
    for (size_t i = 0; i < row->sources_count; i++) {
        const struct aid_source *source = &row->sources[i];

        sources[i] = (struct aid_source_view){
            .zh = source->text.zh, .en = source->text.en, .text = aid_in(scene, &source->text)};
        /* The Chinese text names the law as its official text does. */
        if (source->is_law) TRY(laws_cited(scene, source->text.zh, &sources[i].url));
    }
    return DONE;
}

/* Of the tables decided from one place of the way to another. */
static struct outcome show_reasons(struct scene *scene, const struct aid_way *way, size_t from,
                                   size_t to, const struct aid_reason_view **reasons, size_t *count)
{
    struct aid_reason_view *made = NEW_MANY(scene->arena, struct aid_reason_view, to - from + 1);

    *count = 0;
    for (size_t i = from; i < to; i++)
        if (way->lines[i].row) TRY(show_reason(scene, &way->lines[i], &made[(*count)++]));
    *reasons = made;
    return DONE;
}

/* ---- one question ---- */

static void show_values(struct scene *scene, const struct aid_step *step, struct str chosen,
                        struct aid_question_view *v)
{
    struct choice *made = NEW_MANY(scene->arena, struct choice, step->values_count + 1);

    for (size_t i = 0; i < step->values_count; i++) {
        const struct aid_value *value = &step->values[i];

        made[i] = (struct choice){.value = value->value,
                                  .label = aid_in(scene, &value->label),
                                  .hint = aid_in(scene, &value->hint),
                                  .chosen = str_same(value->value, chosen)};
    }
    v->values = made;
    v->values_count = step->values_count;
}

static struct outcome show_question(struct request *request, const void *query, void *view)
{
    const struct aid_question_form *f = query;
    struct aid_question_view *v = view;
    struct scene *scene = request->scene;
    const struct aid_step *step;
    struct aid_rules rules;
    struct aid_way way;
    size_t before;
    int place;

    TRY(follow(scene, &rules, &way));
    place = aid_place(&way, f->ask);
    if (place < 0) {
        request->go = path_of(scene, &way);
        return DONE;
    }
    step = aid_step_of(&rules, f->ask);
    v->ask = step->name;
    v->question = aid_in(scene, &step->text);
    v->why = aid_in(scene, &step->why);
    v->back = question_before(&way, (size_t)place);
    v->is_danger = is_danger(&way);
    for (size_t i = 0; i < (size_t)place; i++) v->place += way.lines[i].chosen != NULL;
    v->place++;
    show_values(scene, step, aid_held(&way, step->name), v);
    for (before = (size_t)place; before > 0 && !way.lines[before - 1].chosen; before--) continue;
    return show_reasons(scene, &way, before, (size_t)place, &v->effects, &v->effects_count);
}

/* ---- the end ---- */

static void show_bring(struct scene *scene, const struct aid_way *way, struct aid_result_view *v)
{
    struct aid_line_view *made = NEW_MANY(scene->arena, struct aid_line_view, BRING_MAX);

    v->bring = made;
    if (!str_same(way->result, S("likely")) && !str_same(way->result, S("look"))) return;
    for (size_t i = 0; i < way->count; i++) {
        const struct aid_row *row = way->lines[i].row;

        for (size_t k = 0; row && k < row->bring_count && v->bring_count < BRING_MAX; k++)
            made[v->bring_count++].text = aid_in(scene, &row->bring[k]);
    }
}

static struct outcome show_items(struct scene *scene, const struct aid_way *way,
                                 struct aid_result_view *v)
{
    struct aid_item_view *made = NEW_MANY(scene->arena, struct aid_item_view, ITEMS_SHOWN_MAX);

    v->items = made;
    for (size_t i = 0; i < way->count; i++) {
        const struct aid_row *row = way->lines[i].row;

        for (size_t k = 0; row && k < row->items_count && v->items_count < ITEMS_SHOWN_MAX; k++) {
            struct items_item said;
            id version_id;
            bool found;

            TRY(items_now(scene, row->items[k], &version_id, &said, &found));
            if (!found) continue; /* taken out of the list since */
            made[v->items_count++] = (struct aid_item_view){
                .item = row->items[k],
                .name = scene->language == LANGUAGE_EN ? said.name_en : said.name_zh,
                .content = scene->language == LANGUAGE_EN ? said.content_en : said.content_zh};
        }
    }
    return DONE;
}

void aid_answers_view(struct scene *scene, const struct aid_way *way,
                      const struct aid_answered_view **answers, size_t *count)
{
    struct aid_answered_view *made =
        NEW_MANY(scene->arena, struct aid_answered_view, way->count + 1);

    *count = 0;
    for (size_t i = 0; i < way->count; i++) {
        const struct aid_line *line = &way->lines[i];

        if (!line->chosen) continue;
        made[(*count)++] = (struct aid_answered_view){.ask = line->step->name,
                                                      .value = line->value,
                                                      .question = aid_in(scene, &line->step->text),
                                                      .label = aid_in(scene, &line->chosen->label)};
    }
    *answers = made;
}

const struct aid_put_view *aid_put_of(struct scene *scene, const struct aid_step *step)
{
    struct aid_put_view *v = NEW(scene->arena, struct aid_put_view);
    struct aid_choice_view *values =
        NEW_MANY(scene->arena, struct aid_choice_view, step->values_count + 1);

    for (size_t i = 0; i < step->values_count; i++)
        values[i] =
            (struct aid_choice_view){step->values[i].value, aid_in(scene, &step->values[i].label)};
    *v = (struct aid_put_view){.ask = step->name,
                               .question = aid_in(scene, &step->text),
                               .why = aid_in(scene, &step->why),
                               .values = values,
                               .values_count = step->values_count};
    return v;
}

/* Where the result stands on the way; at the end if it is not known yet. */
static size_t place_of_result(const struct aid_way *way)
{
    size_t at = 0;

    while (at < way->count &&
           !(way->lines[at].row && str_same(way->lines[at].step->name, S("result"))))
        at++;
    return at;
}

static struct outcome show_all(struct scene *scene, const struct aid_way *way,
                               struct aid_result_view *v)
{
    size_t at = place_of_result(way);

    TRY(show_reasons(scene, way, 0, at, &v->reasons, &v->reasons_count));
    if (at < way->count) {
        struct aid_reason_view *verdict = NEW(scene->arena, struct aid_reason_view);

        TRY(show_reason(scene, &way->lines[at], verdict));
        v->verdict = verdict;
        TRY(show_reasons(scene, way, at + 1, way->count, &v->steps, &v->steps_count));
    }
    show_bring(scene, way, v);
    aid_answers_view(scene, way, &v->answers, &v->answers_count);
    return show_items(scene, way, v);
}

static struct outcome show_result(struct request *request, const void *query, void *view)
{
    const struct aid_result_form *f = query;
    struct aid_result_view *v = view;
    struct scene *scene = request->scene;
    struct aid_rules rules;
    struct aid_draft draft;
    struct aid_way way;
    struct str item, name;

    TRY(aid_rules_now(scene, &rules));
    if (f->answers.len)
        draft.count = aid_answers_read(f->answers, draft.answers);
    else
        TRY(aid_draft_of(scene, &draft));
    aid_follow(&rules, draft.answers, draft.count, &way);
    if (way.next && !request->is_api) {
        request->go = way.count ? path_of(scene, &way) : S("/aid");
        return DONE;
    }
    v->place = aid_in(scene, &rules.name);
    v->result = way.result;
    v->next = way.next ? aid_put_of(scene, way.next) : NULL;
    v->back = question_before(&way, way.count);
    v->is_danger = is_danger(&way);
    TRY(aid_item_of(scene, &way, &item, &name));
    v->can_apply = item.len > 0 && !f->answers.len;
    return show_all(scene, &way, v);
}

static const struct page pages[] = {
    {.method = GET,
     .path = "/aid",
     .who = WHO_ANYONE,
     .about = "Where the questions about legal aid begin, or go on.",
     .view = &aid_start_view,
     .html = &html_aid_start,
     .show = show_start,
     .per_minute = LOOKS_A_MINUTE},
    {.method = GET,
     .path = "/aid/questions/{ask}",
     .who = WHO_ANYONE,
     .about = "One question about legal aid.",
     .query = &aid_question_form,
     .view = &aid_question_view,
     .html = &html_aid_question,
     .show = show_question,
     .per_minute = LOOKS_A_MINUTE,
     .page_only = true},
    {.method = POST,
     .path = "/aid/answers",
     .who = WHO_ANYONE,
     .about = "Answer a question about legal aid.",
     .act = &aid_answer,
     .then = "/aid/questions/{next}",
     .again = "/aid/questions/{ask}",
     .per_minute = ANSWERS_A_MINUTE,
     .page_only = true},
    {.method = GET,
     .path = "/aid/result",
     .who = WHO_ANYONE,
     .about = "What the answers mean for legal aid, why by which law, what to bring, and what is "
              "asked next.",
     .query = &aid_result_form,
     .view = &aid_result_view,
     .html = &html_aid_result,
     .show = show_result,
     .per_minute = LOOKS_A_MINUTE},
    {.method = GET,
     .path = "/aid/apply",
     .who = WHO_ANYONE,
     .about = "Apply for legal aid with the answers of this browser.",
     .view = &aid_apply_view,
     .html = &html_aid_apply,
     .show = aid_show_apply,
     .per_minute = LOOKS_A_MINUTE,
     .page_only = true},
    {.method = POST,
     .path = "/aid/apply",
     .who = WHO_ANYONE,
     .about = "Send the application for legal aid.",
     .act = &aid_apply,
     .then = "/cases/{reference}",
     .again = "/aid/apply",
     .per_minute = APPLIES_A_MINUTE,
     .page_only = true},
    {.method = POST,
     .path = "/aid/forget",
     .who = WHO_ANYONE,
     .about = "Forget the answers of this browser.",
     .act = &aid_forget,
     .then = "/aid",
     .again = "/aid",
     .said = T("Your answers are forgotten."),
     .page_only = true},
    {.method = POST,
     .path = "/aid/consult",
     .who = WHO_ANYONE,
     .about = "Begin a question to a consultant with these answers.",
     .act = &aid_consult,
     .then = "/ask/text",
     .again = "/aid",
     .per_minute = ANSWERS_A_MINUTE,
     .page_only = true},
    {0},
};

static const struct page *const more_pages[] = {aid_lawyer_pages,  aid_refer_pages,
                                                aid_closing_pages, aid_closing_paper_pages,
                                                aid_money_pages,   NULL};
static const struct act *const clock_acts[] = {&aid_tidy, &aid_sweep, NULL};

/* An item may bring the table by which it is applied for, or lead to the questions only. */
static struct outcome flow_may(struct arena *arena, struct str flow)
{
    return flow.len ? cases_flow_may(arena, flow) : DONE;
}

static const struct process processes[] = {
    {.word = "aid",
     .name = T("Questions that show whether legal aid is open to you"),
     .path = "/aid",
     .check = flow_may},
    {0}};

const struct module aid_module = {.name = "aid",
                                  .schema = aid_schema,
                                  .migrations = aid_migrations,
                                  .pages = pages,
                                  .more_pages = more_pages,
                                  .clock_acts = clock_acts,
                                  .processes = processes};
