/* record_acts.c -- see record_acts.h. */
#include "bureau/record/record_acts.h"

#include <string.h>

#include "platform/page.h"

static struct record_times times_of(const struct record_find_record_row *row)
{
    return (struct record_times){
        .phase = record_phase_of(row->phase),
        .is_live = str_same(row->mode, S("live")),
        .is_window = str_same(row->mode, S("window")),
        .phase_at = row->phase_at,
        .opened_at = row->opened_at,
        .served_at = row->served_at,
        .talk_at = row->talk_at,
        .written_at = row->written_at,
        .answered_at = row->answered_at,
        .ended_at = row->ended_at,
        .due_at = row->due_at,
        .talks_count = row->talks_count,
        .wait_seconds = row->wait_seconds,
        .talk_wait_seconds = row->talk_wait_seconds,
        .handle_seconds = row->handle_seconds,
        .is_late = row->is_late != 0,
        .is_abandoned = row->is_abandoned != 0,
        .to_message = row->to_message != 0,
    };
}

static struct str mode_of(const struct record_times *times)
{
    return times->is_live ? S("live") : times->is_window ? S("window") : S("written");
}

static struct outcome set(struct scene *scene, const struct record_case *c,
                          const struct record_times *times)
{
    return record_set_record(scene->store, &(struct record_set_record_values){
                                               .case_id = c->case_id,
                                               .service = c->service,
                                               .reference = c->reference,
                                               .channel = c->channel,
                                               .field = c->field,
                                               .profession = c->profession,
                                               .division = c->division,
                                               .language = c->language,
                                               .priority = c->priority,
                                               .state = c->state,
                                               .mode = mode_of(times),
                                               .phase = record_phase_word(times->phase),
                                               .phase_at = times->phase_at,
                                               .opened_at = times->opened_at,
                                               .served_at = times->served_at,
                                               .talk_at = times->talk_at,
                                               .talks_count = times->talks_count,
                                               .written_at = times->written_at,
                                               .answered_at = times->answered_at,
                                               .ended_at = times->ended_at,
                                               .wait_seconds = times->wait_seconds,
                                               .talk_wait_seconds = times->talk_wait_seconds,
                                               .handle_seconds = times->handle_seconds,
                                               .due_at = times->due_at,
                                               .is_late = times->is_late,
                                               .is_abandoned = times->is_abandoned,
                                               .to_message = times->to_message,
                                               .consultant_id = c->consultant_id,
                                               .team_id = c->team_id,
                                               .offers_count = c->offers_count,
                                               .outcome = c->outcome,
                                           });
}

struct outcome record_keep_at(struct scene *scene, const struct record_case *c, moment at)
{
    struct record_find_record_row row;
    struct record_times times;
    bool found;

    TRY(record_find_record(scene->arena, scene->store, c->case_id, &row, &found));
    if (found) {
        times = times_of(&row);
        record_move(&times, c->phase, c->due_at, at);
    } else {
        times = record_open(c->phase, c->opened_at, c->due_at, at);
    }
    return set(scene, c, &times);
}

struct outcome record_keep(struct scene *scene, const struct record_case *c)
{
    return record_keep_at(scene, c, scene->now);
}

struct outcome record_rate(struct scene *scene, const struct record_rating *rating)
{
    return record_set_rating(scene->store, rating->stars, rating->patience, rating->courtesy,
                             rating->efficiency, rating->correctness, rating->at, rating->case_id);
}

struct outcome record_find(struct scene *scene, id case_id, struct record_find_record_row *row,
                           bool *found)
{
    return record_find_record(scene->arena, scene->store, case_id, row, found);
}

struct outcome record_scope_of(const struct scene *scene, struct record_scope *scope)
{
    const struct actor *actor = &scene->actor;
    struct str watched = scene_scope(scene, WHO_SUPERVISOR);

    *scope = (struct record_scope){0};
    if (scene_is(scene, WHO_SYSTEM)) return DONE;
    if (watched.len) {
        scope->division = watched;
        return DONE;
    }
    if (scene_is(scene, WHO_LEADER) && actor->team_id) {
        scope->team_id = actor->team_id;
        return DONE;
    }
    if (scene_is(scene, WHO_CONSULTANT) && actor->person_id) {
        scope->consultant_id = actor->person_id;
        return DONE;
    }
    return REFUSE(act_not_yours);
}

