/* hub.c -- see hub.h.
 *
 * Entries are owned by the hub's thread.  The HTTP loop only marks one closed, under the entry's
 * own lock, so that it never waits for a database. */
#include "platform/hub.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>

#include "platform/journal.h"
#include "platform/limits.h"
#include "platform/log.h"
#include "platform/metrics.h"

enum { TOPICS = 1 << 14 };

enum topic_kind { TOPIC_CASE, TOPIC_FOR, TOPIC_ALL, TOPIC_WAITING, TOPIC_KINDS };

struct entry {
    struct hub *hub;
    pthread_mutex_t lock; /* guards `http` against the loop that closes it */
    struct http_stream *http;
    const struct stream *stream;
    struct seat seat;
    bool is_dirty, is_new, wants_check, has_more;
    int64_t written_at;                  /* seconds of the rising clock */
    char scopes[3][16], phone_index[64]; /* what seat.actor's texts point to */
    struct entry *dirty_next, *gone_next, *new_next;
    struct link {
        struct entry *entry;
        struct link **back, *next;
    } links[TOPIC_KINDS];
    struct entry **back, *next; /* all entries */
};

struct said {
    struct said *next;
    struct whisper whisper;
    id speaker_id;
    char bytes[];
};

struct hub {
    struct hub_settings settings;
    struct store *store;
    struct arena *arena;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    /* Under the lock: what came in. */
    struct line *lines;
    size_t lines_count, lines_room;
    struct entry *opened, *gone;
    struct said *said, **said_last;
    size_t seats_count; /* opened and not gone */
    bool stop;
    /* The thread's own. */
    struct link *topics[TOPICS];
    struct link *all, *waiting;
    struct entry *entries, *dirty;
    struct said *said_free;
    bool queue_moved, all_moved;
    bool is_away;  /* the database: who is to be told something is told when it is back */
    bool was_copy; /* what was told last was read from a copy, which may have lagged */
    int64_t ticked_at, commented_at, boards_ms; /* of the rising clock */
};

void event_put(struct out *out, const char *name, id seq, struct str data)
{
    if (seq) {
        OUT_LITERAL(out, "id: ");
        out_int(out, seq);
        OUT_LITERAL(out, "\n");
    }
    OUT_LITERAL(out, "event: ");
    out_raw_str(out, str_of(name));
    OUT_LITERAL(out, "\ndata: ");
    out_raw_str(out, data); /* JSON of ours: one line */
    OUT_LITERAL(out, "\n\n");
}

static struct link **topic(struct hub *hub, enum topic_kind kind, id which)
{
    uint64_t hash = ((uint64_t)which * 2 + kind) * 0x9E3779B97F4A7C15u;

    return &hub->topics[hash >> 50];
}

static void link_in(struct link **head, struct link *link, struct entry *entry)
{
    link->entry = entry;
    link->next = *head;
    link->back = head;
    if (*head) (*head)->back = &link->next;
    *head = link;
}

static void link_out(struct link *link)
{
    if (!link->back) return;
    *link->back = link->next;
    if (link->next) link->next->back = link->back;
    link->back = NULL;
}

enum { SESSION_SLOTS = 1 << 13 };
static atomic_int session_streams[SESSION_SLOTS];

static atomic_int *slot_of(id session_id)
{
    return &session_streams[((uint64_t)session_id * 0x9E3779B97F4A7C15u) >> 51];
}

int hub_open_of(id session_id)
{
    return atomic_load(slot_of(session_id));
}

/* On an HTTP loop. */
static void closed(void *mine)
{
    struct entry *entry = mine;
    struct hub *hub = entry->hub;

    pthread_mutex_lock(&entry->lock);
    entry->http = NULL;
    pthread_mutex_unlock(&entry->lock);
    metrics_stream(-1);
    atomic_fetch_sub(slot_of(entry->seat.actor.session_id), 1);
    pthread_mutex_lock(&hub->lock);
    entry->gone_next = hub->gone;
    hub->gone = entry;
    hub->seats_count--;
    pthread_cond_signal(&hub->wake);
    pthread_mutex_unlock(&hub->lock);
}

