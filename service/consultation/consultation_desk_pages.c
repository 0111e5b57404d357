/* consultation_desk_pages.c -- the consultant's desk: its routes, and what is read behind each.
 *
 *  (1) A case that is not in the reader's hands looks like one that does not exist.
 *  (2) What may be done in a conversation is done by its consultant only; who looks in reads. */
#include "gen/consultation_html.h"
#include "platform/cage.h"
#include "platform/files.h"
#include "platform/limits.h"
#include "service/consultation/consultation_desk_read.h"
#include "service/consultation/consultation_stream.h"

static struct outcome show_desk(struct request *request, const void *query, void *view)
{
    struct consultation_desk_view *v = view;
    struct consultation_desk_list_view *list =
        NEW(request->scene->arena, struct consultation_desk_list_view);
    struct assignment_policy policy;

    (void)query;
    TRY(assignment_policy_now(request->scene, &policy));
    TRY(consultation_read_desk(request, S(""), list));
    *v = (struct consultation_desk_view){
        .presence = list->presence,
        .capacity = list->capacity,
        .offers = list->offers,
        .offers_count = list->offers_count,
        .talks = list->talks,
        .talks_count = list->talks_count,
        .written = list->written,
        .written_count = list->written_count,
        .offer_seconds = policy.offer_seconds,
        .absent_seconds = policy.absent_seconds,
        .announcements = list->announcements,
        .announcements_count = list->announcements_count,
        .list = list,
    };
    return DONE;
}

static struct outcome show_case(struct request *request, const void *query, void *view)
{
    return consultation_read_desk_case(request, query, view);
}

/* For its consultant, or for somebody looking in. */
static struct outcome open_to_read(struct scene *scene, struct str reference,
                                   struct consultation_case *c)
{
    TRY(case_open(scene, reference, c));
    if (c->side == CONSULTATION_RESIDENT) return REFUSE(act_unknown);
    return consultation_may_read(scene, c);
}

static struct outcome show_messages(struct request *request, const void *query, void *view)
{
    const struct consultation_desk_messages_form *f = query;
    struct consultation_messages_view *v = view;
    const struct consultation_message_view *more;
    struct scene *scene = request->scene;
    struct consultation_case c;
    int64_t limit = f->limit ? f->limit : 100;
    size_t more_count = 0;

    TRY(open_to_read(scene, f->reference, &c));
    v->next = -1;
    if (f->before)
        return consultation_messages_before(scene, &c, f->before, true, &v->messages,
                                            &v->messages_count, &v->next);
    TRY(consultation_messages_after(scene, &c, f->after, limit, true, &v->messages,
                                    &v->messages_count));
    if ((int64_t)v->messages_count < limit) return DONE;
    TRY(consultation_messages_after(scene, &c, v->messages[v->messages_count - 1].seq, 1, true,
                                    &more, &more_count));
    if (more_count) v->next = v->messages[v->messages_count - 1].seq;
    return DONE;
}

static struct outcome send_file(struct request *request, const void *query,
                                struct file_answer *file)
{
    const struct consultation_file_form *f = query;
    struct scene *scene = request->scene;
    struct consultation_find_attachment_row row;
    struct consultation_case c;
    bool found;

    TRY(open_to_read(scene, f->reference, &c));
    TRY(consultation_find_attachment(scene->arena, scene->store, f->attachment,
                                     c.row.consultation_id, &row, &found));
    if (!found) return REFUSE(act_unknown);
    TRY(files_get(scene->arena, row.file, row.bytes_count, &file->bytes));
    file->type = row.type;
    file->name = row.attachment_name;
    file->inline_safe = cage_is_image(row.type);
    return DONE;
}

static struct outcome be_typing(struct scene *scene, const void *query, struct whisper *whisper)
{
    struct consultation_case c;

    TRY(case_open_as(scene, ((const struct consultation_reference_form *)query)->reference,
                     CONSULTATION_CONSULTANT, &c));
    return consultation_typing(scene, query, whisper);
}

enum {
    WHO_LOOKS = WHO_CONSULTANT | WHO_LEADER | WHO_SUPERVISOR,
    SAYS_A_MINUTE = 120,
    FILES_A_MINUTE = 30,
    TYPES_A_MINUTE = 1200
};

