/* aid_closing_pages.c -- the closing file of a case, and the lists of them; see aid_closing.h. */
#include "desk/identity/identity_acts.h"
#include "gen/aid_html.h"
#include "platform/secret.h"
#include "service/aid/aid_closing_inside.h"
#include "service/aid/aid_views.h"

static struct str name_in(const struct scene *scene, const struct aid_word *words, int at)
{
    return at < 0 ? S("") : text_in(scene->language, words[at].name);
}

static struct outcome unseal(struct scene *scene, struct str sealed, struct str *plain)
{
    *plain = S("");
    if (!sealed.len || secret_unseal(scene->arena, AID_USE_CLOSING, sealed, plain)) return DONE;
    return FAULT("aid: what was sealed cannot be read: these are not its keys");
}

static struct str typed_of(const struct request *request, const char *name, struct str otherwise)
{
    const struct form_state *state = request->face ? request->face->form : NULL;

    if (!state || state->form != &aid_hand_in_form) return otherwise;
    return state->given[form_place(&aid_hand_in_form, str_of(name))];
}

static const struct choice *choices_of(struct scene *scene, const struct aid_word *words,
                                       size_t count, struct str chosen)
{
    struct choice *made = NEW_MANY(scene->arena, struct choice, count);

    for (size_t i = 0; i < count; i++)
        made[i] = (struct choice){.value = str_of(words[i].word),
                                  .label = text_in(scene->language, words[i].name),
                                  .chosen = str_same(chosen, str_of(words[i].word))};
    return made;
}

static void show_sheets(struct request *request, const struct aid_file *file, uint32_t added,
                        struct aid_closing_view *v)
{
    struct scene *scene = request->scene;
    struct aid_sheet_view *made = NEW_MANY(scene->arena, struct aid_sheet_view, AID_SHEETS);

    for (size_t i = 0; i < AID_SHEETS; i++) {
        struct str field = arena_print(scene->arena, "has_%s", aid_sheets[i].word);
        bool has = (file->found && (file->row.sheets & 1 << i)) || (added & 1u << i);

        made[i] =
            (struct aid_sheet_view){.sheet = str_of(aid_sheets[i].word),
                                    .name = text_in(scene->language, aid_sheets[i].name),
                                    .must = aid_sheets[i].must,
                                    .has = typed_of(request, field.at, has ? S("1") : S("")).len};
    }
    v->sheets = made;
    v->sheets_count = AID_SHEETS;
}

static struct outcome show_papers(struct request *request, const struct aid_file *file,
                                  struct aid_closing_view *v)
{
    struct scene *scene = request->scene;
    const struct aid_list_papers_row *rows;
    struct choice *choices = NEW_MANY(scene->arena, struct choice, AID_SHEETS);
    struct aid_paper_view *made;
    uint32_t added;

    TRY(aid_closing_papers(scene, file, &rows, &v->papers_count, &added));
    made = NEW_MANY(scene->arena, struct aid_paper_view, v->papers_count + 1);
    for (size_t i = 0; i < v->papers_count; i++) {
        int sheet = aid_sheet_of(rows[i].sheet);

        made[i] = (struct aid_paper_view){
            .file = rows[i].file_id,
            .sheet = rows[i].sheet,
            .sheet_name = sheet < 0 ? S("") : text_in(scene->language, aid_sheets[sheet].name),
            .name = rows[i].file_name,
            .at = rows[i].at,
            .may_drop = aid_closing_may_drop(file)};
    }
    v->papers = made;
    for (size_t i = 0; i < AID_SHEETS; i++)
        choices[i] = (struct choice){.value = str_of(aid_sheets[i].word),
                                     .label = text_in(scene->language, aid_sheets[i].name)};
    v->kinds_of_paper = choices;
    v->kinds_of_paper_count = AID_SHEETS;
    v->may_add = aid_closing_may_add(file);
    show_sheets(request, file, added, v);
    return DONE;
}

static struct outcome show_words(struct scene *scene, const struct aid_file *file,
                                 struct aid_closing_view *v)
{
    TRY(unseal(scene, file->row.without_sealed, &v->without));
    TRY(unseal(scene, file->row.report_sealed, &v->report));
    TRY(unseal(scene, file->row.back_sealed, &v->back));
    return unseal(scene, file->row.mark_sealed, &v->mark_words);
}

