/* assistant_hand.c -- in one step to a person: the question opens with what was said.
 *
 *  (1) What the resident said stands first and whole; of what the assistant said the newest is left
 *      out first when a message cannot hold it all.
 *  (2) Whoever may be in danger is served first, and those who watch the desk are warned of that
 *      very question.
 *  (3) The talk goes in the transaction that makes the question.
 */
#include "bureau/supervision/supervision_acts.h"
#include "desk/identity/identity_acts.h"
#include "gen/assistant_sql.h"
#include "service/assistant/assistant_views.h"
#include "service/consultation/consultation_acts.h"

enum { BYTES_MAX = 64 * 1024, ROOM_POINTS = 40 };

static void add(struct out *out, const char *before, struct str text)
{
    out_raw_str(out, str_of(before));
    out_raw_str(out, text);
}

/* What is told of one line; "" of those that say nothing to whoever answers. */
static struct str told(struct scene *scene, const struct assistant_line *line)
{
    struct out *out = out_open(scene->arena, BYTES_MAX);

    if (line->mark == ASSISTANT_SENTENCE) {
        add(out, "\n- ", line->cells[1]);
        add(out, " [", line->cells[2]);
        add(out, "]", S(""));
    } else if (line->mark == ASSISTANT_SERVICE) {
        add(out, "\n- ", line->cells[0]);
        add(out, " [", line->cells[2]);
        add(out, "]", S(""));
    } else if (line->mark == ASSISTANT_UNKNOWN) {
        add(out, "\n- ", text_in(scene->language, T("It said that it does not know.")));
    }
    return out_text(out);
}

struct str assistant_transcript(struct scene *scene, const struct assistant_talk *talk,
                                size_t points_max)
{
    struct out *out = out_open(scene->arena, BYTES_MAX);
    bool is_first = true;

    for (size_t i = 0; i < talk->count; i++) {
        const struct assistant_line *line = &talk->lines[i];

        if (line->mark != ASSISTANT_SAID) continue;
        if (!is_first) OUT_LITERAL(out, "\n");
        if (line->cells[1].len) add(out, "", line->cells[1]), OUT_LITERAL(out, " ");
        out_raw_str(out, line->cells[0]);
        is_first = false;
    }
    if (str_points(out_text(out)) + ROOM_POINTS > points_max) return out_text(out);
    add(out, "\n\n", text_in(scene->language, T("What the assistant showed:")));
    for (size_t i = 0; i < talk->count; i++) {
        struct str more = told(scene, &talk->lines[i]);

        if (str_points(out_text(out)) + str_points(more) > points_max) break;
        out_raw_str(out, more);
    }
    return out_text(out);
}

static struct outcome warn(struct scene *scene, struct str reference, id case_id)
{
    return supervision_alarm(scene, &(struct supervision_alarm){.kind = SUPERVISION_DANGER_CASE,
                                                                .key = reference,
                                                                .case_id = case_id,
                                                                .words = {reference, S("")}});
}

static bool is_in_danger(const struct assistant_talk *talk)
{
    for (size_t i = 0; i < talk->count; i++)
        if (talk->lines[i].mark == ASSISTANT_DANGER) return true;
    return false;
}

static struct outcome hand(struct scene *scene, const void *form, void *result)
{
    const struct assistant_hand_form *f = form;
    struct assistant_handed_view *view = result;
    struct assistant_talk *talk = NEW(scene->arena, struct assistant_talk);
    struct consultation_ask_form asked = {.field = f->field, .phone = f->phone};
    struct consultation_opened opened;
    struct str hash;

    TRY(assistant_open(scene, f->talk, &hash, talk));
    if (!talk->count) return REFUSE(assistant_no_browser);
    asked.text = assistant_transcript(scene, talk, CONSULTATION_TEXT_MAX);
    if (str_points(asked.text) > CONSULTATION_TEXT_MAX) return REFUSE(assistant_too_long);
    asked.language = scene->language == LANGUAGE_EN ? S("en") : S("zh");
    asked.cared_for = is_in_danger(talk);
    if (!asked.phone.len && scene_is(scene, WHO_RESIDENT))
        TRY(identity_phone(scene, scene->actor.person_id, &asked.phone));
    TRY(consultation_open(scene, &asked, &opened));
    if (asked.cared_for) TRY(warn(scene, opened.reference, opened.case_id));
    *view = (struct assistant_handed_view){opened.reference, opened.token, opened.state};
    return assistant_drop_talk(scene->store, hash);
}

/* A question like any other, so the same word in the journal. */
const struct act assistant_hand = {.name = "consultation.ask",
                                   .who = WHO_ANYONE,
                                   .form = &assistant_hand_form,
                                   .result = &assistant_handed_view,
                                   .run = hand};
