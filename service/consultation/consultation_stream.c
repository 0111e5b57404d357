/* consultation_stream.c -- the journal's lines of a case as events.
 *
 *  (1) Of internal notes a resident's stream says nothing, not even that there is one.
 *  (2) No more is told at once than a slow reader takes; the hub asks again for the rest.
 *  (3) The text of a case that has moved on is not told to whoever had it before, be it a
 *      consultant or the guest who asked it with somebody else's number.
 */
#include "service/consultation/consultation_stream.h"

#include <string.h>

#include "bureau/people/people_acts.h"
#include "bureau/supervision/supervision_acts.h"
#include "platform/files.h"
#include "platform/hub.h"
#include "platform/limits.h"
#include "service/consultation/consultation_hall.h"
#include "service/consultation/consultation_views.h"

enum { TELL_PLACE, TELL_LOW, TELL_HIGH, TELL_WAITS, TELL_BEGUN, TELL_CROWDED };
enum { TELL_ANNOUNCED }; /* of a desk */

static bool waits(const struct consultation_case *c)
{
    return c->state == CONSULTATION_WAITING || c->state == CONSULTATION_OFFERED ||
           c->state == CONSULTATION_HALL;
}

static struct outcome sit(struct scene *scene, const void *query, struct seat *seat)
{
    const struct consultation_follow_form *f = query;
    struct consultation_case c;

    TRY(case_open(scene, f->reference, &c));
    if (c.side != CONSULTATION_RESIDENT) return REFUSE(act_unknown);
    seat->case_id = c.row.consultation_id;
    seat->after = f->after;
    seat->waiting = true;
    seat->memory[TELL_WAITS] = 1;
    return DONE;
}

struct told_message {
    int64_t seq, at, internal, attachment_id, bytes_count;
    struct str side, name, text, attachment_name, type, reference;
    const char *base; /* "/consultations" or "/desk/consultations" */
};

/* The message as the API shows it; a desk's stream says beside it which case it belongs to. */
static void put_message(struct scene *scene, struct out *out, const struct told_message *m)
{
    struct out *data = out_open(scene->arena, 64 * 1024);
    struct consultation_attached_view attached;
    struct consultation_message_view view = {.seq = m->seq,
                                             .at = m->at,
                                             .from = m->side,
                                             .name = m->name,
                                             .text = m->text,
                                             .internal = m->internal != 0};

    if (m->attachment_id) {
        attached = (struct consultation_attached_view){
            .id = m->attachment_id,
            .name = m->attachment_name,
            .type = m->type,
            .bytes = m->bytes_count,
            .url = arena_print(scene->arena, "%s/%.*s/attachments/%lld", m->base,
                               STR_ARGS(m->reference), (long long)m->attachment_id),
        };
        view.attachment = &attached;
    }
    /* what cannot be looked up now is told as it was written */
    if (!IS_DONE(laws_link(scene, m->text, 0, &view.pieces, &view.pieces_count)))
        view.pieces_count = 0;
    OUT_LITERAL(data, "{\"reference\":");
    out_json_str(data, m->reference);
    OUT_LITERAL(data, ",");
    {
        struct out *body = out_open(scene->arena, 64 * 1024);
        struct str text;

        view_json(body, &consultation_message_view, &view);
        text = out_text(body);
        out_raw(data, text.at + 1, text.len - 1); /* the members, in the object begun above */
    }
    event_put(out, "message", m->seq, out_text(data));
}

static void put_read(struct scene *scene, struct out *out, id seq, struct str reference,
                     bool by_resident, int64_t read)
{
    event_put(out, "read", seq,
              arena_print(scene->arena, "{\"reference\":\"%.*s\",\"from\":\"%s\",\"seq\":%lld}",
                          STR_ARGS(reference), by_resident ? "resident" : "consultant",
                          (long long)read));
}

static void put_state(struct scene *scene, struct out *out, id seq, struct str reference,
                      struct str state, moment due_at)
{
    struct out *data = out_open(scene->arena, 1024);
    struct consultation_state_view view = {reference, state, due_at};

