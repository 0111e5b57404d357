/* cases_sheet.c -- papers that can be verified: the sheet that goes along when another office gets
 * a case, and the code on decisions.
 *
 *  (1) A code is random and stands on the paper.  Whoever types or scans it reads what the paper is
 *      about: title, reference, service, offices, day; never a name, and never whether a code that
 *      is not there was nearly right.
 *  (2) A sheet is for both offices.  It holds the applicant's name, so printing it is an act on
 *      record, and opens it to that person for half an hour: the office that gave the case away has
 *      it no more and prints the sheet all the same.
 *  (3) It is drawn from the step each time, in Chinese, as decisions are (cases_letter.c). */
#include "desk/cases/cases_views.h"
#include "gen/cases_html.h"
#include "platform/paper.h"
#include "platform/secret.h"

enum { VERIFIES_A_MINUTE = 20, PRINTS_A_MINUTE = 30, CODE_LEN = 17, LINES_MAX = 100 };

static const struct reason code_unknown = {
    "cases.code-unknown",
    T("No paper of ours bears this code. Please compare it letter by letter, or call 12348."), 404};

static struct str site_address;

void cases_use_site(struct str public_url)
{
    site_address = public_url;
}

/* ---- keeping ---- */

struct outcome cases_sheet_keep(struct scene *scene, const struct cases_case *c, struct str letter,
                                struct str from_division)
{
    struct str first = secret_reference(scene->arena), second = secret_reference(scene->arena);
    const struct cases_list_papers_row *rows;
    size_t count;

    TRY(cases_list_papers(scene->arena, scene->store, c->row.case_id, &rows, &count));
    return cases_add_sheet(scene->store, &(struct cases_add_sheet_values){
                                             .code = arena_print(scene->arena, "%.*s-%.*s",
                                                                 STR_ARGS(first), STR_ARGS(second)),
                                             .case_id = c->row.case_id,
                                             .seq = scene->seq,
                                             .letter = letter,
                                             .at = scene->now,
                                             .by_id = scene->actor.person_id,
                                             .from_division = from_division,
                                             .to_division = c->row.division,
                                             .papers_count = (int64_t)count});
}

/* ---- drawing ---- */

static struct outcome draw_code(struct scene *scene, struct str code, struct paper *paper)
{
    struct str under = arena_print(scene->arena, "核验码：%.*s", STR_ARGS(code));

    if (!site_address.len) {
        paper_text(paper, under);
        return DONE;
    }
    paper_code(
        paper,
        arena_print(scene->arena, "%.*s/verify?code=%.*s", STR_ARGS(site_address), STR_ARGS(code)),
        arena_print(scene->arena, "扫描二维码可以核验本件真伪。%.*s", STR_ARGS(under)));
    return DONE;
}

struct outcome cases_sheet_draw_code(struct scene *scene, id case_id, id seq, struct str letter,
                                     struct paper *paper)
{
    struct cases_find_sheet_code_row row;
    bool found;

    TRY(cases_find_sheet_code(scene->arena, scene->store, case_id, seq, letter, &row, &found));
    return found ? draw_code(scene, row.code, paper) : DONE;
}

static struct outcome division_zh(struct scene *scene, struct str division, struct str *name)
{
    enum language reads = scene->language;
    struct outcome outcome;

    scene->language = LANGUAGE_ZH; /* (3) */
    outcome = identity_division_name(scene, division, name);
    scene->language = reads;
    return outcome;
}

static void draw_pair(struct arena *arena, struct paper *paper, const char *label, struct str value)
{
    if (value.len) paper_text(paper, arena_print(arena, "%s：%.*s", label, STR_ARGS(value)));
}

static struct str material_zh(const struct cases_case *c, struct str material)
{
    for (size_t i = 0; i < c->flow.materials_count; i++)
        if (str_same(c->flow.materials[i].material, material)) return c->flow.materials[i].zh;
    return S("其他材料");
}

