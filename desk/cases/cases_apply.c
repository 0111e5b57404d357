/* cases_apply.c -- what an applicant does: applies, corrects, adds, withdraws.
 *
 *  (1) What is asked is what the table of the item asks, and what is missing is named; answers to
 *      the questions of another version are not taken for answers to these.
 *  (2) Answers are sealed, and every round of them is kept: what was handed in first stays.
 *  (3) Materials are pictures or PDFs, told by their content; while the office has the case they
 *      are added to, never taken away, and whoever decides opens the case anew to see them. */
#include "desk/cases/cases_views.h"
#include "platform/cage.h"
#include "platform/files.h"
#include "platform/secret.h"

enum { GUEST_SECONDS = 90 * SECONDS_PER_DAY, REFERENCE_TRIES = 8 };

const struct reason cases_answers_wrong = {"cases.answers-wrong",
                                           T("Please look at this question again: %1"), 0};
const struct reason cases_phone_missing = {
    "cases.phone-missing", T("Please write a telephone number, so that we can reach you."),
    .field = "phone"};
const struct reason cases_division_unknown = {
    "cases.unknown-division", T("Please choose the district you live in."), .field = "division"};
static const struct reason too_many_open = {
    "cases.too-many-open",
    T("You have %1 applications that are not finished. Please wait for one of them, or withdraw "
      "one."),
    409};
const struct reason cases_item_changed = {
    "cases.item-changed",
    T("The questions have changed since you opened this page. What you wrote is kept below: please "
      "look at each answer once more, then send it again."),
    409};
const struct reason cases_on_notice_only = {
    "cases.on-notice-only",
    T("The court, the procuratorate or the police ask for this with a notice of their own; nobody "
      "applies for it on line. Call 12348 if you have a question."),
    409};
static const struct reason material_missing = {
    "cases.material-missing", T("This is still missing: %1. Please add it below, then go on."), 0};
static const struct reason material_unknown = {
    "cases.unknown-material", T("Please choose from the list what it is."), .field = "material"};
static const struct reason file_type = {
    "cases.file-type", T("Only pictures and PDF files can be taken. A photograph will do."), 0};
static const struct reason too_many_files = {"cases.too-many-files",
                                             T("At most 20 files fit into one application."), 0};

/* ---- answers ---- */

void cases_answers_of(const struct form *form, const void *values, struct str *answers)
{
    size_t count = 0;

    for (size_t i = 0; i < form->fields_count && count < CASES_FIELDS_MAX; i++) {
        const struct field *field = &form->fields[i];

        if (str_begins(str_of(field->name), S("answer_")))
            answers[count++] =
                str_trim(*(const struct str *)(const void *)((const char *)values + field->at));
    }
}

struct outcome cases_answers_check(struct scene *scene, const struct cases_flow *flow,
                                   const struct str *answers)
{
    for (size_t i = 0; i < flow->fields_count; i++) {
        const struct cases_field *field = &flow->fields[i];

        if (!IS_DONE(cases_answer_check(field, answers[i])))
            return REFUSE_WITH(cases_answers_wrong, cases_in(scene, field->zh, field->en));
    }
    return DONE;
}

struct outcome cases_answers_keep(struct scene *scene, struct cases_case *c,
                                  const struct str *answers)
{
    struct cases_care care = cases_care_of(&c->flow, answers);

    c->row.answers_seq = scene->seq;
    c->row.is_first = care.is_first;
    c->row.wants_visit = care.wants_visit;
    TRY(cases_parties_keep(scene, c, answers));
    for (size_t i = 0; i < c->flow.fields_count; i++) {
        if (!answers[i].len) continue;
        TRY(cases_add_answer(scene->store, c->row.case_id, scene->seq, c->flow.fields[i].field,
                             secret_seal(scene->arena, CASES_USE_ANSWER, answers[i])));
    }
    return cases_tell_counted(scene, c, answers);
}

struct outcome cases_answers_load(struct scene *scene, const struct cases_case *c,
                                  struct str *answers)
{
    const struct cases_list_answers_row *rows;
    size_t count;

