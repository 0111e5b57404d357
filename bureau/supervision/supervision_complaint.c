/* supervision_complaint.c -- warnings about the days of complaints.
 *
 * Quality (bureau/review) keeps both days and tells the team's leader by message; who else must
 * know is looked at here, once a minute, since that room stands before this one.
 *
 *  (1) Near its day, past it, not taken up in time: each is a warning of its own, over as soon as
 *      it is no longer so.
 *  (2) What is about money never shows to the team it happened in, what a leader is in conflict
 *      with not to that leader: it begins with the district.  Whom it is about, and whoever else is
 *      in conflict with it, sees none. */
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

struct outcome supervision_watch_complaints(struct scene *scene)
{
    const struct supervision_list_complaints_row *rows;
    size_t count;

    TRY(supervision_list_complaints(scene->arena, scene->store, scene->now, &rows, &count));
    for (size_t i = 0; i < count; i++) TRY(look_at(scene, &rows[i]));
    return DONE;
}
