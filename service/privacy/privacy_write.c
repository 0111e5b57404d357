/* privacy_write.c -- what all rooms hold about somebody, counted, as a page and as JSON.
 *
 *  (1) Every list of every room is asked; what there is none of is left out, so a copy is short.
 *  (2) The page is one file that needs no other and runs nothing.
 *  (3) It is whole or none: of what is too much for one, nothing is left out unsaid.
 */
#include "desk/retention/retention_acts.h"
#include "platform/html.h"
#include "platform/limits.h"
#include "service/privacy/privacy_erase_acts.h"
#include "service/privacy/privacy_views.h"

/* Some three thousand pages of text: with what it is made in, a quarter of ARENA_BYTES_MAX. */
enum { COPY_BYTES_MAX = 12 * 1024 * 1024 };

static const struct held *const *all_rooms;

void privacy_learn(const struct held *const *rooms)
{
    all_rooms = rooms;
}

const struct held *const *privacy_rooms(void)
{
    return all_rooms;
}

struct writing {
    struct scene *scene;
    struct out *out;
    const struct held_list *list;
    struct str until; /* of this list, in words */
    size_t rows;  /* of this list */
    size_t lists; /* with rows in them */
};

/* Until when, by the period the bureau has set. */
static struct outcome say_until(struct writing *writing)
{
    const struct held_list *list = writing->list;
    struct scene *scene = writing->scene;
    int64_t days = 0;

    if (list->kind) TRY(retention_days(scene, list->kind, &days));
    writing->until =
        days ? text_fill(scene->arena, scene->language, list->after ? list->after : HELD_AFTER,
                         arena_print(scene->arena, "%lld", (long long)days), S(""), S(""))
             : text_in(scene->language, list->until);
    return DONE;
}

/* Asks every list of every room. */
static struct outcome walk(struct writing *writing, const struct held_person *person,
                           struct outcome (*take)(void *mine, const struct held_value *values,
                                                  size_t count),
                           void (*end)(struct writing *writing))
{
    for (const struct held *const *room = all_rooms; room && *room; room++) {
        for (const struct held_list *list = (*room)->lists; list && list->query; list++) {
            writing->list = list;
            writing->rows = 0;
            TRY(say_until(writing));
            TRY(held_read(writing->scene, *room, list, person, take, writing));
            if (writing->rows) end(writing);
        }
    }
    return DONE;
}

/* ---- how much ---- */

struct counting {
    struct writing writing;
    struct privacy_kind_view *kinds;
    size_t room;
};

static struct outcome count_row(void *mine, const struct held_value *values, size_t count)
{
    struct writing *writing = mine;

    (void)values, (void)count;
    writing->rows++;
    return DONE;
}

static void end_count(struct writing *writing)
{
    struct counting *counting = (struct counting *)writing;
    enum language language = writing->scene->language;

    if (writing->lists == counting->room) return;
    counting->kinds[writing->lists++] =
        (struct privacy_kind_view){.title = text_in(language, writing->list->title),
                                   .why = text_in(language, writing->list->why),
                                   .until = writing->until,
                                   .rows = (int64_t)writing->rows};
}

struct outcome privacy_count(struct scene *scene, const struct held_person *person,
                             const struct privacy_kind_view **kinds, size_t *count)
{
    struct counting counting = {.writing = {.scene = scene}};

    for (const struct held *const *room = all_rooms; room && *room; room++)
        for (const struct held_list *list = (*room)->lists; list && list->query; list++)
            counting.room++;
    counting.kinds = NEW_MANY(scene->arena, struct privacy_kind_view, counting.room + 1);
    TRY(walk(&counting.writing, person, count_row, end_count));
    *kinds = counting.kinds;
    *count = counting.writing.lists;
    return DONE;
}

/* ---- as a page ---- */

static void put_text(struct writing *writing, const char *text)
{
    out_str(writing->out, text_in(writing->scene->language, text));
}

static void begin_table(struct writing *writing)
{
    struct out *out = writing->out;

    OUT_LITERAL(out, "<h2>");
    put_text(writing, writing->list->title);
    OUT_LITERAL(out, "</h2>\n<p>");
    put_text(writing, T("What it is for:"));
    OUT_LITERAL(out, " ");
    put_text(writing, writing->list->why);
    OUT_LITERAL(out, "<br>");
    put_text(writing, T("Until when:"));
    OUT_LITERAL(out, " ");
    out_str(out, writing->until);
    OUT_LITERAL(out, "</p>\n");
}

static struct outcome put_page_row(void *mine, const struct held_value *values, size_t count)
{
    struct writing *writing = mine;
    struct out *out = writing->out;

    if (!writing->rows++) begin_table(writing);
    OUT_LITERAL(out, "<dl>");
    for (size_t i = 0; i < count; i++) {
        if (!values[i].text.len) continue;
        OUT_LITERAL(out, "<dt>");
        put_text(writing, values[i].column->label);
        OUT_LITERAL(out, "</dt><dd>");
        out_str(out, values[i].text);
        OUT_LITERAL(out, "</dd>");
    }
    OUT_LITERAL(out, "</dl>\n");
    return out_full(out) ? REFUSE(privacy_copy_too_long) : DONE;
}

static void end_table(struct writing *writing)
{
    writing->lists++;
}

