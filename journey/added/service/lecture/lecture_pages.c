/* lecture_pages.c -- wishing for a talk, and how it looks. */
#include "service/lecture/lecture_views.h"

#include "desk/cases/cases_acts.h"
#include "gen/lecture_html.h"
#include "gen/lecture_sql.h"

enum { WISHES_A_MINUTE = 20 };

#define FORM_THIS lecture_wish_form
FORM_TABLE(lecture_wish, LECTURE_WISH_FORM)
#undef FORM_THIS
#define VIEW_THIS lecture_subject_view
VIEW_TABLE(lecture_subject, LECTURE_SUBJECT_VIEW)
#undef VIEW_THIS
#define VIEW_THIS lecture_list_view
VIEW_TABLE(lecture_list, LECTURE_LIST_VIEW)
#undef VIEW_THIS

static const struct reason subject_unknown = {
    "lecture.unknown-subject", T("Please choose one of the talks below."), .field = "subject"};

static struct outcome wish(struct scene *scene, const void *form, void *result)
{
    const struct lecture_wish_form *f = form;

    (void)result;
    if (!lecture_is_subject(f->subject)) return REFUSE(subject_unknown);
    scene->detail = f->subject;
    return lecture_add_wish(scene->store, f->subject);
}

const struct act lecture_wish = {
    .name = "lecture.wish", .who = WHO_ANYONE, .form = &lecture_wish_form, .run = wish};

static struct outcome show_list(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct lecture_list_view *v = view;
    struct lecture_subject_view *subjects =
        NEW_MANY(scene->arena, struct lecture_subject_view, lecture_subjects_count);
    struct choice *choices = NEW_MANY(scene->arena, struct choice, lecture_subjects_count);
    const struct lecture_list_wishes_row *rows;
    size_t count;

    (void)query;
    TRY(lecture_list_wishes(scene->arena, scene->store, &rows, &count));
    for (size_t i = 0; i < lecture_subjects_count; i++) {
        struct str word = str_of(lecture_subjects[i].word);
        struct str name = text_in(scene->language, lecture_subjects[i].name);

        subjects[i] = (struct lecture_subject_view){.subject = word, .name = name};
        choices[i] = (struct choice){.value = word, .label = name};
        for (size_t r = 0; r < count; r++)
            if (str_same(rows[r].subject, word)) subjects[i].wishes = rows[r].wish_count;
    }
    v->subjects = subjects;
    v->choices = choices;
    v->subjects_count = v->choices_count = lecture_subjects_count;
    return DONE;
}

static const struct page pages[] = {
    {.method = GET,
     .path = "/lectures",
     .who = WHO_ANYONE,
     .about = "Talks about the law: what is wished for, and by how many.",
     .view = &lecture_list_view,
     .html = &html_lecture_list,
     .show = show_list},
    {.method = POST,
     .path = "/lectures/wishes",
     .who = WHO_ANYONE,
     .about = "Wish for a talk.",
     .act = &lecture_wish,
     .then = "/lectures",
     .again = "/lectures",
     .said = T("Your wish is counted."),
     .per_minute = WISHES_A_MINUTE},
    {0},
};

/* Whoever asks for a talk applies by the table of the item. */
static const struct process processes[] = {{.word = "lecture",
                                            .name = T("By asking for a talk"),
                                            .path = "/items/{item}/apply",
                                            .check = cases_flow_may},
                                           {0}};

const struct module lecture_module = {.name = "lecture",
                                      .schema = lecture_schema,
                                      .migrations = lecture_migrations,
                                      .pages = pages,
                                      .processes = processes};
