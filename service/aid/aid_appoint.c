/* aid_appoint.c -- who acts for somebody who was granted legal aid: an officer chooses a lawyer.
 *
 *  (1) Only lawyers whose licence was checked and still holds, of the district before others.
 *  (2) Nobody acts for both sides (Lawyers Law of the PRC, article 39): who acts, acted or is just
 *      asked to act for the other side, in any case here, cannot be chosen, on the page or past it.
 *      A name that is the same is said and left to the officer: many people share one.
 *  (3) Nobody chooses themselves: who decides and who acts are two people.
 *  (4) Each row says why it stands where it stands.  Nobody is chosen by the program.
 */
#include "bureau/people/people_acts.h"
#include "desk/cases/cases_acts.h"
#include "desk/identity/identity_acts.h"
#include "gen/aid_html.h"
#include "gen/aid_sql.h"
#include "service/aid/aid_views.h"

enum { ROWS_MAX = 60, FIELDS_MAX = 60 };

static const struct reason not_a_lawyer = {
    "aid.not-a-lawyer", T("Please choose a lawyer from the list, whose licence holds."),
    .field = "person"};
static const struct reason other_side = {
    "aid.other-side",
    T("This lawyer acts, acted or is asked to act for the other side. Please choose another one."),
    409};

/* What is asked of the list: one person, or everybody of a district and a field. */
struct wanted {
    id person_id;
    struct str division, field;
};

static struct outcome find(struct scene *scene, const struct cases_appointing *a,
                           const struct wanted *wanted, const struct aid_list_lawyers_row **rows,
                           size_t *count)
{
    /* Nobody was named on the other side: then nobody is on it. */
    struct str other = a->other_index.len ? a->other_index : S("-");

    return aid_list_lawyers(scene->arena, scene->store, a->case_id, other,
                            a->applicant_index.len ? a->applicant_index : S("-"), scene->now,
                            wanted->person_id, wanted->division, wanted->field, rows, count);
}

/* ---- the list ---- */

static void say(struct scene *scene, struct str *why, struct str more)
{
    const char *between = scene->language == LANGUAGE_EN ? "; " : "；";

    *why = why->len
               ? arena_print(scene->arena, "%.*s%s%.*s", STR_ARGS(*why), between, STR_ARGS(more))
               : more;
}

static void say_text(struct scene *scene, struct str *why, const char *text)
{
    say(scene, why, text_in(scene->language, text));
}

static bool has_name_of(struct scene *scene, struct str name, struct str index)
{
    return index.len && str_same(cases_party_index(scene->arena, name), index);
}

static struct outcome show_lawyer(struct scene *scene, const struct cases_appointing *a,
                                  struct str field_name, const struct aid_list_lawyers_row *row,
                                  struct aid_lawyer_view *v)
{
    bool is_near = str_same(row->division, a->division);
    bool is_self = row->person_id == scene->actor.person_id;

    *v = (struct aid_lawyer_view){.person = row->person_id,
                                  .name = row->person_name,
                                  .team =
                                      scene->language == LANGUAGE_EN ? row->team_en : row->team_zh,
                                  .open_cases = row->open_count,
                                  .may = row->against_count == 0 && !is_self};
    TRY(identity_division_name(scene, row->division, &v->division_name));
    if (is_self) say_text(scene, &v->why, T("this is you: cannot be chosen"));
    if (row->against_count)
        say_text(scene, &v->why,
                 T("acts, acted or is asked to act for the other side: cannot be chosen"));
    if (row->before_count) say_text(scene, &v->why, T("was asked in this case before"));
    if (has_name_of(scene, row->person_name, a->other_index))
        say_text(scene, &v->why, T("has the same name as the other side: please ask first"));
    if (has_name_of(scene, row->person_name, a->applicant_index))
        say_text(scene, &v->why, T("has the same name as the applicant: please ask first"));
    if (field_name.len)
        say(scene, &v->why,
            text_fill(scene->arena, scene->language, T("knows %1"), field_name, S(""), S("")));
    say_text(scene, &v->why,
             is_near ? T("serves in this district") : T("serves in another district"));
    say(scene, &v->why,
        text_fill(scene->arena, scene->language, T("%1 cases under way"),
                  arena_print(scene->arena, "%lld", (long long)row->open_count), S(""), S("")));
    return DONE;
}

static struct outcome show_fields(struct scene *scene, struct str chosen, struct str *name,
                                  struct aid_lawyers_view *v)
{
    const struct people_list_fields_row *rows;
    struct choice *made;
    size_t count;