    TRY(cases_list_answers(scene->arena, scene->store, c->row.case_id, c->row.answers_seq, &rows,
                           &count));
    for (size_t i = 0; i < c->flow.fields_count; i++) {
        answers[i] = S("");
        for (size_t r = 0; r < count; r++)
            if (str_same(rows[r].field, c->flow.fields[i].field))
                TRY(cases_unseal(scene, CASES_USE_ANSWER, rows[r].answer_sealed, &answers[i]));
    }
    return DONE;
}

/* ---- applying ---- */

struct outcome cases_new_reference(struct scene *scene, struct str *reference)
{
    struct cases_find_reference_row row;
    bool taken = true;

    for (int i = 0; taken && i < REFERENCE_TRIES; i++) {
        *reference = secret_reference(scene->arena);
        TRY(cases_find_reference(scene->store, *reference, &row, &taken));
    }
    return taken ? FAULT("no free reference was found") : DONE;
}

static struct outcome check_apply(struct scene *scene, const struct cases_apply_form *f,
                                  struct str *phone, bool *is_told)
{
    struct cases_count_opened_of_row opened;
    struct cases_count_open_of_row row;
    struct str own = S("");
    bool found;

    if (scene_is(scene, WHO_RESIDENT)) TRY(identity_phone(scene, scene->actor.person_id, &own));
    *phone = f->phone.len ? f->phone : own;
    *is_told = own.len && str_same(*phone, own);
    if (!phone->len) return REFUSE(cases_phone_missing);
    TRY(identity_division_exists(scene, f->division, &found));
    if (!found || f->division.len != 6) return REFUSE(cases_division_unknown);
    if (!scene_is(scene, WHO_ASKER)) return DONE;
    TRY(cases_count_open_of(scene->store, scene->actor.person_id, &row, &found));
    if (row.open_count >= CASES_OPEN_MAX)
        return REFUSE_WITH(too_many_open, arena_print(scene->arena, "%d", CASES_OPEN_MAX));
    TRY(cases_count_opened_of(scene->store, scene->actor.person_id, scene->now - SECONDS_PER_DAY,
                              &opened, &found));
    *is_told = *is_told && opened.opened_count < CASES_TOLD_A_DAY;
    return DONE;
}

struct outcome cases_add_row(struct scene *scene, const struct cases_case *c)
{
    const struct cases_find_case_row *row = &c->row;

    return cases_add_case(scene->store,
                          &(struct cases_add_case_values){.case_id = row->case_id,
                                                          .reference = row->reference,
                                                          .item = row->item,
                                                          .version_id = row->version_id,
                                                          .owner_id = row->owner_id,
                                                          .name_sealed = row->name_sealed,
                                                          .phone_sealed = row->phone_sealed,
                                                          .division = row->division,
                                                          .language = row->language,
                                                          .channel = row->channel,
                                                          .state = c->flow.states[0].state,
                                                          .opened_at = row->opened_at,
                                                          .since_at = scene->now,
                                                          .left_days = -1,
                                                          .officers = c->flow.officers,
                                                          .answers_seq = scene->seq});
}

struct outcome cases_file_in(struct scene *scene, struct cases_case *c,
                             const struct cases_filing *filing)
{
    struct cases_find_case_row *row = &c->row;

    TRY(cases_new_reference(scene, &row->reference));
    row->owner_id = filing->owner_id;
    row->case_id = scene_new_id(scene);
    row->item = c->item.item;
    row->division = filing->division;
    row->language = scene->language == LANGUAGE_EN ? S("en") : S("zh");
    row->channel = filing->channel;
    row->opened_at = scene->now;
    row->left_days = -1;
    row->name_sealed = secret_seal(scene->arena, CASES_USE_NAME, filing->name);
    row->phone_sealed = secret_seal(scene->arena, CASES_USE_PHONE, filing->phone);
    TRY(cases_add_row(scene, c));
    TRY(cases_answers_keep(scene, c, filing->answers));
    return cases_begin(scene, c, filing->is_told);
}

static struct outcome apply(struct scene *scene, const void *form, void *result)
{
    const struct cases_apply_form *f = form;
    struct cases_applied_view *told = result;
    struct str answers[CASES_FIELDS_MAX], phone;
    struct cases_case c = {.is = 1u << CASES_APPLICANT};
    bool is_told;

