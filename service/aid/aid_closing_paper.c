/* aid_closing_paper.c -- the papers themselves in a closing file: scanned or photographed by who
 * acts, read by the office.
 *
 *  (4) Only who acts in the case adds papers, from taking it on until the file is in the archive;
 *      what was handed in is taken back only after it came back.  A sheet of which a paper is there
 *      is there.
 *  (5) They are the office's file and not the applicant's: who acts, the office and whoever
 *      supervises it read them, and each has opened the case before, which is on record.
 *  (6) A paper that was taken back is there for nobody at once and leaves the disk a day later, so
 *      that a backup made meanwhile is whole. */
#include "platform/cage.h"
#include "platform/files.h"
#include "platform/limits.h"
#include "service/aid/aid_acts.h"
#include "service/aid/aid_closing_inside.h"

enum { PAPERS_MAX = 40, KEEPS_SECONDS = SECONDS_PER_DAY, PAPERS_A_MINUTE = 20 };

static const struct reason too_many = {
    "aid.too-many-papers",
    T("This file holds as many papers as it can. Please put several pages "
      "into one PDF."),
    .field = "file"};
static const struct reason wrong_type = {
    "aid.paper-type", T("Only pictures and PDF files can be taken. A photograph will do."),
    .field = "file"};
static const struct reason unknown_sheet = {
    "aid.unknown-sheet", T("Please choose from the list what it is."), .field = "sheet"};

int aid_sheet_of(struct str word)
{
    for (int i = 0; i < AID_SHEETS; i++)
        if (str_same(word, str_of(aid_sheets[i].word))) return i;
    return -1;
}

bool aid_closing_may_add(const struct aid_file *file)
{
    return file->acted.is_agent && !aid_closing_is(file, "archived");
}

bool aid_closing_may_drop(const struct aid_file *file)
{
    return aid_closing_may_add(file) && !aid_closing_is(file, "handed_in");
}

struct outcome aid_closing_papers(struct scene *scene, const struct aid_file *file,
                                  const struct aid_list_papers_row **rows, size_t *count,
                                  uint32_t *sheets)
{
    TRY(aid_list_papers(scene->arena, scene->store, file->acted.case_id, rows, count));
    *sheets = 0;
    for (size_t i = 0; i < *count; i++) {
        int sheet = aid_sheet_of((*rows)[i].sheet);

        if (sheet >= 0) *sheets |= 1u << sheet;
    }
    return DONE;
}

/* ---- adding ---- */

static struct outcome open_add(struct scene *scene, const struct aid_paper_add_form *f,
                               struct aid_file *file)
{
    const struct aid_list_papers_row *rows;
    uint32_t sheets;
    size_t count;

    TRY(aid_closing_open(scene, f->reference, file));
    if (!file->acted.is_agent) return REFUSE(act_not_yours);
    if (!aid_closing_may_add(file)) return REFUSE(aid_not_in_state);
    if (aid_sheet_of(f->sheet) < 0) return REFUSE(unknown_sheet);
    TRY(aid_closing_papers(scene, file, &rows, &count, &sheets));
    return count < PAPERS_MAX ? DONE : REFUSE(too_many);
}

static struct outcome add_prepare(struct scene *scene, void *form)
{
    struct aid_paper_add_form *f = form;
    struct aid_file file;

    TRY(open_add(scene, f, &file));
    TRY(cage_read(scene->arena, f->file.bytes, &f->stored_type, &f->file.bytes));
    if (!cage_is_image(f->stored_type) && !str_same(f->stored_type, S("application/pdf")))
        return REFUSE(wrong_type);
    return files_put(scene->arena, f->file.bytes, &f->stored_name, &f->stored_hash);
}

static struct outcome add(struct scene *scene, const void *form, void *result)
{
    const struct aid_paper_add_form *f = form;
    struct aid_paper_told_view *told = result;
    struct aid_file file;

    TRY(open_add(scene, f, &file));
    told->file = scene_new_id(scene);
    return aid_add_paper(
        scene->store,
        &(struct aid_add_paper_values){.file_id = told->file,
                                       .case_id = file.acted.case_id,
                                       .sheet = f->sheet,
                                       .by_id = scene->actor.person_id,
                                       .file_name = files_plain_name(scene->arena, f->file.name),
                                       .type = f->stored_type,
                                       .bytes_count = (int64_t)f->file.bytes.len,
                                       .file = f->stored_name,
                                       .hash = f->stored_hash,
                                       .at = scene->now});
}

static void add_undo(const void *form)
{
    files_drop(((const struct aid_paper_add_form *)form)->stored_name);
}

/* ---- taking back ---- */

static struct outcome drop(struct scene *scene, const void *form, void *result)
{
    const struct aid_paper_form *f = form;
    struct aid_find_paper_row paper;
    struct aid_file file;
    bool found;

