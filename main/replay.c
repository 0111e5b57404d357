/* replay.c -- see replay.h.
 *
 * The day is played twice in virtual time, by the version that was in force and by the policy to be
 * tried, and the two are compared case by case.  Beside them stands how it really was: how far the
 * first of the two is from it shows how much the replay can be trusted.
 *
 *  (1) Reads only.
 *  (2) The same day and policies print the same, byte for byte. */
#include "main/replay.h"

#include <stdio.h>
#include <stdlib.h>

#include "bureau/assignment/assignment_acts.h"
#include "bureau/ladder/ladder_acts.h"
#include "desk/calendar/calendar.h"
#include "main/install.h"
#include "main/replay_day.h"

static const size_t day_bytes_max = (size_t)4 << 30; /* 100 times the documents' city: 0.7 */

const char replay_usage[] =
    "gongdao replay -- a past day by another policy of assignment: who would have waited less or "
    "more\n"
    "\n"
    "  gongdao replay --data DIR --day YYYY-MM-DD --policy FILE          name=value lines to try\n"
    "  gongdao replay --data DIR --day YYYY-MM-DD --policy-version N     a version that is kept\n"
    "  gongdao replay --data DIR --day YYYY-MM-DD --ladder STEPS         steps of the ladder\n"
    "\n"
    "  --ladder STEPS from below: neighbour, backup, choice and message, in any order that ends "
    "with\n"
    "                 message, with commas between; for all districts, beside a policy or alone\n"
    "  --csv FILE     a line for each question\n"
    "\n"
    "The day is played twice in virtual time, by the policy then in force and by the one to be\n"
    "tried, beside how it really was.  Played anew are: the order of the queue, who is weighed "
    "and\n"
    "chosen, wishes for somebody by name, whoever had helped before, conflicts of interest, fair\n"
    "shares, offers that are declined or missed, and the steps of the overflow ladder with the\n"
    "neighbours they open.\n"
    "\n"
    "Left out, because nobody can know it from that day:\n"
    "  - whether somebody else would have accepted, and how long they would have talked;\n"
    "  - how long those would have waited on who were served;\n"
    "  - whom the ladder would have called in: backups are there when they were then;\n"
    "  - who would have left a message when the ladder asks: those who did then do so again;\n"
    "  - messages taken live again, talks handed on by their consultant, and whom a supervisor\n"
    "    moved by hand;\n"
    "  - questions in writing: only live ones are played;\n"
    "  - fields, languages, districts and licences of that day, and which districts touch:\n"
    "    today's are taken.  The ladder's steps are those that held when the day began, of the\n"
    "    city and of each district that had its own.\n"
    "\n"
    "Reads only; may run while the server serves.  A day of more than 300,000 live questions or\n"
    "a million offers is refused rather than played in part.\n";

enum { POLICY_BYTES_MAX = 16384, WITHIN_SECONDS = 15, GROUPS_MAX = 100 };

struct replay {
    struct assignment_day day;
    struct assignment_policy before, after;
    struct str before_name, after_name;
    struct replay_result *then, *was, *now; /* as it was, by before, by after */
    struct replay_ladder ladder, tried;     /* the one that held, and the one to be tried */
    struct replay_steps steps_was, steps_now;
};

static int fail(struct str why)
{
    fprintf(stderr, "gongdao: replay: %.*s\n", STR_ARGS(why));
    return EXIT_FAILURE;
}

static struct str words_of(struct arena *arena, struct outcome outcome)
{
    if (outcome.fault) return str_of(outcome.fault);
    return text_fill(arena, LANGUAGE_EN, outcome.refusal->text, outcome.detail, S(""), S(""));
}

/* ---- what to try ---- */

static struct outcome read_file(struct arena *arena, struct str path,
                                struct assignment_policy *policy)
{
    char *text = arena_bytes(arena, POLICY_BYTES_MAX);
    FILE *file = fopen(arena_c(arena, path), "r");
    struct str wrong;
    size_t len;
    bool good;

