/* toy_test.c -- see toy_test.h: the site. */
#include "platform/toy_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "platform/hub.h"
#include "platform/known.h"
#include "platform/limits.h"
#include "platform/log.h"
#include "platform/metrics.h"
#include "platform/secret.h"

atomic_int toy_rings, toy_bell_fault, toy_entered, toy_undone, toy_away;
atomic_bool toy_bell_refuses, toy_may_go;
static atomic_bool gone[4]; /* by person: the session was ended */

/* ---- letters ---- */

#define WRITE_FORM(F)                                                                              \
    F(number, box, REQUIRED, 1, 99999999, "Box", "")                                               \
    F(lines, text, REQUIRED, 2, 10, "Your letter", "A few words")                                  \
    F(number, stars, OPTIONAL, 1, 5, "Stars", "")                                                  \
    F(flag, urgent, OPTIONAL, 0, 1, "Urgent", "")                                                  \
    F(words, wants__marks, OPTIONAL, 1, 20, "Marks", "")                                           \
    F(phone, wants__phone, OPTIONAL, 8, 20, "Phone", "")                                           \
    F(inside, made, OPTIONAL, 0, 0, "", "")
FORM_STRUCT(toy_write, WRITE_FORM)
#define FORM_THIS toy_write_form
FORM_TABLE(toy_write, WRITE_FORM)
#undef FORM_THIS

#define SIGN_FORM(F)                                                                               \
    F(number, box, REQUIRED, 1, 99999999, "Box", "")                                               \
    F(file, picture, REQUIRED, 1, 1000, "Picture", "")                                             \
    F(secret, password, REQUIRED, 1, 20, "Password", "")
FORM_STRUCT(toy_sign, SIGN_FORM)
#define FORM_THIS toy_sign_form
FORM_TABLE(toy_sign, SIGN_FORM)
#undef FORM_THIS

#define BOX_FORM(F)                                                                                \
    F(number, box, REQUIRED, 1, 99999999, "Box", "")                                               \
    F(number, after, OPTIONAL, 0, INT64_MAX, "After", "")                                          \
    F(word, order, OPTIONAL, 0, 8, "Order", "")
FORM_STRUCT(toy_box, BOX_FORM)
#define FORM_THIS toy_box_form
FORM_TABLE(toy_box, BOX_FORM)
#undef FORM_THIS

#define WRITTEN_VIEW(V)                                                                            \
    V(api, number, seq, _)                                                                         \
    V(api, number, box, _)                                                                         \
    V(api, time, at, _)
VIEW_STRUCT(toy_written, WRITTEN_VIEW)
#define VIEW_THIS toy_written_view
VIEW_TABLE(toy_written, WRITTEN_VIEW)
#undef VIEW_THIS

#define LETTER_VIEW(V)                                                                             \
    V(api, number, seq, _)                                                                         \
    V(api, text, text, _)
VIEW_STRUCT(toy_letter, LETTER_VIEW)
#define VIEW_THIS toy_letter_view
VIEW_TABLE(toy_letter, LETTER_VIEW)
#undef VIEW_THIS

#define BOX_VIEW(V)                                                                                \
    V(api, number, box, _)                                                                         \
    V(api, list, letters, toy_letter)                                                              \
    V(page, number, seen, _)
VIEW_STRUCT(toy_box, BOX_VIEW)
#define VIEW_THIS toy_box_view
VIEW_TABLE(toy_box, BOX_VIEW)
#undef VIEW_THIS

static const char letter_schema[] =
    "create table letter (seq bigint not null primary key, box bigint not null, text text);"
    "create index letter_box on letter (box, seq);";

static const struct reason letter_closed = {"letter.closed", "Box %1 is closed.", 409};
static const struct reason letter_rude = {"letter.rude", "“%1” is rude.", .field = "text"};

static struct outcome write_prepare(struct scene *scene, void *values)
{
    struct toy_write_form *form = values;