/* What went along stays the number it was, which whoever verifies the paper reads, too. */
static struct outcome draw_papers(struct scene *scene, const struct cases_case *c,
                                  const struct cases_find_sheet_row *row, struct paper *paper)
{
    const struct cases_list_papers_row *rows;
    size_t count, drawn = 0, went_along = (size_t)row->papers_count;

    TRY(cases_list_papers(scene->arena, scene->store, c->row.case_id, &rows, &count));
    paper_heading(paper, arena_print(scene->arena, "随案移送的材料（共%zu份）", went_along));
    for (size_t i = 0; i < count; i++) {
        if (rows[i].at > row->at) continue;
        paper_text(paper, arena_print(scene->arena, "%zu. %.*s（%.*s）", ++drawn,
                                      STR_ARGS(material_zh(c, rows[i].material)),
                                      STR_ARGS(rows[i].file_name)));
    }
    if (drawn < went_along)
        paper_text(paper, arena_print(scene->arena, "另有%zu份已由申请人撤回，不再列出。",
                                      went_along - drawn));
    if (!drawn && !went_along) paper_text(paper, S("无。"));
    return DONE;
}

/* Those the applicant does not have back: each is held by who sent it until it is confirmed. */
static struct outcome draw_originals(struct scene *scene, const struct cases_case *c,
                                     struct paper *paper)
{
    const struct cases_list_originals_row *rows;
    size_t count, drawn = 0;
    struct str what;

    TRY(cases_list_originals(scene->arena, scene->store, c->row.case_id, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (rows[i].given_at) continue;
        if (!drawn) paper_heading(paper, S("申请人的纸质原件（收到后请逐件确认）"));
        TRY(cases_unseal(scene, CASES_USE_WORDS, rows[i].what_sealed, &what));
        paper_text(paper, arena_print(scene->arena, "%zu. %.*s（%lld页）", ++drawn, STR_ARGS(what),
                                      (long long)rows[i].pages_count));
    }
    return DONE;
}

static struct outcome draw_facts(struct scene *scene, const struct cases_case *c,
                                 const struct cases_find_sheet_row *row, struct paper *paper)
{
    struct str name, words, from, to;

    TRY(cases_unseal(scene, CASES_USE_NAME, c->row.name_sealed, &name));
    TRY(cases_unseal(scene, CASES_USE_WORDS, row->words_sealed, &words));
    TRY(division_zh(scene, row->from_division, &from));
    TRY(division_zh(scene, row->to_division, &to));
    draw_pair(scene->arena, paper, "编号", c->row.reference);
    draw_pair(scene->arena, paper, "事项", c->item.name_zh);
    draw_pair(scene->arena, paper, "申请人", name);
    draw_pair(scene->arena, paper, "收到申请的日期",
              cases_chinese_day(scene->arena, c->row.opened_at));
    draw_pair(scene->arena, paper, "移出单位", from);
    draw_pair(scene->arena, paper, "接收单位", to);
    draw_pair(scene->arena, paper, "移送日期", cases_chinese_day(scene->arena, row->at));
    draw_pair(scene->arena, paper, "经办人", row->person_name);
    draw_pair(scene->arena, paper, "移送理由", str_trim(words));
    return DONE;
}

static struct outcome draw(struct scene *scene, const struct cases_case *c,
                           const struct cases_find_sheet_row *row, struct file_answer *file)
{
    struct paper *paper;
    struct str from;

    TRY(division_zh(scene, row->from_division, &from));
    TRY(paper_open_letter(scene->arena,
                          arena_print(scene->arena, "案件移送单 %.*s", STR_ARGS(c->row.reference)),
                          &paper));
    paper_title(paper, S("案件移送单"));
    TRY(draw_facts(scene, c, row, paper));
    TRY(draw_papers(scene, c, row, paper));
    TRY(draw_originals(scene, c, paper));
    paper_text(paper, S("收到后请核对材料，并在本单上签收。移送前已经开始计算的期限继续计算，不因移"
                        "送重新计算。"));
    paper_signed(paper, arena_print(scene->arena, "%.*s办理单位", STR_ARGS(from)));
    paper_signed(paper, cases_chinese_day(scene->arena, row->at));
    paper_signed(paper, S("签收人：＿＿＿＿＿＿　日期：＿＿＿＿＿＿"));
    TRY(draw_code(scene, row->code, paper));
    file->type = S("application/pdf");
    file->name = arena_print(scene->arena, "案件移送单-%.*s.pdf", STR_ARGS(c->row.reference));
    return paper_close(&paper, &file->bytes);
}

/* ---- printing ---- */

static bool is_in(const struct cases_office *office, struct str division)
{
    return str_begins(division, office->division);
}

/* (2): one's own office gave or got it. */
static struct outcome open_sheet(struct scene *scene, struct str code,
                                 struct cases_find_sheet_row *row)
{
    struct cases_office office;
    bool found;