    if (!file) return FAULT("cannot read the file named by --policy");
    len = fread(text, 1, POLICY_BYTES_MAX, file);
    good = !ferror(file); /* a folder opens, and would be a policy that changes nothing */
    fclose(file);
    if (!good) return FAULT("cannot read the file named by --policy");
    if (len == POLICY_BYTES_MAX) return FAULT("the file named by --policy is too long");
    return assignment_policy_read((struct str){text, len}, policy, &wrong);
}

static struct outcome read_policies(struct scene *scene, const struct settings *settings,
                                    moment day, struct replay *replay)
{
    struct outcome outcome;

    TRY(assignment_policy_at(scene, day, &replay->before));
    replay->before_name =
        arena_print(scene->arena, "version %lld", (long long)replay->before.version);
    replay->after = replay->before; /* what the file does not name stays */
    if (!settings->policy.len && settings->policy_version < 0) {
        replay->after_name = S("the ladder");
        return DONE;
    }
    if (settings->policy.len) {
        replay->after_name = S("the file");
        return read_file(scene->arena, settings->policy, &replay->after);
    }
    replay->after_name =
        arena_print(scene->arena, "version %lld", (long long)settings->policy_version);
    outcome = assignment_policy_of(scene, settings->policy_version, &replay->after);
    return outcome.refusal ? FAULT("there is no such version of the policy") : outcome;
}

/* ---- the ladder: as it was when the day began, with today's borders ---- */

static size_t add_district(int32_t *districts, size_t count, int32_t district)
{
    size_t i = 0;

    while (i < count && districts[i] != district) i++;
    if (!district || i < count || count == LADDER_DIVISIONS_MAX) return count;
    districts[count] = district;
    return count + 1;
}

static struct outcome read_own(struct scene *scene, moment at, struct replay_ladder *ladder)
{
    struct ladder_policy *own =
        NEW_MANY(scene->arena, struct ladder_policy, ladder->districts_count + 1);

    TRY(ladder_policy_at(scene, S(""), at, &ladder->policy));
    for (size_t i = 0; i < ladder->districts_count; i++)
        TRY(ladder_policy_at(scene, arena_print(scene->arena, "%06d", (int)ladder->districts[i]),
                             at, &own[i]));
    ladder->own = own;
    return DONE;
}

static struct outcome read_ladder(struct scene *scene, const struct assignment_day *day,
                                  struct replay_ladder *ladder)
{
    int32_t *districts = NEW_MANY(scene->arena, int32_t, LADDER_DIVISIONS_MAX), *rings;
    const struct ladder_border *borders;
    size_t borders_count, count = 0;

    TRY(ladder_borders(scene, &borders, &borders_count));
    for (size_t i = 0; i < day->arrivals_count; i++)
        count = add_district(districts, count, day->arrivals[i].request.district);
    for (size_t i = 0; i < day->candidates_count; i++)
        count = add_district(districts, count, day->candidates[i].district);
    rings = NEW_MANY(scene->arena, int32_t, count * count + 1);
    for (size_t i = 0; i < count; i++) {
        struct str home = arena_print(scene->arena, "%06d", (int)districts[i]);

        for (size_t k = 0; k < count; k++)
            rings[i * count + k] = (int32_t)ladder_ring(
                borders, borders_count, home, arena_print(scene->arena, "%06d", (int)districts[k]));
    }
    ladder->districts = districts;
    ladder->rings = rings;
    ladder->districts_count = count;
    return read_own(scene, day->from_at, ladder);
}

/* The numbers of each district stay; the order is the one to be tried. */
static struct outcome read_tried(struct scene *scene, struct str order, struct replay *replay)
{
    size_t count = replay->ladder.districts_count;
    struct ladder_policy *own = NEW_MANY(scene->arena, struct ladder_policy, count + 1);

    replay->tried = replay->ladder;
    if (!order.len) return DONE;
    for (size_t i = 0; i < count; i++) {
        own[i] = replay->ladder.own[i];
        ladder_order_of(order, &own[i]);
    }
    replay->tried.own = own;
    return ladder_order_of(order, &replay->tried.policy)
               ? DONE
               : FAULT("--ladder is no order of steps; see --help");
}

