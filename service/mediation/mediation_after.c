/* mediation_after.c -- when the agreement stands: asking the court to confirm it, and looking
 * whether it is kept.
 *
 *  (1) Both sides ask, within the days of rule 5; the first to ask is not yet a request.
 *  (2) A week before those days are over whoever has not asked is told by message, once: the days
 *      do not come back.
 *  (3) When the court should have answered, when everything should be done and after a year, that
 *      stands in the case, and on the list of the committee (mediation_due.c).  Three days before
 *      everything should be done both sides are told by message.
 *  (4) What is said when the mediator asks around is for the committee: both sides speak in it. */
#include "desk/notice/notice_acts.h"
#include "platform/secret.h"
#include "service/mediation/mediation_views.h"

enum { NOON_SECONDS = 12 * SECONDS_PER_HOUR, MORNING_SECONDS = 9 * SECONDS_PER_HOUR };

static const struct reason asked_already = {
    "mediation.asked-already", T("You have asked already. The other side has to ask, too."), 409};
static const struct reason result_unknown = {
    "mediation.court-result", T("Please choose how it stands with the court."), .field = "court"};
static const struct reason performed_unknown = {
    "mediation.performed", T("Please choose whether it was kept."), .field = "performed"};
static const struct reason not_both = {"mediation.not-both", T("Both sides have to ask first."),
                                       409};
static const struct reason too_many = {"mediation.too-many-follow-ups",
                                       T("It was asked so often that no more fits."), 409};

/* ---- the clock ---- */

static moment in_the_morning(moment at, calendar_day days)
{
    return calendar_day_begins(calendar_day_of(at) + days) + MORNING_SECONDS;
}

moment mediation_first_ask(moment now, struct str perform_day)
{
    calendar_day day;

    if (calendar_day_parse(perform_day, &day))
        return calendar_day_begins(day + 1) + MORNING_SECONDS;
    return in_the_morning(now, MEDIATION_FOLLOW_DAYS);
}

struct outcome mediation_set_clocks(struct scene *scene, const struct mediation_case *m,
                                    struct str perform_day)
{
    moment soon = calendar_day_begins(calendar_day_of(m->now.confirm_until) - MEDIATION_SOON_DAYS) +
                  NOON_SECONDS;
    moment remind = m->now.ask_at - (MEDIATION_REMIND_DAYS + 1) * SECONDS_PER_DAY;

    TRY(clock_set(scene, "mediation.confirm_soon", m->at.case_id, soon));
    TRY(clock_set(scene, "mediation.follow_due", m->at.case_id, m->now.ask_at));
    if (perform_day.len && remind > scene->now)
        TRY(clock_set(scene, "mediation.perform_soon", m->at.case_id, remind));
    return clock_set(scene, "mediation.year_due", m->at.case_id,
                     in_the_morning(scene->now, MEDIATION_YEAR_DAYS));
}

static struct outcome tell_applicant(struct scene *scene, const struct mediation_case *m)
{
    struct cases_reading reading;

    TRY(cases_read(scene, MEDIATION_PROCESS, m->at.case_id, &reading));
    return notice_add(scene, &(struct notice){.which = NOTICE_CASE_NEWS,
                                              .language = m->at.language,
                                              .to = reading.phone,
                                              .words = {m->at.reference},
                                              .case_id = m->at.case_id});
}

static struct outcome tell_both(struct scene *scene, const struct mediation_case *m)
{
    TRY(tell_applicant(scene, m));
    return mediation_notify_respondent(scene, m);
}

static struct outcome remind(struct scene *scene, const struct mediation_case *m, struct str phone,
                             id about, moment until)
{
    struct out *day = out_open(scene->arena, 64);

    out_day(day, m->at.language, until);
    return notice_add(scene, &(struct notice){.which = NOTICE_CASE_WAITS,
                                              .language = m->at.language,
                                              .to = phone,
                                              .words = {m->at.reference, out_text(day)},
                                              .case_id = about});
}

