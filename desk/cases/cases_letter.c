/* cases_letter.c -- decisions on paper: what an applicant reads, prints and takes along.
 *
 *  (1) A letter is in Chinese, whatever language the pages are in: it is the office's own document.
 *      Its text stands in the table of the item's version the case runs by.
 *  (2) It is drawn from the case each time, and always the same: the words, the day and who acts
 * are those of its step, and what the room of its process adds is as it was at that moment. (3)
 * That the applicant read it is an act, in the journal, and the office sees since when; an officer
 * reads it while the case is open to them, which is on record too.
 */
#include "desk/cases/cases_views.h"
#include "platform/paper.h"

enum { READS_A_MINUTE = 30, LINE_BYTES_MAX = 20000, WORDS_MAX = 8 + 20 };

struct cases_paper_words { /* what stands in for {name} … */
    struct str names[WORDS_MAX], values[WORDS_MAX];
    size_t count;
};

static void put(struct cases_paper_words *words, const char *name, struct str value)
{
    assert(words->count < COUNT(words->names));
    words->names[words->count] = str_of(name);
    words->values[words->count++] = value;
}

struct str cases_chinese_day(struct arena *arena, moment at)
{
    struct out *out = out_open(arena, 64);

    out_day(out, LANGUAGE_ZH, at);
    return out_text(out);
}

/* false: something it needs is empty, so the line is left out. */
static bool fill(struct arena *arena, struct str line, const struct cases_paper_words *words,
                 struct str *filled)
{
    struct out *out = out_open(arena, LINE_BYTES_MAX);

    for (size_t at = 0; at < line.len; at++) {
        size_t end = at;

        if (line.at[at] != '{') {
            out_raw(out, line.at + at, 1);
            continue;
        }
        while (end < line.len && line.at[end] != '}') end++;
        for (size_t i = 0; i < words->count; i++) {
            if (!str_same(words->names[i], (struct str){line.at + at + 1, end - at - 1})) continue;
            if (!words->values[i].len) return false;
            out_raw_str(out, words->values[i]);
        }
        at = end;
    }
    *filled = out_text(out);
    return true;
}

/* What the room knows, as {room.name}. */
static struct outcome put_room(struct scene *scene, const struct cases_case *c, moment at,
                               struct cases_paper_words *words)
{
    const struct process *process = items_process(c->item.process);
    enum language reads = scene->language;
    struct outcome outcome = DONE;

    if (!process || !process->places || !process->place) return DONE;
    scene->language = LANGUAGE_ZH; /* (1) */
    for (const char *const *place = process->places; *place && IS_DONE(outcome); place++) {
        struct str value = S("");

        outcome = process->place(scene, c->row.case_id, at, str_of(*place), &value);
        put(words, arena_print(scene->arena, CASES_ROOM_PLACE "%s", *place).at, str_trim(value));
    }
    scene->language = reads;
    return outcome;
}

static struct outcome words_of(struct scene *scene, const struct cases_case *c,
                               const struct cases_find_letter_row *row,
                               struct cases_paper_words *words)
{
    struct str name, said, district, agent = S("");
    enum language reads = scene->language;
    struct outcome outcome;

    scene->language = LANGUAGE_ZH; /* (1) */
    outcome = identity_division_name(scene, row->division, &district);
    scene->language = reads;
    TRY(outcome);
    TRY(cases_unseal(scene, CASES_USE_NAME, c->row.name_sealed, &name));
    TRY(cases_unseal(scene, CASES_USE_WORDS, row->words_sealed, &said));
    if (cases_who_of(row->turn) == CASES_AGENT)
        TRY(identity_person_name(scene, row->by_id, &agent));
    put(words, "name", name);
    put(words, "reference", c->row.reference);
    put(words, "item", c->item.name_zh);
    put(words, "district", district);
    put(words, "received", cases_chinese_day(scene->arena, c->row.opened_at));
    put(words, "day", cases_chinese_day(scene->arena, row->at));
    put(words, "words", str_trim(said));
    put(words, "agent", agent);
    return put_room(scene, c, row->at, words);
}

static struct outcome draw(struct scene *scene, const struct cases_case *c, id seq,
                           const struct cases_find_letter_row *row, struct file_answer *file)
{
    const struct cases_letter *letter = cases_letter_of(&c->flow, row->letter);
    struct cases_paper_words words = {.count = 0};
    struct paper *paper;
    struct str line;

    if (!letter) return FAULT("cases: a letter its table does not know");
    TRY(words_of(scene, c, row, &words));
    TRY(paper_open_letter(
        scene->arena,
        arena_print(scene->arena, "%.*s %.*s", STR_ARGS(letter->title), STR_ARGS(c->row.reference)),
        &paper));
    paper_title(paper, letter->title);
    for (size_t i = 0; i < letter->lines_count; i++)
        if (fill(scene->arena, letter->lines[i], &words, &line)) paper_text(paper, line);
    if (fill(scene->arena, letter->by, &words, &line)) paper_signed(paper, line);
    paper_signed(paper, cases_chinese_day(scene->arena, row->at));
    TRY(cases_sheet_draw_code(scene, c->row.case_id, seq, row->letter, paper));
    file->type = S("application/pdf");
    file->name = arena_print(scene->arena, "%.*s-%.*s.pdf", STR_ARGS(letter->title),
                             STR_ARGS(c->row.reference));
    return paper_close(&paper, &file->bytes);
}

struct outcome cases_letter_text(struct scene *scene, id case_id, id seq, struct str *text)
{
    struct cases_paper_words words = {.count = 0};
    const struct cases_letter *letter;
    struct cases_find_letter_row row;
    struct cases_case c;
    struct str line;
    bool found;

