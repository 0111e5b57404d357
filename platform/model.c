/* model.c -- see model.h. */
#include "platform/model.h"

#include <curl/curl.h>
#include <jansson.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform/limits.h"
#include "platform/log.h"
#include "platform/metrics.h"
#include "platform/outward.h"

enum { URL_BYTES_MAX = 1000, HEADER_BYTES_MAX = 600 };

static const char instruction[] =
    "You are given a JSON list of sentences of Chinese law. Say each in plainer Chinese that "
    "somebody without schooling understands. Keep every number, period, condition, exception and "
    "party; keep who must, who may and who must not. Add nothing, leave nothing out, give no "
    "advice. Answer with a JSON list of as many texts in the same order, and with nothing else.";

static struct {
    bool is_open;
    char url[URL_BYTES_MAX + 32], name[200];
    struct curl_slist *headers;
    long seconds;
    int calls;            /* under way */
    int64_t silent_until; /* (3); 0: it answers */
    pthread_mutex_t lock;
} model = {.lock = PTHREAD_MUTEX_INITIALIZER};

struct call {
    char *answer;
    size_t len;
};

static bool is_one_line(struct str text, size_t len_max)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.at[i] <= 0x20 || text.at[i] == 0x7F) return false;
    }
    return text.len <= len_max;
}

static bool add_header(const char *line)
{
    struct curl_slist *more = curl_slist_append(model.headers, line);

    if (more) model.headers = more;
    return more != NULL;
}

struct outcome model_open(const struct model_settings *settings)
{
    char header[HEADER_BYTES_MAX + 32];
    struct str url = settings->url;

    if (!url.len) return DONE;
    if (!str_begins(url, S("https://")) && !str_begins(url, S("http://")))
        return FAULT("[model] url should begin with https://");
    if (!is_one_line(url, URL_BYTES_MAX)) return FAULT("[model] url is not a web address");
    if (!outward_is_safe(url)) return FAULT(OUTWARD_UNSAFE("the language model"));
    if (!settings->name.len || settings->name.len >= sizeof model.name)
        return FAULT("[model] name is needed: the model as the endpoint calls it");
    if (!is_one_line(settings->key, HEADER_BYTES_MAX))
        return FAULT("[model] key_file holds blanks or is too long");
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != 0) return FAULT("libcurl does not start");
    if (str_ends(url, S("/"))) url.len--;
    snprintf(model.url, sizeof model.url, "%.*s/chat/completions", STR_ARGS(url));
    snprintf(model.name, sizeof model.name, "%.*s", STR_ARGS(settings->name));
    model.seconds = (long)settings->seconds;
    snprintf(header, sizeof header, "Authorization: Bearer %.*s", STR_ARGS(settings->key));
    if (!add_header("Content-Type: application/json") || (settings->key.len && !add_header(header)))
        return FAULT("no memory for the language model");
    model.silent_until = 0;
    model.is_open = true;
    return DONE;
}

void model_close(void)
{
    curl_slist_free_all(model.headers);
    model.headers = NULL;
    model.is_open = false;
}

bool model_is_open(void)
{
    return model.is_open;
}

/* ---- the request ---- */

/* (1): an instruction that never changes, and the texts. */
static char *write_request(const struct str *texts, size_t count)
{
    json_t *list = json_array(), *request;
    char *user, *body;

    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_stringn(texts[i].at, texts[i].len));
    user = json_dumps(list, JSON_COMPACT);
    request = json_pack("{s:s, s:f, s:b, s:[{s:s, s:s}, {s:s, s:s}]}", "model", model.name,
                        "temperature", 0.0, "stream", 0, "messages", "role", "system", "content",
                        instruction, "role", "user", "content", user ? user : "[]");
    body = request ? json_dumps(request, JSON_COMPACT) : NULL;
    free(user);
    json_decref(list);
    json_decref(request);
    return body;
}

static size_t take(char *bytes, size_t size, size_t count, void *mine)
{
    struct call *call = mine;
    size_t len = size * count;

    if (len > MODEL_ANSWER_BYTES - call->len) return 0;
    memcpy(call->answer + call->len, bytes, len);
    call->len += len;
    return len;
}

static bool begin_call(void)
{
    bool may;

    pthread_mutex_lock(&model.lock);
    may = model.calls < MODEL_CALLS_MAX && metrics_microseconds() >= model.silent_until;
    model.calls += may;
    pthread_mutex_unlock(&model.lock);
    return may;
}

static void end_call(bool is_good)
{
    pthread_mutex_lock(&model.lock);
    model.calls--;
    model.silent_until =
        is_good ? 0 : metrics_microseconds() + (int64_t)MODEL_SILENT_SECONDS * 1000 * 1000;
    pthread_mutex_unlock(&model.lock);
}

/* Whether it answered 200; what it said is in `call`. */
static bool post(const char *body, struct call *call)
{
    CURL *curl = curl_easy_init();
    long status = 0;
    CURLcode code;

    if (!curl) return false;
    curl_easy_setopt(curl, CURLOPT_URL, model.url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "gongdao");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, model.headers);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, model.seconds);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, model.seconds);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, call);
    code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_cleanup(curl);
    if (code != CURLE_OK)
        log_warning("model", "the language model: %s", curl_easy_strerror(code));
    else if (status != 200)
        log_warning("model", "the language model answered %ld", status);
    return code == CURLE_OK && status == 200;
}

/* ---- the answer ---- */

/* Models put a list into a fence, or a word before it: what stands between the brackets. */
static json_t *read_list(const char *content)
{
    const char *from = strchr(content, '['), *to = strrchr(content, ']');

    if (!from || !to || to < from) return NULL;
    return json_loadb(from, (size_t)(to - from) + 1, JSON_REJECT_DUPLICATES, NULL);
}

static bool take_texts(struct arena *arena, json_t *list, size_t count, struct str *plain)
{
    if (!json_is_array(list) || json_array_size(list) != count) return false;
    for (size_t i = 0; i < count; i++) {
        json_t *one = json_array_get(list, i);

        plain[i] = S("");
        if (json_is_string(one))
            plain[i] =
                arena_copy(arena, (struct str){json_string_value(one), json_string_length(one)});
    }
    return true;
}

bool model_read(struct arena *arena, struct str answer, size_t count, struct str *plain)
{
    json_t *whole = json_loadb(answer.at, answer.len, JSON_REJECT_DUPLICATES, NULL);
    json_t *choice = json_array_get(json_object_get(whole, "choices"), 0);
    json_t *content = json_object_get(json_object_get(choice, "message"), "content");
    json_t *list = json_is_string(content) ? read_list(json_string_value(content)) : NULL;
    bool is_good = take_texts(arena, list, count, plain);

    json_decref(list);
    json_decref(whole);
    return is_good;
}

bool model_rephrase(struct arena *arena, const struct str *texts, size_t count, struct str *plain)
{
    struct call call = {0};
    bool is_good;
    char *body;

    if (!model.is_open || !count || !begin_call()) return false;
    call.answer = arena_bytes(arena, MODEL_ANSWER_BYTES);
    body = write_request(texts, count);
    is_good = body && post(body, &call) &&
              model_read(arena, (struct str){call.answer, call.len}, count, plain);
    free(body);
    end_call(is_good);
    return is_good;
}
