/* register_apply.c -- what an applicant does; and one who serves, when a licence was renewed.
 *
 *  (1) Whoever applies has proved a phone number first, and has one open application at a time.
 *  (2) What was typed is kept as a draft until it is handed in with evidence.
 *  (3) Whoever serves keeps name and district: those are the administrator's to change.
 *  (4) Evidence is a picture or a PDF, told by its content; it goes with the draft it belongs to.
 */
#include "bureau/register/register_views.h"
#include "desk/identity/identity_acts.h"
#include "platform/cage.h"
#include "platform/files.h"
#include "platform/secret.h"

const struct reason register_no_file = {
    "register.no-file", T("Please add a picture or a PDF of your licence before you hand it in."),
    .field = "file"};
const struct reason register_agree = {
    "register.agree",
    T("Residents must be able to see who advises them: please tick that you agree."),
    .field = "agrees"};
const struct reason register_has_open = {
    "register.has-open", T("You have an application under way. Please finish that one."), 409};
const struct reason register_field_unknown = {
    "register.unknown-field", T("Please choose fields of law from the list."), .field = "fields"};
static const struct reason licence_over = {
    "register.licence-over",
    T("This licence is no longer valid. Please write the last day of a licence that is."),
    .field = "licence_until"};
static const struct reason file_type = {
    "register.file-type", T("Only pictures and PDF files can be taken. A photograph will do."),
    .field = "file"};
static const struct reason too_many_files = {"register.too-many-files",
                                             T("At most 10 files fit into one application."), 0};

/* ---- the form ---- */

static struct outcome check_words(struct scene *scene, const struct register_apply_form *f)
{
    struct str rest = f->fields, word;
    struct people_find_field_row field;
    bool found;

    while (rest.len) {
        word = str_cut(rest, ' ', &rest);
        if (!word.len) continue;
        TRY(people_field(scene, word, &field, &found));
        if (!found) return REFUSE(register_field_unknown);
    }
    for (rest = f->languages; rest.len;) {
        word = str_cut(rest, ' ', &rest);
        if (word.len && !people_is_language(word)) return REFUSE(people_unknown_language);
    }
    return register_need_associations(scene, f->associations);
}

static struct outcome check_form(struct scene *scene, const struct register_apply_form *f,
                                 moment *until)
{
    bool exists;

    if (!people_is_profession(f->profession)) return REFUSE(people_unknown_profession);
    TRY(identity_division_exists(scene, f->division, &exists));
    if (!exists) return REFUSE(people_unknown_division);
    if (!people_read_until(f->licence_until, until)) return REFUSE(licence_over);
    if (*until && *until <= scene->now) return REFUSE(licence_over);
    if (!f->agrees) return REFUSE(register_agree);
    return check_words(scene, f);
}

static struct outcome save(struct scene *scene, const struct register_apply_form *f, moment until,
                           struct str reference)
{
    struct register_case c;

    TRY(register_open_own(scene, reference, &c));
    if (!register_may(c.state, REGISTER_CHANGE)) return REFUSE(register_has_open);
    scene_about(scene, c.row.application_id, scene->actor.person_id);
    return register_save_application(
        scene->store,
        &(struct register_save_application_values){
            .person_name = f->name,
            .profession = f->profession,
            .division = f->division,
            .licence = f->licence,
            .licence_until = until,
            .fields = f->fields,
            .languages = f->languages,
            .associations = f->associations,
            .statement_sealed = secret_seal(scene->arena, REGISTER_USE_STATEMENT, f->statement),
            .application_id = c.row.application_id});
}

static struct outcome apply(struct scene *scene, const void *form, void *result)
{
    struct register_apply_form given = *(const struct register_apply_form *)form;
    const struct register_apply_form *f = &given;
    struct register_applied_view *told = result;
    struct register_find_open_application_row open;
    struct register_find_known_row known;
    id application_id;
    moment until;
    bool found;

    TRY(register_find_renewed(scene, scene->actor.person_id, &known, &found));
    if (found) given.name = known.person_name, given.division = known.division;
    TRY(check_form(scene, f, &until));
    TRY(register_find_open_application(scene->arena, scene->store, scene->actor.person_id, &open,
                                       &found));
    told->reference = found ? open.reference : secret_reference(scene->arena);
    if (found) return save(scene, f, until, open.reference);
    application_id = scene_new_id(scene);
    scene_about(scene, application_id, scene->actor.person_id);
    return register_add_application(
        scene->store,
        &(struct register_add_application_values){
            .application_id = application_id,
            .reference = told->reference,
            .person_id = scene->actor.person_id,
            .state = register_state_word(REGISTER_DRAFT),
            .person_name = f->name,
            .profession = f->profession,
            .division = f->division,
            .licence = f->licence,
            .licence_until = until,
            .fields = f->fields,
            .languages = f->languages,
            .associations = f->associations,
            .statement_sealed = secret_seal(scene->arena, REGISTER_USE_STATEMENT, f->statement),
            .made_at = scene->now});
}

