/* privacy_erase_go.c -- the clock erases, piece by piece, and looks later whether all is gone.
 *
 *  (4) A piece is one act: ended between two, the deadline is still there and the next one follows.
 *  (5) The account goes last, when no piece is left and nothing waits; until then it is looked at
 *      once a day.
 *  (6) What is kept of the request leads to nobody: see privacy.sql.
 *  (7) From where the lines of the journal came goes six months after.
 */
#include "desk/identity/identity_acts.h"
#include "platform/limits.h"
#include "platform/secret.h"
#include "platform/wipe.h"
#include "service/privacy/privacy_erase_acts.h"
#include "service/privacy/privacy_views.h"

#define GO "privacy.erase-go"
#define REMIND "privacy.erase-remind"
#define TRACES "privacy.erase-traces"

/* Nobody has looked whether a reason in law speaks against it. */
static bool is_by_rule(const struct privacy_find_erasure_row *row)
{
    return !row->decided_by && !row->is_again;
}

static struct held_erasing erasing_of(const struct scene *scene,
                                      const struct privacy_find_erasure_row *row)
{
    return (struct held_erasing){.person = {row->person_id, row->phone_index},
                                 .keep_judged = is_by_rule(row) || row->keep_until > scene->now,
                                 .is_again = row->is_again != 0};
}

static struct outcome erase_piece(struct scene *scene, const struct privacy_find_erasure_row *row,
                                  bool *found)
{
    struct held_erasing erasing = erasing_of(scene, row);

    *found = false;
    for (const struct held *const *room = privacy_rooms(); !*found && room && *room; room++) {
        id case_id = 0;

        if (!(*room)->erase) continue;
        TRY((*room)->erase(scene, &erasing, found, &case_id));
        if (*found) TRY(privacy_add_erasure_case(scene->store, row->erasure_id, case_id));
        if (*found) scene_about(scene, case_id, 0);
    }
    return DONE;
}

static struct outcome finish(struct scene *scene, const struct privacy_find_erasure_row *row)
{
    struct held_erasing erasing = erasing_of(scene, row);

    for (const struct held *const *room = privacy_rooms(); room && *room; room++)
        if ((*room)->erase_last) TRY((*room)->erase_last(scene, &erasing));
    scene_about(scene, 0, row->person_id);
    scene->detail = privacy_erasure_word(PRIVACY_DONE);
    TRY(wipe_soon(scene));
    TRY(clock_set(scene, TRACES, row->erasure_id, scene->now + PRIVACY_LOG_SECONDS));
    return privacy_set_erasure_done(scene->store, scene->now, row->erasure_id);
}

static struct outcome go(struct scene *scene, const void *form, void *result)
{
    const struct clock_form *f = form;
    struct privacy_find_erasure_row row;
    struct privacy_plan plan;
    bool found;

    (void)result;
    scene->quiet = true;
    TRY(privacy_find_erasure(scene->arena, scene->store, f->case_id, &row, &found));
    if (!found || !privacy_erasure_runs(privacy_erasure_of(row.state))) return DONE;
    TRY(erase_piece(scene, &row, &found));
    if (found) {
        scene->quiet = false;
        TRY(clock_set(scene, GO, f->case_id, scene->now));
        return privacy_add_erasure_piece(scene->store, privacy_erasure_word(PRIVACY_ERASING),
                                         f->case_id);
    }
    TRY(privacy_plan_of(scene, &(struct held_person){row.person_id, row.phone_index}, &plan));
    if (is_by_rule(&row) && plan.counts[HELD_JUDGED]) {
        scene->quiet = false;
        scene_about(scene, 0, row.person_id);
        return privacy_erase_judge(scene, f->case_id);
    }
    if (!row.is_again && (plan.counts[HELD_WAITS] || plan.counts[HELD_JUDGED])) {
        TRY(clock_set(scene, GO, f->case_id, scene->now + SECONDS_PER_DAY));
        return privacy_set_erasure_state(scene->store, privacy_erasure_word(PRIVACY_WAITING),
                                         f->case_id);
    }
    scene->quiet = false;
    return finish(scene, &row);
}

/* Said in the journal and to whoever looks at the list; the operator reads it when it is late. */
static struct outcome remind(struct scene *scene, const void *form, void *result)
{
    const struct clock_form *f = form;
    struct privacy_find_erasure_row row;
    bool found;

    (void)result;
    TRY(privacy_find_erasure(scene->arena, scene->store, f->case_id, &row, &found));
    if (!found || privacy_erasure_of(row.state) != PRIVACY_ASKED) {
        scene->quiet = true;
        return DONE;
    }
    scene_about(scene, 0, row.person_id);
    return privacy_set_erasure_reminded(scene->store, row.erasure_id);
}

static struct outcome traces(struct scene *scene, const void *form, void *result)
{
    const struct clock_form *f = form;
    struct privacy_find_erasure_row row;
    bool found;

    (void)result;
    TRY(privacy_find_erasure(scene->arena, scene->store, f->case_id, &row, &found));
    if (!found) {
        scene->quiet = true;
        return DONE;
    }
    scene_about(scene, 0, row.person_id);
    TRY(privacy_erase_own_origins(scene->store, row.person_id));
    return privacy_erase_case_origins(scene->store, row.erasure_id);
}