    (void)scene;
    if (!str_same(form->text, S("wait"))) return DONE;
    toy_entered++;
    while (!toy_may_go) usleep(2000);
    return DONE;
}

static struct outcome write_run(struct scene *scene, const void *values, void *result)
{
    static const char sql[] = "insert into letter (seq, box, text) values (?1, ?2, ?3)";
    const struct toy_write_form *form = values;
    struct statement *statement;
    struct outcome outcome;
    bool row;

    TRY(statement_open(scene->store, sql, &statement));
    statement_int(statement, 1, scene->seq);
    statement_int(statement, 2, form->box);
    statement_text(statement, 3, form->text);
    outcome = statement_step(statement, &row);
    statement_close(&statement);
    if (!IS_DONE(outcome)) return outcome;
    if (str_same(form->text, S("closed"))) return REFUSE_WITH(letter_closed, S("<7>"));
    if (str_same(form->text, S("fool"))) return REFUSE_WITH(letter_rude, form->text);
    if (str_same(form->text, S("fault"))) return FAULT("made to");
    if (str_same(form->text, S("away")))
        return (struct outcome){.fault = "made to be away", .again_seconds = 3};
    scene_about(scene, form->box, 0);
    scene_cookie(scene, S("toy"), S("written"), 60);
    if (str_same(form->text, S("bye"))) scene_cookie(scene, S("gongdao"), S(""), -1);
    *(struct toy_written_view *)result =
        (struct toy_written_view){.seq = scene->seq, .box = form->box, .at = scene->now};
    return DONE;
}

static void write_undo(const void *form)
{
    (void)form;
    toy_undone++;
}

static const struct act letter_write = {.name = "letter.write",
                                        .who = WHO_ANYONE,
                                        .form = &toy_write_form,
                                        .result = &toy_written_view,
                                        .prepare = write_prepare,
                                        .run = write_run,
                                        .undo = write_undo};
static const struct act letter_carve = {.name = "letter.carve",
                                        .who = WHO_ANYONE,
                                        .form = &toy_write_form,
                                        .result = &toy_written_view,
                                        .prepare = write_prepare,
                                        .slow = true,
                                        .run = write_run,
                                        .undo = write_undo};

static struct outcome sign_run(struct scene *scene, const void *values, void *result)
{
    (void)values, (void)result;
    scene_about(scene, 7, 0);
    return DONE;
}

static const struct act letter_sign = {
    .name = "letter.sign", .who = WHO_ANYONE, .form = &toy_sign_form, .run = sign_run};

static struct outcome list_letters(struct scene *scene, int64_t box, int64_t after,
                                   struct toy_letter_view **letters, size_t *count)
{
    static const char sql[] =
        "select seq, text from letter where box = ?1 and seq > ?2 order by seq limit 100";
    struct statement *statement;
    struct outcome outcome;
    bool row = true;

    *letters = NEW_MANY(scene->arena, struct toy_letter_view, STREAM_EVENTS_MAX);
    *count = 0;
    TRY(statement_open(scene->store, sql, &statement));
    statement_int(statement, 1, box);
    statement_int(statement, 2, after);
    while (IS_DONE(outcome = statement_step(statement, &row)) && row) {
        (*letters)[*count].seq = statement_get_int(statement, 0);
        (*letters)[(*count)++].text = statement_get_text(scene->arena, statement, 1);
    }
    statement_close(&statement);
    return outcome;
}

static struct outcome box_show(struct request *request, const void *query, void *values)
{
    const struct toy_box_form *form = query;
    struct toy_box_view *view = values;
    struct toy_letter_view *letters;

    if (form->box == 404) return REFUSE(act_unknown);
    view->box = form->box;
    TRY(list_letters(request->scene, form->box, form->after, &letters, &view->letters_count));
    view->letters = letters;
    return DONE;
}

static void box_title(struct out *out, const struct face *face, const void *view)
{
    (void)face, (void)view;
    OUT_LITERAL(out, "Box");
}

