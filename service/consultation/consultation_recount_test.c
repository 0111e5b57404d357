/* consultation_recount_test.c -- every number of every report, worked out once more from the
 * journal of random days: totals, means, shares, the lines of each table and the period before, as
 * a city, a district, a street and a team read them. */
#include <criterion/criterion.h>
#include <jansson.h>

#include "platform/scene_test.h"
#include "service/consultation/consultation_days_test.h"
#include "service/consultation/consultation_views.h"

enum { COLUMNS = 18 };

static struct scene *scene;

static void set_up(void)
{
    days_open();
    scene = days.scene;
}

TestSuite(consultation_recount, .init = set_up, .fini = days_close);

/* ---- what the journal says ---- */

/* One case: what it is, and when what happened to it. */
struct told {
    struct str division, channel, field, profession, team;
    moment asked, talk, written, answered, ended, rated, due;
    int64_t talk_seconds, stars, waited; /* for the first talk */
    bool is_live, is_late;
    moment waits_since, talks_since, writes_since;
};
static struct told told[DAYS_CASES_MAX];

static bool ends_talk(struct str act)
{
    return str_same(act, S("consultation.close")) || str_same(act, S("consultation.close_own")) ||
           str_same(act, S("consultation.leave_message")) ||
           str_same(act, S("consultation.deserted"));
}

static void begin_talk(struct told *t, moment at)
{
    if (t->waits_since) t->waited += t->talk ? 0 : at - t->waits_since;
    t->waits_since = 0;
    t->talks_since = at;
    if (!t->talk) t->talk = at;
}

static void leave_writing(struct told *t, moment at)
{
    t->is_late = t->is_late || (t->writes_since && at >= t->due);
    t->writes_since = 0;
}

static void hear_line(struct told *t, struct str act, moment at)
{
    if (str_same(act, S("consultation.ask"))) {
        t->asked = at;
        if (t->is_live) t->waits_since = at;
        if (!t->is_live) t->written = t->writes_since = at;
    }
    if (str_same(act, S("consultation.accept"))) begin_talk(t, at);
    if (t->talks_since && ends_talk(act)) {
        t->talk_seconds += at - t->talks_since;
        t->talks_since = 0;
    }
    if (str_same(act, S("consultation.leave_message"))) {
        if (t->waits_since) t->waited += t->talk ? 0 : at - t->waits_since;
        t->waits_since = 0;
        t->writes_since = at;
        if (!t->written) t->written = at;
    }
    if (str_same(act, S("consultation.answer"))) leave_writing(t, at);
    if (str_same(act, S("consultation.answer")) && !t->answered) t->answered = at;
    if (str_same(act, S("consultation.close")) || str_same(act, S("consultation.close_own"))) {
        leave_writing(t, at);
        t->ended = at;
    }
    if (str_same(act, S("consultation.rate"))) t->rated = at;
}

/* The line of a wish or an offer that began a talk: of those at one moment the last. */
static void hear_again(struct told *t, const struct days_case *one, struct str act, moment at)
{
    bool is_it =
        str_same(act, S("consultation.wish_live")) || str_same(act, S("consultation.offer_live"));

    for (int i = 0; is_it && i < one->again_count; i++) {
        if (one->again_at[i] == at) begin_talk(t, at); /* its day stands until the talk ends */
    }
}

static struct told hear(const struct days_case *one)
{
    const struct consultation_list_case_lines_row *lines;
    struct consultation_case c = days_look(one);
    id team_id = c.state == CONSULTATION_OFFERED ? 0 : c.row.team_id;
    struct told t = {.division = c.row.division,
                     .channel = c.row.channel,
                     .field = c.row.field,
                     .profession = c.row.profession,
                     .team = arena_print(scene->arena, "%lld", (long long)team_id),
                     .due = c.row.due_at,
                     .is_live = one->is_live};
    struct consultation_find_rating_row rating;
    size_t count;
    id after = 0;
    bool found;

