/* assignment_floor.c -- everybody who could have a case, read from the store.
 *
 *  (1) Nobody is left out of a choice: people are read by number, so many at a time, until there
 *      are no more.  Beyond ASSIGNMENT_FLOOR_MAX nobody is weighed at all and the fault says so;
 *      a choice among some of them would look like a choice among all.
 *  (2) Candidates, people and loads stand by rising number. */
#include "bureau/assignment/assignment_acts.h"
#include "bureau/people/people_acts.h"

enum {
    PAGES_MAX = ASSIGNMENT_FLOOR_MAX / ASSIGNMENT_FLOOR_PAGE + 1,
    FIELDS_MAX = 98304, /* as assignment.list_floor_fields: 48 of each of a page */
    LANGUAGES_MAX = 40960
};

/* What was read of one kind of row, page by page. */
struct pages {
    const void *rows[PAGES_MAX];
    size_t counts[PAGES_MAX], count, total;
    id last_id;
};

/* Is there another page?  The last one is the first that is not full. */
static bool put_page(struct pages *pages, const void *rows, size_t count, id last_id)
{
    pages->rows[pages->count] = rows;
    pages->counts[pages->count++] = count;
    pages->total += count;
    pages->last_id = last_id;
    return count == ASSIGNMENT_FLOOR_PAGE && pages->count < PAGES_MAX;
}

static struct outcome all_were_read(const struct pages *pages)
{
    return pages->total <= ASSIGNMENT_FLOOR_MAX
               ? DONE
               : FAULT("more people of one profession than ASSIGNMENT_FLOOR_MAX could have a case");
}

/* So many fields or languages that the list may have been cut. */
static struct outcome is_whole(size_t count, size_t most)
{
    return count < most ? DONE : FAULT("people on line know more than one list can hold");
}

static void put_loads(struct assignment_floor *floor, const struct assignment_load *loads,
                      size_t loads_count)
{
    size_t k = 0;

    for (size_t i = 0; i < floor->count; i++) {
        struct assignment_candidate *c = &floor->candidates[i];

        while (k < loads_count && loads[k].person_id < c->person_id) k++;
        if (k < loads_count && loads[k].person_id == c->person_id)
            c->load = (int32_t)loads[k].count;
    }
}

static void make_room(struct scene *scene, struct assignment_floor *floor, size_t count)
{
    floor->count = 0;
    floor->is_bounded = false;
    floor->candidates = NEW_MANY(scene->arena, struct assignment_candidate, count + 1);
    floor->people = NEW_MANY(scene->arena, struct assignment_person, count + 1);
    floor->fields = floor->languages = (struct assignment_words){.count = 0};
}

/* ---- those on line ---- */

/* Fields and languages of those from one place of the floor to its end. */
static struct outcome put_words(struct scene *scene, struct str profession, moment seen_at,
                                struct assignment_floor *floor, size_t from)
{
    const struct assignment_list_floor_fields_row *fields;
    const struct assignment_list_floor_languages_row *languages;
    id first = floor->candidates[from].person_id;
    id last = floor->candidates[floor->count - 1].person_id;
    size_t fields_count, languages_count, f = 0, l = 0;

    TRY(assignment_list_floor_fields(scene->arena, scene->store, seen_at, profession, first, last,
                                     &fields, &fields_count));
    TRY(assignment_list_floor_languages(scene->arena, scene->store, seen_at, profession, first,
                                        last, &languages, &languages_count));
    TRY(is_whole(fields_count, FIELDS_MAX));
    TRY(is_whole(languages_count, LANGUAGES_MAX));
    for (size_t i = from; i < floor->count; i++) {
        struct assignment_candidate *c = &floor->candidates[i];

        for (; f < fields_count && fields[f].person_id <= c->person_id; f++) {
            if (fields[f].person_id == c->person_id)
                c->fields |= assignment_bit(&floor->fields, fields[f].field, true);
        }
        for (; l < languages_count && languages[l].person_id <= c->person_id; l++) {
            if (languages[l].person_id == c->person_id)
                c->languages |= assignment_bit(&floor->languages, languages[l].language, true);
        }
    }
    return DONE;
}

