/* writer.c -- see writer.h. */
#include "platform/writer.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>

#include "gen/platform_sql.h"
#include "platform/limits.h"
#include "platform/log.h"
#include "platform/secret.h"
#include "platform/tidy.h"

/* Calls in a row, and the thread that takes them. */
struct row {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct call *first, **last; /* oldest first */
    size_t waiting;
    bool stop;
};

struct writer {
    struct writer_settings settings;
    struct store *store;
    struct tidy *tidy;
    id next_seq;
    moment last_at;      /* of the line before */
    struct row asked;    /* to be run and committed */
    struct row answered; /* committed: told by a second thread, while the next are run */
    struct line *lines;  /* of the batch being committed */
    size_t lines_count;
};

const struct reason writer_not_due = {
    "clock.not-due", T("This is not due, or it was done by somebody else just now."), 409};

/* bench/durable_vs_sqlite.sh makes a server that commits each act by itself, to see its cost. */
#ifndef WRITER_ACTS_MAX
#define WRITER_ACTS_MAX WRITER_BATCH_MAX
#endif

enum {
    LINES_MAX = WRITER_ACTS_MAX * (SCENE_LINES_MAX + 1),
    TRIES_MAX = 3, /* of an act others are in the way of */
    LAG_SECONDS_MAX = 60,
    COMMIT_MS_MAX = 10000 /* a database whose copies are gone keeps people waiting no longer */
};

/* The first answer as it is kept: a line for each cookie, an empty line, the JSON.  A browser that
 * sent a form twice shows only the second answer, and needs the cookies of the first. */
static struct str put_answer(struct call *call)
{
    const struct scene *scene = &call->scene;
    struct out *out = out_open(scene->arena, PAGE_BYTES_MAX);

    for (size_t i = 0; i < scene->cookies_count; i++) {
        out_raw_str(
            out, arena_print(scene->arena, "%lld %.*s %.*s\n", (long long)scene->cookies[i].seconds,
                             STR_ARGS(scene->cookies[i].name), STR_ARGS(scene->cookies[i].value)));
    }
    OUT_LITERAL(out, "\n");
    if (call->act->result)
        view_json(out, call->act->result, call->result);
    else
        OUT_LITERAL(out, "{}");
    return out_full(out) ? S("") : out_text(out);
}

static void take_answer(struct call *call, struct str kept)
{
    struct str line, name, value;
    int64_t seconds;

    call->scene.cookies_count = 0;
    while ((line = str_cut(kept, '\n', &kept)).len) {
        if (!str_to_int(str_cut(line, ' ', &name), &seconds)) continue;
        name = str_cut(name, ' ', &value);
        scene_cookie(&call->scene, name, value, seconds);
    }
    call->replay = kept;
}

static struct outcome answer_again(struct writer *writer, struct call *call, bool *seen)
{
    struct platform_find_once_row row;
    struct str kept;

    TRY(platform_find_once(call->scene.arena, call->scene.store, call->once, &row, seen));
    if (!*seen) return DONE;
    /* Seen here does not mean that the database's copies have it: a server that was restarted shows
     * what it had not confirmed.  A change, and its commit, come behind it. */
    if (store_is_remote(writer->settings.database))
        TRY(platform_touch_once(call->scene.store, row.status, call->once));
    call->status = (int)row.status;
    call->location = row.location;
    call->replayed = true;
    if (!secret_unseal(call->scene.arena, "once.body", row.body, &kept))
        return FAULT("an answer given before cannot be unsealed");
    take_answer(call, kept);
    return DONE;
}

static struct outcome remember_answer(struct call *call)
{
    struct scene *scene = &call->scene;
    struct str kept = put_answer(call);

    if (kept.len == 0) return FAULT("the answer is larger than PAGE_BYTES_MAX");
    return platform_add_once(scene->store, call->once, scene->now, call->status, call->location,
                             secret_seal(scene->arena, "once.body", kept));
}