static struct outcome play(struct scene *scene, const struct settings *settings, calendar_day day,
                           struct replay *replay)
{
    moment from = calendar_day_begins(day), until = calendar_day_begins(day + 1);
    struct assignment_day other;
    size_t count;

    TRY(store_read_begin(scene->store));
    TRY(read_policies(scene, settings, from, replay));
    TRY(assignment_day_read(scene, from, until, replay->before.window_days, &replay->day));
    TRY(assignment_day_read(scene, from, until, replay->after.window_days, &other));
    TRY(read_ladder(scene, &replay->day, &replay->ladder));
    TRY(read_tried(scene, settings->ladder, replay));
    store_read_end(scene->store);
    count = replay->day.arrivals_count;
    replay->then = NEW_MANY(scene->arena, struct replay_result, count + 1);
    replay->was = NEW_MANY(scene->arena, struct replay_result, count + 1);
    replay->now = NEW_MANY(scene->arena, struct replay_result, count + 1);
    for (size_t i = 0; i < count; i++) replay->then[i].waited = replay->day.arrivals[i].waited;
    replay->steps_was =
        replay_day(scene->arena, &replay->day, &replay->before, &replay->ladder, replay->was);
    replay->steps_now =
        replay_day(scene->arena, &other, &replay->after, &replay->tried, replay->now);
    return DONE;
}

/* ---- totals ---- */

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

struct totals {
    int64_t served, waiting_on, mean, median, p95, longest, within;
};

static struct totals totals_of(struct arena *arena, const struct replay_result *results,
                               size_t count)
{
    int64_t *waits = NEW_MANY(arena, int64_t, count + 1), sum = 0;
    struct totals t = {0};
    size_t served = 0;

    for (size_t i = 0; i < count; i++) {
        t.waiting_on += results[i].is_waiting_on;
        if (results[i].waited < 0) continue;
        waits[served++] = results[i].waited;
        sum += results[i].waited;
        t.within += results[i].waited <= WITHIN_SECONDS;
    }
    t.served = (int64_t)served;
    if (!served) return t;
    qsort(waits, served, sizeof *waits, by_size);
    t.mean = sum / t.served;
    t.median = waits[served / 2];
    t.p95 = waits[(served * 95 + 99) / 100 - 1];
    t.longest = waits[served - 1];
    t.within = t.within * 100 / t.served;
    return t;
}

static void print_steps(const struct replay_steps *steps, const char *whose)
{
    printf("The ladder %s: %lld steps up, %lld down, at most \"%s\".\n", whose,
           (long long)steps->up, (long long)steps->down, ladder_level_name(steps->top));
}

static void print_row(const char *name, int64_t then, int64_t was, int64_t now)
{
    printf("%-34s %12lld %12lld %12lld\n", name, (long long)then, (long long)was, (long long)now);
}

static void print_totals(struct arena *arena, const struct replay *replay)
{
    size_t count = replay->day.arrivals_count;
    struct totals then = totals_of(arena, replay->then, count);
    struct totals was = totals_of(arena, replay->was, count);
    struct totals now = totals_of(arena, replay->now, count);

    printf("%-34s %12s %12.*s %12.*s\n", "", "as it was", STR_ARGS(replay->before_name),
           STR_ARGS(replay->after_name));
    print_row("served live", then.served, was.served, now.served);
    print_row("not served live", (int64_t)count - then.served, (int64_t)count - was.served,
              (int64_t)count - now.served);
    print_row("  of them waiting on at midnight", 0, was.waiting_on, now.waiting_on);
    print_row("mean wait, seconds", then.mean, was.mean, now.mean);
    print_row("half waited at most", then.median, was.median, now.median);
    print_row("95 of 100 waited at most", then.p95, was.p95, now.p95);
    print_row("longest wait", then.longest, was.longest, now.longest);
    print_row("served within 15 s, of 100 served", then.within, was.within, now.within);
}

/* ---- who waited less or more ---- */

static void print_change(const char *what, int64_t count, int64_t seconds, int64_t most,
                         struct str whose)
{
    printf("%-22s %6lld", what, (long long)count);
    if (count) {
        printf("   %lld s together, the most %lld s (%.*s)", (long long)seconds, (long long)most,
               STR_ARGS(whose));
    }
    putchar('\n');
}

