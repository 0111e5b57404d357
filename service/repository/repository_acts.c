/* repository_acts.c -- an answered question is proposed, edited, published, not taken.
 *
 *  (1) Who proposes has the talk before them: its consultant, or an editor who opened it.
 *  (2) No version with a number by which somebody can be found is ever kept, nor with the name of
 *      somebody who spoke; of guesses a person says that they are none.
 *  (3) A resident's no is final: nothing of that talk is proposed or shown.
 *  (4) What is decided is the version that was seen; each begin and end of being shown leaves a
 *      row for the index of texts.
 */
#include "bureau/people/people_acts.h"
#include "desk/calendar/calendar.h"
#include "platform/secret.h"
#include "service/repository/repository_views.h"

#define USE_TEXT "repository.text"

enum { VALID_DAYS_MAX = 3660, WATCH_SECONDS = 300 };

static const struct reason resident_said_no = {
    "repository.said-no",
    T("The resident does not want others to read it, not even without names. It cannot be used."),
    409};
static const struct reason proposed_already = {
    "repository.proposed-already", T("This talk was proposed already. An editor decides about it."),
    409};
static const struct reason still_there = {
    "repository.still-there",
    T("There is still something by which somebody can be found: %1. Please take it out."), 0};
static const struct reason too_many_places = {
    "repository.too-many-places",
    T("Very much of it looks like names, firms or addresses: more than can be looked through. "
      "Please write it more shortly, with words like “the employer” instead."),
    0};
static const struct reason unknown_field = {
    "repository.unknown-field", T("Please choose one of the fields."), .field = "field"};
static const struct reason not_compared = {"repository.not-compared",
                                           T("Please compare both sides first, and say so below."),
                                           .field = "confirmed"};
static const struct reason wrong_day = {
    "repository.wrong-day", T("The last day is today or later, and ten years on at the most."),
    .field = "valid_until"};
static const struct reason not_ended = {"repository.no-talks",
                                        T("Talks cannot be opened here at the moment."), 503};

static struct outcome (*open_case)(struct scene *scene, struct str reference,
                                   struct repository_case *found);

void repository_case_hook(struct outcome (*open)(struct scene *scene, struct str reference,
                                                 struct repository_case *found))
{
    open_case = open;
}

static struct outcome (*names_of)(struct scene *scene, id case_id, struct repository_case *found);

void repository_names_hook(struct outcome (*names)(struct scene *scene, id case_id,
                                                   struct repository_case *found))
{
    names_of = names;
}

struct outcome repository_open_case(struct scene *scene, struct str reference,
                                    struct repository_case *found)
{
    struct str consent;

    *found = (struct repository_case){0};
    if (!open_case) return REFUSE(not_ended);
    TRY(open_case(scene, reference, found));
    TRY(repository_consent(scene, found->case_id, &consent));
    return str_same(consent, S("no")) ? REFUSE(resident_said_no) : DONE;
}

/* ---- reasons nobody typed ---- */

enum reason_given { REASON_LAW, REASON_DAY, REASON_RESIDENT, REASONS };
static const char *const reasons[REASONS] = {T("An article it cites has changed."),
                                             T("The day until which it is right has passed."),
                                             T("The resident does not want it.")};

struct outcome repository_reason(struct scene *scene, struct str sealed, struct str *reason)
{
    TRY(repository_unseal(scene, sealed, reason));
    for (size_t i = 0; i < REASONS; i++)
        if (str_same(*reason, str_of(reasons[i]))) *reason = text_in(scene->language, reasons[i]);
    return DONE;
}

/* ---- texts ---- */

struct str repository_seal(struct scene *scene, struct str plain)
{
    return secret_seal(scene->arena, USE_TEXT, plain);
}

struct outcome repository_unseal(struct scene *scene, struct str sealed, struct str *plain)
{
    *plain = S("");
    if (sealed.len && !secret_unseal(scene->arena, USE_TEXT, sealed, plain))
        return FAULT("an answered question cannot be unsealed");
    return DONE;
}

struct outcome repository_text_of(struct scene *scene, id entry_id, int64_t version,
                                  struct repository_text *text)
{
    struct repository_find_version_row row;
    bool found;

