/* ladder_show.c -- the ladder as supervisors see it, and as backups see their own calls. */
#include "bureau/ladder/ladder_views.h"
#include "bureau/people/people_acts.h"
#include "desk/calendar/calendar.h"
#include "desk/identity/identity_acts.h"
#include "platform/secret.h"

#include <string.h>

enum { CREDIT_DAYS = 30, LIMIT_USUAL = 50, EVENING_SECONDS = 6 * SECONDS_PER_HOUR };

static struct outcome division_name(struct scene *scene, struct str division, struct str *name)
{
    TRY(identity_division_name(scene, division, name));
    if (!name->len) *name = division;
    return DONE;
}

static struct str why_words(struct scene *scene, struct str why, int64_t amount, int64_t places)
{
    return text_fill(scene->arena, scene->language, ladder_why_text(ladder_why_of(why)),
                     arena_print(scene->arena, "%lld", (long long)amount),
                     arena_print(scene->arena, "%lld", (long long)places), S(""));
}

static struct str level_name(struct scene *scene, struct str level)
{
    return text_in(scene->language, ladder_level_name(ladder_level_of(level)));
}

static const char *level_css(enum ladder_level level)
{
    if (level == LADDER_DUTY) return "tag-done";
    return level < LADDER_CHOICE ? "tag-waiting" : "tag-late";
}

static struct outcome (*ask_queues)(struct scene *, const struct ladder_queue **, size_t *);

void ladder_queue_hook(struct outcome (*ask)(struct scene *scene,
                                             const struct ladder_queue **queues, size_t *count))
{
    ask_queues = ask;
}

/* What waits now: a number and the list behind it are of one moment. */
static struct outcome put_waiting(struct scene *scene, struct ladder_desk_row_view *desks,
                                  size_t desks_count)
{
    const struct ladder_queue *queues;
    size_t count;

    if (!ask_queues || !desks_count) return DONE;
    TRY(ask_queues(scene, &queues, &count));
    for (size_t i = 0; i < desks_count; i++) {
        desks[i].waiting = 0;
        for (size_t k = 0; k < count; k++) {
            if (str_same(queues[k].profession, desks[i].profession) &&
                str_same(queues[k].division, desks[i].division))
                desks[i].waiting = queues[k].waiting;
        }
    }
    return DONE;
}

/* A street's supervisor looks on: whom the district calls is the district's. */
static bool may_trace(const struct scene *scene)
{
    return ladder_may_change(scene) || !scene_is(scene, WHO_SUPERVISOR);
}

static struct outcome desk_row(struct scene *scene, const struct ladder_policy *city,
                               const struct ladder_list_desks_row *row,
                               struct ladder_desk_row_view *v)
{
    enum ladder_level level = ladder_level_of(row->level);
    struct ladder_policy policy = *city;

    if (level != LADDER_DUTY) TRY(ladder_policy_of(scene, row->division, city, &policy));

    *v = (struct ladder_desk_row_view){
        .desk = row->desk_id,
        .profession = row->profession,
        .profession_name = people_profession_name(scene->language, row->profession),
        .division = row->division,
        .level = row->level,
        .rung = ladder_rung(&policy, level),
        .level_name = level_name(scene, row->level),
        .level_css = str_of(level_css(level)),
        .since = row->since_at,
        .why = why_words(scene, row->why_word, row->amount, row->places),
        .by = row->person_name,
        .note = row->note,
        .waiting = row->waiting_count,
        .called = row->called_count,
        .coming = row->coming_count,
        .came = row->came_count,
        .may_trace = may_trace(scene)};
    return division_name(scene, row->division, &v->division_name);
}

struct outcome ladder_desks(struct scene *scene, const struct ladder_desk_row_view **desks,
                            size_t *count)
{
    const struct ladder_list_desks_row *rows;
    struct ladder_desk_row_view *made;
    moment since = calendar_day_begins(calendar_day_of(scene->now));
    struct ladder_policy city;
    struct str scope;

    /* Just after midnight the evening before is still what one asks about. */
    if (since > scene->now - EVENING_SECONDS) since = scene->now - EVENING_SECONDS;
    TRY(ladder_scope(scene, &scope));
    TRY(ladder_list_desks(scene->arena, scene->store, scope, since, &rows, count));
    TRY(ladder_policy(scene, S(""), &city));
    made = NEW_MANY(scene->arena, struct ladder_desk_row_view, *count + 1);
    for (size_t i = 0; i < *count; i++) TRY(desk_row(scene, &city, &rows[i], &made[i]));
    *desks = made;
    return put_waiting(scene, made, *count);
}

