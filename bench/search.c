/* search.c -- how well, how fast and in how much memory articles are found: BM25 over characters
 * and pairs (platform/finder.h) on lay questions whose articles are known.
 *
 *     search LAWS.tsv QUESTIONS.tsv [--set NAME=VALUE …]
 *            [--fields FIELDS.tsv FIELD_LAWS.tsv]
 *
 * LAWS: number, law, article, chapter, text.  QUESTIONS: number, question, articles: '|' between
 * those wanted, ',' between equal versions of one.  R@k is the mean share of the wanted articles
 * among the first k; MRR counts the first ten.  Times are of the processor, one thread.  Nothing
 * is learned from the questions, so nothing is held out; the weights themselves were chosen on
 * them.  The line "learned" is with what answered questions teach: each fifth of the questions is
 * asked by what the other four teach.
 *
 * With fields (data/fields.tsv, data/field_laws.tsv) it is judged too how often the right field of
 * law is the first suggested for a question, and among three.  The questions come without fields:
 * the right one is that of most of the articles which answer it; questions whose articles belong
 * to no field are left out.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "desk/laws/laws.h"
#include "platform/finder.h"
#include "platform/finder_terms.h"
#include "service/search/search_field.h"
#include "service/search/search_lesson.h"

enum {
    FILE_BYTES_MAX = 256 << 20,
    ARTICLES_MAX = 200000,
    LAWS_MAX = 20000,
    QUESTIONS_MAX = 20000,
    FIRST = 10,
    FOUND = 100,
    TITLE_BYTES = 2048,
    FIELDS_MAX = 60,
    FOLDS = 5,
    SUGGESTED = 3
};

static struct finder_weights weights;
static struct str laws[LAWS_MAX];
static size_t laws_count;
static double milliseconds[QUESTIONS_MAX];

/* Fields of law: by their table, and of each article by its number in the table of laws. */
static struct search_field fields[FIELDS_MAX];
static size_t fields_count;
static struct str field_laws, field_of[ARTICLES_MAX], law_name_of[ARTICLES_MAX];
static struct {
    size_t asked, first, among;
} suggested;

