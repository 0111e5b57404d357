/* cases_show.c -- a case as people see it: the same for the applicant and for the office.
 *
 *  (1) What officers say among themselves is shown to officers.  Who is only asked to act reads of
 *      the words those of the asking, and of the answers those the table marks as its summary.
 *  (2) A day is shown as the last one on which it is still in time. */
#include <string.h>

#include "desk/cases/cases_views.h"

struct outcome cases_show_axes(struct scene *scene, const struct cases_find_case_row *row,
                               const struct items_item *item, const struct cases_flow *flow,
                               struct str handler_name, struct cases_axes_view *v)
{
    struct cases_times times = {row->due_at, row->promise_at, row->left_days};
    moment by_when = cases_by_when(&times);
    int state = cases_state_at(flow, row->state);
    enum cases_who who = cases_who_of(row->turn);
    const struct cases_outcome *outcome = cases_outcome_of(row->outcome);
    enum cases_shown shown =
        cases_shown_of(who, by_when, row->touched_at >= row->since_at, scene->now);

    *v = (struct cases_axes_view){.reference = row->reference,
                                  .item = row->item,
                                  .version = row->version_id,
                                  .item_name = cases_in(scene, item->name_zh, item->name_en),
                                  .state = row->state,
                                  .turn = row->turn,
                                  .division = row->division,
                                  .handler_name = handler_name,
                                  .due_at = by_when,
                                  .until = by_when ? by_when - 1 : 0,
                                  .promise_at = row->promise_at,
                                  .promise_day = row->promise_at ? row->promise_at - 1 : 0,
                                  .is_paused = row->left_days >= 0,
                                  .outcome = row->outcome,
                                  .outcome_name =
                                      outcome ? text_in(scene->language, outcome->name) : S(""),
                                  .opened_at = row->opened_at,
                                  .since_at = row->since_at,
                                  .shown_name = text_in(scene->language, cases_shown_name(shown)),
                                  .shown_css = str_of(cases_shown_css(shown)),
                                  .is_late = shown == CASES_SHOWN_LATE,
                                  .is_first = row->is_first != 0,
                                  .wants_visit = row->wants_visit != 0};
    if (state >= 0) v->state_name = cases_in(scene, flow->states[state].zh, flow->states[state].en);
    return identity_division_name(scene, row->division, &v->division_name);
}

static struct str who_name(const struct scene *scene, enum cases_who who, struct str office)
{
    switch (who) {
    case CASES_APPLICANT: return text_in(scene->language, T("The applicant"));
    case CASES_AGENT: return text_in(scene->language, T("Who acts for the applicant"));
    case CASES_ROOM: return text_in(scene->language, T("Somebody who takes part"));
    case CASES_CLOCK: return text_in(scene->language, T("By itself, when the day was over"));
    default:
        return text_fill(scene->arena, scene->language, T("The office in %1"), office, S(""),
                         S(""));
    }
}

/* The step by which who acts now was asked; SIZE_MAX: nobody was. */
static size_t asking_of(const struct cases_list_steps_row *rows, size_t count)
{
    for (size_t i = count; i-- > 0;) {
        const struct cases_outcome *outcome = cases_outcome_of(rows[i].outcome);

        if (outcome && (outcome->effects & CASES_APPOINTS)) return i;
    }
    return SIZE_MAX;
}

/* Acts, or is asked to; not who did. */
static bool is_agent_now(const struct cases_case *c)
{
    return c->is & 1u << CASES_AGENT && !cases_is_over(&c->flow, c->state);
}

/* To whoever is no officer. */
static bool is_for(const struct cases_case *c, unsigned effects)
{
    if (!(effects & CASES_INSIDE)) return true;
    return effects & CASES_TO_AGENT && c->is & 1u << CASES_AGENT && cases_sees_papers(c);
}

/* Days, places and numbers beside the words: each with what it is called. */
static struct str kept_beside(struct scene *scene, const struct form_state *typed,
                              const char *words)
{
    struct str made = S("");

    for (size_t i = 0; i < typed->form->fields_count; i++) {
        const struct field *field = &typed->form->fields[i];

        if (!typed->given[i].len || strcmp(field->name, words) == 0) continue;
        if (field->kind == FIELD_word || !field->label[0]) continue; /* chosen, not written */
        if (strcmp(field->name, "despite") == 0) continue;           /* shown by itself */
        made = arena_print(scene->arena, "%.*s%s%s%s%.*s", STR_ARGS(made), made.len ? "\n" : "",
                           text_in(scene->language, field->label).at,
                           scene->language == LANGUAGE_EN ? ": " : "：",
                           STR_ARGS(typed->given[i]));
    }
    return made;
}

