/* consultation_dispatch.c -- who gets which case.  The choice itself is bureau/assignment's; here
 * the queue is read and what was chosen is done.
 *
 *  (1) Only the server assigns, inside the act that made it possible: a freed place is filled in
 *      the same transaction, oldest first.
 *  (2) Every offer leaves a row that says why this person, who was next, and who else was weighed.
 *  (3) Whom nobody free can serve holds up nobody behind them: each language has its own head of
 *      the queue, and a case all have declined is stepped over.
 */
#include <string.h>

#include "bureau/people/people_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/secret.h"
#include "service/consultation/consultation_handed.h"

enum {
    OFFERS_AT_ONCE_MAX = 6,  /* in one act: SCENE_LINES_MAX bounds it; the next one goes on */
    LOOKS_AT_ONCE_MAX = 500, /* at cases, in one act: the writer has others to serve */
    LOADS_PAGE = 4096        /* as consultation.list_loads and list_written_loads */
};

/* Of one page of those who have something in hand, after a number. */
static struct outcome list_loads(struct scene *scene, bool is_written, id after,
                                 const struct assignment_load **loads, size_t *count)
{
    const struct consultation_list_loads_row *live = NULL;
    const struct consultation_list_written_loads_row *written = NULL;
    struct assignment_load *made;

    TRY(is_written
            ? consultation_list_written_loads(scene->arena, scene->store, after, &written, count)
            : consultation_list_loads(scene->arena, scene->store, after, &live, count));
    made = NEW_MANY(scene->arena, struct assignment_load, *count + 1);
    for (size_t i = 0; i < *count; i++)
        made[i] = is_written ? (struct assignment_load){written[i].consultant_id, written[i].talks}
                             : (struct assignment_load){live[i].consultant_id, live[i].talks};
    *loads = made;
    return DONE;
}

/* All of them, however many: whoever were left out would count as free. */
struct outcome dispatch_loads(struct scene *scene, bool is_written,
                              const struct assignment_load **loads, size_t *count)
{
    size_t page = 0;

    TRY(list_loads(scene, is_written, 0, loads, count));
    for (page = *count; page == LOADS_PAGE;) {
        struct assignment_load *all;
        const struct assignment_load *more;

        TRY(list_loads(scene, is_written, (*loads)[*count - 1].person_id, &more, &page));
        all = NEW_MANY(scene->arena, struct assignment_load, *count + page + 1);
        memcpy(all, *loads, *count * sizeof *all);
        memcpy(all + *count, more, page * sizeof *all);
        *loads = all;
        *count += page;
    }
    return DONE;
}

struct outcome dispatch_floor(struct scene *scene, const struct consultation_case *c,
                              bool is_written, struct assignment_floor *floor)
{
    const struct assignment_load *loads;
    size_t count;

    TRY(dispatch_loads(scene, is_written, &loads, &count));
    if (!is_written) return assignment_floor_live(scene, c->row.profession, loads, count, floor);
    return assignment_floor_written(scene, c->row.profession, c->row.field, c->row.language, loads,
                                    count, floor);
}

/* A case that a body has accepted stays with its people; the floor may serve the next case too. */
static struct outcome bound(struct scene *scene, const struct consultation_case *c,
                            struct assignment_floor *floor)
{
    struct handing handing = {0};

    if (c->row.due_at) TRY(handed_find(scene, c->row.consultation_id, &handing));
    if (handing.stands || floor->is_bounded) handed_bound(&handing, floor);
    return DONE;
}

struct outcome dispatch_decide(struct scene *scene, const struct consultation_case *c,
                               bool is_written, struct assignment_floor *floor,
                               struct dispatch_reach *reach, struct assignment_decision *decision)
{
    struct consultation_find_last_talk_of_row last = {0};
    int32_t furthest = LADDER_CITY;
    bool found;

    if (reach) TRY(reach_of(scene, reach, c, floor, &furthest));
    TRY(bound(scene, c, floor));

