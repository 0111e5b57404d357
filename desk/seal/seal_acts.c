/* seal_acts.c -- see seal_acts.h.
 *
 *  (1) A seal covers all lines from the one before it to its last: none is left out, none twice.
 *  (2) A minute without a line has no seal.
 *  (3) One act seals SEAL_LINES_MAX lines at most, and is asked for again at once if there are
 *      more: other acts need not wait for many.
 *  (4) Each seal is told in the log, where who changes the database does not reach it, when it is
 *      known to be committed.
 *  (5) A seal this process has seen and finds changed is told in the log.
 *  (6) From where a line came may be erased beside it (journal.h) and it is as it was sealed; what
 *      stands there instead of what was hashed shows as a change of the line.
 */
#include "desk/seal/seal_acts.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "gen/seal_sql.h"
#include "platform/journal.h"
#include "platform/log.h"
#include "platform/page.h"
#include "platform/secret.h"

#define MAKE "seal.make"
#define MARK "journal.seal"

enum { LATE_SECONDS = 10 * SECONDS_PER_MINUTE };

static struct seal_hash leaf_of(const struct seal_list_lines_row *row)
{
    return seal_leaf(&(struct seal_line){row->seq, row->at, row->act, row->actor_id, row->case_id,
                                         row->for_id, row->channel, row->address, row->detail});
}

/* ---- making ---- */

/* The newest seal this process has found committed: acts run on one thread, tests on several
 * processes.  Not the one it is making: its transaction may be undone. */
static struct {
    id last_seq;
    char head[SEAL_HEAD_LEN + 1];
} known;

static struct outcome look_back(struct scene *scene)
{
    struct seal_find_head_row row;
    bool found;

    if (!known.last_seq) return DONE;
    TRY(seal_find_head(scene->arena, scene->store, known.last_seq, &row, &found));
    if (!found || !str_same(row.head, str_of(known.head)))
        log_warning("seal",
                    "the seal of line %lld, made by this process with head %s, was changed or "
                    "removed; run gongdao check and compare with an older backup",
                    (long long)known.last_seq, known.head);
    return DONE;
}

/* Told in the minute after it was made, when it is known to be there. */
static void remember(struct scene *scene, const struct seal_find_last_row *last)
{
    if (last->last_seq <= known.last_seq) return;
    known.last_seq = last->last_seq;
    snprintf(known.head, sizeof known.head, "%.*s", STR_ARGS(last->head));
    log_info("seal", "%s", seal_told(scene->arena, last->last_seq, last->head).at);
}

static struct outcome put_seal(struct scene *scene, struct str before,
                               const struct seal_list_lines_row *rows, size_t count)
{
    struct seal_hash *leaves = NEW_MANY(scene->arena, struct seal_hash, count), root;
    char *shorts = NEW_MANY(scene->arena, char, count *SEAL_SHORT_LEN);
    struct seal seal = {rows[0].seq, rows[count - 1].seq, (int64_t)count, scene->now, S("")};
    struct str head, all = {shorts, count * SEAL_SHORT_LEN};

    for (size_t i = 0; i < count; i++) {
        leaves[i] = leaf_of(&rows[i]);
        memcpy(shorts + i * SEAL_SHORT_LEN, seal_hex(scene->arena, &leaves[i]).at, SEAL_SHORT_LEN);
    }
    root = seal_root(leaves, count);
    seal.root = seal_hex(scene->arena, &root);
    head = seal_head(scene->arena, before, &seal);
    TRY(seal_add_seal(scene->store, seal.last_seq, seal.first_seq, seal.lines, seal.made_at,
                      seal.root, all, head, secret_index(scene->arena, MARK, head)));
    return DONE;
}

static struct outcome make(struct scene *scene, const void *form, void *result)
{
    const struct seal_list_lines_row *rows;
    struct seal_find_last_row last;
    size_t count;
    bool found;

    (void)form, (void)result;
    scene->quiet = true;
    TRY(look_back(scene));
    TRY(seal_find_last(scene->arena, scene->store, &last, &found));
    remember(scene, &last);
    TRY(seal_list_lines(scene->arena, scene->store, last.last_seq, INT64_MAX, &rows, &count));
    if (count)
        TRY(put_seal(scene, found ? last.head : S(""), rows,
                     count > SEAL_LINES_MAX ? SEAL_LINES_MAX : count));
    return clock_set(scene, MAKE, 0,
                     scene->now + (count > SEAL_LINES_MAX ? 0 : SECONDS_PER_MINUTE));
}

const struct act seal_make = {.name = MAKE, .who = WHO_SYSTEM, .run = make};

struct outcome seal_begin(struct scene *scene)
{
    return clock_set(scene, MAKE, 0, scene->now);
}

/* ---- finding what was changed ---- */

struct str seal_told(struct arena *arena, id last_seq, struct str head)
{
    return arena_print(arena, "%lld:%.*s", (long long)last_seq, STR_ARGS(head));
}

