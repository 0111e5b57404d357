/* import_laws.c -- see import_laws.h.
 *
 * A file is a table of articles; a folder holds one Markdown file a law, in folders of any depth.
 * Laws are handed to the store a part at a time, each part one act: a server beside this goes on,
 * and what was cut off is begun again without doing anything twice. */
#include "main/import_laws.h"

#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "desk/laws/laws_acts.h"
#include "main/install.h"

extern const char data_law_names[]; /* see Makefile */

enum { FILES_MAX = 200000, PART_DOCUMENTS_MAX = 200, PAUSE_MILLISECONDS = 5 };

struct taking {
    struct store *store;
    struct arena *arena; /* of the part under way */
    struct laws_document *documents;
    size_t count, articles;
    struct str source;
    struct laws_taken all;
    int64_t bytes_done, bytes_all;
    int64_t percent_told;
    struct timespec began;
};

static double seconds_since(const struct timespec *began)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - began->tv_sec) + (double)(now.tv_nsec - began->tv_nsec) / 1e9;
}

static void tell(struct taking *t)
{
    int64_t percent = t->bytes_all ? t->bytes_done * 100 / t->bytes_all : 100;

    if (percent < t->percent_told + 5 && percent < 100) return;
    t->percent_told = percent;
    fprintf(stderr, "%3lld %%  laws added %lld, as they are %lld; articles added %lld\n",
            (long long)percent, (long long)(t->all.added + t->all.changed), (long long)t->all.same,
            (long long)t->all.articles);
}

/* The part's memory goes with it; whoever waits for the store has its turn. */
static struct outcome hand_over(struct taking *t)
{
    struct timespec pause = {0, PAUSE_MILLISECONDS * 1000000L};
    struct laws_taken told = {0};
    struct laws_take_form form = {.documents = t->documents,
                                  .count = t->count,
                                  .source = t->source,
                                  .names = str_of(data_law_names)};
    struct scene scene = {.arena = t->arena,
                          .store = t->store,
                          .now = time(NULL),
                          .actor = {.is = WHO_SYSTEM},
                          .channel = S("command"),
                          .address = S("")};

    if (t->count) {
        TRY(act_run(&laws_take, &scene, &form, &told));
        if (told.added) nanosleep(&pause, NULL);
    }
    t->all.added += told.added;
    t->all.changed += told.changed;
    t->all.same += told.same;
    t->all.articles += told.articles;
    arena_reset(t->arena);
    t->documents = NEW_MANY(t->arena, struct laws_document, PART_DOCUMENTS_MAX);
    t->count = t->articles = 0;
    tell(t);
    return DONE;
}

static struct outcome put(struct taking *t, const struct laws_document *document)
{
    t->documents[t->count++] = *document;
    t->articles += document->count;
    return t->articles >= LAWS_PART_ARTICLES || t->count == PART_DOCUMENTS_MAX ? hand_over(t)
                                                                               : DONE;
}

static struct outcome read_file(struct arena *arena, const char *path, struct str *bytes)
{
    FILE *file = fopen(path, "rb");
    struct stat about;
    char *at;

    if (!file) return FAULT(arena_print(arena, "cannot read %s", path).at);
    if (fstat(fileno(file), &about) || about.st_size > LAWS_FILE_BYTES_MAX) {
        fclose(file);
        return FAULT(
            arena_print(arena, "%s is larger than %d MB", path, LAWS_FILE_BYTES_MAX / 1024 / 1024)
                .at);
    }
    at = arena_bytes(arena, (size_t)about.st_size + 1);
    *bytes = (struct str){at, fread(at, 1, (size_t)about.st_size, file)};
    fclose(file);
    return DONE;
}

static struct outcome take_table(struct arena *arena, struct taking *t, const char *path)
{
    struct outcome outcome = DONE;
    struct laws_document document;
    struct str bytes;
    int64_t line = 1;
    size_t at = 0;