static struct outcome open_clock(struct scene *scene, const void *form, struct mediation_case *m)
{
    *m = (struct mediation_case){0};
    TRY(cases_standing_id(scene, MEDIATION_PROCESS, ((const struct clock_form *)form)->case_id,
                          &m->at));
    TRY(mediation_find_now(scene->arena, scene->store, m->at.case_id, &m->now, &m->has_now));
    scene_about(scene, m->at.case_id, m->now.mediator_id);
    return DONE;
}

/* (2) */
static struct outcome confirm_soon(struct scene *scene, const void *form, void *result)
{
    struct mediation_find_agreement_row agreement;
    struct cases_reading reading;
    struct mediation_case m;
    struct str phone;
    bool found;

    (void)result;
    TRY(open_clock(scene, form, &m));
    TRY(mediation_find_agreement(scene->arena, scene->store, m.at.case_id, &agreement, &found));
    if (!found || agreement.is_status || m.now.confirm_until <= scene->now) return DONE;
    if (m.now.ask_applicant_at && m.now.ask_respondent_at) return DONE;
    TRY(mediation_keep(scene, &m, "confirm_soon", 0, ""));
    TRY(cases_read(scene, MEDIATION_PROCESS, m.at.case_id, &reading));
    TRY(mediation_unseal(scene, MEDIATION_USE_PHONE, m.now.phone_sealed, &phone));
    if (!m.now.ask_applicant_at)
        TRY(remind(scene, &m, reading.phone, m.at.case_id, m.now.confirm_until - 1));
    if (m.now.ask_respondent_at) return DONE;
    return remind(scene, &m, phone, m.now.part_id, m.now.confirm_until - 1);
}

/* (3) */
static struct outcome perform_soon(struct scene *scene, const void *form, void *result)
{
    struct mediation_find_agreement_row agreement;
    struct cases_reading reading;
    struct mediation_case m;
    calendar_day day;
    struct str phone;
    bool found;

    (void)result;
    TRY(open_clock(scene, form, &m));
    TRY(mediation_find_agreement(scene->arena, scene->store, m.at.case_id, &agreement, &found));
    if (!found || str_same(m.now.performed, S("yes")) ||
        !calendar_day_parse(agreement.perform_day, &day))
        return DONE;
    TRY(mediation_keep(scene, &m, "perform_soon", 0, ""));
    TRY(cases_read(scene, MEDIATION_PROCESS, m.at.case_id, &reading));
    TRY(mediation_unseal(scene, MEDIATION_USE_PHONE, m.now.phone_sealed, &phone));
    TRY(remind(scene, &m, reading.phone, m.at.case_id, calendar_day_begins(day)));
    return remind(scene, &m, phone, m.now.part_id, calendar_day_begins(day));
}

/* (3) */
static struct outcome follow_due(struct scene *scene, const void *form, void *result)
{
    struct mediation_case m;

    (void)result;
    TRY(open_clock(scene, form, &m));
    return mediation_keep(scene, &m, "follow_due", 0, "");
}

static struct outcome year_due(struct scene *scene, const void *form, void *result)
{
    struct mediation_case m;

    (void)result;
    TRY(open_clock(scene, form, &m));
    return mediation_keep(scene, &m, "year_due", 0, "");
}

static struct outcome court_due(struct scene *scene, const void *form, void *result)
{
    struct mediation_case m;

    (void)result;
    TRY(open_clock(scene, form, &m));
    return mediation_keep(scene, &m, "court_due", 0, "");
}

/* ---- the court ---- */

/* (1) */
static struct outcome confirm(struct scene *scene, const void *form, void *result)
{
    struct mediation_find_agreement_row agreement;
    struct mediation_case m;
    moment *mine;
    bool found, both;

    (void)result;
    TRY(mediation_open_side(scene, ((const struct mediation_reference_form *)form)->reference, &m));
    TRY(mediation_may(m.at.state, m.is, MEDIATION_CONFIRM));
    TRY(mediation_find_agreement(scene->arena, scene->store, m.at.case_id, &agreement, &found));
    if (!found) return REFUSE(mediation_not_now);
    TRY(mediation_may_confirm(agreement.is_status != 0, m.now.confirm_until, scene->now));
    mine = m.is & MEDIATION_APPLICANT ? &m.now.ask_applicant_at : &m.now.ask_respondent_at;
    if (*mine) return REFUSE(asked_already);
    *mine = scene->now;
    both = m.now.ask_applicant_at && m.now.ask_respondent_at;
    TRY(mediation_keep(scene, &m, both ? "confirm_both" : "confirm", 0, ""));
    return tell_both(scene, &m);
}

