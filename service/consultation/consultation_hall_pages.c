/* consultation_hall_pages.c -- a window's page, a clerk's form, the slip, and all their routes.
 *
 *  (1) A list of numbers has nobody's name and no word of what was asked.
 *  (2) What was said is shown to whoever serves the number, while they serve it. */
#include "bureau/people/people_acts.h"
#include "desk/identity/identity_acts.h"
#include "gen/consultation_html.h"
#include "platform/picture.h"
#include "platform/secret.h"
#include "service/consultation/consultation_hall.h"
#include "service/consultation/consultation_pages.h"

enum { SLIPS_A_MINUTE = 10, JOINS_A_MINUTE = 20, REFRESH_SECONDS = 20 };

/* ---- numbers ---- */

static struct outcome number_row(struct scene *scene,
                                 const struct consultation_list_numbers_row *row,
                                 struct consultation_number_row_view *v)
{
    *v = (struct consultation_number_row_view){
        .number = row->ticket_id,
        .ticket = row->ticket,
        .ticket_state = row->state,
        .state_name = text_in(scene->language, hall_state_name(hall_state_of(row->state))),
        .letter = row->letter,
        .reference = row->reference,
        .field = row->field,
        .language = row->language,
        .language_name = str_same(row->language, S("zh"))
                             ? S("")
                             : consultation_language_name(scene->language, row->language),
        .is_first = row->priority > 0,
        .taken_at = row->taken_at,
        .waited_minutes = (scene->now - row->taken_at) / SECONDS_PER_MINUTE,
        .called_at = row->called_at,
        .calls = row->calls_count,
        .window = row->window_number};
    return people_field_name(scene, row->field, &v->field_name);
}

/* Where a row belongs on the page of a window. */
static enum hall_state sort_of(const struct consultation_number_row_view *row)
{
    return hall_state_of(row->ticket_state);
}

static struct outcome show_numbers(struct scene *scene, const struct hall_find_place_row *place,
                                   struct consultation_window_view *v)
{
    const struct consultation_list_numbers_row *rows;
    struct consultation_number_row_view *waiting, *missed, *others;
    size_t count;

    TRY(consultation_list_numbers(scene->arena, scene->store, place->hall_id, &rows, &count));
    waiting = NEW_MANY(scene->arena, struct consultation_number_row_view, count + 1);
    missed = NEW_MANY(scene->arena, struct consultation_number_row_view, count + 1);
    others = NEW_MANY(scene->arena, struct consultation_number_row_view, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct consultation_number_row_view row;

        TRY(number_row(scene, &rows[i], &row));
        switch (sort_of(&row)) {
        case HALL_WAITING: waiting[v->waiting_count++] = row; break;
        case HALL_MISSED: missed[v->missed_count++] = row; break;
        default:
            if (!place->window_id || rows[i].window_id != place->window_id) {
                others[v->others_count++] = row;
                break;
            }
            v->is_called = sort_of(&row) == HALL_CALLED;
            v->may_miss = IS_DONE(hall_may_miss(row.calls));
            v->current = &others[count];
            others[count] = row;
        }
    }
    v->waiting = waiting, v->missed = missed, v->others = others;
    return DONE;
}

static struct outcome show_lines(struct scene *scene, id hall_id,
                                 struct consultation_window_view *v)
{
    const struct hall_list_lines_row *rows;
    struct consultation_line_row_view *made;
    size_t count;

    TRY(hall_list_lines(scene->arena, scene->store, hall_id, &rows, &count));
    made = NEW_MANY(scene->arena, struct consultation_line_row_view, count + 1);
    for (size_t i = 0; i < count; i++)
        if (rows[i].is_active)
            made[v->lines_count++] = (struct consultation_line_row_view){
                .letter = rows[i].letter,
                .name = hall_name(scene, rows[i].line_zh, rows[i].line_en),
                .waiting = rows[i].waiting_count,
                .windows_open = rows[i].windows_count};
    v->lines = made;
    return DONE;
}

static struct outcome show_seats(struct scene *scene, id hall_id,
                                 struct consultation_window_view *v)
{
    const struct hall_list_windows_row *rows;
    struct choice *made;
    size_t count;

    TRY(hall_list_windows(scene->arena, scene->store, hall_id, &rows, &count));
    made = NEW_MANY(scene->arena, struct choice, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct str number = arena_print(scene->arena, "%lld", (long long)rows[i].window_number);

        if (!rows[i].is_active || rows[i].person_id) continue;
        made[v->windows_count++] =
            (struct choice){.value = number,
                            .label = text_fill(scene->arena, scene->language, T("Window %1"),
                                               number, S(""), S(""))};
    }
    v->windows = made;
    return DONE;
}