static struct outcome run_inside(struct writer *writer, struct call *call)
{
    struct scene *scene = &call->scene;
    id next = writer->next_seq;
    bool seen = false;

    scene->store = writer->store;
    scene->seq = next;
    if (call->once.len) TRY(answer_again(writer, call, &seen));
    if (seen) return DONE;
    if (call->clock_due) {
        TRY(platform_drop_deadline_done(scene->store, str_of(call->act->name),
                                        ((const struct clock_form *)call->form)->case_id,
                                        call->clock_due));
        /* Another node was quicker, or it is wanted at another moment by now. */
        if (store_changes(scene->store) == 0) return REFUSE(writer_not_due);
        call->rows_before = store_rows_changed(scene->store);
    }
    call->outcome = call->act->run(scene, call->form, call->result);
    if (call->outcome.fault || (call->outcome.refusal && !scene->keep)) return call->outcome;
    if (!call->outcome.refusal) {
        call->location =
            writer_location(scene->arena, call->then, call->act, call->form, call->result);
        if (call->once.len) TRY(remember_answer(call));
    }
    TRY(journal_write(scene, call->act->name, &next));
    if (!scene->quiet) {
        writer->lines[writer->lines_count++] = (struct line){.seq = scene->seq,
                                                             .at = scene->now,
                                                             .act = call->act->name,
                                                             .actor_id = scene->actor.person_id,
                                                             .case_id = scene->case_id,
                                                             .for_id = scene->for_id};
    }
    for (size_t i = 0; i < scene->lines_count; i++)
        writer->lines[writer->lines_count++] = scene->lines[i];
    writer->next_seq = next;
    return DONE;
}

static void set_back(struct writer *writer, struct call *call, struct outcome outcome,
                     size_t lines_before, id seq_before)
{
    call->outcome = outcome;
    writer->lines_count = lines_before;
    writer->next_seq = seq_before;
}

/* Without a mark: true if the act is done, or ended before it changed a row.  Else something of it
 * is in the transaction that must not stay there. */
static bool run_plain(struct writer *writer, struct call *call)
{
    size_t lines_before = writer->lines_count;
    id seq_before = writer->next_seq;
    struct outcome outcome;

    call->rows_before = store_rows_changed(writer->store);
    outcome = run_inside(writer, call);
    if (IS_DONE(outcome)) return true;
    if (store_rows_changed(writer->store) != call->rows_before) return false;
    /* What the clock wanted and was refused is wanted no longer, and its deadline is gone; that
     * of what faulted must stay. */
    if (outcome.fault && call->clock_due) return false;
    set_back(writer, call, outcome, lines_before, seq_before);
    return true;
}

/* As if it had not been run. */
static void begin_again(struct call *call)
{
    call->scene = call->begun;
    call->outcome = DONE;
    call->replayed = false;
    call->location = call->replay = S("");
    if (call->act->result && call->result) memset(call->result, 0, call->act->result->size);
}

static void run_marked(struct writer *writer, struct call *call, int tries)
{
    struct outcome outcome = store_mark(writer->store);
    size_t lines_before = writer->lines_count;
    id seq_before = writer->next_seq;

    if (IS_DONE(outcome)) {
        outcome = run_inside(writer, call);
        if (IS_DONE(outcome)) {
            outcome = store_mark_keep(writer->store);
        } else {
            store_mark_undo(writer->store);
            /* Others were in the way: the act is run once more. */
            if (outcome.fault && tries < TRIES_MAX && store_may_retry(writer->store)) {
                set_back(writer, call, DONE, lines_before, seq_before);
                begin_again(call);
                run_marked(writer, call, tries + 1);
                return;
            }
        }
    }
    if (IS_DONE(outcome)) return;
    /* What the clock wanted is no longer wanted: the deadline goes although the act did not. */
    if (outcome.refusal && call->clock_due) {
        struct outcome dropped = platform_drop_deadline_done(
            writer->store, str_of(call->act->name),
            ((const struct clock_form *)call->form)->case_id, call->clock_due);

        if (!IS_DONE(dropped)) outcome = dropped;
    }
    set_back(writer, call, outcome, lines_before, seq_before);
}

