/* crash_list.c -- the messages of one conversation as its list shows them, compared with what was
 * told. */
#include "bench/crash_list.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>

enum { PAGE = 100 };

void list_open(struct list *list, const struct crash *crash, int talk)
{
    *list = (struct list){.after = "0"};
    shown_open(&list->shown, crash->told, 2 * talk, 2);
}

void list_close(struct list *list)
{
    shown_close(&list->shown);
}

void list_again(struct list *list)
{
    shown_reset(&list->shown);
    snprintf(list->after, sizeof list->after, "0");
}

static void remember_next(struct list *list, const json_t *answer, int64_t last)
{
    const json_t *next = json_object_get(answer, "next");
    if (json_is_string(next))
        snprintf(list->after, sizeof list->after, "%s", json_string_value(next));
    else if (json_is_integer(next))
        snprintf(list->after, sizeof list->after, "%" JSON_INTEGER_FORMAT,
                 json_integer_value(next));
    else if (last)
        snprintf(list->after, sizeof list->after, "%" PRId64, last);
}

/* Reads on from where the list was left; false when the server did not answer. */
static bool read_on(struct list *list, struct wire_link *link, const struct city_talk *talk)
{
    for (bool more = true; more;) {
        char path[160], headers[CITY_TOKEN_MAX + 128];
        snprintf(path, sizeof path, "/api/v1/consultations/%s/messages?after=%s&limit=%d",
                 talk->reference, list->after, PAGE);
        city_headers(headers, sizeof headers, talk->token);
        int status = wire_ask(link, "GET", path, headers, NULL);
        json_t *answer = status == 200 ? json_loadb(link->body, link->len, 0, NULL) : NULL;
        json_t *messages = json_object_get(answer, "messages"), *message;
        if (!json_is_array(messages)) {
            fprintf(stderr, "GET %s: %d %.300s\n", path, status, status > 0 ? link->body : "");
            json_decref(answer);
            /* A conversation that is gone has lost everything that was said in it. */
            return status >= 400 && status < 500;
        }
        size_t i;
        int64_t last = 0;
        json_array_foreach(messages, i, message)
        {
            int64_t seq = json_integer_value(json_object_get(message, "seq"));
            shown_message(&list->shown, json_string_value(json_object_get(message, "text")), seq);
            last = seq;
        }
        remember_next(list, answer, last);
        const json_t *next = json_object_get(answer, "next");
        more = next && !json_is_null(next);
        json_decref(answer);
    }
    return true;
}

bool list_verify(struct list *list, struct wire_link *link, const struct crash *crash, int talk)
{
    struct shown *shown = &list->shown;
    if (!read_on(list, link, &crash->city.talks[talk])) return false;
    list->unacknowledged = 0;
    for (int writer = 2 * talk; writer < 2 * talk + 2; writer++) {
        int64_t told = crash->told[writer].count;
        shown->verdict.lost += shown_missing(shown, writer, told);
        if (shown->last[writer - shown->first] > told) list->unacknowledged++;
    }
    return true;
}