const struct page consultation_desk_pages[] = {
    {.method = GET,
     .path = "/desk",
     .load = LOAD_LIVING,
     .who = WHO_CONSULTANT,
     .about = "All work of this consultant: offers, talks, written questions by due time.",
     .view = &consultation_desk_view,
     .html = &html_consultation_desk,
     .show = show_desk},
    {.method = POST,
     .path = "/desk/presence",
     .load = LOAD_LIVING,
     .who = WHO_CONSULTANT,
     .about = "Be on line, away or off duty; without a state it is a sign of life.",
     .act = &consultation_presence,
     .then = "/desk",
     .again = "/desk"},
    {.method = STREAM,
     .path = "/desk/stream",
     .who = WHO_CONSULTANT,
     .about = "What happens in all of a consultant's work, as it happens.",
     .query = &consultation_follow_desk_form,
     .stream = &consultation_desk_stream},
    {.method = POST,
     .path = "/desk/offers/{reference}/accept",
     .load = LOAD_LIVING,
     .who = WHO_CONSULTANT,
     .about = "Take a case that is offered.",
     .act = &consultation_accept,
     .then = "/desk/consultations/{reference}",
     .again = "/desk"},
    {.method = POST,
     .path = "/desk/offers/{reference}/decline",
     .load = LOAD_LIVING,
     .who = WHO_CONSULTANT,
     .about = "Let a case that is offered go to somebody else.",
     .act = &consultation_decline,
     .then = "/desk",
     .again = "/desk"},
    {.method = GET,
     .path = "/desk/consultations/{reference}",
     .load = LOAD_LIVING,
     .who = WHO_LOOKS,
     .about = "One conversation, with who had it and why.",
     .query = &consultation_desk_case_form,
     .view = &consultation_desk_case_view,
     .html = &html_consultation_desk_case,
     .show = show_case},
    {.method = GET,
     .path = "/desk/consultations/{reference}/messages",
     .load = LOAD_LIVING,
     .who = WHO_LOOKS,
     .about = "What was said, oldest first, with internal notes; before=: the page before it.",
     .query = &consultation_desk_messages_form,
     .view = &consultation_messages_view,
     .show = show_messages},
    {.method = POST,
     .path = "/desk/consultations/{reference}/messages",
     .load = LOAD_LIVING,
     .who = WHO_CONSULTANT,
     .about = "Say something, or keep an internal note; 201 means it is on disk.",
     .act = &consultation_desk_say,
     .then = "/desk/consultations/{reference}#m{seq}",
     .again = "/desk/consultations/{reference}",
     .status = 201,
     .per_minute = SAYS_A_MINUTE},
    {.method = POST,
     .path = "/desk/consultations/{reference}/attachments",
     .load = LOAD_LIVING,
     .who = WHO_CONSULTANT,
     .about = "Add a picture, a PDF or a Word file.",
     .act = &consultation_desk_attach,
     .then = "/desk/consultations/{reference}#m{seq}",
     .again = "/desk/consultations/{reference}",
     .status = 201,
     .body_bytes_max = ATTACHMENT_BODY_BYTES_MAX,
     .per_minute = FILES_A_MINUTE},
    {.method = GET,
     .path = "/desk/consultations/{reference}/attachments/{attachment}",
     .who = WHO_LOOKS,
     .about = "A file that was added.",
     .query = &consultation_file_form,
     .file = send_file,
     .is_kept = true},
    {.method = WHISPER,
     .path = "/desk/consultations/{reference}/typing",
     .who = WHO_CONSULTANT,
     .about = "Tells the resident that a text is being written.",
     .query = &consultation_reference_form,
     .say = be_typing,
     .per_minute = TYPES_A_MINUTE},
    {.method = POST,
     .path = "/desk/consultations/{reference}/read",
     .load = LOAD_LIVING,
     .who = WHO_CONSULTANT,
     .about = "Tells how far the conversation was read.",
     .act = &consultation_desk_read,
     .then = "/desk/consultations/{reference}",
     .again = "/desk/consultations/{reference}"},
    {.method = POST,
     .path = "/desk/consultations/{reference}/answer",
     .load = LOAD_LIVING,
     .who = WHO_CONSULTANT,
     .about = "Answer a written question, or add to its answer.",
     .act = &consultation_desk_answer,
     .then = "/desk/consultations/{reference}#m{seq}",
     .again = "/desk/consultations/{reference}",
     .status = 201},
    {.method = POST,
     .path = "/desk/consultations/{reference}/talk-live",
     .who = WHO_CONSULTANT,
     .about = "Offer the resident of a written question to talk live now.",
     .act = &consultation_offer_live,
     .then = "/desk/consultations/{reference}",
     .again = "/desk/consultations/{reference}"},
    {.method = POST,
     .path = "/desk/consultations/{reference}/transfer",
     .load = LOAD_LIVING,
     .who = WHO_CONSULTANT,
     .about = "Hand a case to a colleague or another profession.",
     .act = &consultation_transfer,
     .then = "/desk",
     .again = "/desk/consultations/{reference}"},
    {.method = POST,
     .path = "/desk/consultations/{reference}/close",
     .load = LOAD_LIVING,
     .who = WHO_CONSULTANT,
     .about = "End a consultation: how it ended, and a summary.",
     .act = &consultation_close,
     .then = "/desk/consultations/{reference}",
     .again = "/desk/consultations/{reference}"},
    {.method = POST,
     .path = "/desk/consultations/{reference}/phone",
     .who = WHO_CONSULTANT,
     .about = "The resident's number in clear; that it was shown is in the journal.",
     .act = &consultation_desk_phone,
     .then = "/desk/consultations/{reference}",
     .again = "/desk/consultations/{reference}"},
    {.method = GET,
     .path = "/desk/canned",
     .who = WHO_CONSULTANT,
     .about = "Ready answers: everybody's, and this consultant's own.",
     .query = &consultation_canned_query_form,
     .view = &consultation_canned_view,
     .html = &html_consultation_canned,
     .show = consultation_show_canned},
    {.method = POST,
     .path = "/desk/canned",
     .who = WHO_CONSULTANT,
     .about = "Keep a ready answer.",
     .act = &consultation_canned_add,
     .then = "/desk/canned",
     .said = T("Saved."),
     .again = "/desk/canned",
     .status = 201},
    {.method = POST,
     .path = "/desk/canned/{canned}/drop",
     .who = WHO_CONSULTANT,
     .about = "Remove one of one's own ready answers.",
     .act = &consultation_canned_drop,
     .then = "/desk/canned",
     .said = T("Saved."),
     .again = "/desk/canned"},
    {0},
};
