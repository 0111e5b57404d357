/* review_court_test.c -- see review_court_test.h. */
#include "bureau/review/review_court_test.h"
#include "bureau/register/register_acts.h"

#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdio.h>

#include "bureau/assignment/assignment_acts.h"
#include "bureau/ladder/ladder_acts.h"
#include "bureau/record/record_acts.h"
#include "bureau/shifts/shifts_acts.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "gen/people_sql.h"
#include "platform/scene_test.h"

struct court court;
static id team_id, other_team_id;

/* ---- a small bureau ---- */

static struct outcome add_person(const char *login, const char *role, const char *scope,
                                 unsigned is, id team, struct actor *actor)
{
    id person_id;

    TRY(identity_person_add(court.scene,
                            &(struct identity_new_person){.login = str_of(login),
                                                          .name = str_of(login),
                                                          .phone = S("13800138000")},
                            &person_id));
    TRY(identity_role_add(court.scene, person_id, str_of(role), str_of(scope)));
    *actor = (struct actor){.person_id = person_id,
                            .is = is | WHO_ANYONE,
                            .scopes = scopes_of(str_of(scope)),
                            .team_id = team,
                            .name = str_of(login)};
    return DONE;
}

static struct outcome add_lawyer(const char *login, id team, struct actor *actor)
{
    TRY(add_person(login, "consultant", "31", WHO_CONSULTANT, team, actor));
    return people_add_demo_consultant(court.scene->store, actor->person_id, S("lawyer"), team,
                                      S("310101"), S("1"), court.scene->now - 1, 0);
}

static struct outcome run_seed(struct scene *unused, const void *form, void *result)
{
    const struct identity_division divisions[] = {
        {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")},
        {S("310101"), S("31"), S("district"), S("黄浦区"), S("Huangpu")},
        {S("310104"), S("31"), S("district"), S("徐汇区"), S("Xuhui")}};

    (void)unused, (void)form, (void)result;
    TRY(identity_divisions_load(court.scene, divisions, COUNT(divisions)));
    TRY(people_first_hours(court.scene, true));
    team_id = scene_new_id(court.scene);
    other_team_id = scene_new_id(court.scene);
    TRY(add_person("leader", "leader", "31", WHO_LEADER, team_id, &court.leader));
    TRY(add_person("supervisor", "supervisor", "31", WHO_SUPERVISOR, 0, &court.supervisor));
    TRY(add_person("second", "supervisor", "31", WHO_SUPERVISOR, 0, &court.other_supervisor));
    TRY(add_person("district", "supervisor", "310104", WHO_SUPERVISOR, 0, &court.district));
    TRY(add_person("admin", "admin", "31", WHO_ADMIN, 0, &court.admin));
    TRY(people_add_demo_team(court.scene->store, team_id, S("one"), S("一队"), S("One"),
                             S("district"), S("310101"), court.leader.person_id));
    TRY(people_add_demo_team(court.scene->store, other_team_id, S("two"), S("二队"), S("Two"),
                             S("district"), S("310101"), 0));
    TRY(add_lawyer("anna", team_id, &court.anna));
    TRY(add_lawyer("bo", team_id, &court.bo));
    TRY(add_lawyer("chen", other_team_id, &court.chen));
    TRY(review_first_pattern(court.scene, (const struct str[]){S("contact"), S("加*微信")}));
    TRY(review_first_pattern(court.scene, (const struct str[]){S("money"), S("转账给我")}));
    TRY(review_first_pattern(court.scene, (const struct str[]){S("allowed"), S("不要加微信")}));
    return review_first(court.scene);
}
static const struct act seed = {.name = "test.seed", .who = WHO_SYSTEM, .run = run_seed};

void court_open(void)
{
    court.next_case = 900000;
    court.scene = test_scene(
        WHO_SYSTEM,
        (const struct module *[]){&notice_module, &identity_module, &people_module, &record_module,
                                  &register_module, &shifts_module, &assignment_module,
                                  &ladder_module, &review_module, NULL});
    cr_assert(test_done(test_act(court.scene, &seed, NULL, NULL)));
}
void court_close(void)
{
    test_scene_close(&court.scene);
}

/* ---- small steps ---- */

const struct actor court_system = {.is = WHO_SYSTEM};

struct review_case court_a_case(const struct actor *consultant)
{
    return (struct review_case){.case_id = court.next_case++,
                                .service = S("consultation"),
                                .reference = S("AB3CD6EF"),
                                .consultant_id = consultant->person_id,
                                .team_id = consultant->team_id,
                                .division = S("310101"),
                                .language = S("zh")};
}

struct making {
    struct review_case about;
    const char *kind, *text;
};

static struct outcome run_complain(struct scene *unused, const void *form, void *result)
{
    const struct making *m = form;