static void box_body(struct out *out, const struct face *face, const void *values)
{
    const struct toy_box_view *view = values;

    form_errors(out, face);
    OUT_LITERAL(out, "<form method=\"post\">");
    form_csrf(out, face);
    form_field(out, face, &toy_write_form, "text");
    OUT_LITERAL(out, "</form><ol>");
    for (size_t i = 0; i < view->letters_count; i++) {
        OUT_LITERAL(out, "<li>");
        out_put(out, view->letters[i].text);
        OUT_LITERAL(out, "</li>");
    }
    OUT_LITERAL(out, "</ol>");
}

static const struct template box_html = {box_title, box_body};

static struct outcome box_file(struct request *request, const void *query, struct file_answer *file)
{
    (void)request, (void)query;
    *file =
        (struct file_answer){.bytes = S("\xff\xd8"), .type = S("image/jpeg"), .name = S("公.jpg")};
    return DONE;
}

static struct outcome box_sit(struct scene *scene, const void *query, struct seat *seat)
{
    const struct toy_box_form *form = query;

    (void)scene;
    seat->case_id = form->box;
    seat->after = form->after;
    seat->waiting = true;
    return DONE;
}

static struct outcome box_tell(struct scene *scene, struct seat *seat, struct out *out)
{
    struct toy_letter_view *letters;
    size_t count;

    TRY(list_letters(scene, seat->case_id, seat->after, &letters, &count));
    for (size_t i = 0; i < count; i++) {
        struct out *data = out_open(scene->arena, 4096);

        view_json(data, &toy_letter_view, &letters[i]);
        event_put(out, "letter", letters[i].seq, out_text(data));
        seat->after = letters[i].seq;
    }
    if (count && toy_away > 0) {
        toy_away--;
        return (struct outcome){.fault = "made to be away", .again_seconds = 3};
    }
    return DONE;
}

static struct outcome box_tick(struct scene *scene, struct seat *seat, struct out *out)
{
    id last;

    TRY(journal_last(scene->store, &last));
    if (last == seat->memory[0]) return DONE;
    seat->memory[0] = last;
    event_put(out, "tick", 0, arena_print(scene->arena, "%lld", (long long)last));
    return DONE;
}

static const struct stream box_stream = {box_sit, box_tell, box_tick};

static struct outcome box_say(struct scene *scene, const void *query, struct whisper *whisper)
{
    const struct toy_box_form *form = query;

    *whisper = (struct whisper){
        .case_id = form->box,
        .event = "typing",
        .data = arena_print(scene->arena, "{\"who\":%lld}", (long long)scene->actor.person_id)};
    return DONE;
}

/* ---- sessions ---- */

static struct outcome end_run(struct scene *scene, const void *form, void *result)
{
    (void)form, (void)result;
    gone[scene->actor.person_id & 3] = true;
    scene_about(scene, 0, scene->actor.person_id);
    return DONE;
}

static const struct act session_end = {.name = "session.end", .who = WHO_SIGNED_IN, .run = end_run};

static const struct page_instead rather_later = {.field = "wants__marks",
                                                 .now = "now",
                                                 .later = "later",
                                                 .first = "urgent",
                                                 .later_label = "Rather later"};
/* Who comes first is told beside the form's own fields. */
static const struct page_instead later_by_call = {.field = "wants__marks",
                                                  .now = "now",
                                                  .later = "later",
                                                  .first = "cared_for",
                                                  .later_label = "Rather later"};

static const struct query_known box_known[] = {{"order", "oldest newest", NULL}, {0}};

KNOWN_SHOW(show_known_boxes_box, toy_box_form, box_known, box_show)

