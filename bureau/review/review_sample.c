/* review_sample.c -- answers drawn by lot and marked by a colleague of another team.
 *
 *  (1) Each week's draw is made of a seed that is kept: the number its journal line happens to get.
 *      Nobody chooses a case or a colleague, and anybody can repeat the draw.
 *  (2) A case is drawn once.  Whoever marks it is of the same profession and of another team, and
 *      not in conflict with it, at the draw as when it is read and marked.
 *  (3) What is not marked in time goes to another colleague, three times at most.
 *  (4) Who is out of service reads no colleague's conversation; the answer waits for its day.
 *  (5) A conversation is read only after an act that is in the journal, names the case and opens it
 *      for an hour, to whoever marks it; nothing is marked that was not opened.
 *  (6) Once a week every consultant's figures are held against the rules, a hundred at a time.
 */
#include <inttypes.h>

#include "bureau/people/people_acts.h"
#include "bureau/review/review_inside.h"

enum {
    TURNS_MAX = 3,
    WEEK_SECONDS = 7 * SECONDS_PER_DAY,
    DRAW_MINUTE = 4 * 60,
    READ_SECONDS = SECONDS_PER_HOUR
};

static const struct reason sample_unread = {
    "review.sample-unread", T("Please open the answer and read it before you mark it."), 409};

static struct outcome (*read_words)(struct scene *scene, id case_id, struct review_said *said);

void review_words_hook(struct outcome (*read)(struct scene *scene, id case_id,
                                              struct review_said *said))
{
    read_words = read;
}

struct outcome review_read_words(struct scene *scene, id case_id, struct review_said *said)
{
    *said = (struct review_said){0};
    return read_words ? read_words(scene, case_id, said) : DONE;
}

/* Monday of the week of a moment. */
static calendar_day monday_of(moment at)
{
    calendar_day day = calendar_day_of(at);

    return day - (calendar_day)calendar_weekday_of(day);
}

/* ---- who marks ---- */

/* Of those with the fewest in hand the lot decides. */
static struct outcome find_peer(struct scene *scene, uint64_t seed, id case_id,
                                struct str profession, id team_id, id consultant_id, id before,
                                id *peer_id)
{
    const struct review_list_peers_row *rows;
    size_t count, fewest = 0;
    id *people;

    TRY(review_list_peers(scene->arena, scene->store, profession, team_id, consultant_id, before,
                          case_id, &rows, &count));
    people = NEW_MANY(scene->arena, id, count + 1);
    while (fewest < count && rows[fewest].open_count == rows[0].open_count) {
        people[fewest] = rows[fewest].person_id;
        fewest++;
    }
    *peer_id = review_draw(review_lot(seed, case_id), people, fewest, 1) ? people[0] : 0;
    return DONE;
}

static struct outcome add_sample(struct scene *scene, struct str week, uint64_t seed, id case_id,
                                 moment due_at)
{
    struct review_find_drawn_row drawn;
    id peer_id, sample_id = scene_new_id(scene);
    bool found;

    TRY(review_find_drawn(scene->arena, scene->store, case_id, &drawn, &found));
    if (!found) return FAULT("a case that was drawn has no record");
    TRY(find_peer(scene, seed, case_id, drawn.profession, drawn.team_id, drawn.consultant_id, 0,
                  &peer_id));
    TRY(clock_set(scene, "review.sample_due", sample_id, due_at));
    return review_add_sample(scene->store, &(struct review_add_sample_values){
                                               .sample_id = sample_id,
                                               .week = week,
                                               .case_id = case_id,
                                               .consultant_id = drawn.consultant_id,
                                               .team_id = drawn.team_id,
                                               .division = drawn.division,
                                               .field = drawn.field,
                                               .profession = drawn.profession,
                                               .peer_id = peer_id,
                                               .due_at = due_at,
                                           });
}

/* ---- the week ---- */

static struct outcome draw(struct scene *scene, const struct review_find_policy_row *policy,
                           calendar_day monday)
{
    const struct review_list_drawable_row *rows;
    struct review_find_draw_row before;
    moment until = calendar_day_begins(monday), from = until - WEEK_SECONDS, due_at;
    uint64_t seed = review_lot((uint64_t)scene->seq, monday);
    char week[11];
    size_t count, drawn;
    id *cases;
    bool found;

    calendar_day_print(monday - 7, week);
    TRY(review_find_draw(scene->arena, scene->store, str_of(week), &before, &found));
    if (found) return DONE;
    TRY(review_list_drawable(scene->arena, scene->store, from, until, &rows, &count));
    cases = NEW_MANY(scene->arena, id, count + 1);
    for (size_t i = 0; i < count; i++) cases[i] = rows[i].case_id;
    drawn = review_draw(seed, cases, count, (size_t)policy->sample_count);
    TRY(review_due(scene, policy->sample_days, &due_at));
    TRY(review_add_draw(scene->store, arena_copy(scene->arena, str_of(week)),
                        arena_print(scene->arena, "%" PRIu64, seed), scene->now, from, until,
                        (int64_t)count, (int64_t)drawn));
    for (size_t i = 0; i < drawn; i++)
        TRY(add_sample(scene, arena_copy(scene->arena, str_of(week)), seed, cases[i], due_at));
    return DONE;
}

