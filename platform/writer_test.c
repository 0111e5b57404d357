/* writer_test.c -- acts in one commit: each whole or not at all, each answered once. */
#include "platform/writer.h"

#include <criterion/criterion.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "gen/platform_sql.h"
#include "platform/database_test.h"
#include "platform/folder_test.h"
#include "platform/limits.h"
#include "platform/log.h"
#include "platform/secret.h"

#define NOTE_FORM(F)                                                                               \
    F(word, reference, REQUIRED, 1, 8, "", "")                                                     \
    F(lines, text, REQUIRED, 1, 99, "", "")
FORM_STRUCT(note, NOTE_FORM)
#define FORM_THIS note_form
FORM_TABLE(note, NOTE_FORM)
#undef FORM_THIS

#define NOTED_VIEW(V)                                                                              \
    V(api, text, token, _)                                                                         \
    V(api, number, seq, _)
VIEW_STRUCT(noted, NOTED_VIEW)
#define VIEW_THIS noted_view
VIEW_TABLE(noted, NOTED_VIEW)
#undef VIEW_THIS

static const struct reason note_full = {"note.full", "No more fits.", 409};
static const char schema[] = "create table note (seq bigint not null primary key, text text);";

static struct arena *arena;
static struct writer *writer;
static struct store *reader;
static char folder[FOLDER_LEN], database[640];

