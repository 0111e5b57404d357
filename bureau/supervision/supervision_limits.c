/* supervision_limits.c -- the numbers from which on something is a warning.
 *
 *  (1) Whatever was never changed is as supervision.c has it.
 *  (2) They are the same in the whole city: an administrator of the whole city changes them. */
#include "bureau/people/people_acts.h"
#include "bureau/supervision/supervision_views.h"

struct outcome supervision_limits(struct scene *scene, struct supervision_limits *limits)
{
    const struct supervision_list_thresholds_row *rows;
    size_t count;

    for (int i = 0; i < SUPERVISION_THRESHOLDS; i++)
        limits->value[i] = supervision_threshold_usual((enum supervision_threshold)i);
    TRY(supervision_list_thresholds(scene->arena, scene->store, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        for (int k = 0; k < SUPERVISION_THRESHOLDS; k++) {
            struct str word = supervision_threshold_word((enum supervision_threshold)k);

            if (str_same(rows[i].threshold, word)) limits->value[k] = rows[i].threshold_value;
        }
    }
    return DONE;
}

/* Of an administrator, and of the whole city. */
static struct outcome keeps_city(struct scene *scene, bool *keeps)
{
    struct outcome outcome = people_need_city(scene);

    *keeps = IS_DONE(outcome);
    return outcome.refusal == &act_not_yours ? DONE : outcome;
}

static struct outcome save(struct scene *scene, const void *form, void *result)
{
    const struct supervision_limits_form *f = form;
    int64_t given[SUPERVISION_THRESHOLDS] = {
        [SUPERVISION_WAIT_MINUTES] = f->wait_minutes,
        [SUPERVISION_ON_LINE_PERCENT] = f->on_line_percent,
        [SUPERVISION_SEEN_MINUTES] = f->seen_minutes,
        [SUPERVISION_FAILED_NOTICES] = f->failed_notices,
        [SUPERVISION_CALENDAR_DAYS] = f->calendar_days,
        [SUPERVISION_ANSWER_SECONDS] = f->answer_seconds,
        [SUPERVISION_LOAD_HIGH] = f->load_high_percent,
        [SUPERVISION_LOAD_LOW] = f->load_low_percent,
        [SUPERVISION_TAKE_UP_PERCENT] = f->take_up_percent,
        [SUPERVISION_TAKE_UP_MINUTES] = f->take_up_minutes,
        [SUPERVISION_LOOK_IN_MINUTES] = f->look_in_minutes,
    };
    bool keeps;

    (void)result;
    TRY(keeps_city(scene, &keeps));
    if (!keeps) return REFUSE(act_not_yours);
    for (int i = 0; i < SUPERVISION_THRESHOLDS; i++)
        TRY(supervision_set_threshold(scene->store,
                                      supervision_threshold_word((enum supervision_threshold)i),
                                      given[i], scene->now));
    return DONE;
}

const struct act supervision_act_limits = {
    .name = "supervision.limits", .who = WHO_ADMIN, .form = &supervision_limits_form, .run = save};

static struct str digits(struct scene *scene, int64_t number)
{
    return arena_print(scene->arena, "%lld", (long long)number);
}

struct outcome supervision_show_limits(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct supervision_limits_view *v = view;
    struct supervision_limits limits;
    const int64_t *value = limits.value;

    (void)query;
    TRY(supervision_limits(scene, &limits));
    *v = (struct supervision_limits_view){
        .wait_minutes = value[SUPERVISION_WAIT_MINUTES],
        .on_line_percent = value[SUPERVISION_ON_LINE_PERCENT],
        .seen_minutes = value[SUPERVISION_SEEN_MINUTES],
        .failed_notices = value[SUPERVISION_FAILED_NOTICES],
        .calendar_days = value[SUPERVISION_CALENDAR_DAYS],
        .answer_seconds = value[SUPERVISION_ANSWER_SECONDS],
        .load_high_percent = value[SUPERVISION_LOAD_HIGH],
        .load_low_percent = value[SUPERVISION_LOAD_LOW],
        .take_up_percent = value[SUPERVISION_TAKE_UP_PERCENT],
        .take_up_minutes = value[SUPERVISION_TAKE_UP_MINUTES],
        .look_in_minutes = value[SUPERVISION_LOOK_IN_MINUTES],
        .wait_minutes_text = digits(scene, value[SUPERVISION_WAIT_MINUTES]),
        .on_line_percent_text = digits(scene, value[SUPERVISION_ON_LINE_PERCENT]),
        .seen_minutes_text = digits(scene, value[SUPERVISION_SEEN_MINUTES]),
        .failed_notices_text = digits(scene, value[SUPERVISION_FAILED_NOTICES]),
        .calendar_days_text = digits(scene, value[SUPERVISION_CALENDAR_DAYS]),
        .answer_seconds_text = form_amount(scene->arena, scene->language, FIELD_span,
                                           value[SUPERVISION_ANSWER_SECONDS]),
        .load_high_percent_text = digits(scene, value[SUPERVISION_LOAD_HIGH]),
        .load_low_percent_text = digits(scene, value[SUPERVISION_LOAD_LOW]),
        .take_up_percent_text = digits(scene, value[SUPERVISION_TAKE_UP_PERCENT]),
        .take_up_minutes_text = digits(scene, value[SUPERVISION_TAKE_UP_MINUTES]),
        .look_in_minutes_text = digits(scene, value[SUPERVISION_LOOK_IN_MINUTES]),
    };
    return keeps_city(scene, &v->may_change);
}

#define FORM_THIS supervision_limits_form
FORM_TABLE(supervision_limits, SUPERVISION_LIMITS_FORM)
#undef FORM_THIS
#define VIEW_THIS supervision_limits_view
VIEW_TABLE(supervision_limits, SUPERVISION_LIMITS_VIEW)