bool seal_is_head(struct str told)
{
    struct str head, number = str_cut(told, ':', &head);
    int64_t seq;

    if (!str_to_int(number, &seq) || seq <= 0 || head.len != SEAL_HEAD_LEN) return false;
    for (size_t i = 0; i < head.len; i++) {
        if (!strchr("0123456789abcdef", head.at[i])) return false;
    }
    return true;
}

static void find(struct seal_report *report, enum seal_trouble trouble, id seq, id until,
                 moment sealed_at)
{
    if (report->findings_count == SEAL_FINDINGS_MAX) return;
    report->findings[report->findings_count++] =
        (struct seal_finding){trouble, seq, until, sealed_at};
}

/* What a seal has kept of its lines, beside the lines that are there. */
struct pair {
    struct str kept;
    const struct seal_list_lines_row *rows;
    const struct seal_hash *leaves;
    size_t count;
};

static bool is_kept(struct arena *arena, const struct pair *pair, size_t place, size_t row)
{
    return row < pair->count && (place + 1) * SEAL_SHORT_LEN <= pair->kept.len &&
           memcmp(seal_hex(arena, &pair->leaves[row]).at, pair->kept.at + place * SEAL_SHORT_LEN,
                  SEAL_SHORT_LEN) == 0;
}

/* Both in order: where they part, the next ones tell whether a line is gone, one was put in, or
 * this one was changed.  Of a line that is gone only its neighbours are known. */
static void find_lines(struct arena *arena, const struct pair *pair, id after,
                       const struct seal_list_seals_row *seal, struct seal_report *report)
{
    size_t places = pair->kept.len / SEAL_SHORT_LEN, findings = report->findings_count;
    size_t place = 0, row = 0;

    while (place < places || row < pair->count) {
        bool has_row = row < pair->count, has_place = place < places;
        id seq = has_row ? pair->rows[row].seq : seal->last_seq + 1;

        if (is_kept(arena, pair, place, row)) {
            place++, row++;
        } else if (has_place && (!has_row || is_kept(arena, pair, place + 1, row) ||
                                 (places - place > pair->count - row &&
                                  !is_kept(arena, pair, place + 1, row + 1)))) {
            find(report, SEAL_LINE_GONE, (row ? pair->rows[row - 1].seq : after) + 1, seq - 1,
                 seal->made_at);
            place++;
        } else if (!has_place || is_kept(arena, pair, place, row + 1)) {
            find(report, SEAL_LINE_ADDED, seq, seq, seal->made_at);
            row++;
        } else {
            find(report, SEAL_LINE_CHANGED, seq, seq, seal->made_at);
            place++, row++;
        }
    }
    if (findings == report->findings_count)
        find(report, SEAL_LINES_DIFFER, after + 1, seal->last_seq, seal->made_at);
}

static struct outcome check_one(struct scene *scene, struct str before, id after,
                                const struct seal_list_seals_row *row, struct seal_report *report)
{
    struct seal seal = {row->first_seq, row->last_seq, row->lines, row->made_at, row->root};
    const struct seal_list_lines_row *lines;
    struct seal_hash *leaves, root;
    struct pair pair;
    size_t count;

    if (!str_same(seal_head(scene->arena, before, &seal), row->head)) {
        find(report, SEAL_FALSE, row->last_seq, row->last_seq, row->made_at);
        after = row->first_seq - 1; /* the lines before may be those of a seal that is gone */
    } else if (!secret_same(secret_index(scene->arena, MARK, row->head), row->mark)) {
        find(report, SEAL_NOT_OURS, row->last_seq, row->last_seq, row->made_at);
    }
    TRY(seal_list_lines(scene->arena, scene->store, after, row->last_seq, &lines, &count));
    leaves = NEW_MANY(scene->arena, struct seal_hash, count + 1);
    for (size_t i = 0; i < count; i++) leaves[i] = leaf_of(&lines[i]);
    pair = (struct pair){row->leaves, lines, NEW_MANY(scene->arena, struct seal_hash, count + 1),
                         count};
    memcpy((void *)pair.leaves, leaves, count * sizeof *leaves);
    root = seal_root(leaves, count);
    if ((int64_t)count != row->lines || !str_same(seal_hex(scene->arena, &root), row->root))
        find_lines(scene->arena, &pair, after, row, report);
    for (size_t i = 0; i < count; i++)
        if (!journal_matches(scene->arena, lines[i].address, lines[i].origin))
            find(report, SEAL_LINE_CHANGED, lines[i].seq, lines[i].seq, row->made_at);
    report->seals++;
    report->lines += (int64_t)count;
    return DONE;
}

struct outcome seal_check(struct scene *scene, struct str head, struct seal_report *report)
{
    const struct seal_list_seals_row *rows;
    struct seal_count_unsealed_row rest;
    struct arena *outer = scene->arena;
    char before[SEAL_HEAD_LEN + 1] = "";
    bool is_there = head.len == 0, found;
    size_t count;

