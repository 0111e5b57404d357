/* consultation_board_pages.c -- the routes of the board, and its live stream. */
#include "gen/consultation_html.h"
#include "platform/hub.h"
#include "platform/journal.h"
#include "platform/known.h"
#include "service/consultation/consultation_board_views.h"
#include "service/consultation/consultation_pages.h"

enum { BOARD_WHO = WHO_LEADER | WHO_SUPERVISOR };

static struct outcome sit(struct scene *scene, const void *query, struct seat *seat)
{
    const struct consultation_follow_board_form *f = query;

    (void)scene;
    seat->all = true;
    seat->after = f->after;
    return DONE;
}

/* Only that something moved: what it was, the reader's own page says within the reader's bounds. */
static struct outcome tell(struct scene *scene, struct seat *seat, struct out *out)
{
    id last;

    TRY(journal_last(scene->store, &last));
    if (seat->after >= last) return DONE;
    seat->after = last;
    event_put(out, "board", last, S("{}"));
    return DONE;
}

static const struct stream consultation_board_stream = {.sit = sit, .tell = tell};

KNOWN_SHOW(show_known_board, consultation_board_form, consultation_bounds_known,
           consultation_show_board)
KNOWN_SHOW(show_known_board_cases, consultation_board_cases_form, consultation_cases_known,
           consultation_show_board_cases)
KNOWN_SHOW(show_known_board_consultants, consultation_board_people_form, consultation_people_known,
           consultation_show_board_consultants)
KNOWN_SHOW(show_known_board_rostered, consultation_board_people_form, consultation_people_known,
           consultation_show_board_rostered)
KNOWN_SHOW(show_known_board_month, consultation_board_form, consultation_bounds_known,
           consultation_show_board_month)

const struct page consultation_board_pages[] = {
    {.method = GET,
     .path = "/board",
     .who = BOARD_WHO,
     .about = "What goes on now, counted: by district, team, field of law and profession.",
     .query = &consultation_board_form,
     .view = &consultation_board_view,
     .html = &html_consultation_board,
     .show = show_known_board},
    {.method = GET,
     .path = "/board/cases",
     .who = BOARD_WHO,
     .about = "The consultations behind a number of the board.",
     .query = &consultation_board_cases_form,
     .view = &consultation_board_cases_view,
     .html = &html_consultation_board_cases,
     .show = show_known_board_cases},
    {.method = GET,
     .path = "/board/consultants",
     .who = BOARD_WHO,
     .about = "Who is on line, with how many talks.",
     .query = &consultation_board_people_form,
     .view = &consultation_board_consultants_view,
     .html = &html_consultation_board_consultants,
     .show = show_known_board_consultants},
    {.method = GET,
     .path = "/board/rostered",
     .who = BOARD_WHO,
     .about = "Who is meant to be on line now, and who of them is.",
     .query = &consultation_board_people_form,
     .view = &consultation_board_rostered_view,
     .html = &html_consultation_board_rostered,
     .show = show_known_board_rostered},
    {.method = GET,
     .path = "/board/ladder/{desk}/waiting",
     .who = BOARD_WHO,
     .about = "Who waits for one desk of the overflow ladder and was not offered to anybody yet.",
     .query = &consultation_board_queue_form,
     .view = &consultation_board_queue_view,
     .html = &html_consultation_board_queue,
     .show = consultation_show_board_queue},
    {.method = GET,
     .path = "/board/halls/{hall}/waiting",
     .who = BOARD_WHO,
     .about = "Who waits in one hall with a number of today.",
     .query = &consultation_board_hall_form,
     .view = &consultation_board_hall_view,
     .html = &html_consultation_board_hall,
     .show = consultation_show_board_hall},
    {.method = GET,
     .path = "/board/halls/{hall}/numbers",
     .who = BOARD_WHO,
     .about = "The numbers behind one figure of a hall on a day: given, waiting, at a window, "
              "served, missed, left, or waited.",
     .query = &consultation_board_hall_form,
     .view = &consultation_board_hall_view,
     .html = &html_consultation_board_hall,
     .show = consultation_show_board_hall},
    {.method = GET,
     .path = "/board/month",
     .who = BOARD_WHO,
     .about = "What was answered, ended and rated this month so far.",
     .query = &consultation_board_form,
     .view = &consultation_board_month_view,
     .html = &html_consultation_board_month,
     .show = show_known_board_month},
    {.method = GET,
     .path = "/board/consultations/{reference}",
     .who = BOARD_WHO,
     .about = "Where a consultation stands and who had it, without what was written.",
     .query = &consultation_reference_form,
     .view = &consultation_board_case_view,
     .html = &html_consultation_board_case,
     .show = consultation_show_board_case},
    {.method = POST,
     .path = "/board/consultations/{reference}/look-in",
     .who = BOARD_WHO,
     .about = "Take leave to read a consultation for a while (a threshold says how long). It is "
              "put on record.",
     .act = &consultation_look_in,
     .then = "/desk/consultations/{reference}",
     .again = "/board/consultations/{reference}"},
    {.method = POST,
     .path = "/board/consultations/{reference}/reassign",
     .who = BOARD_WHO,
     .about = "Give a consultation to somebody else, or back to whoever fits.",
     .act = &consultation_reassign,
     .then = "/board?passed={reference}",
     .again = "/board/consultations/{reference}"},
    {.method = POST,
     .path = "/board/consultations/{reference}/whisper",
     .who = BOARD_WHO,
     .about = "A word to the consultant, which the resident does not see.",
     .act = &consultation_whisper,
     .then = "/board/consultations/{reference}",
     .said = T("The consultant sees it now."),
     .again = "/board/consultations/{reference}"},
    {.method = POST,
     .path = "/board/consultations/{reference}/take-over",
     .who = BOARD_WHO,
     .about = "Take a consultation over yourself, if you are a consultant too.",
     .act = &consultation_take_over,
     .then = "/desk/consultations/{reference}",
     .again = "/board/consultations/{reference}"},
    {.method = STREAM,
     .path = "/board/stream",
     .who = BOARD_WHO,
     .about = "Says `board` each time something moved; read the board anew then.",
     .query = &consultation_follow_board_form,
     .stream = &consultation_board_stream},
    {0},
};
