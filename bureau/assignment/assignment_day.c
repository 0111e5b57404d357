/* assignment_day.c -- a past day as the store has it: who asked, who was on line, what they did.
 *
 *  (1) Reads only.
 *  (2) Fields, languages, district and licence of consultants are those of today: what they were
 *      then is not kept.
 *  (3) The whole day or nothing: a list that reaches its bound is refused, not cut short. */
#include <stdlib.h>

#include "bureau/assignment/assignment_acts.h"
#include "bureau/people/people_acts.h"

/* A day of a city 100 times the documents', with 238,100 questions, its bursts, and some offers for
 * each.  Lists are read page by page: no query gives more than 100,000 rows. */
enum {
    PEOPLE_MAX = 65536, /* as assignment.sql has it */
    ARRIVALS_MAX = 300000,
    ROWS_MAX = 1000000,         /* of every other list */
    ONE_BYTES_MAX = 1024 * 1024 /* of what is looked up about one question */
};

static struct outcome is_whole(size_t count, size_t most)
{
    return count <= most ? DONE : FAULT("the day has more rows than a replay can read");
}

/* Words of the day as numbers and bits. */
struct words {
    struct assignment_words professions, fields, languages;
};

static int32_t profession_of(struct words *words, struct str profession)
{
    uint64_t bit = assignment_bit(&words->professions, profession, true);

    return bit ? (int32_t)__builtin_ctzll(bit) + 1 : 0;
}

struct place {
    id person_id;
    size_t candidate;
};

static int by_person(const void *a, const void *b)
{
    id x = ((const struct place *)a)->person_id, y = ((const struct place *)b)->person_id;

    return (x > y) - (x < y);
}

/* Candidates stand by profession: where each is, by number. */
static const struct place *places_of(struct arena *arena,
                                     const struct assignment_candidate *candidates, size_t count)
{
    struct place *places = NEW_MANY(arena, struct place, count + 1);

    for (size_t i = 0; i < count; i++) places[i] = (struct place){candidates[i].person_id, i};
    qsort(places, count, sizeof *places, by_person);
    return places;
}

static const struct place *find_place(const struct place *places, size_t count, id person_id)
{
    return bsearch(&(struct place){.person_id = person_id}, places, count, sizeof *places,
                   by_person);
}

static struct assignment_candidate *candidate_of(const struct place *places,
                                                 struct assignment_candidate *candidates,
                                                 size_t count, id person_id)
{
    const struct place *place = find_place(places, count, person_id);

    return place ? &candidates[place->candidate] : NULL;
}

/* Fields and languages. */
static struct outcome read_words(struct scene *scene, struct words *words,
                                 const struct place *places,
                                 struct assignment_candidate *candidates, size_t count)
{
    struct assignment_list_words_of_all_row last = {.kind = S(""), .word = S("")};
    const struct assignment_list_words_of_all_row *rows;
    size_t some, all = 0;

    do {
        TRY(assignment_list_words_of_all(scene->arena, scene->store, last.person_id,
                                         last.kind, last.word, &rows, &some));
        TRY(is_whole(all += some, ROWS_MAX));
        for (size_t i = 0; i < some; i++) {
            struct assignment_candidate *c =
                candidate_of(places, candidates, count, rows[i].person_id);

            last = rows[i];
            if (!c) continue;
            if (str_same(last.kind, S("field")))
                c->fields |= assignment_bit(&words->fields, last.word, true);
            else
                c->languages |= assignment_bit(&words->languages, last.word, true);
        }
    } while (some);
    return DONE;
}

static struct outcome read_people(struct scene *scene, int64_t window_days, struct words *words,
                                  struct assignment_day *day)
{
    const struct assignment_list_day_people_row *rows;
    struct assignment_candidate *candidates;
    const struct place *places;
    int64_t *talks, *seconds;
    size_t count;

    TRY(assignment_list_day_people(scene->arena, scene->store, day->from_at,
                                   day->from_at - window_days * SECONDS_PER_DAY, day->until_at,
                                   &rows, &count));
    TRY(is_whole(count + 1, PEOPLE_MAX));
    candidates = NEW_MANY(scene->arena, struct assignment_candidate, count + 1);
    talks = NEW_MANY(scene->arena, int64_t, count + 1);
    seconds = NEW_MANY(scene->arena, int64_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        candidates[i] = (struct assignment_candidate){
            .person_id = rows[i].person_id,
            .profession = profession_of(words, rows[i].profession),
            .district = assignment_district(rows[i].division),
            .verified =
                people_is_qualified(rows[i].verified_at, rows[i].licence_until, day->from_at),
            .last_offer_at = rows[i].offered_at};
        talks[i] = rows[i].talks_count;
        seconds[i] = rows[i].online_seconds;
    }
    day->candidates = candidates;
    day->candidates_count = count;
    day->talks = talks;
    day->seconds = seconds;
    places = places_of(scene->arena, candidates, count);
    return read_words(scene, words, places, candidates, count);
}