static struct str keep(char *room, size_t size, struct str text)
{
    assert(text.len <= size);
    if (text.len) memcpy(room, text.at, text.len);
    return (struct str){room, text.len};
}

void hub_open(struct hub *hub, struct http_request *request, const struct stream *stream,
              const struct seat *seat)
{
    struct entry *entry = calloc(1, sizeof *entry);
    struct http_header headers[] = {{"X-Accel-Buffering", S("no")}};

    if (!entry) abort();
    entry->hub = hub;
    entry->stream = stream;
    entry->seat = *seat;
    /* Texts of the actor live in the request; a stream outlives it and keeps what it needs. */
    entry->seat.actor.name = S("");
    entry->seat.actor.phone_index =
        keep(entry->phone_index, sizeof entry->phone_index, seat->actor.phone_index);
    entry->seat.actor.scopes = (struct scopes){
        .supervisor =
            keep(entry->scopes[0], sizeof entry->scopes[0], seat->actor.scopes.supervisor),
        .admin = keep(entry->scopes[1], sizeof entry->scopes[1], seat->actor.scopes.admin),
        .leader = keep(entry->scopes[2], sizeof entry->scopes[2], seat->actor.scopes.leader),
    };
    pthread_mutex_init(&entry->lock, NULL);
    metrics_stream(1);
    atomic_fetch_add(slot_of(seat->actor.session_id), 1);
    /* Known to the hub before it can be closed; the entry's lock keeps the hub from writing
     * before there is something to write to. */
    pthread_mutex_lock(&entry->lock);
    pthread_mutex_lock(&hub->lock);
    entry->new_next = hub->opened;
    hub->opened = entry;
    hub->seats_count++;
    pthread_cond_signal(&hub->wake);
    pthread_mutex_unlock(&hub->lock);
    entry->http = http_stream_open(request, headers, COUNT(headers), closed, entry);
    pthread_mutex_unlock(&entry->lock);
}

void hub_publish(struct hub *hub, const struct line *lines, size_t count)
{
    pthread_mutex_lock(&hub->lock);
    if (hub->lines_count + count > hub->lines_room) {
        hub->lines_room = (hub->lines_count + count) * 2;
        hub->lines = realloc(hub->lines, hub->lines_room * sizeof *lines);
        if (!hub->lines) abort();
    }
    memcpy(hub->lines + hub->lines_count, lines, count * sizeof *lines);
    hub->lines_count += count;
    /* With nobody to tell, they are gone through once a second. */
    if (hub->seats_count) pthread_cond_signal(&hub->wake);
    pthread_mutex_unlock(&hub->lock);
}

void hub_whisper(struct hub *hub, const struct whisper *whisper, id speaker_id)
{
    struct said *said = malloc(sizeof *said + whisper->data.len);

    if (!said) abort();
    *said = (struct said){.whisper = *whisper, .speaker_id = speaker_id};
    memcpy(said->bytes, whisper->data.at, whisper->data.len);
    said->whisper.data.at = said->bytes;
    pthread_mutex_lock(&hub->lock);
    *hub->said_last = said;
    hub->said_last = &said->next;
    pthread_cond_signal(&hub->wake);
    pthread_mutex_unlock(&hub->lock);
}

static void mark(struct hub *hub, struct entry *entry)
{
    if (entry->is_dirty) return;
    entry->is_dirty = true;
    entry->dirty_next = hub->dirty;
    hub->dirty = entry;
}