static struct outcome begin(struct writer *writer)
{
    struct platform_find_last_line_row row = {0};
    bool found;

    writer->lines_count = 0;
    TRY(store_begin(writer->store));
    /* The command line may have written a line meanwhile; inside the transaction nobody can. */
    TRY(platform_find_last_line(writer->store, &row, &found));
    writer->next_seq = row.seq + 1;
    writer->last_at = row.at;
    return DONE;
}

/* Clocks of two machines are not quite the same, and the journal's times rise with its numbers.  A
 * moment far ahead is somebody's mistake, which must not hold everybody up: the check tells of it.
 */
static moment now_after(moment last_at)
{
    moment now = time(NULL);

    return now < last_at && last_at - now <= LAG_SECONDS_MAX ? last_at : now;
}

/* Marks cost a copy of every page that is changed, and are hardly ever needed: acts are refused
 * before they write.  So all are run without; if that leaves something to undo, everything is
 * undone and run again, each in a mark of its own. */
static bool run_all_plain(struct writer *writer, struct call *batch)
{
    for (struct call *call = batch; call; call = call->next) {
        if (!run_plain(writer, call)) return false;
    }
    return true;
}

/* Undone, the lock is given back, and others may have written lines of a later second before it is
 * had again: the batch has a new moment. */
static struct outcome run_all_marked(struct writer *writer, struct call *batch)
{
    moment now;

    store_rollback(writer->store);
    TRY(begin(writer));
    now = now_after(writer->last_at);
    for (struct call *call = batch; call; call = call->next) {
        call->begun.now = now;
        begin_again(call);
        run_marked(writer, call, 1);
    }
    return DONE;
}

static void row_take_more(struct row *row, struct call *batch, size_t count_max);

/* The lock of writers may take as long as the commits of other nodes: whoever came meanwhile goes
 * with this batch, or each node would commit the first to come and leave the others waiting.
 *
 * The moments of one batch are the batch's: lines of the journal never go back in time because
 * two workers read the clock in another order than they queued. */
static struct outcome run_batch(struct writer *writer, struct call *batch)
{
    moment now;

    struct outcome committed;

    TRY(begin(writer));
    row_take_more(&writer->asked, batch, WRITER_ACTS_MAX); /* invariant 5 */
    now = now_after(writer->last_at);
    for (struct call *call = batch; call; call = call->next) {
        call->scene.now = now;
        call->begun = call->scene;
    }
    if (!run_all_plain(writer, batch)) TRY(run_all_marked(writer, batch));
    committed = store_commit(writer->store);
    for (struct call *call = batch; call; call = call->next)
        call->unsure = committed.fault && committed.again_seconds && IS_DONE(call->outcome);
    return committed;
}

static void row_open(struct row *row)
{
    row->last = &row->first;
    pthread_mutex_init(&row->lock, NULL);
    pthread_cond_init(&row->wake, NULL);
}

/* Takes what is there by then, and returns when all of it has been dealt with. */
static void row_end(struct row *row)
{
    pthread_mutex_lock(&row->lock);
    row->stop = true;
    pthread_cond_signal(&row->wake);
    pthread_mutex_unlock(&row->lock);
    pthread_join(row->thread, NULL);
}

static void row_close(struct row *row)
{
    pthread_mutex_destroy(&row->lock);
    pthread_cond_destroy(&row->wake);
}

/* The oldest, `count_max` at most, of a row that is locked and holds some. */
static struct call *row_cut(struct row *row, size_t count_max)
{
    struct call *batch = row->first, *end = batch;
    size_t count = 1;

    while (end->next && count < count_max) end = end->next, count++;
    row->first = end->next;
    if (!row->first) row->last = &row->first;
    end->next = NULL;
    row->waiting -= count;
    return batch;
}

/* Waits for the first.  NULL: nothing will come any more. */
static struct call *row_take(struct row *row, size_t count_max)
{
    struct call *batch;

