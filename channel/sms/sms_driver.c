/* sms_driver.c -- see sms_driver.h.  Invariants, by number, each with a test:
 *
 *  (1) A message is given up only when the gateway says that it is this message it does not want.
 *      A wrong token, a wrong address or too many messages are our trouble: it is tried again.
 *  (2) Each try carries the same id, so that the gateway can drop the second.
 *  (3) Nothing of the letter leaves by way of the log.
 *  (4) On the console a message is one line, whatever is in it.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "channel/sms/sms_driver.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform/outward.h"
#include "platform/secret.h"

enum { JSON_BYTES_MAX = 8 * 1024, ANSWER_BYTES_MAX = 64 * 1024, URL_BYTES_MAX = 2000 };

struct sms_driver {
    enum letter_fate (*send)(struct sms_driver *driver, struct arena *arena,
                             const struct letter *letter, struct str *problem);
    int console;
    CURL *curl;
    struct curl_slist *headers;
    size_t answered; /* bytes of the gateway's answer so far: none of them is kept */
};

static enum letter_fate send_none(struct sms_driver *driver, struct arena *arena,
                                  const struct letter *letter, struct str *problem)
{
    (void)driver, (void)arena, (void)letter;
    *problem = S("no SMS gateway is set up");
    return LETTER_IMPOSSIBLE;
}

static enum letter_fate send_log(struct sms_driver *driver, struct arena *arena,
                                 const struct letter *letter, struct str *problem)
{
    struct str to = secret_mask(arena, letter->to), text = arena_copy(arena, letter->text);
    char *bytes = arena_take(arena, 1, text.len + 1);

    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];

        bytes[i] = byte < 0x20 || byte == 0x7F ? ' ' : text.at[i];
    }
    *problem = S("");
    if (dprintf(driver->console, "notice to %.*s: %.*s\n", STR_ARGS(to), (int)text.len, bytes) > 0)
        return LETTER_DELIVERED;
    *problem = S("the console cannot be written to");
    return LETTER_LATER;
}

enum letter_fate sms_driver_fate(long status)
{
    if (status >= 200 && status <= 299) return LETTER_DELIVERED;
    switch (status) {
    case 401: /* our token */
    case 403:
    case 404: /* our address */
    case 407:
    case 408:
    case 429: return LETTER_LATER;
    default: return status >= 400 && status <= 499 ? LETTER_IMPOSSIBLE : LETTER_LATER;
    }
}

static struct str write_json(struct arena *arena, const struct letter *letter)
{
    struct out *out = out_open(arena, JSON_BYTES_MAX);

    OUT_LITERAL(out, "{\"id\":\"");
    out_int(out, letter->letter_id);
    OUT_LITERAL(out, "\",\"to\":");
    out_json_str(out, letter->to);
    OUT_LITERAL(out, ",\"template\":");
    out_json_str(out, letter->kind);
    OUT_LITERAL(out, ",\"text\":");
    out_json_str(out, letter->text);
    OUT_LITERAL(out, "}");
    return out_full(out) ? S("") : out_text(out);
}

static enum letter_fate send_http(struct sms_driver *driver, struct arena *arena,
                                  const struct letter *letter, struct str *problem)
{
    struct str body = write_json(arena, letter);
    enum letter_fate fate;
    long status = 0;
    CURLcode code;

    *problem = S("the message is too long");
    if (body.len == 0) return LETTER_IMPOSSIBLE;
    driver->answered = 0;
    curl_easy_setopt(driver->curl, CURLOPT_POSTFIELDS, body.at);
    curl_easy_setopt(driver->curl, CURLOPT_POSTFIELDSIZE, (long)body.len);
    code = curl_easy_perform(driver->curl);
    curl_easy_setopt(driver->curl, CURLOPT_POSTFIELDS, ""); /* the arena goes away */
    if (code != CURLE_OK) {
        *problem = arena_print(arena, "the gateway: %s", curl_easy_strerror(code));
        return LETTER_LATER;
    }
    curl_easy_getinfo(driver->curl, CURLINFO_RESPONSE_CODE, &status);
    fate = sms_driver_fate(status);
    *problem =
        fate == LETTER_DELIVERED ? S("") : arena_print(arena, "the gateway answered %ld", status);
    return fate;
}