/* A door the first act waits behind, so that all others are one batch. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool is_waiting, may_go;
static size_t finished, published_calls, published_lines;
static struct line published[1024];
static int runs;

static struct outcome add_note(struct store *store, id seq, struct str text)
{
    static const char sql[] = "insert into note (seq, text) values (?1, ?2)";
    struct statement *statement;
    bool row;

    TRY(statement_open(store, sql, &statement));
    statement_int(statement, 1, seq);
    statement_text(statement, 2, text);
    struct outcome outcome = statement_step(statement, &row);
    statement_close(&statement);
    return outcome;
}

static int64_t count_of(const char *sql)
{
    struct statement *statement;
    int64_t count = -1;
    bool row;

    cr_assert(IS_DONE(statement_open(reader, sql, &statement)), "%s", sql);
    if (IS_DONE(statement_step(statement, &row)) && row) count = statement_get_int(statement, 0);
    statement_close(&statement);
    return count;
}

static struct outcome note_run(struct scene *scene, const void *values, void *result)
{
    const struct note_form *form = values;
    struct noted_view *noted = result;

    runs++;
    TRY(add_note(scene->store, scene->seq, form->text));
    scene_about(scene, 7, 8);
    if (str_same(form->text, S("refuse"))) return REFUSE_WITH(note_full, S("why"));
    if (str_same(form->text, S("fault"))) return FAULT("the disk is wet");
    if (str_same(form->text, S("keep"))) {
        scene->keep = true;
        return REFUSE(note_full);
    }
    scene->quiet = str_same(form->text, S("quiet")) || str_same(form->text, S("quiet ids"));
    if (str_same(form->text, S("quiet ids"))) scene_new_id(scene);
    if (str_same(form->text, S("tell"))) scene_tell(scene, "note.told", 9, 10);
    if (str_same(form->text, S("cookie"))) {
        scene_cookie(scene, S("gongdao"), S("TOKEN="), 3600);
        scene_cookie(scene, S("old"), S(""), -1);
    }
    if (noted)
        *noted =
            (struct noted_view){.token = arena_print(scene->arena, "%d", runs), .seq = scene->seq};
    return DONE;
}

static struct outcome wait_run(struct scene *scene, const void *form, void *result)
{
    (void)form, (void)result;
    scene->quiet = true;
    pthread_mutex_lock(&lock);
    is_waiting = true;
    pthread_cond_broadcast(&changed);
    while (!may_go) pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
    return DONE;
}

static struct outcome shut_run(struct scene *scene, const void *form, void *result)
{
    (void)scene, (void)form, (void)result;
    return REFUSE(note_full);
}

static const struct act note = {.name = "note.add",
                                .who = WHO_ANYONE,
                                .form = &note_form,
                                .result = &noted_view,
                                .run = note_run};
static const struct act plain = {.name = "note.add", .form = &note_form, .run = note_run};
static const struct act shut = {.name = "note.shut", .run = shut_run};
static const struct act door = {.name = "note.door", .run = wait_run};

static void count_publish(const struct line *lines, size_t count, void *site)
{
    (void)site;
    pthread_mutex_lock(&lock);
    published_calls++;
    for (size_t i = 0; i < count; i++) {
        if (published_lines < COUNT(published)) published[published_lines] = lines[i];
        published_lines++;
    }
    pthread_mutex_unlock(&lock);
}

static void set_up(void)
{
    struct store *store;
    struct writer_settings settings = {.publish = count_publish};
    char tables[4096];
    struct str where;
    bool made;

    log_quiet(true);
    secret_open_for_tests();
    arena = arena_open((size_t)64 << 20);
    folder_make(folder);
    snprintf(tables, sizeof tables, "%s%s", platform_schema, schema);
    where = database_for_test(tables, &made);
    snprintf(database, sizeof database, "%s/db", folder);
    if (where.len) snprintf(database, sizeof database, "%.*s", STR_ARGS(where));
    settings.database = str_of(database);
    cr_assert(IS_DONE(store_open(settings.database, STORE_WRITE, &store)));
    if (!made) database_make_tables(store, (const struct module *[]){NULL});
    if (!made) cr_assert(IS_DONE(store_script(store, schema)));
    store_close(&store);
    cr_assert(IS_DONE(writer_open(&settings, &writer)));
    cr_assert(IS_DONE(store_open(settings.database, STORE_READ, &reader)));
}

static void tear_down(void)
{
    may_go = true;
    pthread_cond_broadcast(&changed);
    writer_close(&writer);
    store_close(&reader);
    database_give_back();
    folder_drop(folder);
    arena_close(&arena);
    secret_close();
}

TestSuite(writer, .init = set_up, .fini = tear_down);

static void is_finished(struct call *call)
{
    (void)call;
    pthread_mutex_lock(&lock);
    finished++;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
}

static struct call call_of(const struct act *act, const struct note_form *form, void *result)
{
    return (struct call){
        .act = act,
        .scene = {.arena = arena, .channel = S("web"), .address = S(""), .actor.person_id = 5},
        .form = (void *)form,
        .result = result,
        .then = "",
        .status = 201,
        .done = is_finished};
}

/* Closes the door: what is posted until open_door() waits in the queue together. */
static void close_door(struct call *call)
{
    *call = call_of(&door, NULL, NULL);
    cr_assert(writer_post(writer, call));
    pthread_mutex_lock(&lock);
    while (!is_waiting) pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
}

static void open_door(size_t count)
{
    pthread_mutex_lock(&lock);
    may_go = true;
    pthread_cond_broadcast(&changed);
    while (finished < count) pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
}

static struct note_form form_of(const char *text)
{
    return (struct note_form){.reference = S("AB"), .text = str_of(text)};
}