    view_json(data, &consultation_state_view, &view);
    event_put(out, "state", seq, out_text(data));
}

static bool is_act(struct str act, const char *name)
{
    return str_same(act, str_of(name));
}

/* Lines that change nothing a resident sees. */
static bool is_inside(struct str act)
{
    return is_act(act, "consultation.look_in") || is_act(act, "consultation.phone") ||
           str_begins(act, S("consultation.warn_")) ||
           str_begins(act, S("consultation.escalate_")) || is_act(act, "consultation.assign") ||
           str_ends(act, S("_refused"));
}

static bool moves_by_word(struct str act, enum consultation_state state)
{
    return is_act(act, "consultation.answer") || state == CONSULTATION_MESSAGE;
}

static struct outcome tell(struct scene *scene, struct seat *seat, struct out *out)
{
    const struct consultation_list_case_lines_row *rows;
    struct consultation_case c;
    size_t count;

    TRY(consultation_list_case_lines(scene->arena, scene->store, seat->case_id, seat->after, &rows,
                                     &count));
    if (count == 0 && seat->memory[TELL_BEGUN]) return DONE;
    TRY(case_of_id(scene, seat->case_id, &c));
    if (c.side != CONSULTATION_RESIDENT) return REFUSE(act_unknown); /* which ends the stream */
    if (!seat->memory[TELL_BEGUN] && seat->after > 0)
        put_state(scene, out, 0, c.row.reference, c.row.state, c.row.due_at);
    seat->memory[TELL_BEGUN] = 1;
    for (size_t i = 0; i < count && out_text(out).len < STREAM_TELL_BYTES; i++) {
        const struct consultation_list_case_lines_row *row = &rows[i];

        seat->after = row->seq;
        if (row->seq__message && !row->internal) {
            put_message(scene, out,
                        &(struct told_message){row->seq, row->at, 0, row->attachment_id,
                                               row->bytes_count, row->side, row->author_name,
                                               row->text, row->attachment_name, row->type,
                                               c.row.reference, "/consultations"});
            /* An answer, or a question after it, moves the case too; the word itself comes first,
             * so that a page takes itself anew only when what was typed has arrived.  One number
             * belongs to one event; whoever was cut off between the two hears the state when
             * coming back. */
            if (moves_by_word(row->act, c.state))
                put_state(scene, out, 0, c.row.reference, c.row.state, c.row.due_at);
        } else if (is_act(row->act, "consultation.read")) {
            bool by_resident = row->actor_id != c.row.consultant_id;

            put_read(scene, out, row->seq, c.row.reference, by_resident,
                     by_resident ? c.row.resident_read : c.row.consultant_read);
        } else if (!row->seq__message && !is_inside(row->act)) {
            put_state(scene, out, row->seq, c.row.reference, c.row.state, c.row.due_at);
        }
    }
    seat->memory[TELL_WAITS] = waits(&c);
    return DONE;
}

/* The place of a number, and the window it is called to. */
static struct outcome tick_hall(struct scene *scene, struct seat *seat, struct out *out,
                                const struct consultation_case *c)
{
    struct str range = S("null");
    struct hall_case_wait wait;
    int64_t window;

    TRY(hall_case_wait(scene, c, &wait));
    if (!wait.found) return DONE;
    window = wait.ticket.row.window_id ? wait.ticket.row.window_number : 0;
    if (seat->memory[TELL_PLACE] == wait.ahead + 2 && seat->memory[TELL_LOW] == wait.low_seconds &&
        seat->memory[TELL_HIGH] == wait.high_seconds &&
        seat->memory[TELL_CROWDED] == (int64_t)wait.ticket.state * 100 + window)
        return DONE;
    seat->memory[TELL_PLACE] = wait.ahead + 2;
    seat->memory[TELL_LOW] = wait.low_seconds;
    seat->memory[TELL_HIGH] = wait.high_seconds;
    seat->memory[TELL_CROWDED] = (int64_t)wait.ticket.state * 100 + window;
    if (wait.low_seconds >= 0)
        range = arena_print(scene->arena, "{\"low\":%lld,\"high\":%lld}",
                            (long long)wait.low_seconds, (long long)wait.high_seconds);
    event_put(out, "place", 0,
              arena_print(scene->arena,
                          "{\"place\":%lld,\"ahead\":%lld,\"wait_seconds\":%.*s,"
                          "\"is_crowded\":false,\"ticket\":\"%.*s\",\"ticket_state\":\"%.*s\","
                          "\"window\":%lld}",
                          (long long)wait.ahead + 1, (long long)(wait.ahead < 0 ? 0 : wait.ahead),
                          STR_ARGS(range), STR_ARGS(wait.ticket.row.ticket),
                          STR_ARGS(wait.ticket.row.state), (long long)window));
    return DONE;
}