static void take_in(struct hub *hub, struct entry *entry)
{
    const struct seat *seat = &entry->seat;

    if (seat->case_id)
        link_in(topic(hub, TOPIC_CASE, seat->case_id), &entry->links[TOPIC_CASE], entry);
    if (seat->for_id) link_in(topic(hub, TOPIC_FOR, seat->for_id), &entry->links[TOPIC_FOR], entry);
    if (seat->all) link_in(&hub->all, &entry->links[TOPIC_ALL], entry);
    if (seat->waiting) link_in(&hub->waiting, &entry->links[TOPIC_WAITING], entry);
    entry->next = hub->entries;
    entry->back = &hub->entries;
    if (hub->entries) hub->entries->back = &entry->next;
    hub->entries = entry;
    entry->is_new = true;
    mark(hub, entry);
}

static void let_go(struct hub *hub, struct entry *entry)
{
    for (int i = 0; i < TOPIC_KINDS; i++) link_out(&entry->links[i]);
    *entry->back = entry->next;
    if (entry->next) entry->next->back = entry->back;
    if (entry->is_dirty) {
        struct entry **at = &hub->dirty;

        while (*at != entry) at = &(*at)->dirty_next;
        *at = entry->dirty_next;
    }
    pthread_mutex_destroy(&entry->lock);
    free(entry);
}

static int64_t rising_seconds(void)
{
    return metrics_microseconds() / 1000000;
}

static void write_bytes(struct entry *entry, struct str bytes)
{
    if (bytes.len == 0) return;
    entry->written_at = rising_seconds();
    pthread_mutex_lock(&entry->lock);
    if (entry->http && !http_stream_write(entry->http, bytes)) metrics_stream_cut();
    pthread_mutex_unlock(&entry->lock);
}

static void end(struct entry *entry)
{
    pthread_mutex_lock(&entry->lock);
    if (entry->http) http_stream_end(entry->http);
    pthread_mutex_unlock(&entry->lock);
}

static struct outcome check_session(struct scene *scene, struct entry *entry)
{
    bool good = true;

    entry->wants_check = false;
    TRY(entry->hub->settings.hooks->still(scene, &entry->seat.actor, &good));
    if (!good) end(entry);
    return DONE;
}

static struct outcome tell(struct hub *hub, struct scene *scene, struct entry *entry)
{
    struct out *out = out_open(hub->arena, PAGE_BYTES_MAX);
    id before;

    if (entry->wants_check) TRY(check_session(scene, entry));
    if (entry->is_new) OUT_LITERAL(out, "retry: 2000\n\n");
    do {
        before = entry->seat.after;
        TRY(entry->stream->tell(scene, &entry->seat, out));
    } while (entry->seat.after > before && !entry->seat.all &&
             out_text(out).len < STREAM_TELL_BYTES);
    entry->has_more = entry->seat.after > before && !entry->seat.all;
    if (entry->stream->tick && (entry->is_new || entry->seat.waiting))
        TRY(entry->stream->tick(scene, &entry->seat, out));
    entry->is_new = false;
    write_bytes(entry, out_text(out));
    return DONE;
}

/* While the database is away nobody is told anything and no stream is ended: each is told where it
 * left off when the database is back. */
static bool begin_telling(struct hub *hub)
{
    struct outcome outcome = store_read_begin(hub->store);
    bool away = !IS_DONE(outcome), copy;

    if (away && !hub->is_away) log_fault("hub", outcome.fault);
    hub->is_away = away;
    if (away) return false;
    copy = store_is_copy(hub->store);
    if (hub->was_copy && !copy) {
        for (struct entry *entry = hub->entries; entry; entry = entry->next) mark(hub, entry);
    }
    hub->was_copy = copy;
    return true;
}

