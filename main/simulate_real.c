/* simulate_real.c -- the same people, and the acts of the server on a store of their own.
 *
 *  (1) Every step is an act, run as the server runs it; the clock performs what is due.
 *  (2) What the checks look at is read from the store after every act, never assumed.
 *  (3) A kill comes in the middle of an act: the store is left with it undone and opened anew.
 *
 * The store lies in memory (/dev/shm where there is one): what is tested is what was committed, not
 * the disk, for which there is `bench/crash`. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bureau/assignment/assignment_acts.h"
#include "bureau/people/people_acts.h"
#include "bureau/supervision/supervision.h"
#include "desk/identity/identity_acts.h"
#include "gen/consultation_sql.h"
#include "gen/platform_sql.h"
#include "gen/supervision_sql.h"
#include "main/rooms.h"
#include "main/simulate_real.h"
#include "platform/journal.h"
#include "platform/site.h"
#include "service/consultation/consultation_acts.h"

enum { ROUNDS_MAX = 50 /* of the clock at one moment */ };

extern const char data_fields[];

static void trouble(struct simulation *s, const char *what, struct outcome outcome)
{
    if (!outcome.fault || s->result->fault) return;
    s->result->fault = arena_print(s->arena, "%s: %s", what, outcome.fault).at;
}

static void set_scene(struct simulation *s, struct actor actor)
{
    struct simulate_real *r = s->store;

    arena_reset(r->arena);
    actor.is |= WHO_ANYONE;
    r->scene = (struct scene){.arena = r->arena,
                              .store = r->store,
                              .now = s->now,
                              .actor = actor,
                              .channel = S("api"),
                              .address = S("192.0.2.1"),
                              .agent = S("")};
}

bool simulate_real_perform(struct simulation *s, struct actor actor, const struct act *act,
                           void *form)
{
    struct simulate_real *r = s->store;
    struct outcome outcome;

    set_scene(s, actor);
    outcome = act_run(act, &r->scene, form,
                      act->result ? arena_take(r->arena, act->result->size, 1) : r->arena);
    trouble(s, act->name, outcome);
    if (outcome.refusal) simulate_note(s, "%s is refused: %s", act->name, outcome.refusal->key);
    return IS_DONE(outcome);
}

/* ---- the city, in one act ---- */

static struct outcome add_fields(struct scene *scene)
{
    struct str text = str_of(data_fields);
    int64_t position = 0;

    while (text.len) {
        struct str line = str_cut(text, '\n', &text), c[7];

        if (!line.len || line.at[0] == '#') continue;
        for (size_t i = 0; i < COUNT(c); i++) c[i] = str_cut(line, '\t', &line);
        TRY(people_first_field(scene, c, ++position));
    }
    return DONE;
}

static struct outcome add_divisions(struct scene *scene, const struct simulation *s)
{
    struct identity_division rows[SIMULATE_DISTRICTS + 1] = {
        {S("31"), S(""), S("city"), S("上海市"), S("Shanghai")}};

    for (int i = 0; i < SIMULATE_DISTRICTS; i++)
        rows[i + 1] = (struct identity_division){s->divisions[i], S("31"), S("district"),
                                                 s->divisions[i], s->divisions[i]};
    return identity_divisions_load(scene, rows, COUNT(rows));
}

static struct outcome add_staff(struct scene *scene, struct str login, const char *role,
                                struct str phone, id *person_id)
{
    struct identity_new_person person = {.login = login, .name = login, .phone = phone};

    TRY(identity_person_add(scene, &person, person_id));
    return identity_role_add(scene, *person_id, str_of(role), S("31"));
}

static struct outcome add_teams(struct scene *scene, struct simulation *s)
{
    for (int i = 0; i < SIMULATE_TEAMS; i++) {
        struct str code = arena_print(scene->arena, "team%02d", i);
        id leader_id;

        TRY(add_staff(scene, arena_print(scene->arena, "leader%02d", i), "leader", S(""),
                      &leader_id));
        s->store->leaders[i] = leader_id;
        s->store->teams[i] = scene_new_id(scene);
        TRY(people_add_demo_team(scene->store, s->store->teams[i], code, code, code, S("district"),
                                 s->divisions[i % SIMULATE_DISTRICTS], leader_id));
    }
    return DONE;
}

static struct outcome add_person(struct scene *scene, struct simulation *s, int64_t number)
{
    struct simulate_person *p = &s->people[number];
    struct str login = arena_print(scene->arena, "person%lld", (long long)number);

