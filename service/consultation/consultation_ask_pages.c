/* consultation_ask_pages.c -- the way to a question: one thing asked a page, all of it shown
 * before it is sent.
 *
 *  (1) No page asks for what the one before needs: whoever comes too early is led back there.
 *  (2) Only what is true at this moment is said about who is on line and how long it takes. */
#include "bureau/people/people_acts.h"
#include "desk/identity/identity_acts.h"
#include "gen/consultation_html.h"
#include "platform/limits.h"
#include "service/consultation/consultation_pages.h"
#include "service/search/search_acts.h"

enum { ASKS_A_MINUTE = 30, STEPS_A_MINUTE = 120 };

/* What was typed into the form of this page, when it is drawn again; else `otherwise`. */
static struct str typed(const struct request *request, const struct form *form, const char *name,
                        struct str otherwise)
{
    const struct form_state *state = request->face->form;

    if (!state || state->form != form) return otherwise;
    return state->given[form_place(form, str_of(name))];
}

static struct str back_of(struct str back)
{
    return str_same(back, S("check")) ? back : S("");
}

static bool is_family(struct str field)
{
    return str_same(field, S("family"));
}

/* ---- what is it about? ---- */

/* Where a field stands among those suggested; behind them when it is not. */
static size_t place_of(struct str field, const struct str *suggested, size_t count)
{
    size_t place = 0;

    while (place < count && !str_same(suggested[place], field)) place++;
    return place;
}

/* Those with the lower place come first; equals stay in their order. */
static void put_in_order(struct choice *choices, size_t *places, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        for (size_t k = i; k > 0 && places[k] < places[k - 1]; k--) {
            struct choice choice = choices[k];
            size_t place = places[k];

            choices[k] = choices[k - 1], places[k] = places[k - 1];
            choices[k - 1] = choice, places[k - 1] = place;
        }
    }
}

/* A field that is known from the page somebody came from stands first of all, then what is
 * suggested. */
static struct outcome list_fields(struct scene *scene, struct str q, struct str known,
                                  struct str chosen, struct consultation_ask_field_view *v)
{
    const struct people_list_fields_row *rows;
    struct str suggested[SEARCH_FIELDS_MAX];
    struct choice *choices;
    size_t *places, count, suggested_count;
    bool is_english = scene->language == LANGUAGE_EN;

    TRY(people_fields(scene, &rows, &count));
    TRY(search_fields(scene, q, suggested, &suggested_count));
    choices = NEW_MANY(scene->arena, struct choice, count + 1);
    places = NEW_MANY(scene->arena, size_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        choices[i] = (struct choice){
            .value = rows[i].field,
            .label = is_english ? rows[i].field_en : rows[i].field_zh,
            .hint = is_english ? rows[i].hint_en : rows[i].hint_zh,
            .chosen = str_same(rows[i].field, chosen),
        };
        places[i] = str_same(rows[i].field, known)
                        ? 0
                        : 1 + place_of(rows[i].field, suggested, suggested_count);
    }
    put_in_order(choices, places, count);
    v->is_suggested = suggested_count > 0;
    v->fields = choices;
    v->fields_count = count;
    return DONE;
}

static struct outcome begin(struct request *request, const void *query, void *view)
{
    const struct consultation_way_form *f = query;
    struct out *out = out_open(request->scene->arena, 4096);

    (void)view;
    OUT_LITERAL(out, "/ask/field");
    if (f->q.len) {
        OUT_LITERAL(out, "?q=");
        out_url(out, f->q);
    }
    if (f->field.len) {
        out_raw_str(out, f->q.len ? S("&field=") : S("?field="));
        out_url(out, f->field);
    }
    if (f->wants) {
        out_raw_str(out, f->q.len || f->field.len ? S("&wants=") : S("?wants="));
        out_int(out, f->wants);
    }
    request->go = out_text(out);
    return DONE;
}

static struct outcome show_field(struct request *request, const void *query, void *view)
{
    const struct consultation_way_form *f = query;
    const struct form *form = &consultation_draft_field_form;
    struct consultation_ask_field_view *v = view;
    struct people_find_consultant_row wanted;
    struct consultation_draft draft;
    bool found;