    TRY(cases_office_of(scene, &office));
    TRY(cases_find_sheet(scene->arena, scene->store, code, row, &found));
    if (!found || row->letter.len || !office.division.len) return REFUSE(act_unknown);
    if (!is_in(&office, row->from_division) && !is_in(&office, row->to_division))
        return REFUSE(act_unknown);
    return !office.officers.len || str_same(office.officers, row->officers) ? DONE
                                                                            : REFUSE(act_unknown);
}

static struct outcome print_sheet(struct scene *scene, const void *form, void *result)
{
    struct cases_find_sheet_row row;

    (void)result;
    TRY(open_sheet(scene, ((const struct cases_code_form *)form)->code, &row));
    scene_about(scene, row.case_id, 0);
    return cases_set_look(scene->store, row.case_id, scene->actor.person_id, scene->now);
}

static struct outcome send_sheet(struct request *request, const void *query,
                                 struct file_answer *file)
{
    struct scene *scene = request->scene;
    struct cases_find_sheet_row row;
    struct cases_find_look_row look;
    struct cases_case c;
    bool found;

    TRY(open_sheet(scene, ((const struct cases_code_form *)query)->code, &row));
    TRY(cases_find_look(scene->store, row.case_id, scene->actor.person_id, &look, &found));
    if (!found || look.at + CASES_LOOK_MINUTES * SECONDS_PER_MINUTE <= scene->now)
        return REFUSE(act_unknown);
    TRY(cases_open_id(scene, row.case_id, &c));
    return draw(scene, &c, &row, file);
}

/* ---- lists ---- */

struct line { /* the rows of both queries are alike */
    struct str code, from_division, to_division, reference, person_name;
    id version_id;
    moment at;
};

static struct outcome show_line(struct scene *scene, const struct line *line,
                                struct cases_sheet_view *v)
{
    struct items_item item;
    bool found;

    *v = (struct cases_sheet_view){.code = line->code,
                                   .reference = line->reference,
                                   .person_name = line->person_name,
                                   .at = line->at};
    TRY(items_version(scene, line->version_id, &item, &found));
    if (found) v->item_name = cases_in(scene, item.name_zh, item.name_en);
    TRY(identity_division_name(scene, line->from_division, &v->from_name));
    return identity_division_name(scene, line->to_division, &v->to_name);
}

#define SHOW_LINES(made, rows, count)                                                              \
    for (size_t i = 0; i < (count); i++)                                                           \
    TRY(show_line(scene,                                                                           \
                  &(struct line){(rows)[i].code, (rows)[i].from_division, (rows)[i].to_division,   \
                                 (rows)[i].reference, (rows)[i].person_name, (rows)[i].version_id, \
                                 (rows)[i].at},                                                    \
                  &(made)[i]))

static struct outcome show_sheets(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct cases_sheets_view *v = view;
    const struct cases_list_sheets_from_row *given;
    const struct cases_list_sheets_to_row *taken;
    struct cases_sheet_view *made;
    struct cases_office office;

    (void)query;
    TRY(cases_office_of(scene, &office));
    if (!office.division.len) return REFUSE(act_not_yours);
    TRY(cases_list_sheets_from(scene->arena, scene->store, office.division, office.end,
                               office.officers, &given, &v->given_count));
    v->given = made = NEW_MANY(scene->arena, struct cases_sheet_view, v->given_count + 1);
    SHOW_LINES(made, given, v->given_count);
    TRY(cases_list_sheets_to(scene->arena, scene->store, office.division, office.end,
                             office.officers, &taken, &v->taken_count));
    v->taken = made = NEW_MANY(scene->arena, struct cases_sheet_view, v->taken_count + 1);
    SHOW_LINES(made, taken, v->taken_count);
    v->has_more = v->given_count > LINES_MAX || v->taken_count > LINES_MAX;
    if (v->given_count > LINES_MAX) v->given_count = LINES_MAX;
    if (v->taken_count > LINES_MAX) v->taken_count = LINES_MAX;
    return DONE;
}

/* ---- verifying ---- */

/* As people type it: small letters, blanks, without the stroke. */
static struct str plain_code(struct arena *arena, struct str typed)
{
    char *made = arena_bytes(arena, CODE_LEN + 1);
    size_t len = 0;