static void tell_dirty(struct hub *hub)
{
    struct outcome outcome;
    struct entry *entry;

    if (!begin_telling(hub)) return;
    while ((entry = hub->dirty) && !hub->is_away) {
        struct seat seat = entry->seat;
        bool wants_check = entry->wants_check;
        struct scene scene = {.arena = hub->arena,
                              .store = hub->store,
                              .now = time(NULL),
                              .actor = entry->seat.actor,
                              .language = entry->seat.language,
                              .channel = S("stream")};

        hub->dirty = entry->dirty_next;
        entry->is_dirty = false;
        outcome = tell(hub, &scene, entry);
        if (outcome.fault) log_fault("hub.tell", outcome.fault);
        if (outcome.fault && outcome.again_seconds) {
            entry->seat = seat; /* nothing of it was written */
            entry->wants_check = wants_check;
            mark(hub, entry);
            hub->is_away = true;
        } else if (!IS_DONE(outcome)) {
            end(entry);
        }
        arena_reset(hub->arena);
    }
    store_read_end(hub->store);
}

static bool changes_sessions(const struct line *line)
{
    return strncmp(line->act, "session.", 8) == 0 || strncmp(line->act, "person.", 7) == 0;
}

static void wake_for(struct hub *hub, const struct line *line)
{
    bool is_many = strcmp(line->act, "person.many") == 0; /* an import changed people */

    if (line->case_id) {
        for (struct link *link = *topic(hub, TOPIC_CASE, line->case_id); link; link = link->next)
            if (link->entry->seat.case_id == line->case_id) mark(hub, link->entry);
    }
    if (line->for_id) {
        for (struct link *link = *topic(hub, TOPIC_FOR, line->for_id); link; link = link->next)
            if (link->entry->seat.for_id == line->for_id) mark(hub, link->entry);
    }
    if (changes_sessions(line)) {
        for (struct entry *entry = hub->entries; entry; entry = entry->next) {
            id person_id = entry->seat.actor.person_id;

            if (!person_id) continue;
            if (person_id != line->for_id && person_id != line->actor_id && !is_many) continue;
            entry->wants_check = true;
            mark(hub, entry);
        }
    }
    hub->queue_moved = hub->all_moved = true;
}

static void say(struct hub *hub, struct said *said)
{
    struct out *out = out_open(hub->arena, BODY_BYTES_MAX);
    const struct whisper *whisper = &said->whisper;

    event_put(out, whisper->event, 0, whisper->data);
    for (int kind = TOPIC_CASE; kind <= TOPIC_FOR; kind++) {
        id which = kind == TOPIC_CASE ? whisper->case_id : whisper->for_id;
        struct link *link = which ? *topic(hub, (enum topic_kind)kind, which) : NULL;

        for (; link; link = link->next) {
            const struct seat *seat = &link->entry->seat;

            if ((kind == TOPIC_CASE ? seat->case_id : seat->for_id) != which) continue;
            if (seat->actor.person_id == said->speaker_id) continue;
            write_bytes(link->entry, out_text(out));
        }
    }
}

/* A board fetches itself anew when it is told, so it is not told of every line. */
static void tell_boards(struct hub *hub)
{
    int64_t now = metrics_microseconds() / 1000;

    if (!hub->all_moved || now - hub->boards_ms < STREAM_BOARD_MS) return;
    hub->boards_ms = now;
    hub->all_moved = false;
    for (struct link *link = hub->all; link; link = link->next) mark(hub, link->entry);
}

/* Once a second: places in the queue; and a comment on quiet streams. */
static void tick(struct hub *hub)
{
    int64_t now = rising_seconds();

    if (now == hub->ticked_at) return;
    hub->ticked_at = now;
    for (struct link *link = hub->queue_moved ? hub->waiting : NULL; link; link = link->next)
        mark(hub, link->entry);
    hub->queue_moved = false;
    for (struct entry *entry = hub->entries; entry; entry = entry->next) {
        if (entry->has_more) mark(hub, entry);
    }
    if (now - hub->commented_at < STREAM_COMMENT_SECONDS / 4) return;
    hub->commented_at = now;
    for (struct entry *entry = hub->entries; entry; entry = entry->next) {
        if (now - entry->written_at >= STREAM_COMMENT_SECONDS) write_bytes(entry, S(":\n\n"));
    }
}

