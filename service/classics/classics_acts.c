/* classics_acts.c -- a round is opened, cases are nominated and screened, people vote, the clock
 * counts.
 *
 *  (1) Editors open a round for the place they watch; editors and leaders whose place lies in it,
 *      or around it, see it.
 *  (2) Nominated is what everybody may read; it is screened by a leader of the place where it was
 *      asked, and not by whoever nominated it.
 *  (3) A resident or a consultant has one vote in a round, and may change it until the last day.
 *      Who voted for what cannot be read back.
 *  (4) What is hidden when the votes are counted is not among the ten.
 */
#include "desk/calendar/calendar.h"
#include "platform/secret.h"
#include "service/classics/classics_views.h"
#include "service/repository/repository_acts.h"

#define USE_VOTER "classics.voter"

static const struct reason wrong_days = {
    "classics.wrong-days",
    T("The vote begins tomorrow at the earliest, ends on its first day or later, and within a "
      "year."),
    0};
static const struct reason not_collecting = {
    "classics.not-collecting",
    T("The vote has begun: cases are no longer nominated or screened, and its days stand."), 409};
static const struct reason not_voting = {"classics.not-voting",
                                         T("One cannot vote here on this day."), 409};
static const struct reason nominated_already = {
    "classics.nominated-already", T("This case is nominated already."), 409};
static const struct reason not_public = {
    "classics.not-public", T("Please choose an answer everybody may read, of your place."), 0};
static const struct reason too_many = {"classics.too-many",
                                       T("Enough cases are nominated: a hundred at most."), 409};
static const struct reason unknown_verdict = {"classics.unknown-verdict",
                                              T("Please choose what you decide."), 0};
static const struct reason no_reason = {
    "classics.no-reason", T("Please say why it is not taken."), 0};
static const struct reason own_nomination = {
    "classics.own", T("Whoever nominated a case does not screen it. Somebody else decides."), 409};
static const struct reason no_such_case = {
    "classics.no-such-case", T("One cannot vote for this case any more. Please choose another."),
    409};

bool classics_overlap(struct str a, struct str b)
{
    return a.len && b.len && (str_begins(a, b) || str_begins(b, a));
}

struct outcome classics_open_round(struct scene *scene, id round_id,
                                   struct classics_find_round_row *row)
{
    struct str scope = scene_scope(scene, WHO_SUPERVISOR | WHO_LEADER);
    bool found;

    TRY(classics_find_round(scene->arena, scene->store, round_id, row, &found));
    return found && classics_overlap(row->division, scope) ? DONE : REFUSE(act_unknown);
}

enum classics_phase classics_phase_of(struct scene *scene,
                                      const struct classics_find_round_row *row)
{
    return classics_phase_at(row->vote_from, row->vote_until, row->counted_at, scene->now);
}

/* ---- its days ---- */

static struct outcome read_days(struct scene *scene, struct str first, struct str last,
                                moment *from, moment *until)
{
    calendar_day day, end, today = calendar_day_of(scene->now);

    if (!calendar_day_parse(first, &day) || !calendar_day_parse(last, &end) || day <= today ||
        end < day || end > today + CLASSICS_DAYS_MAX)
        return REFUSE(wrong_days);
    *from = calendar_day_begins(day);
    *until = calendar_day_begins(end + 1);
    return DONE;
}

static struct outcome open_one(struct scene *scene, const void *form, void *result)
{
    const struct classics_open_form *f = form;
    struct classics_made_view *told = result;
    moment from, until;

    TRY(read_days(scene, f->vote_from, f->vote_until, &from, &until));
    told->round = scene_new_id(scene);
    TRY(classics_add_round(scene->store, told->round, scene_scope(scene, WHO_SUPERVISOR), f->title,
                           from, until, scene->actor.person_id, scene->now));
    return clock_set(scene, "classics.count", told->round, until);
}

static struct outcome plan(struct scene *scene, const void *form, void *result)
{
    const struct classics_plan_form *f = form;
    struct classics_find_round_row row;
    moment from, until;