static const struct {
    const char *word, *name, *event;
} courts[] = {{"sent", T("Handed to the court"), "court_sent"},
              {"accepted", T("Taken up by the court"), "court_accepted"},
              {"confirmed", T("Confirmed by the court"), "court_confirmed"},
              {"refused", T("Not confirmed by the court"), "court_refused"}};

struct str mediation_court_name(struct scene *scene, struct str court)
{
    for (size_t i = 0; i < COUNT(courts); i++)
        if (str_same(court, str_of(courts[i].word)))
            return text_in(scene->language, courts[i].name);
    return S("");
}

static struct outcome set_court_clock(struct scene *scene, const struct mediation_case *m)
{
    moment until, longest;

    mediation_court_until(cases_calendar(), m->now.court, m->now.court_at, &until, &longest);
    if (!until) return clock_drop(scene, "mediation.court_due", m->at.case_id);
    return clock_set(scene, "mediation.court_due", m->at.case_id, until + MORNING_SECONDS);
}

static struct outcome court(struct scene *scene, const void *form, void *result)
{
    const struct mediation_court_form *f = form;
    struct mediation_case m;

    (void)result;
    TRY(mediation_open_desk(scene, f->reference, &m));
    TRY(mediation_may(m.at.state, m.is, MEDIATION_COURT));
    if (!m.now.ask_applicant_at || !m.now.ask_respondent_at) return REFUSE(not_both);
    if (!mediation_court_may(m.now.court, f->court)) return REFUSE(result_unknown);
    m.now.court = f->court;
    m.now.court_at = scene->now;
    for (size_t i = 0; i < COUNT(courts); i++)
        if (str_same(f->court, str_of(courts[i].word)))
            TRY(mediation_keep(scene, &m, courts[i].event, 0, ""));
    TRY(set_court_clock(scene, &m));
    return tell_both(scene, &m);
}

/* ---- whether it is kept ---- */

static struct outcome follow(struct scene *scene, const void *form, void *result)
{
    const struct mediation_follow_form *f = form;
    const struct mediation_list_follows_row *before;
    struct mediation_case m;
    size_t count;

    (void)result;
    TRY(mediation_open_desk(scene, f->reference, &m));
    TRY(mediation_may(m.at.state, m.is, MEDIATION_FOLLOW));
    if (!m.now.effective_at) return REFUSE(mediation_not_now);
    if (!*mediation_performed_name(f->performed)) return REFUSE(performed_unknown);
    TRY(mediation_list_follows(scene->arena, scene->store, m.at.case_id, &before, &count));
    if (count >= MEDIATION_FOLLOWS_MAX) return REFUSE(too_many);
    TRY(mediation_add_follow(scene->store, m.at.case_id, scene->seq, scene->now, f->performed,
                             secret_seal(scene->arena, MEDIATION_USE_WORDS, f->follow_words),
                             scene->actor.person_id));
    m.now.performed = f->performed;
    m.now.performed_at = scene->now;
    m.now.ask_at = mediation_ask_next(m.now.effective_at, f->performed, scene->now);
    if (str_same(f->performed, S("yes")))
        TRY(clock_drop(scene, "mediation.follow_due", m.at.case_id));
    else
        TRY(clock_set(scene, "mediation.follow_due", m.at.case_id,
                      in_the_morning(scene->now, MEDIATION_FOLLOW_DAYS)));
    return mediation_keep(scene, &m, "followed", 0, "");
}

/* ---- how it looks ---- */

static void list_courts(struct scene *scene, struct mediation_desk_view *v)
{
    struct choice *made = NEW_MANY(scene->arena, struct choice, COUNT(courts));

    for (size_t i = 0; i < COUNT(courts); i++)
        if (mediation_court_may(v->court, str_of(courts[i].word)))
            made[v->courts_count++] = (struct choice){
                .value = str_of(courts[i].word), .label = text_in(scene->language, courts[i].name)};
    v->courts = made;
    v->may_court = v->may_court && v->courts_count;
}

