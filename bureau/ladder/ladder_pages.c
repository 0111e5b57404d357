/* ladder_pages.c -- the routes of the ladder, and the table of this room. */
#include "bureau/ladder/ladder_views.h"
#include "gen/ladder_html.h"
#include "platform/metrics.h"

enum { BOARD_WHO = WHO_LEADER | WHO_SUPERVISOR, LINKS_A_MINUTE = 30 };

static const struct page pages[] = {
    {.method = GET,
     .path = "/admin/ladder",
     .who = WHO_ADMIN,
     .about = "When the overflow ladder steps up and down, whom it calls, which districts touch.",
     .view = &ladder_admin_view,
     .html = &html_ladder_admin,
     .show = ladder_show_admin},
    {.method = POST,
     .path = "/admin/ladder",
     .who = WHO_ADMIN,
     .about = "Change the policy of the ladder: a new version, with its reason.",
     .act = &ladder_act_policy,
     .then = "/admin/ladder",
     .said = T("Saved."),
     .again = "/admin/ladder"},
    {.method = POST,
     .path = "/admin/ladder/borders/{division}",
     .who = WHO_ADMIN,
     .about = "Say which districts a district touches.",
     .act = &ladder_act_border,
     .then = "/admin/ladder#borders",
     .said = T("Saved."),
     .again = "/admin/ladder"},
    {.method = GET,
     .path = "/board/ladder",
     .who = BOARD_WHO,
     .about = "Where the ladder of each desk stands, since when, why, and who was called in.",
     .view = &ladder_board_view,
     .html = &html_ladder_board,
     .show = ladder_show_board},
    {.method = GET,
     .path = "/board/ladder/{desk}",
     .who = BOARD_WHO,
     .about = "The ladder of one desk: its steps with their reasons, and its backups.",
     .query = &ladder_which_form,
     .view = &ladder_one_view,
     .html = &html_ladder_one,
     .show = ladder_show_one},
    {.method = POST,
     .path = "/board/ladder/{desk}/push",
     .who = WHO_SUPERVISOR,
     .about = "Step the ladder of a desk up or down by hand, with a reason.",
     .act = &ladder_act_push,
     .then = "/board/ladder/{desk}",
     .said = T("Done."),
     .again = "/board/ladder/{desk}"},
    {.method = POST,
     .path = "/board/ladder/{desk}/call",
     .who = WHO_SUPERVISOR,
     .about = "Call in one backup by hand.",
     .act = &ladder_act_call,
     .then = "/board/ladder/{desk}",
     .said = T("Done."),
     .again = "/board/ladder/{desk}"},
    {.method = GET,
     .path = "/come/{token}",
     .who = WHO_ANYONE,
     .about = "What a backup who was called in may answer. Looking answers nothing.",
     .query = &ladder_token_form,
     .view = &ladder_come_view,
     .html = &html_ladder_come,
     .show = ladder_show_come,
     .per_minute = LINKS_A_MINUTE},
    {.method = POST,
     .path = "/come/{token}",
     .who = WHO_ANYONE,
     .about = "A backup answers: coming, no, or never call me again.",
     .act = &ladder_act_come,
     .then = "/come/{token}",
     .again = "/come/{token}",
     .per_minute = LINKS_A_MINUTE},
    {.method = GET,
     .path = "/desk/standby",
     .who = WHO_CONSULTANT,
     .about = "One's own calls as a backup, what standing by was worth, and the wish not to be "
              "called.",
     .view = &ladder_standby_view,
     .html = &html_ladder_standby,
     .show = ladder_show_standby},
    {.method = POST,
     .path = "/desk/standby",
     .who = WHO_CONSULTANT,
     .about = "Say whether one may be called in.",
     .act = &ladder_act_standby,
     .then = "/desk/standby",
     .said = T("Saved."),
     .again = "/desk/standby"},
    {0},
};

static struct outcome metrics(struct scene *scene, struct out *out)
{
    struct ladder_count_raised_row row;
    bool found;

    TRY(ladder_count_raised(scene->store, S(""), &row, &found));
    metrics_gauge(out, "gongdao_ladder_raised", "Desks whose overflow ladder is not at the ground.",
                  row.desks_count);
    return DONE;
}

const struct module ladder_module = {.name = "ladder",
                                     .schema = ladder_schema,
                                     .migrations = ladder_migrations,
                                     .pages = pages,
                                     .metrics = metrics};
