/* consultation_talk.c -- what is said in a consultation, by either side: text, files, read marks.
 */
#include "platform/cage.h"
#include "platform/files.h"
#include "service/consultation/consultation_case.h"
#include "service/consultation/consultation_views.h"

static void tell_said(struct scene *scene, struct consultation_said_view *told, id attachment_id)
{
    *told = (struct consultation_said_view){
        .seq = scene->seq, .at = scene->now, .attachment_id = attachment_id};
}

/* A resident who writes after an answer asks again: the promise starts anew. */
static struct outcome ask_more(struct scene *scene, struct consultation_case *c)
{
    id answered_by = c->row.consultant_id;

    if (c->side != CONSULTATION_RESIDENT || c->state != CONSULTATION_ANSWERED) return DONE;
    TRY(case_fill(scene, c));
    TRY(case_step(c, CONSULTATION_ASK_MORE));
    /* Whoever answered knows the case. */
    c->row.wants_id = answered_by;
    c->row.due_at = 0;
    return dispatch_to_message(scene, c, NOTICE_RECEIVED);
}

/* The case of a reference, for a party who may add to it now. */
static struct outcome open_to_say(struct scene *scene, struct str reference, bool internal,
                                  struct consultation_case *c)
{
    TRY(case_open_talk(scene, reference, c));
    if (c->side == CONSULTATION_NOBODY) return REFUSE(act_unknown);
    if (internal && c->side != CONSULTATION_CONSULTANT) return REFUSE(act_not_yours);
    scene_about(scene, c->row.consultation_id, c->row.consultant_id);
    TRY(case_may_change(c));
    return consultation_may_say(c->state, c->side, internal);
}

/* Where most is said, lines are kept out of the journal's indexes.  list_lines_for looks for them
 * in the same two states, and by the newest message, which a note is not. */
static bool is_found_by_message(const struct consultation_case *c, bool internal)
{
    return !internal && (c->state == CONSULTATION_TALKING || c->state == CONSULTATION_MESSAGE);
}

static struct outcome say(struct scene *scene, const void *form, void *result)
{
    const struct consultation_say_form *f = form;
    struct consultation_case c;

    TRY(open_to_say(scene, f->reference, f->internal, &c));
    scene->said = is_found_by_message(&c, f->internal);
    TRY(case_say(scene, &c, f->text, 0, f->internal));
    if (c.side == CONSULTATION_CONSULTANT && !f->internal && f->flagged.len) {
        TRY(case_fill(scene, &c));
        TRY(case_flag(scene, &c, scene->seq, f->flagged));
    }
    TRY(ask_more(scene, &c));
    tell_said(scene, result, 0);
    return DONE;
}

const struct act consultation_say = {.name = "consultation.say",
                                     .who = WHO_ASKER | WHO_CONSULTANT,
                                     .form = &consultation_say_form,
                                     .result = &consultation_said_view,
                                     .prepare = case_check_words,
                                     .run = say};

static struct outcome check_not_too_many_files(struct scene *scene,
                                               const struct consultation_case *c)
{
    struct consultation_count_attachments_row count;
    bool found;

    TRY(consultation_count_attachments(scene->store, c->row.consultation_id, &count, &found));
    return count.attachments_count >= CONSULTATION_ATTACHMENTS_MAX
               ? REFUSE(consultation_too_many_files)
               : DONE;
}

/* The file is on disk before the transaction begins.  If the act is then refused or
 * faults, the file goes again; what a crash in between leaves belongs to no case: `gongdao check`
 * counts such files and leaves them where they are. */
static struct outcome store_file(struct scene *scene, void *form)
{
    struct consultation_attach_form *f = form;
    struct consultation_case c;

    TRY(open_to_say(scene, f->reference, false, &c));
    TRY(check_not_too_many_files(scene, &c));
    TRY(cage_read(scene->arena, f->file.bytes, &f->stored_type, &f->file.bytes));
    if (!f->stored_type.len) return REFUSE(consultation_file_type);
    return files_put(scene->arena, f->file.bytes, &f->stored_name, &f->stored_hash);
}

static struct outcome attach(struct scene *scene, const void *form, void *result)
{
    const struct consultation_attach_form *f = form;
    struct consultation_case c;
    id attachment_id;

    TRY(open_to_say(scene, f->reference, false, &c));
    TRY(check_not_too_many_files(scene, &c));
    attachment_id = scene_new_id(scene);
    TRY(consultation_add_attachment(
        scene->store, &(struct consultation_add_attachment_values){
                          .attachment_id = attachment_id,
                          .consultation_id = c.row.consultation_id,
                          .attachment_name = files_plain_name(scene->arena, f->file.name),
                          .type = f->stored_type,
                          .bytes_count = (int64_t)f->file.bytes.len,
                          .file = f->stored_name,
                          .hash = f->stored_hash,
                          .at = scene->now,
                          .author_id = scene->actor.person_id,
                      }));
    TRY(case_say(scene, &c, S(""), attachment_id, false));
    TRY(ask_more(scene, &c));
    tell_said(scene, result, attachment_id);
    return DONE;
}

static void drop_file(const void *form)
{
    files_drop(((const struct consultation_attach_form *)form)->stored_name);
}

const struct act consultation_attach = {.name = "consultation.attach",
                                        .who = WHO_ASKER | WHO_CONSULTANT,
                                        .form = &consultation_attach_form,
                                        .result = &consultation_said_view,
                                        .prepare = store_file,
                                        .slow = true,
                                        .keeps = true,
                                        .run = attach,
                                        .undo = drop_file};

static struct outcome mark_read(struct scene *scene, const void *form, void *result)
{
    const struct consultation_read_form *f = form;
    struct consultation_case c;
    int64_t seq = f->seq;
    bool is_resident;

    (void)result;
    TRY(case_open(scene, f->reference, &c));
    if (c.side == CONSULTATION_NOBODY) return REFUSE(act_unknown);
    is_resident = c.side == CONSULTATION_RESIDENT;
    if (seq > c.row.last_seq) seq = c.row.last_seq; /* nothing can be read before it is said */
    scene_about(scene, c.row.consultation_id, c.row.consultant_id);
    scene->quiet = seq <= (is_resident ? c.row.resident_read : c.row.consultant_read);
    if (scene->quiet) return DONE;
    if (is_resident)
        return consultation_set_resident_read(scene->store, seq, c.row.consultation_id);
    return consultation_set_consultant_read(scene->store, seq, c.row.consultation_id);
}

const struct act consultation_read = {.name = "consultation.read",
                                      .who = WHO_ASKER | WHO_CONSULTANT,
                                      .form = &consultation_read_form,
                                      .run = mark_read};

#define FORM_THIS consultation_say_form
FORM_TABLE(consultation_say, CONSULTATION_SAY_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_attach_form
FORM_TABLE(consultation_attach, CONSULTATION_ATTACH_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_read_form
FORM_TABLE(consultation_read, CONSULTATION_READ_FORM)
