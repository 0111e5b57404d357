/* review_demo.c -- plausible matters of quality for the demo city.
 *
 * What rules propose and what is drawn comes by itself: the weekly act runs a minute after start.
 */
#include "bureau/review/review_inside.h"

static struct outcome add_complaint(struct scene *scene, const struct review_case *about,
                                    const char *kind, const char *text)
{
    return review_complain(scene, about, str_of(kind), str_of(text), S(""));
}

struct outcome review_demo(struct scene *scene)
{
    static const struct {
        const char *kind, *text;
    } complaints[] = {{"conduct", "话没说完就结束了，态度不耐烦。"},
                      {"money", ""},
                      {"late", "等了二十多分钟才有人。"}};
    const struct review_list_some_ended_row *rows;
    size_t count;

    TRY(review_list_some_ended(scene->arena, scene->store, &rows, &count));
    for (size_t i = 0; i < count && i < COUNT(complaints) + 2; i++) {
        struct review_case about = {.case_id = rows[i].case_id,
                                    .service = rows[i].service,
                                    .reference = rows[i].reference,
                                    .consultant_id = rows[i].consultant_id,
                                    .team_id = rows[i].team_id,
                                    .division = rows[i].division,
                                    .language = rows[i].language};

        if (i < COUNT(complaints))
            TRY(add_complaint(scene, &about, complaints[i].kind, complaints[i].text));
        else
            TRY(review_flag(scene, &about, scene->seq, S("contact|加*微信")));
    }
    return DONE;
}