const struct act privacy_erase_go = {.name = GO, .who = WHO_SYSTEM, .run = go};
const struct act privacy_erase_remind = {.name = REMIND, .who = WHO_SYSTEM, .run = remind};
const struct act privacy_erase_traces = {.name = TRACES, .who = WHO_SYSTEM, .run = traces};

/* ---- after a restore ---- */

struct outcome privacy_erasures_told(struct scene *scene, id *after, struct str *lines)
{
    const struct privacy_list_erasures_done_row *rows;
    struct out *out = out_open(scene->arena, 200000);
    size_t count;

    TRY(privacy_list_erasures_done(scene->arena, scene->store, *after, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        out_int(out, rows[i].erasure_id);
        OUT_LITERAL(out, " ");
        out_int(out, rows[i].person_id);
        OUT_LITERAL(out, " ");
        out_int(out, rows[i].done_at);
        OUT_LITERAL(out, " ");
        out_raw_str(out, rows[i].phone_index.len ? rows[i].phone_index : S("-"));
        OUT_LITERAL(out, "\n");
        *after = rows[i].erasure_id;
    }
    *lines = out_text(out);
    return DONE;
}

struct outcome privacy_erase_again(struct scene *scene, struct str line, bool *taken)
{
    struct str rest, word = str_cut(line, ' ', &rest), person = str_cut(rest, ' ', &rest), index;
    struct str at = str_cut(rest, ' ', &index);
    struct privacy_find_erasure_row row;
    int64_t erasure_id, person_id, done_at;
    bool found;

    *taken = str_to_int(word, &erasure_id) && erasure_id > 0 && str_to_int(person, &person_id) &&
             str_to_int(at, &done_at) && index.len > 0;
    if (!*taken) return DONE;
    TRY(privacy_find_erasure(scene->arena, scene->store, erasure_id, &row, &found));
    if (found && privacy_erasure_of(row.state) == PRIVACY_DONE) return DONE;
    TRY(clock_set(scene, GO, erasure_id, scene->now));
    if (found) TRY(privacy_drop_erasure(scene->store, erasure_id));
    return privacy_add_erasure(
        scene->store,
        &(struct privacy_add_erasure_values){.erasure_id = erasure_id,
                                             .person_id = person_id,
                                             .phone_index = str_same(index, S("-")) ? S("") : index,
                                             .state = privacy_erasure_word(PRIVACY_GRANTED),
                                             .asked_at = done_at,
                                             .decided_at = done_at,
                                             .is_again = 1});
}

/* ---- is it gone? ---- */

static struct outcome check_one(struct scene *scene, const struct privacy_list_erasures_done_row *e,
                                int64_t *found)
{
    struct privacy_count_found_people_row people;
    struct privacy_count_found_accounts_row accounts;
    struct privacy_count_found_copies_row copies;
    struct privacy_plan plan;
    bool row;

    TRY(privacy_count_found_people(scene->store, e->phone_index, e->done_at, &people, &row));
    TRY(privacy_count_found_accounts(scene->store, e->person_id, &accounts, &row));
    TRY(privacy_count_found_copies(scene->store, e->phone_index, e->done_at, &copies, &row));
    *found += people.found_count + accounts.found_count + copies.found_count;
    /* By the number of the person nothing goes or waits any more; the phone may ask anew. */
    TRY(privacy_plan_of(scene, &(struct held_person){e->person_id, S("")}, &plan));
    for (size_t i = 0; i < plan.counts[HELD_WAITS]; i++) *found += plan.rows[HELD_WAITS][i].rows;
    for (size_t i = 0; i < plan.counts[HELD_JUDGED]; i++) *found += plan.rows[HELD_JUDGED][i].rows;
    return DONE;
}

struct outcome privacy_check_erased(struct scene *scene,
                                    struct outcome (*more)(struct scene *scene,
                                                           struct str phone_index, moment before,
                                                           int64_t *found),
                                    int64_t *erased, int64_t *found)
{
    int64_t others;
    const struct privacy_list_erasures_done_row *rows;
    struct arena *whole = scene->arena, *arena = arena_open(ARENA_BYTES_MAX);
    struct outcome outcome = DONE;
    size_t count = 0;
    id after = 0;

    *erased = *found = 0;
    scene->arena = arena;
    do {
        outcome = privacy_list_erasures_done(arena, scene->store, after, &rows, &count);
        for (size_t i = 0; IS_DONE(outcome) && i < count; i++, ++*erased) {
            after = rows[i].erasure_id;
            outcome = check_one(scene, &rows[i], found);
            if (IS_DONE(outcome))
                outcome = more(scene, rows[i].phone_index, rows[i].done_at, &others);
            if (IS_DONE(outcome)) *found += others;
        }
        arena_reset(arena);
    } while (IS_DONE(outcome) && count);
    scene->arena = whole;
    arena_close(&arena);
    return outcome;
}

struct outcome privacy_erase_health(struct scene *scene, struct out *out)
{
    struct privacy_count_erasures_late_row row;
    bool found;

    TRY(privacy_count_erasures_late(scene->store, scene->now, &row, &found));
    if (!row.late_count) return DONE;
    OUT_LITERAL(out, "Requests to be erased that nobody has decided within 15 working days: ");
    out_int(out, row.late_count);
    OUT_LITERAL(out, "\n");
    return DONE;
}
