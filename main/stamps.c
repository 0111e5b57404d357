/* stamps.c -- see stamps.h. */
#include "main/stamps.h"

#include <stdio.h>

#include "channel/stamp/stamp_token.h"
#include "desk/calendar/calendar.h"
#include "desk/seal/seal_acts.h"
#include "gen/platform_sql.h"
#include "main/install.h"

enum { CHECK_ARENA_BYTES = 32 * 1024 * 1024 };

static const char mark_name[] = "stamp_seconds"; /* between two, as the last server had it */

static int64_t seconds_of(const struct settings *settings)
{
    return settings->stamp_url.len ? settings->stamp_minutes * SECONDS_PER_MINUTE : 0;
}

static struct outcome find_remembered(struct scene *scene, int64_t *seconds)
{
    struct platform_find_mark_row row;
    bool found;

    *seconds = 0;
    TRY(platform_find_mark(scene->arena, scene->store, str_of(mark_name), &row, &found));
    if (found && !str_to_int(row.value, seconds))
        return FAULT("how often the journal is stamped is not written as we write it");
    return DONE;
}

static struct outcome remember(struct scene *scene, const void *form, void *result)
{
    int64_t seconds = *(const int64_t *)form;

    (void)result;
    scene->quiet = true;
    return platform_set_mark(scene->store, str_of(mark_name),
                             arena_print(scene->arena, "%lld", (long long)seconds));
}

struct outcome stamps_remember(struct arena *arena, struct store *store,
                               const struct settings *settings)
{
    static const struct act act = {
        .name = "installation.stamps", .who = WHO_SYSTEM, .run = remember};
    struct scene scene = install_scene(arena, store);
    int64_t seconds = seconds_of(settings), before;

    seal_stamps_expect(seconds);
    TRY(find_remembered(&scene, &before));
    return before == seconds ? DONE : act_run(&act, &scene, &seconds, NULL);
}

struct outcome stamps_recall(struct scene *scene, const struct settings *settings)
{
    int64_t seconds = seconds_of(settings);

    if (!seconds) TRY(find_remembered(scene, &seconds));
    seal_stamps_expect(seconds);
    return DONE;
}

struct outcome stamps_start(struct arena *arena, const struct settings *settings,
                            struct writer *writer, struct stamps **stamps)
{
    *stamps = NULL;
    if (!settings->stamp_url.len && !settings->stamp_ca.len && !settings->stamp_policy.len)
        return DONE;
    if (!settings->stamp_url.len)
        return FAULT("[journal] has to say with stamp_url where the authority of time stamps is");
    TRY(stamps_open(&(struct stamps_settings){.database = install_database(arena, settings),
                                              .writer = writer,
                                              .witness = &seal_witness,
                                              .url = settings->stamp_url,
                                              .ca_file = settings->stamp_ca,
                                              .policy = settings->stamp_policy},
                    stamps));
    return stamps_begin(*stamps);
}

/* ---- looking at those there are ---- */

struct looking {
    struct scene *scene;
    struct stamp_trust *trust;
    int64_t count, bad, longest; /* the longest time between two */
    moment last_at, longest_until;
    id last_seq;
};

static void say_day(moment at, const char *words)
{
    char day[11];

    calendar_day_print(calendar_day_of(at), day);
    fprintf(stderr, "check: %s (stamped on %s)\n", words, day);
}

static void look_at(struct looking *looking, const struct seal_stamp_row *row)
{
    struct arena *arena = looking->scene->arena;
    struct str problem = S("");
    long long seq = row->last_seq;
    moment at;

    looking->count++;
    if (!stamp_token_is_good(looking->trust, arena, row->digest, row->token, &at, &problem))
        problem = arena_print(arena, "the time stamp of line %lld is not good: %.*s", seq,
                              STR_ARGS(problem));
    else if (at != row->stamped_at)
        problem = arena_print(arena,
                              "the time stamp of line %lld is of another moment than is "
                              "written beside it",
                              seq);
    else if (!str_same(row->head, row->digest))
        problem = arena_print(arena,
                              "the journal up to line %lld is not what was stamped: its "
                              "seal was changed, made anew or removed",
                              seq);
    else if (row->sealed_at > at + STAMP_SECONDS_OFF)
        problem = arena_print(arena, "line %lld was stamped before it is said to be sealed", seq);
    if (problem.len) {
        looking->bad++;
        say_day(row->stamped_at, problem.at);
    }
    if (looking->last_at && row->stamped_at - looking->last_at > looking->longest) {
        looking->longest = row->stamped_at - looking->last_at;
        looking->longest_until = row->stamped_at;
    }
    looking->last_at = row->stamped_at;
    looking->last_seq = row->last_seq;
}

static struct outcome look_at_all(struct looking *looking)
{
    struct arena *whole = looking->scene->arena, *arena = arena_open(CHECK_ARENA_BYTES);
    const struct seal_stamp_row *rows;
    struct outcome outcome = DONE;
    size_t count = 0;

    looking->scene->arena = arena;
    do {
        arena_reset(arena);
        outcome = seal_stamps_list(looking->scene, looking->last_seq, &rows, &count);
        for (size_t i = 0; IS_DONE(outcome) && i < count; i++) look_at(looking, &rows[i]);
    } while (IS_DONE(outcome) && count);
    looking->scene->arena = whole;
    arena_close(&arena);
    return outcome;
}

static void tell(const struct looking *looking)
{
    char day[11];

    calendar_day_print(calendar_day_of(looking->last_at), day);
    printf("Time stamps of an authority outside: %lld, all good; the newest, of %s, covers line "
           "%lld and all before.\n",
           (long long)looking->count, day, (long long)looking->last_seq);
    if (!looking->longest) return;
    calendar_day_print(calendar_day_of(looking->longest_until), day);
    printf("The longest time between two was %lld minutes, until %s.\n",
           (long long)(looking->longest / SECONDS_PER_MINUTE), day);
}

struct outcome stamps_check(struct scene *scene, const struct settings *settings)
{
    struct looking looking = {.scene = scene};
    const struct seal_stamp_row *rows;
    struct outcome outcome;
    bool late;
    size_t count;

    TRY(stamps_recall(scene, settings));
    TRY(seal_stamps_list(scene, 0, &rows, &count));
    if (count && !settings->stamp_ca.len)
        return FAULT("the journal has time stamps, and nobody said who makes them: give the "
                     "configuration with [journal] stamp_ca, with --config FILE");
    if (count) {
        TRY(stamp_trust_open(settings->stamp_ca, S(""), &looking.trust));
        outcome = look_at_all(&looking);
        stamp_trust_close(&looking.trust);
        TRY(outcome);
        if (looking.bad) return FAULT("time stamps of the journal are not good");
        tell(&looking);
    }
    TRY(seal_stamps_were_late(scene, &late));
    return late ? FAULT("the journal goes on for too long after its newest time stamp; what its "
                        "authority answers is in the log of the server")
                : DONE;
}