static struct outcome tick(struct scene *scene, struct seat *seat, struct out *out)
{
    struct consultation_case c;
    struct waiting_view_values wait;
    struct str range = S("null");

    if (!seat->memory[TELL_WAITS]) return DONE;
    TRY(case_of_id(scene, seat->case_id, &c));
    seat->memory[TELL_WAITS] = waits(&c);
    if (c.state == CONSULTATION_HALL) return tick_hall(scene, seat, out, &c);
    if (c.state != CONSULTATION_WAITING) return DONE;
    TRY(wait_of(scene, &c, &wait));
    if (seat->memory[TELL_PLACE] == wait.place && seat->memory[TELL_LOW] == wait.low_seconds &&
        seat->memory[TELL_HIGH] == wait.high_seconds &&
        seat->memory[TELL_CROWDED] == wait.is_crowded)
        return DONE;
    seat->memory[TELL_PLACE] = wait.place;
    seat->memory[TELL_LOW] = wait.low_seconds;
    seat->memory[TELL_HIGH] = wait.high_seconds;
    seat->memory[TELL_CROWDED] = wait.is_crowded;
    if (wait.low_seconds >= 0)
        range = arena_print(scene->arena, "{\"low\":%lld,\"high\":%lld}",
                            (long long)wait.low_seconds, (long long)wait.high_seconds);
    event_put(out, "place", 0,
              arena_print(scene->arena,
                          "{\"place\":%lld,\"ahead\":%lld,\"wait_seconds\":%.*s,"
                          "\"is_crowded\":%s}",
                          (long long)wait.place, (long long)wait.ahead, STR_ARGS(range),
                          wait.is_crowded ? "true" : "false"));
    return DONE;
}

const struct stream consultation_stream = {.sit = sit, .tell = tell, .tick = tick};

/* ---- the desk ---- */

static struct outcome sit_at_desk(struct scene *scene, const void *query, struct seat *seat)
{
    const struct consultation_follow_desk_form *f = query;

    seat->for_id = scene->actor.person_id;
    seat->after = f->after;
    seat->waiting = true; /* for tick_desk() */
    return supervision_newest_announcement(scene, &seat->memory[TELL_ANNOUNCED]);
}

/* An announcement is for many and has no line for each of them. */
static struct outcome tick_desk(struct scene *scene, struct seat *seat, struct out *out)
{
    id newest;

    TRY(supervision_newest_announcement(scene, &newest));
    if (newest == seat->memory[TELL_ANNOUNCED]) return DONE;
    seat->memory[TELL_ANNOUNCED] = newest;
    event_put(out, "announcement", 0, S("{}"));
    return DONE;
}

static void put_due(struct scene *scene, struct out *out,
                    const struct consultation_list_lines_for_row *row)
{
    struct out *data = out_open(scene->arena, 1024);

    OUT_LITERAL(data, "{\"reference\":");
    out_json_str(data, row->reference);
    OUT_LITERAL(data, ",\"due_at\":\"");
    out_iso(data, row->due_at);
    OUT_LITERAL(data, "\"}");
    event_put(out, "due", row->seq, out_text(data));
}

