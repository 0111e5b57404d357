/* consultation_resident_pages.c -- the resident's page of a case, in every state; its JSON twins.
 *
 *  (1) One address for the whole life of a question: waiting, talk, written answer, record.
 *  (2) A case that is not the reader's looks like one that does not exist.
 *  (3) Of a wait only what was measured is said; of an answer the last day on which it is in time.
 *  (4) The stream is joined at the journal number read in the same snapshot as the page. */
#include "bureau/people/people_acts.h"
#include "bureau/review/review_acts.h"
#include "bureau/supervision/supervision_acts.h"
#include "desk/identity/identity_acts.h"
#include "gen/consultation_html.h"
#include "platform/cage.h"
#include "platform/files.h"
#include "platform/journal.h"
#include "platform/limits.h"
#include "service/consultation/consultation_hall.h"
#include "service/consultation/consultation_handed.h"
#include "service/consultation/consultation_pages.h"
#include "service/consultation/consultation_said.h"
#include "service/consultation/consultation_stream.h"
#include "service/repository/repository_acts.h"

/* ---- the page of a case ---- */

static void show_state(const struct consultation_case *c, struct consultation_talk_view *v)
{
    const struct consultation_find_case_row *row = &c->row;

    v->reference = row->reference;
    v->state = row->state;
    v->field = row->field;
    v->mode = c->state == CONSULTATION_WAITING || c->state == CONSULTATION_OFFERED ||
                      c->state == CONSULTATION_HALL || row->talk_at > 0
                  ? S("live")
                  : S("message");
    v->asked_at = row->asked_at;
    v->due_at = row->due_at;
    v->due_day = row->due_at ? row->due_at - 1 : 0;
    v->due_provisional = row->due_provisional != 0;
    v->answered_at = row->answered_at;
    v->closed_at = row->closed_at;
    v->last_seq = row->last_seq;
    v->read_by_consultant = row->consultant_read;
    v->by_number_only = c->by_number_only;
    v->can_say = !c->by_number_only && IS_DONE(consultation_may_say(c->state, c->side, false));
    v->is_waiting = c->state == CONSULTATION_WAITING || c->state == CONSULTATION_OFFERED;
    v->is_talking = c->state == CONSULTATION_TALKING;
    v->is_message = c->state == CONSULTATION_MESSAGE;
    v->is_answered = c->state == CONSULTATION_ANSWERED;
    v->is_closed = c->state == CONSULTATION_CLOSED;
    v->is_hall = c->state == CONSULTATION_HALL;
    v->has_phone = row->phone_index.len > 0;
}

static struct outcome show_place(struct scene *scene, const struct consultation_case *c,
                                 struct consultation_talk_view *v)
{
    struct consultation_wait_view *range = NEW(scene->arena, struct consultation_wait_view);
    struct waiting_view_values wait;
    int64_t places, people;
    moment since;

    if (!v->is_waiting) return DONE;
    TRY(wait_of(scene, c, &wait));
    v->place = wait.place;
    v->ahead = wait.ahead;
    v->is_crowded = wait.is_crowded;
    if (wait.low_seconds >= 0) {
        consultation_show_wait(&wait, range);
        v->wait_seconds = range;
    }
    TRY(assignment_seen_since(scene, &since));
    TRY(people_places(scene, c->row.profession, since, &places, &people));
    v->nobody_on_line = people == 0;
    if (!v->nobody_on_line || !scene_is(scene, WHO_ASKER)) return DONE;
    return people_demo_answerer(scene, c->row.profession, c->row.field, &v->demo_login);
}

/* The number it waits with, until that is served or left. */
static struct outcome show_hall(struct scene *scene, const struct consultation_case *c,
                                struct consultation_talk_view *v)
{
    struct consultation_wait_view *range = NEW(scene->arena, struct consultation_wait_view);
    struct waiting_view_values told;
    struct hall_case_wait wait;