    /* With a number, so that the ladder may call in who is not on line. */
    TRY(add_staff(scene, login, "consultant",
                  arena_print(scene->arena, "199%08lld", (long long)number), &p->person_id));
    TRY(people_add_demo_consultant(
        scene->store, p->person_id, str_of(consultation_professions[p->profession]),
        s->store->teams[p->team],
        p->division == SIMULATE_CITY ? S("31") : s->divisions[p->division], S("1"),
        s->now - SECONDS_PER_DAY, 0));
    for (int i = 0; i < s->fields_count; i++) {
        if (p->fields >> i & 1)
            TRY(people_add_demo_field(scene->store, p->person_id, s->field_codes[i]));
    }
    for (int i = 0; i < SIMULATE_LANGUAGES; i++) {
        if (p->languages >> i & 1)
            TRY(people_add_demo_language(scene->store, p->person_id,
                                         str_of(simulate_languages[i])));
    }
    return DONE;
}

static struct outcome make_city(struct scene *scene, const void *form, void *result)
{
    struct simulation *s = *(struct simulation *const *)form;

    (void)result;
    TRY(add_divisions(scene, s));
    TRY(add_fields(scene));
    TRY(people_first_hours(scene, false));
    TRY(supervision_set_threshold(scene->store,
                                  supervision_threshold_word(SUPERVISION_TAKE_UP_PERCENT),
                                  s->plan->take_up_percent, s->now));
    TRY(supervision_set_threshold(scene->store,
                                  supervision_threshold_word(SUPERVISION_TAKE_UP_MINUTES),
                                  s->plan->take_up_seconds / SECONDS_PER_MINUTE, s->now));
    TRY(clock_set(scene, "consultation.sweep", 0, scene->now));
    TRY(add_teams(scene, s));
    for (int64_t i = 0; i < s->people_count; i++) TRY(add_person(scene, s, i));
    return DONE;
}

static const struct act act_city = {.name = "simulation.city", .who = WHO_SYSTEM, .run = make_city};

struct outcome simulate_real_open(struct simulation *s)
{
    struct simulate_real *r = NEW(s->arena, struct simulate_real);
    struct simulation *form = s;

    s->store = r;
    r->arena = arena_open((size_t)64 << 20);
    snprintf(r->folder, sizeof r->folder, "%s/gongdao-simulate-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    if (!mkdtemp(r->folder)) return FAULT("cannot make a folder for the simulated store");
    snprintf(r->path, sizeof r->path, "%s/gongdao.db", r->folder);
    TRY(store_open(str_of(r->path), STORE_WRITE, &r->store));
    TRY(site_schema(r->store, rooms, s->now));
    simulate_real_perform(s, (struct actor){.is = WHO_SYSTEM}, &act_city, &form);
    return DONE;
}

void simulate_real_close(struct simulation *s)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    struct simulate_real *r = s->store;
    char name[96];

    if (!r) return;
    if (r->store) store_close(&r->store);
    for (size_t i = 0; i < COUNT(endings); i++) {
        snprintf(name, sizeof name, "%s%s", r->path, endings[i]);
        unlink(name);
    }
    rmdir(r->folder);
    arena_close(&r->arena);
}

/* ---- what the store says now ---- */

static int64_t person_of(const struct simulation *s, id person_id)
{
    for (int64_t i = 0; i < s->people_count; i++) {
        if (s->people[i].person_id == person_id) return i;
    }
    return SIMULATE_NOBODY;
}

static struct outcome read_missed(struct simulation *s, struct simulate_case *c)
{
    struct simulate_real *r = s->store;
    const struct assignment_list_had_it_row *rows;
    size_t count;

    c->missed = SIMULATE_NOBODY;
    TRY(assignment_list_had_it(r->arena, r->store, c->case_id, &rows, &count));
    for (size_t i = 0; i < count && s->missed_count < s->missed_max; i++) {
        s->missed[s->missed_count] = (struct simulate_missed){
            .person = person_of(s, rows[i].person_id), .next = c->missed, .at = s->now};
        c->missed = s->missed_count++;
    }
    return DONE;
}

static struct outcome read_holders(struct simulation *s, struct simulate_case *c)
{
    const struct assignment_list_assignments_row *rows;
    size_t count;

    c->holders = 0;
    TRY(assignment_history(&s->store->scene, c->case_id, &rows, &count));
    for (size_t i = 0; i < count; i++) c->holders += rows[i].ended_at == 0;
    return DONE;
}