static struct outcome show_window(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct consultation_window_view *v = view;
    struct hall_find_place_row place;
    moment ends;

    (void)query;
    TRY(hall_place(scene, &place));
    v->hall = place.hall_id;
    v->hall_name = hall_name(scene, place.hall_zh, place.hall_en);
    v->window = place.window_number;
    TRY(hall_open_now(scene, place.hall_id, &v->is_open, &ends));
    TRY(show_lines(scene, place.hall_id, v));
    TRY(show_seats(scene, place.hall_id, v));
    return show_numbers(scene, &place, v);
}

/* ---- one number ---- */

static struct outcome line_choices(struct scene *scene, id hall_id, const char *first,
                                   struct str without, const struct choice **choices, size_t *made)
{
    const struct hall_list_lines_row *rows;
    struct choice *list;
    size_t count;

    TRY(hall_list_lines(scene->arena, scene->store, hall_id, &rows, &count));
    list = NEW_MANY(scene->arena, struct choice, count + 1);
    *made = 0;
    if (first) list[(*made)++].label = text_in(scene->language, first);
    for (size_t i = 0; i < count; i++) {
        struct str name = hall_name(scene, rows[i].line_zh, rows[i].line_en);

        if (!rows[i].is_active || str_same(rows[i].letter, without)) continue;
        list[(*made)++] =
            (struct choice){.value = rows[i].letter,
                            .label = arena_print(scene->arena, "%.*s %.*s",
                                                 STR_ARGS(rows[i].letter), STR_ARGS(name))};
    }
    *choices = list;
    return DONE;
}

static void mode_choices(struct scene *scene, struct choice modes[2], const char *live,
                         const char *written)
{
    modes[0] = (struct choice){.value = S("live"), .label = text_in(scene->language, live)};
    modes[1] = (struct choice){.value = S("message"), .label = text_in(scene->language, written)};
}

static struct outcome show_talk(struct scene *scene, const struct hall_ticket *ticket,
                                const struct consultation_case *c, int64_t before,
                                struct consultation_window_number_view *v)
{
    struct choice *outcomes = NEW_MANY(scene->arena, struct choice, CONSULTATION_OUTCOMES);

    if (ticket->row.name_sealed.len &&
        !secret_unseal(scene->arena, "hall.name", ticket->row.name_sealed, &v->name))
        return FAULT("a name cannot be unsealed");
    for (size_t i = 0; i < CONSULTATION_OUTCOMES; i++) {
        outcomes[i].value = str_of(consultation_outcomes[i]);
        outcomes[i].label = text_in(scene->language, consultation_outcome_name(outcomes[i].value));
    }
    v->outcomes = outcomes;
    v->outcomes_count = CONSULTATION_OUTCOMES;
    v->is_consultant = scene_is(scene, WHO_CONSULTANT);
    v->is_earlier = before > 0;
    return consultation_messages_before(scene, c, before, true, &v->messages, &v->messages_count,
                                        &v->earlier_before);
}

static struct outcome show_number(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct consultation_window_number_form *f = query;
    struct consultation_number_row_view *row =
        NEW(scene->arena, struct consultation_number_row_view);
    struct consultation_window_number_view *v = view;
    struct choice *modes = NEW_MANY(scene->arena, struct choice, 2);
    struct hall_find_place_row place;
    struct hall_ticket ticket;
    struct consultation_case c;
    bool is_here;

    TRY(hall_case_open(scene, f->number, &ticket, &c));
    TRY(hall_place(scene, &place));
    TRY(number_row(scene,
                   &(struct consultation_list_numbers_row){
                       .ticket_id = ticket.row.ticket_id,
                       .ticket = ticket.row.ticket,
                       .state = ticket.row.state,
                       .letter = ticket.row.letter,
                       .reference = c.row.reference,
                       .field = c.row.field,
                       .language = c.row.language,
                       .priority = ticket.row.priority,
                       .taken_at = ticket.row.taken_at,
                       .called_at = ticket.row.called_at,
                       .calls_count = ticket.row.calls_count,
                       .window_number = ticket.row.window_id ? ticket.row.window_number : 0},
                   row));
    v->number = row;
    v->number_id = f->number;
    v->state = c.row.state;
    is_here = place.window_id && ticket.row.window_id == place.window_id;
    v->is_called_here = is_here && ticket.state == HALL_CALLED;
    v->is_mine = is_here && ticket.state == HALL_SERVING && c.side == CONSULTATION_CONSULTANT;
    v->may_miss = IS_DONE(hall_may_miss(row->calls));
    v->is_waiting = ticket.state == HALL_WAITING;
    v->is_missed = ticket.state == HALL_MISSED;
    v->has_slip = str_same(c.row.channel, S("window"));
    TRY(line_choices(scene, place.hall_id, NULL, ticket.row.letter, &v->lines, &v->lines_count));
    mode_choices(scene, modes, T("Live, online: on their phone"),
                 T("In writing, within three working days"));
    v->modes = modes, v->modes_count = 2;
    return v->is_mine ? show_talk(scene, &ticket, &c, f->before, v) : DONE;
}