    TRY(repository_find_version(scene->arena, scene->store, entry_id, version, &row, &found));
    if (!found) return FAULT("an answered question has no such version");
    text->field = row.field;
    TRY(repository_unseal(scene, row.title_sealed, &text->title));
    TRY(repository_unseal(scene, row.question_sealed, &text->question));
    return repository_unseal(scene, row.answer_sealed, &text->answer);
}

/* Numbers, and the names of those who spoke; what is only a guess passes, as long as people can
 * look at each. */
static struct outcome need_masked(struct scene *scene, struct str text,
                                  const struct repository_case *talk)
{
    struct repository_place *places =
        NEW_MANY(scene->arena, struct repository_place, REPOSITORY_PLACES_MAX);
    struct repository_place sure;

    if (repository_find_certain(text, &sure))
        return REFUSE_WITH(still_there, arena_copy(scene->arena, (struct str){text.at + sure.at,
                                                                              sure.end - sure.at}));
    for (size_t i = 0; i < talk->names_count; i++)
        if (str_points(talk->names[i]) >= 2 && str_find(text, talk->names[i]) >= 0)
            return REFUSE_WITH(still_there, talk->names[i]);
    if (repository_find(text, NULL, 0, places, REPOSITORY_PLACES_MAX) == REPOSITORY_PLACES_MAX)
        return REFUSE(too_many_places);
    return DONE;
}

static struct outcome need_good(struct scene *scene, const struct repository_text *text,
                                const struct repository_case *talk)
{
    struct people_find_field_row field;
    bool found;

    TRY(people_field(scene, text->field, &field, &found));
    if (!found) return REFUSE(unknown_field);
    TRY(need_masked(scene, text->title, talk));
    TRY(need_masked(scene, text->question, talk));
    return need_masked(scene, text->answer, talk);
}

static struct outcome need_good_of(struct scene *scene, const struct repository_text *text,
                                   id case_id)
{
    struct repository_case talk = {0};

    if (names_of) TRY(names_of(scene, case_id, &talk));
    return need_good(scene, text, &talk);
}

static struct outcome add_version(struct scene *scene, id entry_id, int64_t number,
                                  const struct repository_text *text)
{
    TRY(repository_add_version(
        scene->store, entry_id, number, text->field, repository_seal(scene, text->title),
        repository_seal(scene, text->question), repository_seal(scene, text->answer), scene->now,
        scene->actor.person_id));
    return repository_set_version_number(scene->store, number, entry_id);
}

/* ---- proposed ---- */

static struct outcome propose(struct scene *scene, const void *form, void *result)
{
    const struct repository_propose_form *f = form;
    struct repository_made_view *told = result;
    struct repository_text text = {f->field, f->title, f->question, f->answer};
    struct repository_find_entry_of_case_row before;
    struct repository_case talk;
    bool found;

    TRY(repository_open_case(scene, f->reference, &talk));
    TRY(repository_find_entry_of_case(scene->arena, scene->store, talk.case_id, &before, &found));
    if (found) return REFUSE(proposed_already);
    if (!f->compared) return REFUSE(not_compared);
    TRY(need_good(scene, &text, &talk));
    told->entry = scene_new_id(scene);
    scene_about(scene, talk.case_id, 0);
    TRY(repository_add_entry(scene->store, told->entry, talk.case_id, talk.reference, talk.division,
                             scene->actor.person_id, scene->now));
    return add_version(scene, told->entry, 1, &text);
}

/* ---- edited, published, not taken ---- */

struct outcome repository_open_entry(struct scene *scene, id entry_id,
                                     struct repository_find_entry_row *row)
{
    struct str scope = scene_scope(scene, WHO_SUPERVISOR);
    bool found;

    TRY(repository_find_entry(scene->arena, scene->store, entry_id, row, &found));
    return found && scope.len && str_begins(row->division, scope) ? DONE : REFUSE(act_unknown);
}

static struct outcome step(struct scene *scene, id entry_id, int64_t seen,
                           enum repository_step taken, struct repository_find_entry_row *row,
                           struct str *state)
{
    enum repository_state now, next;
    struct str consent;

