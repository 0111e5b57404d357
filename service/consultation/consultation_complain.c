/* consultation_complain.c -- a resident complains about how a consultation was served; and what
 * quality is told of a case.
 *
 *  (1) Only its resident complains, once somebody has served; the number alone does not do.
 *  (2) The consultant is not told that there is a complaint before somebody asks them. */
#include "bureau/review/review_acts.h"
#include "gen/consultation_html.h"
#include "platform/secret.h"
#include "service/consultation/consultation_pages.h"

enum { WORDS_MAX = 200, WORDS_PAGE = 100 /* as consultation.list_messages */ };

static struct review_case about(const struct consultation_case *c)
{
    return (struct review_case){.case_id = c->row.consultation_id,
                                .service = S("consultation"),
                                .reference = c->row.reference,
                                .consultant_id = c->row.consultant_id,
                                .team_id = c->row.team_id,
                                .division = c->row.division,
                                .language = c->row.language};
}

/* ---- wording ---- */

struct outcome case_check_words(struct scene *scene, void *form)
{
    struct consultation_say_form *f = form;

    if (!scene_is(scene, WHO_CONSULTANT) || f->internal) return DONE;
    return review_check_text(scene, f->text, &f->flagged);
}

struct outcome case_flag(struct scene *scene, const struct consultation_case *c, id seq,
                         struct str flagged)
{
    struct review_case it = about(c);

    return flagged.len ? review_flag(scene, &it, seq, flagged) : DONE;
}

struct outcome consultation_words_of(struct scene *scene, id case_id, struct review_said *said)
{
    struct review_words *words = NEW_MANY(scene->arena, struct review_words, WORDS_MAX);
    struct str *names = NEW_MANY(scene->arena, struct str, WORDS_MAX);
    size_t count = WORDS_PAGE;
    id after = 0;

    *said = (struct review_said){.words = words, .names = names};
    for (int read = 0; read < WORDS_MAX && count == WORDS_PAGE; read += WORDS_PAGE) {
        const struct consultation_list_messages_row *rows;

        TRY(consultation_list_messages(scene->arena, scene->store, case_id, after, 0, WORDS_PAGE,
                                       &rows, &count));
        for (size_t i = 0; i < count; i++) {
            after = rows[i].seq;
            if (str_same(rows[i].side, S("system"))) continue;
            if (rows[i].author_name.len) names[said->names_count++] = rows[i].author_name;
            if (!rows[i].text.len) continue;
            words[said->words_count++] = (struct review_words){rows[i].side, rows[i].text};
        }
    }
    return DONE;
}

/* ---- complaints ---- */

bool consultation_may_complain(const struct consultation_case *c)
{
    bool was_served = c->row.talk_at > 0 || c->row.answered_at > 0;

    return c->side == CONSULTATION_RESIDENT && !c->by_number_only && was_served &&
           c->row.consultant_id;
}

static struct outcome open_served(struct scene *scene, struct str reference,
                                  struct consultation_case *c)
{
    TRY(case_open_as(scene, reference, CONSULTATION_RESIDENT, c));
    TRY(case_may_change(c));
    /* Not the consultant's business for now: the line is of the case alone. */
    scene_about(scene, 0, 0);
    return consultation_may_complain(c) ? DONE : REFUSE(consultation_not_now);
}

static struct outcome complain(struct scene *scene, const void *form, void *result)
{
    const struct consultation_complain_form *f = form;
    struct consultation_state_view *told = result;
    struct consultation_case c;
    struct review_case it;
    struct str phone = S("");

    TRY(open_served(scene, f->reference, &c));
    if (c.row.phone_sealed.len &&
        !secret_unseal(scene->arena, "consultation.phone", c.row.phone_sealed, &phone))
        return FAULT("a phone number cannot be unsealed");
    it = about(&c);
    *told = (struct consultation_state_view){c.row.reference, c.row.state, c.row.due_at};
    return review_complain(scene, &it, f->kind, f->text, phone);
}

const struct act consultation_complain = {.name = "consultation.complain",
                                          .who = WHO_ASKER,
                                          .form = &consultation_complain_form,
                                          .result = &consultation_state_view,
                                          .run = complain};

static struct outcome show_complaint(struct request *request, const void *query, void *view)
{
    static const char *const kinds[] = {"money", "conduct", "wrong", "late", "leader", "other"};
    struct scene *scene = request->scene;
    const struct consultation_reference_form *f = query;
    struct consultation_complaint_view *v = view;
    struct choice *choices = NEW_MANY(scene->arena, struct choice, COUNT(kinds));
    struct consultation_case c;
    struct review_told told;

    TRY(open_served(scene, f->reference, &c));
    TRY(review_told_of(scene, c.row.consultation_id, &told));
    for (size_t i = 0; i < COUNT(kinds); i++)
        choices[i] =
            (struct choice){.value = str_of(kinds[i]),
                            .label = text_in(scene->language, review_kind_name(str_of(kinds[i])))};
    *v = (struct consultation_complaint_view){
        .reference = c.row.reference,
        .is_made = told.found,
        .about = told.found ? text_in(scene->language, told.kind_name) : S(""),
        .text = told.text,
        .made_at = told.made_at,
        .is_acknowledged = told.is_acknowledged,
        .decide_by = told.decide_by,
        .decide_day = told.decide_by ? told.decide_by - 1 : 0,
        .is_decided = told.is_decided,
        .is_upheld = told.is_upheld,
        .decided_at = told.decided_at,
        .reply = told.reply,
        .kinds = choices,
        .kinds_count = COUNT(kinds),
    };
    return DONE;
}

const struct page consultation_complain_pages[] = {
    {.method = GET,
     .path = "/consultations/{reference}/complaint",
     .who = WHO_ASKER,
     .about = "What became of a complaint about a consultation.",
     .query = &consultation_reference_form,
     .view = &consultation_complaint_view,
     .html = &html_consultation_complaint,
     .show = show_complaint},
    {.method = POST,
     .path = "/consultations/{reference}/complaint",
     .who = WHO_ASKER,
     .about = "Complain about how a consultation was served. Money: one word says enough.",
     .act = &consultation_complain,
     .then = "/consultations/{reference}/complaint",
     .again = "/consultations/{reference}/complaint",
     .status = 201,
     .per_minute = 20},
    {0},
};

#define FORM_THIS consultation_complain_form
FORM_TABLE(consultation_complain, CONSULTATION_COMPLAIN_FORM)