static struct outcome weekly(struct scene *scene, const void *form, void *result)
{
    struct review_find_policy_row policy;
    calendar_day monday = monday_of(scene->now);

    (void)form, (void)result;
    TRY(review_policy_of(scene, &policy));
    TRY(draw(scene, &policy, monday));
    TRY(clock_set(scene, "review.appraise", 0, scene->now));
    return clock_set(scene, "review.weekly", 0,
                     calendar_day_begins(monday + 7) + DRAW_MINUTE * SECONDS_PER_MINUTE);
}

/* ---- marked, or not ---- */

struct outcome review_need_service(struct scene *scene)
{
    struct people_find_consultant_row me;
    bool found;

    TRY(people_consultant(scene, scene->actor.person_id, &me, &found));
    return found && str_same(me.standing, S("active")) ? DONE : REFUSE(people_barred);
}

static struct outcome is_free_of(struct scene *scene, id case_id, bool *is_free)
{
    struct review_find_free_of_case_row row;

    return review_find_free_of_case(scene->store, scene->actor.person_id, case_id, &row, is_free);
}

struct outcome review_sample_of_mine(struct scene *scene, id sample_id,
                                     struct review_find_sample_row *row, bool *found)
{
    TRY(review_find_sample(scene->arena, scene->store, sample_id, row, found));
    *found = *found && row->peer_id == scene->actor.person_id;
    return *found ? is_free_of(scene, row->case_id, found) : DONE;
}

struct outcome review_samples_of_mine(struct scene *scene, moment marked_since,
                                      const struct review_list_samples_for_row **samples,
                                      size_t *count)
{
    const struct review_list_samples_for_row *rows;
    struct review_list_samples_for_row *kept;
    size_t rows_count;

    TRY(review_list_samples_for(scene->arena, scene->store, scene->actor.person_id, marked_since,
                                &rows, &rows_count));
    kept = NEW_MANY(scene->arena, struct review_list_samples_for_row, rows_count + 1);
    *count = 0;
    for (size_t i = 0; i < rows_count; i++) {
        bool is_free;

        TRY(is_free_of(scene, rows[i].case_id, &is_free));
        if (is_free) kept[(*count)++] = rows[i];
    }
    *samples = kept;
    return DONE;
}

static struct outcome need_own(struct scene *scene, id sample_id,
                               struct review_find_sample_row *row)
{
    bool found;

    TRY(review_sample_of_mine(scene, sample_id, row, &found));
    if (!found) return REFUSE(act_unknown);
    if (!str_same(row->state, S("open"))) return REFUSE(review_not_now);
    return review_need_service(scene);
}

static struct outcome open(struct scene *scene, const void *form, void *result)
{
    const struct review_which_sample_form *f = form;
    struct review_find_sample_row row;

    (void)result;
    TRY(need_own(scene, f->sample, &row));
    scene_about(scene, row.sample_id, 0);
    scene->detail = arena_print(scene->arena, "case %" PRId64, (int64_t)row.case_id);
    return review_open_sample(scene->store, scene->now + READ_SECONDS, row.sample_id);
}

static struct outcome mark(struct scene *scene, const void *form, void *result)
{
    const struct review_mark_form *f = form;
    struct review_find_sample_row row;

    (void)result;
    TRY(need_own(scene, f->sample, &row));
    if (!row.read_until) return REFUSE(sample_unread);
    scene_about(scene, row.sample_id, 0);
    TRY(clock_drop(scene, "review.sample_due", row.sample_id));
    return review_mark_sample(scene->store, f->correctness, f->completeness, f->clarity,
                              f->courtesy, review_seal(scene, f->comment), scene->now,
                              row.sample_id);
}

static struct outcome sample_due(struct scene *scene, const void *form, void *result)
{
    const struct clock_form *f = form;
    struct review_find_policy_row policy;
    struct review_find_sample_row row;
    moment due_at;
    id peer_id;
    bool found;

    (void)result;
    TRY(review_find_sample(scene->arena, scene->store, f->case_id, &row, &found));
    if (!found || !str_same(row.state, S("open"))) return REFUSE(review_not_now);
    scene_about(scene, row.sample_id, 0);
    if (row.turns >= TURNS_MAX)
        return review_pass_sample(scene->store, row.peer_id, row.due_at, S("lapsed"),
                                  row.sample_id);
    TRY(review_policy_of(scene, &policy));
    TRY(review_due(scene, policy.sample_days, &due_at));
    TRY(find_peer(scene, (uint64_t)scene->seq, row.case_id, row.profession, row.team_id,
                  row.consultant_id, row.peer_id, &peer_id));
    TRY(clock_set(scene, "review.sample_due", row.sample_id, due_at));
    return review_pass_sample(scene->store, peer_id, due_at, S("open"), row.sample_id);
}

const struct act review_act_weekly = {.name = "review.weekly", .who = WHO_SYSTEM, .run = weekly};
const struct act review_act_sample_due = {
    .name = "review.sample_due", .who = WHO_SYSTEM, .run = sample_due};
const struct act review_act_open_sample = {.name = "review.open_sample",
                                           .who = WHO_CONSULTANT,
                                           .form = &review_which_sample_form,
                                           .run = open};
const struct act review_act_mark = {
    .name = "review.mark", .who = WHO_CONSULTANT, .form = &review_mark_form, .run = mark};