    (void)unused, (void)result;
    return review_complain(court.scene, &m->about, str_of(m->kind), str_of(m->text),
                           S("13900001111"));
}
static const struct act complain_act = {
    .name = "test.complain", .who = WHO_ANYONE, .run = run_complain};

struct outcome court_complain(struct review_case about, const char *kind, const char *text)
{
    struct making m = {about, kind, text};

    court.scene->actor = (struct actor){.is = WHO_ANYONE | WHO_RESIDENT, .person_id = 7};
    return test_act(court.scene, &complain_act, &m, NULL);
}

id court_complaint_of(struct review_case about, const char *source)
{
    struct review_find_complaint_of_case_row row;
    bool found;

    cr_assert(test_done(review_find_complaint_of_case(court.scene->store, about.case_id,
                                                      str_of(source), &row, &found)));
    return found ? row.complaint_id : 0;
}

__attribute__((format(printf, 3, 4))) const struct reason *court_post(const struct actor *who,
                                                                      const struct act *act,
                                                                      const char *format, ...)
{
    char typed[400];
    va_list list;
    struct outcome outcome;

    va_start(list, format);
    vsnprintf(typed, sizeof typed, format, list);
    va_end(list);
    court.scene->actor = *who;
    cr_assert(act->who & who->is, "%s is not for this person", act->name);
    outcome = test_post(court.scene, act, typed, NULL);
    cr_assert(!outcome.fault, "%s: %s", act->name, outcome.fault);
    return outcome.refusal;
}

const struct reason *court_tick(const struct act *act, id case_id)
{
    struct clock_form form = {.case_id = case_id, .due_at = court.scene->now};
    struct outcome outcome;

    court.scene->actor = court_system;
    outcome = test_act(court.scene, act, &form, NULL);
    cr_assert(!outcome.fault, "%s: %s", act->name, outcome.fault);
    return outcome.refusal;
}

struct review_find_complaint_row court_complaint(id complaint_id)
{
    struct review_find_complaint_row row;
    bool found;

    cr_assert(test_done(
        review_find_complaint(court.scene->arena, court.scene->store, complaint_id, &row, &found)));
    cr_assert(found);
    return row;
}

struct review_find_measure_row court_measure(id measure_id)
{
    struct review_find_measure_row row;
    bool found;

    cr_assert(test_done(
        review_find_measure(court.scene->arena, court.scene->store, measure_id, &row, &found)));
    cr_assert(found);
    return row;
}

struct str court_standing(const struct actor *who)
{
    struct people_find_consultant_row row;
    bool found;

    cr_assert(test_done(people_consultant(court.scene, who->person_id, &row, &found)));
    return row.standing;
}

static struct outcome run_serve(struct scene *unused, const void *form, void *result)
{
    const struct court_serving *s = form;
    struct record_case c = {.case_id = s->case_id,
                            .service = S("consultation"),
                            .reference =
                                arena_print(court.scene->arena, "R%07lld", (long long)s->case_id),
                            .channel = S("web"),
                            .field = S("labour"),
                            .profession = S("lawyer"),
                            .division = S("310101"),
                            .language = S("zh"),
                            .state = S("waiting"),
                            .phase = s->is_written ? RECORD_WRITTEN : RECORD_WAITING,
                            .opened_at = s->at,
                            .due_at = s->is_written ? s->at + 300 : 0};

