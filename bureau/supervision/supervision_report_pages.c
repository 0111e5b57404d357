/* supervision_report_pages.c -- the routes of reports. */
#include "bureau/supervision/supervision_report_views.h"
#include "gen/supervision_html.h"

enum { WATCHERS = WHO_LEADER | WHO_SUPERVISOR };

const struct page supervision_report_pages[] = {
    {.method = GET,
     .path = "/reports",
     .who = WATCHERS,
     .about = "Daily, weekly and monthly reports, the newest first.",
     .query = &supervision_reports_form,
     .view = &supervision_reports_view,
     .html = &html_supervision_reports,
     .show = supervision_show_reports},
    {.method = GET,
     .path = "/reports/{report}",
     .who = WATCHERS,
     .about = "One report: the numbers of your own division or team, beside the period before.",
     .query = &supervision_which_report_form,
     .view = &supervision_report_view,
     .html = &html_supervision_report,
     .show = supervision_show_report},
    {.method = GET,
     .path = "/reports/{report}/cases",
     .who = WATCHERS,
     .about = "The consultations behind a number of a report, as they were when it was made.",
     .query = &supervision_behind_form,
     .view = &supervision_behind_view,
     .html = &html_supervision_behind,
     .show = supervision_show_behind},
    {0},
};