    TRY(consultation_draft_of(request->scene, &draft));
    if (!str_to_int(typed(request, form, "wants", S("")), &v->wants)) v->wants = f->wants;
    TRY(consultation_wanted(request->scene, v->wants, &wanted, &found));
    v->wants = found ? v->wants : 0;
    if (found) v->wanted = wanted.person_name;
    v->q = typed(request, form, "q", f->q);
    v->back = back_of(typed(request, form, "back", f->back));
    return list_fields(request->scene, v->q.len ? v->q : draft.text, f->field,
                       f->field.len ? f->field : draft.field, v);
}

/* ---- what happened? ---- */

static struct outcome show_text(struct request *request, const void *query, void *view)
{
    const struct consultation_way_form *f = query;
    struct consultation_ask_text_view *v = view;
    struct consultation_draft draft;

    TRY(consultation_draft_of(request->scene, &draft));
    if (!draft.field.len) {
        request->go = S("/ask/field");
        return DONE;
    }
    v->text = draft.text;
    v->against = draft.against;
    v->back = back_of(typed(request, &consultation_draft_text_form, "back", f->back));
    v->is_family = is_family(draft.field);
    return people_field_name(request->scene, draft.field, &v->field_name);
}

/* ---- where, and in which language? ---- */

static struct outcome list_districts(struct scene *scene, struct str chosen,
                                     const struct choice **made, size_t *made_count)
{
    const struct identity_division *rows;
    struct choice *choices;
    size_t count;

    TRY(identity_division_children(scene, S("31"), &rows, &count));
    choices = NEW_MANY(scene->arena, struct choice, count + 1);
    choices[0].label = text_in(scene->language, T("I would rather not say"));
    for (size_t i = 0; i < count; i++) {
        choices[i + 1] = (struct choice){
            .value = rows[i].division,
            .label = scene->language == LANGUAGE_EN ? rows[i].name_en : rows[i].name_zh,
            .chosen = str_same(rows[i].division, chosen),
        };
    }
    *made = choices;
    *made_count = count + 1;
    return DONE;
}

/* What was chosen before on this way, which may be "rather not", else the place this browser keeps
 * (bureau/places).  The language is answered on the same page, and never empty. */
static struct str known_district(const struct scene *scene, const struct consultation_draft *draft)
{
    enum { DISTRICT_LEN = 6 };
    struct str kept = scene_brought(scene, S("place"));

    if (draft->language.len || draft->division.len || kept.len < DISTRICT_LEN)
        return draft->division;
    return (struct str){kept.at, DISTRICT_LEN};
}

static void list_languages(struct scene *scene, struct str chosen, const struct choice **made,
                           size_t *made_count)
{
    static const char *const codes[] = {"zh", "wuu", "yue", "en"};
    struct choice *choices = NEW_MANY(scene->arena, struct choice, COUNT(codes));

    if (!chosen.len) chosen = scene->language == LANGUAGE_EN ? S("en") : S("zh");
    for (size_t i = 0; i < COUNT(codes); i++) {
        choices[i] = (struct choice){
            .value = str_of(codes[i]),
            .label = consultation_language_name(scene->language, str_of(codes[i])),
            .chosen = str_same(str_of(codes[i]), chosen),
        };
    }
    *made = choices;
    *made_count = COUNT(codes);
}

static struct outcome show_where(struct request *request, const void *query, void *view)
{
    const struct consultation_way_form *f = query;
    struct consultation_ask_where_view *v = view;
    struct consultation_draft draft;

    TRY(consultation_draft_of(request->scene, &draft));
    if (!draft.field.len || !draft.text.len) {
        request->go = draft.field.len ? S("/ask/text") : S("/ask/field");
        return DONE;
    }
    v->back = back_of(typed(request, &consultation_draft_where_form, "back", f->back));
    v->cared_for = draft.cared_for ? S("1") : S("");
    v->is_family = is_family(draft.field);
    list_languages(request->scene, draft.language, &v->languages, &v->languages_count);
    return list_districts(request->scene, known_district(request->scene, &draft), &v->districts,
                          &v->districts_count);
}

/* ---- how do we reach you? ---- */

static struct outcome show_contact(struct request *request, const void *query, void *view)
{
    const struct consultation_way_form *f = query;
    struct consultation_ask_contact_view *v = view;
    struct consultation_draft draft;

    TRY(consultation_draft_of(request->scene, &draft));
    if (!draft.field.len || !draft.text.len) {
        request->go = draft.field.len ? S("/ask/text") : S("/ask/field");
        return DONE;
    }
    v->back = back_of(typed(request, &consultation_draft_contact_form, "back", f->back));
    v->phone = draft.phone;
    v->is_resident = scene_is(request->scene, WHO_RESIDENT);
    v->is_family = is_family(draft.field);
    return DONE;
}

