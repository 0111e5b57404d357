/* review_show_behind.c -- the cases behind a consultant's numbers: for whoever watches, and one's
 * own.
 *
 *  (1) A list has exactly as many rows as the number says (review_figures.c, review_show_people.c),
 *      of the last days or, for a commendation, of its month or quarter.
 *  (2) What was counted and is not for this reader stands there as a row that says nothing else.
 *  (3) Oneself sees neither which case got which stars, only how often each was given, nor which
 *      answer colleagues marked: nobody can hold against a resident what they gave. */
#include "bureau/review/review_show.h"

enum { LIMIT_USUAL = 50, LAST = 1 };

enum kind { CASES, UPHELD, MARKED, WARNINGS, OFFERS };

static const struct list {
    const char *word, *title, *at_title;
    enum kind kind;
    bool is_named, has_mark; /* may oneself see which case? */
} lists[] = {
    {"answered", T("Cases answered"), T("Served"), CASES, true, false},
    {"late", T("Cases answered late"), T("Served"), CASES, true, false},
    {"due", T("Written questions that fell due"), T("Served"), CASES, true, false},
    {"offers", T("Offers taken or let lapse"), T("Offered"), OFFERS, true, false},
    {"first", T("Minutes to the first answer"), T("Offered"), OFFERS, true, true},
    {"rated", T("Cases rated"), T("Rated"), CASES, false, true},
    {"patience", T("Marked for patience"), T("Rated"), CASES, false, true},
    {"courtesy", T("Marked for courtesy"), T("Rated"), CASES, false, true},
    {"efficiency", T("Marked for speed"), T("Rated"), CASES, false, true},
    {"correctness", T("Marked for correctness"), T("Rated"), CASES, false, true},
    {"upheld", T("Complaints that were right"), T("Decided"), UPHELD, true, false},
    {"sampled", T("Answers colleagues marked"), T("Marked"), MARKED, true, true},
    {"warnings", T("Warnings that stand"), T("Decided"), WARNINGS, true, false},
};

/* What is asked for, and by whom. */
struct behind {
    struct scene *scene;
    const struct list *list;
    const struct review_scope *scope; /* NULL: by the consultant themself */
    struct str period;                /* "" of the last days */
    id person_id, after;
    moment from, until;
    int64_t limit, days; /* 0: those of the policy */
    struct review_behind_row_view *rows;
    size_t count;
    id last; /* shown; 0: nothing follows */
};

static bool is_shown(const struct behind *b, struct str division, id team_id)
{
    return !b->scope || review_is_within(b->scope, division, team_id);
}

/* Keeps as many as are shown; whether more follow. */
static bool keep(struct behind *b, size_t found)
{
    bool has_more = (int64_t)found > b->limit;

    b->count = has_more ? (size_t)b->limit : found;
    b->rows = NEW_MANY(b->scene->arena, struct review_behind_row_view, b->count + 1);
    return has_more;
}

static void withhold(const struct behind *b, struct review_behind_row_view *row)
{
    *row = (struct review_behind_row_view){
        .name = text_in(b->scene->language, T("Counted, but not shown to you")), .withheld = true};
}

static void name_case(const struct behind *b, struct str service, struct str reference,
                      struct review_behind_row_view *row)
{
    row->reference = reference;
    row->name = reference;
    if (!str_same(service, S("consultation"))) return;
    row->link = arena_print(b->scene->arena, "/%s/consultations/%.*s", b->scope ? "board" : "desk",
                            STR_ARGS(reference));
}

static struct str stars_of(const struct behind *b, const struct review_list_cases_behind_row *row)
{
    const struct {
        const char *word;
        int64_t mark;
    } marks[] = {{"rated", row->stars},
                 {"patience", row->patience},
                 {"courtesy", row->courtesy},
                 {"efficiency", row->efficiency},
                 {"correctness", row->correctness}};

