/* review_show_board.c -- complaints and flags, as those who handle them see them. */
#include "bureau/people/people_acts.h"
#include "bureau/review/review_show.h"
#include "bureau/review/review_wording.h"

enum { ROWS = 50 };

struct str review_number(struct scene *scene, int64_t number)
{
    return arena_print(scene->arena, "%lld", (long long)number);
}

const struct choice *review_choices(struct scene *scene, const struct review_named *names,
                                    size_t names_count, struct str chosen)
{
    struct choice *choices = NEW_MANY(scene->arena, struct choice, names_count + 1);

    for (size_t i = 0; i < names_count; i++)
        choices[i] = (struct choice){.value = str_of(names[i].word),
                                     .label = text_in(scene->language, names[i].name),
                                     .chosen = str_same(chosen, str_of(names[i].word))};
    return choices;
}

/* ---- complaints ---- */

static const char *state_name(struct str state, bool is_upheld)
{
    if (str_same(state, S("received"))) return T("Just come in");
    if (str_same(state, S("acknowledged"))) return T("In hand");
    return is_upheld ? T("Was right") : T("Was not right");
}

static struct review_complaint_row_view complaint_row(struct scene *scene, struct str kind,
                                                      struct str source, struct str state,
                                                      bool is_upheld)
{
    bool is_wording = str_same(source, S("wording"));

    return (struct review_complaint_row_view){
        .source = source,
        .kind = kind,
        .kind_name =
            text_in(scene->language, is_wording ? T("Flagged wording") : review_kind_name(kind)),
        .state = state,
        .state_name = text_in(scene->language, state_name(state, is_upheld)),
        .state_css = str_same(state, S("received"))       ? S("tag-waiting")
                     : str_same(state, S("acknowledged")) ? S("tag-talking")
                     : is_upheld                          ? S("tag-late")
                                                          : S("tag-off"),
        .is_upheld = is_upheld,
    };
}

struct outcome review_show_complaints(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct review_list_form *f = query;
    struct review_complaints_view *v = view;
    const struct review_list_complaints_row *rows;
    struct review_complaint_row_view *shown;
    struct review_scope scope;
    size_t count;

    TRY(review_scope_of(scene, &scope));
    v->is_decided = str_same(f->state, S("decided"));
    TRY(review_list_complaints(scene->arena, scene->store, scope.division, scope.team_id,
                               scene->actor.person_id, v->is_decided ? S("decided") : S("open"),
                               f->before, ROWS + 1, &rows, &count));
    if (count > ROWS) v->next = rows[(count = ROWS) - 1].complaint_id;
    shown = NEW_MANY(scene->arena, struct review_complaint_row_view, count + 1);
    for (size_t i = 0; i < count; i++) {
        shown[i] = complaint_row(scene, rows[i].kind, rows[i].source, rows[i].state,
                                 rows[i].is_upheld != 0);
        shown[i].complaint = rows[i].complaint_id;
        shown[i].reference = rows[i].reference;
        shown[i].consultant = rows[i].person_name;
        shown[i].handler = rows[i].handler_name;
        shown[i].made_at = rows[i].made_at;
        shown[i].decide_by = rows[i].decide_by;
        shown[i].decide_day = rows[i].decide_by - 1;
        shown[i].is_late =
            !v->is_decided &&
            (rows[i].decide_by <= scene->now ||
             (str_same(rows[i].state, S("received")) && rows[i].acknowledge_by <= scene->now));
    }
    v->complaints = shown;
    v->complaints_count = count;
    return DONE;
}

static struct outcome show_notes(struct scene *scene, id complaint_id,
                                 struct review_complaint_view *v)
{
    const struct review_list_complaint_notes_row *rows;
    struct review_remark_view *notes;

    TRY(review_list_complaint_notes(scene->arena, scene->store, complaint_id, &rows,
                                    &v->notes_count));
    notes = NEW_MANY(scene->arena, struct review_remark_view, v->notes_count + 1);
    for (size_t i = 0; i < v->notes_count; i++) {
        notes[i].at = rows[i].at;
        notes[i].by = rows[i].person_name;
        TRY(review_unseal(scene, rows[i].text_sealed, &notes[i].text));
    }
    v->notes = notes;
    return DONE;
}

static struct outcome show_texts(struct scene *scene, const struct review_find_complaint_row *row,
                                 struct review_complaint_view *v)
{
    TRY(review_unseal(scene, row->text_sealed, &v->text));
    TRY(review_unseal(scene, row->question_sealed, &v->question));
    TRY(review_unseal(scene, row->statement_sealed, &v->statement));
    return review_unseal(scene, row->reply_sealed, &v->reply);
}

static struct outcome show_handlers(struct scene *scene, id complaint_id,
                                    struct review_complaint_view *v)
{
    const struct review_list_handlers_row *rows;
    struct choice *choices;