struct outcome ladder_show_board(struct request *request, const void *query, void *view)
{
    const struct ladder_board_form *f = query;
    struct ladder_board_view *v = view;
    const struct ladder_desk_row_view *all;
    struct ladder_desk_row_view *shown;
    size_t count;

    TRY(ladder_desks(request->scene, &all, &count));
    shown = NEW_MANY(request->scene->arena, struct ladder_desk_row_view, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (!f->raised || !str_same(all[i].level, ladder_level_word(LADDER_DUTY)))
            shown[v->desks_count++] = all[i];
    }
    v->desks = shown;
    v->is_raised = f->raised;
    return DONE;
}

/* ---- one desk ---- */

/* By itself it goes down for calm or for a rung that is gone; by hand, as the rungs stand now. */
static bool is_up(const struct ladder_policy *policy, const struct ladder_list_steps_row *row)
{
    enum ladder_why why = ladder_why_of(row->why_word);

    if (why != LADDER_HAND) return why != LADDER_CALM && why != LADDER_GONE;
    return ladder_rung(policy, ladder_level_of(row->level)) >
           ladder_rung(policy, ladder_level_of(row->level_from));
}

static struct outcome show_steps(struct scene *scene, const struct ladder_policy *policy,
                                 id desk_id, struct ladder_one_view *v)
{
    const struct ladder_list_steps_row *rows;
    struct ladder_step_row_view *steps;

    TRY(ladder_list_steps(scene->arena, scene->store, desk_id, &rows, &v->steps_count));
    steps = NEW_MANY(scene->arena, struct ladder_step_row_view, v->steps_count + 1);
    for (size_t i = 0; i < v->steps_count; i++)
        steps[i] = (struct ladder_step_row_view){
            .at = rows[i].at,
            .level_from = rows[i].level_from,
            .level = rows[i].level,
            .from_name = level_name(scene, rows[i].level_from),
            .level_name = level_name(scene, rows[i].level),
            .is_up = is_up(policy, &rows[i]),
            .why = why_words(scene, rows[i].why_word, rows[i].amount, rows[i].places),
            .by = rows[i].person_name,
            .note = rows[i].note};
    v->steps = steps;
    return DONE;
}

static const char *call_state(struct str answer, moment came_at, moment ended_at, const char **css)
{
    *css = "tag-off";
    if (came_at && !ended_at) return *css = "tag-done", T("Is here");
    if (came_at) return *css = "tag-done", T("Came");
    if (str_same(answer, S("spare"))) return T("Enough came already");
    if (str_same(answer, S("no"))) return T("Cannot come");
    if (str_same(answer, S("coming")))
        return ended_at ? T("Said yes, not needed or not come")
                        : (*css = "tag-waiting", T("Is coming"));
    return ended_at ? T("No answer") : (*css = "tag-message", T("Called"));
}

static struct ladder_call_row_view call_row(struct scene *scene, struct str name,
                                            const struct ladder_list_calls_of_person_row *row)
{
    const char *css, *state = call_state(row->call_answer, row->came_at, row->ended_at, &css);

    return (struct ladder_call_row_view){.name = name,
                                         .called_at = row->called_at,
                                         .answer = row->call_answer,
                                         .state_name = text_in(scene->language, state),
                                         .state_css = str_of(css),
                                         .answered_at = row->answered_at,
                                         .came_at = row->came_at,
                                         .ended_at = row->ended_at,
                                         .credit_minutes = row->credit_minutes};
}

static struct outcome show_calls(struct scene *scene, id desk_id, struct ladder_one_view *v)
{
    const struct ladder_list_calls_of_desk_row *rows;
    struct ladder_call_row_view *calls;

    TRY(ladder_list_calls_of_desk(scene->arena, scene->store, desk_id, &rows, &v->calls_count));
    calls = NEW_MANY(scene->arena, struct ladder_call_row_view, v->calls_count + 1);
    for (size_t i = 0; i < v->calls_count; i++)
        calls[i] = call_row(
            scene, rows[i].person_name,
            &(struct ladder_list_calls_of_person_row){.called_at = rows[i].called_at,
                                                      .call_answer = rows[i].call_answer,
                                                      .answered_at = rows[i].answered_at,
                                                      .came_at = rows[i].came_at,
                                                      .ended_at = rows[i].ended_at,
                                                      .credit_minutes = rows[i].credit_minutes});
    v->calls = calls;
    return DONE;
}