    pthread_mutex_lock(&row->lock);
    while (!row->first && !row->stop) pthread_cond_wait(&row->wake, &row->lock);
    batch = row->first ? row_cut(row, count_max) : NULL;
    pthread_mutex_unlock(&row->lock);
    return batch;
}

/* Puts what has come behind what was taken, as many as it may be together. */
static void row_take_more(struct row *row, struct call *batch, size_t count_max)
{
    size_t count = 1;

    for (; batch->next; batch = batch->next) count++;
    pthread_mutex_lock(&row->lock);
    if (row->first && count < count_max) batch->next = row_cut(row, count_max - count);
    pthread_mutex_unlock(&row->lock);
}

static void row_put(struct row *row, struct call *batch)
{
    struct call **end = &batch->next;
    size_t count = 1, waiting;

    while (*end) end = &(*end)->next, count++;
    pthread_mutex_lock(&row->lock);
    *row->last = batch;
    row->last = end;
    waiting = row->waiting;
    row->waiting += count;
    pthread_mutex_unlock(&row->lock);
    if (waiting == 0) pthread_cond_signal(&row->wake); /* who wakes does not run into the lock */
}

static void settle_batch(struct writer *writer, struct call *batch, struct outcome committed,
                         id seq_before)
{
    if (!IS_DONE(committed)) {
        log_fault("writer.commit", committed.fault);
        if (committed.fault && strncmp(committed.fault, "fatal:", 6) == 0) abort();
        store_rollback(writer->store);
        writer->next_seq = seq_before;
        for (struct call *call = batch; call; call = call->next) call->outcome = committed;
    } else if (writer->lines_count && writer->settings.publish) {
        writer->settings.publish(writer->lines, writer->lines_count, writer->settings.site);
    }
    row_put(&writer->answered, batch);
    tidy_log(writer->tidy, store_log_pages(writer->store));
}

static void *writer_main(void *mine)
{
    struct writer *writer = mine;
    struct call *batch;

    prctl(PR_SET_NAME, "writer");
    while ((batch = row_take(&writer->asked, WRITER_ACTS_MAX))) {
        id seq_before = writer->next_seq;

        settle_batch(writer, batch, run_batch(writer, batch), seq_before);
    }
    return NULL;
}

static void *answers_main(void *mine)
{
    struct writer *writer = mine;
    struct call *batch;

    prctl(PR_SET_NAME, "answers");
    while ((batch = row_take(&writer->answered, WRITER_BATCH_MAX))) {
        for (struct call *call = batch, *next; call; call = next) {
            next = call->next;
            if (call->outcome.fault) log_fault(call->act->name, call->outcome.fault);
            call->done(call); /* the call may be gone after this */
        }
    }
    return NULL;
}

static bool start(struct writer *writer)
{
    if (pthread_create(&writer->answered.thread, NULL, answers_main, writer)) return false;
    if (pthread_create(&writer->asked.thread, NULL, writer_main, writer) == 0) return true;
    row_end(&writer->answered);
    return false;
}

static void drop(struct writer *writer)
{
    tidy_close(&writer->tidy);
    store_close(&writer->store);
    row_close(&writer->asked);
    row_close(&writer->answered);
    free(writer->lines);
    free(writer);
}

struct outcome writer_open(const struct writer_settings *settings, struct writer **opened)
{
    struct writer *writer = calloc(1, sizeof *writer);
    struct outcome outcome;

    if (!writer || !(writer->lines = calloc(LINES_MAX, sizeof *writer->lines))) abort();
    writer->settings = *settings;
    row_open(&writer->asked);
    row_open(&writer->answered);
    outcome = store_open(settings->database, STORE_WRITE, &writer->store);
    if (IS_DONE(outcome)) outcome = journal_last(writer->store, &writer->next_seq);
    if (IS_DONE(outcome)) outcome = tidy_open(settings->database, &writer->tidy);
    if (IS_DONE(outcome)) store_leave_log(writer->store);
    if (IS_DONE(outcome)) store_commit_within(writer->store, COMMIT_MS_MAX);
    writer->next_seq++;
    if (IS_DONE(outcome) && !start(writer)) outcome = FAULT("cannot start the writer's threads");
    if (IS_DONE(outcome))
        *opened = writer;
    else
        drop(writer);
    return outcome;
}