static void list_performeds(struct scene *scene, struct mediation_desk_view *v)
{
    static const char *const words[] = {"yes", "partly", "no"};
    struct choice *made = NEW_MANY(scene->arena, struct choice, COUNT(words));

    for (size_t i = 0; i < COUNT(words); i++)
        made[i] = (struct choice){
            .value = str_of(words[i]),
            .label = text_in(scene->language, mediation_performed_name(str_of(words[i])))};
    v->performeds = made;
    v->performeds_count = COUNT(words);
}

static struct outcome show_follows(struct scene *scene, const struct mediation_case *m,
                                   struct mediation_desk_view *v)
{
    const struct mediation_list_follows_row *rows;
    struct mediation_follow_up_view *made;

    TRY(mediation_list_follows(scene->arena, scene->store, m->at.case_id, &rows,
                               &v->follows_count));
    made = NEW_MANY(scene->arena, struct mediation_follow_up_view, v->follows_count + 1);
    for (size_t i = 0; i < v->follows_count; i++) {
        made[i] = (struct mediation_follow_up_view){
            .at = rows[i].at,
            .performed = rows[i].performed,
            .performed_name = text_in(scene->language, mediation_performed_name(rows[i].performed)),
            .by = rows[i].person_name};
        TRY(mediation_unseal(scene, MEDIATION_USE_WORDS, rows[i].words_sealed, &made[i].words));
    }
    v->follows = made;
    return DONE;
}

struct outcome mediation_show_after(struct scene *scene, const struct mediation_case *m,
                                    struct mediation_desk_view *v)
{
    moment until, longest;

    v->may_follow =
        m->now.effective_at && IS_DONE(mediation_may(m->at.state, m->is, MEDIATION_FOLLOW));
    v->may_court = IS_DONE(mediation_may(m->at.state, m->is, MEDIATION_COURT)) &&
                   m->now.ask_applicant_at && m->now.ask_respondent_at;
    v->applicant_asked = m->now.ask_applicant_at > 0;
    v->respondent_asked = m->now.ask_respondent_at > 0;
    v->court = m->now.court;
    v->court_name = mediation_court_name(scene, m->now.court);
    mediation_court_until(cases_calendar(), m->now.court, m->now.court_at, &until, &longest);
    v->court_until = until;
    v->court_day = until ? until - 1 : 0;
    v->longest_day = longest ? longest - 1 : 0;
    v->performed = m->now.performed;
    list_courts(scene, v);
    list_performeds(scene, v);
    return show_follows(scene, m, v);
}

const struct act mediation_confirm = {.name = "mediation.confirm",
                                      .who = WHO_ASKER,
                                      .form = &mediation_reference_form,
                                      .run = confirm};
const struct act mediation_court = {.name = "mediation.court",
                                    .who = MEDIATION_WHO_DESK,
                                    .form = &mediation_court_form,
                                    .run = court};
const struct act mediation_follow = {.name = "mediation.follow",
                                     .who = MEDIATION_WHO_DESK,
                                     .form = &mediation_follow_form,
                                     .run = follow};
const struct act mediation_confirm_soon = {
    .name = "mediation.confirm_soon", .who = WHO_SYSTEM, .run = confirm_soon};
const struct act mediation_perform_soon = {
    .name = "mediation.perform_soon", .who = WHO_SYSTEM, .run = perform_soon};
const struct act mediation_follow_due = {
    .name = "mediation.follow_due", .who = WHO_SYSTEM, .run = follow_due};
const struct act mediation_year_due = {
    .name = "mediation.year_due", .who = WHO_SYSTEM, .run = year_due};
const struct act mediation_court_due = {
    .name = "mediation.court_due", .who = WHO_SYSTEM, .run = court_due};

#define FORM_THIS mediation_court_form
FORM_TABLE(mediation_court, MEDIATION_COURT_FORM)
#undef FORM_THIS
#define FORM_THIS mediation_follow_form
FORM_TABLE(mediation_follow, MEDIATION_FOLLOW_FORM)
#undef FORM_THIS
