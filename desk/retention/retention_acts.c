/* retention_acts.c -- see retention_acts.h.
 *
 *  (1) Without a period nothing goes, and nothing that is held; nor while the journal waits too
 *      long for a time stamp, since what went is shown by the journal alone (decision 0054).
 *  (2) What goes, goes piece by piece, in the transaction that counts it: a kill leaves no half.
 *  (3) Each act that took something says in the journal of which kind, and how many.
 *  (4) A table with a mistake changes nothing.
 */
#include "desk/retention/retention_acts.h"

#include <string.h>

#include "desk/seal/seal_acts.h"
#include "gen/retention_sql.h"
#include "platform/log.h"
#include "platform/page.h"
#include "platform/secret.h"

#define RUN "retention.run"
#define REASON_USE "retention.reason"

enum { DAYS_MAX = 100 * 366 };

static struct {
    const struct held_kept *kept;
    const struct held *room;
} kinds[RETENTION_KINDS_MAX];
static size_t kinds_count;

void retention_learn(const struct held *const *rooms)
{
    kinds_count = 0;
    for (; *rooms; rooms++) {
        for (const struct held_kept *kept = (*rooms)->kept; kept && kept->kind; kept++) {
            assert(kinds_count < RETENTION_KINDS_MAX);
            kinds[kinds_count].kept = kept;
            kinds[kinds_count++].room = *rooms;
        }
    }
}

static size_t kind_of(struct str word)
{
    size_t i = 0;

    while (i < kinds_count && !str_same(str_of(kinds[i].kept->kind), word)) i++;
    return i;
}

/* ---- periods ---- */

/* `only_new`: what has a period keeps it; `count` grows by what was set. */
static struct outcome set_line(struct scene *scene, struct str line, bool only_new, int *count)
{
    struct retention_find_rule_row row;
    struct str kind, days, law;
    int64_t number;
    bool found;

    kind = str_cut(line, '\t', &law);
    days = str_cut(law, '\t', &law);
    if (kind_of(kind) == kinds_count)
        return FAULT(arena_print(scene->arena, "there is no kind \"%.*s\"; gongdao retention list "
                                               "has them all",
                                 STR_ARGS(kind))
                         .at);
    if (!str_to_int(days, &number) || number < 0 || number > DAYS_MAX)
        return FAULT(arena_print(scene->arena, "the days of \"%.*s\" are a number from 0 (nothing "
                                               "goes) to %d",
                                 STR_ARGS(kind), DAYS_MAX)
                         .at);
    if (!str_trim(law).len)
        return FAULT(arena_print(scene->arena, "\"%.*s\" needs the rule it follows, in the third "
                                               "column",
                                 STR_ARGS(kind))
                         .at);
    TRY(retention_find_rule(scene->arena, scene->store, kind, &row, &found));
    if (found && only_new) return DONE;
    ++*count;
    return retention_set_rule(scene->store, kind, number, str_trim(law), scene->now);
}

static struct outcome set_table(struct scene *scene, struct str table, bool only_new, int *count)
{
    while (table.len) {
        struct str line = str_cut(table, '\n', &table);

        if (line.len && line.at[line.len - 1] == '\r') line.len--;
        if (line.len && *line.at != '#') TRY(set_line(scene, line, only_new, count));
    }
    return DONE;
}

static struct outcome set(struct scene *scene, const void *form, void *result)
{
    int count = 0;

    (void)result;
    TRY(set_table(scene, ((const struct retention_set_form *)form)->table, false, &count));
    return clock_set(scene, RUN, 0, scene->now + SECONDS_PER_DAY); /* a day to think again */
}

const struct act retention_set = {.name = "retention.set", .who = WHO_SYSTEM, .run = set};

struct outcome retention_begin(struct scene *scene, struct str table)
{
    int count = 0;

    TRY(set_table(scene, table, true, &count));
    /* Only the first time: a server that is started again puts nothing off, and nothing forward. */
    return count ? clock_set(scene, RUN, 0, scene->now + SECONDS_PER_DAY) : DONE;
}

/* ---- holds ---- */