static struct outcome put_live(struct scene *scene, struct str profession, moment seen_at,
                               const struct pages *pages, struct assignment_floor *floor)
{
    int64_t *talks = NEW_MANY(scene->arena, int64_t, pages->total + 1);
    int64_t *seconds = NEW_MANY(scene->arena, int64_t, pages->total + 1);

    make_room(scene, floor, pages->total);
    for (size_t page = 0; page < pages->count; page++) {
        const struct assignment_list_floor_row *rows = pages->rows[page];
        size_t from = floor->count;

        for (size_t i = 0; i < pages->counts[page]; i++) {
            size_t at = floor->count++;

            floor->people[at] =
                (struct assignment_person){rows[i].person_name, rows[i].division, rows[i].team_id};
            floor->candidates[at] = (struct assignment_candidate){
                .person_id = rows[i].person_id,
                .verified =
                    people_is_qualified(rows[i].verified_at, rows[i].licence_until, scene->now),
                .present = true,
                .district = assignment_district(rows[i].division),
                .capacity = (int32_t)rows[i].capacity,
                .last_offer_at = rows[i].last_offer_at,
            };
            talks[at] = rows[i].talks_count;
            seconds[at] = rows[i].online_seconds + scene->now - rows[i].from_at;
        }
        if (floor->count > from) TRY(put_words(scene, profession, seen_at, floor, from));
    }
    assignment_shares(floor->candidates, talks, seconds, floor->count);
    return DONE;
}

struct outcome assignment_floor_live(struct scene *scene, struct str profession,
                                     const struct assignment_load *loads, size_t loads_count,
                                     struct assignment_floor *floor)
{
    const struct assignment_list_floor_row *rows;
    struct pages pages = {.count = 0};
    moment seen_at;
    size_t count;

    TRY(assignment_policy_now(scene, &floor->policy));
    seen_at = scene->now - floor->policy.absent_seconds;
    do {
        TRY(assignment_list_floor(scene->arena, scene->store, seen_at, profession, pages.last_id,
                                  &rows, &count));
    } while (put_page(&pages, rows, count, count ? rows[count - 1].person_id : 0));
    TRY(all_were_read(&pages));
    TRY(put_live(scene, profession, seen_at, &pages, floor));
    put_loads(floor, loads, loads_count);
    return DONE;
}

/* ---- those who know a field ---- */

static void put_knowing(struct scene *scene, struct str field, struct str language,
                        const struct pages *pages, struct assignment_floor *floor)
{
    int64_t *given = NEW_MANY(scene->arena, int64_t, pages->total + 1);
    int64_t *seconds = NEW_MANY(scene->arena, int64_t, pages->total + 1);

    make_room(scene, floor, pages->total);
    for (size_t page = 0; page < pages->count; page++) {
        const struct assignment_list_knowing_row *rows = pages->rows[page];

        for (size_t i = 0; i < pages->counts[page]; i++) {
            size_t at = floor->count++;

            floor->people[at] =
                (struct assignment_person){rows[i].person_name, rows[i].division, rows[i].team_id};
            floor->candidates[at] = (struct assignment_candidate){
                .person_id = rows[i].person_id,
                .fields = assignment_bit(&floor->fields, field, true),
                .languages =
                    rows[i].language_count ? assignment_bit(&floor->languages, language, true) : 0,
                .verified =
                    people_is_qualified(rows[i].verified_at, rows[i].licence_until, scene->now),
                .district = assignment_district(rows[i].division),
                .capacity = (int32_t)rows[i].written_capacity,
                .last_offer_at = rows[i].last_offer_at,
            };
            given[at] = rows[i].written_count;
            seconds[at] = rows[i].written_capacity * SECONDS_PER_HOUR;
        }
    }
    assignment_shares(floor->candidates, given, seconds, floor->count);
}

struct outcome assignment_floor_written(struct scene *scene, struct str profession,
                                        struct str field, struct str language,
                                        const struct assignment_load *loads, size_t loads_count,
                                        struct assignment_floor *floor)
{
    const struct assignment_list_knowing_row *rows;
    struct pages pages = {.count = 0};
    size_t count;

    TRY(assignment_policy_now(scene, &floor->policy));
    do {
        TRY(assignment_list_knowing(scene->arena, scene->store, language, field, profession,
                                    pages.last_id, &rows, &count));
    } while (put_page(&pages, rows, count, count ? rows[count - 1].person_id : 0));
    TRY(all_were_read(&pages));
    put_knowing(scene, field, language, &pages, floor);
    put_loads(floor, loads, loads_count);
    return DONE;
}

bool assignment_has_free(struct assignment_floor *floor, struct str language)
{
    uint64_t spoken = language.len ? assignment_bit(&floor->languages, language, false) : 0;

    for (size_t i = 0; i < floor->count; i++) {
        const struct assignment_candidate *c = &floor->candidates[i];

        if (c->verified && c->load < c->capacity && (!language.len || (c->languages & spoken)))
            return true;
    }
    return false;
}
