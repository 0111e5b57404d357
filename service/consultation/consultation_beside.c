/* consultation_beside.c -- what a later room makes of a talk, and how both sides see it.
 *
 *  (1) Only the resident who is known to have asked and the consultant who has it are told: whoever
 *      looks in, or has it by a number only, is not.
 *  (2) The later room says what stands there; this room shows it and knows nothing of it. */
#include "service/consultation/consultation_case.h"
#include "service/consultation/consultation_pages.h"

static struct outcome (*beside_of)(struct scene *scene, id case_id, struct str reference,
                                   bool is_consultant,
                                   struct consultation_beside lines[CONSULTATION_BESIDE_MAX],
                                   size_t *count);

void consultation_beside_hook(struct outcome (*beside)(
    struct scene *scene, id case_id, struct str reference, bool is_consultant,
    struct consultation_beside lines[CONSULTATION_BESIDE_MAX], size_t *count))
{
    beside_of = beside;
}

struct outcome consultation_show_beside(struct scene *scene, const struct consultation_case *c,
                                        const struct consultation_beside_view **lines,
                                        size_t *count)
{
    struct consultation_beside told[CONSULTATION_BESIDE_MAX];
    struct consultation_beside_view *made;

    *lines = NULL;
    *count = 0;
    if (!beside_of || c->side == CONSULTATION_NOBODY || c->by_number_only) return DONE; /* (1) */
    TRY(beside_of(scene, c->row.consultation_id, c->row.reference,
                  c->side == CONSULTATION_CONSULTANT, told, count));
    made = NEW_MANY(scene->arena, struct consultation_beside_view, *count + 1);
    for (size_t i = 0; i < *count; i++)
        made[i] = (struct consultation_beside_view){
            .text = told[i].text, .path = told[i].path, .label = told[i].label};
    *lines = made;
    return DONE;
}

struct outcome consultation_party_of(struct scene *scene, struct str reference, bool as_consultant,
                                     struct consultation_party *party)
{
    struct consultation_find_first_words_row words = {0};
    struct consultation_case c;
    bool found;

    if (as_consultant)
        TRY(case_open_as(scene, reference, CONSULTATION_CONSULTANT, &c));
    else
        TRY(case_open_own(scene, reference, &c));
    TRY(consultation_find_first_words(scene->arena, scene->store, c.row.consultation_id, &words,
                                      &found));
    *party = (struct consultation_party){.case_id = c.row.consultation_id,
                                         .consultant_id = c.row.consultant_id,
                                         .reference = c.row.reference,
                                         .field = c.row.field,
                                         .division = c.row.division,
                                         .asked = words.text,
                                         .is_ended = c.state == CONSULTATION_CLOSED};
    return DONE;
}

struct outcome consultation_tell(struct scene *scene, id case_id, const char *text, struct str one)
{
    struct consultation_case c;

    TRY(case_of_id(scene, case_id, &c));
    return case_tell(scene, &c, text, one);
}
