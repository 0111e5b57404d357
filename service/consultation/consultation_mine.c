/* consultation_mine.c -- finding one's questions again: by this browser, or by a phone number.
 *
 *  (1) A number is proved by a code sent to it; whether it is known here is never told.
 *  (2) A reference alone opens nothing. */
#include "bureau/people/people_acts.h"
#include "desk/identity/identity_acts.h"
#include "platform/secret.h"
#include "service/consultation/consultation_pages.h"

enum { MINE_ROWS = 20 };

static struct outcome show_row(struct scene *scene,
                               const struct consultation_list_asked_by_row *row,
                               struct consultation_mine_row_view *view)
{
    enum consultation_state state = consultation_state_of(row->state);

    *view = (struct consultation_mine_row_view){
        .reference = row->reference,
        .state = row->state,
        .state_name = text_in(scene->language, consultation_state_name(state)),
        .state_css = str_of(consultation_state_css(state)),
        .field = row->field,
        .asked_at = row->asked_at,
        .due_at = state == CONSULTATION_MESSAGE ? row->due_at : 0,
        .due_day = state == CONSULTATION_MESSAGE && row->due_at ? row->due_at - 1 : 0,
        .text = row->first_text,
        .is_new = row->unread > 0,
    };
    return people_field_name(scene, row->field, &view->field_name);
}

static struct outcome list_asked(struct scene *scene, int64_t after, int64_t limit,
                                 struct consultation_mine_view *v)
{
    const struct consultation_list_asked_by_row *rows;
    struct consultation_mine_row_view *made;
    size_t count;

    TRY(consultation_list_asked_by(scene->arena, scene->store, scene->actor.person_id,
                                   scene->actor.phone_index, after > 0 ? after : INT64_MAX, limit,
                                   &rows, &count));
    made = NEW_MANY(scene->arena, struct consultation_mine_row_view, count + 1);
    for (size_t i = 0; i < count; i++) TRY(show_row(scene, &rows[i], &made[i]));
    v->consultations = made;
    v->consultations_count = count;
    if (count && (int64_t)count == limit)
        v->next = arena_print(scene->arena, "%lld", (long long)rows[count - 1].consultation_id);
    return DONE;
}

/* The token of one consultation opens that one and lists nothing else. */
static struct outcome list_the_one(struct scene *scene, struct consultation_mine_view *v)
{
    struct consultation_mine_row_view *made = NEW(scene->arena, struct consultation_mine_row_view);
    struct consultation_find_asked_row row;
    bool found;

    TRY(consultation_find_asked(scene->arena, scene->store, scene->actor.case_id, &row, &found));
    if (!found) return DONE;
    TRY(show_row(scene,
                 &(struct consultation_list_asked_by_row){.reference = row.reference,
                                                          .state = row.state,
                                                          .field = row.field,
                                                          .asked_at = row.asked_at,
                                                          .due_at = row.due_at,
                                                          .unread = row.unread,
                                                          .first_text = row.first_text},
                 made));
    v->consultations = made;
    v->consultations_count = 1;
    return DONE;
}

/* "/consultations/7G3K2M9P", where somebody was stopped, without what is around it. */
static struct str reference_of(struct str next)
{
    struct str start = S("/consultations/");

    if (!str_begins(next, start)) return S("");
    next = (struct str){next.at + start.len, next.len - start.len};
    return str_cut(next, '/', &(struct str){0});
}

struct outcome consultation_show_mine(struct request *request, const void *query, void *view)
{
    const struct consultation_mine_form *f = query;
    struct consultation_mine_view *v = view;
    struct scene *scene = request->scene;

    v->is_resident = scene_is(scene, WHO_RESIDENT);
    if (!v->is_resident && str_begins(f->next, S("/cases/"))) {
        /* What was applied for opens to who proves a number, and is no question. */
        struct out *out = out_open(scene->arena, 512);

        OUT_LITERAL(out, "/session/code?next=");
        out_url(out, f->next);
        request->go = out_text(out);
        return DONE;
    }
    v->reference = reference_of(f->next);
    if (!scene_is(scene, WHO_ASKER)) return DONE;
    v->is_guest = !v->is_resident;
    if (scene->actor.case_id) return list_the_one(scene, v);
    return list_asked(scene, f->after, f->limit ? f->limit : MINE_ROWS, v);
}

static const struct reason reference_shape = {
    "consultation.reference-shape",
    T("A reference has 8 letters and digits. Please check it, or leave it empty."),
    .field = "reference"};

/* As people copy it from paper: small letters, blanks and dashes are not meant. */
static struct outcome read_reference(struct arena *arena, struct str typed, struct str *reference)
{
    char *made = arena_take(arena, typed.len + 1, 1);
    size_t len = 0;

    for (size_t i = 0; i < typed.len; i++) {
        char c = typed.at[i];

        if (c == ' ' || c == '-' || c == '.') continue;
        if (c >= 'a' && c <= 'z') c = (char)(c - 32);
        if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) return REFUSE(reference_shape);
        made[len++] = c;
    }
    *reference = (struct str){made, len};
    return len == REFERENCE_LEN ? DONE : REFUSE(reference_shape);
}

/* Sends the code as identity does, and remembers where to go afterwards. */
static struct outcome find(struct scene *scene, const void *form, void *result)
{
    const struct consultation_find_form *f = form;
    struct consultation_step_view *told = result;
    struct identity_phone_form phone = {.phone = f->phone, .next = S("/my")};
    struct out *out = out_open(scene->arena, 512);
    struct str reference;

    if (f->reference.len) {
        TRY(read_reference(scene->arena, f->reference, &reference));
        phone.next = arena_print(scene->arena, "/consultations/%.*s", STR_ARGS(reference));
    }
    TRY(identity_send.run(scene, &phone, arena_take(scene->arena, identity_send.result->size, 1)));
    OUT_LITERAL(out, "/session/code?next=");
    out_url(out, phone.next);
    told->next = out_text(out);
    return DONE;
}

const struct act consultation_find = {.name = "consultation.find",
                                      .who = WHO_ANYONE,
                                      .form = &consultation_find_form,
                                      .result = &consultation_step_view,
                                      .run = find};

#define FORM_THIS consultation_mine_form
FORM_TABLE(consultation_mine, CONSULTATION_MINE_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_find_form
FORM_TABLE(consultation_find, CONSULTATION_FIND_FORM)
#undef FORM_THIS
