/* files_store.c -- see files_store.h.
 *
 * What Debian's libcurl 7.88.1 gets wrong in signing is left out rather than worked around: it does
 * not encode a path the way it signs it (curl issues 7559, 13754), so names are hexadecimal digits
 * or base64url; it does not sort a query, so there is none; of a body it streams it signs
 * UNSIGNED-PAYLOAD, so the hash of the body is given to it as the header it would have made; it
 * signs a header that is only named to be left out ("Expect:"), so none is.
 */
#include "platform/files_store.h"

#include <curl/curl.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform/files_gone.h"
#include "platform/limits.h"
#include "platform/log.h"
#include "platform/metrics.h"
#include "platform/outward.h"
#include "platform/secret.h"
#include "platform/secret_keys.h"

enum {
    ADDRESS_BYTES_MAX = 1000,
    TOLD_BYTES_MAX = 1024,       /* kept of an answer that tells what is wrong */
    WRONG_BYTES_MAX = 64 * 1024, /* longer is no such answer */
    SEAL_BYTES = 128,            /* of a sealed file beside the file, at most */
    SHA_HEX = 2 * crypto_hash_sha256_BYTES
};

const struct reason files_away = {
    "files.away",
    T("The place where files are kept cannot be reached right now, so your file was not taken. "
      "Everything else is as it was. Please choose the file again in a few minutes."),
    503, FILES_STORE_SILENT_SECONDS};
const struct reason files_away_to_read = {
    "files.away-to-read",
    T("The place where files are kept cannot be reached right now. The file is not lost: please "
      "open it again in a few minutes."),
    503, FILES_STORE_SILENT_SECONDS};

static struct {
    bool is_open;
    char address[ADDRESS_BYTES_MAX + 1];
    char signing[128], id[256], secret[256];
    CURL *handles[FILES_STORE_CALLS_MAX];
    bool in_use[FILES_STORE_CALLS_MAX];
    /* 0: it answers.  Else it did not, and is tried again from then on, by one at a time. */
    int64_t silent_until;
    bool is_tried;
    bool is_refusing; /* it answers, but will not do what is asked */
    int64_t failures, calls;
    pthread_mutex_t lock;
} store = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* One request and what came of it. */
struct call {
    const char *method, *name;
    struct str body;
    size_t sent;
    char *answer; /* room for answer_max, of which so many bytes came */
    size_t answered, answer_max;
    char told[TOLD_BYTES_MAX + 1]; /* the beginning of an answer that is no file */
    size_t told_len;
    CURL *curl;
    long status; /* 0: there was no answer */
    CURLcode code;
};

static bool is_clean(struct str text, size_t len_max)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.at[i] <= 0x20 || text.at[i] == 0x7F) return false;
    }
    return text.len <= len_max;
}

/* As a part of a path and of a name: what no encoding would change. */
static bool is_plain(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._/",
                    text.at[i]))
            return false;
    }
    return true;
}

static struct outcome check(const struct files_store_settings *settings)
{
    struct str rest = settings->endpoint;

    if (!str_begins(rest, S("https://")) && !str_begins(rest, S("http://")))
        return FAULT("[files] endpoint should begin with https://");
    if (!outward_is_safe(settings->endpoint)) return FAULT(OUTWARD_UNSAFE("the store of files"));
    str_cut(rest, '/', &rest), str_cut(rest, '/', &rest), str_cut(rest, '/', &rest);
    if (!is_clean(settings->endpoint, ADDRESS_BYTES_MAX / 2) || !is_plain(rest))
        return FAULT("[files] endpoint is https://HOST[:PORT][/PATH], in letters without spaces "
                     "and without a query");
    if (settings->bucket.len > 63 || !is_plain(settings->bucket) ||
        memchr(settings->bucket.at, '/', settings->bucket.len))
        return FAULT("[files] bucket has up to 63 letters, digits, dots and hyphens");
    if (!settings->region.len || !is_plain(settings->region) || settings->region.len > 63)
        return FAULT("[files] region is needed, as the store names it: us-east-1 if it has none");
    if (!settings->id.len || !settings->secret.len || !is_clean(settings->id, 255) ||
        !is_clean(settings->secret, 255))
        return FAULT("[files] key_file has two words: the key's id and its secret");
    return DONE;
}

static size_t give(char *to, size_t size, size_t count, void *mine)
{
    struct call *call = mine;
    size_t room = size * count, left = call->body.len - call->sent;
    size_t len = left < room ? left : room;

    memcpy(to, call->body.at + call->sent, len);
    call->sent += len;
    return len;
}

/* A kept connection turned out to be dead: the body is sent again from its beginning. */
static int give_again(void *mine, curl_off_t to, int from)
{
    struct call *call = mine;

    if (from != SEEK_SET || to < 0 || (size_t)to > call->body.len) return CURL_SEEKFUNC_FAIL;
    call->sent = (size_t)to;
    return CURL_SEEKFUNC_OK;
}

