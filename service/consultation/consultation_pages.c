/* consultation_pages.c -- the room's table of contents, and what all its pages show alike.
 *
 *  (1) A resident is never shown an internal note: the store is asked for none.
 *  (2) Nobody reads a conversation without being party to it or having looked in by an act. */
#include "service/consultation/consultation_pages.h"

#include "bureau/people/people_acts.h"
#include "desk/calendar/calendar.h"
#include "platform/cage.h"
#include "platform/files.h"
#include "service/consultation/consultation_handed.h"
#include "service/consultation/consultation_ready_views.h"

static const char *side_of_viewer(const struct consultation_case *c)
{
    return c->side == CONSULTATION_RESIDENT ? "resident" : "consultant";
}

static struct str css_of(const struct consultation_case *c, struct str side)
{
    if (str_same(side, S("system"))) return S("message-system");
    return str_same(side, str_of(side_of_viewer(c))) ? S("message-mine") : S("message-theirs");
}

/* Few messages have one: it is asked for by itself, not joined to every line of every page. */
static struct outcome attach(struct scene *scene, const struct consultation_case *c,
                             id attachment_id, const struct consultation_attached_view **attached)
{
    struct consultation_find_attachment_row row;
    struct consultation_attached_view *view;
    bool found;

    *attached = NULL;
    if (!attachment_id) return DONE;
    TRY(consultation_find_attachment(scene->arena, scene->store, attachment_id,
                                     c->row.consultation_id, &row, &found));
    if (!found) return FAULT("a message without the file it was sent with");
    view = NEW(scene->arena, struct consultation_attached_view);
    *view = (struct consultation_attached_view){
        .id = attachment_id,
        .name = row.attachment_name,
        .type = row.type,
        .bytes = row.bytes_count,
        .url = arena_print(scene->arena, "/consultations/%.*s/attachments/%lld",
                           STR_ARGS(c->row.reference), (long long)attachment_id),
        .is_image = cage_is_image(row.type),
        .kilobytes = (row.bytes_count + 1023) / 1024,
    };
    *attached = view;
    return DONE;
}

/* The rows of both queries are the same columns. */
#define SHOW(scene, c, row, today, view)                                                           \
    do {                                                                                           \
        *(view) = (struct consultation_message_view){                                              \
            .seq = (row)->seq,                                                                     \
            .at = (row)->at,                                                                       \
            .from = (row)->side,                                                                   \
            .name = (row)->author_name,                                                            \
            .text = (row)->text,                                                                   \
            .internal = (row)->internal != 0,                                                      \
            .is_today = calendar_day_of((row)->at) == (today),                                     \
            .css = css_of((c), (row)->side),                                                       \
        };                                                                                         \
        TRY(attach((scene), (c), (row)->attachment_id, &(view)->attachment));                      \
        TRY(laws_link((scene), (row)->text, 0, &(view)->pieces, &(view)->pieces_count));           \
    } while (0)

struct outcome consultation_messages_after(struct scene *scene, const struct consultation_case *c,
                                           int64_t after, int64_t limit, bool with_internal,
                                           const struct consultation_message_view **messages,
                                           size_t *count)
{
    const struct consultation_list_messages_row *rows;
    struct consultation_message_view *made;
    calendar_day today = calendar_day_of(scene->now);

    TRY(consultation_list_messages(scene->arena, scene->store, c->row.consultation_id, after,
                                   with_internal, limit, &rows, count));
    made = NEW_MANY(scene->arena, struct consultation_message_view, *count + 1);
    for (size_t i = 0; i < *count; i++) SHOW(scene, c, &rows[i], today, &made[i]);
    *messages = made;
    return DONE;
}

struct outcome consultation_messages_before(struct scene *scene, const struct consultation_case *c,
                                            int64_t before, bool with_internal,
                                            const struct consultation_message_view **messages,
                                            size_t *count, int64_t *earlier)
{
    const struct consultation_list_messages_before_row *rows;
    struct consultation_message_view *made;
    calendar_day today = calendar_day_of(scene->now);
    size_t found;

    TRY(consultation_list_messages_before(scene->arena, scene->store, c->row.consultation_id,
                                          before > 0 ? before : INT64_MAX, with_internal,
                                          CONSULTATION_PAGE_MESSAGES + 1, &rows, &found));
    *count = found > CONSULTATION_PAGE_MESSAGES ? CONSULTATION_PAGE_MESSAGES : found;
    made = NEW_MANY(scene->arena, struct consultation_message_view, *count + 1);
    for (size_t i = 0; i < *count; i++) SHOW(scene, c, &rows[*count - 1 - i], today, &made[i]);
    *earlier = found > *count ? made[0].seq : -1;
    *messages = made;
    return DONE;
}