static bool nothing_came(const struct hub *hub)
{
    return !hub->lines_count && !hub->opened && !hub->gone && !hub->said && !hub->stop;
}

/* Until something comes, or a second is over, or boards are to be told of what came before. */
static void wait_for_something(struct hub *hub)
{
    struct timespec until;
    long milliseconds = hub->all_moved && hub->all ? STREAM_BOARD_MS : 1000;

    if (hub->is_away || hub->was_copy) milliseconds = STREAM_AWAY_MS;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += milliseconds * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    while (nothing_came(hub)) {
        if (pthread_cond_timedwait(&hub->wake, &hub->lock, &until)) break;
    }
}

static void *hub_main(void *mine)
{
    struct hub *hub = mine;
    bool stop = false;

    prctl(PR_SET_NAME, "streams");
    while (!stop) {
        struct line *lines;
        struct entry *opened, *gone, *next;
        struct said *said;
        size_t count;

        pthread_mutex_lock(&hub->lock);
        wait_for_something(hub);
        lines = hub->lines, count = hub->lines_count;
        hub->lines = NULL, hub->lines_count = hub->lines_room = 0;
        opened = hub->opened, gone = hub->gone, said = hub->said;
        hub->opened = hub->gone = NULL;
        hub->said = NULL, hub->said_last = &hub->said;
        stop = hub->stop && !opened && !gone;
        pthread_mutex_unlock(&hub->lock);
        for (; opened; opened = next) {
            next = opened->new_next;
            take_in(hub, opened);
        }
        for (size_t i = 0; i < count; i++) wake_for(hub, &lines[i]);
        free(lines);
        for (; said; said = hub->said_free) {
            hub->said_free = said->next;
            say(hub, said);
            free(said);
        }
        tick(hub);
        tell_boards(hub);
        if (hub->dirty || hub->was_copy) tell_dirty(hub);
        for (; gone; gone = next) {
            next = gone->gone_next;
            let_go(hub, gone);
        }
        arena_reset(hub->arena);
    }
    return NULL;
}

struct outcome hub_open_all(const struct hub_settings *settings, struct hub **opened)
{
    struct hub *hub = calloc(1, sizeof *hub);
    pthread_condattr_t rising;
    struct outcome outcome;

    if (!hub) abort();
    hub->settings = *settings;
    hub->said_last = &hub->said;
    hub->arena = arena_open(ARENA_BYTES_MAX);
    pthread_mutex_init(&hub->lock, NULL);
    pthread_condattr_init(&rising);
    pthread_condattr_setclock(&rising, CLOCK_MONOTONIC);
    pthread_cond_init(&hub->wake, &rising);
    pthread_condattr_destroy(&rising);
    outcome = store_open(settings->database, STORE_READ, &hub->store);
    if (IS_DONE(outcome) && pthread_create(&hub->thread, NULL, hub_main, hub)) {
        store_close(&hub->store);
        outcome = FAULT("cannot start the hub's thread");
    }
    if (!IS_DONE(outcome)) {
        arena_close(&hub->arena);
        free(hub);
        return outcome;
    }
    *opened = hub;
    return DONE;
}

/* After the HTTP server is closed: every stream was told closed(). */
void hub_close(struct hub **closing)
{
    struct hub *hub = *closing;

    if (!hub) return;
    pthread_mutex_lock(&hub->lock);
    hub->stop = true;
    pthread_cond_signal(&hub->wake);
    pthread_mutex_unlock(&hub->lock);
    pthread_join(hub->thread, NULL);
    while (hub->entries) let_go(hub, hub->entries);
    for (struct said *said = hub->said, *next; said; said = next) {
        next = said->next;
        free(said);
    }
    store_close(&hub->store);
    arena_close(&hub->arena);
    free(hub->lines);
    pthread_mutex_destroy(&hub->lock);
    pthread_cond_destroy(&hub->wake);
    free(hub);
    *closing = NULL;
}
