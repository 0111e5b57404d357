/* cases_pages.c -- the table of this room, and the pages of whoever applies.
 *
 *  (1) What was typed is there again, with what is wrong beside the question it belongs to.
 *  (2) A case says who has it now, until when, and whom to call. */
#include "desk/cases/cases_views.h"
#include "gen/cases_html.h"
#include "platform/cage.h"
#include "platform/files.h"
#include "platform/secret.h"

enum { APPLIES_A_MINUTE = 20, STEPS_A_MINUTE = 30, FILES_A_MINUTE = 20, MINE_MAX = 50 };

static const struct form_state *typed_of(const struct request *request, const struct form *form)
{
    const struct form_state *state = request->face ? request->face->form : NULL;

    return state && state->form == form ? state : NULL;
}

/* Who proved no number must write one: that is not the form's to know. */
static void show_phone(struct request *request, const struct form_state *typed,
                       struct cases_apply_view *v)
{
    int place = form_place(&cases_apply_form, S("phone"));
    const struct reason *wrong = typed->wrong[place];

    v->phone = typed->given[place];
    if (!wrong && !v->phone.len) wrong = &cases_phone_missing;
    if (wrong) v->phone_wrong = text_in(request->scene->language, wrong->text);
}

static struct outcome show_apply(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct cases_apply_view *v = view;
    struct items_item item;
    struct cases_flow *flow = NEW(scene->arena, struct cases_flow);
    const struct form_state *typed = typed_of(request, &cases_apply_form);
    struct str district, answers[CASES_FIELDS_MAX];
    struct cases_known known;

    v->item = ((const struct cases_item_form *)query)->item;
    TRY(cases_load_item(scene, v->item, &v->version, &item, flow));
    if (flow->on_notice) return REFUSE(cases_on_notice_only);
    v->item_name = cases_in(scene, item.name_zh, item.name_en);
    cases_show_fees(scene, flow, &v->fees, &v->fees_count);
    TRY(cases_fill_known(scene, v->item, flow, answers, &known));
    cases_show_questions(request, &cases_apply_form, flow, answers, &v->questions,
                         &v->questions_count);
    district = (struct str){known.division.at, known.division.len > 6 ? 6 : known.division.len};
    v->talk = known.talk;
    v->is_resident = scene_is(scene, WHO_RESIDENT);
    if (typed) {
        district = typed->given[form_place(&cases_apply_form, S("division"))];
        show_phone(request, typed, v);
        /* What the act itself refused stands in the summary above already. */
        v->phone_missing = !v->is_resident && !v->phone.len &&
                           !typed->wrong[form_place(&cases_apply_form, S("phone"))];
        v->has_wrong_answers = v->phone_missing;
        for (size_t i = 0; i < v->questions_count; i++)
            v->has_wrong_answers = v->has_wrong_answers || v->questions[i].wrong.len;
    }
    if (v->is_resident) TRY(identity_phone_masked(scene, scene->actor.person_id, &v->phone_masked));
    v->next = arena_print(scene->arena, "/items/%.*s/apply", STR_ARGS(v->item));
    return cases_show_districts(scene, district, S(""), &v->divisions, &v->divisions_count);
}