    TRY(repository_open_entry(scene, entry_id, row));
    if (!repository_state_read(row->state, &now)) return FAULT("an unknown state of an answer");
    if (seen && seen != row->version_number) return REFUSE(repository_not_now);
    TRY(repository_next(now, taken, &next));
    TRY(repository_consent(scene, row->case_id, &consent));
    if (taken != REPOSITORY_REFUSE && str_same(consent, S("no"))) return REFUSE(resident_said_no);
    *state = str_of(repository_state_word(next));
    scene_about(scene, row->case_id, row->proposed_by);
    return DONE;
}

static struct outcome change(struct scene *scene, id entry_id, int64_t version, bool is_shown)
{
    return version ? repository_add_change(scene->store, scene_new_id(scene), entry_id, version,
                                           is_shown)
                   : DONE;
}

struct outcome repository_move(struct scene *scene, const struct repository_find_entry_row *before,
                               struct repository_find_entry_row *after)
{
    const struct str published = S("published");
    bool was = str_same(before->state, published), is = str_same(after->state, published);

    TRY(repository_move_entry(scene->store, after->state, after->shown_version, after->published_at,
                              after->valid_until, after->reason_sealed, scene->now,
                              scene->actor.person_id, after->entry_id));
    if (was) TRY(change(scene, before->entry_id, before->shown_version, false));
    return is ? change(scene, after->entry_id, after->shown_version, true) : DONE;
}

static struct outcome edit(struct scene *scene, const void *form, void *result)
{
    const struct repository_edit_form *f = form;
    struct repository_text text = {f->field, f->title, f->question, f->answer};
    struct repository_find_entry_row row, next;
    struct str state;

    (void)result;
    TRY(step(scene, f->entry, f->edited, REPOSITORY_EDIT, &row, &state));
    TRY(need_good_of(scene, &text, row.case_id));
    TRY(add_version(scene, f->entry, row.version_number + 1, &text));
    if (str_same(state, row.state)) return DONE;
    next = row;
    next.state = state;
    next.reason_sealed = S("");
    return repository_move(scene, &row, &next);
}

static struct outcome read_day(struct scene *scene, struct str typed, moment *until)
{
    calendar_day day, today = calendar_day_of(scene->now);

    *until = 0;
    if (!typed.len) return DONE;
    if (!calendar_day_parse(typed, &day) || day < today || day > today + VALID_DAYS_MAX)
        return REFUSE(wrong_day);
    *until = calendar_day_begins(day + 1);
    return DONE;
}

static struct outcome set_watch(struct scene *scene)
{
    return clock_set(scene, "repository.watch", 0,
                     (scene->now / WATCH_SECONDS + 1) * WATCH_SECONDS);
}

static struct outcome publish(struct scene *scene, const void *form, void *result)
{
    const struct repository_publish_form *f = form;
    struct repository_find_entry_row row, next;
    struct repository_text text;
    struct str state;

    (void)result;
    TRY(step(scene, f->entry, f->seen, REPOSITORY_PUBLISH, &row, &state));
    if (!f->confirmed) return REFUSE(not_compared);
    TRY(repository_text_of(scene, f->entry, f->seen, &text));
    TRY(need_good_of(scene, &text, row.case_id));
    next = row;
    TRY(read_day(scene, f->valid_until, &next.valid_until));
    TRY(repository_keep_cites(scene, f->entry, f->seen, text.answer));
    next.state = state;
    next.shown_version = f->seen;
    next.published_at = scene->now;
    next.reason_sealed = S("");
    TRY(set_watch(scene));
    return repository_move(scene, &row, &next);
}

static struct outcome refuse(struct scene *scene, const void *form, void *result)
{
    const struct repository_refuse_form *f = form;
    struct repository_find_entry_row row, next;
    struct str state;

    (void)result;
    TRY(step(scene, f->entry, 0, REPOSITORY_REFUSE, &row, &state));
    next = row;
    next.state = state;
    next.reason_sealed = repository_seal(scene, f->reason);
    return repository_move(scene, &row, &next);
}

/* ---- what the resident says ---- */

struct outcome repository_consent(struct scene *scene, id case_id, struct str *answer)
{
    struct repository_find_consent_row row;
    bool found;

    TRY(repository_find_consent(scene->arena, scene->store, case_id, &row, &found));
    *answer = found ? row.answer : S("");
    return DONE;
}