    TRY(consultation_find_last_talk_of(scene->store, c->row.owner_id, &last, &found));
    return assignment_decide(scene, floor,
                             &(struct assignment_case){
                                 .service = "consultation",
                                 .case_id = c->row.consultation_id,
                                 .profession = c->row.profession,
                                 .field = c->row.field,
                                 .language = c->row.language,
                                 .division = c->row.division,
                                 .wants_id = c->row.wants_id,
                                 .returning_id = found ? last.consultant_id : 0,
                                 .is_written = is_written,
                                 .reach = furthest,
                             },
                             decision);
}

static void give_to(struct consultation_case *c, const struct assignment_floor *floor,
                    const struct assignment_decision *decision)
{
    size_t chosen = decision->choice.chosen;

    if (decision->wish_dropped) c->row.wants_id = 0;
    c->row.consultant_id = chosen == SIZE_MAX ? 0 : floor->candidates[chosen].person_id;
    c->row.team_id = chosen == SIZE_MAX ? 0 : floor->people[chosen].team_id;
}

struct outcome dispatch_offer(struct scene *scene, struct assignment_floor *floor,
                              struct dispatch_reach *reach, id case_id, bool *offered)
{
    struct assignment_decision decision;
    struct consultation_case c;

    TRY(case_of_id(scene, case_id, &c));
    TRY(dispatch_decide(scene, &c, false, floor, reach, &decision));
    *offered = decision.choice.chosen != SIZE_MAX;
    if (!*offered) return DONE;
    if (c.state == CONSULTATION_MESSAGE) {
        TRY(assignment_end(scene, case_id, "withdrawn", S("")));
        TRY(consultation_drop_again(scene->store, case_id));
    }
    TRY(case_step(&c, CONSULTATION_OFFER));
    give_to(&c, floor, &decision);
    c.row.offer_until = scene->now + floor->policy.offer_seconds;
    c.row.offers_count++;
    TRY(assignment_offer(scene, floor, &decision));
    TRY(clock_set(scene, "consultation.offer_over", case_id, c.row.offer_until));
    scene_tell(scene, "consultation.offer", case_id, c.row.consultant_id);
    return case_save(scene, &c);
}

/* ---- the queue: one order, read by the languages that somebody free speaks ---- */

struct lane {
    struct str language;
    const struct consultation_list_queue_row *rows;
    size_t count, at;
    moment rank_at; /* of the last one taken out */
    id case_id;
    bool is_over;
};

static struct outcome look_into(struct scene *scene, struct str profession, struct lane *lane)
{
    if (lane->is_over || lane->at < lane->count) return DONE;
    TRY(consultation_list_queue(scene->arena, scene->store, profession, lane->language,
                                lane->rank_at, lane->case_id, &lane->rows, &lane->count));
    lane->at = 0;
    lane->is_over = lane->count == 0;
    return DONE;
}

/* The foremost of all lanes in which somebody free is left; 0 at the end. */
static struct outcome next_in_queue(struct scene *scene, struct str profession,
                                    struct assignment_floor *floor, struct lane *lanes,
                                    size_t lanes_count, id *case_id)
{
    struct lane *best = NULL;

    *case_id = 0;
    for (size_t i = 0; i < lanes_count; i++) {
        struct lane *lane = &lanes[i];
        const struct consultation_list_queue_row *head, *other;

        if (!assignment_has_free(floor, lane->language)) continue;
        TRY(look_into(scene, profession, lane));
        if (lane->is_over) continue;
        head = &lane->rows[lane->at];
        other = best ? &best->rows[best->at] : NULL;
        if (!other || head->rank_at < other->rank_at ||
            (head->rank_at == other->rank_at && head->consultation_id < other->consultation_id))
            best = lane;
    }
    if (!best) return DONE;
    best->rank_at = best->rows[best->at].rank_at;
    best->case_id = *case_id = best->rows[best->at].consultation_id;
    best->at++;
    return DONE;
}

struct outcome dispatch_drain(struct scene *scene, struct str profession)
{
    struct consultation_case any = {.row = {.profession = profession}};
    struct assignment_floor floor;
    struct dispatch_reach *reach;
    struct lane lanes[ASSIGNMENT_WORDS_MAX];
    const struct consultation_list_waiting_row *rows;
    size_t count;
    int offers = 0, looks = 0;
    id case_id;