/* ---- taking a question down ---- */

static struct str typed(const struct request *request, const char *name, struct str otherwise)
{
    const struct form_state *state = request->face ? request->face->form : NULL;

    if (!state || state->form != &consultation_register_form) return otherwise;
    return state->given[form_place(&consultation_register_form, str_of(name))];
}

static struct outcome field_choices(const struct request *request,
                                    struct consultation_window_register_view *v)
{
    struct scene *scene = request->scene;
    struct str chosen = typed(request, "field", S(""));
    const struct people_list_fields_row *rows;
    struct choice *made;
    size_t count;

    TRY(people_fields(scene, &rows, &count));
    made = NEW_MANY(scene->arena, struct choice, count + 1);
    made[0].label = text_in(scene->language, T("Please choose"));
    for (size_t i = 0; i < count; i++)
        made[i + 1] = (struct choice){.value = rows[i].field,
                                      .label = hall_name(scene, rows[i].field_zh, rows[i].field_en),
                                      .chosen = str_same(chosen, rows[i].field)};
    v->fields = made, v->fields_count = count + 1;
    return DONE;
}

static struct outcome district_choices(const struct request *request, struct str here,
                                       struct consultation_window_register_view *v)
{
    struct scene *scene = request->scene;
    struct str chosen = typed(request, "district", here);
    const struct identity_division *rows;
    struct choice *made;
    size_t count;

    TRY(identity_division_children(scene, S("31"), &rows, &count));
    made = NEW_MANY(scene->arena, struct choice, count + 1);
    for (size_t i = 0; i < count; i++)
        made[i] = (struct choice){.value = rows[i].division,
                                  .label = hall_name(scene, rows[i].name_zh, rows[i].name_en),
                                  .chosen = str_same(chosen, rows[i].division)};
    v->districts = made, v->districts_count = count;
    return DONE;
}

static struct choice *priority_choices(struct scene *scene, size_t *count)
{
    static const struct {
        const char *word, *name;
    } words[] = {{"", T("No")},
                 {"elderly", T("80 or older")},
                 {"disabled", T("Has a disability")},
                 {"pregnant", T("Pregnant, or with a small child")},
                 {"soldier", T("Soldier, veteran or their family")}};
    struct choice *made = NEW_MANY(scene->arena, struct choice, COUNT(words));

    for (size_t i = 0; i < COUNT(words); i++)
        made[i] = (struct choice){.value = str_of(words[i].word),
                                  .label = text_in(scene->language, words[i].name),
                                  .chosen = i == 0}; /* unless something was chosen before */
    *count = COUNT(words);
    return made;
}

static struct outcome show_join(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct consultation_window_join_view *v = view;
    struct hall_find_place_row place;
    moment ends;

    (void)query;
    TRY(hall_place(scene, &place));
    v->hall_name = hall_name(scene, place.hall_zh, place.hall_en);
    TRY(hall_open_now(scene, place.hall_id, &v->is_open, &ends));
    v->priorities = priority_choices(scene, &v->priorities_count);
    return line_choices(scene, place.hall_id, T("By the question"), S(""), &v->lines,
                        &v->lines_count);
}

static struct outcome show_register(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct consultation_window_register_view *v = view;
    struct choice *modes = NEW_MANY(scene->arena, struct choice, 2);
    struct str mode = typed(request, "mode", S(""));
    struct people_choice_list list;
    struct hall_find_place_row place;
    moment ends;

    (void)query;
    TRY(hall_place(scene, &place));
    v->hall_name = hall_name(scene, place.hall_zh, place.hall_en);
    TRY(hall_open_now(scene, place.hall_id, &v->is_open, &ends));
    TRY(field_choices(request, v));
    TRY(line_choices(scene, place.hall_id, T("By the question"), S(""), &v->lines,
                     &v->lines_count));
    TRY(district_choices(request, place.division, v));
    v->priorities = priority_choices(scene, &v->priorities_count);
    list = people_language_choices(scene, typed(request, "language", S("zh")));
    v->languages = list.rows, v->languages_count = list.count;
    mode_choices(scene, modes, T("Here, with a number"),
                 T("In writing, within three working days"));
    modes[0].value = S("ticket");
    modes[0].chosen = v->is_open && !str_same(mode, S("message"));
    modes[1].chosen = !modes[0].chosen;
    v->modes = modes, v->modes_count = 2;
    return DONE;
}