static const char style[] =
    "body{font:1rem/1.6 system-ui,sans-serif;max-width:48rem;margin:0 auto;padding:1rem;"
    "overflow-wrap:anywhere}h2{margin-top:2rem}dl{border-top:1px solid #999;padding-top:.5rem;"
    "display:grid;grid-template-columns:minmax(8rem,1fr) 3fr;gap:.1rem 1rem}dt{color:#444}"
    "dd{margin:0;white-space:pre-wrap}@media(max-width:30rem){dl{display:block}}";

static struct outcome write_page(struct scene *scene, const struct held_person *person, moment at,
                                 struct out *out)
{
    struct writing writing = {.scene = scene, .out = out};

    OUT_LITERAL(out, "<!doctype html>\n<html lang=\"");
    out_raw_str(out, scene->language == LANGUAGE_ZH ? S("zh-CN") : S("en"));
    OUT_LITERAL(out, "\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                     "content=\"width=device-width, initial-scale=1\">\n<title>");
    put_text(&writing, T("What is held about you"));
    OUT_LITERAL(out, "</title>\n<style>");
    out_raw_str(out, str_of(style));
    OUT_LITERAL(out, "</style></head>\n<body>\n<h1>");
    put_text(&writing, T("What is held about you"));
    OUT_LITERAL(out, "</h1>\n<p>");
    put_text(&writing, T("Copy made on:"));
    OUT_LITERAL(out, " ");
    out_moment(out, scene->language, at);
    OUT_LITERAL(out, "</p>\n");
    TRY(walk(&writing, person, put_page_row, end_table));
    if (!writing.lists) {
        OUT_LITERAL(out, "<p>");
        put_text(&writing, T("Nothing is held."));
        OUT_LITERAL(out, "</p>\n");
    }
    OUT_LITERAL(out, "</body>\n</html>\n");
    return out_full(out) ? REFUSE(privacy_copy_too_long) : DONE;
}

/* ---- as JSON ---- */

static void put_member(struct out *out, const char *name, struct str text)
{
    out_json_str(out, str_of(name));
    OUT_LITERAL(out, ":");
    out_json_str(out, text);
}

static void put_value(struct out *out, const struct held_value *value)
{
    if (value->is_number)
        out_int(out, value->number);
    else if (!value->is_moment)
        out_json_str(out, value->text);
    else if (!value->number)
        OUT_LITERAL(out, "null");
    else {
        OUT_LITERAL(out, "\"");
        out_iso(out, value->number);
        OUT_LITERAL(out, "\"");
    }
}

/* "phone" for phone_sealed: how it is kept is not the reader's. */
static struct str plain_name(struct str column)
{
    if (str_ends(column, S("_sealed"))) column.len -= S("_sealed").len;
    return column;
}

static struct outcome put_json_row(void *mine, const struct held_value *values, size_t count)
{
    struct writing *writing = mine;
    enum language language = writing->scene->language;
    struct out *out = writing->out;

    if (!writing->rows++) {
        if (writing->lists) OUT_LITERAL(out, ",");
        OUT_LITERAL(out, "\n{");
        put_member(out, "title", text_in(language, writing->list->title));
        OUT_LITERAL(out, ",");
        put_member(out, "why", text_in(language, writing->list->why));
        OUT_LITERAL(out, ",");
        put_member(out, "until", writing->until);
        OUT_LITERAL(out, ",\"rows\":[");
    } else {
        OUT_LITERAL(out, ",");
    }
    OUT_LITERAL(out, "\n {");
    for (size_t i = 0; i < count; i++) {
        if (i) OUT_LITERAL(out, ",");
        out_json_str(out, plain_name(str_of(values[i].column->column)));
        OUT_LITERAL(out, ":");
        put_value(out, &values[i]);
    }
    OUT_LITERAL(out, "}");
    return out_full(out) ? REFUSE(privacy_copy_too_long) : DONE;
}

static void end_json_list(struct writing *writing)
{
    writing->lists++;
    OUT_LITERAL(writing->out, "]}");
}

static struct outcome write_json(struct scene *scene, const struct held_person *person, moment at,
                                 struct out *out)
{
    struct writing writing = {.scene = scene, .out = out};

    OUT_LITERAL(out, "{\"made_at\":\"");
    out_iso(out, at);
    OUT_LITERAL(out, "\",\"kinds\":[");
    TRY(walk(&writing, person, put_json_row, end_json_list));
    OUT_LITERAL(out, "]}\n");
    return out_full(out) ? REFUSE(privacy_copy_too_long) : DONE;
}

/* ---- either ---- */

/* It grows in an arena of its own: the request keeps what came of it, once, and nothing of one
 * that did not come to its end. */
static struct outcome write_copy(struct scene *scene, const struct held_person *person, moment at,
                                 struct outcome (*write)(struct scene *scene,
                                                         const struct held_person *person,
                                                         moment at, struct out *out),
                                 struct str *bytes)
{
    struct arena *arena = arena_open(ARENA_BYTES_MAX);
    struct out *out = out_open(arena, COPY_BYTES_MAX);
    struct outcome outcome = write(scene, person, at, out);

    if (IS_DONE(outcome)) *bytes = arena_copy(scene->arena, out_text(out));
    arena_close(&arena);
    return outcome;
}

struct outcome privacy_write_page(struct scene *scene, const struct held_person *person, moment at,
                                  struct str *bytes)
{
    return write_copy(scene, person, at, write_page, bytes);
}

struct outcome privacy_write_json(struct scene *scene, const struct held_person *person, moment at,
                                  struct str *bytes)
{
    return write_copy(scene, person, at, write_json, bytes);
}