/* To somebody of another district, as the ladder or the wait has opened it. */
static bool is_far(const struct simulation *s, const struct simulate_case *c, int64_t consultant)
{
    int division = consultant == SIMULATE_NOBODY ? SIMULATE_CITY : s->people[consultant].division;

    return division != SIMULATE_CITY && division != c->division;
}

static struct outcome read_case(struct simulation *s, int64_t number)
{
    struct simulate_case *c = &s->cases[number];
    struct consultation_find_case_row row;
    enum consultation_state state;
    int64_t consultant;
    enum consultation_handed before = c->handed;
    bool found, handed = false;

    TRY(consultation_find_case(s->store->arena, s->store->store, c->case_id, &row, &found));
    if (!found) {
        simulate_broke(s, "lost", "case %lld is not in the store", (long long)number);
        return DONE;
    }
    state = consultation_state_of(row.state);
    consultant = person_of(s, row.consultant_id);
    if (row.due_at) TRY(simulate_real_read_handed(s, number, &handed));
    if (state != c->state || consultant != c->consultant || row.offers_count != c->offers ||
        handed) {
        c->turn++;
        simulate_touch(s, number);
        if (row.offers_count > c->offers)
            simulate_note(s, "case %lld is offered to %lld", (long long)number,
                          (long long)consultant);
        else if (state != c->state)
            simulate_note(s, "case %lld is %.*s", (long long)number, STR_ARGS(row.state));
        s->result->offers += row.offers_count - c->offers;
        s->result->offers_far += row.offers_count > c->offers && is_far(s, c, consultant);
        s->result->deserted += c->state == CONSULTATION_TALKING && state == CONSULTATION_WAITING &&
                               s->happening == HAPPENS_SWEEP;
    }
    if (before == CONSULTATION_HANDED_WAITS && c->handed == CONSULTATION_HANDED_LAPSED)
        simulate_handed_lapsed(s, number);
    /* Left in writing, and live all the same: nobody else waited for that. */
    c->again = state == CONSULTATION_OFFERED ? c->again || c->state == CONSULTATION_MESSAGE
                                             : c->again && state == CONSULTATION_TALKING;
    s->result->taken_again += c->state == CONSULTATION_MESSAGE && state == CONSULTATION_OFFERED;
    s->result->handed_again +=
        c->handed && c->state == CONSULTATION_MESSAGE && state == CONSULTATION_OFFERED;
    c->state = state;
    c->consultant = consultant;
    c->offers = row.offers_count;
    c->owner_id = row.owner_id;
    c->wants = row.wants_id ? person_of(s, row.wants_id) : SIMULATE_NOBODY;
    c->waiting_at = row.waiting_at;
    c->rank_at = row.rank_at;
    c->asked_at = row.asked_at;
    c->due_at = row.due_at;
    c->offer_until = row.offer_until;
    c->talk_at = row.talk_at;
    c->handed_on |= row.rank_at == row.asked_at - SECONDS_PER_DAY;
    c->queued = state == CONSULTATION_WAITING;
    if (c->queued) s->queues[c->profession].cases[s->queues[c->profession].count++] = number;
    if (c->touched) TRY(read_holders(s, c));
    return c->queued ? read_missed(s, c) : DONE;
}

static struct outcome read_people(struct simulation *s)
{
    for (int64_t i = 0; i < s->people_count; i++) {
        struct simulate_person *p = &s->people[i];
        struct people_find_presence_row row;
        bool known;

        TRY(people_find_presence(s->store->arena, s->store->store, p->person_id, &row, &known));
        p->on_line = known && str_same(row.presence, S("online"));
        p->seen_at = known ? row.seen_at : 0;
        p->held = p->written = 0;
    }
    for (int64_t i = 0; i < s->cases_count; i++) {
        const struct simulate_case *c = &s->cases[i];

        if (c->consultant == SIMULATE_NOBODY) continue;
        if (c->state == CONSULTATION_OFFERED || c->state == CONSULTATION_TALKING) {
            struct simulate_person *p = &s->people[c->consultant];

            if (p->held < SIMULATE_HELD_MAX) p->held_cases[p->held] = i;
            p->held++;
        }
    }
    return DONE;
}

/* What the ladder did, whom it called and who came is told by the journal, a line each. */
static struct outcome read_ladder(struct simulation *s)
{
    const struct {
        const char *act;
        int64_t *count;
    } told[] = {{"ladder.up", &s->result->ladder_up},
                {"ladder.down", &s->result->ladder_down},
                {"ladder.call", &s->result->called},
                {"ladder.came", &s->result->came}};
    struct simulate_real *r = s->store;
    const struct platform_list_lines_row *lines;
    size_t count;

