/* consultation_dispatch.c -- who gets which case.  The choice itself is consultation_choose();
 * here the candidates are gathered and what was chosen is written down with its reasons.
 *
 *  (1) Only the server assigns, inside the act that made it possible: a freed place is filled in
 *      the same transaction, oldest first.
 *  (2) Every offer leaves a row that says why this person, who was next, and how many there were.
 */
#include "bureau/people/people_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/secret.h"
#include "service/consultation/consultation_case.h"

enum {
    OFFERS_AT_ONCE_MAX = 6
}; /* in one act: SCENE_LINES_MAX bounds it; the clock does the rest */

struct loads {
    const struct consultation_list_loads_row *rows;
    size_t count;
};

static int64_t load_of(const struct loads *loads, id person_id)
{
    for (size_t i = 0; i < loads->count; i++) {
        if (loads->rows[i].consultant_id == person_id) return loads->rows[i].talks;
    }
    return 0;
}

struct missed {
    const struct consultation_list_missed_row *rows;
    size_t count;
};

static bool had_it(const struct missed *missed, id person_id)
{
    for (size_t i = 0; i < missed->count; i++) {
        if (missed->rows[i].consultant_id == person_id) return true;
    }
    return false;
}

static struct outcome find_request(struct scene *scene, const struct consultation_case *c,
                                   struct consultation_request *request)
{
    struct consultation_find_last_talk_of_row last = {0};
    bool found;

    TRY(consultation_find_last_talk_of(scene->store, c->row.owner_id, &last, &found));
    *request = (struct consultation_request){
        .profession = c->row.profession,
        .field = c->row.field,
        .language = c->row.language,
        .division = c->row.division,
        .wants_id = c->row.wants_id,
        .returning_id = found ? last.consultant_id : 0,
        .now = scene->now,
    };
    return DONE;
}

static struct outcome offer(struct scene *scene, struct consultation_case *c,
                            const struct people_list_on_line_row *to,
                            const struct people_list_on_line_row *next,
                            const struct consultation_choice *choice, size_t count)
{
    const struct consultation_policy *policy = &consultation_policy_default;
    struct str why = arena_print(
        scene->arena, "policy=%.*s points=%lld next=%lld next_points=%lld candidates=%zu",
        STR_ARGS(policy->version), (long long)choice->points,
        next ? (long long)next->person_id : 0LL, (long long)choice->next_points, count);

    TRY(case_step(c, CONSULTATION_OFFER));
    c->row.consultant_id = to->person_id;
    c->row.team_id = to->team_id;
    c->row.offer_until = scene->now + policy->offer_seconds;
    c->row.offers_count++;
    TRY(consultation_add_assignment(scene->store, scene->seq * SCENE_IDS_MAX + scene->ids_count++,
                                    c->row.consultation_id, to->person_id, scene->now, why,
                                    (int64_t)count));
    TRY(people_was_offered(scene, to->person_id));
    TRY(clock_set(scene, "consultation.offer_over", c->row.consultation_id, c->row.offer_until));
    scene_tell(scene, "consultation.offer", c->row.consultation_id, to->person_id);
    return case_save(scene, c);
}

static bool is_among(const struct people_list_on_line_row *rows, size_t count, id person_id)
{
    for (size_t i = 0; i < count; i++) {
        if (rows[i].person_id == person_id) return true;
    }
    return false;
}

static struct outcome offer_one(struct scene *scene, id case_id, bool *offered)
{
    const struct consultation_policy *policy = &consultation_policy_default;
    struct consultation_case c;
    struct consultation_request request;
    const struct people_list_on_line_row *rows;
    struct consultation_candidate *candidates;
    struct consultation_choice choice;
    struct loads loads;
    struct missed missed;
    size_t count;

    *offered = false;
    TRY(case_of_id(scene, case_id, &c));
    TRY(find_request(scene, &c, &request));
    TRY(people_on_line(scene, c.row.field, c.row.language, c.row.profession,
                       scene->now - policy->absent_seconds, &rows, &count));
    if (count == 0) return DONE;
    TRY(consultation_list_loads(scene->arena, scene->store, &loads.rows, &loads.count));
    TRY(consultation_list_missed(scene->arena, scene->store, case_id, &missed.rows, &missed.count));
    candidates = NEW_MANY(scene->arena, struct consultation_candidate, count);
    for (size_t i = 0; i < count; i++) {
        candidates[i] = (struct consultation_candidate){
            .person_id = rows[i].person_id,
            .verified = people_is_qualified(rows[i].verified_at, rows[i].licence_until, scene->now),
            .present = true,
            .knows_field = rows[i].field_count > 0,
            .knows_language = rows[i].language_count > 0,
            .same_division = str_same(rows[i].division, c.row.division),
            .had_it_already = had_it(&missed, rows[i].person_id),
            .talks = load_of(&loads, rows[i].person_id),
            .capacity = rows[i].capacity,
            .last_offer_at = rows[i].last_offer_at,
        };
    }
    choice = consultation_choose(&request, candidates, count);
    if (choice.chosen == SIZE_MAX && request.wants_id && !is_among(rows, count, request.wants_id)) {
        /* Whoever was asked for has gone: better somebody than a wait for nobody. */
        request.wants_id = c.row.wants_id = 0;
        choice = consultation_choose(&request, candidates, count);
    }
    if (choice.chosen == SIZE_MAX) return DONE;
    *offered = true;
    return offer(scene, &c, &rows[choice.chosen],
                 choice.next == SIZE_MAX ? NULL : &rows[choice.next], &choice, count);
}