    TRY(read_file(arena, path, &bytes));
    if (!str_is_utf8(bytes)) return REFUSE(laws_not_utf8);
    if (str_begins(bytes, S("\xef\xbb\xbf"))) at = 3;
    t->bytes_all = (int64_t)bytes.len;
    do {
        outcome = laws_read_table(t->arena, bytes, &at, &line, &document);
        t->bytes_done = (int64_t)at;
        if (IS_DONE(outcome) && document.count) outcome = put(t, &document);
    } while (IS_DONE(outcome) && document.count);
    outcome.detail = arena_copy(arena, outcome.detail);
    if (IS_DONE(outcome)) outcome = hand_over(t);
    return outcome;
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static struct outcome take_one(struct taking *t, const FTSENT *entry)
{
    struct str name = {entry->fts_name, entry->fts_namelen}, bytes;
    struct laws_document document;
    struct outcome outcome;

    TRY(read_file(t->arena, entry->fts_accpath, &bytes));
    outcome = laws_read_markdown(t->arena, bytes, arena_copy(t->arena, name), &document);
    if (outcome.refusal) {
        fprintf(stderr, "left out, %s: %s\n", outcome.refusal->key, entry->fts_path);
        return DONE;
    }
    return IS_DONE(outcome) ? put(t, &document) : outcome;
}

static bool is_law(const FTSENT *entry)
{
    struct str name = {entry->fts_name, entry->fts_namelen};

    return entry->fts_info == FTS_F && str_ends(name, S(".md")) && !str_begins(name, S("_")) &&
           !str_begins(name, S("README"));
}

static struct outcome take_folder(struct taking *t, const char *path)
{
    char *const roots[] = {(char *)path, NULL};
    struct outcome outcome = DONE;

    for (int round = 0; round < 2 && IS_DONE(outcome); round++) {
        FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
        FTSENT *entry;

        if (!tree) return FAULT("cannot read the folder");
        while (IS_DONE(outcome) && (entry = fts_read(tree))) {
            if (!is_law(entry)) continue;
            if (round == 0 && ++t->bytes_all > FILES_MAX) outcome = FAULT("too many files");
            if (round == 0) continue;
            t->bytes_done++;
            outcome = take_one(t, entry);
        }
        fts_close(tree);
    }
    return IS_DONE(outcome) ? hand_over(t) : outcome;
}

static struct outcome import(struct arena *arena, const struct settings *settings, struct taking *t)
{
    const char *path = arena_c(arena, settings->import_file);
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    struct stat about;
    struct outcome outcome;

    if (!settings->import_file.len)
        return FAULT("say what to import: gongdao import laws FILE-OR-FOLDER --data DIR");
    if (stat(path, &about)) return FAULT(arena_print(arena, "cannot read %s", path).at);
    TRY(install_open(arena, settings, false));
    TRY(install_store(arena, settings, STORE_WRITE, &t->store));
    t->source = str_of(name);
    t->arena = arena_open(LAWS_FILE_BYTES_MAX);
    t->documents = NEW_MANY(t->arena, struct laws_document, PART_DOCUMENTS_MAX);
    outcome = S_ISDIR(about.st_mode) ? take_folder(t, path) : take_table(arena, t, path);
    outcome.detail = arena_copy(arena, outcome.detail);
    arena_close(&t->arena);
    store_close(&t->store);
    return outcome;
}

int import_laws(struct arena *arena, const struct settings *settings)
{
    struct taking t = {.percent_told = -5};
    struct outcome outcome;
    double seconds;

    clock_gettime(CLOCK_MONOTONIC, &t.began);
    outcome = import(arena, settings, &t);
    seconds = seconds_since(&t.began);
    if (!IS_DONE(outcome)) {
        struct str why = outcome.fault ? str_of(outcome.fault)
                                       : text_fill(arena, LANGUAGE_EN, outcome.refusal->text,
                                                   outcome.detail, S(""), S(""));

        fprintf(stderr, "gongdao: import: %.*s\n", STR_ARGS(why));
        return EXIT_FAILURE;
    }
    printf("laws added: %lld, days corrected: %lld, as they are: %lld, articles added: %lld, "
           "%.1f s, %.0f articles a second\n",
           (long long)t.all.added, (long long)t.all.changed, (long long)t.all.same,
           (long long)t.all.articles, seconds, (double)t.all.articles / seconds);
    return EXIT_SUCCESS;
}
