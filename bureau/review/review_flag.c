/* review_flag.c -- wording that somebody should look at: found, kept, looked at.
 *
 *  (1) The text stays in the case; a flag says where, and which pattern.  Reading the text is the
 *      act of looking in, which is in the journal.
 *  (2) One open flag a case: ten of one talk are one thing to look at; but see (4).
 *  (3) A flag ends with a person's word: nothing wrong, or an investigation.
 *  (4) Asking for money is not handled in the team it happened in: its leader sees no such flag,
 *      and one that stands about something else does not keep it from being raised.
 *  (5) For whoever is in conflict with a flag there is none, as with complaints; whoever says so
 *      themselves leaves it to others, if there are any (review_handling.sql), and the
 *      investigation with it.
 */
#include "bureau/people/people_acts.h"
#include "bureau/review/review_inside.h"
#include "bureau/review/review_wording.h"

static struct outcome patterns_of(struct scene *scene, struct review_pattern **patterns,
                                  const struct review_list_patterns_row **rows, size_t *count)
{
    TRY(review_list_patterns(scene->arena, scene->store, rows, count));
    *patterns = NEW_MANY(scene->arena, struct review_pattern, *count + 1);
    for (size_t i = 0; i < *count; i++) {
        (*patterns)[i].plain = (*rows)[i].plain;
        if (!review_wording_of((*rows)[i].wording, &(*patterns)[i].kind))
            return FAULT("a pattern of wording is of no kind");
    }
    return DONE;
}

/* "money contact|加*微信": the kinds, then the first pattern that matched. */
struct outcome review_check_text(struct scene *scene, struct str text, struct str *found)
{
    const struct review_list_patterns_row *rows;
    struct review_pattern *patterns;
    size_t count;
    unsigned kinds;
    int first;

    *found = S("");
    TRY(patterns_of(scene, &patterns, &rows, &count));
    kinds = review_find_wording(scene->arena, text, patterns, count, &first);
    if (!kinds) return DONE;
    for (int kind = 0; kind < REVIEW_ALLOWED; kind++) {
        if (kinds & (1u << kind))
            *found =
                arena_print(scene->arena, "%.*s%s%.*s", STR_ARGS(*found), found->len ? " " : "",
                            STR_ARGS(review_wording_word((enum review_wording)kind)));
    }
    *found =
        arena_print(scene->arena, "%.*s|%.*s", STR_ARGS(*found), STR_ARGS(rows[first].pattern));
    return DONE;
}

static bool is_about_money(struct str words)
{
    return people_has_word(words, review_wording_word(REVIEW_MONEY));
}

struct outcome review_flag(struct scene *scene, const struct review_case *about, id seq,
                           struct str found)
{
    struct review_find_open_flag_row open;
    struct str pattern, words = str_cut(found, '|', &pattern);
    id flag_id;
    bool is_open;

    if (!found.len) return DONE;
    TRY(review_find_open_flag(scene->arena, scene->store, about->case_id, &open, &is_open));
    /* Asking for money is flagged beside what the leader of the team may settle. */
    if (is_open && (is_about_money(open.wording) || !is_about_money(words))) return DONE;
    flag_id = scene_new_id(scene);
    if (scene->lines_count < SCENE_LINES_MAX) scene_tell(scene, "review.flag", flag_id, 0);
    return review_add_flag(scene->store, &(struct review_add_flag_values){
                                             .flag_id = flag_id,
                                             .case_id = about->case_id,
                                             .service = about->service,
                                             .reference = about->reference,
                                             .seq = seq,
                                             .consultant_id = about->consultant_id,
                                             .team_id = about->team_id,
                                             .division = about->division,
                                             .wording = words,
                                             .pattern = pattern,
                                             .at = scene->now,
                                         });
}

/* ---- looked at ---- */

static const struct reason nobody_else = {
    "review.nobody-else",
    T("Nobody else may settle this at the moment: it cannot be left to others. Please tell the "
      "administrator of the city."),
    409};

static struct outcome open_flag(struct scene *scene, id flag_id, struct review_find_flag_row *row)
{
    struct review_find_flag_free_of_conflict_row free;
    struct review_scope scope;
    bool found;

    TRY(review_scope_of(scene, &scope));
    TRY(review_find_flag(scene->arena, scene->store, flag_id, row, &found));
    if (!found || !review_is_within(&scope, row->division, row->team_id))
        return REFUSE(act_unknown);
    if (scope.team_id && is_about_money(row->wording)) return REFUSE(act_unknown);
    TRY(review_find_flag_free_of_conflict(scene->store, flag_id, scene->actor.person_id, &free,
                                          &found));
    if (!found) return REFUSE(act_unknown);
    if (!str_same(row->state, S("open"))) return REFUSE(review_not_now);
    scene_about(scene, row->flag_id, 0);
    return DONE;
}

static struct outcome clear(struct scene *scene, const void *form, void *result)
{
    const struct review_which_flag_form *f = form;
    struct review_find_flag_row row;

    (void)result;
    TRY(open_flag(scene, f->flag, &row));
    return review_settle_flag(scene->store, S("cleared"), scene->now, scene->actor.person_id, 0,
                              row.flag_id);
}

/* Who knows that they must not settle it. */
static struct outcome leave(struct scene *scene, const void *form, void *result)
{
    const struct review_which_flag_form *f = form;
    const struct review_list_flag_handlers_row *others;
    struct review_find_flag_row row;
    size_t count;

    (void)result;
    TRY(open_flag(scene, f->flag, &row));
    TRY(review_list_flag_handlers(scene->arena, scene->store, row.flag_id, scene->actor.person_id,
                                  &others, &count));
    if (!count) return REFUSE(nobody_else);
    return review_add_flag_away(scene->store, row.flag_id, scene->actor.person_id, scene->now);
}

/* The investigation is a complaint of its own, which the team it happened in does not handle. */
static struct outcome investigate(struct scene *scene, const void *form, void *result)
{
    const struct review_which_flag_form *f = form;
    struct review_find_flag_row row;
    struct review_find_complaint_of_case_row before;
    id complaint_id;
    bool found;

    (void)result;
    TRY(open_flag(scene, f->flag, &row));
    TRY(review_find_complaint_of_case(scene->store, row.case_id, S("wording"), &before, &found));
    if (found)
        complaint_id = before.complaint_id;
    else
        TRY(review_open_investigation(scene,
                                      &(struct review_case){.case_id = row.case_id,
                                                            .service = row.service,
                                                            .reference = row.reference,
                                                            .consultant_id = row.consultant_id,
                                                            .team_id = row.team_id,
                                                            .division = row.division,
                                                            .language = S("zh")},
                                      &complaint_id));
    TRY(review_carry_flag_away(scene->store, complaint_id, row.flag_id));
    return review_settle_flag(scene->store, S("investigated"), scene->now, scene->actor.person_id,
                              complaint_id, row.flag_id);
}

const struct act review_act_flag_clear = {.name = "review.clear_flag",
                                          .who = WHO_LEADER | WHO_SUPERVISOR,
                                          .form = &review_which_flag_form,
                                          .run = clear};
const struct act review_act_flag_investigate = {.name = "review.investigate",
                                                .who = WHO_LEADER | WHO_SUPERVISOR,
                                                .form = &review_which_flag_form,
                                                .run = investigate};
const struct act review_act_flag_leave = {.name = "review.leave_flag",
                                          .who = WHO_LEADER | WHO_SUPERVISOR,
                                          .form = &review_which_flag_form,
                                          .run = leave};