static const struct page letter_pages[] = {
    {.method = GET,
     .path = "/boxes/{box}",
     .who = WHO_ANYONE,
     .about = "A box and its letters",
     .query = &toy_box_form,
     .view = &toy_box_view,
     .html = &box_html,
     .show = show_known_boxes_box},
    {.method = POST,
     .path = "/boxes/{box}",
     .who = WHO_ANYONE,
     .act = &letter_write,
     .then = "/boxes/{box}?seq={seq}",
     .said = "Posted.",
     .again = "/boxes/{box}",
     .status = 201},
    {.method = POST,
     .path = "/boxes/{box}/replies",
     .who = WHO_SIGNED_IN,
     .load = LOAD_LIVING,
     .act = &letter_write,
     .status = 201},
    {.method = POST,
     .path = "/boxes/{box}/asks",
     .who = WHO_ANYONE,
     .act = &letter_write,
     .instead = &rather_later,
     .then = "/boxes/{box}?seq={seq}",
     .again = "/boxes/{box}",
     .status = 201},
    {.method = POST,
     .path = "/boxes/{box}/calls",
     .who = WHO_ANYONE,
     .act = &letter_write,
     .instead = &later_by_call,
     .then = "/boxes/{box}?seq={seq}",
     .again = "/boxes/{box}"},
    {.method = POST,
     .path = "/boxes/{box}/carvings",
     .who = WHO_ANYONE,
     .act = &letter_carve,
     .then = "/boxes/{box}?seq={seq}",
     .again = "/boxes/{box}"},
    {.method = POST,
     .path = "/boxes/{box}/signatures",
     .who = WHO_ANYONE,
     .act = &letter_sign,
     .then = "/boxes/{box}",
     .again = "/boxes/{box}",
     .per_minute = 1},
    {.method = STREAM,
     .path = "/boxes/{box}/stream",
     .who = WHO_ANYONE,
     .query = &toy_box_form,
     .stream = &box_stream},
    {.method = WHISPER,
     .path = "/boxes/{box}/typing",
     .who = WHO_SIGNED_IN,
     .query = &toy_box_form,
     .say = box_say},
    {.method = GET,
     .path = "/boxes/{box}/file",
     .who = WHO_SIGNED_IN,
     .query = &toy_box_form,
     .file = box_file},
    {.method = DELETE, .path = "/session", .who = WHO_SIGNED_IN, .act = &session_end},
    {.method = POST, .path = "/often", .who = WHO_ANYONE, .act = &letter_write, .per_minute = 2},
    {0}};

/* ---- the bell ---- */

static struct outcome ring_run(struct scene *scene, const void *form, void *result)
{
    static const struct reason quiet = {"bell.quiet", "Not now."};

    (void)form, (void)result;
    scene_about(scene, ((const struct clock_form *)form)->case_id, 0);
    toy_rings++;
    if (toy_bell_fault > 0) {
        toy_bell_fault--;
        return FAULT("the bell is stuck");
    }
    return toy_bell_refuses ? REFUSE(quiet) : DONE;
}

static struct outcome wind_run(struct scene *scene, const void *values, void *result)
{
    const struct clock_form *form = values;

    (void)result;
    return clock_set(scene, "bell.ring", form->case_id, form->due_at);
}

static const struct act bell_ring = {.name = "bell.ring", .who = WHO_SYSTEM, .run = ring_run};
static const struct act bell_wind = {.name = "bell.wind", .who = WHO_SYSTEM, .run = wind_run};

static struct outcome bell_metrics(struct scene *scene, struct out *out)
{
    (void)scene;
    metrics_gauge(out, "toy_rings", "How often the bell rang.", toy_rings);
    return DONE;
}

static const struct act *const bell_clock[] = {&bell_ring, NULL};
static const struct module letter = {
    .name = "letter", .schema = letter_schema, .pages = letter_pages};
static const struct module bell = {
    .name = "bell", .clock_acts = bell_clock, .metrics = bell_metrics};
static const struct module *const modules[] = {&letter, &bell, NULL};

/* ---- hooks ---- */

static struct outcome identify(struct scene *scene, struct str token, struct actor *actor)
{
    (void)scene;
    if (str_same(token, S("alice")) && !gone[TOY_ALICE])
        *actor = (struct actor){.person_id = TOY_ALICE, .is = WHO_CONSULTANT, .name = S("Alice")};
    if (str_same(token, S("bob")) && !gone[TOY_BOB])
        *actor = (struct actor){.person_id = TOY_BOB, .is = WHO_RESIDENT, .name = S("Bob")};
    if (str_same(token, S("guest"))) *actor = (struct actor){.is = WHO_GUEST, .case_id = 7};
    return DONE;
}

