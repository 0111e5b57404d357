/* tail.c -- see tail.h. */
#include "platform/tail.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include "gen/platform_sql.h"
#include "platform/limits.h"
#include "platform/log.h"
#include "platform/secret.h"

enum {
    CALLED_MS = 1000,  /* looked at all the same: a call may go astray */
    UNCALLED_MS = 100, /* where no calls come through: pages promise a fifth of a second */
    LOST_MS = 100,     /* between two tries to reach the database */
    LINES_MAX = 500,   /* read in one go, as the query has it */
    NAMES_MAX = 2048,  /* of acts and what they tell: a few hundred; a power of two */
    NAME_BYTES_MAX = 100,
    LASTING_BYTES_MAX = 1 << 20, /* the tail itself, and as many names of that length */
    MARK_LEN = 8
};

struct tail {
    struct tail_settings settings;
    struct store *store;
    struct arena *arena;   /* of what was read, until it is told */
    struct arena *lasting; /* in which the tail lies, and its names */
    pthread_t thread;
    atomic_bool stop;
    int wake;
    id after;
    bool is_lost;            /* said once, not ten times a second */
    char mark[MARK_LEN + 1]; /* of this node: what it whispers itself it has told already */
    struct str names[NAMES_MAX]; /* lines point to them, for as long as the program runs */
    struct line lines[LINES_MAX];
};

/* The same text always at the same address.  More names than fit, and longer ones, are one name,
 * which nobody waits for. */
static const char *name_of(struct tail *tail, struct str name)
{
    uint32_t mixed = 2166136261u;

    if (name.len > NAME_BYTES_MAX) return "";
    for (size_t i = 0; i < name.len; i++) mixed = (mixed ^ (unsigned char)name.at[i]) * 16777619u;
    for (size_t i = 0; i < NAMES_MAX; i++) {
        struct str *place = &tail->names[(mixed + i) % NAMES_MAX];

        if (!place->at) *place = arena_copy(tail->lasting, name);
        if (str_same(*place, name)) return place->at;
    }
    return "";
}

/* All there is, a part at a time. */
static struct outcome read_on(struct tail *tail)
{
    const struct platform_list_lines_row *rows;
    size_t count;

    do {
        TRY(platform_list_lines(tail->arena, tail->store, tail->after, &rows, &count));
        for (size_t i = 0; i < count; i++) {
            tail->lines[i] = (struct line){.seq = rows[i].seq,
                                           .at = rows[i].at,
                                           .act = name_of(tail, rows[i].act),
                                           .actor_id = rows[i].actor_id,
                                           .case_id = rows[i].case_id,
                                           .for_id = rows[i].for_id};
        }
        if (count) {
            tail->after = rows[count - 1].seq;
            tail->settings.publish(tail->lines, count, tail->settings.site);
        }
        arena_reset(tail->arena);
    } while (count == LINES_MAX && !tail->stop);
    return DONE;
}

/* "MARK CASE FOR SPEAKER EVENT DATA": what tail_whisper() sent. */
static void hear_whisper(struct tail *tail, struct str text)
{
    struct whisper whisper = {0};
    id speaker_id;
    struct str mark = str_cut(text, ' ', &text);

    if (!text.len || str_same(mark, str_of(tail->mark))) return;
    if (!str_to_int(str_cut(text, ' ', &text), &whisper.case_id) ||
        !str_to_int(str_cut(text, ' ', &text), &whisper.for_id) ||
        !str_to_int(str_cut(text, ' ', &text), &speaker_id))
        return;
    whisper.event = name_of(tail, str_cut(text, ' ', &text));
    whisper.data = text;
    tail->settings.whisper(&whisper, speaker_id, tail->settings.site);
}

struct outcome tail_whisper(struct tail *tail, struct scene *scene, const struct whisper *whisper,
                            id speaker_id)
{
    struct str text = arena_print(scene->arena, "%s %lld %lld %lld %s %.*s", tail->mark,
                                  (long long)whisper->case_id, (long long)whisper->for_id,
                                  (long long)speaker_id, whisper->event, STR_ARGS(whisper->data));

    return text.len <= CALL_BYTES_MAX ? store_call(scene->store, text) : DONE;
}

static void pause_lost(struct tail *tail, struct outcome outcome)
{
    struct timespec pause = {.tv_nsec = LOST_MS * 1000000L};

    if (!tail->is_lost) log_fault("tail", outcome.fault);
    tail->is_lost = true;
    nanosleep(&pause, NULL);
}

static void *tail_main(void *mine)
{
    struct tail *tail = mine;
    bool hears = false;

    prctl(PR_SET_NAME, "tail");
    while (!tail->stop) {
        struct str text;
        struct outcome outcome = store_hear(tail->arena, tail->store, tail->wake,
                                            hears ? CALLED_MS : UNCALLED_MS, &text, &hears);

        if (IS_DONE(outcome) && text.len) hear_whisper(tail, text);
        arena_reset(tail->arena);
        if (IS_DONE(outcome) && !tail->stop) outcome = read_on(tail);
        if (IS_DONE(outcome))
            tail->is_lost = false;
        else
            pause_lost(tail, outcome);
    }
    return NULL;
}

static void drop(struct tail *tail)
{
    struct arena *lasting = tail->lasting;

    store_close(&tail->store);
    arena_close(&tail->arena);
    if (tail->wake >= 0) close(tail->wake);
    arena_close(&lasting);
}

struct outcome tail_open(const struct tail_settings *settings, struct tail **opened)
{
    struct arena *lasting = arena_open(LASTING_BYTES_MAX);
    struct tail *tail = NEW(lasting, struct tail);
    struct outcome outcome;

    tail->lasting = lasting;
    tail->settings = *settings;
    tail->arena = arena_open(ARENA_BYTES_MAX);
    memcpy(tail->mark, secret_token(tail->arena).at, MARK_LEN);
    tail->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    outcome = tail->wake < 0 ? FAULT("cannot make a descriptor to wake the tail with")
                             : store_open(settings->database, STORE_READ, &tail->store);
    if (IS_DONE(outcome)) outcome = journal_last(tail->store, &tail->after);
    if (IS_DONE(outcome) && pthread_create(&tail->thread, NULL, tail_main, tail))
        outcome = FAULT("cannot start the thread that reads the journal");
    if (IS_DONE(outcome))
        *opened = tail;
    else
        drop(tail);
    return outcome;
}

void tail_end(struct tail *tail)
{
    if (tail->stop) return;
    tail->stop = true;
    tail_wake(tail);
    pthread_join(tail->thread, NULL);
}

void tail_close(struct tail **closing)
{
    struct tail *tail = *closing;

    if (!tail) return;
    tail_end(tail);
    drop(tail);
    *closing = NULL;
}

void tail_wake(struct tail *tail)
{
    uint64_t one = 1;

    /* It fails when it was woken more often than can be counted: then it is awake. */
    if (write(tail->wake, &one, sizeof one) < 0) assert(errno == EAGAIN);
}
