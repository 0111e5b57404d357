/* mediation_choose.c -- a side chooses the mediator from the list of its committee.
 *
 *  (1) The law lets the sides choose (People's Mediation Law, article 19): whoever chooses has
 *      agreed, and the other side agrees or objects as to a proposal.
 *  (2) On the list is who stands in the public directory; who has a conflict stands there with the
 *      reason and cannot be chosen, on the page or past it. */
#include "bureau/people/people_acts.h"
#include "gen/mediation_html.h"
#include "service/mediation/mediation_views.h"

enum { CHOICES_A_MINUTE = 20 };

static struct outcome choose(struct scene *scene, const void *form, void *result)
{
    const struct mediation_choose_form *f = form;
    struct mediation_case m;

    (void)result;
    TRY(mediation_open_side(scene, f->reference, &m));
    TRY(mediation_may(m.at.state, m.is, MEDIATION_CHOOSE));
    return mediation_put_forward(scene, &m, f->person, f->choice_words, "chosen");
}

/* ---- the list ---- */

static void add_word(struct scene *scene, struct str *words, struct str more)
{
    const char *between = scene->language == LANGUAGE_EN ? ", " : "、";

    *words = words->len ? arena_print(scene->arena, "%.*s%s%.*s", STR_ARGS(*words), between,
                                      STR_ARGS(more))
                        : more;
}

static struct mediation_listed_view *listed_of(struct mediation_listed_view *made, size_t count,
                                               id person_id)
{
    for (size_t i = 0; i < count; i++)
        if (made[i].person == person_id) return &made[i];
    return NULL;
}

static struct outcome say_what_they_know(struct scene *scene, struct str division,
                                         struct mediation_listed_view *made, size_t count)
{
    struct people_choice_list names = people_language_choices(scene, S(""));
    const struct mediation_list_mediator_languages_row *languages;
    const struct mediation_list_mediator_fields_row *fields;
    struct mediation_listed_view *v;
    size_t rows;

    TRY(mediation_list_mediator_fields(scene->arena, scene->store, division, &fields, &rows));
    for (size_t i = 0; i < rows; i++) {
        struct str name;

        if (!(v = listed_of(made, count, fields[i].person_id))) continue;
        TRY(people_field_name(scene, fields[i].field, &name));
        add_word(scene, &v->fields, name);
    }
    TRY(mediation_list_mediator_languages(scene->arena, scene->store, division, &languages, &rows));
    for (size_t i = 0; i < rows; i++) {
        if (!(v = listed_of(made, count, languages[i].person_id))) continue;
        for (size_t n = 0; n < names.count; n++)
            if (str_same(names.rows[n].value, languages[i].language))
                add_word(scene, &v->languages, names.rows[n].label);
    }
    return DONE;
}

static struct outcome show_list(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct mediation_choose_view *v = view;
    const struct mediation_list_mediators_row *rows;
    struct mediation_listed_view *made;
    const struct reason *unfit;
    struct mediation_case m;
    size_t count;

    TRY(mediation_open_side(scene, ((const struct mediation_reference_form *)query)->reference,
                            &m));
    v->reference = m.at.reference;
    v->may_choose = IS_DONE(mediation_may(m.at.state, m.is, MEDIATION_CHOOSE));
    TRY(mediation_list_mediators(scene->arena, scene->store, m.at.case_id, m.at.field, scene->now,
                                 m.at.division, 0, &rows, &count));
    made = NEW_MANY(scene->arena, struct mediation_listed_view, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (rows[i].unlisted_count) continue; /* (2) */
        TRY(mediation_fitting(scene, &m, &rows[i], &unfit));
        made[v->mediators_count++] = (struct mediation_listed_view){
            .person = rows[i].person_id,
            .name = rows[i].person_name,
            .committee = scene->language == LANGUAGE_EN ? rows[i].team_en : rows[i].team_zh,
            .under_way = rows[i].open_count,
            .is_free = rows[i].open_count < MEDIATION_BUSY_COUNT,
            .unfit = unfit ? text_in(scene->language, unfit->text) : S("")};
    }
    v->mediators = made;
    return say_what_they_know(scene, m.at.division, made, v->mediators_count);
}

const struct page mediation_choose_pages[] = {
    {.method = GET,
     .path = "/mediation/{reference}/mediators",
     .who = WHO_ASKER,
     .about = "The mediators a side can choose from: what they know, which languages they speak, "
              "whether they are free, and who cannot mediate here.",
     .query = &mediation_reference_form,
     .view = &mediation_choose_view,
     .html = &html_mediation_choose,
     .show = show_list},
    {.method = POST,
     .path = "/mediation/{reference}/mediators",
     .who = WHO_ASKER,
     .about = "Choose a mediator from the list; the other side can agree or object.",
     .act = &mediation_choose,
     .then = "/mediation/{reference}",
     .again = "/mediation/{reference}/mediators",
     .said = T("You have chosen. The other side can agree now, or ask for somebody else."),
     .per_minute = CHOICES_A_MINUTE},
    {0},
};

const struct act mediation_choose = {
    .name = "mediation.choose", .who = WHO_ASKER, .form = &mediation_choose_form, .run = choose};

#define FORM_THIS mediation_choose_form
FORM_TABLE(mediation_choose, MEDIATION_CHOOSE_FORM)
#undef FORM_THIS
#define VIEW_THIS mediation_listed_view
VIEW_TABLE(mediation_listed, MEDIATION_LISTED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS mediation_choose_view
VIEW_TABLE(mediation_choose, MEDIATION_CHOOSE_VIEW)
#undef VIEW_THIS
