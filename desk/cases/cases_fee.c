/* cases_fee.c -- what it costs, as people read it: before they apply, and in their case. */
#include "desk/cases/cases_views.h"

static struct cases_fee_view view_of(const struct scene *scene, const struct cases_flow *flow,
                                     const struct cases_fee *fee)
{
    struct cases_fee_view v = {.option = fee->option,
                               .yuan = fee->yuan,
                               .law = fee->law,
                               .words = cases_in(scene, fee->zh, fee->en),
                               .is_free = fee->yuan == 0};

    for (size_t f = 0; f < flow->fields_count; f++)
        if (fee->field.len && str_same(flow->fields[f].field, fee->field))
            v.option_name = cases_answer_text(scene, &flow->fields[f], fee->option);
    return v;
}

void cases_show_fees(struct scene *scene, const struct cases_flow *flow,
                     const struct cases_fee_view **made, size_t *count)
{
    struct cases_fee_view *views = NEW_MANY(scene->arena, struct cases_fee_view, CASES_FEES_MAX);

    for (size_t i = 0; i < flow->fees_count; i++) views[i] = view_of(scene, flow, &flow->fees[i]);
    *made = views;
    *count = flow->fees_count;
}

struct outcome cases_show_fee(struct scene *scene, const struct cases_case *c,
                              const struct cases_fee_view **made, size_t *count)
{
    struct cases_fee_view *view = NEW(scene->arena, struct cases_fee_view);
    struct str answers[CASES_FIELDS_MAX];
    const struct cases_fee *fee;

    *made = view;
    *count = 0;
    /* The row tells an answer: not to who may not read them all. */
    if (!(c->is & 1u << CASES_APPLICANT) && !cases_sees_papers(c)) return DONE;
    if (!c->flow.fees_count) return DONE;
    TRY(cases_answers_load(scene, c, answers));
    fee = cases_fee_of(&c->flow, answers);
    if (!fee) return DONE;
    *view = view_of(scene, &c->flow, fee);
    *count = 1;
    return DONE;
}