    TRY(people_fields(scene, &rows, &count));
    made = NEW_MANY(scene->arena, struct choice, count + 1);
    made[v->fields_count++].label = text_in(scene->language, T("Any field"));
    for (size_t i = 0; i < count; i++) {
        bool is_chosen = str_same(rows[i].field, chosen);
        struct str label = scene->language == LANGUAGE_EN ? rows[i].field_en : rows[i].field_zh;

        if (!str_same(rows[i].profession, S("lawyer"))) continue;
        if (is_chosen) *name = label;
        made[v->fields_count++] =
            (struct choice){.value = rows[i].field, .label = label, .chosen = is_chosen};
    }
    v->fields = made;
    return DONE;
}

/* Who was chosen stays chosen when the answer was no. */
static void keep_chosen(struct str given, struct aid_lawyer_view *lawyers, size_t count)
{
    int64_t person;

    if (!str_to_int(given, &person)) return;
    for (size_t i = 0; i < count; i++) lawyers[i].is_chosen = lawyers[i].person == person;
}

static struct outcome show_lawyers(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct aid_lawyers_form *f = query;
    const struct form_state *typed = request->face ? request->face->form : NULL;
    struct aid_lawyers_view *v = view;
    struct cases_appointing a;
    const struct aid_list_lawyers_row *rows;
    struct aid_lawyer_view *made;
    struct str field_name = S("");

    TRY(cases_appointing_of(scene, f->reference, &a));
    v->reference = a.reference;
    v->item_name = a.item_name;
    v->seen = a.seen;
    v->is_far = f->far;
    TRY(identity_division_name(scene, a.division, &v->division_name));
    TRY(show_fields(scene, f->field, &field_name, v));
    TRY(find(scene, &a,
             &(struct wanted){0, f->far ? S("") : a.division, field_name.len ? f->field : S("")},
             &rows, &v->lawyers_count));
    v->has_many = v->lawyers_count == ROWS_MAX;
    made = NEW_MANY(scene->arena, struct aid_lawyer_view, v->lawyers_count + 1);
    for (size_t i = 0; i < v->lawyers_count; i++)
        TRY(show_lawyer(scene, &a, field_name, &rows[i], &made[i]));
    v->lawyers = made;
    if (typed && typed->form == &aid_appoint_form) {
        const struct reason *wrong = typed->wrong[form_place(&aid_appoint_form, S("person"))];

        if (wrong) v->wrong = text_in(scene->language, not_a_lawyer.text);
        keep_chosen(typed->given[form_place(&aid_appoint_form, S("person"))], made,
                    v->lawyers_count);
    }
    return DONE;
}

/* ---- the act ---- */

static struct outcome appoint(struct scene *scene, const void *form, void *result)
{
    const struct aid_appoint_form *f = form;
    const struct aid_list_lawyers_row *rows;
    struct cases_appointing a;
    size_t count;

    (void)result;
    TRY(cases_appointing_of(scene, f->reference, &a));
    TRY(find(scene, &a, &(struct wanted){f->person, S(""), S("")}, &rows, &count));
    if (count != 1) return REFUSE(not_a_lawyer);
    if (rows[0].against_count) return REFUSE(other_side);
    return cases_appoint(scene, f->reference, f->seen, f->person, f->words);
}

const struct act aid_appoint = {.name = "aid.appoint",
                                .who = WHO_LEADER | WHO_CONSULTANT | WHO_SUPERVISOR,
                                .form = &aid_appoint_form,
                                .run = appoint};

const struct page aid_lawyer_pages[] = {
    {.method = GET,
     .path = "/office/cases/{reference}/agents",
     .who = WHO_LEADER | WHO_CONSULTANT | WHO_SUPERVISOR,
     .about =
         "Who could act in a case that was granted legal aid, with what speaks for and against "
         "each; for the officer who has opened it.",
     .query = &aid_lawyers_form,
     .view = &aid_lawyers_view,
     .html = &html_aid_lawyers,
     .show = show_lawyers},
    {.method = POST,
     .path = "/office/cases/{reference}/agents",
     .who = WHO_LEADER | WHO_CONSULTANT | WHO_SUPERVISOR,
     .about = "Ask a lawyer to act; `seen` is how many steps the page showed.",
     .act = &aid_appoint,
     .then = "/office/cases/{reference}",
     .again = "/office/cases/{reference}/agents",
     .said = T("The lawyer was asked. If there is no answer in time the case comes back to you.")},
    {0},
};

#define FORM_THIS aid_lawyers_form
FORM_TABLE(aid_lawyers, AID_LAWYERS_FORM)
#undef FORM_THIS
#define FORM_THIS aid_appoint_form
FORM_TABLE(aid_appoint, AID_APPOINT_FORM)
#undef FORM_THIS
#define VIEW_THIS aid_lawyer_view
VIEW_TABLE(aid_lawyer, AID_LAWYER_VIEW)
#undef VIEW_THIS
#define VIEW_THIS aid_lawyers_view
VIEW_TABLE(aid_lawyers, AID_LAWYERS_VIEW)
#undef VIEW_THIS