    if (!v->is_hall && !v->is_talking) return DONE;
    TRY(hall_case_wait(scene, c, &wait));
    if (!wait.found || !hall_is_open_state(wait.ticket.state)) return DONE;
    TRY(hall_case_show(scene, &wait, &v->hall));
    if (!v->is_hall || wait.ahead < 0) return DONE;
    v->ahead = wait.ahead;
    v->place = wait.ahead + 1;
    if (wait.low_seconds < 0) return DONE;
    told = (struct waiting_view_values){.low_seconds = wait.low_seconds,
                                        .high_seconds = wait.high_seconds};
    consultation_show_wait(&told, range);
    v->wait_seconds = range;
    return DONE;
}

/* With which team or district it lies, until somebody there answers it. */
static struct outcome show_handed(struct scene *scene, const struct consultation_case *c,
                                  struct consultation_talk_view *v)
{
    struct handing handing;

    TRY(handed_find(scene, c->row.consultation_id, &handing));
    if (!handing.stands || handing.came_back) return DONE;
    v->is_handed_waiting = handing.is_asleep;
    return handed_name(scene, scene->language, handing.row.to_team, handing.row.to_division,
                       &v->handed_to);
}

/* A live talk instead of the written answer: offered only while the desk is open. */
static struct outcome show_again(struct scene *scene, const struct consultation_case *c,
                                 struct consultation_talk_view *v)
{
    struct consultation_find_again_row again;
    struct calendar_desk desk;

    if (!v->is_message) return DONE;
    TRY(show_handed(scene, c, v));
    TRY(again_find(scene, c, &again));
    v->is_wished_live = again.wished_at > 0;
    v->is_offered_live = again.offered_at > 0;
    TRY(people_desk(scene, S("consultation"), &desk));
    if (!IS_DONE(calendar_is_open(&desk, scene->now, &v->may_wish_live))) v->may_wish_live = false;
    return DONE;
}

/* At a window it may have been a clerk, who is no consultant of any profession. */
static struct outcome show_clerk(struct scene *scene, const struct consultation_case *c,
                                 struct consultation_consultant_view *shown,
                                 struct consultation_talk_view *v)
{
    shown->id = c->row.consultant_id;
    shown->profession = S("clerk");
    shown->profession_name = text_in(scene->language, T("Window clerk"));
    TRY(identity_person_name(scene, c->row.consultant_id, &shown->name));
    if (shown->name.len) v->consultant = shown;
    return DONE;
}

/* Who answers is told once somebody has taken the case. */
static struct outcome show_consultant(struct scene *scene, const struct consultation_case *c,
                                      struct consultation_talk_view *v)
{
    struct consultation_consultant_view *shown;
    struct people_find_answerer_row row;
    bool found;

    if (!c->row.consultant_id || v->is_waiting || v->is_message) return DONE;
    if (!c->row.talk_at && !c->row.answered_at) return DONE;
    TRY(people_answerer(scene, c->row.consultant_id, &row, &found));
    shown = NEW(scene->arena, struct consultation_consultant_view);
    if (!found) return show_clerk(scene, c, shown, v);
    *shown = (struct consultation_consultant_view){
        .id = c->row.consultant_id,
        .name = row.person_name,
        .profession = row.profession,
        .profession_name = text_in(scene->language, consultation_profession_name(row.profession)),
        .team_name = scene->language == LANGUAGE_EN ? row.team_en : row.team_zh,
    };
    v->consultant = shown;
    return DONE;
}

static struct outcome find_rating(struct scene *scene, const struct consultation_case *c,
                                  const struct consultation_rated_view **rating, bool *can_rate)
{
    struct consultation_find_rating_row row;
    struct consultation_rated_view *rated;
    bool found;

    *can_rate = c->side == CONSULTATION_RESIDENT && !c->by_number_only &&
                IS_DONE(consultation_may_rate(c->state, c->row.closed_at, scene->now));
    if (c->state != CONSULTATION_ANSWERED && c->state != CONSULTATION_CLOSED) return DONE;
    TRY(consultation_find_rating(scene->arena, scene->store, c->row.consultation_id, &row, &found));
    if (!found) return DONE;
    *can_rate = false;
    rated = NEW(scene->arena, struct consultation_rated_view);
    *rated = (struct consultation_rated_view){.stars = row.stars, .text = row.text};
    *rating = rated;
    return DONE;
}

