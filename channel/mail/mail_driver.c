/* mail_driver.c -- see mail_driver.h.  Invariants, by number:
 *
 *  (1) A letter is given up only when the server says for good that it is this receiver or these
 *      words it does not want (RFC 5321, 4.2.2: 550, 551, 553 to 559).  Whatever concerns us and so
 *      every letter is tried again, and whoever runs the installation hears of it: a wrong
 * password, a door that stays shut, an address of ours that is not taken (MAIL), a policy (RFC
 * 3463, X.7.X: "relay access denied").  So is 552, "too much": a full mailbox is emptied one day,
 * and RFC 5321, 4.5.3.1.10 has clients take it for 452. (2) Nothing typed by people stands in a
 * header line but as base64. (3) Nothing of the letter leaves by way of the log. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "channel/mail/mail_driver.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "platform/out.h"

enum { MESSAGE_BYTES_MAX = 24 * 1024 * 1024, ADDRESS_BYTES_MAX = 254, LINE_BYTES = 57 };

struct mail_driver {
    struct str kind;
    int console;
    CURL *curl;
    char from[ADDRESS_BYTES_MAX + 1];
    bool is_about_us; /* what the server answered last: to MAIL, or by its policy */
    char asked[5];    /* the command before it */
};

enum letter_fate mail_driver_fate(long code)
{
    if (code >= 200 && code <= 299) return LETTER_DELIVERED;
    return code >= 550 && code <= 559 && code != 552 ? LETTER_IMPOSSIBLE : LETTER_LATER;
}

/* ---- the message ---- */

static bool is_address(struct str text)
{
    int64_t at = str_find(text, S("@"));

    if (at <= 0 || text.len > ADDRESS_BYTES_MAX || (size_t)at + 1 >= text.len) return false;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];

        if (c <= 0x20 || c >= 0x7F || strchr("<>()[]\\,;:\"", c)) return false;
    }
    return true;
}

static void put_base64(struct out *out, struct str bytes)
{
    static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    for (size_t i = 0; i < bytes.len; i += 3) {
        unsigned n = (unsigned)(unsigned char)bytes.at[i] << 16;
        char four[4];

        if (i + 1 < bytes.len) n |= (unsigned)(unsigned char)bytes.at[i + 1] << 8;
        if (i + 2 < bytes.len) n |= (unsigned char)bytes.at[i + 2];
        four[0] = signs[n >> 18];
        four[1] = signs[n >> 12 & 63];
        four[2] = i + 1 < bytes.len ? signs[n >> 6 & 63] : '=';
        four[3] = i + 2 < bytes.len ? signs[n & 63] : '=';
        out_raw(out, four, 4);
        if ((i + 3) % LINE_BYTES == 0) OUT_LITERAL(out, "\r\n");
    }
}

static void put_date(struct out *out, moment now)
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    time_t at = (time_t)now;
    struct tm utc;
    char text[64];
    int len;

    gmtime_r(&at, &utc);
    len = snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d +0000", days[utc.tm_wday],
                   utc.tm_mday, months[utc.tm_mon], utc.tm_year + 1900, utc.tm_hour, utc.tm_min,
                   utc.tm_sec);
    out_raw(out, text, (size_t)len);
}

#define BOUNDARY "=-part-of-this-letter" /* no base64 has a dash */

static void put_text(struct out *out, struct str body)
{
    OUT_LITERAL(out, "Content-Type: text/plain; charset=utf-8\r\n"
                     "Content-Transfer-Encoding: base64\r\n\r\n");
    put_base64(out, body);
    OUT_LITERAL(out, "\r\n");
}

/* A name of our own making; whatever else it were stands in no header. */
static struct str plain_name(struct str name)
{
    for (size_t i = 0; i < name.len; i++) {
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.",
                    name.at[i]))
            return S("file");
    }
    return name.len ? name : S("file");
}

static void put_content(struct out *out, const struct letter *letter, struct str body)
{
    if (!letter->files_count) {
        put_text(out, body);
        return;
    }
    OUT_LITERAL(out, "Content-Type: multipart/mixed; boundary=\"" BOUNDARY "\"\r\n\r\n"
                     "--" BOUNDARY "\r\n");
    put_text(out, body);
    for (size_t i = 0; i < letter->files_count; i++) {
        const struct letter_file *file = &letter->files[i];

        OUT_LITERAL(out, "--" BOUNDARY "\r\nContent-Type: ");
        out_raw_str(out, file->type);
        OUT_LITERAL(out, "\r\nContent-Transfer-Encoding: base64\r\n"
                         "Content-Disposition: attachment; filename=\"");
        out_raw_str(out, plain_name(file->name));
        OUT_LITERAL(out, "\"\r\n\r\n");
        put_base64(out, file->bytes);
        OUT_LITERAL(out, "\r\n");
    }
    OUT_LITERAL(out, "--" BOUNDARY "--\r\n");
}