Test(writer, an_act_that_fails_in_a_batch_leaves_nothing_and_harms_nobody)
{
    static const char *const texts[] = {"one", "refuse", "two", "fault", "tell", "three"};
    struct note_form forms[COUNT(texts)];
    struct call calls[COUNT(texts)], first;
    int64_t seq = 0;

    close_door(&first);
    for (size_t i = 0; i < COUNT(texts); i++) {
        forms[i] = form_of(texts[i]);
        calls[i] = call_of(&plain, &forms[i], NULL);
        cr_assert(writer_post(writer, &calls[i]));
    }
    cr_expect_eq(writer_waiting(writer), COUNT(texts));
    open_door(COUNT(texts) + 1);
    cr_expect_eq(calls[1].outcome.refusal, &note_full);
    cr_expect(str_same(calls[1].outcome.detail, S("why")));
    cr_expect_str_eq(calls[3].outcome.fault, "the disk is wet");
    for (size_t i = 0; i < COUNT(texts); i++)
        cr_expect(i == 1 || i == 3 || IS_DONE(calls[i].outcome), "%zu", i);
    cr_expect_eq(count_of("select count(*) from note"), 4);
    cr_expect_eq(count_of("select count(*) from note where text in ('refuse', 'fault')"), 0);
    cr_expect_eq(published_calls, 1, "all of them in one commit");
    cr_assert_eq(published_lines, 5);
    for (size_t i = 0; i < 5; i++) {
        cr_expect_eq(published[i].seq, ++seq, "numbers rise by one, without gaps");
        cr_expect_str_eq(published[i].act, i == 3 ? "note.told" : "note.add");
        cr_expect_eq(published[i].case_id, i == 3 ? 9 : 7);
        cr_expect_eq(published[i].actor_id, 5);
    }
    cr_expect_eq(count_of("select count(*) from journal"), 5);
    cr_expect_eq(count_of("select max(seq) from journal"), 5);
}

Test(writer, an_act_run_again_begins_as_it_began)
{
    static const char *const texts[] = {"tell", "cookie", "keep", "fault"};
    struct note_form forms[COUNT(texts)];
    struct noted_view noted[COUNT(texts)];
    struct call calls[COUNT(texts)], first;

    close_door(&first);
    for (size_t i = 0; i < COUNT(texts); i++) {
        forms[i] = form_of(texts[i]);
        calls[i] = call_of(&note, &forms[i], &noted[i]);
        cr_assert(writer_post(writer, &calls[i]));
    }
    open_door(COUNT(texts) + 1);
    cr_expect_eq(runs, 2 * (int)COUNT(texts), "the last one's fault undid them all");
    cr_expect_eq(calls[0].scene.lines_count, 1, "told once");
    cr_expect_eq(calls[1].scene.cookies_count, 2, "each cookie is set once");
    cr_expect_eq(calls[2].outcome.refusal, &note_full);
    cr_expect_str_eq(calls[3].outcome.fault, "the disk is wet");
    cr_expect_eq(noted[1].seq, calls[1].scene.seq, "told what was committed, not what was undone");
    cr_expect_eq(count_of("select count(*) from note"), 3);
    cr_expect_eq(count_of("select count(*) from journal"), 4);
    cr_expect_eq(count_of("select max(seq) from journal"), 4, "no number is left out");
    cr_expect_eq(published_lines, 4, "and none is told twice");
}

Test(writer, a_refusal_before_anything_was_written_undoes_nobody)
{
    struct note_form form = form_of("one");
    struct call first, calls[2] = {call_of(&plain, &form, NULL), call_of(&shut, NULL, NULL)};

    close_door(&first);
    for (size_t i = 0; i < COUNT(calls); i++) cr_assert(writer_post(writer, &calls[i]));
    open_door(COUNT(calls) + 1);
    cr_expect_eq(calls[1].outcome.refusal, &note_full);
    cr_expect_eq(runs, 1);
    cr_expect_eq(count_of("select count(*) from note"), 1);
    cr_expect_eq(count_of("select count(*) from journal"), 1);
}

Test(writer, numbers_go_on_where_they_were_after_a_restart)
{
    struct note_form form = form_of("one");
    struct call call = call_of(&plain, &form, NULL);
    struct writer_settings settings = {.database = str_of(database)};

    writer_wait(writer, &call);
    writer_close(&writer);
    cr_assert(IS_DONE(writer_open(&settings, &writer)));
    call = call_of(&plain, &form, NULL);
    writer_wait(writer, &call);
    cr_expect(IS_DONE(call.outcome));
    cr_expect_eq(call.scene.seq, 2);
}

