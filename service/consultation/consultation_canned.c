/* consultation_canned.c -- ready answers: everybody's, a team's, and those a consultant keeps.
 *
 *  (1) A consultant adds and drops only their own; consultation_ready.c keeps what many share. */
#include "bureau/people/people_acts.h"
#include "service/consultation/consultation_desk_read.h"

static const struct reason canned_too_many = {
    "consultation.too-many-canned",
    T("You have 100 ready answers. Please remove one you no longer use."), 409};

static struct outcome add(struct scene *scene, const void *form, void *result)
{
    const struct consultation_canned_add_form *f = form;
    struct consultation_canned_added_view *told = result;
    struct consultation_count_canned_row count;
    struct people_find_field_row field;
    bool found = true;

    if (f->field.len) TRY(people_field(scene, f->field, &field, &found));
    if (!found) return REFUSE(consultation_unknown_field);
    TRY(consultation_count_canned(scene->store, scene->actor.person_id, &count, &found));
    if (count.canned_count >= CONSULTATION_CANNED_MAX) return REFUSE(canned_too_many);
    told->id = scene_new_id(scene);
    return consultation_add_canned(scene->store, told->id, scene->actor.person_id, f->field,
                                   scene->language == LANGUAGE_EN ? S("en") : S("zh"), f->title,
                                   f->text);
}

const struct act consultation_canned_add = {.name = "consultation.canned_add",
                                            .who = WHO_CONSULTANT,
                                            .form = &consultation_canned_add_form,
                                            .result = &consultation_canned_added_view,
                                            .run = add};

static struct outcome drop(struct scene *scene, const void *form, void *result)
{
    const struct consultation_canned_drop_form *f = form;
    struct consultation_find_canned_row row;
    id canned_id;
    bool found;

    (void)result;
    if (!str_to_int(f->canned, &canned_id)) return REFUSE(act_unknown);
    TRY(consultation_find_canned(scene->arena, scene->store, canned_id, scene->actor.person_id,
                                 scene->actor.team_id, &row, &found));
    if (!found || row.owner_id != scene->actor.person_id) return REFUSE(act_unknown);
    return consultation_drop_canned(scene->store, canned_id, scene->actor.person_id);
}

const struct act consultation_canned_drop = {.name = "consultation.canned_drop",
                                             .who = WHO_CONSULTANT,
                                             .form = &consultation_canned_drop_form,
                                             .run = drop};

struct outcome consultation_read_canned(struct scene *scene, struct str field,
                                        const struct consultation_canned_row_view **rows,
                                        size_t *count)
{
    const struct consultation_list_canned_row *found;
    struct consultation_canned_row_view *made;

    TRY(consultation_list_canned(scene->arena, scene->store, scene->actor.person_id,
                                 scene->actor.team_id, field, &found, count));
    made = NEW_MANY(scene->arena, struct consultation_canned_row_view, *count + 1);
    for (size_t i = 0; i < *count; i++)
        made[i] = (struct consultation_canned_row_view){
            .id = found[i].canned_id,
            .title = found[i].title,
            .text = found[i].text,
            .field = found[i].field,
            .is_mine = found[i].owner_id == scene->actor.person_id,
        };
    *rows = made;
    return DONE;
}

static struct str name_among(struct scene *scene, const struct people_list_fields_row *fields,
                             size_t count, struct str field)
{
    for (size_t i = 0; i < count; i++) {
        if (str_same(fields[i].field, field))
            return scene->language == LANGUAGE_EN ? fields[i].field_en : fields[i].field_zh;
    }
    return field;
}

static void show_fields(struct scene *scene, const struct people_list_fields_row *fields,
                        size_t count, struct consultation_canned_view *v)
{
    struct choice *choices = NEW_MANY(scene->arena, struct choice, count + 1);

    choices[0].label = text_in(scene->language, T("All fields"));
    for (size_t i = 0; i < count; i++) {
        choices[i + 1].value = fields[i].field;
        choices[i + 1].label = name_among(scene, fields, count, fields[i].field);
    }
    v->fields = choices;
    v->fields_count = count + 1;
}

struct outcome consultation_show_canned(struct request *request, const void *query, void *view)
{
    const struct consultation_canned_query_form *f = query;
    struct consultation_canned_view *v = view;
    struct scene *scene = request->scene;
    const struct people_list_fields_row *fields;
    const struct consultation_list_canned_all_row *rows;
    struct consultation_canned_row_view *canned;
    size_t fields_count;

    v->reference = f->reference;
    v->may_share = scene_is(scene, WHO_LEADER | WHO_ADMIN);
    TRY(people_fields(scene, &fields, &fields_count));
    show_fields(scene, fields, fields_count, v);
    TRY(consultation_list_canned_all(scene->arena, scene->store, scene->actor.person_id,
                                     scene->actor.team_id, &rows, &v->canned_count));
    canned = NEW_MANY(scene->arena, struct consultation_canned_row_view, v->canned_count + 1);
    for (size_t i = 0; i < v->canned_count; i++)
        canned[i] = (struct consultation_canned_row_view){
            .id = rows[i].canned_id,
            .title = rows[i].title,
            .text = rows[i].text,
            .field = rows[i].field,
            .field_name = name_among(scene, fields, fields_count, rows[i].field),
            .is_mine = rows[i].owner_id == scene->actor.person_id,
            .is_of_team = rows[i].owner_id && rows[i].owner_id == scene->actor.team_id,
        };
    v->canned = canned;
    return DONE;
}