/* Whom to call, by what the resident has said. */
static const struct consultation_help_view *help_for(
    const struct scene *scene, const struct consultation_message_view *messages, size_t count)
{
    const struct consultation_help_view *help = NULL;

    for (size_t i = 0; i < count && !help; i++)
        if (str_same(messages[i].css, S("message-mine")))
            help = consultation_help(scene, messages[i].text);
    return help;
}

static struct outcome show_conversation(struct scene *scene, const struct consultation_case *c,
                                        int64_t before, struct consultation_talk_view *v)
{
    struct consultation_said said;
    bool wants_answer = v->is_answered && before <= 0;
    /* Words of danger are served first: none who is not needs to be looked for. */
    bool wants_help = c->row.priority && (v->is_waiting || v->is_message) && before <= 0;

    v->is_earlier = before > 0;
    TRY(journal_last(scene->store, &v->stream_after));
    TRY(consultation_said(scene, c, before, false, wants_answer || wants_help, &said));
    v->said = said.drawing;
    v->said_view = said.drawing_view;
    v->earlier_before = said.earlier;
    if (wants_answer) v->answer = consultation_newest_answer(said.messages, said.messages_count);
    if (wants_help) v->help = help_for(scene, said.messages, said.messages_count);
    return DONE;
}

static struct outcome show_sharing(struct scene *scene, const struct consultation_case *c,
                                   struct consultation_talk_view *v)
{
    struct str answer;

    v->may_share = consultation_may_share(c);
    if (!v->may_share) return DONE;
    TRY(repository_consent(scene, c->row.consultation_id, &answer));
    v->shares = str_same(answer, S("yes"));
    v->shares_not = str_same(answer, S("no"));
    return DONE;
}

static struct outcome show_talk(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct consultation_talk_form *f = query;
    struct consultation_talk_view *v = view;
    struct consultation_case c;

    TRY(case_open(scene, f->reference, &c));
    /* Whoever answers or watches has a page of their own at the desk. */
    if (c.side != CONSULTATION_RESIDENT && !request->is_api) {
        request->go =
            arena_print(scene->arena, "/desk/consultations/%.*s", STR_ARGS(c.row.reference));
        return DONE;
    }
    show_state(&c, v);
    v->now = scene->now;
    v->one = S("%1");
    v->two = S("%2");
    v->three = S("%3");
    TRY(people_field_name(scene, c.row.field, &v->field_name));
    TRY(show_place(scene, &c, v));
    TRY(show_hall(scene, &c, v));
    if (v->is_waiting) TRY(supervision_told_residents(scene, c.row.division, &v->announcement));
    TRY(show_again(scene, &c, v));
    TRY(show_consultant(scene, &c, v));
    TRY(find_rating(scene, &c, &v->rating, &v->can_rate));
    TRY(show_sharing(scene, &c, v));
    TRY(consultation_show_beside(scene, &c, &v->beside, &v->beside_count));
    v->can_complain = consultation_may_complain(&c);
    if (v->can_complain) {
        struct review_told told;

        TRY(review_told_of(scene, c.row.consultation_id, &told));
        v->has_complained = told.found;
    }
    if (request->is_api) return DONE;
    return show_conversation(scene, &c, f->before, v);
}

/* ---- messages and files ---- */

static struct outcome show_messages(struct request *request, const void *query, void *view)
{
    const struct consultation_list_form *f = query;
    struct consultation_messages_view *v = view;
    const struct consultation_message_view *more;
    struct scene *scene = request->scene;
    struct consultation_case c;
    int64_t limit = f->limit ? f->limit : 100;
    size_t more_count = 0;
    bool with_internal;

    TRY(case_open(scene, f->reference, &c));
    TRY(consultation_may_read(scene, &c));
    with_internal = c.side != CONSULTATION_RESIDENT;
    TRY(consultation_messages_after(scene, &c, f->after, limit, with_internal, &v->messages,
                                    &v->messages_count));
    v->next = -1;
    if ((int64_t)v->messages_count < limit) return DONE;
    TRY(consultation_messages_after(scene, &c, v->messages[v->messages_count - 1].seq, 1,
                                    with_internal, &more, &more_count));
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