static struct outcome read_stays(struct scene *scene, struct assignment_day *day, size_t all)
{
    const struct assignment_list_spells_row *rows;
    const struct place *places = places_of(scene->arena, day->candidates, day->candidates_count);
    struct assignment_stay *stays = NEW_MANY(scene->arena, struct assignment_stay, all + 1);
    moment from_at = INT64_MIN;
    id person_id = 0;
    size_t count;

    do {
        TRY(assignment_list_spells(scene->arena, scene->store, day->until_at, day->from_at, from_at,
                                   person_id, &rows, &count));
        TRY(is_whole(day->stays_count + count, all));
        for (size_t i = 0; i < count; i++) {
            const struct place *place =
                find_place(places, day->candidates_count, rows[i].person_id);
            bool is_open = rows[i].until_at == 0 || rows[i].until_at > day->until_at;

            from_at = rows[i].from_at;
            person_id = rows[i].person_id;
            if (!place) continue;
            stays[day->stays_count++] =
                (struct assignment_stay){.candidate = place->candidate,
                                         .from_at = from_at < day->from_at ? day->from_at : from_at,
                                         .until_at = is_open ? day->until_at : rows[i].until_at,
                                         .capacity = (int32_t)rows[i].capacity};
        }
    } while (count);
    day->stays = stays;
    return DONE;
}

/* `some` is the scene with an arena for what is read and forgotten: lists with room for a thousand
 * rows, of which there are mostly none, once for each question. */
static struct outcome read_conflicts(struct scene *some, struct arena *arena, id case_id,
                                     struct assignment_request *request)
{
    const struct assignment_list_barred_row *barred;
    const struct assignment_list_of_other_side_row *served;
    size_t barred_count, served_count;
    id *made;

    TRY(assignment_list_barred(some->arena, some->store, case_id, &barred, &barred_count));
    TRY(assignment_list_of_other_side(some->arena, some->store, case_id, &served, &served_count));
    if (barred_count + served_count == 0) return DONE;
    made = NEW_MANY(arena, id, barred_count + served_count);
    for (size_t i = 0; i < barred_count; i++)
        made[request->conflicts_count++] = barred[i].person_id;
    for (size_t i = 0; i < served_count; i++)
        made[request->conflicts_count++] = served[i].person_id;
    request->conflicts = made;
    return DONE;
}

/* Whom the resident asked for, and who had helped them before. */
static struct outcome read_persons(struct scene *scene, const struct assignment_arrival *arrival,
                                   struct assignment_request *request)
{
    struct assignment_find_wish_row wish = {0};
    struct assignment_find_last_served_row last = {0};
    bool wished, served;

    TRY(assignment_find_wish(scene->store, arrival->case_id, &wish, &wished));
    TRY(assignment_find_last_served(scene->store, arrival->case_id, arrival->at, &last, &served));
    request->wants_id = wished ? wish.person_id : 0;
    request->returning_id = served ? last.person_id : 0;
    return DONE;
}

/* How long somebody waited who then left; 0 who did not leave. */
static int64_t patience_of(const struct assignment_list_arrivals_row *row)
{
    moment left = row->is_abandoned ? row->ended_at : row->to_message ? row->written_at : 0;

    if (!left || row->talks_count > 0) return 0;
    return left > row->opened_at ? left - row->opened_at : 1;
}

static struct outcome read_arrival(struct scene *some, struct arena *arena, struct words *words,
                                   const struct assignment_list_arrivals_row *row,
                                   struct assignment_arrival *a)
{
    bool had_talk = row->talks_count > 0;

    *a = (struct assignment_arrival){
        .case_id = row->case_id,
        .reference = row->reference,
        .profession = row->profession,
        .field = row->field,
        .at = row->opened_at,
        .priority = row->priority,
        .request = {.field = assignment_bit(&words->fields, row->field, false),
                    .language = assignment_bit(&words->languages, row->language, false),
                    .profession = profession_of(words, row->profession),
                    .district = assignment_district(row->division),
                    .reach = INT32_MAX},
        .talk_seconds = had_talk ? row->handle_seconds : 0,
        .patience = patience_of(row),
        .waited = had_talk ? row->talk_wait_seconds : -1};
    TRY(read_conflicts(some, arena, a->case_id, &a->request));
    return read_persons(some, a, &a->request);
}