const struct cases_closed_view *cases_show_closed(struct request *request, struct str reference)
{
    static const struct {
        const struct form *form;
        const char *words;
    } kept[] = {
        {&cases_decide_form, "words"},       {&cases_order_form, "order_words"},
        {&cases_part_form, "part_words"},    {&cases_task_answer_form, "answer_words"},
        {&cases_task_end_form, "end_words"}, {&cases_visit_form, "visit_words"},
        {&cases_visit_end_form, "visit_end_words"},
        {&cases_original_form, "original_what"},
        {&cases_original_back_form, "back_to"},
        {&cases_original_have_form, "held_place"},
        {&cases_split_form, "split_words"},
    };
    const struct form_state *typed = request->face ? request->face->form : NULL;
    struct cases_closed_view *v = NEW(request->scene->arena, struct cases_closed_view);

    v->reference = reference;
    for (size_t i = 0; typed && i < COUNT(kept); i++) {
        if (typed->form != kept[i].form) continue;
        v->kept = typed->given[form_place(typed->form, str_of(kept[i].words))];
        v->kept_more = kept_beside(request->scene, typed, kept[i].words);
    }
    if (typed && typed->form == &cases_decide_form)
        v->kept_despite = typed->given[form_place(typed->form, S("despite"))];
    return v;
}

struct outcome cases_show_look(struct request *request, const struct cases_case *c,
                               const struct cases_closed_view **closed)
{
    struct outcome outcome = cases_need_look(request->scene, c);

    *closed = outcome.refusal ? cases_show_closed(request, c->row.reference) : NULL;
    if (*closed && ((*closed)->kept.len || (*closed)->kept_more.len)) return DONE;
    *closed = NULL;
    return outcome;
}

static struct str told_of(const struct scene *scene, const struct cases_flow *flow,
                          struct str action)
{
    int at = cases_action_at(flow, action);

    return at < 0 ? S("") : cases_in(scene, flow->actions[at].told_zh, flow->actions[at].told_en);
}

struct outcome cases_show_steps(struct scene *scene, const struct cases_case *c, bool is_inside,
                                const struct cases_step_view **steps, size_t *count)
{
    const struct cases_list_steps_row *rows;
    struct cases_step_view *made;
    bool reads_all = c->is & 1u << CASES_APPLICANT || cases_sees_papers(c);
    size_t rows_count, asking;

    TRY(cases_list_steps(scene->arena, scene->store, c->row.case_id, &rows, &rows_count));
    asking = is_agent_now(c) ? asking_of(rows, rows_count) : SIZE_MAX;
    made = NEW_MANY(scene->arena, struct cases_step_view, rows_count + 1);
    *count = 0;
    for (size_t i = 0; i < rows_count; i++) {
        const struct cases_outcome *outcome = cases_outcome_of(rows[i].outcome);
        struct cases_step_view *v = &made[*count];
        int state = cases_state_at(&c->flow, rows[i].state);
        struct str office;

        if (outcome && !is_inside && !is_for(c, outcome->effects)) continue;
        *v = (struct cases_step_view){.at = rows[i].at,
                                      .action = rows[i].action,
                                      .outcome = rows[i].outcome,
                                      .state = rows[i].state,
                                      .by = rows[i].turn,
                                      .until = rows[i].due_at ? rows[i].due_at - 1 : 0};
        if (outcome) v->outcome_name = text_in(scene->language, outcome->name);
        if (told_of(scene, &c->flow, rows[i].action).len)
            v->outcome_name = told_of(scene, &c->flow, rows[i].action);
        if (state >= 0)
            v->state_name = cases_in(scene, c->flow.states[state].zh, c->flow.states[state].en);
        TRY(identity_division_name(scene, rows[i].division, &office));
        v->by_name = who_name(scene, cases_who_of(rows[i].turn), office);
        if (is_inside && rows[i].person_name.len) v->by_name = rows[i].person_name;
        if (reads_all || i == asking)
            TRY(cases_unseal(scene, CASES_USE_WORDS, rows[i].words_sealed, &v->words));
        (*count)++;
    }
    *steps = made;
    return DONE;
}

struct str cases_answer_text(const struct scene *scene, const struct cases_field *field,
                             struct str answer)
{
    for (size_t i = 0; i < field->options_count; i++)
        if (str_same(field->options[i].option, answer))
            return cases_in(scene, field->options[i].zh, field->options[i].en);
    return answer;
}