struct str mail_driver_write(struct arena *arena, struct str from, const struct letter *letter,
                             moment now)
{
    struct out *out = out_open(arena, MESSAGE_BYTES_MAX);
    struct str body, subject = str_cut(letter->text, '\n', &body);
    struct str short_subject = {subject.at, subject.len < 40 ? subject.len : 40};

    if (!is_address(from) || !is_address(letter->to)) return S("");
    /* A word of a header holds 75 signs: the subject is cut between two characters. */
    while (short_subject.len && short_subject.len < subject.len &&
           ((unsigned char)subject.at[short_subject.len] & 0xC0) == 0x80)
        short_subject.len--;
    OUT_LITERAL(out, "Date: ");
    put_date(out, now);
    OUT_LITERAL(out, "\r\nFrom: <");
    out_raw_str(out, from);
    OUT_LITERAL(out, ">\r\nTo: <");
    out_raw_str(out, letter->to);
    OUT_LITERAL(out, ">\r\nMessage-ID: <");
    out_int(out, letter->letter_id);
    OUT_LITERAL(out, ".report.");
    out_raw_str(out, from);
    OUT_LITERAL(out, ">\r\nSubject: =?UTF-8?B?");
    put_base64(out, short_subject);
    OUT_LITERAL(out, "?=\r\nMIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\n");
    put_content(out, letter, body);
    return out_full(out) ? S("") : out_text(out);
}

/* ---- sending ---- */

struct upload_state {
    struct str rest;
    bool is_begun;
};

static size_t give(char *to, size_t size, size_t count, void *mine)
{
    struct upload_state *state = mine;
    size_t len = size * count < state->rest.len ? size * count : state->rest.len;

    state->is_begun = true;
    if (len) memcpy(to, state->rest.at, len);
    state->rest = (struct str){state->rest.at + len, state->rest.len - len};
    return len;
}

/* What libcurl says and hears.  Its own codes tell a refused sender from a receiver by words only.
 */
static int listen_in(CURL *curl, curl_infotype type, char *data, size_t len, void *mine)
{
    struct mail_driver *driver = mine;

    (void)curl;
    if (type == CURLINFO_HEADER_OUT && len >= 4) memcpy(driver->asked, data, 4);
    if (type == CURLINFO_HEADER_IN && len >= 4 && *data == '5' &&
        strcmp(driver->asked, "QUIT") != 0)
        driver->is_about_us = strcmp(driver->asked, "MAIL") == 0 ||
                              (len >= 8 && str_begins((struct str){data + 4, len - 4}, S("5.7.")));
    return 0;
}

