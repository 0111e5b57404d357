/* stamp.c -- see stamp.h. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "channel/stamp/stamp.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "channel/stamp/stamp_token.h"
#include "platform/log.h"
#include "platform/outward.h"

enum {
    ARENA_BYTES = 1024 * 1024,
    URL_BYTES_MAX = 2000,
    LOOK_SECONDS = 10,
    TRIES_SOON = 5, /* each minute, so many times */
    SOON_SECONDS = SECONDS_PER_MINUTE,
    LATER_SECONDS = 10 * SECONDS_PER_MINUTE
};

struct stamps {
    struct stamps_settings settings;
    struct stamp_trust *trust;
    struct store *store;
    struct arena *arena; /* of one look */
    CURL *curl;
    struct curl_slist *headers;
    char *reply;
    size_t reply_len;
    int failed; /* times in a row */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool started, stop;
};

/* ---- over HTTP (RFC 3161, section 3.4) ---- */

static size_t take_reply(char *bytes, size_t size, size_t count, void *mine)
{
    struct stamps *stamps = mine;

    if (stamps->reply_len + size * count > STAMP_REPLY_BYTES_MAX) return 0;
    memcpy(stamps->reply + stamps->reply_len, bytes, size * count);
    stamps->reply_len += size * count;
    return size * count;
}

static bool post(struct stamps *stamps, struct str request, struct str *problem)
{
    long status = 0;
    CURLcode code;

    stamps->reply_len = 0;
    curl_easy_setopt(stamps->curl, CURLOPT_POSTFIELDS, request.at);
    curl_easy_setopt(stamps->curl, CURLOPT_POSTFIELDSIZE, (long)request.len);
    code = curl_easy_perform(stamps->curl);
    curl_easy_setopt(stamps->curl, CURLOPT_POSTFIELDS, ""); /* the request goes away */
    if (code != CURLE_OK) {
        *problem = arena_print(stamps->arena, "it cannot be reached: %s", curl_easy_strerror(code));
        return false;
    }
    curl_easy_getinfo(stamps->curl, CURLINFO_RESPONSE_CODE, &status);
    if (status == 200) return true;
    *problem = arena_print(stamps->arena, "it answered with status %ld", status);
    return false;
}

static bool is_web_address(struct str url)
{
    for (size_t i = 0; i < url.len; i++)
        if ((unsigned char)url.at[i] <= 0x20 || url.at[i] == 0x7F) return false;
    return url.len <= URL_BYTES_MAX &&
           (str_begins(url, S("https://")) || str_begins(url, S("http://")));
}

static struct outcome open_http(struct stamps *stamps)
{
    char url[URL_BYTES_MAX + 1];

