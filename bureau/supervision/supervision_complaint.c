/* supervision_complaint.c -- warnings about complaints: their days, and those nobody may handle.
 *
 * Quality (bureau/review) keeps both days and tells the team's leader by message; who else must
 * know is looked at here, once a minute, since that room stands before this one.
 *
 *  (1) Near its day, past it, not taken up in time: each is a warning of its own, over as soon as
 *      it is no longer so.
 *  (2) What is about money never shows to the team it happened in, what a leader is in conflict
 *      with not to that leader: it begins with the district.  Whom it is about, and whoever else is
 *      in conflict with it, sees none.
 *  (3) Where nobody is left who may handle a complaint or look at flagged wording, the
 *      administrators are warned, who can give somebody the role; over once somebody may. */
#include "bureau/review/review_acts.h"
#include "bureau/supervision/supervision_views.h"

static struct outcome look_at(struct scene *scene,
                              const struct supervision_list_complaints_row *row)
{
    static const enum supervision_kind kinds[] = {
        SUPERVISION_COMPLAINT_OVER, SUPERVISION_COMPLAINT_LATE, SUPERVISION_COMPLAINT_WAITS};
    struct supervision_complaint complaint = {row->made_at, row->acknowledge_by, row->decide_by,
                                              row->acknowledged_at, row->decided_at};
    struct str last = arena_print(scene->arena, "%lld", (long long)row->decide_by - 1);
    bool is_teams = review_is_for_team(row->kind);

    if (is_teams)
        TRY(review_is_free_of_conflict(scene, row->complaint_id, row->leader_id, &is_teams));
    for (size_t i = 0; i < COUNT(kinds); i++)
        TRY(supervision_set(
            scene, supervision_complaint_is(kinds[i], &complaint, scene->now),
            &(struct supervision_alarm){
                .kind = kinds[i],
                .key = arena_print(scene->arena, "%lld", (long long)row->complaint_id),
                .division = row->division,
                .team_id = is_teams ? row->team_id : 0,
                .case_id = row->complaint_id,
                .hidden_from = row->consultant_id,
                .words = {row->reference, last}}));
    return DONE;
}

/* ---- nobody left ---- */

enum {
    STRANDED_MAX = 500, /* of one look: a bureau with as many has other worries */
    LINES_EACH = 5      /* over elsewhere, raised, three administrators told */
};

/* What is stranded now, by number; rising. */
struct stranded {
    const struct review_stranded *at[STRANDED_MAX];
    size_t count;
};

static struct outcome find_stranded(struct scene *scene, enum review_stranded_kind which,
                                    struct stranded *all)
{
    const struct review_stranded *found;
    size_t count;
    id after = 0;

    all->count = 0;
    do {
        TRY(review_list_stranded(scene, which, after, &found, &count));
        for (size_t i = 0; i < count && all->count < STRANDED_MAX; i++) {
            after = found[i].which;
            all->at[all->count++] = &found[i];
        }
    } while (count && all->count < STRANDED_MAX);
    return DONE;
}

static bool is_among(const struct stranded *all, struct str key)
{
    int64_t which;

    if (!str_to_int(key, &which)) return false;
    for (size_t i = 0; i < all->count; i++)
        if (all->at[i]->which == which) return true;
    return false;
}

static struct outcome clear_others(struct scene *scene, enum supervision_kind kind,
                                   const struct stranded *all)
{
    const struct supervision_list_open_of_kind_row *rows;
    struct str after = S("");
    size_t count;

    do {
        TRY(supervision_list_open_of_kind(scene->arena, scene->store, supervision_kind_word(kind),
                                          after, &rows, &count));
        for (size_t i = 0; i < count; i++) {
            after = rows[i].alarm_key;
            if (!is_among(all, after))
                TRY(supervision_set(scene, false,
                                    &(struct supervision_alarm){.kind = kind, .key = after}));
        }
    } while (count);
    return DONE;
}

/* As many as the act has lines for; what is warned about already takes none. */
static struct outcome watch_stranded(struct scene *scene, enum supervision_kind kind,
                                     enum review_stranded_kind which)
{
    struct stranded *all = NEW(scene->arena, struct stranded);

    TRY(find_stranded(scene, which, all));
    for (size_t i = 0; i < all->count && scene->lines_count + LINES_EACH <= SCENE_LINES_MAX; i++) {
        const struct review_stranded *one = all->at[i];
        struct str since = arena_print(scene->arena, "%lld", (long long)one->since);

        TRY(supervision_alarm(scene,
                              &(struct supervision_alarm){
                                  .kind = kind,
                                  .key = arena_print(scene->arena, "%lld", (long long)one->which),
                                  .division = one->division,
                                  .hidden_from = one->consultant_id,
                                  .words = {S(""), since}}));
    }
    return clear_others(scene, kind, all);
}

struct outcome supervision_watch_complaints(struct scene *scene)
{
    const struct supervision_list_complaints_row *rows;
    size_t count;

    TRY(watch_stranded(scene, SUPERVISION_COMPLAINT_NOBODY, REVIEW_STRANDED_COMPLAINT));
    TRY(watch_stranded(scene, SUPERVISION_WORDING_NOBODY, REVIEW_STRANDED_WORDING));

    TRY(supervision_list_complaints(scene->arena, scene->store, scene->now, &rows, &count));
    for (size_t i = 0; i < count; i++) TRY(look_at(scene, &rows[i]));
    return DONE;
}