/* ---- is everything right? ---- */

/* As if the question were asked now: who is there, how many come first, how long that takes. */
static struct outcome show_live(struct scene *scene, struct str profession, bool cared_for,
                                struct consultation_ask_check_view *v)
{
    struct assignment_policy policy;
    struct consultation_wait_view *range = NEW(scene->arena, struct consultation_wait_view);
    struct consultation_case c = {.state = CONSULTATION_WAITING};
    struct waiting_view_values wait;
    int64_t places;

    TRY(assignment_policy_now(scene, &policy));
    c.row.profession = profession;
    c.row.consultation_id = INT64_MAX;
    c.row.rank_at = assignment_rank(&policy, scene->now, cared_for);
    TRY(people_places(scene, profession, scene->now - policy.absent_seconds, &places, &v->people));
    TRY(wait_of(scene, &c, &wait));
    v->ahead = wait.ahead;
    if (wait.low_seconds < 0 || !v->people) return DONE;
    consultation_show_wait(&wait, range);
    v->wait = range;
    return DONE;
}

/* The day a written answer would be due, were the question left now. */
static struct outcome show_due(struct scene *scene, const struct calendar_desk *desk,
                               struct consultation_ask_check_view *v)
{
    int days = (int)consultation_policy_default.working_days;
    struct outcome outcome = calendar_due(desk->calendar, scene->now, days, &v->due_day);

    if (outcome.refusal == &calendar_year_missing) {
        v->due_provisional = true;
        outcome = calendar_due_by_weekday(scene->now, days, &v->due_day);
    }
    v->due_day--; /* the first second too late lies on the day after */
    return outcome;
}

static struct outcome show_hours(struct scene *scene, struct consultation_ask_check_view *v)
{
    struct calendar_desk desk;
    struct outcome outcome;

    TRY(people_desk(scene, S("consultation"), &desk));
    TRY(show_due(scene, &desk, v));
    outcome = calendar_is_open(&desk, scene->now, &v->is_open);
    if (IS_DONE(outcome) && !v->is_open)
        outcome = calendar_next_opening(&desk, scene->now, &v->opens_at);
    /* A calendar that has no answer yet is no reason to lose a question: it is left in writing. */
    return outcome.refusal ? DONE : outcome;
}

const struct consultation_help_view *consultation_help(const struct scene *scene, struct str text)
{
    enum danger danger = danger_heard(scene->arena, text);
    struct consultation_help_view *help = NEW(scene->arena, struct consultation_help_view);

    if (!danger) return NULL;
    help->is_life = danger == DANGER_LIFE;
    help->numbers_count = danger_show(scene, danger, &help->numbers);
    return help;
}

static struct outcome show_answers(struct scene *scene, const struct consultation_draft *draft,
                                   struct consultation_ask_check_view *v)
{
    v->text = draft->text;
    v->help = consultation_help(scene, draft->text);
    v->against = draft->against;
    v->phone = draft->phone;
    v->cared_for = draft->cared_for;
    v->is_resident = scene_is(scene, WHO_RESIDENT);
    v->is_family = is_family(draft->field);
    v->language_name =
        consultation_language_name(scene->language, draft->language.len ? draft->language
                                                    : scene->language == LANGUAGE_EN ? S("en")
                                                                                     : S("zh"));
    if (draft->division.len) TRY(identity_division_name(scene, draft->division, &v->place_name));
    return people_field_name(scene, draft->field, &v->field_name);
}

static struct outcome show_check(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct consultation_ask_check_view *v = view;
    struct consultation_draft draft;
    struct people_find_consultant_row wanted;
    struct people_find_field_row field;
    struct overflow_stand stand;
    bool found;

    (void)query;
    TRY(consultation_draft_of(scene, &draft));
    if (!draft.field.len || !draft.text.len) {
        if (request->face->form) return REFUSE(consultation_draft_gone);
        /* Most who come here with nothing went back after sending: their question is there. */
        request->go = draft.field.len ? S("/ask/text") : S("/my");
        return DONE;
    }
    TRY(people_field(scene, draft.field, &field, &found));
    if (!found) {
        request->go = S("/ask/field");
        return DONE;
    }
    TRY(consultation_wanted(scene, draft.wants_id, &wanted, &found));
    if (found) v->wanted = wanted.person_name, field.profession = wanted.profession;
    v->profession_name = text_in(scene->language, consultation_profession_name(field.profession));
    TRY(show_answers(scene, &draft, v));
    TRY(show_hours(scene, v));
    if (!v->is_open) return DONE;
    TRY(overflow_stand(scene, field.profession, draft.division.len ? draft.division : S("31"),
                       &stand));
    v->is_crowded = ladder_offers_choice(&stand.policy, stand.level);
    v->writes_first = ladder_writes_first(&stand.policy, stand.level);
    return show_live(scene, field.profession, draft.cared_for, v);
}

