/* aid_closing_acts.c -- closing files: handed in by who acted, checked by the office, marked by who
 * supervises it, paid by the rates of the city.  The rules are those of aid_closing.h.
 *
 *  (1) A case is opened first, so that each reading is on record; to anybody else there is none.
 *  (2) Nothing is archived or marked twice: what is paid stands from then on.
 *  (3) Who acted is told by message that the file came back, is archived or was marked; what it
 *      says stands on the page.  Archiving tells nothing of a draw: it is told of every file.
 */
#include "bureau/people/people_acts.h"
#include "bureau/review/review.h"
#include "desk/calendar/calendar.h"
#include "desk/cases/cases_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/secret.h"
#include "service/aid/aid_closing_inside.h"

static const struct reason not_done = {
    "aid.not-done", T("The work is not done yet: report it in the case first."), 409};
const struct reason aid_not_in_state = {
    "aid.not-in-state", T("This file is at another stage now. Please look at it again."), 409};
static const struct reason say_without = {
    "aid.say-without", T("Papers that must be there are missing. Please say why, or add them."),
    .field = "without"};
static const struct reason say_back = {"aid.say-back", T("Please say what is missing."),
                                       .field = "back_words"};
static const struct reason unknown_choice = {"aid.unknown-choice",
                                             T("Please choose one of the answers below."), 0};
static const struct reason other_marks = {
    "aid.other-marks", T("Who checked the file does not mark it. Somebody else has to."), 409};
static const struct reason rate_wrong = {
    "aid.rate-wrong", T("Please write each rate in yuan, such as 1500 or 1500.50."), 0};

struct outcome aid_closing_open(struct scene *scene, struct str reference, struct aid_file *file)
{
    *file = (struct aid_file){0};
    TRY(cases_acted_of(scene, reference, &file->acted)); /* (1) */
    if (!file->acted.agent_id) return REFUSE(act_unknown);
    return aid_find_closing(scene->arena, scene->store, file->acted.case_id, &file->row,
                            &file->found);
}

bool aid_closing_is(const struct aid_file *file, const char *state)
{
    return file->found && str_same(file->row.state, str_of(state));
}

bool aid_closing_may_hand_in(const struct aid_file *file)
{
    bool is_done = str_same(file->acted.outcome, S("closing")) ||
                   str_same(file->acted.outcome, S("completed"));

    return file->acted.is_agent && is_done && !aid_closing_is(file, "archived");
}

bool aid_closing_may_check(const struct aid_file *file)
{
    return (file->acted.is_office || file->acted.is_lead) && aid_closing_is(file, "handed_in");
}

bool aid_closing_may_mark(const struct aid_file *file)
{
    return file->acted.is_lead && aid_closing_is(file, "archived") && file->row.is_drawn &&
           !file->row.quality.len;
}

static moment until(const struct scene *scene, int days)
{
    moment day = calendar_moment_of(1970, 1, 1, 0);

    /* The end of that day where the bureau is. */
    return day + ((scene->now - day) / SECONDS_PER_DAY + days + 1) * SECONDS_PER_DAY;
}

static uint32_t sheets_of(const struct aid_hand_in_form *f)
{
    const bool has[AID_SHEETS] = {f->has_letter,   f->has_mandate, f->has_meeting, f->has_filing,
                                  f->has_evidence, f->has_opinion, f->has_hearing, f->has_judgement,
                                  f->has_report,   f->has_feedback};
    uint32_t bits = 0;

    for (size_t i = 0; i < AID_SHEETS; i++)
        if (has[i]) bits |= 1u << i;
    return bits;
}

static struct outcome hand_in(struct scene *scene, const void *form, void *result)
{
    const struct aid_hand_in_form *f = form;
    const struct aid_list_papers_row *papers;
    uint32_t sheets, added;
    struct aid_file file;
    size_t count;