    TRY(cases_load_item(scene, f->item, &c.row.version_id, &c.item, &c.flow));
    if (c.flow.on_notice) return REFUSE(cases_on_notice_only);
    if (f->version && f->version != c.row.version_id) return REFUSE(cases_item_changed);
    TRY(check_apply(scene, f, &phone, &is_told));
    cases_answers_of(&cases_apply_form, f, answers);
    TRY(cases_answers_check(scene, &c.flow, answers));
    c.row.owner_id = identity_asker(scene);
    /* From here on the guest acts: the first step is theirs. */
    if (!scene_is(scene, WHO_ASKER)) scene->actor.person_id = c.row.owner_id;
    TRY(cases_file_in(scene, &c,
                      &(struct cases_filing){.name = f->name,
                                             .phone = phone,
                                             .division = f->division,
                                             .channel = scene->channel,
                                             .answers = answers,
                                             .owner_id = c.row.owner_id,
                                             .is_told = is_told}));
    TRY(cases_tell_applied(scene, f->item, c.row.reference));
    told->reference = c.row.reference;
    scene->detail = f->item;
    return identity_asker_open(scene, c.row.owner_id, c.row.case_id, GUEST_SECONDS, &told->token);
}

/* ---- steps of the applicant ---- */

static struct outcome open_step(struct scene *scene, struct str reference, struct str word,
                                int64_t seen, struct cases_case *c, int *action)
{
    TRY(cases_open_own(scene, reference, c));
    *action = cases_action_at(&c->flow, word);
    if (*action < 0) return REFUSE(cases_not_now);
    return cases_has_seen(c, seen);
}

static struct outcome correct(struct scene *scene, const void *form, void *result)
{
    const struct cases_correct_form *f = form;
    struct str answers[CASES_FIELDS_MAX];
    struct cases_case c;
    int action;

    (void)result;
    TRY(open_step(scene, f->reference, f->action, f->seen, &c, &action));
    if (!c.flow.actions[action].asks) return REFUSE(cases_not_now);
    cases_answers_of(&cases_correct_form, f, answers);
    TRY(cases_answers_check(scene, &c.flow, answers));
    TRY(cases_answers_keep(scene, &c, answers));
    return cases_take(scene, &c, action, &(struct cases_said){S(""), S("")});
}

static struct outcome own(struct scene *scene, const void *form, void *result)
{
    const struct cases_own_form *f = form;
    struct cases_case c;
    int action;

    (void)result;
    TRY(open_step(scene, f->reference, f->action, f->seen, &c, &action));
    if (c.flow.actions[action].asks) return REFUSE(cases_not_now);
    return cases_take(scene, &c, action, &(struct cases_said){f->words, S("")});
}

/* ---- materials ---- */

struct outcome cases_materials_check(struct scene *scene, const struct cases_case *c)
{
    const struct cases_list_papers_row *rows;
    size_t count;

    TRY(cases_list_papers(scene->arena, scene->store, c->row.case_id, &rows, &count));
    for (size_t m = 0; m < c->flow.materials_count; m++) {
        const struct cases_material *material = &c->flow.materials[m];
        bool has = !material->must;

        for (size_t i = 0; i < count; i++) has |= str_same(rows[i].material, material->material);
        if (!has) return REFUSE_WITH(material_missing, cases_in(scene, material->zh, material->en));
    }
    return DONE;
}

static struct outcome open_attach(struct scene *scene, const struct cases_attach_form *f,
                                  struct cases_case *c)
{
    const struct cases_list_papers_row *rows;
    bool known = !f->material.len;
    size_t count;

    TRY(cases_open_own(scene, f->reference, c));
    if (cases_is_over(&c->flow, c->state)) return REFUSE(cases_not_now);
    for (size_t i = 0; i < c->flow.materials_count; i++)
        known |= str_same(c->flow.materials[i].material, f->material);
    if (!known) return REFUSE(material_unknown);
    TRY(cases_list_papers(scene->arena, scene->store, c->row.case_id, &rows, &count));
    scene_about(scene, c->row.case_id, c->row.handler_id);
    return count < CASES_FILES_MAX ? DONE : REFUSE(too_many_files);
}

static struct outcome attach_prepare(struct scene *scene, void *form)
{
    struct cases_attach_form *f = form;
    struct cases_case c;