/* ---- the slip ---- */

/* A slip of this hall; or one taken in writing, which has no number and is shown to whoever took it
 * down, for a while. */
struct slip {
    struct consultation_case c;
    struct hall_case_wait wait;
    struct str code; /* only right after it was made */
    bool is_own_way;
};

static struct outcome find_slip(struct scene *scene, const struct hall_find_place_row *place,
                                struct str reference, struct slip *slip)
{
    struct consultation_find_reference_row row;
    bool found, is_new;

    TRY(consultation_find_reference(scene->store, reference, &row, &found));
    if (!found) return REFUSE(act_unknown);
    TRY(case_of_id(scene, row.consultation_id, &slip->c));
    TRY(hall_case_wait(scene, &slip->c, &slip->wait));
    is_new = slip_shown(scene, slip->c.row.reference, &slip->code);
    slip->is_own_way = !slip->wait.found || !str_same(slip->c.row.channel, S("window"));
    if (slip->wait.found ? slip->wait.ticket.row.hall_id == place->hall_id : is_new) return DONE;
    return REFUSE(act_unknown);
}

static struct str address_of(struct scene *scene, const struct slip *slip)
{
    if (!slip->code.len && !slip->is_own_way) return S("");
    return slip_address(scene->arena, slip->c.row.reference, slip->code, slip->is_own_way);
}

static struct outcome show_window_slip(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct consultation_reference_form *f = query;
    struct consultation_window_slip_view *v = view;
    struct consultation_wait_view *range = NEW(scene->arena, struct consultation_wait_view);
    struct hall_find_place_row place;
    struct slip slip;

    TRY(hall_place(scene, &place));
    TRY(find_slip(scene, &place, f->reference, &slip));
    TRY(hall_case_show(scene, &slip.wait, &v->at_hall));
    v->hall_name = hall_name(scene, place.hall_zh, place.hall_en);
    v->reference = slip.c.row.reference;
    v->number = slip.wait.found ? slip.wait.ticket.row.ticket_id : 0;
    v->code = slip.code;
    v->has_phone = slip.c.row.phone_index.len > 0;
    v->is_own_way = slip.wait.found && slip.is_own_way;
    v->has_picture = address_of(scene, &slip).len > 0;
    v->due_day = slip.c.row.due_at ? slip.c.row.due_at - 1 : 0;
    if (slip.wait.low_seconds < 0) return DONE;
    consultation_show_wait(&(struct waiting_view_values){.low_seconds = slip.wait.low_seconds,
                                                         .high_seconds = slip.wait.high_seconds},
                           range);
    v->wait_seconds = range;
    return DONE;
}

static struct outcome send_picture(struct request *request, const void *query,
                                   struct file_answer *file)
{
    struct scene *scene = request->scene;
    const struct consultation_reference_form *f = query;
    struct hall_find_place_row place;
    struct slip slip;
    struct str address;

    TRY(hall_place(scene, &place));
    TRY(find_slip(scene, &place, f->reference, &slip));
    address = address_of(scene, &slip);
    return address.len ? picture_answer(scene->arena, address, "slip.svg", file)
                       : REFUSE(act_unknown);
}

static struct outcome show_slip(struct request *request, const void *query, void *view)
{
    struct consultation_slip_view *v = view;

    (void)request;
    v->reference = ((const struct consultation_slip_query_form *)query)->reference;
    return DONE;
}

/* ---- routes ---- */

#define AT_WINDOW(path_of, about_of, act_of, then_of)                                              \
    {                                                                                              \
        .method = POST, .path = path_of, .who = WHO_AT_HALL, .about = about_of, .act = act_of,     \
        .then = then_of, .again = "/window"                                                        \
    }