struct outcome dispatch_drain(struct scene *scene, struct str profession)
{
    const struct consultation_list_waiting_row *rows;
    size_t count;
    int offers = 0;

    TRY(consultation_list_waiting(scene->arena, scene->store, profession, &rows, &count));
    for (size_t i = 0;
         i < count && offers < OFFERS_AT_ONCE_MAX && scene->lines_count + 2 < SCENE_LINES_MAX;
         i++) {
        bool offered;

        TRY(offer_one(scene, rows[i].consultation_id, &offered));
        offers += offered;
    }
    return DONE;
}

struct outcome dispatch_ended(struct scene *scene, struct consultation_case *c)
{
    TRY(clock_drop(scene, "consultation.offer_over", c->row.consultation_id));
    return DONE;
}

struct outcome dispatch_take_back(struct scene *scene, struct consultation_case *c,
                                  const char *result, struct str reason)
{
    TRY(case_step(c, CONSULTATION_TAKE_BACK));
    TRY(consultation_end_assignment(scene->store, scene->now, str_of(result), reason,
                                    c->row.consultation_id));
    c->row.consultant_id = 0;
    c->row.team_id = 0;
    c->row.offer_until = 0;
    TRY(dispatch_ended(scene, c));
    return case_save(scene, c);
}

/* ---- written questions ---- */

struct outcome dispatch_written(struct scene *scene, struct consultation_case *c)
{
    const struct people_list_for_written_row *rows;
    struct consultation_request request;
    struct consultation_candidate *candidates;
    struct consultation_choice choice;
    struct loads loads;
    struct missed missed;
    size_t count;
    const struct consultation_list_written_loads_row *written;

    TRY(find_request(scene, c, &request));
    TRY(people_for_written(scene, c->row.field, c->row.language, c->row.profession, &rows, &count));
    TRY(consultation_list_written_loads(scene->arena, scene->store, &written, &loads.count));
    loads.rows = (const struct consultation_list_loads_row *)written;
    TRY(consultation_list_missed(scene->arena, scene->store, c->row.consultation_id, &missed.rows,
                                 &missed.count));
    candidates = NEW_MANY(scene->arena, struct consultation_candidate, count + 1);
    for (size_t i = 0; i < count; i++) {
        candidates[i] = (struct consultation_candidate){
            .person_id = rows[i].person_id,
            .verified = people_is_qualified(rows[i].verified_at, rows[i].licence_until, scene->now),
            .present = true, /* a written question waits for whoever answers it */
            .knows_field = true,
            .knows_language = rows[i].language_count > 0,
            .same_division = str_same(rows[i].division, c->row.division),
            .had_it_already = had_it(&missed, rows[i].person_id),
            .talks = load_of(&loads, rows[i].person_id),
            .capacity = rows[i].written_capacity,
            .last_offer_at = rows[i].last_offer_at,
        };
    }
    choice = consultation_choose(&request, candidates, count);
    if (choice.chosen == SIZE_MAX && request.wants_id) {
        /* Whoever was asked for cannot: anybody who fits is better than nobody. */
        request.wants_id = c->row.wants_id = 0;
        choice = consultation_choose(&request, candidates, count);
    }
    c->row.consultant_id = choice.chosen == SIZE_MAX ? 0 : rows[choice.chosen].person_id;
    c->row.team_id = choice.chosen == SIZE_MAX ? 0 : rows[choice.chosen].team_id;
    if (!c->row.consultant_id) return DONE;
    TRY(people_was_offered(scene, c->row.consultant_id));
    scene_tell(scene, "consultation.assign", c->row.consultation_id, c->row.consultant_id);
    return consultation_add_assignment(
        scene->store, scene->seq * SCENE_IDS_MAX + scene->ids_count++, c->row.consultation_id,
        c->row.consultant_id, scene->now,
        arena_print(scene->arena, "policy=%.*s written points=%lld",
                    STR_ARGS(consultation_policy_default.version), (long long)choice.points),
        (int64_t)count);
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

    out_day(out, case_language(c), c->row.due_at - 1); /* due_at is the first second too late */
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
    TRY(promise(c, scene->now, &desk));
    c->row.warned = 0;
    c->row.waiting_at = scene->now;
    c->row.offer_until = 0;
    c->row.consultant_id = c->row.team_id = 0;
    TRY(dispatch_ended(scene, c));
    TRY(dispatch_written(scene, c));
    TRY(set_warnings(scene, c, scene->now, &desk));
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