static size_t take(char *bytes, size_t size, size_t count, void *mine)
{
    struct call *call = mine;
    size_t len = size * count, part;
    long status = 0;

    curl_easy_getinfo(call->curl, CURLINFO_RESPONSE_CODE, &status);
    if (status == 200 && call->answer) {
        if (len > call->answer_max - call->answered) return 0; /* larger than it ever was */
        memcpy(call->answer + call->answered, bytes, len);
        call->answered += len;
        return len;
    }
    part = call->told_len < TOLD_BYTES_MAX ? TOLD_BYTES_MAX - call->told_len : 0;
    if (part) memcpy(call->told + call->told_len, bytes, part < len ? part : len);
    call->told_len += len;
    return call->told_len <= WRONG_BYTES_MAX ? len : 0;
}

static CURL *make_handle(void)
{
    CURL *curl = curl_easy_init();

    if (!curl) return NULL;
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "gongdao");
    curl_easy_setopt(curl, CURLOPT_AWS_SIGV4, store.signing);
    curl_easy_setopt(curl, CURLOPT_USERNAME, store.id);
    curl_easy_setopt(curl, CURLOPT_PASSWORD, store.secret);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)FILES_STORE_CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_EXPECT_100_TIMEOUT_MS, 1L); /* not every store says "100" */
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)FILES_STORE_STALL_SECONDS);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(curl, CURLOPT_SEEKFUNCTION, give_again);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    return curl;
}

/* A handle keeps its connection for whoever comes next.  -1: the store is taken to be away, or all
 * are in use. */
static int begin_call(void)
{
    int64_t now = metrics_microseconds();
    int at = -1;

    pthread_mutex_lock(&store.lock);
    if (!store.silent_until || (now >= store.silent_until && !store.is_tried)) {
        for (int i = 0; i < FILES_STORE_CALLS_MAX && at < 0; i++) {
            if (!store.in_use[i]) at = i;
        }
    }
    if (at >= 0) {
        store.in_use[at] = true;
        store.is_tried = store.silent_until != 0;
        store.calls++;
    }
    pthread_mutex_unlock(&store.lock);
    return at;
}

/* The key, the bucket or this machine's clock is wrong: that no file of this name is there is an
 * answer like others, but to a put. */
static bool refuses(const struct call *call)
{
    if (call->status == 404) return strcmp(call->method, "PUT") == 0;
    return call->status / 100 != 2;
}

/* (3); said in the log when it begins and when it is over. */
static void end_call(int at, bool is_silent, bool is_refused)
{
    bool was_silent;

    pthread_mutex_lock(&store.lock);
    was_silent = store.silent_until != 0;
    store.in_use[at] = false;
    store.is_tried = false;
    store.failures += is_silent || is_refused;
    if (!is_silent) store.is_refusing = is_refused;
    store.silent_until = 0;
    if (is_silent)
        store.silent_until =
            metrics_microseconds() + (int64_t)FILES_STORE_SILENT_SECONDS * 1000 * 1000;
    pthread_mutex_unlock(&store.lock);
    if (was_silent && !is_silent) log_warning("files", "the store of attached files answers again");
}

/* The word S3 has for what is wrong: <Code>SignatureDoesNotMatch</Code>.  Letters only: it is a
 * stranger's text on its way into the log. */
static void tell_wrong(const struct call *call)
{
    const char *code = strstr(call->told, "<Code>");
    char word[64] = "";
    size_t len = 0;

    for (code = code ? code + 6 : ""; len + 1 < sizeof word; code++) {
        if (!((*code >= 'A' && *code <= 'Z') || (*code >= 'a' && *code <= 'z'))) break;
        word[len++] = *code;
    }
    if (!call->status)
        log_warning("files", "%s of the store of attached files: %s", call->method,
                    curl_easy_strerror(call->code));
    else
        log_warning("files", "%s of the store of attached files: it answered %ld%s%s%s",
                    call->method, call->status, len ? " (" : "", word, len ? ")" : "");
}

static struct curl_slist *headers_of(const struct call *call)
{
    unsigned char sum[crypto_hash_sha256_BYTES];
    char header[64 + SHA_HEX], hex[SHA_HEX + 1];
    struct curl_slist *list;

    crypto_hash_sha256(sum, (const unsigned char *)call->body.at, call->body.len);
    sodium_bin2hex(hex, sizeof hex, sum, sizeof sum);
    snprintf(header, sizeof header, "x-amz-content-sha256: %s", hex);
    list = curl_slist_append(NULL, header);
    if (!list) abort();
    return list;
}