    for (size_t i = 0; i < typed.len; i++) {
        char c = typed.at[i];

        if (c >= 'a' && c <= 'z') c = (char)(c - 32);
        if ((c < 'A' || c > 'Z') && (c < '0' || c > '9')) continue;
        if (len == CODE_LEN) return S("");
        if (len == CODE_LEN / 2) made[len++] = '-';
        made[len++] = c;
    }
    return len == CODE_LEN ? (struct str){made, len} : S("");
}

struct outcome cases_sheet_of(struct scene *scene, struct str typed,
                              struct cases_find_sheet_row *row)
{
    bool found;

    TRY(cases_find_sheet(scene->arena, scene->store, plain_code(scene->arena, typed), row, &found));
    return found ? DONE : REFUSE(code_unknown);
}

/* Drawn again after words that did not stand there: the code is in what was typed. */
static struct str code_asked(const struct request *request, struct str asked)
{
    const struct form_state *typed = request->face ? request->face->form : NULL;

    if (!typed || typed->form != &cases_compare_form) return asked;
    return typed->given[form_place(&cases_compare_form, S("code"))];
}

static struct outcome show_verify(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct cases_verify_view *v = view;
    const struct cases_letter *letter;
    struct cases_find_sheet_row row;
    struct items_item item;
    struct cases_flow *flow = NEW(scene->arena, struct cases_flow);

    v->code = code_asked(request, ((const struct cases_verify_form *)query)->code);
    if (!str_trim(v->code).len) return DONE;
    TRY(cases_find_sheet(scene->arena, scene->store, plain_code(scene->arena, v->code), &row,
                         &v->is_found));
    if (!v->is_found) {
        if (request->is_api) return REFUSE(code_unknown);
        v->wrong = text_in(scene->language, code_unknown.text);
        return DONE;
    }
    TRY(cases_load_flow(scene, row.version_id, &item, flow));
    letter = row.letter.len ? cases_letter_of(flow, row.letter) : NULL;
    v->is_sheet = !row.letter.len;
    v->title = letter ? letter->title : S("案件移送单");
    v->reference = row.reference;
    v->item_name = cases_in(scene, item.name_zh, item.name_en);
    v->at = row.at;
    v->papers = row.papers_count;
    TRY(identity_division_name(scene, row.from_division, &v->from_name));
    return identity_division_name(scene, row.to_division, &v->to_name);
}

const struct act cases_print_sheet = {.name = "cases.print_sheet",
                                      .who = CASES_WHO_DESK,
                                      .form = &cases_code_form,
                                      .run = print_sheet};

const struct page cases_sheet_pages[] = {
    {.method = GET,
     .path = "/verify",
     .who = WHO_ANYONE,
     .about =
         "Whether a paper is ours: by the code that stands on it. Says what the paper is about, "
         "and nobody's name.",
     .query = &cases_verify_form,
     .view = &cases_verify_view,
     .html = &html_cases_verify,
     .show = show_verify,
     .per_minute = VERIFIES_A_MINUTE},
    {.method = GET,
     .path = "/office/sheets",
     .who = CASES_WHO_DESK,
     .about = "Cases that went to another office or came from one, and the sheets that go along.",
     .view = &cases_sheets_view,
     .html = &html_cases_sheets,
     .show = show_sheets},
    {.method = POST,
     .path = "/office/sheets/{code}/print",
     .who = CASES_WHO_DESK,
     .about = "Print a transfer sheet, on record: it holds the applicant's name.",
     .act = &cases_print_sheet,
     .then = "/office/sheets/{code}",
     .again = "/office/sheets",
     .per_minute = PRINTS_A_MINUTE},
    {.method = GET,
     .path = "/office/sheets/{code}",
     .who = CASES_WHO_DESK,
     .about = "A transfer sheet as a PDF, for whoever has just said that they print it.",
     .query = &cases_code_form,
     .file = send_sheet,
     .per_minute = PRINTS_A_MINUTE},
    {0},
};

#define FORM_THIS cases_code_form
FORM_TABLE(cases_code, CASES_CODE_FORM)
#undef FORM_THIS
#define FORM_THIS cases_verify_form
FORM_TABLE(cases_verify, CASES_VERIFY_FORM)
#undef FORM_THIS
#define VIEW_THIS cases_sheet_view
VIEW_TABLE(cases_sheet, CASES_SHEET_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_sheets_view
VIEW_TABLE(cases_sheets, CASES_SHEETS_VIEW)
#undef VIEW_THIS
#define VIEW_THIS cases_verify_view
VIEW_TABLE(cases_verify, CASES_VERIFY_VIEW)
#undef VIEW_THIS