static struct outcome show_mine(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct cases_mine_view *v = view;
    const struct cases_list_own_row *rows;
    struct cases_axes_view *made;
    struct cases_case c;
    size_t count;

    (void)query;
    v->is_resident = scene_is(scene, WHO_RESIDENT);
    if (!scene_is(scene, WHO_ASKER)) return DONE;
    made = NEW_MANY(scene->arena, struct cases_axes_view, MINE_MAX + 1);
    v->cases = made;
    TRY(cases_list_own(scene->arena, scene->store, scene->actor.person_id, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (scene->actor.case_id && rows[i].case_id != scene->actor.case_id) continue;
        TRY(cases_open_id(scene, rows[i].case_id, &c));
        TRY(cases_show_axes(scene, &c.row, &c.item, &c.flow, S(""), &made[v->cases_count++]));
    }
    return DONE;
}

/* ---- one case ---- */

static struct outcome show_actions(struct request *request, const struct cases_case *c,
                                   struct cases_case_view *v)
{
    struct scene *scene = request->scene;
    struct cases_action_view *made =
        NEW_MANY(scene->arena, struct cases_action_view, CASES_ACTIONS_MAX);
    struct str answers[CASES_FIELDS_MAX];

    for (size_t i = 0; i < c->flow.actions_count; i++) {
        const struct cases_action *action = &c->flow.actions[i];

        const struct form_state *typed = typed_of(request, &cases_own_form);

        if (!cases_may(&c->flow, c->state, c->is, (int)i)) continue;
        made[v->actions_count++] = (struct cases_action_view){
            .action = action->action,
            .label = cases_in(scene, action->zh, action->en),
            .outcome = str_of(action->outcome->word),
            .asks = action->asks,
            .ends = (action->outcome->effects & CASES_ENDS) != 0,
            .reference = c->row.reference,
            .words = typed ? typed->given[form_place(&cases_own_form, S("words"))] : S(""),
            .seen = c->row.steps_count};
        if (!action->asks) continue;
        v->asks_action = action->action;
        v->asks_label = cases_in(scene, action->zh, action->en);
        TRY(cases_answers_load(scene, c, answers));
        cases_show_questions(request, &cases_correct_form, &c->flow, answers, &v->questions,
                             &v->questions_count);
    }
    v->actions = made;
    return DONE;
}

/* What was typed for a step that is not there any more: somebody else acted meanwhile. */
static struct str lost_words(struct request *request, const struct cases_case *c,
                             const struct cases_case_view *v)
{
    struct scene *scene = request->scene;
    const struct form_state *own = typed_of(request, &cases_own_form);
    const struct form_state *answers = typed_of(request, &cases_correct_form);
    struct str lost = S("");

    for (size_t i = 0; own && i < v->actions_count; i++)
        if (!v->actions[i].asks && !v->actions[i].ends) own = NULL; /* it stands there */
    if (own) return own->given[form_place(&cases_own_form, S("words"))];
    for (size_t i = 0; answers && !v->asks_action.len && i < c->flow.fields_count; i++) {
        const struct cases_field *field = &c->flow.fields[i];
        struct str slot = arena_print(scene->arena, "answer_%zu", i + 1);
        struct str given = str_trim(answers->given[form_place(&cases_correct_form, slot)]);

        if (given.len)
            lost =
                arena_print(scene->arena, "%.*s%s%.*s %.*s", STR_ARGS(lost), lost.len ? "\n" : "",
                            STR_ARGS(cases_in(scene, field->zh, field->en)),
                            STR_ARGS(cases_answer_text(scene, field, given)));
    }
    return lost;
}

static void show_materials(struct scene *scene, const struct cases_case *c,
                           struct cases_case_view *v)
{
    struct choice *made = NEW_MANY(scene->arena, struct choice, CASES_MATERIALS_MAX + 1);

    made[0].label = text_in(scene->language, T("Something else"));
    v->materials_count = 1;
    for (size_t i = 0; i < c->flow.materials_count; i++)
        made[v->materials_count++] = (struct choice){
            .value = c->flow.materials[i].material,
            .label = cases_in(scene, c->flow.materials[i].zh, c->flow.materials[i].en)};
    v->materials = made;
}

/* What the office said last is what the applicant has to know now. */
static struct str last_words(const struct cases_case_view *v)
{
    for (size_t i = v->steps_count; i-- > 0;)
        if (v->steps[i].words.len && !str_same(v->steps[i].by, S("applicant")))
            return v->steps[i].words;
    return S("");
}

static struct outcome show_case(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct cases_case_view *v = view;
    struct cases_axes_view *axes = NEW(scene->arena, struct cases_axes_view);
    struct str handler = S(""), phone;
    struct cases_case c;
    int go_on;

    TRY(cases_open_own(scene, ((const struct cases_reference_form *)query)->reference, &c));
    if (c.row.handler_id) TRY(identity_person_name(scene, c.row.handler_id, &handler));
    TRY(cases_show_axes(scene, &c.row, &c.item, &c.flow, handler, axes));
    v->axes = axes;
    v->reference = c.row.reference;
    v->seen = c.row.steps_count;
    TRY(cases_unseal(scene, CASES_USE_NAME, c.row.name_sealed, &v->name));
    TRY(cases_unseal(scene, CASES_USE_PHONE, c.row.phone_sealed, &phone));
    v->phone_masked = secret_mask(scene->arena, phone);
    TRY(cases_show_steps(scene, &c, false, &v->steps, &v->steps_count));
    v->words = last_words(v);
    TRY(cases_show_answers(scene, &c, &v->answers, &v->answers_count));
    TRY(cases_show_fee(scene, &c, &v->fees, &v->fees_count));
    TRY(cases_show_papers(scene, &c, false, &v->papers, &v->papers_count));
    TRY(cases_show_letters(scene, &c, false, &v->letters, &v->letters_count));
    if (c.row.agent_at && !cases_is_over(&c.flow, c.state)) {
        TRY(identity_person_name(scene, c.row.agent_id, &v->agent_name));
        v->agent_day = c.row.agent_at;
    }
    v->may_attach = !cases_is_over(&c.flow, c.state);
    go_on = cases_supplement(&c.flow, c.state);
    if (go_on >= 0)
        v->go_on_label = cases_in(scene, c.flow.actions[go_on].zh, c.flow.actions[go_on].en);
    TRY(cases_show_visits(scene, &c, &v->visits, &v->visits_count));
    TRY(cases_show_links(scene, &c, false, &v->links, &v->links_count));
    TRY(cases_show_originals(scene, &c, &v->originals, &v->originals_count));
    cases_show_spared(scene, &c, &v->spared, &v->spared_count);
    show_materials(scene, &c, v);
    cases_show_room(scene, &c, false, &v->room_path, &v->room_name);
    TRY(show_actions(request, &c, v));
    v->lost_words = lost_words(request, &c, v);
    return DONE;
}

static struct outcome send_file(struct request *request, const void *query,
                                struct file_answer *file)
{
    struct scene *scene = request->scene;
    const struct cases_file_form *f = query;
    struct cases_find_paper_row paper;
    struct cases_case c;
    bool found;

    TRY(cases_open_own(scene, f->reference, &c));
    TRY(cases_find_paper(scene->arena, scene->store, f->file, c.row.case_id, &paper, &found));
    if (!found) return REFUSE(act_unknown);
    TRY(files_get(scene->arena, paper.file, paper.bytes_count, &file->bytes));
    file->type = paper.type;
    file->name = paper.file_name;
    file->inline_safe = cage_is_image(paper.type);
    return DONE;
}

static const struct page pages[] = {
    {.method = GET,
     .path = "/items/{item}/apply",
     .who = WHO_ANYONE,
     .about = "What is asked of whoever applies for an item.",
     .query = &cases_item_form,
     .view = &cases_apply_view,
     .html = &html_cases_apply,
     .show = show_apply},
    {.method = POST,
     .path = "/items/{item}/apply",
     .who = WHO_ANYONE,
     .about = "Apply. The answer holds a reference, and a token for this case only. With `version` "
              "it is refused when the questions have changed since they were read.",
     .act = &cases_apply,
     .then = "/cases/{reference}",
     .again = "/items/{item}/apply",
     .status = 201,
     .per_minute = APPLIES_A_MINUTE},
    {.method = GET,
     .path = "/cases",
     .who = WHO_ANYONE,
     .about = "What this person has applied for, newest first.",
     .view = &cases_mine_view,
     .html = &html_cases_mine,
     .show = show_mine},
    {.method = GET,
     .path = "/cases/{reference}",
     .who = WHO_ASKER,
     .about = "One case: who has it now, until when, and every step.",
     .query = &cases_reference_form,
     .view = &cases_case_view,
     .html = &html_cases_case,
     .show = show_case},
    {.method = POST,
     .path = "/cases/{reference}/answers",
     .who = WHO_ASKER,
     .about = "Answer the questions again, as the office asked for it.",
     .act = &cases_correct,
     .then = "/cases/{reference}",
     .again = "/cases/{reference}",
     .said = T("We have it. Thank you."),
     .per_minute = STEPS_A_MINUTE},
    {.method = POST,
     .path = "/cases/{reference}/steps",
     .who = WHO_ASKER,
     .about = "Take a step of the applicant's; `seen` is how many steps the page showed.",
     .act = &cases_own,
     .then = "/cases/{reference}",
     .again = "/cases/{reference}",
     .said = T("We have it. Thank you."),
     .per_minute = STEPS_A_MINUTE},
    {.method = POST,
     .path = "/cases/{reference}/files",
     .who = WHO_ASKER,
     .about = "Add a material: a picture or a PDF.",
     .act = &cases_attach,
     .then = "/cases/{reference}#papers",
     .again = "/cases/{reference}",
     .said = T("The file is added."),
     .status = 201,
     .body_bytes_max = ATTACHMENT_BODY_BYTES_MAX,
     .per_minute = FILES_A_MINUTE},
    {.method = GET,
     .path = "/cases/{reference}/files/{file}",
     .who = WHO_ASKER,
     .about = "A material of one's own.",
     .query = &cases_file_form,
     .file = send_file,
     .is_kept = true},
    {.method = POST,
     .path = "/cases/{reference}/files/{file}/drop",
     .who = WHO_ASKER,
     .about = "Take a material back, while the case waits for the applicant.",
     .act = &cases_detach,
     .then = "/cases/{reference}#papers",
     .again = "/cases/{reference}",
     .said = T("The file is taken back.")},
    {0},
};

static const struct page *const more_pages[] = {
    cases_office_pages,  cases_letter_pages,  cases_task_pages,     cases_sheet_pages,
    cases_visit_pages,   cases_typed_pages,   cases_original_pages, cases_join_pages,
    cases_compare_pages, cases_inquire_pages, cases_figures_pages,  NULL};
static const struct act *const clock_acts[] = {&cases_due, &cases_remind, &cases_sweep,
                                              &cases_warn, &cases_task_due, &cases_visit_soon,
                                              NULL};
static const struct process processes[] = {{.word = "application",
                                            .name = T("By applying, as a case"),
                                            .path = "/items/{item}/apply",
                                            .check = cases_flow_may},
                                           /* Nobody begins it on line. */
                                           {.word = "notice",
                                            .name = T("On notice of an authority, as a case"),
                                            .path = "",
                                            .check = cases_flow_may},
                                           {0}};

const struct module cases_module = {.name = "cases",
                                    .schema = cases_schema,
                                    .migrations = cases_migrations,
                                    .pages = pages,
                                    .more_pages = more_pages,
                                    .clock_acts = clock_acts,
                                    .processes = processes,
                                    .merge = cases_merge_owner};

#define FORM_THIS cases_item_form
FORM_TABLE(cases_item, CASES_ITEM_FORM)
#undef FORM_THIS