static void print_changes(const struct replay *replay)
{
    int64_t count[3] = {0}, seconds[3] = {0}, most[3] = {0}, gained = 0, lost = 0, others = 0;
    struct str whose[3] = {S(""), S(""), S("")};

    for (size_t i = 0; i < replay->day.arrivals_count; i++) {
        int64_t before = replay->was[i].waited, after = replay->now[i].waited, change;
        int way;

        gained += before < 0 && after >= 0;
        lost += before >= 0 && after < 0;
        if (before < 0 || after < 0) continue;
        others += replay->was[i].served_by != replay->now[i].served_by;
        change = after - before;
        way = change < 0 ? 0 : change > 0 ? 1 : 2;
        if (change < 0) change = -change;
        count[way]++;
        seconds[way] += change;
        if (change <= most[way]) continue;
        most[way] = change;
        whose[way] = replay->day.arrivals[i].reference;
    }
    printf("\nFrom %.*s to %.*s:\n", STR_ARGS(replay->before_name), STR_ARGS(replay->after_name));
    print_change("waited less", count[0], seconds[0], most[0], whose[0]);
    print_change("waited more", count[1], seconds[1], most[1], whose[1]);
    printf("%-22s %6lld\n", "waited as long", (long long)count[2]);
    printf("%-22s %6lld\n", "served only then", (long long)gained);
    printf("%-22s %6lld\n", "not served any more", (long long)lost);
    printf("%-22s %6lld\n", "with somebody else", (long long)others);
    if (count[0] + count[1] + gained + lost == 0)
        printf("Nobody would have waited less or more. Where places were free all day, no policy\n"
               "changes a wait: try a day on which people had to wait for one.\n");
}

struct group {
    struct str key;
    int64_t count, was, now;
};

static void print_groups(const struct replay *replay, const char *what, bool by_field)
{
    struct group groups[GROUPS_MAX];
    size_t count = 0;

    for (size_t i = 0; i < replay->day.arrivals_count; i++) {
        const struct assignment_arrival *a = &replay->day.arrivals[i];
        struct str key = by_field           ? a->field
                         : a->priority == 0 ? S("0 as they come")
                         : a->priority == 1 ? S("1 cared for")
                                            : S("2 urgent");
        size_t k = 0;

        if (replay->was[i].waited < 0 || replay->now[i].waited < 0) continue;
        while (k < count && !str_same(groups[k].key, key)) k++;
        if (k == GROUPS_MAX) continue;
        if (k == count) groups[count++] = (struct group){.key = key};
        groups[k].count++;
        groups[k].was += replay->was[i].waited;
        groups[k].now += replay->now[i].waited;
    }
    if (count) printf("\n%-22s %6s %14s %14s\n", what, "cases", "mean wait was", "would be");
    for (size_t k = 0; k < count; k++)
        printf("%-22.*s %6lld %14lld %14lld\n", STR_ARGS(groups[k].key), (long long)groups[k].count,
               (long long)(groups[k].was / groups[k].count),
               (long long)(groups[k].now / groups[k].count));
}

static void print_honest(const struct replay *replay)
{
    printf(
        "\nWhat a replay cannot know:\n"
        "- whether another consultant would have accepted, and how soon: %lld s, the middle of\n"
        "  that day, is taken; who declined or missed a case does so again.\n"
        "- how long a talk takes with another consultant: as long as it took; a case that had\n"
        "  none, %lld s, the middle of that day.\n"
        "- how long those would have waited who were served: they are taken to wait on.\n"
        "- whom the ladder would have called in, and who would have left a message when asked:\n"
        "  backups are there and residents write when they did then; its steps are played anew.\n"
        "- what the times of presence would change: everybody is on line when they were then.\n"
        "- fields, languages and districts of that day, and which districts touch: today's are\n"
        "  taken.  Who talked with whom earlier on that day stays as it was.\n",
        (long long)replay->day.usual_accept_seconds, (long long)replay->day.usual_talk_seconds);
}

/* ---- one line a case ---- */

static void put_wait(FILE *out, int64_t waited)
{
    if (waited >= 0) fprintf(out, "%lld", (long long)waited);
    fputc(',', out);
}

