/* directory_credit.c -- what is told about somebody's credit, each with its source and its day.
 *
 *  (1) An administrator of the place adds it and takes it away; both stand in the journal.
 *  (2) A day that is to come is no source.
 */
#include "bureau/directory/directory_views.h"
#include "desk/calendar/calendar.h"

static const struct reason unknown_kind = {"directory.unknown-kind",
                                           T("Please choose one of these."), 0};
static const struct reason wrong_day = {
    "directory.wrong-day", T("The day of the source is today or earlier."), 0};

static struct outcome add(struct scene *scene, const void *form, void *result)
{
    const struct directory_credit_form *f = form;
    struct directory_about about;
    calendar_day day;

    (void)result;
    TRY(directory_open_own(scene, f->person, f->body, &about));
    if (!directory_name(directory_credits, f->kind)[0]) return REFUSE(unknown_kind);
    if (!calendar_day_parse(f->source_day, &day) || day > calendar_day_of(scene->now))
        return REFUSE(wrong_day);
    scene_about(scene, 0, about.person_id);
    return directory_add_credit(
        scene->store,
        &(struct directory_add_credit_values){.credit_id = scene_new_id(scene),
                                              .person_id = about.person_id,
                                              .body_id = about.body_id,
                                              .kind = f->kind,
                                              .words = f->words,
                                              .source = f->source,
                                              .source_day = f->source_day,
                                              .added_at = scene->now,
                                              .added_by = scene->actor.person_id});
}

static struct outcome withdraw(struct scene *scene, const void *form, void *result)
{
    const struct directory_withdraw_form *f = form;
    struct directory_find_credit_row row;
    struct directory_about about;
    bool found;

    (void)result;
    TRY(directory_find_credit(scene->arena, scene->store, f->credit, &row, &found));
    if (!found) return REFUSE(act_unknown);
    TRY(directory_open_own(scene, row.person_id, row.body_id, &about));
    scene_about(scene, 0, row.person_id);
    return directory_set_withdrawn(scene->store, scene->now, f->credit);
}

struct outcome directory_credit_of(struct scene *scene, id person_id, id body_id,
                                   const struct directory_credit_view **credits, size_t *count)
{
    const struct directory_list_credits_row *rows;
    struct directory_credit_view *made;

    TRY(directory_list_credits(scene->arena, scene->store, person_id, body_id, &rows, count));
    made = NEW_MANY(scene->arena, struct directory_credit_view, *count + 1);
    for (size_t i = 0; i < *count; i++)
        made[i] = (struct directory_credit_view){
            .credit = rows[i].credit_id,
            .kind = rows[i].kind,
            .kind_name =
                text_in(scene->language, directory_name(directory_credits, rows[i].kind)),
            .words = rows[i].words,
            .source = rows[i].source,
            .source_day = rows[i].source_day,
            .is_bad = str_same(rows[i].kind, S("penalty")) ||
                      str_same(rows[i].kind, S("dishonest"))};
    *credits = made;
    return DONE;
}

const struct act directory_credit = {
    .name = "directory.credit", .who = WHO_ADMIN, .form = &directory_credit_form, .run = add};
const struct act directory_withdraw = {.name = "directory.withdraw",
                                       .who = WHO_ADMIN,
                                       .form = &directory_withdraw_form,
                                       .run = withdraw};