    TRY(consultation_list_waiting(scene->arena, scene->store, profession, &rows, &count));
    if (count == 0) return DONE;
    TRY(dispatch_floor(scene, &any, false, &floor));
    TRY(reach_open(scene, &reach));
    for (size_t i = 0; i < floor.languages.count; i++)
        lanes[i] = (struct lane){.language = floor.languages.word[i], .rank_at = INT64_MIN};
    while (true) {
        bool offered = false;

        TRY(next_in_queue(scene, profession, &floor, lanes, floor.languages.count, &case_id));
        if (!case_id) return DONE;
        if (looks == LOOKS_AT_ONCE_MAX) return DONE;
        if (offers == OFFERS_AT_ONCE_MAX || scene->lines_count + 2 >= SCENE_LINES_MAX) break;
        TRY(dispatch_offer(scene, &floor, reach, case_id, &offered));
        offers += offered;
        looks++;
    }
    return clock_set(scene, "consultation.drain", 0, scene->now);
}

struct outcome dispatch_ended(struct scene *scene, struct consultation_case *c)
{
    TRY(clock_drop(scene, "consultation.offer_over", c->row.consultation_id));
    return DONE;
}

struct outcome dispatch_withdraw(struct scene *scene, id person_id)
{
    const struct consultation_list_offered_to_row *rows;
    size_t count;

    TRY(consultation_list_offered_to(scene->arena, scene->store, person_id, &rows, &count));
    for (size_t i = 0; i < count && scene->lines_count + 4 < SCENE_LINES_MAX; i++) {
        struct consultation_case c;

        TRY(case_of_id(scene, rows[i].consultation_id, &c));
        TRY(dispatch_take_back(scene, &c, "withdrawn", S("")));
        scene_tell(scene, "consultation.take_back", c.row.consultation_id, person_id);
    }
    return DONE;
}

/* ---- written questions ---- */

struct outcome dispatch_written(struct scene *scene, struct consultation_case *c)
{
    struct assignment_floor floor;
    struct assignment_decision decision;
    struct handing handing;

    TRY(handed_find(scene, c->row.consultation_id, &handing));
    if (handed_sleeps(&handing, c)) return DONE;
    TRY(dispatch_floor(scene, c, true, &floor));
    TRY(dispatch_decide(scene, c, true, &floor, NULL, &decision));
    give_to(c, &floor, &decision);
    if (!c->row.consultant_id && handing.stands) c->row.team_id = handing.row.holder_team;
    if (!c->row.consultant_id) return DONE;
    scene_tell(scene, "consultation.assign", c->row.consultation_id, c->row.consultant_id);
    return assignment_offer(scene, &floor, &decision);
}

/* The promise: three working days of the official calendar.  If next year's is not published
 * yet, weekdays are counted and the date is marked provisional: a question is never refused
 * because the calendar is late. */
static struct outcome promise(struct consultation_case *c, moment from,
                              const struct calendar_desk *desk)
{
    int days = (int)consultation_policy_default.working_days;
    struct outcome outcome = calendar_due(desk->calendar, from, days, &c->row.due_at);

    c->row.due_provisional = 0;
    if (outcome.refusal == &calendar_year_missing) {
        c->row.due_provisional = 1;
        outcome = calendar_due_by_weekday(from, days, &c->row.due_at);
    }
    return outcome;
}

/* Half and four fifths of the working time between now and the promise. */
static struct outcome set_warnings(struct scene *scene, const struct consultation_case *c,
                                   moment from, const struct calendar_desk *desk)
{
    static const struct {
        const char *act;
        int numerator, denominator;
    } warnings[] = {{"consultation.warn_half", 1, 2}, {"consultation.warn_late", 4, 5}};

    for (size_t i = 0; i < COUNT(warnings); i++) {
        moment at;
        struct outcome outcome = calendar_part_of_way(
            desk, from, c->row.due_at, warnings[i].numerator, warnings[i].denominator, &at);

        if (outcome.refusal)
            at = from + (c->row.due_at - from) * warnings[i].numerator / warnings[i].denominator;
        else
            TRY(outcome);
        TRY(clock_set(scene, warnings[i].act, c->row.consultation_id, at));
    }
    return clock_set(scene, "consultation.warn_over", c->row.consultation_id, c->row.due_at);
}

