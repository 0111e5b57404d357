/* consultation_desk_read.c -- the list of a consultant's work, as the desk shows it.
 *
 *  (1) Only what the acting consultant has in hand: the query names the person.
 *  (2) How pressing a question is, is said in a word beside the colour.
 *  (3) A number of queries that does not grow with the work in hand, but for the few offers. */
#include "service/consultation/consultation_desk_read.h"

#include "bureau/people/people_acts.h"
#include "desk/identity/identity_acts.h"
#include "platform/journal.h"

enum { URGENT_HALF = 1, URGENT_LATE = 2, URGENT_OVER = 3 };

struct consultation_urgency consultation_urgency_of(int64_t warned, moment due_at, moment now)
{
    static const struct consultation_urgency urgencies[] = {
        {"calm", "tag-message", T("In time")},
        {"half", "tag-waiting", T("Half time gone")},
        {"late", "tag-late", T("Nearly too late")},
        {"over", "tag-late", T("Too late: answer now")},
    };

    if (due_at && now >= due_at) warned = URGENT_OVER;
    if (warned < 0 || warned > URGENT_OVER) warned = URGENT_OVER;
    return urgencies[warned];
}

/* Everything the rows of one list are worked out from. */
struct reading {
    struct request *request;
    struct scene *scene;
    struct str open;
    struct people_find_consultant_row me;
    const struct people_list_fields_row *fields;
    size_t fields_count;
};

static struct str field_name(const struct reading *reading, struct str field)
{
    for (size_t i = 0; i < reading->fields_count; i++) {
        const struct people_list_fields_row *row = &reading->fields[i];

        if (!str_same(row->field, field)) continue;
        return reading->scene->language == LANGUAGE_EN ? row->field_en : row->field_zh;
    }
    return field;
}

static struct str preview(struct scene *scene, struct str text)
{
    return text.len ? text : text_in(scene->language, T("A file"));
}

static void add_word(struct scene *scene, struct str *words, const char *text)
{
    struct str word = text_in(scene->language, text);

    *words = words->len ? arena_print(scene->arena, "%.*s · %.*s", STR_ARGS(*words), STR_ARGS(word))
                        : word;
}

/* Why me, as the points were given (assignment_weigh). */
static struct outcome why_me(const struct reading *reading,
                             const struct consultation_list_desk_row *row, struct str *why)
{
    struct scene *scene = reading->scene;
    struct consultation_find_last_talk_of_row last = {0};
    bool found;

    *why = S("");
    TRY(consultation_find_last_talk_of(scene->store, row->owner_id, &last, &found));
    if (row->wants_id == scene->actor.person_id)
        add_word(scene, why, T("The case is meant for you"));
    if (found && last.consultant_id == scene->actor.person_id)
        add_word(scene, why, T("You have advised this resident before"));
    if (row->field_count) add_word(scene, why, T("You know this field of law"));
    if (str_same(row->division, reading->me.division))
        add_word(scene, why, T("The resident lives in your district"));
    add_word(scene, why, T("You have room for another conversation"));
    return DONE;
}

/* The offer whose reason came back with something wrong, unfolded and with what was typed. */
static void show_refused(const struct reading *reading, struct consultation_offer_view *v)
{
    const struct face *face = reading->request->face;
    const struct form_state *state = face ? face->form : NULL;
    int reference, reason;

    v->reason_id = arena_print(reading->scene->arena, "reason-%.*s", STR_ARGS(v->reference));
    if (!state || state->form != &consultation_decline_form) return;
    reference = form_place(state->form, S("reference"));
    reason = form_place(state->form, S("reason"));
    if (!str_same(state->given[reference], v->reference)) return;
    v->is_refused = true;
    v->reason_id = S("f-reason");
    v->reason_given = state->given[reason];
}

static struct outcome show_offer(const struct reading *reading,
                                 const struct consultation_list_desk_row *row,
                                 struct consultation_offer_view *v)
{
    struct scene *scene = reading->scene;

    *v = (struct consultation_offer_view){
        .reference = row->reference,
        .field = row->field,
        .field_name = field_name(reading, row->field),
        .language = row->language,
        .language_name = consultation_language_name(scene->language, row->language),
        .division = row->division,
        .asked_at = row->asked_at,
        .until = row->offer_until,
        .text = row->first_text,
        .waited_minutes = (scene->now - row->waiting_at) / SECONDS_PER_MINUTE,
        .left_seconds = row->offer_until > scene->now ? row->offer_until - scene->now : 0,
    };
    show_refused(reading, v);
    TRY(identity_division_name(scene, row->division, &v->division_name));
    return why_me(reading, row, &v->why);
}

static struct consultation_desk_talk_view shown_talk(const struct reading *reading,
                                                     const struct consultation_list_desk_row *row)
{
    return (struct consultation_desk_talk_view){
        .reference = row->reference,
        .state = row->state,
        .field = row->field,
        .field_name = field_name(reading, row->field),
        .since = row->talk_at,
        .unread = row->unread,
        .last_from = row->last_side,
        .preview = preview(reading->scene, row->newest_text),
        .is_open_now = str_same(row->reference, reading->open),
    };
}

