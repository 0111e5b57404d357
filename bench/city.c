/* city.c -- people and conversations to measure with, made through the public API only.
 *
 * 1. People come from this machine and say so: the server does not limit how often its own
 *    machine asks, and those limits are not what is measured.
 * 2. A preparation that is not whole is a failure, not a smaller measurement.
 */
#include "bench/city.h"

#include "bench/histogram.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

void city_headers(char *headers, size_t size, const char *token)
{
    bool known = token && *token;
    snprintf(headers, size, "%s%s%s", known ? "Authorization: Bearer " : "", known ? token : "",
             known ? "\r\n" : "");
}

void city_side(const struct city *city, int talk, bool of_consultant, struct city_side *side)
{
    const struct city_talk *one = &city->talks[talk];
    if (of_consultant && one->consultant >= 0) {
        snprintf(side->path, sizeof side->path, "/api/v1/desk/consultations/%s/messages",
                 one->reference);
        city_headers(side->headers, sizeof side->headers, city->consultants[one->consultant].token);
    } else {
        snprintf(side->path, sizeof side->path, "/api/v1/consultations/%s/messages",
                 one->reference);
        city_headers(side->headers, sizeof side->headers, one->token);
    }
}

/* Asks, waits out "too many requests", and returns the JSON answer, or NULL with a complaint. */
static json_t *ask(struct wire_link *link, const char *token, const char *method, const char *path,
                   const char *body, int wanted)
{
    char headers[CITY_TOKEN_MAX + 128];
    city_headers(headers, sizeof headers, token);
    int status = -1;
    for (int tries = 0; tries < 5; tries++) {
        status = wire_ask(link, method, path, headers, body);
        if (status != 429 && status != 503) break;
        struct timespec pause = {.tv_sec = link->retry_after > 0 ? 1 : 0, .tv_nsec = 200000000};
        nanosleep(&pause, NULL);
    }
    json_t *answer = status > 0 ? json_loadb(link->body, link->len, 0, NULL) : NULL;
    if (status == wanted && answer) return answer;
    fprintf(stderr, "%s %s: %d instead of %d: %.300s\n", method, path, status, wanted,
            link->body && status > 0 ? link->body : "no answer");
    json_decref(answer);
    return NULL;
}

static bool copy_text(char *to, size_t size, const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    if (json_is_integer(value))
        return snprintf(to, size, "%" JSON_INTEGER_FORMAT, json_integer_value(value)) > 0;
    const char *text = json_string_value(value);
    return text && (size_t)snprintf(to, size, "%s", text) < size;
}

static bool sign_in(struct wire_link *link, struct city_consultant *who, int number)
{
    snprintf(who->name, sizeof who->name, "consultant%03d", number);
    char body[128];
    snprintf(body, sizeof body, "{\"name\":\"%s\",\"password\":\"demo-gongdao\"}", who->name);
    json_t *answer = ask(link, NULL, "POST", "/api/v1/session", body, 201);
    bool right = answer && copy_text(who->token, sizeof who->token, answer, "token") &&
                 copy_text(who->id, sizeof who->id, json_object_get(answer, "person"), "id");
    json_decref(answer);
    return right;
}

static bool on_duty(struct wire_link *link, const struct city_consultant *who, int capacity)
{
    char headers[CITY_TOKEN_MAX + 128], body[64];
    city_headers(headers, sizeof headers, who->token);
    if (capacity)
        snprintf(body, sizeof body, "{\"state\":\"online\",\"capacity\":%d}", capacity);
    else
        snprintf(body, sizeof body, "{\"state\":\"online\"}");
    int status = wire_ask(link, "POST", "/api/v1/desk/presence", headers, body);
    if (status >= 200 && status < 300) return true;
    fprintf(stderr, "%s cannot go on duty: %d %.300s\n", who->name, status,
            status > 0 ? link->body : "");
    return false;
}

static bool ask_one(struct wire_link *link, struct city *city, int n, const struct city_plan *plan)
{
    char body[512], wants[64] = "";
    if (!plan->written)
        snprintf(wants, sizeof wants, ",\"wants\":{\"consultant\":\"%s\"}",
                 city->consultants[n % city->consultants_count].id);
    snprintf(
        body, sizeof body,
        "{\"field\":\"%s\",\"mode\":\"%s\",\"text\":\"Measurement %d: my employer has not paid "
        "my wages for two months. What can I do?\"%s}",
        plan->field, plan->written ? "message" : "live", n, wants);
    json_t *answer = ask(link, NULL, "POST", "/api/v1/consultations", body, 201);
    struct city_talk *talk = &city->talks[n];
    bool right = answer &&
                 copy_text(talk->reference, sizeof talk->reference, answer, "reference") &&
                 copy_text(talk->token, sizeof talk->token, answer, "token");
    talk->consultant = -1;
    json_decref(answer);
    return right;
}

static int find_talk(const struct city *city, const char *reference)
{
    for (int i = 0; i < city->talks_count; i++)
        if (strcmp(city->talks[i].reference, reference) == 0) return i;
    return -1;
}