static void put_offer(struct scene *scene, struct out *out,
                      const struct consultation_list_lines_for_row *row)
{
    struct out *data = out_open(scene->arena, 1024);

    OUT_LITERAL(data, "{\"reference\":");
    out_json_str(data, row->reference);
    OUT_LITERAL(data, ",\"field\":");
    out_json_str(data, row->field);
    OUT_LITERAL(data, ",\"until\":\"");
    out_iso(data, row->offer_until);
    OUT_LITERAL(data, "\"}");
    event_put(out, "offer", row->seq, out_text(data));
}

static void tell_line(struct scene *scene, const struct seat *seat, struct out *out,
                      const struct consultation_list_lines_for_row *row)
{
    bool is_mine = row->consultant_id == seat->for_id;

    if (row->seq__message && is_mine) {
        put_message(scene, out,
                    &(struct told_message){row->seq, row->at, row->internal, row->attachment_id,
                                           row->bytes_count, row->side, row->author_name, row->text,
                                           row->attachment_name, row->type, row->reference,
                                           "/desk/consultations"});
    } else if (is_act(row->act, "consultation.offer") && is_mine &&
               str_same(row->state, S("offered"))) {
        put_offer(scene, out, row);
    } else if (is_act(row->act, "consultation.read") && is_mine) {
        bool by_resident = row->actor_id != seat->for_id;

        put_read(scene, out, row->seq, row->reference, by_resident,
                 by_resident ? row->resident_read : row->consultant_read);
    } else if (str_begins(row->act, S("consultation.warn_")) ||
               str_begins(row->act, S("consultation.escalate_")) ||
               is_act(row->act, "consultation.assign")) {
        put_due(scene, out, row);
    } else if (!row->seq__message) {
        put_state(scene, out, row->seq, row->reference, row->state, row->due_at);
    }
}

static struct outcome tell_desk(struct scene *scene, struct seat *seat, struct out *out)
{
    const struct consultation_list_lines_for_row *rows;
    size_t count;

    TRY(consultation_list_lines_for(scene->arena, scene->store, seat->for_id, seat->after, &rows,
                                    &count));
    for (size_t i = 0; i < count && out_text(out).len < STREAM_TELL_BYTES; i++) {
        tell_line(scene, seat, out, &rows[i]);
        seat->after = rows[i].seq;
    }
    return DONE;
}

const struct stream consultation_desk_stream = {
    .sit = sit_at_desk, .tell = tell_desk, .tick = tick_desk};

struct outcome consultation_typing(struct scene *scene, const void *query, struct whisper *whisper)
{
    const struct consultation_reference_form *f = query;
    struct consultation_case c;
    struct out *data = out_open(scene->arena, 1024);
    bool is_resident;

    TRY(case_open(scene, f->reference, &c));
    is_resident = c.side == CONSULTATION_RESIDENT;
    if (c.side == CONSULTATION_NOBODY) return REFUSE(act_unknown);
    TRY(case_may_change(&c));
    if (c.state != CONSULTATION_TALKING) return DONE;
    OUT_LITERAL(data, "{\"reference\":");
    out_json_str(data, c.row.reference);
    OUT_LITERAL(data, ",\"from\":");
    out_json_str(data, is_resident ? S("resident") : S("consultant"));
    OUT_LITERAL(data, ",\"name\":");
    out_json_str(data, is_resident ? S("") : scene->actor.name);
    OUT_LITERAL(data, "}");
    *whisper = (struct whisper){.case_id = is_resident ? 0 : c.row.consultation_id,
                                .for_id = is_resident ? c.row.consultant_id : 0,
                                .event = "typing",
                                .data = out_text(data)};
    return DONE;
}

#define FORM_THIS consultation_follow_form
FORM_TABLE(consultation_follow, CONSULTATION_FOLLOW_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_follow_desk_form
FORM_TABLE(consultation_follow_desk, CONSULTATION_FOLLOW_DESK_FORM)