    (void)result;
    TRY(classics_open_round(scene, f->round, &row));
    if (!str_begins(row.division, scene_scope(scene, WHO_SUPERVISOR))) return REFUSE(act_unknown);
    if (classics_phase_of(scene, &row) != CLASSICS_COLLECTING) return REFUSE(not_collecting);
    TRY(read_days(scene, f->vote_from, f->vote_until, &from, &until));
    TRY(classics_set_round(scene->store, f->title, from, until, f->round));
    return clock_set(scene, "classics.count", f->round, until);
}

/* ---- nominated, screened ---- */

static struct outcome need_room(struct scene *scene, id round_id, id entry_id)
{
    struct classics_count_nominations_row row;
    struct classics_find_nomination_row before;
    bool found;

    TRY(classics_find_nomination(scene->arena, scene->store, round_id, entry_id, &before, &found));
    if (found) return REFUSE(nominated_already);
    TRY(classics_count_nominations(scene->store, round_id, &row, &found));
    return row.nominations_count >= CLASSICS_NOMINATED_MAX ? REFUSE(too_many) : DONE;
}

static struct outcome nominate(struct scene *scene, const void *form, void *result)
{
    const struct classics_nominate_form *f = form;
    struct classics_find_round_row row;
    struct repository_told told;
    bool is_public;

    (void)result;
    TRY(classics_open_round(scene, f->round, &row));
    if (classics_phase_of(scene, &row) != CLASSICS_COLLECTING) return REFUSE(not_collecting);
    TRY(repository_tell(scene, f->entry, &told, &is_public));
    if (!is_public || !str_begins(told.division, row.division) ||
        !str_begins(told.division, scene_scope(scene, WHO_SUPERVISOR)))
        return REFUSE(not_public);
    TRY(need_room(scene, f->round, f->entry));
    return classics_add_nomination(scene->store, f->round, f->entry, told.division, f->why,
                                   scene->actor.person_id, scene->now);
}

bool classics_may_screen(struct scene *scene, struct str division, id nominated_by)
{
    return nominated_by != scene->actor.person_id &&
           classics_overlap(division, scene_scope(scene, WHO_LEADER));
}

static struct outcome screen(struct scene *scene, const void *form, void *result)
{
    const struct classics_screen_form *f = form;
    struct classics_find_nomination_row nomination;
    struct classics_find_round_row row;
    bool found, takes = str_same(f->verdict, S("accept"));

    (void)result;
    TRY(classics_open_round(scene, f->round, &row));
    TRY(classics_find_nomination(scene->arena, scene->store, f->round, f->entry, &nomination,
                                 &found));
    if (!found || !classics_overlap(nomination.division, scene_scope(scene, WHO_LEADER)))
        return REFUSE(act_unknown);
    if (nomination.nominated_by == scene->actor.person_id) return REFUSE(own_nomination);
    if (classics_phase_of(scene, &row) != CLASSICS_COLLECTING) return REFUSE(not_collecting);
    if (!takes && !str_same(f->verdict, S("refuse"))) return REFUSE(unknown_verdict);
    if (!takes && !str_trim(f->reason).len) return REFUSE(no_reason);
    scene_about(scene, 0, nomination.nominated_by);
    return classics_set_screened(scene->store, takes ? S("accepted") : S("refused"), f->reason,
                                 scene->actor.person_id, scene->now, f->round, f->entry);
}

/* ---- voted ---- */

struct str classics_voter(struct scene *scene, id round_id)
{
    if (!scene_is(scene, WHO_RESIDENT | WHO_CONSULTANT) || !scene->actor.person_id ||
        scene->actor.is_key)
        return S("");
    return secret_index(scene->arena, USE_VOTER,
                        arena_print(scene->arena, "%lld %lld", (long long)round_id,
                                    (long long)scene->actor.person_id));
}