    TRY(case_open(scene, f->reference, &c));
    TRY(consultation_may_read(scene, &c));
    TRY(consultation_find_attachment(scene->arena, scene->store, f->attachment,
                                     c.row.consultation_id, &row, &found));
    if (!found) return REFUSE(act_unknown);
    TRY(files_get(scene->arena, row.file, row.bytes_count, &file->bytes));
    file->type = row.type;
    file->name = row.attachment_name;
    file->inline_safe = cage_is_image(row.type);
    return DONE;
}

/* ---- rating ---- */

static struct outcome show_rating(struct request *request, const void *query, void *view)
{
    static const char *const words[] = {T("Very bad"), T("Bad"), T("Fair"), T("Good"),
                                        T("Very good")};
    const struct consultation_reference_form *f = query;
    struct consultation_rating_view *v = view;
    struct scene *scene = request->scene;
    struct choice *stars = NEW_MANY(scene->arena, struct choice, COUNT(words));
    struct choice *marks = NEW_MANY(scene->arena, struct choice, COUNT(words) + 1);
    struct consultation_talk_view talk = {0};
    struct consultation_case c;

    TRY(case_open_as(scene, f->reference, CONSULTATION_RESIDENT, &c));
    v->reference = c.row.reference;
    TRY(find_rating(scene, &c, &v->rating, &v->can_rate));
    show_state(&c, &talk);
    TRY(show_consultant(scene, &c, &talk));
    if (talk.consultant) v->consultant_name = talk.consultant->name;
    marks[0].label = text_in(scene->language, T("No mark"));
    for (size_t i = 0; i < COUNT(words); i++) {
        stars[i] = (struct choice){.value = arena_print(scene->arena, "%zu", i + 1),
                                   .label = text_in(scene->language, words[i])};
        marks[COUNT(words) - i] = stars[i]; /* the best first */
    }
    v->stars = stars;
    v->marks = marks;
    v->stars_count = COUNT(words);
    v->marks_count = COUNT(words) + 1;
    return DONE;
}

enum {
    WHO_PARTY = WHO_ASKER | WHO_CONSULTANT,
    WHO_READER = WHO_PARTY | WHO_LEADER | WHO_SUPERVISOR,
    SAYS_A_MINUTE = 120,
    FILES_A_MINUTE = 30,
    TYPES_A_MINUTE = 1200 /* of one address, which a whole hall may share */
};

