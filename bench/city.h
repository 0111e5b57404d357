/* city.h -- people and conversations to measure with, made through the public API only.
 *
 * Consultants of the demo city sign in and go on duty, residents ask, offers are accepted: what
 * is measured afterwards is what real people would have.  The result can be kept in a file, so
 * that several measurements share one preparation.
 */
#ifndef BENCH_CITY_H
#define BENCH_CITY_H

#include "bench/wire.h"

enum { CITY_TOKEN_MAX = 160 };

struct city_talk {
    char reference[24];
    char token[CITY_TOKEN_MAX]; /* the resident's, for this consultation */
    int consultant;             /* index, or -1 while nobody has taken it */
};
struct city_consultant {
    char name[24];
    char id[24];
    char token[CITY_TOKEN_MAX];
};
struct city {
    struct wire_place place;
    struct city_talk *talks;
    struct city_consultant *consultants;
    int talks_count, consultants_count;
};

struct city_plan {
    const char *field;  /* of law */
    int talks;          /* conversations that a consultant has accepted */
    int per_consultant; /* conversations each may hold */
    bool written;       /* ask in writing instead: nobody has to accept */
    int seconds_max;    /* give up after */
    int first;          /* number of the first demo consultant to sign in; 0 is 1 */
};
/* False, with the reason on stderr, when not all could be made. */
bool city_make(struct city *city, const struct wire_place *place, const struct city_plan *plan);
/* A heartbeat of every consultant; capacity 0 leaves it as it was. */
bool city_on_duty(struct city *city, int capacity);
void city_free(struct city *city);

bool city_save(const struct city *city, const char *path);
bool city_load(struct city *city, const struct wire_place *place, const char *path);

/* "Authorization: Bearer …\r\n", or nothing without a token. */
void city_headers(char *headers, size_t size, const char *token);
/* Path and headers of a message from one side of a talk. */
struct city_side {
    char path[96];
    char headers[CITY_TOKEN_MAX + 96];
};
void city_side(const struct city *city, int talk, bool of_consultant, struct city_side *side);

#endif