    (void)result;
    TRY(aid_closing_open(scene, f->reference, &file));
    if (!file.acted.is_agent) return REFUSE(act_not_yours);
    if (!aid_closing_may_drop(&file)) return REFUSE(aid_not_in_state);
    TRY(aid_find_paper(scene->arena, scene->store, f->file, file.acted.case_id, &paper, &found));
    if (!found) return REFUSE(act_unknown);
    TRY(aid_set_paper_dropped(scene->store, scene->now, f->file));
    return clock_set(scene, "aid.sweep", f->file, scene->now + KEEPS_SECONDS);
}

/* (6): the file first; when this is tried again it is gone already, and the row goes then. */
static struct outcome sweep(struct scene *scene, const void *form, void *result)
{
    id file_id = ((const struct clock_form *)form)->case_id;
    struct aid_find_dropped_paper_row row;
    bool found;

    (void)result;
    TRY(aid_find_dropped_paper(scene->arena, scene->store, file_id, &row, &found));
    if (!found) return DONE;
    scene_about(scene, row.case_id, 0);
    TRY(files_drop(row.file));
    return aid_drop_paper(scene->store, file_id);
}

/* ---- for `gongdao check` ---- */

static struct outcome check_some(struct arena *arena, struct store *store, id *after, size_t *count,
                                 int64_t *files)
{
    const struct aid_list_all_papers_row *rows;

    TRY(aid_list_all_papers(arena, store, *after, &rows, count));
    for (size_t i = 0; i < *count; i++) {
        bool is_same;

        *after = rows[i].file_id;
        if (rows[i].dropped_at && !files_has(rows[i].file)) continue;
        TRY(files_check(rows[i].file, rows[i].bytes_count, rows[i].hash, &is_same));
        if (!is_same) return FAULT("a paper of a closing file is not as it was handed in");
        ++*files;
    }
    return DONE;
}

struct outcome aid_check_files(struct scene *scene, int64_t *files)
{
    return files_check_rows(scene->store, check_some, files);
}

/* ---- routes ---- */

static struct outcome send_paper(struct request *request, const void *query,
                                 struct file_answer *answer)
{
    struct scene *scene = request->scene;
    const struct aid_paper_form *f = query;
    struct aid_find_paper_row paper;
    struct aid_file file;
    bool found;

    TRY(aid_closing_open(scene, f->reference, &file)); /* (5) */
    TRY(aid_find_paper(scene->arena, scene->store, f->file, file.acted.case_id, &paper, &found));
    if (!found) return REFUSE(act_unknown);
    TRY(files_get(scene->arena, paper.file, paper.bytes_count, &answer->bytes));
    answer->type = paper.type;
    answer->name = paper.file_name;
    answer->inline_safe = cage_is_image(paper.type);
    return DONE;
}

const struct act aid_paper_add = {.name = "aid.paper_add",
                                  .who = WHO_CONSULTANT,
                                  .form = &aid_paper_add_form,
                                  .result = &aid_paper_told_view,
                                  .prepare = add_prepare,
                                  .slow = true,
                                  .keeps = true,
                                  .run = add,
                                  .undo = add_undo};
const struct act aid_paper_drop = {
    .name = "aid.paper_drop", .who = WHO_CONSULTANT, .form = &aid_paper_form, .run = drop};
const struct act aid_sweep = {.name = "aid.sweep", .who = WHO_SYSTEM, .run = sweep};

const struct page aid_closing_paper_pages[] = {
    {.method = POST,
     .path = "/office/cases/{reference}/closing/papers",
     .who = WHO_CONSULTANT,
     .about = "Add a paper to the closing file of one's own case: a picture or a PDF.",
     .act = &aid_paper_add,
     .then = "/office/cases/{reference}/closing#added",
     .again = "/office/cases/{reference}/closing",
     .said = T("The file is added."),
     .status = 201,
     .body_bytes_max = ATTACHMENT_BODY_BYTES_MAX,
     .per_minute = PAPERS_A_MINUTE},
    {.method = GET,
     .path = "/office/cases/{reference}/closing/papers/{file}",
     .who = AID_WHO_CLOSES,
     .about = "A paper of a closing file.",
     .query = &aid_paper_form,
     .file = send_paper,
     .is_kept = true},
    {.method = POST,
     .path = "/office/cases/{reference}/closing/papers/{file}/drop",
     .who = WHO_CONSULTANT,
     .about = "Take a paper back that was added by mistake, before the file is handed in.",
     .act = &aid_paper_drop,
     .then = "/office/cases/{reference}/closing#added",
     .again = "/office/cases/{reference}/closing",
     .said = T("The file is taken back.")},
    {0},
};

#define FORM_THIS aid_paper_add_form
FORM_TABLE(aid_paper_add, AID_PAPER_ADD_FORM)
#undef FORM_THIS
#define FORM_THIS aid_paper_form
FORM_TABLE(aid_paper, AID_PAPER_FORM)
#undef FORM_THIS
#define VIEW_THIS aid_paper_told_view
VIEW_TABLE(aid_paper_told, AID_PAPER_TOLD_VIEW)
#undef VIEW_THIS
#define VIEW_THIS aid_paper_view
VIEW_TABLE(aid_paper, AID_PAPER_VIEW)
#undef VIEW_THIS