/* Only the status counts; an answer without end is cut off. */
static size_t drop_answer(char *bytes, size_t size, size_t count, void *mine)
{
    struct sms_driver *driver = mine;

    (void)bytes;
    driver->answered += size * count;
    return driver->answered <= ANSWER_BYTES_MAX ? size * count : 0;
}

static bool is_one_line(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.at[i] <= 0x20 || text.at[i] == 0x7F) return false;
    }
    return true;
}

static struct outcome open_http(struct sms_driver *driver,
                                const struct sms_driver_settings *settings)
{
    char url[URL_BYTES_MAX + 1], header[URL_BYTES_MAX + 32];
    struct curl_slist *more;

    if (!str_begins(settings->url, S("https://")) && !str_begins(settings->url, S("http://")))
        return FAULT("the address of the SMS gateway should begin with https://");
    if (settings->url.len > URL_BYTES_MAX || !is_one_line(settings->url))
        return FAULT("the address of the SMS gateway is not a web address");
    if (!outward_is_safe(settings->url)) return FAULT(OUTWARD_UNSAFE("the SMS gateway"));
    if (settings->token.len > URL_BYTES_MAX || !is_one_line(settings->token))
        return FAULT("the token of the SMS gateway holds blanks or is too long");
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != 0 || !(driver->curl = curl_easy_init()))
        return FAULT("libcurl does not start");
    snprintf(url, sizeof url, "%.*s", STR_ARGS(settings->url));
    driver->headers = curl_slist_append(NULL, "Content-Type: application/json");
    if (driver->headers && settings->token.len > 0) {
        snprintf(header, sizeof header, "Authorization: Bearer %.*s", STR_ARGS(settings->token));
        more = curl_slist_append(driver->headers, header);
        if (!more) return FAULT("no memory for the SMS gateway");
    }
    if (!driver->headers || curl_easy_setopt(driver->curl, CURLOPT_URL, url) != CURLE_OK)
        return FAULT("no memory for the SMS gateway");
    curl_easy_setopt(driver->curl, CURLOPT_HTTPHEADER, driver->headers);
    curl_easy_setopt(driver->curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(driver->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(driver->curl, CURLOPT_CONNECTTIMEOUT, (long)SMS_SECONDS_MAX);
    curl_easy_setopt(driver->curl, CURLOPT_TIMEOUT, (long)SMS_SECONDS_MAX);
    curl_easy_setopt(driver->curl, CURLOPT_USERAGENT, "gongdao");
    curl_easy_setopt(driver->curl, CURLOPT_WRITEFUNCTION, drop_answer);
    curl_easy_setopt(driver->curl, CURLOPT_WRITEDATA, driver);
    driver->send = send_http;
    return DONE;
}

struct outcome sms_driver_open(const struct sms_driver_settings *settings,
                               struct sms_driver **opened)
{
    struct sms_driver *driver = calloc(1, sizeof *driver);
    struct outcome outcome = DONE;

    if (!driver) return FAULT("no memory for the SMS gateway");
    driver->console = settings->console ? settings->console : 1;
    if (str_same(settings->kind, S("none")))
        driver->send = send_none;
    else if (str_same(settings->kind, S("log")))
        driver->send = send_log;
    else if (str_same(settings->kind, S("http")))
        outcome = open_http(driver, settings);
    else
        outcome = FAULT("the way to send an SMS should be log, http or none");
    *opened = driver;
    if (!IS_DONE(outcome)) sms_driver_close(opened);
    return outcome;
}

void sms_driver_close(struct sms_driver **closing)
{
    struct sms_driver *driver = *closing;

    if (!driver) return;
    curl_slist_free_all(driver->headers);
    if (driver->curl) curl_easy_cleanup(driver->curl);
    free(driver);
    *closing = NULL;
}

enum letter_fate sms_driver_send(struct sms_driver *driver, struct arena *arena,
                                 const struct letter *letter, struct str *problem)
{
    return driver->send(driver, arena, letter, problem);
}
