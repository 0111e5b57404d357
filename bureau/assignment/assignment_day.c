/* assignment_day.c -- a past day as the store has it: who asked, who was on line, what they did.
 *
 *  (1) Reads only.
 *  (2) Fields, languages, district and licence of consultants are those of today: what they were
 *      then is not kept.
 *  (3) The whole day or nothing: a list that reaches its bound is refused, not cut short. */
#include <stdlib.h>

#include "bureau/assignment/assignment_acts.h"
#include "bureau/people/people_acts.h"

/* The bounds of the queries in assignment.sql. */
enum { PEOPLE_MAX = 65536, ROWS_MAX = 100000 /* of every other list */ };

static struct outcome is_whole(size_t count, size_t most)
{
    return count < most ? DONE : FAULT("the day has more rows than a replay can read");
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

static struct outcome read_words(struct scene *scene, struct words *words,
                                 struct assignment_candidate *candidates, size_t count)
{
    const struct assignment_list_fields_of_all_row *fields;
    const struct assignment_list_languages_of_all_row *languages;
    size_t fields_count, languages_count;

    TRY(assignment_list_fields_of_all(scene->arena, scene->store, &fields, &fields_count));
    TRY(assignment_list_languages_of_all(scene->arena, scene->store, &languages, &languages_count));
    TRY(is_whole(fields_count, ROWS_MAX));
    TRY(is_whole(languages_count, ROWS_MAX));
    for (size_t i = 0; i < count; i++) {
        struct assignment_candidate *c = &candidates[i];
        size_t f = 0, l = 0, high = fields_count;

        while (f < high) { /* the first row of this person */
            size_t middle = f + (high - f) / 2;

            if (fields[middle].person_id < c->person_id)
                f = middle + 1;
            else
                high = middle;
        }
        for (; f < fields_count && fields[f].person_id == c->person_id; f++)
            c->fields |= assignment_bit(&words->fields, fields[f].field, true);
        for (high = languages_count; l < high;) {
            size_t middle = l + (high - l) / 2;

            if (languages[middle].person_id < c->person_id)
                l = middle + 1;
            else
                high = middle;
        }
        for (; l < languages_count && languages[l].person_id == c->person_id; l++)
            c->languages |= assignment_bit(&words->languages, languages[l].language, true);
    }
    return DONE;
}

static struct outcome read_people(struct scene *scene, int64_t window_days, struct words *words,
                                  struct assignment_day *day)
{
    const struct assignment_list_day_people_row *rows;
    struct assignment_candidate *candidates;
    int64_t *talks, *seconds;
    size_t count;

    TRY(assignment_list_day_people(scene->arena, scene->store, day->from_at,
                                   day->from_at - window_days * SECONDS_PER_DAY, day->until_at,
                                   &rows, &count));
    TRY(is_whole(count, PEOPLE_MAX));
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
    return read_words(scene, words, candidates, count);
}

static size_t place_of(const struct assignment_day *day, id person_id)
{
    size_t i = 0;

    while (i < day->candidates_count && day->candidates[i].person_id != person_id) i++;
    return i;
}

static struct outcome read_stays(struct scene *scene, struct assignment_day *day)
{
    const struct assignment_list_spells_row *rows;
    struct assignment_stay *stays;
    size_t count;

    TRY(assignment_list_spells(scene->arena, scene->store, day->until_at, day->from_at, &rows,
                               &count));
    TRY(is_whole(count, ROWS_MAX));
    stays = NEW_MANY(scene->arena, struct assignment_stay, count + 1);
    for (size_t i = 0; i < count; i++) {
        size_t candidate = place_of(day, rows[i].person_id);
        bool is_open = rows[i].until_at == 0 || rows[i].until_at > day->until_at;

        if (candidate == day->candidates_count) continue;
        stays[day->stays_count++] = (struct assignment_stay){
            .candidate = candidate,
            .from_at = rows[i].from_at < day->from_at ? day->from_at : rows[i].from_at,
            .until_at = is_open ? day->until_at : rows[i].until_at,
            .capacity = (int32_t)rows[i].capacity};
    }
    day->stays = stays;
    return DONE;
}

static struct outcome read_conflicts(struct scene *scene, id case_id,
                                     struct assignment_request *request)
{
    const struct assignment_list_barred_row *barred;
    const struct assignment_list_of_other_side_row *served;
    size_t barred_count, served_count;
    id *made;