/* That a file is drawn is for whoever marks; the lawyer reads what came of it. */
static void show_money(struct scene *scene, const struct aid_file *file, struct aid_closing_view *v)
{
    v->is_drawn = file->row.is_drawn && file->acted.is_lead;
    v->quality = file->row.quality;
    if (v->quality.len) v->quality_name = text_in(scene->language, aid_quality_name(v->quality));
    if (!file->row.payable_at) return;
    v->payable_at = file->row.payable_at;
    v->fen = file->row.fen;
    v->yuan = aid_yuan(scene->arena, file->row.fen);
}

static struct outcome show_closing(struct request *request, const void *query, void *view)
{
    static const struct aid_word verdicts[] = {
        {"archive", T("It is complete: into the archive")},
        {"return", T("Something is missing: back to the lawyer")}};
    struct scene *scene = request->scene;
    struct aid_closing_view *v = view;
    struct aid_file file;

    TRY(aid_closing_open(scene, ((const struct aid_referral_form *)query)->reference, &file));
    v->reference = file.acted.reference;
    v->item_name = file.acted.item_name;
    TRY(identity_person_name(scene, file.acted.agent_id, &v->lawyer));
    v->state = file.found ? file.row.state : S("none");
    v->may_hand_in = aid_closing_may_hand_in(&file);
    v->may_check = aid_closing_may_check(&file);
    v->may_mark = aid_closing_may_mark(&file);
    if (file.found) {
        v->kind = file.row.kind;
        v->kind_name = name_in(scene, aid_kinds, aid_kind_of(v->kind));
        v->ended = file.row.ended;
        v->ended_name = name_in(scene, aid_ends, aid_end_of(v->ended));
        v->number = file.row.archive_number;
        TRY(show_words(scene, &file, v));
        show_money(scene, &file, v);
        if (file.row.due_at) v->until = file.row.due_at - 1;
    } else if (v->may_hand_in) {
        v->until = file.acted.since_at + AID_HAND_IN_DAYS * SECONDS_PER_DAY;
    }
    TRY(show_papers(request, &file, v));
    v->kinds = choices_of(scene, aid_kinds, AID_KINDS, typed_of(request, "kind", v->kind));
    v->kinds_count = AID_KINDS;
    v->ends = choices_of(scene, aid_ends, AID_ENDS, typed_of(request, "ended", v->ended));
    v->ends_count = AID_ENDS;
    v->verdicts = choices_of(scene, verdicts, COUNT(verdicts), S(""));
    v->verdicts_count = COUNT(verdicts);
    return DONE;
}

/* ---- the lists ---- */

static const struct aid_word states[] = {{"", T("To be handed in")},
                                         {"handed_in", T("To be checked")},
                                         {"returned", T("Back to the lawyer")},
                                         {"archived", T("In the archive")}};

static struct str state_name(const struct scene *scene, struct str state)
{
    for (size_t i = 0; i < COUNT(states); i++)
        if (str_same(state, str_of(states[i].word)))
            return text_in(scene->language, states[i].name);
    return state;
}

static struct outcome list(struct scene *scene, struct str state, struct str division,
                           struct str end, const struct aid_closed_view **shown, size_t *count)
{
    const struct aid_list_closings_row *rows;
    struct aid_closed_view *made;
    bool is_marking = str_same(state, S("archived"));

    TRY(aid_list_closings(scene->arena, scene->store, state, division, end,
                          is_marking ? S("open") : S(""), &rows, count));
    made = NEW_MANY(scene->arena, struct aid_closed_view, *count + 1);
    for (size_t i = 0; i < *count; i++)
        made[i] = (struct aid_closed_view){
            .reference = rows[i].reference,
            .state = rows[i].state,
            .state_name = state_name(scene, rows[i].state),
            .lawyer = rows[i].person_name,
            .kind_name = name_in(scene, aid_kinds, aid_kind_of(rows[i].kind)),
            .until = rows[i].due_at ? rows[i].due_at - 1 : 0,
            .is_late = rows[i].due_at && rows[i].due_at <= scene->now};
    *shown = made;
    return DONE;
}