static struct outcome show_people(struct scene *scene, const struct ladder_policy *policy,
                                  const struct ladder_find_desk_by_id_row *desk,
                                  struct ladder_one_view *v)
{
    struct ladder_person_row_view *shown;
    const struct ladder_person *people;

    TRY(ladder_people(scene, policy, desk, &people, &v->people_count));
    shown = NEW_MANY(scene->arena, struct ladder_person_row_view, v->people_count + 1);
    for (size_t i = 0; i < v->people_count; i++)
        shown[i] = (struct ladder_person_row_view){
            .person = people[i].backup.person_id,
            .name = people[i].name,
            .calls_today = people[i].backup.calls_today,
            .why_not = people[i].why_not ? text_in(scene->language, people[i].why_not) : S("")};
    v->people = shown;
    return DONE;
}

static void show_directions(struct scene *scene, const struct ladder_policy *policy,
                            enum ladder_level level, struct ladder_one_view *v)
{
    static const struct {
        int way;
        const char *word, *label;
    } ways[] = {{1, "up", T("Up to: %1")}, {-1, "down", T("Down to: %1")}};
    struct choice *made = NEW_MANY(scene->arena, struct choice, COUNT(ways));

    for (size_t i = 0; i < COUNT(ways); i++) {
        enum ladder_level to = ladder_next(policy, level, ways[i].way);

        if (to == LADDER_LEVELS) continue;
        made[v->directions_count++] = (struct choice){
            .value = str_of(ways[i].word),
            .label = text_fill(scene->arena, scene->language, ways[i].label,
                               text_in(scene->language, ladder_level_name(to)), S(""), S(""))};
    }
    v->directions = made;
}

struct outcome ladder_show_one(struct request *request, const void *query, void *view)
{
    const struct ladder_which_form *f = query;
    struct scene *scene = request->scene;
    struct ladder_one_view *v = view;
    struct ladder_find_desk_by_id_row desk;
    struct ladder_find_seen_desk_row row;
    struct ladder_list_desks_row listed;
    struct ladder_desk_row_view *shown = NEW(scene->arena, struct ladder_desk_row_view);
    struct ladder_policy policy;
    bool found;

    TRY(ladder_need_desk(scene, f->desk, &desk));
    TRY(ladder_policy(scene, desk.division, &policy));
    TRY(ladder_find_seen_desk(scene->arena, scene->store, f->desk, &row, &found));
    static_assert(sizeof row == sizeof listed, "the same columns");
    memcpy(&listed, &row, sizeof listed);
    TRY(desk_row(scene, &policy, &listed, shown));
    TRY(put_waiting(scene, shown, 1));
    v->desk = shown;
    v->may_change = ladder_may_change(scene);
    v->is_street = !may_trace(scene);
    TRY(show_steps(scene, &policy, f->desk, v));
    if (v->is_street) return DONE; /* whom the district calls is the district's */
    TRY(show_calls(scene, f->desk, v));
    TRY(show_people(scene, &policy, &desk, v));
    show_directions(scene, &policy, ladder_level_of(desk.level), v);
    return DONE;
}

/* ---- behind its numbers ---- */

static struct outcome desk_name(struct scene *scene, struct str division, struct str profession,
                                struct str *name)
{
    TRY(division_name(scene, division, name));
    *name = arena_print(scene->arena, "%.*s · %.*s", STR_ARGS(*name),
                        STR_ARGS(people_profession_name(scene->language, profession)));
    return DONE;
}

/* One row more than a page, so that it is known whether there is a next one. */
static struct outcome calls_behind(struct scene *scene, const struct ladder_calls_form *f,
                                   int64_t limit, struct ladder_calls_view *v)
{
    const struct ladder_list_calls_behind_row *rows;
    struct ladder_call_row_view *calls;

    TRY(ladder_list_calls_behind(scene->arena, scene->store, f->desk, f->after, f->which, limit + 1,
                                 &rows, &v->calls_count));
    if ((int64_t)v->calls_count > limit) {
        v->calls_count = (size_t)limit;
        v->next = rows[limit - 1].call_id;
    }
    calls = NEW_MANY(scene->arena, struct ladder_call_row_view, v->calls_count + 1);
    for (size_t i = 0; i < v->calls_count; i++)
        calls[i] =
            call_row(scene, rows[i].person_name,
                     &(struct ladder_list_calls_of_person_row){.called_at = rows[i].called_at,
                                                               .call_answer = rows[i].call_answer,
                                                               .answered_at = rows[i].answered_at,
                                                               .came_at = rows[i].came_at});
    v->calls = calls;
    return DONE;
}