    do {
        TRY(platform_list_lines(r->arena, r->store, r->seen_seq, &lines, &count));
        for (size_t i = 0; i < count; i++) {
            for (size_t k = 0; k < COUNT(told); k++)
                *told[k].count += str_same(lines[i].act, str_of(told[k].act));
        }
        if (count) r->seen_seq = lines[count - 1].seq;
    } while (count);
    return DONE;
}

static void read_all(struct simulation *s)
{
    struct outcome outcome = DONE;

    s->missed_count = 0;
    if (!s->missed_max) {
        s->missed_max = 4096;
        s->missed = NEW_MANY(s->arena, struct simulate_missed, (size_t)s->missed_max);
    }
    for (int i = 0; i < CONSULTATION_PROFESSIONS; i++) s->queues[i].count = 0;
    outcome = store_read_begin(s->store->store); /* one lock, instead of one a query */
    for (int64_t i = 0; i < s->cases_count && IS_DONE(outcome); i++) {
        if (s->cases[i].exists && s->cases[i].state != CONSULTATION_CLOSED)
            outcome = read_case(s, i);
    }
    if (IS_DONE(outcome)) outcome = read_people(s);
    if (IS_DONE(outcome)) outcome = read_ladder(s);
    store_read_end(s->store->store);
    for (int i = 0; i < CONSULTATION_PROFESSIONS; i++) {
        if (s->queues[i].count > s->result->queue_max) s->result->queue_max = s->queues[i].count;
    }
    trouble(s, "reading the store", outcome);
}

/* ---- what people do ---- */

struct actor simulate_real_consultant(const struct simulation *s, int64_t person)
{
    const struct simulate_person *p = &s->people[person];

    return (struct actor){.person_id = p->person_id,
                          .is = WHO_CONSULTANT,
                          .team_id = s->store->teams[p->team],
                          .name = S("consultant")};
}

static struct actor resident_actor(const struct simulate_case *c)
{
    return (struct actor){.person_id = c->owner_id, .is = WHO_GUEST};
}

static struct consultation_ask_form ask_form(const struct simulation *s,
                                             const struct simulate_case *c, char wanted[24])
{
    snprintf(wanted, 24, "%lld",
             c->wants == SIMULATE_NOBODY ? 0LL : (long long)s->people[c->wants].person_id);
    return (struct consultation_ask_form){.field = s->field_codes[c->field],
                                          .text = S("我有一个法律问题。"),
                                          .district = s->divisions[c->division],
                                          .language = str_of(simulate_languages[c->language]),
                                          .mode = c->by_choice ? S("message") : S(""),
                                          .cared_for = c->priority > 0,
                                          .wants__consultant =
                                              c->wants == SIMULATE_NOBODY ? S("") : str_of(wanted)};
}

static void ask(struct simulation *s, int64_t number)
{
    struct simulate_case *c = &s->cases[number];
    char wanted[24];
    struct consultation_ask_form form = ask_form(s, c, wanted);
    struct consultation_find_case_row row;
    struct actor actor = {.is = WHO_ANYONE};
    bool found;

    if (c->owner != number) actor = resident_actor(&s->cases[c->owner]);
    if (!simulate_real_perform(s, actor, &consultation_ask, &form)) return;
    c->case_id = s->store->scene.case_id;
    trouble(s, "reading a case",
            consultation_find_case(s->store->arena, s->store->store, c->case_id, &row, &found));
    if (s->result->fault) return;
    c->reference = arena_copy(s->arena, row.reference);
    c->exists = true;
    c->state = CONSULTATION_STATES; /* none yet: what it is now is news */
}

