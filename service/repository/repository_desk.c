/* repository_desk.c -- a talk that ended becomes a proposal: what was said beside what is to be
 * read.
 *
 *  (1) Whoever may read the talk sees both sides; nobody else finds the page.
 *  (2) What is offered to begin with is masked by rules; what they found is marked in what was
 * said.
 */
#include "bureau/people/people_acts.h"
#include "gen/repository_html.h"
#include "service/repository/repository_views.h"

void repository_pieces(struct scene *scene, struct str text, const struct str *names,
                       size_t names_count, const struct repository_piece_view **pieces,
                       size_t *count)
{
    struct repository_place *places =
        NEW_MANY(scene->arena, struct repository_place, REPOSITORY_PLACES_MAX);
    size_t found = repository_find(text, names, names_count, places, REPOSITORY_PLACES_MAX);
    struct repository_piece_view *made =
        NEW_MANY(scene->arena, struct repository_piece_view, found * 2 + 1);
    size_t done = 0;

    *count = 0;
    for (size_t i = 0; i < found; i++) {
        if (places[i].at > done)
            made[(*count)++].text = (struct str){text.at + done, places[i].at - done};
        made[(*count)++] = (struct repository_piece_view){
            .text = {text.at + places[i].at, places[i].end - places[i].at},
            .found = text_in(scene->language, repository_kind_name(places[i].kind))};
        done = places[i].end;
    }
    if (done < text.len) made[(*count)++].text = (struct str){text.at + done, text.len - done};
    *pieces = made;
}

/* Those who spoke, and whoever is named in what they said: on either side. */
void repository_known(struct scene *scene, const struct repository_case *talk,
                      const struct str **names, size_t *count)
{
    enum { KNOWN_MAX = 50 };
    struct str *made = NEW_MANY(scene->arena, struct str, talk->names_count + KNOWN_MAX);
    const struct str texts[] = {talk->question, talk->answer};

    *count = 0;
    for (size_t i = 0; i < talk->names_count; i++) made[(*count)++] = talk->names[i];
    for (size_t t = 0; t < COUNT(texts); t++) {
        struct repository_place *places =
            NEW_MANY(scene->arena, struct repository_place, REPOSITORY_PLACES_MAX);
        size_t found = repository_find(texts[t], talk->names, talk->names_count, places,
                                       REPOSITORY_PLACES_MAX);

        for (size_t i = 0; i < found && *count < talk->names_count + KNOWN_MAX; i++)
            if (places[i].kind == REPOSITORY_NAME)
                made[(*count)++] =
                    (struct str){texts[t].at + places[i].at, places[i].end - places[i].at};
    }
    *names = made;
}

/* As much of it as a form takes. */
static struct str cut(struct str text, size_t points)
{
    size_t at = 0;

    while (at < text.len && (points || ((unsigned char)text.at[at] & 0xc0) == 0x80))
        points -= ((unsigned char)text.at[at++] & 0xc0) != 0x80;
    return (struct str){text.at, at};
}

static struct outcome show_draft(struct request *request, const void *query, void *view)
{
    const struct repository_of_case_form *f = query;
    struct repository_draft_view *v = view;
    struct scene *scene = request->scene;
    struct repository_find_entry_of_case_row entry;
    struct repository_case talk;
    const struct str *names;
    size_t names_count;
    bool found;

    TRY(repository_open_case(scene, f->reference, &talk));
    TRY(repository_find_entry_of_case(scene->arena, scene->store, talk.case_id, &entry, &found));
    if (found && !request->is_api) {
        request->go =
            scene_is(scene, WHO_SUPERVISOR)
                ? arena_print(scene->arena, "/board/repository/%lld", (long long)entry.entry_id)
                : S("/desk/repository");
        return DONE;
    }
    v->reference = talk.reference;
    v->field = talk.field;
    v->is_board = scene_is(scene, WHO_SUPERVISOR) && !scene_is(scene, WHO_CONSULTANT);
    repository_known(scene, &talk, &names, &names_count);
    repository_pieces(scene, talk.question, names, names_count, &v->question_said,
                      &v->question_said_count);
    repository_pieces(scene, talk.answer, names, names_count, &v->answer_said,
                      &v->answer_said_count);
    v->question = cut(repository_mask(scene->arena, talk.question, names, names_count),
                      REPOSITORY_QUESTION_MAX);
    v->answer =
        cut(repository_mask(scene->arena, talk.answer, names, names_count), REPOSITORY_ANSWER_MAX);
    TRY(repository_consent(scene, talk.case_id, &v->consent));
    v->is_yes = str_same(v->consent, S("yes"));
    return repository_field_choices(scene, v->field, false, &v->fields, &v->fields_count);
}

/* ---- what one has proposed ---- */

static struct outcome show_mine(struct request *request, const void *query, void *view)
{
    enum { A_PAGE = 50 };
    const struct repository_mine_form *f = query;
    struct repository_mine_view *v = view;
    struct scene *scene = request->scene;
    const struct repository_list_proposed_by_row *rows;
    struct repository_row_view *made;

    TRY(repository_list_proposed_by(scene->arena, scene->store, scene->actor.person_id,
                                    f->before ? f->before : INT64_MAX, &rows, &v->entries_count));
    made = NEW_MANY(scene->arena, struct repository_row_view, v->entries_count + 1);
    for (size_t i = 0; i < v->entries_count; i++) {
        enum repository_state state = REPOSITORY_PROPOSED;

        repository_state_read(rows[i].state, &state);
        made[i] = (struct repository_row_view){
            .entry = rows[i].entry_id,
            .field = rows[i].field,
            .state = rows[i].state,
            .state_name = text_in(scene->language, repository_state_name(state)),
            .state_css = str_of(repository_state_css(state)),
            .reference = rows[i].reference,
            .at = rows[i].moved_at};
        TRY(repository_unseal(scene, rows[i].title_sealed, &made[i].title));
        TRY(repository_reason(scene, rows[i].reason_sealed, &made[i].reason));
        TRY(people_field_name(scene, rows[i].field, &made[i].field_name));
    }
    v->entries = made;
    if (v->entries_count == A_PAGE) v->next = made[A_PAGE - 1].entry;
    return DONE;
}

const struct page repository_desk_pages[] = {
    {.method = GET,
     .path = "/desk/repository",
     .who = WHO_CONSULTANT,
     .about = "The answers this consultant proposed, and what became of them.",
     .query = &repository_mine_form,
     .view = &repository_mine_view,
     .html = &html_repository_mine,
     .show = show_mine},
    {.method = GET,
     .path = "/desk/repository/{reference}",
     .who = WHO_CONSULTANT | WHO_SUPERVISOR,
     .about = "A talk that ended beside the same without names and numbers, to be proposed.",
     .query = &repository_of_case_form,
     .view = &repository_draft_view,
     .html = &html_repository_draft,
     .show = show_draft},
    {.method = POST,
     .path = "/desk/repository/{reference}",
     .who = WHO_CONSULTANT | WHO_SUPERVISOR,
     .about = "Propose a question and its answer for everybody.",
     .act = &repository_propose,
     .then = "/desk/repository/{reference}",
     .said = T("Proposed. An editor decides about it."),
     .again = "/desk/repository/{reference}",
     .status = 201},
    {0}};