Test(writer, a_refusal_may_be_kept)
{
    struct note_form form = form_of("keep");
    struct call call = call_of(&plain, &form, NULL);

    writer_wait(writer, &call);
    cr_expect_eq(call.outcome.refusal, &note_full);
    cr_expect_eq(count_of("select count(*) from note"), 1);
    cr_expect_eq(count_of("select count(*) from journal"), 1);
    cr_expect_eq(published_lines, 1);
}

Test(writer, a_quiet_act_leaves_its_rows_and_no_line)
{
    struct note_form form = form_of("quiet"), next = form_of("next");
    struct call call = call_of(&plain, &form, NULL);

    writer_wait(writer, &call);
    cr_expect(IS_DONE(call.outcome));
    cr_expect_eq(count_of("select count(*) from note"), 1);
    cr_expect_eq(count_of("select count(*) from journal"), 0);
    cr_expect_eq(published_calls, 0);
    call = call_of(&plain, &next, NULL);
    writer_wait(writer, &call);
    cr_expect(call.outcome.fault != NULL, "the number of a quiet act is used again");
}

Test(writer, a_quiet_act_that_took_ids_is_undone_as_a_fault)
{
    struct note_form form = form_of("quiet ids"), next = form_of("next");
    struct call call = call_of(&plain, &form, NULL);

    writer_wait(writer, &call);
    cr_expect(call.outcome.fault != NULL);
    cr_expect_eq(count_of("select count(*) from note"), 0);
    call = call_of(&plain, &next, NULL);
    writer_wait(writer, &call);
    cr_expect(IS_DONE(call.outcome), "whoever comes after it has the number to themselves");
    cr_expect_eq(count_of("select count(*) from journal"), 1);
}

Test(writer, the_same_key_again_gives_the_same_answer_and_does_nothing_twice)
{
    struct note_form form = form_of("cookie");
    struct noted_view result = {0}, other = {0};
    struct call first = call_of(&note, &form, &result), again = call_of(&note, &form, &other);
    struct out *json = out_open(arena, 4096);

    first.once = again.once = S("key");
    first.then = again.then = "/notes/{reference}/{token}?seq={seq}";
    writer_wait(writer, &first);
    again.status = 500;
    writer_wait(writer, &again);
    cr_expect_eq(runs, 1);
    cr_expect_not(first.replayed);
    cr_expect(again.replayed);
    cr_expect_eq(again.status, 201);
    cr_expect(str_same(first.location, S("/notes/AB/1?seq=1")));
    cr_expect(str_same(again.location, first.location));
    view_json(json, &noted_view, &result);
    cr_expect(str_same(again.replay, out_text(json)), "%.*s", STR_ARGS(again.replay));
    cr_assert_eq(again.scene.cookies_count, 2, "a browser shows only the second answer");
    cr_expect(str_same(again.scene.cookies[0].name, S("gongdao")));
    cr_expect(str_same(again.scene.cookies[0].value, S("TOKEN=")));
    cr_expect_eq(again.scene.cookies[0].seconds, 3600);
    cr_expect(str_same(again.scene.cookies[1].name, S("old")));
    cr_expect_eq(again.scene.cookies[1].value.len, 0);
    cr_expect_eq(again.scene.cookies[1].seconds, -1);
    cr_expect_eq(count_of("select count(*) from journal"), 1);
    cr_expect_eq(count_of("select count(*) from once where body like '%TOKEN%'"), 0,
                 "what may hold a token is sealed");
}

Test(writer, two_of_one_key_in_one_batch_are_done_once)
{
    struct note_form form = form_of("one");
    struct noted_view results[2] = {0};
    struct call calls[2], first;

    close_door(&first);
    for (size_t i = 0; i < 2; i++) {
        calls[i] = call_of(&note, &form, &results[i]);
        calls[i].once = S("key");
        cr_assert(writer_post(writer, &calls[i]));
    }
    open_door(3);
    cr_expect_eq(runs, 1);
    cr_expect_not(calls[0].replayed);
    cr_expect(calls[1].replayed);
}