    (void)result;
    TRY(aid_closing_open(scene, f->reference, &file));
    if (!file.acted.is_agent) return REFUSE(act_not_yours);
    TRY(aid_closing_papers(scene, &file, &papers, &count, &added));
    sheets = sheets_of(f) | added;
    if (aid_closing_is(&file, "archived")) return REFUSE(aid_not_in_state);
    if (!aid_closing_may_hand_in(&file)) return REFUSE(not_done);
    if (aid_kind_of(f->kind) < 0 || aid_end_of(f->ended) < 0) return REFUSE(unknown_choice);
    if (aid_sheets_missing(sheets) && str_trim(f->without).len < 2) return REFUSE(say_without);
    return aid_set_closing(
        scene->store,
        &(struct aid_set_closing_values){
            .case_id = file.acted.case_id,
            .reference = file.acted.reference,
            .lawyer_id = scene->actor.person_id,
            .division = file.acted.division,
            .kind = f->kind,
            .ended = f->ended,
            .sheets = sheets,
            .without_sealed = secret_seal(scene->arena, AID_USE_CLOSING, str_trim(f->without)),
            .report_sealed = secret_seal(scene->arena, AID_USE_CLOSING, str_trim(f->report)),
            .handed_at = scene->now,
            .due_at = until(scene, AID_CHECK_DAYS)});
}

/* ---- the office ---- */

struct outcome aid_rates_at(struct scene *scene, moment at, struct aid_rates_now *rates)
{
    const struct aid_list_rates_row *rows;
    struct aid_find_rates_row row;
    size_t count;
    bool found;

    *rates = (struct aid_rates_now){.draw_every = AID_DRAW_EVERY};
    TRY(aid_find_rates(scene->store, at, &row, &found));
    if (!found) return DONE;
    rates->at = row.at;
    rates->draw_every = row.draw_every;
    TRY(aid_list_rates(scene->arena, scene->store, row.rates_id, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        int kind = aid_kind_of(rows[i].kind);

        if (kind >= 0) rates->fen[kind] = rows[i].fen;
    }
    return DONE;
}

/* District, year, and how many there were before. */
static struct outcome number_of(struct scene *scene, struct str division, struct str *number)
{
    struct calendar_date today = calendar_date_of(calendar_day_of(scene->now));
    struct aid_count_numbers_row row;
    bool found;

    TRY(aid_count_numbers(scene->store, division, calendar_moment_of(today.year, 1, 1, 0), &row,
                          &found));
    *number = arena_print(scene->arena, "%.*s-%04d-%05lld", STR_ARGS(division), today.year,
                          (long long)row.numbers_count + 1);
    return DONE;
}

static struct outcome archive(struct scene *scene, const struct aid_file *file)
{
    struct aid_rates_now rates;
    struct str number;
    bool is_drawn;
    int kind = aid_kind_of(file->row.kind);

    TRY(aid_rates_at(scene, scene->now, &rates));
    TRY(number_of(scene, file->row.division, &number));
    is_drawn = aid_is_drawn(secret_random(), rates.draw_every);
    return aid_archive_closing(scene->store, scene->actor.person_id, scene->now, number, is_drawn,
                               kind >= 0 ? rates.fen[kind] : 0, is_drawn ? 0 : scene->now,
                               file->row.case_id);
}

/* (3) */
static struct outcome tell_lawyer(struct scene *scene, const struct aid_file *file)
{
    enum language language;
    struct str phone;

    TRY(identity_phone(scene, file->row.lawyer_id, &phone));
    TRY(identity_language(scene, file->row.lawyer_id, &language));
    return notice_add(scene, &(struct notice){.which = NOTICE_CLOSING_FILE,
                                              .language = language,
                                              .to = phone,
                                              .words = {file->row.reference},
                                              .case_id = file->row.case_id});
}

static struct outcome check(struct scene *scene, const void *form, void *result)
{
    const struct aid_verdict_form *f = form;
    bool is_complete = str_same(f->verdict, S("archive"));
    struct aid_file file;