    do {
        cr_assert(test_done(consultation_list_case_lines(scene->arena, scene->store, one->case_id,
                                                         after, &lines, &count)));
        for (size_t i = 0; i < count; i++) {
            after = lines[i].seq;
            hear_line(&t, lines[i].act, lines[i].at);
            hear_again(&t, one, lines[i].act, lines[i].at);
        }
    } while (count);
    leave_writing(&t, scene->now);
    cr_assert(test_done(
        consultation_find_rating(scene->arena, scene->store, one->case_id, &rating, &found)));
    t.stars = found ? rating.stars : 0;
    return t;
}

/* Some of the cases in some time: those of a place or a team, and of them one line of a table. */
struct slice {
    moment from, until;
    struct str place, team;
    struct str by, key;
    size_t digits; /* of a division's code that make a line */
};

static bool is_within(const struct slice *slice, const struct told *t)
{
    struct str place = {t->division.at,
                        t->division.len < slice->digits ? t->division.len : slice->digits};

    if (!str_begins(t->division, slice->place)) return false;
    if (slice->team.len && !str_same(slice->team, t->team)) return false;
    if (str_same(slice->by, S("division"))) return str_same(slice->key, place);
    if (str_same(slice->by, S("team"))) return str_same(slice->key, t->team);
    if (str_same(slice->by, S("channel"))) return str_same(slice->key, t->channel);
    if (str_same(slice->by, S("profession"))) return str_same(slice->key, t->profession);
    if (str_same(slice->by, S("field"))) return str_same(slice->key, t->field);
    return true;
}

struct counted {
    int64_t asked, live, talks, in_time, wait, longest, abandoned, to_message, written, answered,
        late, ended, handled, talk_seconds, rated, stars, satisfied;
};

static void add_case(struct counted *n, const struct slice *slice, const struct told *t)
{
#define IN(moment) ((moment) && (moment) >= slice->from && (moment) < slice->until)
    bool left = t->is_live && t->written, talked = t->is_live && IN(t->talk);

    n->asked += IN(t->asked);
    n->live += t->is_live && IN(t->asked);
    n->talks += talked;
    n->in_time += talked && t->waited <= 15;
    if (talked) n->wait += t->waited;
    if (talked && t->waited > n->longest) n->longest = t->waited;
    n->abandoned += t->is_live && !t->talk && !left && IN(t->ended);
    n->to_message += left && IN(t->written);
    n->written += IN(t->written);
    n->answered += IN(t->answered);
    n->late += t->is_late && IN(t->due);
    n->ended += IN(t->ended);
    n->handled += t->talk && IN(t->ended);
    if (t->talk && IN(t->ended)) n->talk_seconds += t->talk_seconds;
    n->rated += IN(t->rated);
    if (IN(t->rated)) n->stars += t->stars;
    n->satisfied += t->stars >= 4 && IN(t->rated);
#undef IN
}

static struct counted count_journal(const struct slice *slice)
{
    struct counted n = {0};

    for (int i = 0; i < days.asked_count; i++) {
        if (is_within(slice, &told[i])) add_case(&n, slice, &told[i]);
    }
    return n;
}

/* ---- as a report says it, in words of our own ---- */

/* To the nearest, a half upwards. */
static int64_t nearest(int64_t sum, int64_t count)
{
    return sum / count + (sum % count * 2 >= count ? 1 : 0);
}

static struct str whole(int64_t number)
{
    return arena_print(scene->arena, "%lld", (long long)number);
}

static struct str mean(int64_t sum, int64_t count)
{
    return count ? whole(nearest(sum, count)) : S("");
}

static struct str tenths(int64_t sum, int64_t count)
{
    int64_t ten = count ? nearest(sum * 10, count) : 0;

    return count ? arena_print(scene->arena, "%lld.%lld", (long long)(ten / 10),
                               (long long)(ten % 10))
                 : S("");
}