static struct outcome find_case(struct scene *scene, size_t place, struct str reference,
                                id *case_id)
{
    const struct held_kept *kept = kinds[place].kept;
    const struct query_text *query = held_query_named(kinds[place].room, kept->find);
    struct statement *statement;
    struct outcome outcome;
    bool row = false;

    *case_id = 0;
    if (!query) return FAULT("of this kind only all can be held: leave the reference out");
    TRY(statement_open(scene->store, query->sql, &statement));
    statement_text(statement, 1, reference);
    outcome = statement_step(statement, &row);
    if (IS_DONE(outcome) && row) *case_id = statement_get_int(statement, 0);
    statement_close(&statement);
    if (IS_DONE(outcome) && !*case_id) return FAULT("there is nothing with this reference");
    return outcome;
}

static struct outcome hold(struct scene *scene, const void *form, void *result)
{
    const struct retention_hold_form *f = form;
    size_t place = kind_of(f->kind);
    id case_id = 0, hold_id = scene_new_id(scene);

    if (place == kinds_count)
        return FAULT("there is no such kind; gongdao retention list has them all");
    if (!str_trim(f->reason).len) return FAULT("say why with --reason: the court, the file number");
    if (f->reference.len) TRY(find_case(scene, place, f->reference, &case_id));
    TRY(retention_add_hold(scene->store, hold_id, case_id ? S("") : f->kind, case_id,
                           secret_seal(scene->arena, REASON_USE, str_trim(f->reason)), scene->now));
    scene_about(scene, case_id, 0);
    scene->detail = f->kind;
    *(id *)result = hold_id;
    return DONE;
}

const struct act retention_hold = {.name = "retention.hold", .who = WHO_SYSTEM, .run = hold};

static struct outcome release(struct scene *scene, const void *form, void *result)
{
    id hold_id = ((const struct retention_release_form *)form)->hold;

    (void)result;
    TRY(retention_lift_hold(scene->store, scene->now, hold_id));
    if (store_changes(scene->store) != 1)
        return FAULT("no hold has this number; gongdao retention list has them all");
    scene->detail = arena_print(scene->arena, "%lld", (long long)hold_id);
    return DONE;
}

const struct act retention_release = {
    .name = "retention.release", .who = WHO_SYSTEM, .run = release};

struct outcome retention_holds_list(struct scene *scene, const struct retention_held **holds,
                                    size_t *count)
{
    const struct retention_list_holds_row *rows;
    struct retention_held *made;

    TRY(retention_list_holds(scene->arena, scene->store, &rows, count));
    made = NEW_MANY(scene->arena, struct retention_held, *count + 1);
    for (size_t i = 0; i < *count; i++) {
        made[i] = (struct retention_held){.hold = rows[i].hold_id,
                                          .kind = rows[i].kind,
                                          .case_id = rows[i].case_id,
                                          .made_at = rows[i].made_at};
        if (!secret_unseal(scene->arena, REASON_USE, rows[i].reason_sealed, &made[i].reason))
            return FAULT("the reason of a hold cannot be unsealed");
    }
    *holds = made;
    return DONE;
}

/* ---- what is over ---- */

static struct outcome find_kind(struct scene *scene, size_t place,
                                struct retention_find_rule_row *row, bool *may_go, bool *is_held)
{
    struct str kind = str_of(kinds[place].kept->kind);
    struct retention_count_holds_row holds = {0};
    bool found;

    *row = (struct retention_find_rule_row){.law = S("")};
    TRY(retention_find_rule(scene->arena, scene->store, kind, row, &found));
    TRY(retention_count_holds(scene->store, kind, &holds, &found));
    *is_held = holds.holds_count > 0;
    *may_go = row->days > 0 && !*is_held; /* (1) */
    return DONE;
}

struct outcome retention_days(struct scene *scene, const char *kind, int64_t *days)
{
    struct retention_find_rule_row row;
    bool found;

    TRY(retention_find_rule(scene->arena, scene->store, str_of(kind), &row, &found));
    *days = found ? row.days : 0;
    return DONE;
}

static moment before(const struct scene *scene, int64_t days)
{
    return scene->now - days * SECONDS_PER_DAY;
}

static struct outcome count_over(struct scene *scene, size_t place, int64_t days, int64_t *over)
{
    const struct query_text *query =
        held_query_named(kinds[place].room, kinds[place].kept->count);
    struct statement *statement;
    struct outcome outcome;
    bool row = false;

