/* cases_counts.c -- what an office has to do, in four numbers above its list.
 *
 *  (1) A number is exact up to a thousand; above that "1,000 and more" is said: nobody works off
 *      fifty thousand sooner for knowing that it is fifty thousand.
 *  (2) Every row that is read is one that is counted, so the page is as soon there with twenty
 *      thousand under way as with twenty.  Whoever asks for all professions of a district names
 *      each of them, since an index is read by what is equal.
 *  (3) Nothing is kept beside the cases: no number can be wrong after a crash, and no two acts wait
 *      for one row. */
#include "desk/cases/cases_views.h"

enum { COUNTED_MAX = 1000, OFFICES_MAX = 6, DISTRICT_LEN = 6 };

static struct str count_text(struct scene *scene, int64_t count)
{
    if (count <= COUNTED_MAX) return arena_print(scene->arena, "%lld", (long long)count);
    return text_in(scene->language, T("1,000 and more"));
}

/* The profession `office` is of; of who leads or supervises it all of them, and none. */
static void professions_of(const struct cases_office *office, struct str of[OFFICES_MAX])
{
    size_t count = 0;

    for (size_t i = 0; i < OFFICES_MAX; i++) of[i] = office->officers;
    if (office->officers.len) return;
    for (const char *const *word = cases_offices; *word; word++) {
        assert(count < OFFICES_MAX - 1);
        of[count++] = str_of(*word);
    }
}

struct four {
    int64_t officer, applicant, untouched, late;
};

static struct outcome of_district(struct scene *scene, const struct cases_office *office,
                                  struct four *four)
{
    struct cases_count_turn_row turn;
    struct cases_count_untouched_row untouched;
    struct cases_count_late_row late;
    struct str of[OFFICES_MAX], district = office->division;
    bool found;

    professions_of(office, of);
    TRY(cases_count_turn(scene->store, S("officer"), district, of[0], of[1], of[2], of[3], of[4],
                         of[5], &turn, &found));
    four->officer = turn.cases_count;
    TRY(cases_count_turn(scene->store, S("applicant"), district, of[0], of[1], of[2], of[3], of[4],
                         of[5], &turn, &found));
    four->applicant = turn.cases_count;
    TRY(cases_count_untouched(scene->store, district, of[0], of[1], of[2], of[3], of[4], of[5],
                              &untouched, &found));
    four->untouched = untouched.cases_count;
    TRY(cases_count_late(scene->store, scene->now, district, of[0], of[1], of[2], of[3], of[4],
                         of[5], &late, &found));
    four->late = late.cases_count;
    return DONE;
}

/* More than a district is supervised, never of one profession. */
static struct outcome of_city(struct scene *scene, const struct cases_office *office,
                              struct four *four)
{
    struct cases_count_turn_city_row turn;
    struct cases_count_untouched_city_row untouched;
    struct cases_count_late_city_row late;
    bool found;

    TRY(cases_count_turn_city(scene->store, S("officer"), office->division, office->end, &turn,
                              &found));
    four->officer = turn.cases_count;
    TRY(cases_count_turn_city(scene->store, S("applicant"), office->division, office->end, &turn,
                              &found));
    four->applicant = turn.cases_count;
    TRY(cases_count_untouched_city(scene->store, office->division, office->end, &untouched,
                                   &found));
    four->untouched = untouched.cases_count;
    TRY(cases_count_late_city(scene->store, scene->now, office->division, office->end, &late,
                              &found));
    four->late = late.cases_count;
    return DONE;
}

static int64_t bounded(int64_t count, bool *is_bounded)
{
    if (count <= COUNTED_MAX) return count;
    *is_bounded = true;
    return COUNTED_MAX;
}

struct outcome cases_show_counts(struct scene *scene, const struct cases_office *office,
                                 struct cases_office_view *v)
{
    struct four four = {0};

    TRY(office->division.len == DISTRICT_LEN ? of_district(scene, office, &four)
                                             : of_city(scene, office, &four));
    v->officer = bounded(four.officer, &v->is_bounded);
    v->applicant = bounded(four.applicant, &v->is_bounded);
    v->untouched = bounded(four.untouched, &v->is_bounded);
    v->late = bounded(four.late, &v->is_bounded);
    v->officer_text = count_text(scene, four.officer);
    v->applicant_text = count_text(scene, four.applicant);
    v->untouched_text = count_text(scene, four.untouched);
    v->late_text = count_text(scene, four.late);
    return DONE;
}