    TRY(review_list_handlers(scene->arena, scene->store, complaint_id, scene->actor.person_id,
                             &rows, &v->handlers_count));
    choices = NEW_MANY(scene->arena, struct choice, v->handlers_count + 1);
    for (size_t i = 0; i < v->handlers_count; i++) {
        struct str role =
            text_in(scene->language,
                    str_same(rows[i].role_text, S("supervisor")) ? T("Supervisor") : T("Leader"));

        choices[i] =
            (struct choice){.value = review_number(scene, rows[i].person_id),
                            .label = arena_print(scene->arena, "%.*s · %.*s",
                                                 STR_ARGS(rows[i].person_name), STR_ARGS(role))};
    }
    v->handlers = choices;
    return DONE;
}

static struct outcome show_names(struct scene *scene, const struct review_find_complaint_row *row,
                                 struct review_complaint_row_view *shown,
                                 struct review_complaint_view *v)
{
    struct people_find_team_row team;
    bool found;

    TRY(review_name(scene, row->consultant_id, &shown->consultant));
    TRY(review_name(scene, row->handler_id, &v->handler));
    shown->handler = v->handler;
    if (!row->team_id) return DONE;
    TRY(people_team(scene, row->team_id, &team, &found));
    if (found) v->team = review_team_name(scene, team.team_zh, team.team_en);
    return DONE;
}

struct outcome review_show_complaint(struct request *request, const void *query, void *view)
{
    static const struct review_named verdicts[] = {{"upheld", T("Yes, it is right")},
                                                   {"rejected", T("No, it is not")}};
    struct scene *scene = request->scene;
    const struct review_which_complaint_form *f = query;
    struct review_complaint_view *v = view;
    struct review_complaint_row_view *shown = NEW(scene->arena, struct review_complaint_row_view);
    struct review_find_complaint_row row;

    TRY(review_open_complaint(scene, f->complaint, &row));
    *shown = complaint_row(scene, row.kind, row.source, row.state, row.is_upheld != 0);
    shown->complaint = row.complaint_id;
    shown->reference = row.reference;
    shown->made_at = row.made_at;
    shown->decide_by = row.decide_by;
    shown->decide_day = row.decide_by - 1;
    *v = (struct review_complaint_view){
        .complaint = row.complaint_id,
        .row = shown,
        .consultant_id = row.consultant_id,
        .acknowledged_at = row.acknowledged_at,
        .asked_at = row.asked_at,
        .statement_at = row.statement_at,
        .decided_at = row.decided_at,
        .is_open = !str_same(row.state, S("decided")),
        .can_acknowledge = !row.acknowledged_at,
        .is_wording = str_same(row.source, S("wording")),
        .verdicts = review_choices(scene, verdicts, COUNT(verdicts), S("")),
        .verdicts_count = COUNT(verdicts),
    };
    v->can_hear = v->is_open && !row.asked_at && row.consultant_id;
    shown->is_late = v->is_open && row.decide_by <= scene->now;
    TRY(show_names(scene, &row, shown, v));
    if (v->is_open) TRY(show_handlers(scene, row.complaint_id, v));
    TRY(show_texts(scene, &row, v));
    return show_notes(scene, row.complaint_id, v);
}

/* ---- flags ---- */

static struct str wording_names(struct scene *scene, struct str words)
{
    struct str names = S("");

    while (words.len) {
        enum review_wording kind;

        if (!review_wording_of(str_cut(words, ' ', &words), &kind)) continue;
        names = arena_print(scene->arena, "%.*s%s%.*s", STR_ARGS(names), names.len ? " · " : "",
                            STR_ARGS(text_in(scene->language, review_wording_name(kind))));
    }
    return names;
}

/* What a flag led to, for whoever could open it. */
static struct outcome name_complaint(struct scene *scene, id complaint_id, id *named)
{
    struct review_find_complaint_row row;
    bool may = false;

    if (complaint_id) TRY(review_may_open(scene, complaint_id, &row, &may));
    *named = may ? complaint_id : 0;
    return DONE;
}

struct outcome review_show_flags(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct review_list_form *f = query;
    struct review_flags_view *v = view;
    const struct review_list_flags_row *rows;
    struct review_flag_row_view *shown;
    struct review_scope scope;
    size_t count;

    TRY(review_scope_of(scene, &scope));
    v->is_settled = str_same(f->state, S("settled"));
    TRY(review_list_flags(scene->arena, scene->store, scope.division, scope.team_id,
                          scene->actor.person_id, v->is_settled ? S("settled") : S("open"),
                          f->before, ROWS + 1, &rows, &count));
    if (count > ROWS) v->next = rows[(count = ROWS) - 1].flag_id;
    shown = NEW_MANY(scene->arena, struct review_flag_row_view, count + 1);
    for (size_t i = 0; i < count; i++) {
        shown[i] = (struct review_flag_row_view){
            .flag = rows[i].flag_id,
            .reference = rows[i].reference,
            .wording = rows[i].wording,
            .wording_names = wording_names(scene, rows[i].wording),
            .pattern = rows[i].pattern,
            .consultant = rows[i].person_name,
            .at = rows[i].at,
            .state = rows[i].state,
            .is_open = str_same(rows[i].state, S("open")),
            .is_cleared = str_same(rows[i].state, S("cleared")),
            .settled_at = rows[i].settled_at,
        };
        TRY(name_complaint(scene, rows[i].complaint_id, &shown[i].complaint));
    }
    v->flags = shown;
    v->flags_count = count;
    return DONE;
}