struct outcome cases_show_answers(struct scene *scene, const struct cases_case *c,
                                  const struct cases_answer_view **made, size_t *count)
{
    struct cases_answer_view *rows =
        NEW_MANY(scene->arena, struct cases_answer_view, CASES_FIELDS_MAX);
    bool reads_all = c->is & 1u << CASES_APPLICANT || cases_sees_papers(c);
    struct str answers[CASES_FIELDS_MAX];

    TRY(cases_answers_load(scene, c, answers));
    *count = 0;
    for (size_t i = 0; i < c->flow.fields_count; i++) {
        const struct cases_field *field = &c->flow.fields[i];
        bool is_summary = field->party || field->summary;

        if (!answers[i].len || (!reads_all && !(is_summary && is_agent_now(c)))) continue;
        rows[(*count)++] =
            (struct cases_answer_view){.field = field->field,
                                       .label = cases_in(scene, field->zh, field->en),
                                       .answer = answers[i],
                                       .text = cases_answer_text(scene, field, answers[i])};
    }
    *made = rows;
    return DONE;
}

struct outcome cases_show_papers(struct scene *scene, const struct cases_case *c, bool is_office,
                                 const struct cases_paper_view **made, size_t *count)
{
    bool may_drop = !is_office && c->flow.states[c->state].who == CASES_APPLICANT;
    const struct cases_list_papers_row *rows;
    struct cases_paper_view *papers;

    TRY(cases_list_papers(scene->arena, scene->store, c->row.case_id, &rows, count));
    papers = NEW_MANY(scene->arena, struct cases_paper_view, *count + 1);
    for (size_t i = 0; i < *count; i++) {
        papers[i] = (struct cases_paper_view){
            .file = rows[i].file_id,
            .name = rows[i].file_name,
            .type = rows[i].type,
            .material = rows[i].material,
            .size =
                arena_print(scene->arena, "%lld KB", (long long)(rows[i].bytes_count / 1024 + 1)),
            .reference = c->row.reference,
            .may_drop = may_drop,
            .is_office = is_office};
        for (size_t m = 0; m < c->flow.materials_count; m++)
            if (str_same(c->flow.materials[m].material, rows[i].material))
                papers[i].material_name =
                    cases_in(scene, c->flow.materials[m].zh, c->flow.materials[m].en);
    }
    *made = papers;
    return DONE;
}

static const struct cases_option_view *options_of(struct scene *scene,
                                                  const struct cases_field *field, struct str slot,
                                                  struct str chosen)
{
    struct cases_option_view *made =
        NEW_MANY(scene->arena, struct cases_option_view, field->options_count + 1);

    for (size_t i = 0; i < field->options_count; i++)
        made[i] = (struct cases_option_view){
            .slot = slot,
            .value = field->options[i].option,
            .label = cases_in(scene, field->options[i].zh, field->options[i].en),
            .is_chosen = str_same(field->options[i].option, chosen)};
    return made;
}

void cases_show_questions(struct request *request, const struct form *form,
                          const struct cases_flow *flow, const struct str *answers,
                          const struct cases_question_view **made, size_t *count)
{
    struct scene *scene = request->scene;
    const struct form_state *state = request->face ? request->face->form : NULL;
    struct cases_question_view *rows =
        NEW_MANY(scene->arena, struct cases_question_view, flow->fields_count + 1);

    if (state && state->form != form) state = NULL;
    for (size_t i = 0; i < flow->fields_count; i++) {
        const struct cases_field *field = &flow->fields[i];
        struct cases_question_view *v = &rows[i];
        struct outcome outcome = DONE;

        *v = (struct cases_question_view){.slot = arena_print(scene->arena, "answer_%zu", i + 1),
                                          .field = field->field,
                                          .kind = field->kind,
                                          .must = field->must,
                                          .label = cases_in(scene, field->zh, field->en),
                                          .hint = cases_in(scene, field->hint_zh, field->hint_en),
                                          .value = answers ? answers[i] : S("")};
        if (state) {
            v->value = state->given[form_place(form, v->slot)];
            outcome = cases_answer_check(field, str_trim(v->value));
        }
        if (outcome.refusal) v->wrong = text_in(scene->language, outcome.refusal->text);
        v->options = options_of(scene, field, v->slot, v->value);
        v->options_count = field->options_count;
    }
    *made = rows;
    *count = flow->fields_count;
}

struct outcome cases_show_districts(struct scene *scene, struct str chosen, struct str without,
                                    const struct choice **made, size_t *count)
{
    const struct identity_division *rows;
    struct choice *choices;
    size_t all;

    TRY(identity_division_children(scene, S("31"), &rows, &all));
    choices = NEW_MANY(scene->arena, struct choice, all + 1);
    choices[0].label = text_in(scene->language, T("Please choose"));
    *count = 1;
    for (size_t i = 0; i < all; i++) {
        if (str_same(rows[i].division, without)) continue;
        choices[(*count)++] =
            (struct choice){.value = rows[i].division,
                            .label = cases_in(scene, rows[i].name_zh, rows[i].name_en),
                            .chosen = str_same(rows[i].division, chosen)};
    }
    *made = choices;
    return DONE;
}