static void step_case(struct simulation *s, enum simulate_happening what, int64_t number)
{
    const struct simulate_case *c = &s->cases[number];
    struct consultation_reference_form plain = {.reference = c->reference};
    struct consultation_decline_form decline = {.reference = c->reference, .reason = S("忙")};
    struct consultation_close_form close = {
        .reference = c->reference, .outcome = S("advised"), .summary = S("谈过了")};
    struct consultation_transfer_form transfer = {
        .reference = c->reference,
        .profession = str_of(consultation_professions[c->profession]),
        .reason = S("换人")};
    struct consultation_say_form say = {.reference = c->reference, .text = S("好的。")};
    struct actor resident = resident_actor(c), consultant = {0};

    if (c->consultant != SIMULATE_NOBODY) consultant = simulate_real_consultant(s, c->consultant);
    switch (what) {
    case HAPPENS_ACCEPT: simulate_real_perform(s, consultant, &consultation_accept, &plain); return;
    case HAPPENS_DECLINE:
        simulate_real_perform(s, consultant, &consultation_decline, &decline);
        return;
    case HAPPENS_CLOSE: simulate_real_perform(s, consultant, &consultation_close, &close); return;
    case HAPPENS_TRANSFER:
        simulate_real_perform(s, consultant, &consultation_transfer, &transfer);
        return;
    case HAPPENS_ANSWER: simulate_real_perform(s, consultant, &consultation_answer, &say); return;
    case HAPPENS_MORE: simulate_real_perform(s, resident, &consultation_say, &say); return;
    case HAPPENS_WISH: simulate_real_perform(s, resident, &consultation_wish_live, &plain); return;
    case HAPPENS_HAND:
    case HAPPENS_TAKE_UP:
    case HAPPENS_PLACE:
    case HAPPENS_SEND_BACK:
    case HAPPENS_GIVE: simulate_real_hand(s, what, number); return;
    case HAPPENS_LEAVE:
        simulate_real_perform(s, resident, &consultation_leave_message, &plain);
        return;
    default: simulate_real_perform(s, resident, &consultation_close_own, &plain); return;
    }
}

bool simulate_real_does(struct simulation *s, enum simulate_happening what, int64_t number)
{
    if (!s->plan->real) return false;
    if (what == HAPPENS_ARRIVE)
        ask(s, number);
    else
        step_case(s, what, number);
    read_all(s);
    return true;
}

/* `state` "" is a sign of life. */
bool simulate_real_is(struct simulation *s, int64_t person, const char *state)
{
    struct consultation_presence_form form = {
        .state = str_of(state), .capacity = state[0] ? s->people[person].capacity : 0};

    if (!s->plan->real) return false;
    simulate_real_perform(s, simulate_real_consultant(s, person), &consultation_presence, &form);
    read_all(s);
    return true;
}

/* ---- the clock, and the end of the process ---- */

static const struct act *clock_act(struct str name)
{
    for (size_t i = 0; rooms[i]; i++) {
        const struct act *const *acts = rooms[i]->clock_acts;

        for (; acts && *acts; acts++) {
            if (str_same(str_of((*acts)->name), name)) return *acts;
        }
    }
    return NULL;
}

/* The row is copied: its text lies in the arena that the next act uses. */
static bool perform_due(struct simulation *s)
{
    struct simulate_real *r = s->store;
    const struct platform_list_due_row *rows;
    const struct act *act;
    struct clock_form form;
    size_t count = 0;

    set_scene(s, (struct actor){.is = WHO_SYSTEM});
    trouble(s, "the clock", platform_list_due(r->arena, r->store, s->now, &rows, &count));
    if (!count || s->result->fault) return false;
    form = (struct clock_form){.case_id = rows[0].case_id, .due_at = rows[0].due_at};
    act = clock_act(rows[0].act);
    trouble(s, "the clock",
            platform_drop_deadline_done(r->store, rows[0].act, form.case_id, form.due_at));
    if (act) simulate_real_perform(s, (struct actor){.is = WHO_SYSTEM}, act, &form);
    return true;
}

void simulate_real_clock(struct simulation *s)
{
    int done = 0;

    while (done < ROUNDS_MAX && perform_due(s)) done++;
    if (done) read_all(s);
}

/* Somebody was just asking: nothing of it may be there afterwards. */
void simulate_real_kill(struct simulation *s)
{
    struct simulate_real *r = s->store;
    struct consultation_ask_form form = {.field = s->field_codes[0], .text = S("半句")};
    void *result;

    set_scene(s, (struct actor){.is = WHO_ANYONE});
    result = arena_take(r->arena, consultation_ask.result->size, 1);
    trouble(s, "before the kill", store_begin(r->store));
    trouble(s, "before the kill", journal_last(r->store, &r->scene.seq));
    r->scene.seq++;
    consultation_ask.run(&r->scene, &form, result);
    store_close(&r->store);
}

void simulate_real_start(struct simulation *s)
{
    struct simulate_real *r = s->store;

    trouble(s, "the start", store_open(str_of(r->path), STORE_WRITE, &r->store));
    if (!s->result->fault) trouble(s, "the start", store_check(r->store));
    if (!s->result->fault) read_all(s);
}

/* The books of the store: as many cases as were asked, and a journal in order. */
void simulate_real_check(struct simulation *s)
{
    struct simulate_real *r = s->store;

    if (!r->store || s->result->fault) return;
    read_all(s);
    trouble(s, "the journal", journal_check(r->store));
    trouble(s, "the store", store_check(r->store));
}