static struct consultation_desk_written_view shown_written(
    const struct reading *reading, const struct consultation_list_desk_row *row)
{
    struct scene *scene = reading->scene;
    struct consultation_urgency urgency =
        consultation_urgency_of(row->warned, row->due_at, scene->now);

    return (struct consultation_desk_written_view){
        .reference = row->reference,
        .field = row->field,
        .field_name = field_name(reading, row->field),
        .asked_at = row->asked_at,
        .due_at = row->due_at,
        .due_day = row->due_at ? row->due_at - 1 : 0,
        .unread = row->unread,
        .urgency = str_of(urgency.word),
        .urgency_name = text_in(scene->language, urgency.name),
        .urgency_css = str_of(urgency.css),
        .preview = preview(scene, row->first_text),
        .is_open_now = str_same(row->reference, reading->open),
    };
}

static struct outcome show_work(const struct reading *reading,
                                struct consultation_desk_list_view *v)
{
    struct scene *scene = reading->scene;
    const struct consultation_list_desk_row *rows;
    struct consultation_offer_view *offers;
    struct consultation_desk_talk_view *talks;
    struct consultation_desk_written_view *written;
    size_t count;

    TRY(consultation_list_desk(scene->arena, scene->store, scene->actor.person_id, &rows, &count));
    offers = NEW_MANY(scene->arena, struct consultation_offer_view, count + 1);
    talks = NEW_MANY(scene->arena, struct consultation_desk_talk_view, count + 1);
    written = NEW_MANY(scene->arena, struct consultation_desk_written_view, count + 1);
    for (size_t i = 0; i < count; i++) {
        enum consultation_state state = consultation_state_of(rows[i].state);

        if (state == CONSULTATION_OFFERED)
            TRY(show_offer(reading, &rows[i], &offers[v->offers_count++]));
        else if (state == CONSULTATION_TALKING)
            talks[v->talks_count++] = shown_talk(reading, &rows[i]);
        else
            written[v->written_count++] = shown_written(reading, &rows[i]);
    }
    v->offers = offers;
    v->talks = talks;
    v->written = written;
    return DONE;
}

static bool is_shown(const struct consultation_desk_done_view *rows, size_t count,
                     struct str reference)
{
    for (size_t i = 0; i < count; i++) {
        if (str_same(rows[i].reference, reference)) return true;
    }
    return false;
}

static struct outcome show_lately(const struct reading *reading,
                                  struct consultation_desk_list_view *v)
{
    struct scene *scene = reading->scene;
    const struct consultation_list_lately_row *rows;
    struct consultation_desk_done_view *lately;
    size_t count;

    TRY(consultation_list_lately(scene->arena, scene->store, scene->actor.person_id, &rows,
                                 &count));
    lately = NEW_MANY(scene->arena, struct consultation_desk_done_view, count + 1);
    for (size_t i = 0; i < count; i++) {
        enum consultation_state state = consultation_state_of(rows[i].state);

        if (is_shown(lately, v->lately_count, rows[i].reference)) continue;
        lately[v->lately_count++] = (struct consultation_desk_done_view){
            .reference = rows[i].reference,
            .field_name = field_name(reading, rows[i].field),
            .state_name = text_in(scene->language, consultation_state_name(state)),
            .state_css = str_of(consultation_state_css(state)),
            .is_open_now = str_same(rows[i].reference, reading->open),
        };
    }
    v->lately = lately;
    return DONE;
}

static void show_presence(const struct reading *reading, struct consultation_desk_list_view *v)
{
    struct scene *scene = reading->scene;
    const struct people_find_consultant_row *me = &reading->me;
    struct choice *capacities = NEW_MANY(scene->arena, struct choice, PEOPLE_CAPACITY_MAX);

    v->presence = me->presence;
    v->capacity = me->capacity__now;
    v->is_online = str_same(me->presence, S("online"));
    v->is_away = str_same(me->presence, S("away"));
    v->is_off = !v->is_online && !v->is_away;
    v->presence_name = text_in(scene->language, v->is_online ? T("On line")
                                                : v->is_away ? T("Away")
                                                             : T("Off duty"));
    v->presence_css = v->is_online ? S("tag-done") : v->is_away ? S("tag-waiting") : S("tag-off");
    v->is_barred = str_same(me->standing, S("barred"));
    v->is_qualified = str_same(me->standing, S("active")) &&
                      people_is_qualified(me->verified_at, me->licence_until, scene->now);
    v->profession_name = text_in(scene->language, consultation_profession_name(me->profession));
    for (int i = 0; i < PEOPLE_CAPACITY_MAX; i++) {
        struct str number = arena_print(scene->arena, "%d", i + 1);

        capacities[i] =
            (struct choice){.value = number, .label = number, .chosen = i + 1 == me->capacity__now};
    }
    v->capacities = capacities;
    v->capacities_count = PEOPLE_CAPACITY_MAX;
}

struct outcome consultation_read_desk(struct request *request, struct str open,
                                      struct consultation_desk_list_view *v)
{
    struct scene *scene = request->scene;
    struct reading reading = {.request = request, .scene = scene, .open = open};
    struct consultation_count_waiting_for_row waiting;
    bool found;

    TRY(people_consultant(scene, scene->actor.person_id, &reading.me, &found));
    if (!found) return REFUSE(people_not_consultant);
    TRY(people_fields(scene, &reading.fields, &reading.fields_count));
    v->now = scene->now;
    v->one = S("%1");
    show_presence(&reading, v);
    TRY(journal_last(scene->store, &v->stream_after));
    TRY(consultation_count_waiting_for(scene->store, reading.me.profession, &waiting, &found));
    v->waiting_count = waiting.waiting_count;
    TRY(supervision_unread(scene, &v->announcements, &v->announcements_count));
    TRY(show_work(&reading, v));
    if (request->is_api) return DONE;
    return show_lately(&reading, v);
}