    (void)unused, (void)result;
    TRY(record_keep_at(court.scene, &c, s->at));
    c.consultant_id = s->by->person_id;
    c.team_id = s->by->team_id;
    if (s->is_written) {
        c.phase = RECORD_ANSWERED;
        TRY(record_keep_at(court.scene, &c, s->at + (s->is_late ? 900 : 100)));
    } else {
        c.phase = RECORD_TALKING;
        TRY(record_keep_at(court.scene, &c, s->at + 10));
    }
    c.phase = RECORD_ENDED;
    TRY(record_keep_at(court.scene, &c, s->at + 1000));
    if (!s->stars) return DONE;
    return record_rate(court.scene, &(struct record_rating){.case_id = s->case_id,
                                                            .stars = s->stars,
                                                            .patience = s->stars,
                                                            .at = s->at + 1100});
}
static const struct act serve_act = {.name = "test.serve", .who = WHO_SYSTEM, .run = run_serve};

id court_serve(struct court_serving s)
{
    s.case_id = court.next_case++;
    court.scene->actor = court_system;
    cr_assert(test_done(test_act(court.scene, &serve_act, &s, NULL)));
    return s.case_id;
}

id court_find_measure_of(const struct actor *who, const char *state)
{
    const struct review_list_measures_row *rows;
    size_t count;

    cr_assert(test_done(review_list_measures(court.scene->arena, court.scene->store, S("31"), 0,
                                             str_of(state), 0, 100, &rows, &count)));
    for (size_t i = 0; i < count; i++) {
        if (rows[i].person_id == who->person_id) return rows[i].measure_id;
    }
    return 0;
}

/* How many sanctions everybody reads about somebody now. */
int64_t court_sanctions(const struct actor *consultant)
{
    static const char sql[] = "select count(*) from sanction where person_id = ? and"
                              " withdrawn_at = 0 and (published_until = 0 or published_until > ?)";
    struct statement *statement;
    int64_t count;
    bool row;

    cr_assert(test_done(statement_open(court.scene->store, sql, &statement)));
    statement_int(statement, 1, consultant->person_id);
    statement_int(statement, 2, court.scene->now);
    cr_assert(test_done(statement_step(statement, &row)) && row);
    count = statement_get_int(statement, 0);
    statement_close(&statement);
    return count;
}

/* ---- a month that is paid ---- */

void court_october(void)
{
    moment first = calendar_moment_of(2026, 10, 1, 600);

    court_serve((struct court_serving){&court.anna, first, 5});
    court_serve((struct court_serving){&court.anna, first + SECONDS_PER_DAY, 0});
    court_serve((struct court_serving){.by = &court.anna, .at = first + 100, .is_written = true});
    court_serve((struct court_serving){
        .by = &court.anna, .at = first + 200, .is_written = true, .is_late = true});
    court_serve((struct court_serving){&court.anna, first + 40 * (int64_t)SECONDS_PER_DAY, 0});
}

struct review_subsidies_view court_month(const char *typed)
{
    struct review_subsidies_view view;
    struct str go;

    court.scene->actor = court.admin;
    cr_assert(test_done(test_show(court.scene,
                                  &(struct module){.name = "money", .pages = review_money_pages},
                                  "/admin/subsidies", typed, &view, &go)));
    return view;
}

void court_close_october(void)
{
    cr_assert(!court_post(&court.admin, &review_act_month_close, "month=2026-10"));
    for (id after = 0;;) {
        const struct review_list_next_people_row *next;
        size_t count;

        cr_assert(!court_tick(&review_act_closing, after));
        cr_assert(test_done(
            review_list_next_people(court.scene->arena, court.scene->store, after, &next, &count)));
        if (!count) return;
        after = next[count - 1].person_id;
    }
}
