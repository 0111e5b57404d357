/* consultation_repository.c -- a talk that ended, for the repository of answered questions.
 *
 *  (1) It is opened for its consultant, and for a supervisor who has leave to read it.
 *  (2) The names of those who spoke are compared with what an editor writes, without being shown.
 *  (3) Its resident, and nobody who only has the number, says whether others may learn from it.
 */
#include "bureau/review/review_acts.h"
#include "platform/out.h"
#include "service/consultation/consultation_pages.h"
#include "service/repository/repository_acts.h"

static const struct reason not_ended = {
    "consultation.not-ended",
    T("This talk has not ended yet. It can be proposed once it is closed."), 409};
static const struct reason unknown_word = {"consultation.unknown-word", T("Please say yes or no."),
                                           0};

static struct str said_by(struct scene *scene, const struct review_said *said, struct str side)
{
    struct out *out = out_open(scene->arena, 1 << 20);

    for (size_t i = 0; i < said->words_count; i++) {
        if (!str_same(said->words[i].side, side)) continue;
        if (out_text(out).len) OUT_LITERAL(out, "\n");
        out_raw_str(out, said->words[i].text);
    }
    return out_full(out) ? S("") : out_text(out);
}

struct outcome consultation_open_ended(struct scene *scene, struct str reference,
                                       struct repository_case *found)
{
    struct consultation_case c;
    struct review_said said;

    TRY(case_open(scene, reference, &c));
    if (c.side == CONSULTATION_RESIDENT) return REFUSE(act_unknown);
    if (c.side != CONSULTATION_CONSULTANT && !scene_is(scene, WHO_SUPERVISOR))
        return REFUSE(act_not_yours);
    TRY(consultation_may_read(scene, &c));
    if (c.state != CONSULTATION_CLOSED) return REFUSE(not_ended);
    TRY(consultation_words_of(scene, c.row.consultation_id, &said));
    *found = (struct repository_case){.case_id = c.row.consultation_id,
                                      .consultant_id = c.row.consultant_id,
                                      .reference = c.row.reference,
                                      .field = c.row.field,
                                      .division = c.row.division,
                                      .question = said_by(scene, &said, S("resident")),
                                      .answer = said_by(scene, &said, S("consultant")),
                                      .names = said.names,
                                      .names_count = said.names_count};
    return DONE;
}

struct outcome consultation_names_of(struct scene *scene, id case_id, struct repository_case *found)
{
    struct review_said said;

    TRY(consultation_words_of(scene, case_id, &said));
    *found = (struct repository_case){
        .case_id = case_id, .names = said.names, .names_count = said.names_count};
    return DONE;
}

bool consultation_may_share(const struct consultation_case *c)
{
    return c->state == CONSULTATION_CLOSED && consultation_may_complain(c);
}

static struct outcome share(struct scene *scene, const void *form, void *result)
{
    const struct consultation_share_form *f = form;
    bool agrees = str_same(f->sharing, S("yes"));
    struct consultation_case c;

    (void)result;
    TRY(case_open_own(scene, f->reference, &c));
    if (!consultation_may_share(&c)) return REFUSE(not_ended);
    if (!agrees && !str_same(f->sharing, S("no"))) return REFUSE(unknown_word);
    return repository_say_consent(scene, c.row.consultation_id, agrees);
}

const struct act consultation_share = {
    .name = "consultation.share", .who = WHO_ASKER, .form = &consultation_share_form, .run = share};

const struct page consultation_repository_pages[] = {
    {.method = POST,
     .path = "/consultations/{reference}/sharing",
     .who = WHO_ASKER,
     .about = "Say whether others may read question and answer, without names, once it is closed.",
     .act = &consultation_share,
     .then = "/consultations/{reference}",
     .said = T("Thank you. You can change it here at any time."),
     .again = "/consultations/{reference}",
     .per_minute = 20},
    {0}};

#define FORM_THIS consultation_share_form
FORM_TABLE(consultation_share, CONSULTATION_SHARE_FORM)
#undef FORM_THIS
