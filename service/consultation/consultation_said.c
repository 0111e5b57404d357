/* consultation_said.c -- see consultation_said.h. */
#include "service/consultation/consultation_said.h"

#include <string.h>

#include "desk/calendar/calendar.h"
#include "desk/laws/laws.h"
#include "gen/consultation_html.h"
#include "platform/memo.h"

struct drawing {
    struct scene *scene;
    struct memo_key key;
    struct consultation_said said;
    struct str kept; /* drawn before */
    bool is_kept, may_keep;
};

static struct memo_key key_of(const struct scene *scene, const struct consultation_case *c,
                              bool with_internal)
{
    static const char maker;

    return (struct memo_key){.maker = &maker,
                             .of = {c->row.consultation_id, (int64_t)scene->language * 4 +
                                                                with_internal * 2 +
                                                                (c->side == CONSULTATION_RESIDENT)},
                             .version = {c->row.messages_count, calendar_day_of(scene->now)}};
}

/* Kept is the number of the page before, and behind it what was drawn. */
static void keep(const struct drawing *drawing, struct str drawn)
{
    size_t len = sizeof drawing->said.earlier + drawn.len;
    char *bytes = arena_bytes(drawing->scene->arena, len);

    memcpy(bytes, &drawing->said.earlier, sizeof drawing->said.earlier);
    memcpy(bytes + sizeof drawing->said.earlier, drawn.at, drawn.len);
    memo_keep(store_memo(drawing->scene->store), &drawing->key, (struct str){bytes, len});
}

static bool find(struct drawing *drawing)
{
    size_t head = sizeof drawing->said.earlier;
    struct str kept;

    if (!memo_find(store_memo(drawing->scene->store), &drawing->key, &kept)) return false;
    memcpy(&drawing->said.earlier, kept.at, head);
    drawing->kept =
        arena_copy(drawing->scene->arena, (struct str){kept.at + head, kept.len - head});
    return true;
}

static void draw(struct out *out, const struct face *face, const void *view)
{
    const struct drawing *drawing = view;
    size_t begin = out_text(out).len;
    struct str all;

    if (drawing->is_kept) {
        out_raw_str(out, drawing->kept);
        return;
    }
    for (size_t i = 0; i < drawing->said.messages_count; i++)
        html_consultation_message_body(out, face, &drawing->said.messages[i]);
    if (!drawing->may_keep || out_full(out)) return;
    all = out_text(out);
    keep(drawing, (struct str){all.at + begin, all.len - begin});
}

static bool none_may_cite(const struct consultation_message_view *messages, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (laws_may_cite(messages[i].text)) return false;
    }
    return true;
}

struct outcome consultation_said(struct scene *scene, const struct consultation_case *c,
                                 int64_t before, bool with_internal, bool want_messages,
                                 struct consultation_said *said)
{
    static const struct template template = {.body = draw};
    struct drawing *drawing = NEW(scene->arena, struct drawing);

    *drawing = (struct drawing){.scene = scene, .key = key_of(scene, c, with_internal)};
    drawing->is_kept = before <= 0 && !want_messages && find(drawing);
    if (!drawing->is_kept) {
        TRY(consultation_messages_before(scene, c, before, with_internal, &drawing->said.messages,
                                         &drawing->said.messages_count, &drawing->said.earlier));
        drawing->may_keep =
            before <= 0 && none_may_cite(drawing->said.messages, drawing->said.messages_count);
    }
    drawing->said.drawing = &template;
    drawing->said.drawing_view = drawing;
    *said = drawing->said;
    return DONE;
}