/* Of somebody this desk may call, and of nobody else. */
static struct outcome calls_today(struct scene *scene, const struct ladder_calls_form *f,
                                  const struct ladder_find_desk_by_id_row *desk, int64_t limit,
                                  struct ladder_calls_view *v)
{
    const struct ladder_list_calls_since_row *rows;
    const struct ladder_person *people;
    struct ladder_call_row_view *calls;
    struct ladder_policy policy;
    struct str name;
    size_t count, i = 0;

    TRY(ladder_policy(scene, desk->division, &policy));
    TRY(ladder_people(scene, &policy, desk, &people, &count));
    while (i < count && people[i].backup.person_id != f->person) i++;
    if (i == count) return REFUSE(act_unknown);
    v->person = f->person;
    v->person_name = people[i].name;
    v->is_today = true;
    TRY(ladder_list_calls_since(scene->arena, scene->store, f->person,
                                calendar_day_begins(calendar_day_of(scene->now)), f->after,
                                limit + 1, &rows, &v->calls_count));
    if ((int64_t)v->calls_count > limit) {
        v->calls_count = (size_t)limit;
        v->next = rows[limit - 1].call_id;
    }
    calls = NEW_MANY(scene->arena, struct ladder_call_row_view, v->calls_count + 1);
    for (i = 0; i < v->calls_count; i++) {
        struct ladder_list_calls_of_person_row row;

        static_assert(sizeof row == sizeof rows[i], "the same columns");
        memcpy(&row, &rows[i], sizeof row);
        TRY(desk_name(scene, row.division, row.profession, &name));
        calls[i] = call_row(scene, name, &row);
    }
    v->calls = calls;
    return DONE;
}

struct outcome ladder_show_calls(struct request *request, const void *query, void *view)
{
    static const struct {
        const char *word, *title;
    } lists[] = {{"called", T("Backups called")},
                 {"coming", T("Coming")},
                 {"came", T("Here")},
                 {"today", T("Calls today")}};
    struct scene *scene = request->scene;
    const struct ladder_calls_form *f = query;
    struct ladder_calls_view *v = view;
    int64_t limit = f->limit ? f->limit : LIMIT_USUAL;
    struct ladder_find_desk_by_id_row desk;

    TRY(ladder_need_desk(scene, f->desk, &desk));
    for (size_t i = 0; i < COUNT(lists); i++) {
        if (str_same(f->which, str_of(lists[i].word)))
            v->title = text_in(scene->language, lists[i].title);
    }
    if (!v->title.len || !may_trace(scene)) return REFUSE(act_unknown);
    TRY(str_same(f->which, S("today")) ? calls_today(scene, f, &desk, limit, v)
                                       : calls_behind(scene, f, limit, v));
    v->desk = f->desk;
    v->which = f->which;
    v->limit = limit;
    v->profession_name = people_profession_name(scene->language, desk.profession);
    return division_name(scene, desk.division, &v->division_name);
}

/* ---- a consultant's own ---- */

struct outcome ladder_show_standby(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct ladder_standby_view *v = view;
    const struct ladder_list_calls_of_person_row *rows;
    struct ladder_find_opt_out_row out;
    struct str phone;
    struct ladder_sum_credit_row credit;
    struct ladder_call_row_view *calls;
    bool found;

    (void)query;
    TRY(ladder_find_opt_out(scene->store, scene->actor.person_id, &out, &v->stays_uncalled));
    TRY(ladder_sum_credit(scene->store, scene->actor.person_id,
                          scene->now - (moment)CREDIT_DAYS * SECONDS_PER_DAY, &credit, &found));
    v->stays_text = v->stays_uncalled ? S("1") : S("");
    TRY(ladder_phone(scene, scene->actor.person_id, &phone));
    v->phone_masked = secret_mask(scene->arena, phone);
    v->credit_minutes_30_days = credit.credit_minutes;
    TRY(ladder_list_calls_of_person(scene->arena, scene->store, scene->actor.person_id, &rows,
                                    &v->calls_count));
    calls = NEW_MANY(scene->arena, struct ladder_call_row_view, v->calls_count + 1);
    for (size_t i = 0; i < v->calls_count; i++) {
        struct str name;

        TRY(desk_name(scene, rows[i].division, rows[i].profession, &name));
        calls[i] = call_row(scene, name, &rows[i]);
    }
    v->calls = calls;
    return DONE;
}
