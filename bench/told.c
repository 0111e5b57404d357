/* told.c -- reads back what was acknowledged: is every message there that `load --told` was told is
 * stored, once, with its number and its text?
 *
 * It asks as the residents whose conversations they are, through the public API, page by page.
 */
#include "bench/city.h"

#include <getopt.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char help[] =
    "Usage: told --connect ADDRESS:PORT --people FILE --told FILE [--label WORD]\n"
    "Reads back every message that load --told has noted as acknowledged.\n"
    "Prints: LABEL told N there N lost N twice N changed N.\n"
    "Exit status 1 unless each is there once, as it was said, and there was one at least.\n";

enum { PAGE = 100, WORD_MAX = 48, TRIES = 100 };

struct word {
    int talk, seen;
    int64_t seq;
    char text[WORD_MAX]; /* what it begins with */
};

struct told {
    struct city city;
    struct word *words;
    size_t count, max;
    long there, lost, twice, changed;
};

static int by_talk(const void *left, const void *right)
{
    const struct word *a = left, *b = right;
    if (a->talk != b->talk) return a->talk < b->talk ? -1 : 1;
    return (a->seq > b->seq) - (a->seq < b->seq);
}

static int talk_of(const struct city *city, const char *reference)
{
    for (int n = 0; n < city->talks_count; n++)
        if (strcmp(city->talks[n].reference, reference) == 0) return n;
    return -1;
}

/* Lines "REFERENCE SEQ TEXT"; false when one is of nobody. */
static bool take(struct told *told, const char *path)
{
    FILE *file = fopen(path, "r");
    char line[160], reference[24];
    bool good = file != NULL;
    if (!file) perror(path);
    while (good && fgets(line, sizeof line, file)) {
        if (told->count == told->max) {
            told->max = told->max ? told->max * 2 : 1024;
            told->words = realloc(told->words, told->max * sizeof *told->words);
            if (!told->words) abort();
        }
        struct word *word = &told->words[told->count];
        *word = (struct word){0};
        good = sscanf(line, "%23s %" SCNd64 " %47[^\n]", reference, &word->seq, word->text) == 3;
        word->talk = good ? talk_of(&told->city, reference) : -1;
        if (word->talk < 0) fprintf(stderr, "%s: nobody's: %s", path, line);
        good = word->talk >= 0;
        told->count++;
    }
    if (file) fclose(file);
    if (told->count) qsort(told->words, told->count, sizeof *told->words, by_talk);
    return good;
}

static void compare(struct told *told, int talk, const json_t *message)
{
    struct word key = {.talk = talk, .seq = json_integer_value(json_object_get(message, "seq"))};
    struct word *word = bsearch(&key, told->words, told->count, sizeof key, by_talk);
    const char *text = json_string_value(json_object_get(message, "text"));
    if (!word) return; /* said before, or by somebody else */
    word->seen++;
    if (!text || strncmp(text, word->text, strlen(word->text)) != 0) told->changed++;
}

/* A server that was flooded a moment ago may say "later"; it is asked again. */
static json_t *page(struct wire_link *link, const struct city_talk *talk, int64_t after)
{
    char path[160], headers[CITY_TOKEN_MAX + 128];
    snprintf(path, sizeof path, "/api/v1/consultations/%s/messages?after=%" PRId64 "&limit=%d",
             talk->reference, after, PAGE);
    city_headers(headers, sizeof headers, talk->token);
    for (int n = 0; n < TRIES; n++) {
        int status = wire_ask(link, "GET", path, headers, NULL);
        if (status == 200) return json_loadb(link->body, link->len, 0, NULL);
        if (status != 503 && status != 429) {
            fprintf(stderr, "GET %s: %d\n", path, status);
            return NULL;
        }
        nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
    }
    return NULL;
}

static bool read_talk(struct told *told, struct wire_link *link, int talk)
{
    int64_t after = 0;
    size_t count;
    do {
        json_t *answer = page(link, &told->city.talks[talk], after), *message;
        json_t *messages = json_object_get(answer, "messages");
        size_t i;
        count = json_array_size(messages);
        if (!json_is_array(messages)) return false;
        json_array_foreach(messages, i, message)
        {
            compare(told, talk, message);
            after = json_integer_value(json_object_get(message, "seq"));
        }
        json_decref(answer);
    } while (count > 0);
    return true;
}

static bool read_all(struct told *told)
{
    struct wire_link link;
    bool good = true;
    wire_link_open(&link, &told->city.place, 10);
    for (size_t i = 0; good && i < told->count; i++)
        if (i == 0 || told->words[i].talk != told->words[i - 1].talk)
            good = read_talk(told, &link, told->words[i].talk);
    wire_link_close(&link);
    for (size_t i = 0; i < told->count; i++) {
        told->there += told->words[i].seen > 0;
        told->lost += told->words[i].seen == 0;
        told->twice += told->words[i].seen > 1;
    }
    return good;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {{"connect", 1, 0, 'c'}, {"people", 1, 0, 'p'},
                                            {"told", 1, 0, 't'},    {"label", 1, 0, 'l'},
                                            {"help", 0, 0, 'h'},    {0}};
    static struct told told;
    const char *connect = NULL, *people = NULL, *file = NULL, *label = "told";
    struct wire_place place;
    int option;
    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        switch (option) {
        case 'c': connect = optarg; break;
        case 'p': people = optarg; break;
        case 't': file = optarg; break;
        case 'l': label = optarg; break;
        case 'h': fputs(help, stdout); return 0;
        default: fputs(help, stderr); return 2;
        }
    }
    if (!connect || !people || !file || !wire_place_of(connect, &place)) {
        fputs(help, stderr);
        return 2;
    }
    if (!city_load(&told.city, &place, people) || !take(&told, file)) return 2;
    bool read = read_all(&told);
    printf("%s told %zu there %ld lost %ld twice %ld changed %ld\n", label, told.count, told.there,
           told.lost, told.twice, told.changed);
    bool good = read && told.count && !told.lost && !told.twice && !told.changed;
    free(told.words);
    city_free(&told.city);
    return good ? 0 : 1;
}