const struct page consultation_resident_pages[] = {
    {.method = GET,
     .path = "/my",
     .load = LOAD_WORK, /* a code is sent from here: residents sign in */
     .who = WHO_ANYONE,
     .about = "What this resident has asked, or how to find it again.",
     .query = &consultation_mine_form,
     .view = &consultation_mine_view,
     .html = &html_consultation_mine,
     .show = consultation_show_mine,
     .page_only = true},
    {.method = POST,
     .path = "/my",
     .load = LOAD_WORK,
     .who = WHO_ANYONE,
     .act = &consultation_find,
     .then = "{next}",
     .again = "/my",
     .page_only = true,
     .per_minute = 20},
    {.method = GET,
     .path = "/consultations",
     .who = WHO_ASKER,
     .about = "What this resident has asked, newest first.",
     .query = &consultation_mine_form,
     .view = &consultation_mine_view,
     .show = consultation_show_mine},
    {.method = GET,
     .path = "/consultations/{reference}",
     .load = LOAD_LIVING,
     .who = WHO_READER,
     .about = "One consultation: its state, place in the queue or due moment.",
     .query = &consultation_talk_form,
     .view = &consultation_talk_view,
     .html = &html_consultation_talk,
     .show = show_talk},
    {.method = GET,
     .path = "/consultations/{reference}/messages",
     .load = LOAD_LIVING,
     .who = WHO_READER,
     .about = "What was said, oldest first.",
     .query = &consultation_list_form,
     .view = &consultation_messages_view,
     .show = show_messages},
    {.method = POST,
     .path = "/consultations/{reference}/messages",
     .load = LOAD_LIVING,
     .who = WHO_PARTY,
     .about = "Say something; an answer of 201 means it is on disk.",
     .act = &consultation_say,
     .then = "/consultations/{reference}#m{seq}",
     .again = "/consultations/{reference}",
     .status = 201,
     .per_minute = SAYS_A_MINUTE},
    {.method = POST,
     .path = "/consultations/{reference}/attachments",
     .load = LOAD_LIVING,
     .who = WHO_PARTY,
     .about = "Add a picture, a PDF or a Word file.",
     .act = &consultation_attach,
     .then = "/consultations/{reference}#m{seq}",
     .again = "/consultations/{reference}",
     .status = 201,
     .body_bytes_max = ATTACHMENT_BODY_BYTES_MAX,
     .per_minute = FILES_A_MINUTE},
    {.method = GET,
     .path = "/consultations/{reference}/attachments/{attachment}",
     .who = WHO_READER,
     .about = "A file that was added.",
     .query = &consultation_file_form,
     .file = send_file,
     .is_kept = true},
    {.method = STREAM,
     .path = "/consultations/{reference}/stream",
     .who = WHO_ASKER,
     .about = "What happens in the consultation, as it happens.",
     .query = &consultation_follow_form,
     .stream = &consultation_stream},
    {.method = WHISPER,
     .path = "/consultations/{reference}/typing",
     .who = WHO_PARTY,
     .about = "Tells the other side that a text is being written.",
     .query = &consultation_reference_form,
     .say = consultation_typing,
     .per_minute = TYPES_A_MINUTE},
    {.method = POST,
     .path = "/consultations/{reference}/read",
     .load = LOAD_LIVING,
     .who = WHO_PARTY,
     .about = "Tells how far the conversation was read.",
     .act = &consultation_read},
    {.method = POST,
     .path = "/consultations/{reference}/leave-message",
     .load = LOAD_LIVING,
     .who = WHO_ASKER,
     .about = "No longer wait: have the question answered in writing.",
     .act = &consultation_leave_message,
     .then = "/consultations/{reference}",
     .again = "/consultations/{reference}"},
    {.method = POST,
     .path = "/consultations/{reference}/talk-live",
     .who = WHO_ASKER,
     .about = "Left in writing: talk live if somebody is free. The promised day stays.",
     .act = &consultation_wish_live,
     .then = "/consultations/{reference}",
     .again = "/consultations/{reference}"},
    {.method = POST,
     .path = "/consultations/{reference}/close",
     .load = LOAD_LIVING,
     .who = WHO_ASKER,
     .about = "The resident ends the consultation.",
     .act = &consultation_close_own,
     .then = "/consultations/{reference}",
     .again = "/consultations/{reference}"},
    {.method = POST,
     .path = "/consultations/{reference}/claim",
     .who = WHO_RESIDENT,
     .about = "It was asked with the resident's number, and by the resident: nobody else opens it.",
     .act = &consultation_claim,
     .then = "/consultations/{reference}",
     .again = "/consultations/{reference}"},
    {.method = POST,
     .path = "/consultations/{reference}/disclaim",
     .who = WHO_RESIDENT,
     .about = "It was asked with the resident's number by somebody else: the number comes off.",
     .act = &consultation_disclaim,
     .then = "/my",
     .again = "/consultations/{reference}"},
    {.method = GET,
     .path = "/consultations/{reference}/rating",
     .who = WHO_ASKER,
     .about = "Whether it can be rated, and the rating given.",
     .query = &consultation_reference_form,
     .view = &consultation_rating_view,
     .html = &html_consultation_rating,
     .show = show_rating},
    {.method = POST,
     .path = "/consultations/{reference}/rating",
     .who = WHO_ASKER,
     .about = "Rate it, once.",
     .act = &consultation_rate,
     .then = "/consultations/{reference}",
     .again = "/consultations/{reference}/rating"},
    {0},
};

#define FORM_THIS consultation_talk_form
FORM_TABLE(consultation_talk, CONSULTATION_TALK_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_list_form
FORM_TABLE(consultation_list, CONSULTATION_LIST_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_file_form
FORM_TABLE(consultation_file, CONSULTATION_FILE_FORM)
#undef FORM_THIS