static struct outcome still(struct scene *scene, const struct actor *actor, bool *good)
{
    (void)scene;
    *good = !gone[actor->person_id & 3];
    return DONE;
}

static void layout(struct out *out, const struct face *face, const struct template *page,
                   const void *page_view)
{
    OUT_LITERAL(out, "<!doctype html><title>");
    page->title(out, face, page_view);
    OUT_LITERAL(out, "</title><meta name=\"csrf\" content=\"");
    out_put(out, face->csrf);
    OUT_LITERAL(out, "\">");
    out_put(out, face->said);
    page->body(out, face, page_view);
}

static void trouble(struct out *out, const struct face *face, const struct reason *reason,
                    struct str detail)
{
    OUT_LITERAL(out, "<p>");
    out_str(out, text_fill(face->arena, face->language, reason->text, detail, S(""), S("")));
    OUT_LITERAL(out, "</p>");
}

static bool asset(struct str path, struct str encodings, struct str *bytes, struct str *type,
                  struct str *encoding)
{
    (void)encodings;
    *bytes = S("body{}"), *type = S("text/css"), *encoding = S("");
    return str_same(path, S("/static/toy.css"));
}

/* ---- opening and closing ---- */

static void must(struct outcome outcome)
{
    if (IS_DONE(outcome)) return;
    fprintf(stderr, "toy: %s\n", outcome.fault ? outcome.fault : outcome.refusal->key);
    abort();
}

static void open_toy(struct toy *toy, const char *listen, bool is_secure)
{
    struct store *store;
    struct site_settings settings = {.workers = 3,
                                     .loops = 1,
                                     .connections_max = 512,
                                     .connections_per_address_max = 512,
                                     .version = S("toy"),
                                     .secure_cookies = is_secure,
                                     .modules = modules,
                                     .hooks = {identify, layout, trouble, still, asset}};

    log_quiet(true);
    secret_open_for_tests();
    *toy = (struct toy){.arena = arena_open((size_t)64 << 20)};
    folder_make(toy->folder);
    snprintf(toy->database, sizeof toy->database, "%s/db", toy->folder);
    if (listen)
        snprintf(toy->where, sizeof toy->where, "%s", listen);
    else
        snprintf(toy->where, sizeof toy->where, "unix:%s/http", toy->folder);
    settings.listen = str_of(toy->where);
    settings.database = str_of(toy->database);
    must(store_open(settings.database, STORE_WRITE, &store));
    must(site_schema(store, modules, 1));
    must(site_schema(store, modules, 2)); /* safe to run again */
    store_close(&store);
    must(site_open(&settings, &toy->site));
}

void toy_open(struct toy *toy, const char *listen)
{
    open_toy(toy, listen, false);
}

void toy_open_secure(struct toy *toy)
{
    open_toy(toy, NULL, true);
}

void toy_close_site(struct toy *toy)
{
    site_close(&toy->site);
}

void toy_close(struct toy *toy)
{
    site_close(&toy->site);
    folder_drop(toy->folder);
    arena_close(&toy->arena);
    secret_close();
}

int64_t toy_count(struct toy *toy, const char *sql)
{
    struct store *store;
    struct statement *statement;
    int64_t count = -1;
    bool row;

    must(store_open(str_of(toy->database), STORE_READ, &store));
    must(statement_open(store, sql, &statement));
    must(statement_step(statement, &row));
    if (row) count = statement_get_int(statement, 0);
    statement_close(&statement);
    store_close(&store);
    return count;
}

void toy_ring_at(struct toy *toy, int64_t case_id, moment at)
{
    struct clock_form form = {.case_id = case_id, .due_at = at};

    must(site_act(toy->site, &bell_wind, &form, NULL, toy->arena));
}