    if (!query) return FAULT("retention: a kind without a query");
    TRY(statement_open(scene->store, query->sql, &statement));
    statement_int(statement, 1, before(scene, days));
    outcome = statement_step(statement, &row);
    if (IS_DONE(outcome) && row) *over = statement_get_int(statement, 0);
    statement_close(&statement);
    return outcome;
}

struct outcome retention_list(struct scene *scene, struct retention_kind *list, size_t *count)
{
    *count = kinds_count;
    for (size_t i = 0; i < kinds_count; i++) {
        struct retention_find_rule_row row;
        bool may_go;

        list[i] = (struct retention_kind){.kind = kinds[i].kept->kind,
                                          .title = kinds[i].kept->title};
        TRY(find_kind(scene, i, &row, &may_go, &list[i].is_held));
        list[i].days = row.days;
        list[i].law = row.law;
        list[i].run_at = row.run_at;
        list[i].gone = row.gone;
        if (may_go) TRY(count_over(scene, i, row.days, &list[i].over));
    }
    return DONE;
}

/* One kind an act, so that the line says which; kinds already gone through today are passed over
 * by when their run ended. */
static struct outcome take_some(struct scene *scene, size_t place,
                                const struct retention_find_rule_row *row, bool *more)
{
    struct held_gone gone = {.from = row->from_at};
    int64_t count = 0;

    for (int i = 0; i < RETENTION_PIECES_MAX; i++) {
        gone.count = 0;
        TRY(kinds[place].kept->drop(scene, before(scene, row->days), &gone));
        count += gone.count;
        if (!gone.count) break;
    }
    *more = gone.count > 0;
    if (count) {
        scene->quiet = false;
        scene->detail =
            arena_print(scene->arena, "%s %lld", kinds[place].kept->kind, (long long)count);
    }
    return retention_set_went(scene->store, *more ? gone.from : 0, *more ? row->run_at : scene->now,
                              count, str_of(kinds[place].kept->kind));
}

static struct outcome run(struct scene *scene, const void *form, void *result)
{
    moment today = scene->now - SECONDS_PER_DAY / 2; /* a run takes less than half a day */
    bool late;

    (void)form, (void)result;
    scene->quiet = true;
    TRY(seal_stamps_are_late(scene, &late));
    if (late) return clock_set(scene, RUN, 0, scene->now + SECONDS_PER_HOUR); /* (1) */
    for (size_t i = 0; i < kinds_count; i++) {
        struct retention_find_rule_row row;
        bool may_go, is_held, more;

        TRY(find_kind(scene, i, &row, &may_go, &is_held));
        if (!may_go || row.run_at > today) continue;
        TRY(take_some(scene, i, &row, &more));
        return clock_set(scene, RUN, 0, scene->now);
    }
    return clock_set(scene, RUN, 0, scene->now + SECONDS_PER_DAY);
}

const struct act retention_run = {.name = RUN, .who = WHO_SYSTEM, .run = run};

/* As the clock does, but whether or not it did today; `result`: there may be more. */
static struct outcome run_now(struct scene *scene, const void *form, void *result)
{
    bool *more = result, late;

    (void)form;
    scene->quiet = true;
    TRY(seal_stamps_are_late(scene, &late));
    if (late)
        return FAULT("nothing goes while the journal waits too long for a time stamp; what its "
                     "authority answers is in the log of the server");
    for (size_t i = 0; i < kinds_count; i++) {
        struct retention_find_rule_row row;
        bool may_go, is_held;
        int64_t over = 0;

        TRY(find_kind(scene, i, &row, &may_go, &is_held));
        if (may_go) TRY(count_over(scene, i, row.days, &over));
        if (!over) continue;
        row.from_at = 0;
        *more = true;
        return take_some(scene, i, &row, &is_held);
    }
    *more = false;
    return DONE;
}

const struct act retention_run_now = {.name = RUN, .who = WHO_SYSTEM, .run = run_now};

static const struct act *const clock_acts[] = {&retention_run, NULL};

const struct module retention_module = {
    .name = "retention",
    .schema = retention_schema,
    .migrations = retention_migrations,
    .clock_acts = clock_acts,
};