static struct outcome read_arrivals(struct scene *scene, struct scene *some, struct words *words,
                                    size_t all, struct assignment_day *day)
{
    struct assignment_arrival *arrivals =
        NEW_MANY(scene->arena, struct assignment_arrival, all + 1);
    const struct assignment_list_arrivals_row *rows;
    moment after = INT64_MIN;
    id case_id = 0;
    size_t count;

    day->arrivals = arrivals;
    do {
        TRY(assignment_list_arrivals(scene->arena, scene->store, day->from_at, day->until_at, after,
                                     case_id, &rows, &count));
        TRY(is_whole(day->arrivals_count + count, all));
        for (size_t i = 0; i < count; i++) {
            TRY(read_arrival(some, scene->arena, words, &rows[i],
                             &arrivals[day->arrivals_count++]));
            arena_reset(some->arena);
            after = rows[i].opened_at;
            case_id = rows[i].case_id;
        }
    } while (count);
    return DONE;
}

static struct outcome read_reactions(struct scene *scene, struct assignment_day *day, size_t all)
{
    struct assignment_reaction *reactions =
        NEW_MANY(scene->arena, struct assignment_reaction, all + 1);
    struct assignment_list_reactions_row last = {0};
    const struct assignment_list_reactions_row *rows;
    size_t count;

    do {
        TRY(assignment_list_reactions(scene->arena, scene->store, day->from_at, day->until_at,
                                      last.case_id, last.person_id, last.assignment_id, &rows,
                                      &count));
        TRY(is_whole(day->reactions_count + count, all));
        for (size_t i = 0; i < count; i++) {
            bool refused =
                str_same(rows[i].result, S("declined")) || str_same(rows[i].result, S("expired"));
            bool again = rows[i].case_id == last.case_id && rows[i].person_id == last.person_id;

            last = rows[i];
            /* Of an offer that the resident or a leader took back nothing is known. */
            if (again || (!last.taken_at && !refused)) continue;
            day->reactions_count++;
            reactions[day->reactions_count - 1] = (struct assignment_reaction){
                .case_id = last.case_id,
                .person_id = last.person_id,
                .seconds = (last.taken_at ? last.taken_at : last.ended_at) - last.offered_at,
                .is_accepted = last.taken_at > 0};
        }
    } while (count);
    day->reactions = reactions;
    return DONE;
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static int64_t middle_of(int64_t *values, size_t count, int64_t otherwise)
{
    if (!count) return otherwise;
    qsort(values, count, sizeof *values, by_size);
    return values[count / 2];
}

static void measure_usual(struct scene *scene, struct assignment_day *day)
{
    enum { ACCEPT_SECONDS = 8, TALK_SECONDS = 600 }; /* of a day without a single one */
    int64_t *talks = NEW_MANY(scene->arena, int64_t, day->arrivals_count + 1);
    int64_t *accepts = NEW_MANY(scene->arena, int64_t, day->reactions_count + 1);
    size_t talks_count = 0, accepts_count = 0;

    for (size_t i = 0; i < day->arrivals_count; i++) {
        if (day->arrivals[i].talk_seconds) talks[talks_count++] = day->arrivals[i].talk_seconds;
    }
    for (size_t i = 0; i < day->reactions_count; i++) {
        if (day->reactions[i].is_accepted) accepts[accepts_count++] = day->reactions[i].seconds;
    }
    day->usual_talk_seconds = middle_of(talks, talks_count, TALK_SECONDS);
    day->usual_accept_seconds = middle_of(accepts, accepts_count, ACCEPT_SECONDS);
}

struct outcome assignment_day_read(struct scene *scene, moment from_at, moment until_at,
                                   int64_t window_days, struct assignment_day *day)
{
    struct words *words = NEW(scene->arena, struct words);
    struct assignment_count_day_row all;
    struct scene some = *scene;
    struct outcome outcome;
    bool found;

    *day = (struct assignment_day){.from_at = from_at, .until_at = until_at};
    TRY(assignment_count_day(scene->store, from_at, until_at, &all, &found));
    TRY(is_whole((size_t)all.arrivals_count, ARRIVALS_MAX));
    TRY(is_whole((size_t)all.spells_count, ROWS_MAX));
    TRY(is_whole((size_t)all.offers_count, ROWS_MAX));
    TRY(read_people(scene, window_days, words, day));
    TRY(read_stays(scene, day, (size_t)all.spells_count));
    some.arena = arena_open(ONE_BYTES_MAX);
    outcome = read_arrivals(scene, &some, words, (size_t)all.arrivals_count, day);
    arena_close(&some.arena);
    TRY(outcome);
    TRY(read_reactions(scene, day, (size_t)all.offers_count));
    measure_usual(scene, day);
    return DONE;
}