const struct consultation_message_view *consultation_newest_answer(
    const struct consultation_message_view *messages, size_t count)
{
    while (count--) {
        if (str_same(messages[count].from, S("consultant")) && !messages[count].internal)
            return &messages[count];
    }
    return NULL;
}

struct str consultation_language_name(enum language language, struct str code)
{
    static const struct {
        const char *code, *name;
    } names[] = {{"zh", T("Mandarin")},
                 {"wuu", T("Shanghainese")},
                 {"yue", T("Cantonese")},
                 {"en", T("English")},
                 {"sign", T("Sign language")}};

    for (size_t i = 0; i < COUNT(names); i++) {
        if (str_same(code, str_of(names[i].code))) return text_in(language, names[i].name);
    }
    return code;
}

const char *consultation_state_css(enum consultation_state state)
{
    static const char *const css[CONSULTATION_STATES] = {
        [CONSULTATION_WAITING] = "tag-waiting", [CONSULTATION_OFFERED] = "tag-waiting",
        [CONSULTATION_TALKING] = "tag-talking", [CONSULTATION_MESSAGE] = "tag-message",
        [CONSULTATION_ANSWERED] = "tag-done",   [CONSULTATION_CLOSED] = "tag-off",
        [CONSULTATION_HALL] = "tag-waiting",
    };

    return css[state];
}

void consultation_show_wait(const struct waiting_view_values *wait,
                            struct consultation_wait_view *view)
{
    /* As web/ts/waiting.ts rounds them. */
    int64_t low = (wait->low_seconds + 30) / SECONDS_PER_MINUTE;
    int64_t high = (wait->high_seconds + SECONDS_PER_MINUTE - 1) / SECONDS_PER_MINUTE;

    if (low < 1) low = 1;
    *view = (struct consultation_wait_view){.low = wait->low_seconds,
                                            .high = wait->high_seconds,
                                            .low_minutes = low,
                                            .high_minutes = high < low ? low : high};
}

struct outcome consultation_may_read(struct scene *scene, const struct consultation_case *c)
{
    struct consultation_find_look_in_row row;
    bool found, barred;

    if (c->side != CONSULTATION_NOBODY) return DONE;
    TRY(consultation_find_look_in(scene->store, scene->actor.person_id, c->row.consultation_id,
                                  &row, &found));
    if (!found || row.until_at <= scene->now) return REFUSE(act_not_yours);
    TRY(assignment_is_barred(scene, c->row.consultation_id, scene->actor.person_id, &barred));
    return barred ? REFUSE(act_not_yours) : DONE;
}

static const struct page *const more_pages[] = {
    consultation_ask_pages,    consultation_desk_pages,
    consultation_board_pages,  consultation_complain_pages,
    consultation_ready_pages,  consultation_hall_pages,
    consultation_handed_pages, consultation_repository_pages,
    consultation_arrive_pages, NULL};

static const struct process processes[] = {
    {.word = "consultation", .name = T("Advice by somebody on duty"), .path = "/ask"}, {0}};

/* A node with a folder of its own, or a share that is not mounted. */
static struct outcome health(struct scene *scene, struct out *out)
{
    struct consultation_find_newest_file_row row;
    bool found;

    TRY(consultation_find_newest_file(scene->arena, scene->store, &row, &found));
    if (found && !files_are_far() && !files_has(row.file))
        OUT_LITERAL(out, "The newest attached file is not in the data folder of this server: is it "
                         "the folder all nodes share?\n");
    return DONE;
}

const struct module consultation_module = {.name = "consultation",
                                           .merge = consultation_merge_owner,
                                           .schema = consultation_schema,
                                           .migrations = consultation_migrations,
                                           .pages = consultation_resident_pages,
                                           .more_pages = more_pages,
                                           .clock_acts = consultation_clock_acts,
                                           .processes = processes,
                                           .health = health};