/* Accepts every offer a consultant has; returns how many of ours were taken. */
static int accept_offers(struct wire_link *link, struct city *city, int n)
{
    struct city_consultant *who = &city->consultants[n];
    json_t *desk = ask(link, who->token, "GET", "/api/v1/desk", NULL, 200);
    int taken = 0;
    size_t i;
    json_t *offer;
    json_array_foreach(json_object_get(desk, "offers"), i, offer)
    {
        const char *reference = json_string_value(json_object_get(offer, "reference"));
        int talk = reference ? find_talk(city, reference) : -1;
        if (talk < 0) continue;
        char path[96], headers[CITY_TOKEN_MAX + 128];
        snprintf(path, sizeof path, "/api/v1/desk/offers/%s/accept", reference);
        city_headers(headers, sizeof headers, who->token);
        int status = wire_ask(link, "POST", path, headers, "{}");
        if (status >= 200 && status < 300) {
            if (city->talks[talk].consultant < 0) taken++;
            city->talks[talk].consultant = n;
        }
    }
    json_decref(desk);
    return taken;
}

static bool accept_all(struct wire_link *link, struct city *city, int seconds_max)
{
    int64_t end = now_ns() + (int64_t)seconds_max * 1000000000;
    int taken = 0;
    while (taken < city->talks_count && now_ns() < end) {
        int before = taken;
        for (int n = 0; n < city->consultants_count; n++) taken += accept_offers(link, city, n);
        if (taken == before) nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
    }
    if (taken < city->talks_count)
        fprintf(stderr, "%d of %d conversations were taken within %d s\n", taken, city->talks_count,
                seconds_max);
    return taken == city->talks_count;
}

static void *zeroed(int count, size_t size)
{
    void *made = calloc((size_t)(count > 0 ? count : 1), size);
    if (!made) abort();
    return made;
}

bool city_make(struct city *city, const struct wire_place *place, const struct city_plan *plan)
{
    *city = (struct city){.place = *place, .talks_count = plan->talks};
    if (!plan->written)
        city->consultants_count = (plan->talks + plan->per_consultant - 1) / plan->per_consultant;
    city->talks = zeroed(city->talks_count, sizeof *city->talks);
    city->consultants = zeroed(city->consultants_count, sizeof *city->consultants);
    struct wire_link link;
    wire_link_open(&link, place, 20);
    bool right = true;
    int first = plan->first ? plan->first : 1;
    for (int n = 0; right && n < city->consultants_count; n++)
        right = sign_in(&link, &city->consultants[n], first + n) &&
                on_duty(&link, &city->consultants[n], plan->per_consultant);
    for (int n = 0; right && n < city->talks_count; n++) right = ask_one(&link, city, n, plan);
    if (right && !plan->written) right = accept_all(&link, city, plan->seconds_max);
    wire_link_close(&link);
    return right;
}

bool city_on_duty(struct city *city, int capacity)
{
    struct wire_link link;
    wire_link_open(&link, &city->place, 20);
    bool right = true;
    for (int n = 0; right && n < city->consultants_count; n++)
        right = on_duty(&link, &city->consultants[n], capacity);
    wire_link_close(&link);
    return right;
}

void city_free(struct city *city)
{
    free(city->talks);
    free(city->consultants);
    *city = (struct city){0};
}

bool city_save(const struct city *city, const char *path)
{
    mode_t before = umask(077); /* tokens open conversations */
    FILE *file = fopen(path, "w");
    umask(before);
    if (!file) {
        perror(path);
        return false;
    }
    fprintf(file, "%d %d\n", city->consultants_count, city->talks_count);
    for (int n = 0; n < city->consultants_count; n++)
        fprintf(file, "%s %s %s\n", city->consultants[n].name, city->consultants[n].id,
                city->consultants[n].token);
    for (int n = 0; n < city->talks_count; n++)
        fprintf(file, "%s %s %d\n", city->talks[n].reference, city->talks[n].token,
                city->talks[n].consultant);
    return fclose(file) == 0;
}

bool city_load(struct city *city, const struct wire_place *place, const char *path)
{
    *city = (struct city){.place = *place};
    FILE *file = fopen(path, "r");
    if (!file) {
        perror(path);
        return false;
    }
    bool right = fscanf(file, "%d %d", &city->consultants_count, &city->talks_count) == 2 &&
                 city->talks_count > 0 && city->talks_count < 1000000 &&
                 city->consultants_count >= 0 && city->consultants_count < 100000;
    if (right) {
        city->talks = zeroed(city->talks_count, sizeof *city->talks);
        city->consultants = zeroed(city->consultants_count, sizeof *city->consultants);
    }
    for (int n = 0; right && n < city->consultants_count; n++) {
        struct city_consultant *who = &city->consultants[n];
        right = fscanf(file, "%23s %23s %159s", who->name, who->id, who->token) == 3;
    }
    for (int n = 0; right && n < city->talks_count; n++) {
        struct city_talk *talk = &city->talks[n];
        right =
            fscanf(file, "%23s %159s %d", talk->reference, talk->token, &talk->consultant) == 3 &&
            talk->consultant < city->consultants_count;
    }
    fclose(file);
    if (!right) fprintf(stderr, "%s is not a file of prepared conversations\n", path);
    return right;
}