void writer_close(struct writer **closing)
{
    struct writer *writer = *closing;

    if (!writer) return;
    row_end(&writer->asked);
    row_end(&writer->answered);
    drop(writer);
    *closing = NULL;
}

bool writer_post(struct writer *writer, struct call *call)
{
    struct row *row = &writer->asked;
    bool taken, is_first;

    call->next = NULL;
    journal_prepare(&call->scene); /* here, where many can do it at once */
    pthread_mutex_lock(&row->lock);
    taken = row->waiting < WRITER_WAITING_MAX && !row->stop;
    if (taken) {
        *row->last = call;
        row->last = &call->next;
    }
    is_first = taken && row->waiting++ == 0;
    pthread_mutex_unlock(&row->lock);
    if (is_first) pthread_cond_signal(&row->wake); /* who wakes does not run into the lock */
    return taken;
}

struct waiter {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool done;
};

static void wake_waiter(struct call *call)
{
    struct waiter *waiter = call->mine;

    pthread_mutex_lock(&waiter->lock);
    waiter->done = true;
    pthread_cond_signal(&waiter->wake);
    pthread_mutex_unlock(&waiter->lock);
}

void writer_wait(struct writer *writer, struct call *call)
{
    struct waiter waiter = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false};

    call->done = wake_waiter;
    call->mine = &waiter;
    if (!writer_post(writer, call)) {
        call->outcome = REFUSE(act_too_busy);
        return;
    }
    pthread_mutex_lock(&waiter.lock);
    while (!waiter.done) pthread_cond_wait(&waiter.wake, &waiter.lock);
    pthread_mutex_unlock(&waiter.lock);
}

size_t writer_waiting(const struct writer *writer)
{
    struct row *row = &((struct writer *)writer)->asked;
    size_t waiting;

    pthread_mutex_lock(&row->lock);
    waiting = row->waiting;
    pthread_mutex_unlock(&row->lock);
    return waiting;
}

static bool find_value(struct arena *arena, const struct act *act, const void *form,
                       const void *result, struct str name, struct str *value)
{
    int place = act->form ? form_place(act->form, name) : -1;

    if (place >= 0 && !form_is_amount(act->form->fields[place].kind)) {
        *value = *(const struct str *)((const char *)form + act->form->fields[place].at);
        return true;
    }
    for (size_t i = 0; result && act->result && i < act->result->members_count; i++) {
        const struct view_member *member = &act->result->members[i];
        const char *at = (const char *)result + member->at;

        if (!str_same(str_of(member->name), name)) continue;
        if (member->kind == VIEW_text || member->kind == VIEW_maybe)
            *value = *(const struct str *)at;
        else
            *value = arena_print(arena, "%lld", (long long)*(const int64_t *)at);
        return true;
    }
    if (place >= 0) {
        const char *at = (const char *)form + act->form->fields[place].at;

        *value = arena_print(arena, "%lld", (long long)*(const int64_t *)at);
    }
    return place >= 0;
}

struct str writer_location(struct arena *arena, const char *then, const struct act *act,
                           const void *form, const void *result)
{
    struct str rest = str_of(then), made = S("");

    while (rest.len) {
        struct str after, plain = str_cut(rest, '{', &after), name, value = S("");

        made = arena_print(arena, "%.*s%.*s", STR_ARGS(made), STR_ARGS(plain));
        if (plain.len == rest.len) break;
        name = str_cut(after, '}', &rest);
        if (!find_value(arena, act, form, result, name, &value)) abort(); /* a table is wrong */
        made = arena_print(arena, "%.*s%.*s", STR_ARGS(made), STR_ARGS(value));
    }
    return made;
}