    TRY(assignment_list_barred(scene->arena, scene->store, case_id, &barred, &barred_count));
    TRY(assignment_list_of_other_side(scene->arena, scene->store, case_id, &served, &served_count));
    if (barred_count + served_count == 0) return DONE;
    made = NEW_MANY(scene->arena, id, barred_count + served_count);
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

static struct outcome read_arrivals(struct scene *scene, struct words *words,
                                    struct assignment_day *day)
{
    const struct assignment_list_arrivals_row *rows;
    struct assignment_arrival *arrivals;

    TRY(assignment_list_arrivals(scene->arena, scene->store, day->from_at, day->until_at, &rows,
                                 &day->arrivals_count));
    TRY(is_whole(day->arrivals_count, ROWS_MAX));
    arrivals = NEW_MANY(scene->arena, struct assignment_arrival, day->arrivals_count + 1);
    for (size_t i = 0; i < day->arrivals_count; i++) {
        struct assignment_arrival *a = &arrivals[i];
        bool had_talk = rows[i].talks_count > 0;

        *a = (struct assignment_arrival){
            .case_id = rows[i].case_id,
            .reference = rows[i].reference,
            .profession = rows[i].profession,
            .field = rows[i].field,
            .at = rows[i].opened_at,
            .priority = rows[i].priority,
            .request = {.field = assignment_bit(&words->fields, rows[i].field, false),
                        .language = assignment_bit(&words->languages, rows[i].language, false),
                        .profession = profession_of(words, rows[i].profession),
                        .district = assignment_district(rows[i].division),
                        .reach = INT32_MAX},
            .talk_seconds = had_talk ? rows[i].handle_seconds : 0,
            .patience = patience_of(&rows[i]),
            .waited = had_talk ? rows[i].talk_wait_seconds : -1};
        TRY(read_conflicts(scene, a->case_id, &a->request));
        TRY(read_persons(scene, a, &a->request));
    }
    day->arrivals = arrivals;
    return DONE;
}

static struct outcome read_reactions(struct scene *scene, struct assignment_day *day)
{
    const struct assignment_list_reactions_row *rows;
    struct assignment_reaction *reactions;
    size_t count;

    TRY(assignment_list_reactions(scene->arena, scene->store, day->from_at, day->until_at, &rows,
                                  &count));
    TRY(is_whole(count, ROWS_MAX));
    reactions = NEW_MANY(scene->arena, struct assignment_reaction, count + 1);
    for (size_t i = 0; i < count; i++) {
        bool refused =
            str_same(rows[i].result, S("declined")) || str_same(rows[i].result, S("expired"));
        bool again = i && rows[i].case_id == rows[i - 1].case_id &&
                     rows[i].person_id == rows[i - 1].person_id;

        /* Of an offer that the resident or a leader took back nothing is known. */
        if (again || (!rows[i].taken_at && !refused)) continue;
        reactions[day->reactions_count++] = (struct assignment_reaction){
            .case_id = rows[i].case_id,
            .person_id = rows[i].person_id,
            .seconds =
                (rows[i].taken_at ? rows[i].taken_at : rows[i].ended_at) - rows[i].offered_at,
            .is_accepted = rows[i].taken_at > 0};
    }
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

    *day = (struct assignment_day){.from_at = from_at, .until_at = until_at};
    TRY(read_people(scene, window_days, words, day));
    TRY(read_stays(scene, day));
    TRY(read_arrivals(scene, words, day));
    TRY(read_reactions(scene, day));
    measure_usual(scene, day);
    return DONE;
}