Test(writer, a_key_whose_act_was_refused_may_be_used_again)
{
    struct note_form bad = form_of("refuse"), good = form_of("good");
    struct call call = call_of(&plain, &bad, NULL);

    call.once = S("key");
    writer_wait(writer, &call);
    cr_expect_eq(call.outcome.refusal, &note_full);
    call = call_of(&plain, &good, NULL);
    call.once = S("key");
    writer_wait(writer, &call);
    cr_expect(IS_DONE(call.outcome));
    cr_expect_not(call.replayed);
    call = call_of(&plain, &good, NULL);
    call.once = S("key");
    writer_wait(writer, &call);
    cr_expect(str_same(call.replay, S("{}")), "an act without a result answers {} both times");
}

static void set_deadline(int64_t case_id, moment at)
{
    struct store *store;

    /* The writer is idle: nobody else has the database open for writing now. */
    writer_close(&writer);
    cr_assert(IS_DONE(store_open(str_of(database), STORE_WRITE, &store)));
    cr_assert(IS_DONE(platform_set_deadline(store, S("note.due"), case_id, at, at)));
    store_close(&store);
    struct writer_settings settings = {.database = str_of(database)};
    cr_assert(IS_DONE(writer_open(&settings, &writer)));
}

/* note_run reads a note_form; the clock hands in a clock_form.  One that begins with it is both. */
static struct outcome due_run(struct scene *scene, const void *form, void *result)
{
    static const char *const texts[] = {"one", "refuse", "fault", "keep"};
    const struct clock_form *what = form;
    struct note_form written = form_of(texts[what->case_id % 10]);

    return note_run(scene, &written, result);
}

Test(writer, a_deadline_goes_with_its_act_and_stays_when_the_act_faults)
{
    const struct act clocked = {.name = "note.due", .run = due_run};

    for (int64_t kind = 0; kind < 4; kind++) {
        struct clock_form form = {.case_id = 70 + kind, .due_at = 1000};
        struct call call;

        set_deadline(form.case_id, form.due_at);
        call = call_of(&clocked, NULL, NULL);
        call.form = &form;
        call.clock_due = form.due_at;
        writer_wait(writer, &call);
        cr_expect_eq(IS_DONE(call.outcome), kind == 0);
        cr_expect_eq(count_of("select count(*) from deadline"), kind >= 2,
                     "done, refused and kept go; the faulted one stays (%d)", (int)kind);
    }
}

Test(writer, a_deadline_that_was_moved_meanwhile_stays)
{
    const struct act clocked = {.name = "note.due", .run = due_run};
    struct clock_form form = {.case_id = 70, .due_at = 1000};
    struct call call;

    set_deadline(70, 2000);
    call = call_of(&clocked, NULL, NULL);
    call.form = &form;
    call.clock_due = form.due_at;
    writer_wait(writer, &call);
    cr_expect_eq(count_of("select count(*) from deadline where due_at = 2000"), 1);
}

/* As two nodes, whose clocks have both found it due. */
Test(writer, a_deadline_found_due_by_two_writers_is_performed_once)
{
    const struct act clocked = {.name = "note.due", .run = due_run};
    struct clock_form form = {.case_id = 70, .due_at = 1000};
    struct writer_settings settings = {.database = str_of(database)};
    struct writer *writers[2];
    int done = 0;

    set_deadline(70, 1000); /* opens the writer anew */
    writers[0] = writer;
    cr_assert(IS_DONE(writer_open(&settings, &writers[1])));
    for (size_t i = 0; i < 2; i++) {
        struct call call = call_of(&clocked, NULL, NULL);

        call.form = &form;
        call.clock_due = form.due_at;
        writer_wait(writers[i], &call);
        done += IS_DONE(call.outcome);
        if (i) cr_expect_eq(call.outcome.refusal, &writer_not_due);
    }
    cr_expect_eq(done, 1);
    cr_expect_eq(runs, 1);
    cr_expect_eq(count_of("select count(*) from journal"), 1);
    writer_close(&writers[1]);
}