struct outcome repository_say_consent(struct scene *scene, id case_id, bool agrees)
{
    struct repository_find_entry_of_case_row of_case;
    struct repository_find_entry_row row, next;
    enum repository_state state;
    bool found;

    TRY(repository_set_consent(scene->store, case_id, agrees ? S("yes") : S("no"), scene->now));
    if (agrees) return DONE;
    TRY(repository_find_entry_of_case(scene->arena, scene->store, case_id, &of_case, &found));
    if (!found) return DONE;
    TRY(repository_find_entry(scene->arena, scene->store, of_case.entry_id, &row, &found));
    if (!repository_state_read(row.state, &state)) return FAULT("an unknown state of an answer");
    if (!IS_DONE(repository_next(state, REPOSITORY_REFUSE, &state))) return DONE;
    next = row;
    next.state = str_of(repository_state_word(state));
    next.reason_sealed = repository_seal(scene, str_of(reasons[REASON_RESIDENT]));
    return repository_move(scene, &row, &next);
}

/* ---- by the clock ---- */

static struct outcome put_back(struct scene *scene, id entry_id, enum reason_given why)
{
    struct repository_find_entry_row row, next;
    bool found;

    TRY(repository_find_entry(scene->arena, scene->store, entry_id, &row, &found));
    if (!found || !str_same(row.state, S("published"))) return DONE;
    next = row;
    next.state = str_of(repository_state_word(REPOSITORY_REVIEW));
    next.reason_sealed = repository_seal(scene, str_of(reasons[why]));
    return repository_move(scene, &row, &next);
}

static struct outcome watch_law(struct scene *scene, id law_id, id version_id, id now_id, bool *put)
{
    const struct repository_list_citing_row *rows;
    size_t count;

    TRY(repository_list_citing(scene->arena, scene->store, law_id, version_id, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct repository_find_entry_row row;
        bool found, is_current;

        TRY(repository_find_entry(scene->arena, scene->store, rows[i].entry_id, &row, &found));
        TRY(repository_is_current(scene, rows[i].entry_id, row.shown_version, &is_current));
        if (is_current)
            TRY(repository_set_cite_version(scene->store, now_id, rows[i].entry_id,
                                            row.shown_version, law_id));
        else
            TRY(put_back(scene, rows[i].entry_id, REASON_LAW));
        *put = true;
    }
    return DONE;
}

/* Nobody reads an answer that has aged in the meantime: that is asked at each look. */
static struct outcome watch(struct scene *scene, const void *form, void *result)
{
    const struct repository_list_watched_row *rows;
    const struct repository_list_over_row *over;
    size_t count;
    bool put = false;

    (void)form, (void)result;
    TRY(repository_list_over(scene->arena, scene->store, scene->now, &over, &count));
    for (size_t i = 0; i < count; i++) {
        TRY(put_back(scene, over[i].entry_id, REASON_DAY));
        put = true;
    }
    TRY(repository_list_watched(scene->arena, scene->store, 0, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        id version_id = 0;
        bool found, applies;

        TRY(laws_version_now(scene, rows[i].law_id, &version_id, &found));
        TRY(laws_applies(scene, rows[i].law_id, &applies));
        if (!found || !applies || version_id != rows[i].version_id)
            TRY(watch_law(scene, rows[i].law_id, rows[i].version_id, version_id, &put));
    }
    scene->quiet = !put;
    return set_watch(scene);
}

const struct act repository_propose = {.name = "repository.propose",
                                       .who = WHO_CONSULTANT | WHO_SUPERVISOR,
                                       .form = &repository_propose_form,
                                       .result = &repository_made_view,
                                       .run = propose};
const struct act repository_edit = {
    .name = "repository.edit", .who = WHO_SUPERVISOR, .form = &repository_edit_form, .run = edit};
const struct act repository_publish = {.name = "repository.publish",
                                       .who = WHO_SUPERVISOR,
                                       .form = &repository_publish_form,
                                       .run = publish};
const struct act repository_refuse = {.name = "repository.refuse",
                                      .who = WHO_SUPERVISOR,
                                      .form = &repository_refuse_form,
                                      .run = refuse};
const struct act repository_watch = {.name = "repository.watch", .who = WHO_SYSTEM, .run = watch};