static void set_up(struct call *call, const char *address, struct curl_slist *headers)
{
    bool is_put = strcmp(call->method, "PUT") == 0, is_head = strcmp(call->method, "HEAD") == 0;
    long seconds = is_put ? FILES_STORE_PUT_SECONDS : FILES_STORE_GET_SECONDS;

    curl_easy_setopt(call->curl, CURLOPT_URL, address);
    curl_easy_setopt(call->curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(call->curl, CURLOPT_READDATA, call);
    curl_easy_setopt(call->curl, CURLOPT_SEEKDATA, call);
    curl_easy_setopt(call->curl, CURLOPT_WRITEDATA, call);
    curl_easy_setopt(call->curl, CURLOPT_TIMEOUT, seconds);
    curl_easy_setopt(call->curl, CURLOPT_CUSTOMREQUEST, NULL);
    curl_easy_setopt(call->curl, CURLOPT_HTTPGET, 1L); /* undoes what was set before */
    if (is_head) curl_easy_setopt(call->curl, CURLOPT_NOBODY, 1L);
    if (is_put) {
        curl_easy_setopt(call->curl, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(call->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)call->body.len);
    }
    if (strcmp(call->method, "DELETE") == 0)
        curl_easy_setopt(call->curl, CURLOPT_CUSTOMREQUEST, "DELETE");
}

/* False: nobody was asked, or nobody answered that can be believed; then the store is away. */
static bool ask(struct call *call)
{
    char address[sizeof store.address + 128];
    struct curl_slist *headers;
    bool is_silent;
    int at = begin_call();

    if (at < 0) return false;
    if (!store.handles[at] && !(store.handles[at] = make_handle())) abort();
    call->curl = store.handles[at];
    snprintf(address, sizeof address, "%s/%s", store.address, call->name);
    headers = headers_of(call);
    set_up(call, address, headers);
    call->code = curl_easy_perform(call->curl);
    /* More than was ever put there is an answer too: a wrong one. */
    if (call->code == CURLE_OK || (call->code == CURLE_WRITE_ERROR && call->answer))
        curl_easy_getinfo(call->curl, CURLINFO_RESPONSE_CODE, &call->status);
    curl_easy_setopt(call->curl, CURLOPT_HTTPHEADER, NULL);
    curl_slist_free_all(headers);
    is_silent = !call->status || call->status == 429 || call->status >= 500;
    if (is_silent) tell_wrong(call);
    end_call(at, is_silent, !is_silent && refuses(call));
    return !is_silent;
}

static const char *use_of(const char *name, char *use, size_t size)
{
    snprintf(use, size, "file.%s", name);
    return use;
}

struct outcome files_store_put(const char *name, struct str bytes, bool *may_be_there)
{
    struct arena *arena = arena_open(3 * (size_t)ATTACHMENT_BYTES_MAX);
    char use[128];
    struct call call = {.method = "PUT", .name = name};
    bool good;

    call.body = secret_seal(arena, use_of(name, use, sizeof use), bytes);
    good = ask(&call);
    if (good && call.status / 100 != 2) {
        tell_wrong(&call);
        good = false;
    }
    *may_be_there = call.curl != NULL;
    arena_close(&arena);
    return good ? DONE : REFUSE(files_away);
}

/* ---- another key (decision 0046) ---- */

static _Atomic bool renews;
static _Atomic int64_t renewed_count, kept_count;
static _Atomic bool met[KEYS_MAX + 1];

void files_store_renew(bool renew)
{
    renews = renew;
}

void files_store_renewed(int64_t *renewed, int64_t *kept)
{
    *renewed = renewed_count;
    *kept = kept_count;
}

bool files_store_sealed_with(int key)
{
    return key > 0 && key <= KEYS_MAX && met[key];
}

/* The same name and the same content: who reads meanwhile gets one or the other. */
static struct outcome renew(const char *name, int key, struct str plain)
{
    bool may_be_there;

    met[key] = true;
    if (!renews || key == secret_writes_with()) {
        kept_count++;
        return DONE;
    }
    renewed_count++;
    return files_store_put(name, plain, &may_be_there);
}

struct outcome files_store_get(struct arena *arena, const char *name, size_t bytes_count,
                               struct str *bytes)
{
    struct call call = {
        .method = "GET", .name = name, .answer_max = bytes_count / 3 * 4 + SEAL_BYTES};
    struct arena *mine = arena_open(5 * (size_t)ATTACHMENT_BYTES_MAX);
    struct outcome outcome = DONE;
    struct str plain;
    char use[128];

    call.answer = arena_take(mine, 1, call.answer_max);
    if (!ask(&call)) {
        outcome = REFUSE(files_away_to_read);
    } else if (call.status == 404) {
        outcome = FAULT("an attachment's file is not in the store");
    } else if (call.status != 200) {
        tell_wrong(&call);
        outcome = REFUSE(files_away_to_read);
    } else if (!secret_unseal(mine, use_of(name, use, sizeof use),
                              (struct str){call.answer, call.answered}, &plain) ||
               plain.len != bytes_count) {
        outcome = FAULT("an attachment's file in the store is not what was put there");
    } else {
        *bytes = arena_copy(arena, plain);
        outcome = renew(name, secret_key_of((struct str){call.answer, call.answered}), plain);
    }
    arena_close(&mine);
    return outcome;
}

struct outcome files_store_has(const char *name, bool *has)
{
    struct call call = {.method = "HEAD", .name = name};

    *has = false;
    if (!ask(&call)) return REFUSE(files_away_to_read);
    *has = call.status == 200;
    if (*has || call.status == 404) return DONE;
    tell_wrong(&call);
    return REFUSE(files_away_to_read);
}

struct outcome files_store_drop(const char *name)
{
    return files_gone_note(name);
}

/* 404 is as good: somebody was here before. */
static bool remove_one(const char *name)
{
    struct call call = {.method = "DELETE", .name = name};

    if (!ask(&call)) return false;
    if (call.status / 100 == 2 || call.status == 404) return true;
    tell_wrong(&call);
    return false;
}

struct outcome files_store_sweep(int64_t *left)
{
    return files_gone_go(remove_one, left);
}

struct outcome files_store_begin(void)
{
    return files_gone_begin(remove_one);
}

struct outcome files_store_open(const struct files_store_settings *settings)
{
    files_store_close();
    TRY(check(settings));
    TRY(files_gone_open(settings->gone.at));
    if (curl_global_init(CURL_GLOBAL_DEFAULT)) return FAULT("cannot set up libcurl");
    pthread_mutex_lock(&store.lock);
    snprintf(store.address, sizeof store.address, "%.*s", STR_ARGS(settings->endpoint));
    for (size_t len = strlen(store.address); len && store.address[len - 1] == '/';)
        store.address[--len] = 0;
    if (settings->bucket.len) {
        size_t len = strlen(store.address);

        snprintf(store.address + len, sizeof store.address - len, "/%.*s",
                 STR_ARGS(settings->bucket));
    }
    snprintf(store.signing, sizeof store.signing, "aws:amz:%.*s:s3", STR_ARGS(settings->region));
    snprintf(store.id, sizeof store.id, "%.*s", STR_ARGS(settings->id));
    snprintf(store.secret, sizeof store.secret, "%.*s", STR_ARGS(settings->secret));
    store.silent_until = store.failures = store.calls = 0;
    store.is_refusing = false;
    store.is_open = true;
    pthread_mutex_unlock(&store.lock);
    return DONE;
}

void files_store_close(void)
{
    files_gone_close();
    pthread_mutex_lock(&store.lock);
    for (int i = 0; i < FILES_STORE_CALLS_MAX; i++) {
        if (store.handles[i]) curl_easy_cleanup(store.handles[i]);
        store.handles[i] = NULL;
    }
    if (store.is_open) curl_global_cleanup();
    sodium_memzero(store.secret, sizeof store.secret);
    store.is_open = false;
    pthread_mutex_unlock(&store.lock);
}

bool files_store_is_open(void)
{
    return store.is_open;
}

void files_store_tell(struct out *out)
{
    bool is_silent, is_refusing;

    pthread_mutex_lock(&store.lock);
    is_silent = store.silent_until != 0;
    is_refusing = store.is_refusing;
    pthread_mutex_unlock(&store.lock);
    if (is_silent)
        OUT_LITERAL(out, "The store of attached files does not answer: files are neither taken nor "
                         "shown, everything else goes on.\n");
    else if (is_refusing)
        OUT_LITERAL(out, "The store of attached files refused what it was asked last; its reason "
                         "is in the log. Everything but files goes on.\n");
}

void files_store_put_metrics(struct out *out)
{
    int64_t calls, failures;
    bool is_silent;

    if (!store.is_open) return;
    pthread_mutex_lock(&store.lock);
    calls = store.calls;
    failures = store.failures;
    is_silent = store.silent_until != 0;
    pthread_mutex_unlock(&store.lock);
    OUT_LITERAL(out, "# HELP gongdao_files_store_calls_total Requests to the store of files.\n"
                     "# TYPE gongdao_files_store_calls_total counter\n"
                     "gongdao_files_store_calls_total ");
    out_int(out, calls);
    OUT_LITERAL(out, "\n# HELP gongdao_files_store_failures_total Of these without a good answer.\n"
                     "# TYPE gongdao_files_store_failures_total counter\n"
                     "gongdao_files_store_failures_total ");
    out_int(out, failures);
    OUT_LITERAL(out, "\n# HELP gongdao_files_store_away Whether it is taken to be away.\n"
                     "# TYPE gongdao_files_store_away gauge\ngongdao_files_store_away ");
    out_int(out, is_silent);
    OUT_LITERAL(out, "\n");
}