static struct str said_of(const struct counted *n, struct str word)
{
    const struct {
        const char *word;
        struct str said;
    } all[] = {{"asked", whole(n->asked)},
               {"live", whole(n->live)},
               {"talks", whole(n->talks)},
               {"in_time", whole(n->in_time)},
               {"in_time_share", tenths(n->in_time * 100, n->talks)},
               {"mean_wait", mean(n->wait, n->talks)},
               {"longest_wait", n->talks ? whole(n->longest) : S("")},
               {"abandoned", whole(n->abandoned)},
               {"to_message", whole(n->to_message)},
               {"written", whole(n->written)},
               {"answered", whole(n->answered)},
               {"late", whole(n->late)},
               {"ended", whole(n->ended)},
               {"mean_talk", mean(n->talk_seconds, n->handled)},
               {"rated", whole(n->rated)},
               {"mean_stars", tenths(n->stars, n->rated)},
               {"satisfied", whole(n->satisfied)},
               {"satisfied_share", tenths(n->satisfied * 100, n->rated)}};

    for (size_t i = 0; i < COUNT(all); i++) {
        if (str_same(str_of(all[i].word), word)) return all[i].said;
    }
    cr_assert_fail("nobody has recounted %.*s", STR_ARGS(word));
    return S("");
}

/* ---- and what the report says ---- */

struct reader {
    struct actor actor;
    struct str place, team;
    size_t digits;
};

static moment moment_of(id report_id, const char *column)
{
    struct statement *statement;
    const char *sql = str_same(str_of(column), S("from"))
                          ? "select from_at from report where report_id = ?1"
                          : "select until_at from report where report_id = ?1";
    moment at;
    bool row;

    cr_assert(test_done(statement_open(scene->store, sql, &statement)));
    statement_int(statement, 1, report_id);
    cr_assert(test_done(statement_step(statement, &row)) && row);
    at = statement_get_int(statement, 0);
    statement_close(&statement);
    return at;
}

static struct slice slice_of(const struct reader *reader, id report_id, struct str by,
                             struct str key)
{
    return (struct slice){.from = moment_of(report_id, "from"),
                          .until = moment_of(report_id, "until"),
                          .place = reader->place,
                          .team = reader->team,
                          .by = by,
                          .key = key,
                          .digits = reader->digits};
}

static int numbers_compared;
/* Of the reports of a day and of a week: by whom they were read, and numbers above 0 of the whole
 * and of the line of one team. */
enum { READERS = 5, BY_DAY = 0, BY_WEEK = 1 };
static struct seen {
    int reports, total, team;
} seen[2][READERS];

static struct str text_at(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));

    return text ? str_of(text) : S("");
}

static void compare_cells(const struct reader *reader, const json_t *report, struct str by,
                          struct str key, const json_t *cells)
{
    id now_id = 0, past_id = 0;
    struct slice now, past;
    struct counted n, b;
    size_t i;
    json_t *cell;

    cr_assert(str_to_int(text_at(report, "id"), &now_id));
    (void)str_to_int(text_at(report, "before"), &past_id);
    now = slice_of(reader, now_id, by, key);
    past = slice_of(reader, past_id ? past_id : now_id, by, key);
    n = count_journal(&now), b = count_journal(&past);
    cr_assert_eq(json_array_size(cells), (size_t)COLUMNS);
    json_array_foreach(cells, i, cell)
    {
        struct str figure = text_at(cell, "figure"), said = said_of(&n, figure);
        struct str before = past_id ? said_of(&b, figure) : S("");

        cr_expect(str_same(text_at(cell, "value"), said), "%.*s of %.*s %.*s: %.*s, recounted %.*s",
                  STR_ARGS(figure), STR_ARGS(by), STR_ARGS(key), STR_ARGS(text_at(cell, "value")),
                  STR_ARGS(said));
        cr_expect(str_same(text_at(cell, "before"), before), "before: %.*s of %.*s %.*s",
                  STR_ARGS(figure), STR_ARGS(by), STR_ARGS(key));
        numbers_compared++;
    }
}

