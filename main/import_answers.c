/* import_answers.c -- gongdao import answers: answered questions that teach the search.
 *
 * They are handed to the store a part at a time, each part one act: a server beside this goes on,
 * and what was cut off is begun again without doing anything twice. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "desk/laws/laws_acts.h"
#include "main/import.h"
#include "main/install.h"
#include "service/search/search_acts.h"

enum { FILE_BYTES_MAX = 64 << 20, PART_BYTES_MAX = 64 << 20, PAUSE_MILLISECONDS = 5 };

static struct outcome read_file(struct arena *arena, const char *path, struct str *bytes)
{
    FILE *file = fopen(path, "rb");
    char *at = arena_bytes(arena, FILE_BYTES_MAX + 1);
    bool good = file != NULL;

    if (file) {
        *bytes = (struct str){at, fread(at, 1, FILE_BYTES_MAX + 1, file)};
        good = !ferror(file); /* a folder opens, and has nothing to read */
        fclose(file);
    }
    if (!good) return FAULT(arena_print(arena, "cannot read %s", path).at);
    if (bytes->len > FILE_BYTES_MAX)
        return FAULT(arena_print(arena, "%s is larger than %d MB", path, FILE_BYTES_MAX >> 20).at);
    if (!str_is_utf8(*bytes)) return REFUSE(laws_not_utf8);
    if (str_begins(*bytes, S("\xef\xbb\xbf"))) bytes->at += 3, bytes->len -= 3;
    return DONE;
}

/* All rows, before anything is changed: one mistake, and nothing is. */
static struct outcome read_all(struct arena *arena, struct str table, struct search_lesson *lessons,
                               size_t *count)
{
    int64_t line = 0;
    bool found = true;

    for (*count = 0; found; *count += found) {
        struct search_lesson lesson;

        TRY(search_read_lesson(arena, &table, &line, &lesson, &found));
        if (found && *count == SEARCH_LESSONS_MAX)
            return REFUSE_WITH(search_too_many_lessons,
                               arena_print(arena, "%d", SEARCH_LESSONS_MAX));
        if (found) lessons[*count] = lesson;
    }
    return DONE;
}

/* What went wrong, in memory that stays. */
static struct outcome kept_outcome(struct arena *arena, struct outcome outcome)
{
    if (outcome.fault) outcome.fault = arena_c(arena, arena_copy(arena, str_of(outcome.fault)));
    outcome.detail = arena_copy(arena, outcome.detail);
    return outcome;
}

static struct outcome hand_over(struct arena *kept, struct store *store,
                                const struct settings *settings,
                                const struct search_lesson *lessons, size_t count,
                                struct search_learned *all)
{
    struct timespec pause = {0, PAUSE_MILLISECONDS * 1000000L};
    struct arena *arena = arena_open(PART_BYTES_MAX);
    struct outcome outcome = DONE;

    for (size_t at = 0; IS_DONE(outcome) && (at < count || at == 0); at += SEARCH_PART_LESSONS) {
        size_t left = count - at;
        bool is_last = left <= SEARCH_PART_LESSONS;
        struct search_learn_form form = {.lessons = lessons + at,
                                         .count = is_last ? left : SEARCH_PART_LESSONS,
                                         .import_id = all->import_id,
                                         .only_these = is_last && settings->only_these};
        struct search_learned told = {0};
        struct scene scene = install_scene(arena, store);

        outcome = act_run(&search_learn, &scene, &form, &told);
        all->import_id = told.import_id;
        all->added += told.added, all->again += told.again, all->without += told.without;
        arena_reset(arena);
        if (!is_last) nanosleep(&pause, NULL);
    }
    outcome = kept_outcome(kept, outcome);
    arena_close(&arena);
    return outcome;
}

static struct outcome import(struct arena *arena, const struct settings *settings,
                             struct search_learned *all)
{
    struct arena *kept = arena_open(FILE_BYTES_MAX * 2);
    struct search_lesson *lessons = NEW_MANY(kept, struct search_lesson, SEARCH_LESSONS_MAX);
    struct outcome outcome;
    struct store *store;
    struct str table;
    size_t count;

    outcome = read_file(kept, arena_c(arena, settings->import_file), &table);
    if (IS_DONE(outcome)) outcome = read_all(kept, table, lessons, &count);
    if (IS_DONE(outcome)) outcome = install_open(arena, settings, false);
    if (IS_DONE(outcome)) outcome = install_store(arena, settings, STORE_WRITE, &store);
    if (IS_DONE(outcome)) {
        outcome = hand_over(kept, store, settings, lessons, count, all);
        store_close(&store);
    }
    outcome = kept_outcome(arena, outcome);
    arena_close(&kept);
    return outcome;
}

int import_answers(struct arena *arena, const struct settings *settings)
{
    struct search_learned all = {0};
    struct outcome outcome = import(arena, settings, &all);

    if (!IS_DONE(outcome)) return import_failed(arena, outcome);
    printf("answered questions added: %lld, there already: %lld, "
           "left out because no article that exists is cited: %lld\n",
           (long long)all.added, (long long)all.again, (long long)all.without);
    return EXIT_SUCCESS;
}