static struct outcome list_own(struct scene *scene, struct aid_closings_view *v)
{
    const struct aid_list_own_closings_row *rows;
    struct aid_closed_view *made;

    TRY(aid_list_own_closings(scene->arena, scene->store, scene->actor.person_id, &rows,
                              &v->own_count));
    made = NEW_MANY(scene->arena, struct aid_closed_view, v->own_count + 1);
    for (size_t i = 0; i < v->own_count; i++) {
        bool is_open = !rows[i].state.len || str_same(rows[i].state, S("returned"));
        moment due = rows[i].state.len ? rows[i].due_at
                                       : rows[i].since_at + AID_HAND_IN_DAYS * SECONDS_PER_DAY;

        made[i] = (struct aid_closed_view){
            .reference = rows[i].reference,
            .state = rows[i].state,
            .state_name = state_name(scene, rows[i].state),
            .kind_name = name_in(scene, aid_kinds, aid_kind_of(rows[i].kind)),
            .until = is_open ? due - 1 : 0,
            .is_late = is_open && due <= scene->now,
            .yuan = rows[i].payable_at ? aid_yuan(scene->arena, rows[i].fen) : S("")};
    }
    v->own = made;
    return DONE;
}

static struct outcome show_closings(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    struct aid_closings_view *v = view;
    struct str division, end;

    (void)query;
    TRY(cases_oversees(scene, "legal_aid", &division, &end));
    v->is_office = division.len > 0;
    v->is_lawyer = scene_is(scene, WHO_CONSULTANT);
    if (!v->is_office && !v->is_lawyer) return REFUSE(act_not_yours);
    if (v->is_lawyer) TRY(list_own(scene, v));
    if (!v->is_office) return DONE;
    TRY(list(scene, S("handed_in"), division, end, &v->check, &v->check_count));
    if (!scene_is(scene, WHO_SUPERVISOR)) return DONE;
    return list(scene, S("archived"), division, end, &v->mark, &v->mark_count);
}

const struct page aid_closing_pages[] = {
    {.method = GET,
     .path = "/office/closings",
     .who = AID_WHO_CLOSES,
     .about = "Closing files of legal aid: to hand in, to check, to mark.",
     .view = &aid_closings_view,
     .html = &html_aid_closings,
     .show = show_closings},
    {.method = GET,
     .path = "/office/cases/{reference}/closing",
     .who = AID_WHO_CLOSES,
     .about = "The closing file of a case of legal aid, for who acted and for the office.",
     .query = &aid_referral_form,
     .view = &aid_closing_view,
     .html = &html_aid_closing,
     .show = show_closing},
    {.method = POST,
     .path = "/office/cases/{reference}/closing",
     .who = WHO_CONSULTANT,
     .about = "Hand the closing file in: what was done, and which papers it holds.",
     .act = &aid_hand_in,
     .then = "/office/cases/{reference}/closing",
     .again = "/office/cases/{reference}/closing",
     .said = T("The file is handed in.")},
    {.method = POST,
     .path = "/office/cases/{reference}/closing/check",
     .who = AID_WHO_CLOSES,
     .about = "Put the file into the archive, or give it back with what is missing.",
     .act = &aid_verdict,
     .then = "/office/cases/{reference}/closing",
     .again = "/office/cases/{reference}/closing",
     .said = T("Done. It is on record.")},
    {.method = POST,
     .path = "/office/cases/{reference}/closing/marks",
     .who = WHO_SUPERVISOR,
     .about = "Mark the work of a file that was drawn.",
     .act = &aid_mark,
     .then = "/office/cases/{reference}/closing",
     .again = "/office/cases/{reference}/closing",
     .said = T("Done. It is on record.")},
    {0},
};

#define VIEW_THIS aid_sheet_view
VIEW_TABLE(aid_sheet, AID_SHEET_VIEW)
#undef VIEW_THIS
#define VIEW_THIS aid_closing_view
VIEW_TABLE(aid_closing, AID_CLOSING_VIEW)
#undef VIEW_THIS
#define VIEW_THIS aid_closed_view
VIEW_TABLE(aid_closed, AID_CLOSED_VIEW)
#undef VIEW_THIS
#define VIEW_THIS aid_closings_view
VIEW_TABLE(aid_closings, AID_CLOSINGS_VIEW)
#undef VIEW_THIS