    for (size_t i = 0; i < COUNT(marks); i++) {
        if (str_same(str_of(b->list->word), str_of(marks[i].word)))
            return review_number(b->scene, marks[i].mark);
    }
    return S("");
}

/* For oneself: how often each mark was given, and not by whom. */
static struct outcome find_given(struct behind *b)
{
    struct scene *scene = b->scene;
    const struct review_list_marks_given_row *found;

    TRY(review_list_marks_given(scene->arena, scene->store, str_of(b->list->word), b->person_id,
                                b->from, b->until, &found, &b->count));
    b->rows = NEW_MANY(scene->arena, struct review_behind_row_view, b->count + 1);
    for (size_t i = 0; i < b->count; i++)
        b->rows[i] = (struct review_behind_row_view){
            .name = text_fill(scene->arena, scene->language, T("%1 of your cases"),
                              review_number(scene, found[i].cases_count), S(""), S("")),
            .cases = found[i].cases_count,
            .mark = review_number(scene, found[i].mark_number)};
    return DONE;
}

/* An offer of a case that went to somebody else is not named to whoever let it lapse. */
static struct outcome find_offers(struct behind *b)
{
    struct scene *scene = b->scene;
    const struct review_list_offers_behind_row *found;
    size_t count;

    TRY(review_list_offers_behind(scene->arena, scene->store, b->person_id, b->from, b->until,
                                  str_of(b->list->word), b->after, b->limit + 1, &found, &count));
    if (keep(b, count)) b->last = found[b->count - 1].assignment_id;
    for (size_t i = 0; i < b->count; i++) {
        struct review_behind_row_view *row = &b->rows[i];
        int64_t seconds = found[i].first_at - found[i].offered_at;

        if (!is_shown(b, found[i].division, found[i].team_id)) {
            withhold(b, row);
            continue;
        }
        row->at = found[i].offered_at;
        row->lapsed = !found[i].taken_at;
        row->field = found[i].field;
        if (b->list->has_mark)
            row->mark = form_amount(scene->arena, scene->language, FIELD_milli,
                                    (seconds * 1000 / SECONDS_PER_MINUTE + 50) / 100 * 100);
        if (b->scope || found[i].taken_at)
            name_case(b, found[i].service, found[i].reference, row);
        else
            row->name = text_in(scene->language, T("An offer to you"));
        TRY(people_field_name(scene, row->field, &row->field_name));
    }
    return DONE;
}

static struct outcome find_cases(struct behind *b)
{
    struct scene *scene = b->scene;
    const struct review_list_cases_behind_row *found;
    size_t count;

    TRY(review_list_cases_behind(scene->arena, scene->store, b->person_id, b->after,
                                 str_of(b->list->word), b->from, b->until, b->limit + 1, &found,
                                 &count));
    if (keep(b, count)) b->last = found[b->count - 1].case_id;
    for (size_t i = 0; i < b->count; i++) {
        struct review_behind_row_view *row = &b->rows[i];

        if (!is_shown(b, found[i].division, found[i].team_id)) {
            withhold(b, row);
            continue;
        }
        row->field = found[i].field;
        row->at = b->list->has_mark ? found[i].rated_at : found[i].served_at;
        row->mark = stars_of(b, &found[i]);
        row->late = found[i].is_late != 0 || (found[i].due_at && found[i].due_at < b->until &&
                                              !found[i].answered_at && !found[i].served_at);
        name_case(b, found[i].service, found[i].reference, row);
        TRY(people_field_name(scene, row->field, &row->field_name));
    }
    return DONE;
}

/* Whoever could not open a complaint is not told what it is about. */
static struct outcome may_open(const struct behind *b, id complaint_id, bool *may)
{
    struct review_find_complaint_row row;

    *may = !b->scope;
    return b->scope ? review_may_open(b->scene, complaint_id, &row, may) : DONE;
}

