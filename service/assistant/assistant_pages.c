/* assistant_pages.c -- the talk as a page and for programs. */
#include "bureau/people/people_acts.h"
#include "gen/assistant_html.h"
#include "gen/assistant_sql.h"
#include "service/assistant/assistant_views.h"

enum { LOOKS_A_MINUTE = 240, SAYS_A_MINUTE = 40, HANDS_A_MINUTE = 10 };

#define FORM_THIS assistant_ask_form
FORM_TABLE(assistant_ask, ASSISTANT_ASK_FORM)
#undef FORM_THIS
#define FORM_THIS assistant_tell_form
FORM_TABLE(assistant_tell, ASSISTANT_TELL_FORM)
#undef FORM_THIS
#define FORM_THIS assistant_hand_form
FORM_TABLE(assistant_hand, ASSISTANT_HAND_FORM)
#undef FORM_THIS
#define FORM_THIS assistant_look_form
FORM_TABLE(assistant_look, ASSISTANT_LOOK_FORM)
#undef FORM_THIS

#define VIEW_THIS assistant_sentence_view
VIEW_TABLE(assistant_sentence, ASSISTANT_SENTENCE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS assistant_service_view
VIEW_TABLE(assistant_service, ASSISTANT_SERVICE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS assistant_turn_view
VIEW_TABLE(assistant_turn, ASSISTANT_TURN_VIEW)
#undef VIEW_THIS
#define VIEW_THIS assistant_choice_view
VIEW_TABLE(assistant_choice, ASSISTANT_CHOICE_VIEW)
#undef VIEW_THIS
#define VIEW_THIS assistant_put_view
VIEW_TABLE(assistant_put, ASSISTANT_PUT_VIEW)
#undef VIEW_THIS
#define VIEW_THIS assistant_talk_view
VIEW_TABLE(assistant_talk, ASSISTANT_TALK_VIEW)
#undef VIEW_THIS
#define VIEW_THIS assistant_handed_view
VIEW_TABLE(assistant_handed, ASSISTANT_HANDED_VIEW)
#undef VIEW_THIS

/* ---- what was said ---- */

/* The rows of one turn are made in arrays that have room for all lines of the talk. */
struct drawing {
    struct scene *scene;
    struct assistant_turn_view *turns;
    struct assistant_sentence_view *sentences;
    struct assistant_service_view *services;
    size_t turns_count, sentences_count, services_count;
};

static void begin_turn(struct drawing *d, const struct assistant_line *line)
{
    d->turns[d->turns_count++] = (struct assistant_turn_view){
        .said = line->cells[0], .asked = line->cells[1], .is_known = true};
}

static void show_danger(struct drawing *d, struct assistant_turn_view *turn, struct str kind)
{
    turn->danger = kind;
    turn->is_life = str_same(kind, S("life"));
    turn->numbers_count = danger_show(d->scene, danger_of(kind), &turn->numbers);
}

static void show_line(struct drawing *d, const struct assistant_line *line)
{
    struct assistant_turn_view *turn = d->turns_count ? &d->turns[d->turns_count - 1] : NULL;
    const struct str *c = line->cells;

    if (line->mark == ASSISTANT_SAID) begin_turn(d, line);
    if (!turn) return;
    if (line->mark == ASSISTANT_UNKNOWN) turn->is_known = false;
    if (line->mark == ASSISTANT_DANGER) show_danger(d, turn, c[0]);
    if (line->mark == ASSISTANT_SENTENCE) {
        if (!turn->sentences_count) turn->sentences = &d->sentences[d->sentences_count];
        turn->sentences_count++;
        d->sentences[d->sentences_count++] = (struct assistant_sentence_view){
            c[1], c[0], c[2], c[3], str_same(c[0], S("article")), S("")};
    }
    if (line->mark == ASSISTANT_PLAIN && turn->sentences_count)
        d->sentences[d->sentences_count - 1].plain = c[0];
    if (line->mark == ASSISTANT_SERVICE) {
        if (!turn->services_count) turn->services = &d->services[d->services_count];
        turn->services_count++;
        d->services[d->services_count++] = (struct assistant_service_view){c[0], c[1], c[2]};
    }
}

/* The question that stands open: the last one of the last turn. */
static void show_put(struct scene *scene, const struct assistant_talk *talk,
                     struct assistant_talk_view *v)
{
    const struct assistant_line *line = assistant_last(talk, ASSISTANT_PUT);
    struct assistant_put_view *put;
    struct assistant_choice_view *values;
    struct choice *choices;

    if (!line) return;
    put = NEW(scene->arena, struct assistant_put_view);
    values = NEW_MANY(scene->arena, struct assistant_choice_view, talk->count);
    choices = NEW_MANY(scene->arena, struct choice, talk->count);
    *put = (struct assistant_put_view){.ask = line->cells[0],
                                       .question = line->cells[1],
                                       .why = line->cells[2],
                                       .day = line->cells[3],
                                       .is_day = str_begins(line->cells[0], S("day.")),
                                       .values = values,
                                       .choices = choices};
    for (line++; line < talk->lines + talk->count; line++) {
        if (line->mark != ASSISTANT_VALUE) continue;
        values[put->values_count++] =
            (struct assistant_choice_view){line->cells[0], line->cells[1]};
        choices[put->choices_count++] =
            (struct choice){.value = line->cells[0], .label = line->cells[1]};
    }
    v->put = put;
}

/* All fields; those that may fit what was said stand first, and none is chosen. */
static struct outcome show_fields(struct scene *scene, const struct assistant_talk *talk,
                                  struct assistant_talk_view *v)
{
    const struct people_list_fields_row *rows;
    struct choice *made;
    size_t count, first = 0;

    TRY(people_fields(scene, &rows, &count));
    made = NEW_MANY(scene->arena, struct choice, count + 1);
    for (size_t i = 0; i < count; i++)
        made[i] = (struct choice){.value = rows[i].field,
                                  .label = scene->language == LANGUAGE_EN ? rows[i].field_en
                                                                          : rows[i].field_zh};
    for (size_t i = 0; i < talk->count; i++) {
        if (talk->lines[i].mark != ASSISTANT_FIELD) continue;
        for (size_t k = first; k < count; k++) {
            struct choice found = made[k];

            if (!str_same(found.value, talk->lines[i].cells[0])) continue;
            for (size_t m = k; m > first; m--) made[m] = made[m - 1];
            made[first++] = found;
            break;
        }
    }
    v->fields = made;
    v->fields_count = count;
    return DONE;
}

struct outcome assistant_show(struct scene *scene, const struct assistant_talk *talk,
                              struct assistant_talk_view *v)
{
    struct drawing d = {
        .scene = scene,
        .turns = NEW_MANY(scene->arena, struct assistant_turn_view, talk->count + 1),
        .sentences = NEW_MANY(scene->arena, struct assistant_sentence_view, talk->count + 1),
        .services = NEW_MANY(scene->arena, struct assistant_service_view, talk->count + 1)};

    for (size_t i = 0; i < talk->count; i++) show_line(&d, &talk->lines[i]);
    v->turns = d.turns;
    v->turns_count = d.turns_count;
    for (size_t i = 0; i < d.turns_count; i++)
        v->is_violence = v->is_violence || str_same(d.turns[i].danger, S("violence"));
    show_put(scene, talk, v);
    return show_fields(scene, talk, v);
}

static struct outcome show(struct request *request, const void *query, void *view)
{
    const struct assistant_look_form *f = query;
    struct assistant_talk_view *v = view;
    struct assistant_talk *talk = NEW(request->scene->arena, struct assistant_talk);
    struct str hash;

    v->q = f->q;
    TRY(assistant_open(request->scene, S(""), &hash, talk));
    return assistant_show(request->scene, talk, v);
}

static const struct page pages[] = {
    {.method = GET,
     .path = "/assistant",
     .who = WHO_ANYONE,
     .about = "The talk of this browser with the assistant.",
     .query = &assistant_look_form,
     .view = &assistant_talk_view,
     .html = &html_assistant_talk,
     .show = show,
     .per_minute = LOOKS_A_MINUTE,
     .page_only = true},
    {.method = POST,
     .path = "/assistant",
     .who = WHO_ANYONE,
     .about = "Say something to the assistant: each sentence of its answer has a source.",
     .act = &assistant_ask,
     .then = "/assistant",
     .again = "/assistant",
     .per_minute = SAYS_A_MINUTE},
    {.method = POST,
     .path = "/assistant/facts",
     .who = WHO_ANYONE,
     .about = "Answer what the assistant asked back.",
     .act = &assistant_tell,
     .then = "/assistant",
     .again = "/assistant",
     .per_minute = SAYS_A_MINUTE},
    {.method = POST,
     .path = "/assistant/person",
     .who = WHO_ANYONE,
     .about = "Hand the talk over to a person who answers.",
     .act = &assistant_hand,
     .then = "/consultations/{reference}",
     .again = "/assistant",
     .status = 201,
     .per_minute = HANDS_A_MINUTE},
    {.method = POST,
     .path = "/assistant/forget",
     .who = WHO_ANYONE,
     .about = "Forget the talk of this browser.",
     .act = &assistant_forget,
     .then = "/assistant",
     .again = "/assistant",
     .said = T("The talk is forgotten."),
     .page_only = true},
    {0},
};

static const struct act *const clock_acts[] = {&assistant_tidy, &assistant_calm, NULL};

const struct module assistant_module = {.name = "assistant",
                                        .schema = assistant_schema,
                                        .migrations = assistant_migrations,
                                        .pages = pages,
                                        .clock_acts = clock_acts};