static struct outcome list_figures(struct scene *scene, const struct record_scope *scope,
                                   moment from, moment until, int64_t within, const char *by,
                                   const struct record_list_figures_row **rows, size_t *count)
{
    return record_list_figures(scene->arena, scene->store,
                               &(struct record_list_figures_values){
                                   .state__by = str_of(by),
                                   .wait_seconds__within = within,
                                   .at__from = from,
                                   .at__until = until,
                                   .service = scope->service,
                                   .channel = scope->channel,
                                   .field = scope->field,
                                   .profession = scope->profession,
                                   .division__scope = scope->division,
                                   .division__chosen = scope->division_chosen,
                                   .team_id__scope = scope->team_id,
                                   .team_id__chosen = scope->team_chosen,
                                   .consultant_id = scope->consultant_id,
                               },
                               rows, count);
}

static void put(struct record_figures *figures, const struct record_list_figures_row *row)
{
    enum record_figure figure;

    if (!record_figure_of(row->figure_text, &figure)) return;
    figures->of[figure] = (struct record_figure_sum){.count = row->cases_count,
                                                     .sum = row->amount_sum,
                                                     .max = row->amount_max,
                                                     .within = row->within_count};
}

struct outcome record_sum(struct scene *scene, const struct record_scope *scope, moment from,
                          moment until, int64_t within, struct record_figures *sums)
{
    const struct record_list_figures_row *rows;
    size_t count;

    *sums = (struct record_figures){0};
    TRY(list_figures(scene, scope, from, until, within, "", &rows, &count));
    for (size_t i = 0; i < count; i++) put(sums, &rows[i]);
    return DONE;
}

static struct record_group *group_of(struct record_group *groups, size_t *count, struct str key)
{
    size_t low = 0, high = *count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        struct str at = groups[middle].key;
        int order = memcmp(at.at, key.at, at.len < key.len ? at.len : key.len);

        if (order == 0 && at.len == key.len) return &groups[middle];
        if (order < 0 || (order == 0 && at.len < key.len))
            low = middle + 1;
        else
            high = middle;
    }
    if (*count == RECORD_GROUPS_MAX) return NULL;
    memmove(&groups[low + 1], &groups[low], (*count - low) * sizeof *groups);
    ++*count;
    groups[low] = (struct record_group){.key = key};
    return &groups[low];
}

struct outcome record_group_by(struct scene *scene, const struct record_scope *scope, moment from,
                               moment until, int64_t within, const char *by,
                               const struct record_group **groups, size_t *count)
{
    const struct record_list_figures_row *rows;
    struct record_group *made;
    size_t rows_count;

    *count = 0;
    TRY(list_figures(scene, scope, from, until, within, by, &rows, &rows_count));
    made = NEW_MANY(scene->arena, struct record_group,
                    rows_count < RECORD_GROUPS_MAX ? rows_count + 1 : RECORD_GROUPS_MAX);
    for (size_t i = 0; i < rows_count; i++) {
        struct record_group *group = group_of(made, count, rows[i].group_text);

        if (group) put(&group->figures, &rows[i]);
    }
    *groups = made;
    return DONE;
}

struct outcome record_list_cases(struct scene *scene, const struct record_scope *scope,
                                 const struct record_behind *behind,
                                 const struct record_list_behind_row **rows, size_t *count)
{
    return record_list_behind(scene->arena, scene->store,
                              &(struct record_list_behind_values){
                                  .at__from = behind->from,
                                  .at__until = behind->until,
                                  .state__figure = record_figure_word(behind->figure),
                                  .handle_seconds__least = behind->least,
                                  .handle_seconds__most = behind->most,
                                  .service = scope->service,
                                  .channel = scope->channel,
                                  .field = scope->field,
                                  .profession = scope->profession,
                                  .division__scope = scope->division,
                                  .division__chosen = scope->division_chosen,
                                  .team_id__scope = scope->team_id,
                                  .team_id__chosen = scope->team_chosen,
                                  .consultant_id = scope->consultant_id,
                                  .case_id = behind->after,
                                  .max_rows = behind->rows_max,
                              },
                              rows, count);
}

struct outcome record_arrivals(struct scene *scene, struct str service, struct str profession,
                               struct str division, moment from, moment until,
                               const struct record_list_arrivals_row **rows, size_t *count)
{
    return record_list_arrivals(scene->arena, scene->store, from, until, service, profession,
                                division, rows, count);
}

struct outcome record_pace(struct scene *scene, struct str service, struct str profession,
                           struct str division, moment from, moment until,
                           struct record_find_pace_row *pace)
{
    bool found;

    return record_find_pace(scene->store, from, until, service, profession, division, pace, &found);
}

const struct module record_module = {
    .name = "record",
    .schema = record_schema,
    .migrations = record_migrations,
};