    *text = S("");
    TRY(cases_open_id(scene, case_id, &c));
    TRY(cases_find_letter(scene->arena, scene->store, case_id, seq, &row, &found));
    letter = found ? cases_letter_of(&c.flow, row.letter) : NULL;
    if (!letter) return DONE;
    TRY(words_of(scene, &c, &row, &words));
    *text = letter->title;
    for (size_t i = 0; i < letter->lines_count; i++)
        if (fill(scene->arena, letter->lines[i], &words, &line))
            *text = arena_print(scene->arena, "%.*s\n%.*s", STR_ARGS(*text), STR_ARGS(line));
    if (fill(scene->arena, letter->by, &words, &line))
        *text = arena_print(scene->arena, "%.*s\n%.*s", STR_ARGS(*text), STR_ARGS(line));
    line = cases_chinese_day(scene->arena, row.at);
    *text = arena_print(scene->arena, "%.*s\n%.*s", STR_ARGS(*text), STR_ARGS(line));
    return DONE;
}

struct outcome cases_room_letter(struct scene *scene, const char *process, id case_id, id *letter,
                                 struct file_answer *file)
{
    struct cases_find_last_letter_row last;
    struct cases_find_letter_row row;
    struct cases_case c;
    bool found;

    *letter = 0;
    TRY(cases_open_id(scene, case_id, &c));
    if (!str_same(c.item.process, str_of(process))) return REFUSE(act_unknown);
    TRY(cases_find_last_letter(scene->store, case_id, &last, &found));
    if (!found) return file ? REFUSE(act_unknown) : DONE;
    *letter = last.seq;
    if (!file) return DONE;
    TRY(cases_find_letter(scene->arena, scene->store, case_id, last.seq, &row, &found));
    return found ? draw(scene, &c, last.seq, &row, file) : REFUSE(act_unknown);
}

/* ---- reading ---- */

static struct outcome find(struct scene *scene, const struct cases_case *c, id seq,
                           struct cases_find_letter_row *row)
{
    bool found;

    TRY(cases_find_letter(scene->arena, scene->store, c->row.case_id, seq, row, &found));
    return found ? DONE : REFUSE(act_unknown);
}

static struct outcome read_letter(struct scene *scene, const void *form, void *result)
{
    const struct cases_letter_form *f = form;
    struct cases_find_letter_row row;
    struct cases_case c;

    (void)result;
    TRY(cases_open_own(scene, f->reference, &c));
    TRY(find(scene, &c, f->letter, &row));
    scene_about(scene, c.row.case_id, c.row.handler_id);
    scene->detail = row.letter;
    return cases_set_letter_read(scene->store, scene->now, c.row.case_id, f->letter);
}

const struct act cases_read_letter = {
    .name = "cases.read", .who = WHO_ASKER, .form = &cases_letter_form, .run = read_letter};

/* (3): not before the act. */
static struct outcome send_own(struct request *request, const void *query, struct file_answer *file)
{
    const struct cases_letter_form *f = query;
    struct cases_find_letter_row row;
    struct cases_case c;

    TRY(cases_open_own(request->scene, f->reference, &c));
    TRY(find(request->scene, &c, f->letter, &row));
    return row.read_at ? draw(request->scene, &c, f->letter, &row, file) : REFUSE(act_unknown);
}

static struct outcome send_office(struct request *request, const void *query,
                                  struct file_answer *file)
{
    const struct cases_letter_form *f = query;
    struct cases_find_letter_row row;
    struct cases_case c;

    TRY(cases_open_office(request->scene, f->reference, &c));
    TRY(cases_need_look(request->scene, &c));
    if (!cases_sees_papers(&c)) return REFUSE(act_unknown);
    TRY(find(request->scene, &c, f->letter, &row));
    return draw(request->scene, &c, f->letter, &row, file);
}

struct outcome cases_show_letters(struct scene *scene, const struct cases_case *c, bool is_office,
                                  const struct cases_letter_view **made, size_t *count)
{
    const struct cases_list_letters_row *rows;
    struct cases_letter_view *letters;

    TRY(cases_list_letters(scene->arena, scene->store, c->row.case_id, &rows, count));
    letters = NEW_MANY(scene->arena, struct cases_letter_view, *count + 1);
    for (size_t i = 0; i < *count; i++) {
        const struct cases_letter *letter = cases_letter_of(&c->flow, rows[i].letter);

        letters[i] = (struct cases_letter_view){.letter = rows[i].seq,
                                                .name = letter ? letter->title : S(""),
                                                .at = rows[i].at,
                                                .read_at = rows[i].read_at,
                                                .reference = c->row.reference,
                                                .is_office = is_office};
    }
    *made = letters;
    return DONE;
}

const struct page cases_letter_pages[] = {
    {.method = POST,
     .path = "/cases/{reference}/letters/{letter}/read",
     .who = WHO_ASKER,
     .about = "Read a decision: the office sees from then on that it was read.",
     .act = &cases_read_letter,
     .then = "/cases/{reference}/letters/{letter}",
     .again = "/cases/{reference}",
     .per_minute = READS_A_MINUTE},
    {.method = GET,
     .path = "/cases/{reference}/letters/{letter}",
     .who = WHO_ASKER,
     .about = "A decision as a PDF in Chinese, for whoever has said that it is read.",
     .query = &cases_letter_form,
     .file = send_own,
     .per_minute = READS_A_MINUTE},
    {.method = GET,
     .path = "/office/cases/{reference}/letters/{letter}",
     .who = CASES_WHO_DESK,
     .about = "The same for whoever has just opened the case.",
     .query = &cases_letter_form,
     .file = send_office,
     .per_minute = READS_A_MINUTE},
    {0},
};

#define FORM_THIS cases_letter_form
FORM_TABLE(cases_letter, CASES_LETTER_FORM)
#undef FORM_THIS