/* Every case is in exactly one line: the lines' questions are all questions. */
static void compare_table(const struct reader *reader, const json_t *report, const json_t *table)
{
    struct str by = text_at(table, "by");
    const json_t *lines = json_object_get(table, "lines");
    int64_t asked_in_lines = 0, ended_in_lines = 0;
    struct counted n;
    struct slice slice;
    id report_id = 0;
    size_t i;
    json_t *line;

    cr_assert(str_to_int(text_at(report, "id"), &report_id));
    json_array_foreach(lines, i, line)
    {
        struct str key = text_at(line, "key");

        for (size_t k = 0; k < i; k++)
            cr_expect_not(str_same(key, text_at(json_array_get(lines, k), "key")));
        compare_cells(reader, report, by, key, json_object_get(line, "figures"));
        slice = slice_of(reader, report_id, by, key);
        n = count_journal(&slice);
        asked_in_lines += n.asked;
        ended_in_lines += n.ended;
    }
    slice = slice_of(reader, report_id, S(""), S(""));
    n = count_journal(&slice);
    cr_expect_eq(asked_in_lines, n.asked, "by %.*s", STR_ARGS(by));
    cr_expect_eq(ended_in_lines, n.ended, "by %.*s", STR_ARGS(by));
}

/* A report as anybody reads it: by its JSON. */
static json_t *read_report(const char *path, const char *typed)
{
    for (size_t k = 0;; k++) {
        const struct page *page =
            k ? supervision_module.more_pages[k - 1] : supervision_module.pages;

        cr_assert(page, "%s", path);
        for (; page->path; page++) {
            struct module module = {.name = "one", .pages = page};
            struct out *out = out_open(scene->arena, 1 << 20);
            void *view;

            if (!str_same(str_of(page->path), str_of(path)) || page->method != GET) continue;
            view = arena_take(scene->arena, page->view->size, 1);
            cr_assert(test_done(test_show(scene, &module, path, typed, view, NULL)));
            view_json(out, page->view, view);
            return json_loadb(out_text(out).at, out_text(out).len, 0, NULL);
        }
    }
}

static int above_nothing(const json_t *cells)
{
    int count = 0;
    size_t i;
    json_t *cell;

    json_array_foreach(cells, i, cell)
    {
        struct str value = text_at(cell, "value");

        count += value.len && !str_same(value, S("0")) && !str_same(value, S("0.0"));
    }
    return count;
}

/* So that it cannot pass because no report of a kind, or no line of a team, had anything in it. */
static void count_seen(const json_t *report, size_t reader)
{
    bool by_week = str_same(text_at(report, "period"), S("week"));
    struct seen *s = &seen[by_week ? BY_WEEK : BY_DAY][reader];
    json_t *tables = json_object_get(report, "tables"), *table, *line;
    size_t i, k;

    if (!by_week && !str_same(text_at(report, "period"), S("day"))) return;
    s->reports++;
    s->total += above_nothing(json_object_get(report, "total"));
    json_array_foreach(tables, i, table)
    {
        if (!str_same(text_at(table, "by"), S("team"))) continue;
        json_array_foreach(json_object_get(table, "lines"), k, line)
        {
            if (str_same(text_at(line, "key"), S("0"))) continue; /* of no team */
            s->team += above_nothing(json_object_get(line, "figures"));
        }
    }
}