static bool write_csv(struct arena *arena, const struct replay *replay, struct str path)
{
    FILE *out = fopen(arena_c(arena, path), "w");
    bool good;

    if (!out) return false;
    fprintf(out, "reference,asked_at,profession,field,priority,waited_as_it_was,waited_before,"
                 "waited_after,change,offers_before,offers_after,consultant_before,"
                 "consultant_after\n");
    for (size_t i = 0; i < replay->day.arrivals_count; i++) {
        const struct assignment_arrival *a = &replay->day.arrivals[i];
        const struct replay_result *was = &replay->was[i], *now = &replay->now[i];

        fprintf(out, "%.*s,%lld,%.*s,%.*s,%lld,", STR_ARGS(a->reference), (long long)a->at,
                STR_ARGS(a->profession), STR_ARGS(a->field), (long long)a->priority);
        put_wait(out, a->waited);
        put_wait(out, was->waited);
        put_wait(out, now->waited);
        if (was->waited >= 0 && now->waited >= 0)
            fprintf(out, "%lld", (long long)(now->waited - was->waited));
        fprintf(out, ",%lld,%lld,%lld,%lld\n", (long long)was->offers, (long long)now->offers,
                (long long)was->served_by, (long long)now->served_by);
    }
    good = !ferror(out);
    return fclose(out) == 0 && good;
}

/* What is missing on the command line, or not to be understood; "" if nothing is. */
static struct str wrong_words(struct arena *arena, const struct settings *settings,
                              calendar_day *day)
{
    if (!settings->day.len) return S("--day YYYY-MM-DD is needed");
    if (!calendar_day_parse(settings->day, day))
        return arena_print(arena, "--day must be a day of the calendar as 2026-10-31, not \"%.*s\"",
                           STR_ARGS(settings->day));
    if (settings->policy.len && settings->policy_version >= 0)
        return S("--policy and --policy-version are two policies: name one of them");
    if (!settings->policy.len && settings->policy_version < 0 && !settings->ladder.len)
        return S("--policy FILE, --policy-version N or --ladder STEPS is needed");
    return S("");
}

/* A table of noughts would look as if there had been something to compare. */
static void print_nothing(const struct settings *settings)
{
    printf("%.*s: nobody asked a live question on that day, so there is nothing to play anew.\n"
           "Choose another day; questions in writing are not played.\n",
           STR_ARGS(settings->day));
}

static void print_day(struct arena *arena, const struct settings *settings,
                      const struct replay *replay)
{
    printf("%.*s: %zu live questions, %zu consultants on line at some time.\n\n",
           STR_ARGS(settings->day), replay->day.arrivals_count, replay->day.candidates_count);
    print_totals(arena, replay);
    putchar('\n');
    print_steps(&replay->steps_was, "as before");
    print_steps(&replay->steps_now, "as tried");
    print_changes(replay);
    print_groups(replay, "by priority", false);
    print_groups(replay, "by field of law", true);
    print_honest(replay);
}

static int compare(struct arena *arena, const struct settings *settings)
{
    struct str wrong;
    struct scene scene = {.arena = arena, .actor = {.is = WHO_SYSTEM}};
    struct replay *replay = NEW(arena, struct replay);
    struct outcome outcome;
    calendar_day day;

    wrong = wrong_words(arena, settings, &day);
    if (wrong.len) return fail(wrong);
    outcome = install_store(arena, settings, STORE_READ, &scene.store);
    if (IS_DONE(outcome)) outcome = play(&scene, settings, day, replay);
    store_close(&scene.store);
    if (!IS_DONE(outcome)) return fail(words_of(arena, outcome));
    if (replay->day.arrivals_count)
        print_day(arena, settings, replay);
    else
        print_nothing(settings);
    if (settings->csv.len && !write_csv(arena, replay, settings->csv))
        return fail(S("cannot write the file named by --csv"));
    return EXIT_SUCCESS;
}

int replay_command(const struct settings *settings)
{
    struct arena *arena = arena_open(day_bytes_max);
    int status = compare(arena, settings);

    arena_close(&arena);
    return status;
}