static enum letter_fate send_smtp(struct mail_driver *driver, struct arena *arena,
                                  const struct letter *letter, struct str *problem)
{
    struct str from = str_of(driver->from);
    struct upload_state state = {.rest = mail_driver_write(arena, from, letter, time(NULL))};
    struct curl_slist *to = NULL;
    enum letter_fate fate;
    long status = 0;
    CURLcode code;

    *problem = S("the address of the letter cannot be one");
    if (!state.rest.len) return LETTER_IMPOSSIBLE;
    to = curl_slist_append(NULL, arena_c(arena, letter->to));
    curl_easy_setopt(driver->curl, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(driver->curl, CURLOPT_READDATA, &state);
    driver->is_about_us = false;
    memset(driver->asked, 0, sizeof driver->asked);
    code = to ? curl_easy_perform(driver->curl) : CURLE_OUT_OF_MEMORY;
    curl_easy_getinfo(driver->curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_setopt(driver->curl, CURLOPT_MAIL_RCPT, NULL);
    curl_slist_free_all(to);
    if (code == CURLE_OK) {
        *problem = S("");
        return LETTER_DELIVERED;
    }
    /* libcurl calls a sender or a receiver that was refused, and only these, CURLE_SEND_ERROR
     * before the letter itself is asked for; a greeting with 554 means this machine and any letter.
     */
    fate = code == CURLE_SEND_ERROR || state.is_begun ? mail_driver_fate(status) : LETTER_LATER;
    if (driver->is_about_us) fate = LETTER_LATER;
    *problem = arena_print(arena, "the mail server: %s (%ld%s%s)", curl_easy_strerror(code), status,
                           driver->is_about_us ? ", about us, to " : "",
                           driver->is_about_us ? driver->asked : "");
    return fate == LETTER_IMPOSSIBLE ? LETTER_IMPOSSIBLE : LETTER_LATER;
}

enum letter_fate mail_driver_send(void *mine, struct arena *arena, const struct letter *letter,
                                  struct str *problem)
{
    struct mail_driver *driver = mine;

    *problem = S("");
    if (str_same(driver->kind, S("smtp"))) return send_smtp(driver, arena, letter, problem);
    if (str_same(driver->kind, S("log"))) {
        dprintf(driver->console, "mail %lld: %zu bytes, %.*s\n", (long long)letter->letter_id,
                letter->text.len, STR_ARGS(letter->kind));
        return LETTER_DELIVERED;
    }
    *problem = S("no mail server is set up");
    return LETTER_IMPOSSIBLE;
}

static struct outcome open_smtp(struct mail_driver *driver,
                                const struct mail_driver_settings *settings)
{
    char text[2048];

    if (!str_begins(settings->url, S("smtp://")) && !str_begins(settings->url, S("smtps://")))
        return FAULT("[mail] url should begin with smtp:// or smtps://");
    if (!is_address(settings->from)) return FAULT("[mail] from is not an e-mail address");
    if (settings->url.len >= sizeof text || settings->user.len >= sizeof text ||
        settings->password.len >= sizeof text)
        return FAULT("a setting of [mail] is too long");
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != 0 || !(driver->curl = curl_easy_init()))
        return FAULT("libcurl does not start");
    snprintf(text, sizeof text, "%.*s", STR_ARGS(settings->url));
    curl_easy_setopt(driver->curl, CURLOPT_URL, text);
    curl_easy_setopt(driver->curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    /* Never a password or a letter in clear, unless the server is this machine itself. */
    if (!str_begins(settings->url, S("smtp://127.0.0.1:")))
        curl_easy_setopt(driver->curl, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
    if (settings->user.len) {
        snprintf(text, sizeof text, "%.*s", STR_ARGS(settings->user));
        curl_easy_setopt(driver->curl, CURLOPT_USERNAME, text);
        snprintf(text, sizeof text, "%.*s", STR_ARGS(settings->password));
        curl_easy_setopt(driver->curl, CURLOPT_PASSWORD, text);
        explicit_bzero(text, sizeof text);
    }
    snprintf(driver->from, sizeof driver->from, "%.*s", STR_ARGS(settings->from));
    curl_easy_setopt(driver->curl, CURLOPT_MAIL_FROM, driver->from);
    curl_easy_setopt(driver->curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(driver->curl, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(driver->curl, CURLOPT_DEBUGFUNCTION, listen_in);
    curl_easy_setopt(driver->curl, CURLOPT_DEBUGDATA, driver);
    curl_easy_setopt(driver->curl, CURLOPT_VERBOSE, 1L); /* to listen_in() alone */
    curl_easy_setopt(driver->curl, CURLOPT_TIMEOUT, (long)MAIL_SECONDS_MAX);
    curl_easy_setopt(driver->curl, CURLOPT_NOSIGNAL, 1L);
    return DONE;
}

struct outcome mail_driver_open(const struct mail_driver_settings *settings,
                                struct mail_driver **opened)
{
    struct mail_driver *driver = calloc(1, sizeof *driver);
    struct outcome outcome = DONE;

    if (!driver) return FAULT("no memory to send e-mail");
    *opened = driver;
    driver->console = settings->console ? settings->console : 1;
    if (str_same(settings->kind, S("log")))
        driver->kind = S("log");
    else if (str_same(settings->kind, S("none")))
        driver->kind = S("none");
    else if (str_same(settings->kind, S("smtp")))
        driver->kind = S("smtp"), outcome = open_smtp(driver, settings);
    else
        outcome = FAULT("[mail] driver is log, smtp or none");
    if (!IS_DONE(outcome)) mail_driver_close(opened);
    return outcome;
}

void mail_driver_close(struct mail_driver **closing)
{
    struct mail_driver *driver = *closing;

    if (!driver) return;
    if (driver->curl) curl_easy_cleanup(driver->curl);
    free(driver);
    *closing = NULL;
}