static struct outcome vote(struct scene *scene, const void *form, void *result)
{
    const struct classics_vote_form *f = form;
    struct classics_find_nomination_row nomination;
    struct classics_find_round_row row;
    struct str voter = classics_voter(scene, f->round);
    struct repository_told told;
    bool found, is_public = false;

    (void)result;
    if (!voter.len) return REFUSE(act_not_yours);
    TRY(classics_find_round(scene->arena, scene->store, f->round, &row, &found));
    if (!found) return REFUSE(act_unknown);
    if (classics_phase_of(scene, &row) != CLASSICS_VOTING) return REFUSE(not_voting);
    TRY(classics_find_nomination(scene->arena, scene->store, f->round, f->entry, &nomination,
                                 &found));
    if (found && str_same(nomination.state, S("accepted")))
        TRY(repository_tell(scene, f->entry, &told, &is_public));
    if (!is_public) return REFUSE(no_such_case);
    return classics_set_vote(scene->store, f->round, voter, f->entry, scene->now);
}

/* ---- counted, by the clock ---- */

static struct outcome tally(struct scene *scene, id round_id, struct classics_tally *tallies,
                            size_t *count, int64_t *all)
{
    const struct classics_list_tallies_row *rows;
    size_t rows_count;

    TRY(classics_list_tallies(scene->arena, scene->store, round_id, &rows, &rows_count));
    for (size_t i = 0; i < rows_count; i++) {
        struct repository_told told;
        bool is_public;

        TRY(repository_tell(scene, rows[i].entry_id, &told, &is_public));
        *all += rows[i].votes_count;
        if (is_public)
            tallies[(*count)++] =
                (struct classics_tally){rows[i].entry_id, rows[i].votes_count};
    }
    return DONE;
}

static struct outcome count(struct scene *scene, const void *form, void *result)
{
    const struct clock_form *f = form;
    struct classics_tally tallies[CLASSICS_NOMINATED_MAX];
    struct classics_find_round_row row;
    size_t tallies_count = 0, best;
    int64_t all = 0;
    bool found;

    (void)result;
    TRY(classics_find_round(scene->arena, scene->store, f->case_id, &row, &found));
    if (!found || row.counted_at || scene->now < row.vote_until) return DONE;
    TRY(tally(scene, row.round_id, tallies, &tallies_count, &all));
    best = classics_rank(tallies, tallies_count);
    for (size_t i = 0; i < tallies_count; i++)
        TRY(classics_set_place(scene->store, i < best ? (int64_t)i + 1 : 0, tallies[i].votes,
                               row.round_id, tallies[i].entry_id));
    return classics_set_counted(scene->store, scene->now, all, row.round_id);
}

struct outcome classics_honour_of(struct scene *scene, id entry_id, struct classics_honour *honour,
                                  bool *found)
{
    struct classics_find_best_of_row row;

    TRY(classics_find_best_of(scene->arena, scene->store, entry_id, &row, found));
    if (*found) *honour = (struct classics_honour){row.round_id, row.place, row.title};
    return DONE;
}

const struct act classics_open = {.name = "classics.open",
                                  .who = WHO_SUPERVISOR,
                                  .form = &classics_open_form,
                                  .result = &classics_made_view,
                                  .run = open_one};
const struct act classics_plan = {
    .name = "classics.plan", .who = WHO_SUPERVISOR, .form = &classics_plan_form, .run = plan};
const struct act classics_nominate = {.name = "classics.nominate",
                                      .who = WHO_SUPERVISOR,
                                      .form = &classics_nominate_form,
                                      .run = nominate};
const struct act classics_screen = {
    .name = "classics.screen", .who = WHO_LEADER, .form = &classics_screen_form, .run = screen};
const struct act classics_vote = {.name = "classics.vote",
                                  .who = WHO_RESIDENT | WHO_CONSULTANT,
                                  .form = &classics_vote_form,
                                  .run = vote};
const struct act classics_count = {.name = "classics.count", .who = WHO_SYSTEM, .run = count};