static double now(void)
{
    struct timespec at;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static struct str slurp(const char *path)
{
    char *bytes = malloc(FILE_BYTES_MAX);
    FILE *file = fopen(path, "rb");
    struct str text;

    if (!file || !bytes) {
        fprintf(stderr, "cannot read %s\n", path);
        exit(2);
    }
    text = (struct str){bytes, fread(bytes, 1, FILE_BYTES_MAX, file)};
    fclose(file);
    return text;
}

/* Laws come one after another; a number from 1 on. */
static id law_of(struct str name, bool make)
{
    for (size_t i = laws_count; i-- > 0;)
        if (str_same(laws[i], name)) return (id)i + 1;
    if (!make || laws_count == LAWS_MAX) return 0;
    laws[laws_count++] = name;
    return (id)laws_count;
}

static void add_all(struct finder *finder, struct str table)
{
    while (table.len) {
        struct str line = str_cut(table, '\n', &table), cells[5];
        char title[TITLE_BYTES];
        struct finder_text text = {.kind = 0};

        for (size_t i = 0; i < COUNT(cells); i++) cells[i] = str_cut(line, '\t', &line);
        if (!str_to_int(cells[0], &text.text_id)) continue;
        snprintf(title, sizeof title, "%.*s %.*s %.*s", STR_ARGS(cells[1]), STR_ARGS(cells[2]),
                 STR_ARGS(cells[3]));
        text.group_id = law_of(cells[1], true);
        text.title = str_of(title);
        text.body = cells[4];
        finder_add(finder, &text);
        if (text.text_id < ARTICLES_MAX) {
            struct laws_label label = {0};

            laws_label(cells[2], &label);
            law_name_of[text.text_id] = cells[1];
            field_of[text.text_id] = search_field_of(field_laws, cells[1], label.number);
        }
    }
}

static void read_fields(struct arena *arena, const char *fields_path, const char *laws_path)
{
    struct str table = slurp(fields_path);

    field_laws = slurp(laws_path);
    while (table.len && fields_count < FIELDS_MAX) {
        struct str line = str_cut(table, '\n', &table), cells[7];

        if (!line.len || line.at[0] == '#') continue;
        for (size_t i = 0; i < COUNT(cells); i++) cells[i] = str_cut(line, '\t', &line);
        fields[fields_count++] =
            (struct search_field){.field = cells[0], .words = finder_plain(arena, cells[6])};
    }
}

/* That of most of the articles wanted, of equals the first; "" if none has one. */
static struct str right_field(struct str wanted)
{
    struct search_field all[FIELDS_MAX];

    memcpy(all, fields, sizeof all);
    while (wanted.len) {
        struct str equal = str_cut(wanted, '|', &wanted), number = str_cut(equal, ',', &equal);
        int64_t article;

        if (str_to_int(str_trim(number), &article) && article >= 0 && article < ARTICLES_MAX)
            search_field_vote(all, fields_count, field_of[article], 1);
    }
    return search_field_sort(all, fields_count) ? all[0].field : S("");
}

/* As service/search does, but for laws that do not apply: the table has none. */
static void judge_field(struct arena *arena, struct str text, struct str wanted,
                        const struct finder_hit *hits, size_t count)
{
    struct str right = right_field(wanted);
    struct search_field all[FIELDS_MAX];
    double sum = 0;
    size_t any;

    if (!right.len) return;
    if (count > SEARCH_FIELD_ARTICLES) count = SEARCH_FIELD_ARTICLES;
    memcpy(all, fields, sizeof all);
    for (size_t i = 0; i < count; i++) sum += hits[i].score;
    for (size_t i = 0; i < count; i++)
        search_field_vote(all, fields_count, field_of[hits[i].text_id], hits[i].score / sum);
    search_field_words(all, fields_count, finder_plain(arena, text));
    any = search_field_sort(all, fields_count);
    suggested.asked++;
    for (size_t i = 0; i < SUGGESTED && i < any; i++) {
        if (!str_same(all[i].field, right)) continue;
        suggested.among++;
        suggested.first += i == 0;
    }
}

/* 《…》 in any text is a citation of that law, as in service/search. */
static void cite_all(struct finder *finder, struct str text)
{
    const struct str open = S("《"), close = S("》"), state = S("中华人民共和国");
    int64_t at;

    while ((at = str_find(text, open)) >= 0) {
        int64_t end;

        text.at += at + 3, text.len -= (size_t)at + 3;
        end = str_find(text, close);
        if (end > 0 && end < 240) {
            struct str name = {text.at, (size_t)end};

            if (str_begins(name, state)) name.at += state.len, name.len -= state.len;
            finder_cite(finder, law_of(name, false), 1);
        }
    }
}

static bool is_wanted(struct str equal, id article)
{
    while (equal.len) {
        int64_t number;

        if (str_to_int(str_trim(str_cut(equal, ',', &equal)), &number) && number == article)
            return true;
    }
    return false;
}

struct figures {
    double first, found, rank;
};

static void judge(struct str wanted, const struct finder_hit *hits, size_t count,
                  struct figures *all)
{
    double first = 0, found = 0, parts = 0, rank = 0;

    while (wanted.len) {
        struct str equal = str_cut(wanted, '|', &wanted);
        size_t place = 0;

        while (place < count && !is_wanted(equal, hits[place].text_id)) place++;
        parts++;
        found += place < count;
        first += place < FIRST && place < count;
        if (place < FIRST && place < count && 1.0 / (double)(place + 1) > rank)
            rank = 1.0 / (double)(place + 1);
    }
    if (parts == 0) return;
    all->first += first / parts;
    all->found += found / parts;
    all->rank += rank;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

/* ---- learning, held out ---- */

struct asked_question {
    struct str text, wanted;
};
static struct asked_question questions_all[QUESTIONS_MAX];

static id law_of_article(id article)
{
    return article >= 0 && article < ARTICLES_MAX && law_name_of[article].at
               ? law_of(law_name_of[article], false)
               : 0;
}

/* Calls for each article wanted, with its law: that of the first of equal versions. */
static size_t votes_of(struct str wanted, double weight, struct search_vote *votes, size_t max)
{
    size_t parts = 1, count = 0;

    for (size_t i = 0; i < wanted.len; i++) parts += wanted.at[i] == '|';
    while (wanted.len) {
        struct str equal = str_cut(wanted, '|', &wanted);
        id law = 0;
        bool is_first = true;

        while (equal.len && count < max) {
            int64_t article;

            if (!str_to_int(str_trim(str_cut(equal, ',', &equal)), &article)) continue;
            if (is_first) law = law_of_article(article);
            votes[count++] =
                (struct search_vote){article, law, weight, is_first ? 1.0 / (double)parts : 0};
            is_first = false;
        }
    }
    return count;
}

static void count_answers(struct finder *finder, struct str wanted, int64_t times)
{
    struct search_vote votes[SEARCH_VOTES_MAX];
    size_t count = votes_of(wanted, 1, votes, SEARCH_VOTES_MAX);

    for (size_t i = 0; i < count; i++)
        if (votes[i].share > 0) finder_answer(finder, votes[i].law_id, times);
}

static void ask_learned(struct finder *finder, struct finder *lessons, struct arena *arena,
                        const struct asked_question *question, struct figures *all)
{
    static struct finder_hit hits[FOUND + SEARCH_VOTES_MAX];
    struct finder_hit alike[SEARCH_LESSONS_ASKED];
    struct search_vote votes[SEARCH_VOTES_MAX];
    size_t count = finder_ask(finder, arena, question->text, 1, &weights, hits, FOUND);
    size_t found = finder_ask(lessons, arena, question->text, 1, &search_alike_weights, alike,
                              SEARCH_LESSONS_ASKED);
    double self = finder_self(lessons, arena, question->text, &search_alike_weights);
    size_t voted = 0;

    for (size_t i = 0; i < found; i++)
        voted += votes_of(questions_all[alike[i].text_id].wanted,
                          search_lesson_weight(alike[i].score / self), votes + voted,
                          SEARCH_VOTES_MAX - voted);
    count = search_lesson_weigh(hits, count, COUNT(hits), votes, voted);
    judge(question->wanted, hits, count < FOUND ? count : FOUND, all);
}

/* Each fifth is asked by what the other four teach. */
static void cross_validate(struct finder *finder, struct arena *arena, size_t count)
{
    struct figures all = {0, 0, 0};
    double began = now();

    for (size_t fold = 0; fold < FOLDS; fold++) {
        struct finder *lessons = finder_open();

        for (size_t i = 0; i < count; i++) {
            if (i % FOLDS == fold) continue;
            finder_add(lessons, &(struct finder_text){.text_id = (id)i,
                                                      .title = S(""),
                                                      .body = questions_all[i].text});
            count_answers(finder, questions_all[i].wanted, 1);
        }
        for (size_t i = fold; i < count; i += FOLDS) {
            ask_learned(finder, lessons, arena, &questions_all[i], &all);
            arena_reset(arena);
        }
        for (size_t i = 0; i < count; i++)
            if (i % FOLDS != fold) count_answers(finder, questions_all[i].wanted, -1);
        finder_close(&lessons);
    }
    printf("learned folds %d r10 %.3f r100 %.3f mrr %.3f ms-each %.2f\n", FOLDS,
           all.first / (double)count, all.found / (double)count, all.rank / (double)count,
           (now() - began) / (double)count);
}

static void set(const char *pair)
{
    static const struct {
        const char *name;
        double *at;
    } all[] = {{"k1=", &weights.k1},       {"b=", &weights.b},
               {"sign=", &weights.sign},   {"group=", &weights.group},
               {"cited=", &weights.cited}, {"answered=", &weights.answered}};

    for (size_t i = 0; i < COUNT(all); i++)
        if (strncmp(pair, all[i].name, strlen(all[i].name)) == 0)
            *all[i].at = atof(pair + strlen(all[i].name));
}

int main(int argc, char **argv)
{
    struct arena *arena = arena_open(512 << 20), *kept = arena_open(1 << 20);
    struct finder *finder = finder_open();
    static struct finder_hit hits[FOUND];
    struct figures all = {0, 0, 0};
    struct str table, questions;
    size_t asked = 0;
    double began, built;

    if (argc < 3) {
        fprintf(stderr, "search LAWS.tsv QUESTIONS.tsv [--set NAME=VALUE ...] "
                        "[--fields FIELDS.tsv FIELD_LAWS.tsv]\n");
        return 2;
    }
    weights = finder_weights;
    for (int i = 3; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--fields") == 0 && i + 2 < argc) {
            read_fields(kept, argv[i + 1], argv[i + 2]);
            i++;
        } else {
            set(argv[i + 1]);
        }
    }
    table = slurp(argv[1]);
    questions = slurp(argv[2]);
    began = now();
    add_all(finder, table);
    cite_all(finder, table);
    built = now() - began;
    while (questions.len && asked < QUESTIONS_MAX) {
        struct str line = str_cut(questions, '\n', &questions), text;
        size_t count;

        str_cut(line, '\t', &line);
        text = str_cut(line, '\t', &line);
        began = now();
        count = finder_ask(finder, arena, text, 1, &weights, hits, FOUND);
        questions_all[asked] = (struct asked_question){text, line};
        milliseconds[asked++] = now() - began;
        judge(line, hits, count, &all);
        if (fields_count) judge_field(arena, text, line, hits, count);
        arena_reset(arena);
    }
    qsort(milliseconds, asked, sizeof *milliseconds, by_size);
    printf("articles %zu questions %zu r10 %.3f r100 %.3f mrr %.3f p50-ms %.2f p95-ms %.2f "
           "build-s %.2f index-mb %.1f\n",
           finder_count(finder), asked, all.first / (double)asked, all.found / (double)asked,
           all.rank / (double)asked, milliseconds[asked / 2], milliseconds[asked * 95 / 100],
           built / 1e3, (double)finder_bytes(finder) / 1e6);
    cross_validate(finder, arena, asked);
    if (suggested.asked)
        printf("fields %zu questions %zu first %.3f among-three %.3f\n", fields_count,
               suggested.asked, (double)suggested.first / (double)suggested.asked,
               (double)suggested.among / (double)suggested.asked);
    finder_close(&finder);
    arena_close(&kept);
    arena_close(&arena);
    return 0;
}
