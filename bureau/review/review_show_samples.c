/* review_show_samples.c -- answers to mark: the list, and one of them with nobody's name in it. */
#include "bureau/people/people_acts.h"
#include "bureau/review/review_show.h"

enum { SHOWN_SECONDS = 30 * SECONDS_PER_DAY };

struct outcome review_show_samples(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct review_samples_view *v = view;
    const struct review_list_samples_for_row *rows;
    struct review_sample_row_view *shown;

    (void)query;
    TRY(review_samples_of_mine(scene, scene->now - SHOWN_SECONDS, &rows, &v->samples_count));
    shown = NEW_MANY(scene->arena, struct review_sample_row_view, v->samples_count + 1);
    for (size_t i = 0; i < v->samples_count; i++) {
        shown[i] = (struct review_sample_row_view){.sample = rows[i].sample_id,
                                                   .week = rows[i].week,
                                                   .due_at = rows[i].due_at,
                                                   .due_day = rows[i].due_at - 1,
                                                   .is_marked = !str_same(rows[i].state, S("open")),
                                                   .marked_at = rows[i].marked_at};
        TRY(people_field_name(scene, rows[i].field, &shown[i].field_name));
    }
    v->samples = shown;
    return DONE;
}

static struct outcome show_words(struct scene *scene, id case_id, struct review_sample_view *v)
{
    struct review_said said;
    struct review_word_view *shown;

    TRY(review_read_words(scene, case_id, &said));
    shown = NEW_MANY(scene->arena, struct review_word_view, said.words_count + 1);
    for (size_t i = 0; i < said.words_count; i++) {
        bool is_resident = str_same(said.words[i].side, S("resident"));

        shown[i] = (struct review_word_view){
            .side = said.words[i].side,
            .side_name = text_in(scene->language, is_resident ? T("Resident") : T("Consultant")),
            .css = is_resident ? S("message-theirs") : S("message-mine"),
            .text = review_mask(scene->arena, said.words[i].text, said.names, said.names_count)};
    }
    v->words = shown;
    v->words_count = said.words_count;
    return DONE;
}

struct outcome review_show_sample(struct request *request, const void *query, void *view)
{
    static const char *const words[] = {T("Very good"), T("Good"), T("Fair"), T("Bad"),
                                        T("Very bad")};
    struct scene *scene = request->scene;
    const struct review_which_sample_form *f = query;
    struct review_sample_view *v = view;
    struct review_sample_row_view *shown = NEW(scene->arena, struct review_sample_row_view);
    struct choice *marks = NEW_MANY(scene->arena, struct choice, COUNT(words));
    struct review_find_sample_row row;
    bool found;

    TRY(review_sample_of_mine(scene, f->sample, &row, &found));
    if (!found || !str_same(row.state, S("open"))) return REFUSE(act_unknown);
    TRY(review_need_service(scene));
    for (size_t i = 0; i < COUNT(words); i++)
        marks[i] = (struct choice){.value = arena_print(scene->arena, "%zu", COUNT(words) - i),
                                   .label = text_in(scene->language, words[i])};
    *shown = (struct review_sample_row_view){
        .sample = row.sample_id, .week = row.week, .due_at = row.due_at, .due_day = row.due_at - 1};
    TRY(people_field_name(scene, row.field, &shown->field_name));
    v->sample = row.sample_id;
    v->was_opened = row.read_until > 0;
    v->is_open = scene->now < row.read_until;
    v->row = shown;
    v->marks = marks;
    v->marks_count = COUNT(words);
    return v->is_open ? show_words(scene, row.case_id, v) : DONE;
}