const struct page consultation_hall_pages[] = {
    {.method = GET,
     .path = "/window",
     .who = WHO_AT_HALL,
     .about = "A window's work: the number there, who waits, who missed the call.",
     .view = &consultation_window_view,
     .html = &html_consultation_window,
     .show = show_window,
     .refresh_seconds = REFRESH_SECONDS},
    {.method = GET,
     .path = "/window/register",
     .who = WHO_AT_HALL,
     .about = "Take a question down and give a number.",
     .view = &consultation_window_register_view,
     .html = &html_consultation_window_register,
     .show = show_register},
    {.method = POST,
     .path = "/window/register",
     .who = WHO_AT_HALL,
     .about = "Register somebody who came: one question, one number, one code to go on online.",
     .act = &consultation_register,
     .then = "/window/slips/{reference}",
     .again = "/window/register",
     .status = 201},
    {.method = GET,
     .path = "/window/join",
     .who = WHO_AT_HALL,
     .about = "Give a number to somebody who has asked already.",
     .view = &consultation_window_join_view,
     .html = &html_consultation_window_join,
     .show = show_join},
    {.method = POST,
     .path = "/window/join",
     .who = WHO_AT_HALL,
     .about = "Somebody comes with a question they asked already: it gets a number, as it is.",
     .act = &consultation_join,
     .then = "/window/slips/{reference}",
     .again = "/window/join",
     .per_minute = JOINS_A_MINUTE,
     .status = 201},
    {.method = GET,
     .path = "/window/slips/{reference}",
     .who = WHO_AT_HALL,
     .about = "What somebody who came takes home: number, reference, how to go on online.",
     .query = &consultation_reference_form,
     .view = &consultation_window_slip_view,
     .html = &html_consultation_window_slip,
     .show = show_window_slip},
    {.method = GET,
     .path = "/window/slips/{reference}/picture",
     .who = WHO_AT_HALL,
     .about = "The way to the question as a picture (SVG) for the camera of a phone.",
     .query = &consultation_reference_form,
     .file = send_picture},
    AT_WINDOW("/window/sit", "Sit at a window: its lines are called to it.", &consultation_sit,
              "/window"),
    AT_WINDOW("/window/stand-up", "Leave the window.", &consultation_stand_up, "/window"),
    AT_WINDOW("/window/call", "Call the next number to one's window.", &consultation_call,
              "/window"),
    {.method = GET,
     .path = "/window/numbers/{number}",
     .who = WHO_AT_HALL,
     .about = "One number of one's hall; what was said, while one serves it.",
     .query = &consultation_window_number_form,
     .view = &consultation_window_number_view,
     .html = &html_consultation_window_number,
     .show = show_number},
    AT_WINDOW("/window/numbers/{number}/call-again", "Call the number once more.",
              &consultation_call_again, "/window"),
    AT_WINDOW("/window/numbers/{number}/put-back", "Called by mistake: it waits again.",
              &consultation_put_back, "/window"),
    AT_WINDOW("/window/numbers/{number}/miss", "Called twice, and nobody came.", &consultation_miss,
              "/window"),
    AT_WINDOW("/window/numbers/{number}/return", "Missed the call and came: waits again.",
              &consultation_come_back, "/window"),
    AT_WINDOW("/window/numbers/{number}/serve", "They are at the window: the talk begins.",
              &consultation_serve, "/window/numbers/{number}"),
    AT_WINDOW("/window/numbers/{number}/pass", "To another line, with number and place.",
              &consultation_pass, "/window"),
    {.method = POST,
     .path = "/window/numbers/{number}/close",
     .who = WHO_AT_HALL,
     .about = "End the talk: what was advised, how it ended, and a summary.",
     .act = &consultation_window_close,
     .then = "/window",
     .again = "/window/numbers/{number}"},
    {.method = POST,
     .path = "/window/numbers/{number}/online",
     .who = WHO_AT_HALL,
     .about = "The same question goes on online, live or in writing.",
     .act = &consultation_window_online,
     .then = "/window",
     .again = "/window/numbers/{number}"},
    {.method = POST,
     .path = "/window/numbers/{number}/slip",
     .who = WHO_AT_HALL,
     .about = "A new slip; the code of the one before opens nothing any more.",
     .act = &consultation_slip_new,
     .then = "/window/slips/{reference}",
     .again = "/window/numbers/{number}"},
    {.method = GET,
     .path = "/slip",
     .who = WHO_ANYONE,
     .about = "Where a resident types reference and code of a slip.",
     .query = &consultation_slip_query_form,
     .view = &consultation_slip_view,
     .html = &html_consultation_slip,
     .show = show_slip},
    {.method = POST,
     .path = "/slip",
     .who = WHO_ANYONE,
     .about = "Open one's question with the slip of a hall.",
     .act = &consultation_slip_open,
     .then = "/consultations/{reference}",
     .again = "/slip",
     .per_minute = SLIPS_A_MINUTE},
    {.method = POST,
     .path = "/consultations/{reference}/wait-online",
     .who = WHO_ASKER,
     .about = "With a number of a hall: rather be answered live, online.",
     .act = &consultation_wait_online,
     .then = "/consultations/{reference}",
     .again = "/consultations/{reference}"},
    {0},
};