    *report = (struct seal_report){.head = S("")};
    scene->arena = arena_open(64 << 20);
    do {
        struct outcome outcome =
            seal_list_seals(scene->arena, scene->store, report->last_seq, &rows, &count);

        for (size_t i = 0; IS_DONE(outcome) && i < count; i++) {
            outcome = check_one(scene, str_of(before), report->last_seq, &rows[i], report);
            report->last_seq = rows[i].last_seq;
            snprintf(before, sizeof before, "%.*s", STR_ARGS(rows[i].head));
            if (str_same(seal_told(scene->arena, report->last_seq, str_of(before)), head))
                is_there = true;
        }
        arena_reset(scene->arena);
        if (!IS_DONE(outcome)) count = 0, report->seals = -1;
    } while (count);
    arena_close(&scene->arena);
    scene->arena = outer;
    if (report->seals < 0) return FAULT("the seals of the journal cannot be read");
    report->head = arena_copy(scene->arena, str_of(before));
    if (!is_there) find(report, SEAL_HEAD_UNKNOWN, 0, 0, 0);
    TRY(seal_count_unsealed(scene->store, report->last_seq, &rest, &found));
    report->unsealed = rest.unsealed;
    return DONE;
}

struct str seal_words(struct arena *arena, const struct seal_finding *finding)
{
    static const char *const words[] = {
        [SEAL_LINE_CHANGED] = "is not what it was when it was sealed",
        [SEAL_LINE_ADDED] = "was put in after that part was sealed",
    };
    long long seq = finding->seq;

    switch (finding->trouble) {
    case SEAL_LINE_GONE:
        if (seq == finding->until)
            return arena_print(arena, "line %lld of the journal is gone", seq);
        return arena_print(arena, "a line of the journal from %lld to %lld is gone", seq,
                           (long long)finding->until);
    case SEAL_LINES_DIFFER:
        return arena_print(arena, "from line %lld to line %lld the journal is not what was sealed",
                           seq, (long long)finding->until);
    case SEAL_FALSE:
        return arena_print(arena,
                           "the seal that ends with line %lld was changed, or one before it "
                           "is gone",
                           seq);
    case SEAL_NOT_OURS:
        return arena_print(arena,
                           "the seal that ends with line %lld was not made with the key of "
                           "this installation",
                           seq);
    case SEAL_HEAD_UNKNOWN:
        return S("no seal has the head that was given: seals were removed or made anew after it "
                 "was written down");
    default: return arena_print(arena, "line %lld of the journal %s", seq, words[finding->trouble]);
    }
}

/* ---- what an operator sees ---- */

static struct outcome stamps_health(struct scene *scene, struct out *out)
{
    int64_t seconds;
    bool late;

    TRY(seal_stamps_are_late(scene, &late));
    if (!late) return DONE;
    TRY(seal_stamps_waiting(scene, &seconds));
    OUT_LITERAL(out, "The journal waits for a time stamp; minutes: ");
    out_int(out, seconds / SECONDS_PER_MINUTE);
    OUT_LITERAL(out, ". The authority does not answer, or wrongly: see the log. Until it does, "
                     "nothing is removed by its period.\n");
    return DONE;
}

static struct outcome health(struct scene *scene, struct out *out)
{
    struct seal_find_last_row last;
    struct seal_count_unsealed_row row;
    bool found;

    TRY(stamps_health(scene, out));
    TRY(seal_find_last(scene->arena, scene->store, &last, &found));
    TRY(seal_count_unsealed(scene->store, last.last_seq, &row, &found));
    if (row.unsealed == 0 || scene->now - row.oldest_at <= LATE_SECONDS ||
        (last.made_at <= scene->now && scene->now - last.made_at <= LATE_SECONDS))
        return DONE;
    OUT_LITERAL(out, "Lines of the journal that were not sealed for more than 10 minutes: ");
    out_int(out, row.unsealed);
    OUT_LITERAL(out, "\n");
    return DONE;
}

static struct outcome metrics(struct scene *scene, struct out *out)
{
    struct seal_find_last_row last;
    struct seal_count_unsealed_row row;
    int64_t waiting;
    bool found;

    TRY(seal_find_last(scene->arena, scene->store, &last, &found));
    TRY(seal_count_unsealed(scene->store, last.last_seq, &row, &found));
    TRY(seal_stamps_waiting(scene, &waiting));
    OUT_LITERAL(out, "# HELP gongdao_journal_unsealed Lines of the journal not sealed yet.\n"
                     "# TYPE gongdao_journal_unsealed gauge\n"
                     "gongdao_journal_unsealed ");
    out_int(out, row.unsealed);
    OUT_LITERAL(out, "\n# HELP gongdao_journal_unstamped_seconds How long the oldest head has "
                     "waited for a time stamp, 0 without an authority.\n"
                     "# TYPE gongdao_journal_unstamped_seconds gauge\n"
                     "gongdao_journal_unstamped_seconds ");
    out_int(out, waiting);
    OUT_LITERAL(out, "\n");
    return DONE;
}

static const struct act *const clock_acts[] = {&seal_make, NULL};

const struct module seal_module = {
    .name = "seal",
    .schema = seal_schema,
    .migrations = seal_migrations,
    .clock_acts = clock_acts,
    .health = health,
    .metrics = metrics,
};