static const struct page_instead or_in_writing = {.field = "mode",
                                                  .now = "live",
                                                  .later = "message",
                                                  .first = "cared_for",
                                                  .later_label = T("Leave it in writing")};

const struct page consultation_ask_pages[] = {
    {.method = GET,
     .path = "/ask",
     .who = WHO_ANYONE,
     .about = "The beginning of a question.",
     .query = &consultation_way_form,
     .html = &html_consultation_ask_field,
     .show = begin,
     .page_only = true},
    {.method = GET,
     .path = "/ask/field",
     .who = WHO_ANYONE,
     .about = "What the question is about.",
     .query = &consultation_way_form,
     .view = &consultation_ask_field_view,
     .html = &html_consultation_ask_field,
     .show = show_field,
     .page_only = true},
    {.method = POST,
     .path = "/ask/field",
     .who = WHO_ANYONE,
     .act = &consultation_draft_field,
     .then = "/ask/{next}",
     .again = "/ask/field",
     .page_only = true,
     .per_minute = STEPS_A_MINUTE},
    {.method = GET,
     .path = "/ask/text",
     .who = WHO_ANYONE,
     .about = "The question itself.",
     .query = &consultation_way_form,
     .view = &consultation_ask_text_view,
     .html = &html_consultation_ask_text,
     .show = show_text,
     .page_only = true},
    {.method = POST,
     .path = "/ask/text",
     .who = WHO_ANYONE,
     .act = &consultation_draft_text,
     .then = "/ask/{next}",
     .again = "/ask/text",
     .page_only = true,
     .per_minute = STEPS_A_MINUTE},
    {.method = GET,
     .path = "/ask/where",
     .who = WHO_ANYONE,
     .about = "District, language and whether somebody is served first.",
     .query = &consultation_way_form,
     .view = &consultation_ask_where_view,
     .html = &html_consultation_ask_where,
     .show = show_where,
     .page_only = true},
    {.method = POST,
     .path = "/ask/where",
     .who = WHO_ANYONE,
     .act = &consultation_draft_where,
     .then = "/ask/{next}",
     .again = "/ask/where",
     .page_only = true,
     .per_minute = STEPS_A_MINUTE},
    {.method = GET,
     .path = "/ask/contact",
     .who = WHO_ANYONE,
     .about = "A phone number, if one is given.",
     .query = &consultation_way_form,
     .view = &consultation_ask_contact_view,
     .html = &html_consultation_ask_contact,
     .show = show_contact,
     .page_only = true},
    {.method = POST,
     .path = "/ask/contact",
     .who = WHO_ANYONE,
     .act = &consultation_draft_contact,
     .then = "/ask/{next}",
     .again = "/ask/contact",
     .page_only = true,
     .per_minute = STEPS_A_MINUTE},
    {.method = GET,
     .path = "/ask/check",
     .who = WHO_ANYONE,
     .about = "All answers, before the question is sent.",
     .view = &consultation_ask_check_view,
     .html = &html_consultation_ask_check,
     .show = show_check,
     .page_only = true},
    {.method = POST,
     .path = "/ask/send",
     .who = WHO_ANYONE,
     .act = &consultation_ask_draft,
     .then = "/consultations/{reference}",
     .again = "/ask/check",
     .instead = &or_in_writing,
     .page_only = true,
     .per_minute = ASKS_A_MINUTE},
    {.method = POST,
     .path = "/consultations",
     .who = WHO_ANYONE,
     .about = "Ask a question, to be answered live or in writing.",
     .act = &consultation_ask,
     .instead = &or_in_writing,
     .status = 201,
     .per_minute = ASKS_A_MINUTE},
    {0},
};

#define FORM_THIS consultation_way_form
FORM_TABLE(consultation_way, CONSULTATION_WAY_FORM)
#undef FORM_THIS