static void compare_report(id report_id, const struct reader *reader, size_t which)
{
    const char *typed =
        arena_c(scene->arena, arena_print(scene->arena, "report=%lld", (long long)report_id));
    json_t *report, *tables, *table;
    size_t i;

    scene->actor = reader->actor;
    report = read_report("/reports/{report}", typed);
    cr_assert(report);
    tables = json_object_get(report, "tables");
    compare_cells(reader, report, S(""), S(""), json_object_get(report, "total"));
    cr_expect_eq(json_array_size(tables), 5u);
    json_array_foreach(tables, i, table) compare_table(reader, report, table);
    count_seen(report, which);
    json_decref(report);
}

static void make_reports(void)
{
    scene->actor = (struct actor){.is = WHO_SYSTEM};
    cr_assert(test_done(clock_set(scene, "supervision.reports", 0, scene->now)));
    for (int i = 0; i < 200 && days_perform(supervision_module.clock_acts); i++) continue;
}

static struct actor supervisor_of(const char *scope)
{
    struct actor actor = days.bureau.supervisor;

    actor.scopes = scopes_of(str_of(scope));
    return actor;
}

/* As the city, a district, a street and both teams read them. */
static int compare_reports(void)
{
    struct actor second = days.bureau.leader;
    struct statement *statement;
    int compared = 0;
    bool row = true;

    second.team_id = days.other_team;
    const struct reader readers[READERS] = {
        {supervisor_of("31"), S("31"), S(""), 6},
        {supervisor_of("310101"), S("310101"), S(""), 9},
        {supervisor_of("310101002"), S("310101002"), S(""), 12},
        {days.bureau.leader, S(""), whole(days.bureau.team_id), 6},
        {second, S(""), whole(days.other_team), 6}};

    cr_assert(test_done(statement_open(
        scene->store, "select report_id from report order by report_id limit 100", &statement)));
    while (test_done(statement_step(statement, &row)) && row) {
        for (size_t i = 0; i < COUNT(readers); i++)
            compare_report(statement_get_int(statement, 0), &readers[i], i);
        compared++;
    }
    statement_close(&statement);
    return compared;
}

Test(consultation_recount, every_number_is_what_the_journal_says)
{
    struct slice ever = {.from = 1};
    struct counted all;
    int compared, again = 0;

    days_live();
    days_tick(8 * SECONDS_PER_DAY); /* a week is over, and promises are broken */
    for (int i = 0; i < days.asked_count; i++) told[i] = hear(&days.asked[i]);
    ever.until = scene->now + 1;
    all = count_journal(&ever);
    cr_expect(all.asked > 40 && all.talks > 4 && all.in_time < all.talks,
              "%lld asked, %lld talks, %lld in time", (long long)all.asked, (long long)all.talks,
              (long long)all.in_time);
    cr_expect(all.abandoned && all.to_message && all.answered && all.late && all.rated,
              "%lld abandoned, %lld left, %lld answered, %lld late, %lld rated",
              (long long)all.abandoned, (long long)all.to_message, (long long)all.answered,
              (long long)all.late, (long long)all.rated);
    cr_expect(all.handled && all.talk_seconds && all.wait && all.longest);
    for (int i = 0; i < days.asked_count; i++)
        again += days.asked[i].is_live && days.asked[i].again_at[0] &&
                 told[i].talk == days.asked[i].again_at[0];
    cr_expect(again > 0, "somebody's first talk came after a time in writing");
    make_reports();
    compared = compare_reports();
    cr_expect(compared > 9, "%d reports", compared);
    cr_expect(numbers_compared > 3000, "%d numbers", numbers_compared);
    for (size_t i = 0; i < READERS; i++) {
        const struct seen *day = &seen[BY_DAY][i], *week = &seen[BY_WEEK][i];

        cr_expect(day->reports > 7 && day->total > 0 && day->team > 0,
                  "reader %zu: %d days, %d numbers of the whole, %d of teams", i, day->reports,
                  day->total, day->team);
        cr_expect(week->reports > 0 && week->total > 0 && week->team > 0,
                  "reader %zu: %d weeks, %d numbers of the whole, %d of teams", i, week->reports,
                  week->total, week->team);
    }
}