    (void)result;
    TRY(aid_closing_open(scene, f->reference, &file));
    if (file.acted.is_agent) return REFUSE(act_not_yours);
    if (!aid_closing_may_check(&file)) return REFUSE(aid_not_in_state); /* (2) */
    if (!is_complete && !str_same(f->verdict, S("return"))) return REFUSE(unknown_choice);
    if (!is_complete && str_trim(f->back_words).len < 2) return REFUSE(say_back);
    TRY(tell_lawyer(scene, &file));
    if (is_complete) return archive(scene, &file);
    return aid_return_closing(
        scene->store, secret_seal(scene->arena, AID_USE_CLOSING, str_trim(f->back_words)),
        scene->actor.person_id, scene->now, until(scene, AID_HAND_IN_DAYS), file.row.case_id);
}

static struct outcome mark(struct scene *scene, const void *form, void *result)
{
    const struct aid_mark_form *f = form;
    const int64_t marks[AID_MARKS] = {f->mark_meeting, f->mark_evidence, f->mark_opinion,
                                      f->mark_hearing, f->mark_file};
    struct aid_file file;
    struct str quality, written;
    int64_t total = 0;

    (void)result;
    TRY(aid_closing_open(scene, f->reference, &file));
    if (!file.acted.is_lead) return REFUSE(act_not_yours);
    if (!aid_closing_may_mark(&file)) return REFUSE(aid_not_in_state); /* (2) */
    if (file.row.checked_by == scene->actor.person_id) return REFUSE(other_marks);
    for (size_t i = 0; i < AID_MARKS; i++) total += marks[i];
    quality = aid_quality(total);
    TRY(tell_lawyer(scene, &file));
    written = arena_print(scene->arena, "%lld %lld %lld %lld %lld", (long long)marks[0],
                          (long long)marks[1], (long long)marks[2], (long long)marks[3],
                          (long long)marks[4]);
    return aid_mark_closing(scene->store, quality, written, scene->actor.person_id, scene->now,
                            secret_seal(scene->arena, AID_USE_CLOSING, str_trim(f->mark_words)),
                            aid_pay(file.row.fen, quality), scene->now, file.row.case_id);
}

/* ---- the rates ---- */

struct outcome aid_need_city(struct scene *scene)
{
    struct people_scope scope;

    TRY(people_scope_of(scene, &scope));
    return scope.is_city ? DONE : REFUSE(act_not_yours);
}

static struct outcome set_rates(struct scene *scene, const void *form, void *result)
{
    const struct aid_rates_form *f = form;
    const struct str yuan[AID_KINDS] = {
        f->rate_arbitration,   f->rate_civil,       f->rate_administrative, f->rate_settlement,
        f->rate_investigation, f->rate_prosecution, f->rate_trial,          f->rate_victim};
    int64_t fen[AID_KINDS];
    id rates_id = scene->seq;

    (void)result;
    TRY(aid_need_city(scene));
    for (size_t i = 0; i < AID_KINDS; i++)
        if (!review_fen_of(str_trim(yuan[i]), &fen[i]) || fen[i] > AID_FEN_MAX)
            return REFUSE(rate_wrong);
    TRY(aid_add_rates(scene->store, rates_id, scene->now, scene->actor.person_id, f->draw_every));
    for (size_t i = 0; i < AID_KINDS; i++)
        TRY(aid_add_rate(scene->store, rates_id, str_of(aid_kinds[i].word), fen[i]));
    return DONE;
}

const struct act aid_hand_in = {
    .name = "aid.hand_in", .who = WHO_CONSULTANT, .form = &aid_hand_in_form, .run = hand_in};
const struct act aid_verdict = {
    .name = "aid.check", .who = AID_WHO_CLOSES, .form = &aid_verdict_form, .run = check};
const struct act aid_mark = {
    .name = "aid.mark", .who = WHO_SUPERVISOR, .form = &aid_mark_form, .run = mark};
const struct act aid_set_rates = {
    .name = "aid.rates", .who = WHO_ADMIN, .form = &aid_rates_form, .run = set_rates};

#define FORM_THIS aid_hand_in_form
FORM_TABLE(aid_hand_in, AID_HAND_IN_FORM)
#undef FORM_THIS
#define FORM_THIS aid_verdict_form
FORM_TABLE(aid_verdict, AID_VERDICT_FORM)
#undef FORM_THIS
#define FORM_THIS aid_mark_form
FORM_TABLE(aid_mark, AID_MARK_FORM)
#undef FORM_THIS
#define FORM_THIS aid_rates_form
FORM_TABLE(aid_rates, AID_RATES_FORM)
#undef FORM_THIS