static struct str due_day(struct scene *scene, const struct consultation_case *c)
{
    struct out *out = out_open(scene->arena, 64);

    out_date(out, case_language(c), c->row.due_at - 1); /* due_at is the first second too late */
    return out_text(out);
}

/* Anybody may type anybody's number: it is told of a few questions a day, and of every answer. */
static struct outcome number_to_tell(struct scene *scene, const struct consultation_case *c,
                                     struct str *phone)
{
    struct consultation_count_asked_from_row asked;
    bool found;

    *phone = S("");
    if (!c->row.phone_sealed.len) return DONE;
    TRY(consultation_count_asked_from(scene->store, c->row.phone_index,
                                      scene->now - SECONDS_PER_DAY, &asked, &found));
    if (asked.asked_count > CONSULTATION_TOLD_MAX) return DONE;
    return secret_unseal(scene->arena, "consultation.phone", c->row.phone_sealed, phone)
               ? DONE
               : FAULT("a phone number cannot be unsealed");
}

struct outcome dispatch_to_message(struct scene *scene, struct consultation_case *c,
                                   enum notice_template told)
{
    struct calendar_desk desk;
    struct str phone;

    TRY(people_desk(scene, S("consultation"), &desk));
    if (!c->row.due_at) { /* whoever was promised a day and talked in between keeps the day */
        TRY(promise(c, scene->now, &desk));
        c->row.warned = 0;
        c->row.waiting_at = scene->now;
        TRY(set_warnings(scene, c, scene->now, &desk));
    }
    c->row.offer_until = 0;
    c->row.consultant_id = c->row.team_id = 0;
    TRY(dispatch_ended(scene, c));
    TRY(dispatch_written(scene, c));
    TRY(number_to_tell(scene, c, &phone));
    TRY(notice_add(scene, &(struct notice){.which = told,
                                           .language = case_language(c),
                                           .to = phone,
                                           .words = {c->row.reference, due_day(scene, c)},
                                           .case_id = c->row.consultation_id}));
    return case_save(scene, c);
}

struct outcome dispatch_recount(struct scene *scene, struct consultation_case *c)
{
    struct calendar_desk desk;
    moment due_before = c->row.due_at;

    TRY(people_desk(scene, S("consultation"), &desk));
    TRY(promise(c, c->row.waiting_at, &desk));
    if (c->row.due_provisional) {
        c->row.due_at = due_before;
        return DONE;
    }
    TRY(set_warnings(scene, c, c->row.waiting_at, &desk));
    return case_save(scene, c);
}

/* It was promised in writing before it was offered live: the promise stands. */
static struct outcome back_to_promise(struct scene *scene, struct consultation_case *c)
{
    TRY(dispatch_written(scene, c));
    TRY(case_save(scene, c));
    return case_tell(
        scene, c,
        T("Nobody is free for a live talk after all. You get the answer in writing, by "
          "%1 at the latest, as promised."),
        due_day(scene, c));
}

struct outcome dispatch_take_back(struct scene *scene, struct consultation_case *c,
                                  const char *result, struct str reason)
{
    bool is_promised = c->row.due_at != 0;

    TRY(case_step(c, is_promised ? CONSULTATION_LEAVE_MESSAGE : CONSULTATION_TAKE_BACK));
    TRY(assignment_end(scene, c->row.consultation_id, result, reason));
    c->row.consultant_id = 0;
    c->row.team_id = 0;
    c->row.offer_until = 0;
    TRY(dispatch_ended(scene, c));
    if (is_promised) return back_to_promise(scene, c);
    TRY(overflow_wake(scene, c));
    return case_save(scene, c);
}