    TRY(open_attach(scene, f, &c));
    TRY(cage_read(scene->arena, f->file.bytes, &f->stored_type, &f->file.bytes));
    if (!cage_is_image(f->stored_type) && !str_same(f->stored_type, S("application/pdf")))
        return REFUSE(file_type);
    return files_put(scene->arena, f->file.bytes, &f->stored_name, &f->stored_hash);
}

/* (3): else a decision is taken beside a paper nobody has seen. */
struct outcome cases_unlook(struct scene *scene, struct cases_case *c)
{
    if (c->flow.states[c->state].who != CASES_OFFICER) return DONE;
    c->row.touched_at = 0;
    TRY(cases_drop_looks(scene->store, c->row.case_id));
    return cases_set_touched(scene->store, c->row.handler_id, 0, c->row.case_id);
}

static struct outcome attach(struct scene *scene, const void *form, void *result)
{
    const struct cases_attach_form *f = form;
    struct cases_attached_view *told = result;
    struct cases_case c;

    TRY(open_attach(scene, f, &c));
    TRY(cases_unlook(scene, &c));
    told->file = scene_new_id(scene);
    return cases_add_paper(
        scene->store,
        &(struct cases_add_paper_values){.file_id = told->file,
                                         .case_id = c.row.case_id,
                                         .material = f->material,
                                         .file_name = files_plain_name(scene->arena, f->file.name),
                                         .type = f->stored_type,
                                         .bytes_count = (int64_t)f->file.bytes.len,
                                         .file = f->stored_name,
                                         .hash = f->stored_hash,
                                         .at = scene->now});
}

static void attach_undo(const void *form)
{
    files_drop(((const struct cases_attach_form *)form)->stored_name);
}

/* It is not there for anybody from now on; the file itself goes later, so that a backup made
 * meanwhile is whole. */
static struct outcome detach(struct scene *scene, const void *form, void *result)
{
    const struct cases_file_form *f = form;
    struct cases_find_paper_row paper;
    struct cases_case c;
    bool found;

    (void)result;
    TRY(cases_open_own(scene, f->reference, &c));
    if (c.flow.states[c.state].who != CASES_APPLICANT) return REFUSE(cases_not_now);
    TRY(cases_find_paper(scene->arena, scene->store, f->file, c.row.case_id, &paper, &found));
    if (!found) return REFUSE(act_unknown);
    scene_about(scene, c.row.case_id, c.row.handler_id);
    TRY(cases_set_paper_dropped(scene->store, scene->now, f->file));
    return clock_set(scene, "cases.sweep", f->file, scene->now + CASES_KEEPS_SECONDS);
}

struct outcome cases_merge_owner(struct scene *scene, id guest_id, id person_id)
{
    return cases_set_owner(scene->store, person_id, guest_id);
}

const struct act cases_apply = {.name = "cases.apply",
                                .who = WHO_ANYONE,
                                .form = &cases_apply_form,
                                .result = &cases_applied_view,
                                .run = apply};
const struct act cases_correct = {
    .name = "cases.correct", .who = WHO_ASKER, .form = &cases_correct_form, .run = correct};
const struct act cases_own = {
    .name = "cases.own", .who = WHO_ASKER, .form = &cases_own_form, .run = own};
const struct act cases_attach = {.name = "cases.attach",
                                 .who = WHO_ASKER,
                                 .form = &cases_attach_form,
                                 .result = &cases_attached_view,
                                 .prepare = attach_prepare,
                                 .slow = true,
                                 .keeps = true,
                                 .run = attach,
                                 .undo = attach_undo};
const struct act cases_detach = {
    .name = "cases.detach", .who = WHO_ASKER, .form = &cases_file_form, .run = detach};

#define FORM_THIS cases_apply_form
FORM_TABLE(cases_apply, CASES_APPLY_FORM)
#undef FORM_THIS
#define FORM_THIS cases_correct_form
FORM_TABLE(cases_correct, CASES_CORRECT_FORM)
#undef FORM_THIS
#define FORM_THIS cases_own_form
FORM_TABLE(cases_own, CASES_OWN_FORM)
#undef FORM_THIS
#define FORM_THIS cases_attach_form
FORM_TABLE(cases_attach, CASES_ATTACH_FORM)
#undef FORM_THIS
#define FORM_THIS cases_file_form
FORM_TABLE(cases_file, CASES_FILE_FORM)
#undef FORM_THIS