/* ---- evidence ---- */

static struct outcome open_to_change(struct scene *scene, struct str reference,
                                     struct register_case *c)
{
    TRY(register_open_own(scene, reference, c));
    scene_about(scene, c->row.application_id, scene->actor.person_id);
    return register_may(c->state, REGISTER_CHANGE) ? DONE : REFUSE(register_not_now);
}

static struct outcome open_to_attach(struct scene *scene, struct str reference,
                                     struct register_case *c)
{
    struct register_count_files_row row;
    bool found;

    TRY(open_to_change(scene, reference, c));
    TRY(register_count_files(scene->store, c->row.application_id, &row, &found));
    return row.files_count < REGISTER_FILES_MAX ? DONE : REFUSE(too_many_files);
}

static struct outcome attach_prepare(struct scene *scene, void *form)
{
    struct register_attach_form *f = form;
    struct register_case c;

    TRY(open_to_attach(scene, f->reference, &c));
    TRY(cage_read(scene->arena, f->file.bytes, &f->stored_type, &f->file.bytes));
    if (!cage_is_image(f->stored_type) && !str_same(f->stored_type, S("application/pdf")))
        return REFUSE(file_type);
    return files_put(scene->arena, f->file.bytes, &f->stored_name, &f->stored_hash);
}

static struct outcome attach(struct scene *scene, const void *form, void *result)
{
    const struct register_attach_form *f = form;
    struct register_attached_view *told = result;
    struct register_case c;

    TRY(open_to_attach(scene, f->reference, &c));
    told->file = scene_new_id(scene);
    return register_add_file(scene->store, told->file, c.row.application_id,
                             files_plain_name(scene->arena, f->file.name), f->stored_type,
                             (int64_t)f->file.bytes.len, f->stored_name, f->stored_hash,
                             scene->now);
}

static void attach_undo(const void *form)
{
    files_drop(((const struct register_attach_form *)form)->stored_name);
}

/* The file goes with its row: it is named in this act and removed after it (files.h). */
static struct outcome detach(struct scene *scene, const void *form, void *result)
{
    const struct register_file_form *f = form;
    struct register_find_file_row file;
    struct register_case c;
    bool found;

    (void)result;
    TRY(open_to_change(scene, f->reference, &c));
    TRY(register_find_file(scene->arena, scene->store, f->file, c.row.application_id, &file,
                           &found));
    if (!found) return REFUSE(act_unknown);
    TRY(register_drop_looks(scene->store, f->file));
    TRY(files_going(scene, file.file));
    return register_drop_file(scene->store, f->file);
}

/* ---- steps ---- */

static struct outcome hand_in(struct scene *scene, const void *form, void *result)
{
    struct register_count_files_row files;
    struct register_case c;
    bool found;

    (void)result;
    TRY(register_open_own(scene, ((const struct register_reference_form *)form)->reference, &c));
    TRY(register_count_files(scene->store, c.row.application_id, &files, &found));
    if (register_may(c.state, REGISTER_HAND_IN) && files.files_count == 0)
        return REFUSE(register_no_file);
    TRY(register_take_step(scene, &c, REGISTER_HAND_IN, S("")));
    return register_tell(scene, &c);
}

static struct outcome withdraw(struct scene *scene, const void *form, void *result)
{
    struct register_case c;

    (void)result;
    TRY(register_open_own(scene, ((const struct register_reference_form *)form)->reference, &c));
    return register_take_step(scene, &c, REGISTER_WITHDRAW, S(""));
}

const struct act register_apply = {.name = "register.apply",
                                   .who = REGISTER_WHO_APPLIES,
                                   .form = &register_apply_form,
                                   .result = &register_applied_view,
                                   .run = apply};
const struct act register_attach = {.name = "register.attach",
                                    .who = REGISTER_WHO_APPLIES,
                                    .form = &register_attach_form,
                                    .result = &register_attached_view,
                                    .prepare = attach_prepare,
                                    .slow = true,
                                    .keeps = true,
                                    .run = attach,
                                    .undo = attach_undo};
const struct act register_detach = {.name = "register.detach",
                                    .who = REGISTER_WHO_APPLIES,
                                    .form = &register_file_form,
                                    .run = detach};
const struct act register_hand_in = {.name = "register.hand_in",
                                     .who = REGISTER_WHO_APPLIES,
                                     .form = &register_reference_form,
                                     .run = hand_in};
const struct act register_withdraw = {.name = "register.withdraw",
                                      .who = REGISTER_WHO_APPLIES,
                                      .form = &register_reference_form,
                                      .run = withdraw};