Test(writer, a_clock_that_lags_takes_the_journal_not_back_in_time)
{
    struct note_form form = form_of("one");
    struct store *store;
    moment ahead = time(NULL) + 30;
    char line[256];
    struct call call;

    snprintf(line, sizeof line,
             "insert into journal (seq, at, act, actor_id, case_id, for_id, channel, address,"
             " detail) values (1, %lld, 'note.add', 0, 0, 0, '', '', '')",
             (long long)ahead);
    cr_assert(IS_DONE(store_open(str_of(database), STORE_WRITE, &store)));
    cr_assert(IS_DONE(store_script(store, line)));
    call = call_of(&plain, &form, NULL);
    writer_wait(writer, &call);
    cr_expect(IS_DONE(call.outcome));
    cr_expect_eq(call.scene.now, ahead);
    cr_expect(IS_DONE(journal_check(store)));
    store_close(&store);
}

/* Another node, or a command, has the lock: one commit for all who come until it gives it back. */
Test(writer, acts_that_come_while_the_lock_is_waited_for_are_committed_with_the_first)
{
    struct note_form form = form_of("one");
    struct call calls[20];
    struct store *other;

    cr_assert(IS_DONE(store_open(str_of(database), STORE_WRITE, &other)));
    cr_assert(IS_DONE(store_begin(other)));
    for (size_t i = 0; i < COUNT(calls); i++) {
        calls[i] = call_of(&plain, &form, NULL);
        cr_assert(writer_post(writer, &calls[i]));
        while (i == 0 && writer_waiting(writer)) usleep(1000); /* until it waits for the lock */
    }
    store_rollback(other);
    store_close(&other);
    open_door(COUNT(calls));
    for (size_t i = 0; i < COUNT(calls); i++) cr_expect(IS_DONE(calls[i].outcome));
    cr_expect_eq(count_of("select count(*) from note"), (int64_t)COUNT(calls));
    cr_expect_eq(published_calls, 1, "%zu commits", published_calls);
}

Test(writer, a_full_queue_refuses_at_once)
{
    struct call *calls = calloc(WRITER_WAITING_MAX + 1, sizeof *calls), first;
    struct note_form form = form_of("quiet");
    size_t posted = 0;

    close_door(&first);
    while (posted <= WRITER_WAITING_MAX) {
        calls[posted] = call_of(&door, &form, NULL);
        if (!writer_post(writer, &calls[posted])) break;
        posted++;
    }
    cr_expect_eq(posted, WRITER_WAITING_MAX);
    writer_wait(writer, &calls[posted]);
    cr_expect_eq(calls[posted].outcome.refusal, &act_too_busy, "and says so");
    open_door(posted + 1);
    cr_expect_eq(writer_waiting(writer), 0, "what was accepted is done all the same");
    free(calls);
}

Test(writer, what_was_accepted_is_finished_before_it_closes)
{
    struct note_form form = form_of("one");
    struct call calls[3], first;

    close_door(&first);
    for (size_t i = 0; i < 3; i++) {
        calls[i] = call_of(&plain, &form, NULL);
        cr_assert(writer_post(writer, &calls[i]));
    }
    pthread_mutex_lock(&lock);
    may_go = true;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    writer_close(&writer);
    cr_expect_eq(finished, 4);
    cr_expect_eq(count_of("select count(*) from note"), 3);
}

Test(writer, places_of_an_address_are_filled_from_form_and_result)
{
    struct note_form form = form_of("x");
    struct noted_view result = {.token = S("T"), .seq = 12};

    cr_expect(str_same(writer_location(arena, "/a", &note, &form, &result), S("/a")));
    cr_expect(str_same(writer_location(arena, "", &note, &form, &result), S("")));
    cr_expect(str_same(writer_location(arena, "{reference}", &note, &form, NULL), S("AB")));
    cr_expect(str_same(writer_location(arena, "/{reference}/{seq}{token}/z", &note, &form, &result),
                       S("/AB/12T/z")));
}