static struct outcome find_upheld(struct behind *b)
{
    struct scene *scene = b->scene;
    const struct review_list_upheld_behind_row *found;
    size_t count;

    TRY(review_list_upheld_behind(scene->arena, scene->store, b->person_id, b->from, b->until,
                                  b->after, b->limit + 1, &found, &count));
    if (keep(b, count)) b->last = found[b->count - 1].complaint_id;
    for (size_t i = 0; i < b->count; i++) {
        struct review_behind_row_view *row = &b->rows[i];
        bool may;

        TRY(may_open(b, found[i].complaint_id, &may));
        if (!may) {
            withhold(b, row);
            continue;
        }
        row->reference = found[i].reference;
        row->complaint = found[i].complaint_id;
        row->kind = found[i].kind;
        row->at = found[i].decided_at;
        row->name = arena_print(scene->arena, "%.*s · %.*s",
                                STR_ARGS(text_in(scene->language, review_kind_name(found[i].kind))),
                                STR_ARGS(found[i].reference));
        row->link = b->scope ? arena_print(scene->arena, "/board/complaints/%lld",
                                           (long long)found[i].complaint_id)
                             : S("/desk/record#complaints");
    }
    return DONE;
}

static struct outcome find_marked(struct behind *b)
{
    enum { MARKS_OF_A_SAMPLE = 4 };
    struct scene *scene = b->scene;
    const struct review_list_marked_behind_row *found;
    size_t count;

    TRY(review_list_marked_behind(scene->arena, scene->store, b->person_id, b->from, b->until,
                                  b->after, b->limit + 1, &found, &count));
    if (keep(b, count)) b->last = found[b->count - 1].sample_id;
    for (size_t i = 0; i < b->count; i++) {
        struct review_behind_row_view *row = &b->rows[i];

        if (!is_shown(b, found[i].division, found[i].team_id)) {
            withhold(b, row);
            continue;
        }
        row->field = found[i].field;
        row->at = found[i].marked_at;
        row->mark = review_milli(scene->arena, review_mean(MARKS_OF_A_SAMPLE, found[i].marks_sum));
        TRY(people_field_name(scene, row->field, &row->field_name));
        if (b->scope)
            name_case(b, found[i].service, found[i].reference, row);
        else
            row->name = text_in(scene->language, T("One of your answers"));
    }
    return DONE;
}

static struct outcome find_warnings(struct behind *b)
{
    struct scene *scene = b->scene;
    const struct review_list_warnings_behind_row *found;
    size_t count;

    TRY(review_list_warnings_behind(scene->arena, scene->store, b->person_id, b->after,
                                    b->limit + 1, &found, &count));
    if (keep(b, count)) b->last = found[b->count - 1].measure_id;
    for (size_t i = 0; i < b->count; i++) {
        struct review_behind_row_view *row = &b->rows[i];
        struct review_measure_row_view shown =
            review_show_measure_row(scene, S("warn"), found[i].state, 0);

        row->measure = found[i].measure_id;
        row->kind = found[i].state;
        row->at = found[i].decided_at;
        row->name = arena_print(scene->arena, "%.*s · %.*s", STR_ARGS(shown.kind_name),
                                STR_ARGS(shown.state_name));
        if (!b->scope)
            row->link = S("/desk/record#measures");
        else if (scene_is(scene, WHO_SUPERVISOR) &&
                 is_shown(b, found[i].division, found[i].team_id))
            row->link = arena_print(scene->arena, "/board/measures/%lld", (long long)row->measure);
    }
    return DONE;
}

static const struct list *list_of(struct str word)
{
    for (size_t i = 0; i < COUNT(lists); i++) {
        if (str_same(word, str_of(lists[i].word))) return &lists[i];
    }
    return NULL;
}

static struct outcome find(struct behind *b)
{
    switch (b->list->kind) {
    case UPHELD: return find_upheld(b);
    case MARKED: return find_marked(b);
    case WARNINGS: return find_warnings(b);
    case OFFERS: return find_offers(b);
    default: return b->scope || b->list->is_named ? find_cases(b) : find_given(b);
    }
}