    if (!is_web_address(stamps->settings.url))
        return FAULT("[journal] stamp_url has to be a web address, as https://tsa.example.com/");
    if (!outward_is_safe(stamps->settings.url))
        return FAULT(OUTWARD_UNSAFE("the authority of time stamps"));
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != 0 || !(stamps->curl = curl_easy_init()))
        return FAULT("libcurl does not start");
    snprintf(url, sizeof url, "%.*s", STR_ARGS(stamps->settings.url));
    stamps->headers = curl_slist_append(NULL, "Content-Type: application/timestamp-query");
    if (!stamps->headers || curl_easy_setopt(stamps->curl, CURLOPT_URL, url) != CURLE_OK)
        return FAULT("no memory for time stamps");
    curl_easy_setopt(stamps->curl, CURLOPT_HTTPHEADER, stamps->headers);
    curl_easy_setopt(stamps->curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(stamps->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(stamps->curl, CURLOPT_CONNECTTIMEOUT, (long)STAMP_SECONDS_MAX);
    curl_easy_setopt(stamps->curl, CURLOPT_TIMEOUT, (long)STAMP_SECONDS_MAX);
    curl_easy_setopt(stamps->curl, CURLOPT_USERAGENT, "gongdao");
    curl_easy_setopt(stamps->curl, CURLOPT_WRITEFUNCTION, take_reply);
    curl_easy_setopt(stamps->curl, CURLOPT_WRITEDATA, stamps);
    return DONE;
}

/* ---- one look ---- */

static bool ask(struct stamps *stamps, const struct witness_due *due, moment now,
                struct stamp *stamp, struct str *problem)
{
    struct stamp_request *request;
    struct outcome outcome = stamp_request_open(stamps->trust, due->digest, &request);
    bool good =
        IS_DONE(outcome) && post(stamps, stamp_request_bytes(request), problem) &&
        stamp_reply_take(stamps->trust, stamps->arena, request,
                         (struct str){stamps->reply, stamps->reply_len}, now, stamp, problem);

    if (outcome.fault) *problem = str_of(outcome.fault);
    stamp_request_close(&request);
    return good;
}

static struct outcome keep(struct stamps *stamps, const struct witness_due *due,
                           const struct stamp *stamp, moment now)
{
    struct witness_form form = {due->number, due->digest, stamp->token, stamp->at};
    struct call call = {.act = stamps->settings.witness->keep,
                        .scene = {.arena = stamps->arena,
                                  .now = now,
                                  .actor = {.is = WHO_SYSTEM | WHO_ANYONE},
                                  .channel = S("system")},
                        .form = &form};

    writer_wait(stamps->settings.writer, &call);
    return call.outcome;
}

bool stamps_look(struct stamps *stamps, moment now, bool *stamped, struct str *problem)
{
    struct scene scene = {.arena = stamps->arena,
                          .store = stamps->store,
                          .now = now,
                          .actor = {.is = WHO_SYSTEM | WHO_ANYONE},
                          .channel = S("system")};
    struct witness_due due;
    struct stamp stamp;
    struct outcome outcome;
    bool found = false;

    *stamped = false;
    *problem = S("");
    arena_reset(stamps->arena);
    outcome = stamps->settings.witness->find_due(&scene, &due, &found);
    if (IS_DONE(outcome) && !found) return true;
    if (IS_DONE(outcome)) {
        if (!ask(stamps, &due, now, &stamp, problem)) return false;
        outcome = keep(stamps, &due, &stamp, now);
    }
    *stamped = IS_DONE(outcome);
    if (outcome.fault) *problem = str_of(outcome.fault);
    return !outcome.fault; /* refused: another node was faster */
}

/* ---- the thread ---- */

static bool wait_seconds(struct stamps *stamps, int seconds)
{
    struct timespec until;
    bool go_on;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += seconds;
    pthread_mutex_lock(&stamps->lock);
    while (!stamps->stop) {
        if (pthread_cond_timedwait(&stamps->wake, &stamps->lock, &until) != 0) break;
    }
    go_on = !stamps->stop;
    pthread_mutex_unlock(&stamps->lock);
    return go_on;
}

static int look_and_tell(struct stamps *stamps)
{
    struct str problem;
    bool stamped;

    if (stamps_look(stamps, time(NULL), &stamped, &problem)) {
        if (stamped && stamps->failed)
            log_info("stamp", "the authority of time stamps answers again");
        if (stamped) stamps->failed = 0;
        return LOOK_SECONDS;
    }
    log_warning("stamp", "no time stamp: the authority: %.*s", STR_ARGS(problem));
    return ++stamps->failed <= TRIES_SOON ? SOON_SECONDS : LATER_SECONDS;
}

static void *stamps_main(void *mine)
{
    struct stamps *stamps = mine;

    while (wait_seconds(stamps, look_and_tell(stamps))) {
    }
    return NULL;
}

struct outcome stamps_open(const struct stamps_settings *settings, struct stamps **opened)
{
    struct stamps *stamps = calloc(1, sizeof *stamps);
    pthread_condattr_t rising; /* a clock that is set back holds up no stamp */
    struct outcome outcome;

    *opened = stamps;
    if (!stamps) return FAULT("no memory for time stamps");
    stamps->settings = *settings;
    pthread_mutex_init(&stamps->lock, NULL);
    pthread_condattr_init(&rising);
    pthread_condattr_setclock(&rising, CLOCK_MONOTONIC);
    pthread_cond_init(&stamps->wake, &rising);
    pthread_condattr_destroy(&rising);
    stamps->arena = arena_open(ARENA_BYTES);
    stamps->reply = malloc(STAMP_REPLY_BYTES_MAX);
    outcome = stamps->reply ? DONE : FAULT("no memory for time stamps");
    if (IS_DONE(outcome))
        outcome = stamp_trust_open(settings->ca_file, settings->policy, &stamps->trust);
    if (IS_DONE(outcome)) outcome = open_http(stamps);
    if (IS_DONE(outcome)) outcome = store_open(settings->database, STORE_READ, &stamps->store);
    if (!IS_DONE(outcome)) stamps_close(opened);
    return outcome;
}

struct outcome stamps_begin(struct stamps *stamps)
{
    stamps->started = pthread_create(&stamps->thread, NULL, stamps_main, stamps) == 0;
    return stamps->started ? DONE : FAULT("cannot start the thread that asks for time stamps");
}

void stamps_close(struct stamps **closing)
{
    struct stamps *stamps = *closing;

    if (!stamps) return;
    pthread_mutex_lock(&stamps->lock);
    stamps->stop = true;
    pthread_cond_signal(&stamps->wake);
    pthread_mutex_unlock(&stamps->lock);
    if (stamps->started) pthread_join(stamps->thread, NULL);
    if (stamps->store) store_close(&stamps->store);
    stamp_trust_close(&stamps->trust);
    curl_slist_free_all(stamps->headers);
    if (stamps->curl) curl_easy_cleanup(stamps->curl);
    free(stamps->reply);
    arena_close(&stamps->arena);
    pthread_mutex_destroy(&stamps->lock);
    pthread_cond_destroy(&stamps->wake);
    free(stamps);
    *closing = NULL;
}