static struct outcome show(struct behind *b, const struct review_person *person, int64_t limit,
                           struct review_behind_view *v)
{
    struct scene *scene = b->scene;

    b->limit = limit ? limit : LIMIT_USUAL;
    TRY(find(b));
    *v = (struct review_behind_view){
        .which = str_of(b->list->word),
        .title = text_in(scene->language, b->list->title),
        .at_title = text_in(scene->language, b->list->at_title),
        .name = person->name,
        .person = b->scope ? b->person_id : 0,
        .period = b->period,
        .has_field = (b->list->kind == CASES && (b->scope || b->list->is_named)) ||
                     b->list->kind == MARKED || b->list->kind == OFFERS,
        .has_at = b->scope || b->list->is_named,
        .is_minutes = b->list->kind == OFFERS,
        .has_mark = b->list->has_mark,
        .cases = b->rows,
        .cases_count = b->count,
        .next = b->last,
    };
    if (b->last)
        v->more = arena_print(scene->arena, "%.*s%s%s%.*s&days=%lld&after=%lld&limit=%lld",
                              STR_ARGS(review_behind_path(scene->arena, v->person)), b->list->word,
                              b->period.len ? "&period=" : "", STR_ARGS(b->period),
                              (long long)b->days, (long long)b->last, (long long)b->limit);
    return DONE;
}

struct str review_behind_path(struct arena *arena, id person_id)
{
    if (!person_id) return S("/desk/record/cases?which=");
    return arena_print(arena, "/board/quality/%lld/cases?which=", (long long)person_id);
}

struct outcome review_show_behind(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct review_behind_form *f = query;
    struct review_behind_view *v = view;
    struct review_find_policy_row policy;
    struct review_person person;
    struct review_scope scope;
    struct behind b = {.scene = scene,
                       .list = list_of(f->which),
                       .scope = &scope,
                       .person_id = f->person,
                       .after = f->after,
                       .days = f->days,
                       .period = f->period,
                       .until = scene->now + LAST};
    bool found;

    TRY(review_scope_of(scene, &scope));
    TRY(review_policy_of(scene, &policy));
    if (f->days) policy.window_days = f->days;
    b.from = scene->now - policy.window_days * SECONDS_PER_DAY;
    if (f->period.len && !review_period(f->period, &b.from, &b.until)) return REFUSE(act_unknown);
    TRY(review_person_of(scene, &scope, b.from, b.until, f->person, &person, &found));
    if (!found || !b.list || (f->period.len && b.list->kind == WARNINGS))
        return REFUSE(act_unknown); /* warnings stand now, or not */
    TRY(show(&b, &person, f->limit, v));
    v->window_days = policy.window_days;
    return DONE;
}

struct outcome review_show_own_behind(struct request *request, const void *query, void *view)
{
    struct scene *scene = request->scene;
    const struct review_own_behind_form *f = query;
    struct review_behind_view *v = view;
    struct review_find_policy_row policy;
    struct review_person person;
    struct behind b = {.scene = scene,
                       .list = list_of(f->which),
                       .person_id = scene->actor.person_id,
                       .after = f->after,
                       .days = f->days,
                       .period = S(""),
                       .until = scene->now + LAST};
    bool found;

    if (!b.list) return REFUSE(act_unknown);
    TRY(review_policy_of(scene, &policy));
    if (f->days) policy.window_days = f->days;
    b.from = scene->now - policy.window_days * SECONDS_PER_DAY;
    TRY(review_person_of(scene, &(struct review_scope){S(""), 0}, b.from, b.until, b.person_id,
                         &person, &found));
    if (!found) return REFUSE(people_not_consultant);
    TRY(show(&b, &person, f->limit, v));
    v->window_days = policy.window_days;
    return DONE;
}
