/* head.c -- what a request's head may look like: RFC 9112 with no leniency.
 *
 * libmicrohttpd is lenient where two servers in a row would then disagree about where a request
 * ends.  It shows us every header it saw, and it parses in place: request line and headers lie in
 * one run of memory, with NULs written over the separators.  So a head is right exactly if the
 * pieces, their separators and nothing else add up to that run; a bare LF, a folded line, a NUL
 * or a second blank in the request line leaves a gap that is too short or too long.
 *
 *  1. Pieces must touch: METHOD sp TARGET sp VERSION crlf (NAME : blanks VALUE crlf)* crlf.
 *  2. Exactly one Host, of host characters; at most one Content-Length, digits only, never beside
 *     Transfer-Encoding; Transfer-Encoding at most once, exactly "chunked", never in HTTP/1.0.
 *  3. Names are tokens; values hold no control character but the tab.
 *  4. A target is origin-form; its path, decoded once, is UTF-8 without NUL, control character,
 *     "..", "//" at its start, backslash, or an encoded slash.
 *
 * What of the framings of the table in docs/decisions/0003 is seen where:
 *   refused by the library     no ":" in a header, NUL in a name, Content-Length not a number,
 *                              chunk size not hexadecimal or too large, chunk without line end,
 *                              version not HTTP/d.d
 *   refused here (1)           bare LF or bare CR as line end, obs-fold, NUL in a value, in the
 *                              target or in the method, several blanks in the request line
 *   refused here (2)           two Hosts, none at all, two Content-Lengths, Content-Length
 *                              beside Transfer-Encoding, "+5", "5, 5", "0x5", xchunked, identity,
 *                              "chunked, chunked", "gzip, chunked", chunked in HTTP/1.0
 *   refused here (3), (4)      blank before the colon or in the target, controls, absolute-form,
 *                              authority-form, *
 *   not visible to us          a bare LF as line end inside the chunked coding, and what a chunk
 *                              extension says.  The library reads both the way a front that lets
 *                              them pass does; nginx, which we ship in front, buffers bodies and
 *                              sends Content-Length, so neither reaches us through it.
 */
#include "platform/http/inside.h"

#include <string.h>

bool http_head_field_is_plain(struct str name, struct str value)
{
    static const char marks[] = "!#$%&'*+-.^_`|~";

    if (name.len == 0) return false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        bool is_token = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        (c >= '0' && c <= '9') || (c && strchr(marks, c));

        if (!is_token) return false;
    }
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.at[i];

        if ((c < ' ' && c != '\t') || c == 0x7F) return false;
    }
    return true;
}

static bool all_in(struct str text, const char *marks)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
              (c && strchr(marks, c))))
            return false;
    }
    return true;
}

bool http_head_host_is_plain(struct str host)
{
    struct str port = S(""), name = host;
    int64_t number;

    if (host.len && host.at[0] == '[') {
        name = str_cut((struct str){host.at + 1, host.len - 1}, ']', &port);
        if (name.at + name.len == host.at + host.len) return false; /* no closing bracket */
        if (name.len == 0 || !all_in(name, ":.")) return false;
        if (port.len == 0) return true;
        if (port.at[0] != ':') return false;
        port = (struct str){port.at + 1, port.len - 1};
    } else {
        name = str_cut(host, ':', &port);
        if (name.len == 0 || !all_in(name, ".-_")) return false;
        if (name.len == host.len) return true;
    }
    return port.len <= 5 && port.len > 0 && port.at[0] != '-' && str_to_int(port, &number) &&
           number <= 65535;
}

static int hex(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool target_octet(unsigned char c)
{
    return c > ' ' && c < 0x7F && !strchr("\"<>#", c);
}

/* Decodes in place; false for what no path of ours needs. */
static bool path_decode(struct str raw, struct str *path)
{
    char *to = (char *)raw.at;
    size_t len = 0;

    for (size_t i = 0; i < raw.len; i++) {
        char c = raw.at[i];

        if (c == '\\') return false;
        if (c == '%') {
            int high = raw.len - i > 2 ? hex(raw.at[i + 1]) : -1;
            int low = raw.len - i > 2 ? hex(raw.at[i + 2]) : -1;

            if (high < 0 || low < 0) return false;
            c = (char)(high * 16 + low);
            i += 2;
            if ((unsigned char)c < ' ' || c == 0x7F || c == '/' || c == '\\') return false;
        }
        to[len++] = c;
    }
    *path = (struct str){to, len};
    return str_is_utf8(*path) && str_find(*path, S("..")) < 0 && !str_begins(*path, S("//"));
}

int http_head_target(char *target, size_t len, struct str *path, struct str *query)
{
    struct str raw = {target, len};

    if (len == 0 || target[0] != '/') return 400;
    if (len > HTTP_TARGET_BYTES_MAX) return 414;
    for (size_t i = 0; i < len; i++) {
        if (!target_octet((unsigned char)target[i])) return 400;
    }
    raw = str_cut(raw, '?', query);
    return path_decode(raw, path) ? 0 : 400;
}

/* Invariant 1: where the next piece must begin. */
struct sum {
    struct http_request *request;
    const char *next;
    int status;
};

static enum MHD_Result field_add(void *site, enum MHD_ValueKind kind, const char *name,
                                 size_t name_len, const char *value, size_t value_len)
{
    struct sum *sum = site;
    struct http_request *request = sum->request;
    struct str key = {name, name_len}, text = {value ? value : name, value ? value_len : 0};

    (void)kind;
    if (request->fields_count == HTTP_FIELDS_MAX) {
        sum->status = 431;
        return MHD_NO;
    }
    if (name != sum->next || !value || value < name + name_len + 1 ||
        !http_head_field_is_plain(key, text)) {
        sum->status = 400;
        return MHD_NO;
    }
    for (const char *at = name + name_len + 1; at < value; at++) {
        if (*at != ' ' && *at != '\t') sum->status = 400;
    }
    sum->next = value + value_len + 2;
    request->fields[request->fields_count++] = (struct http_field){key, str_trim(text)};
    return sum->status ? MHD_NO : MHD_YES;
}

static int fields_read(struct http_request *request, const char *method, const char *version)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(request->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    struct sum sum = {.request = request};

    if (!info || info->header_size > HTTP_HEAD_BYTES_MAX) return 431;
    if (request->target_at != method + strlen(method) + 1) return 400;
    if (version != request->target_at + request->target_len + 1) return 400;
    if (strcmp(version, MHD_HTTP_VERSION_1_1) != 0 && strcmp(version, MHD_HTTP_VERSION_1_0) != 0)
        return 505;
    sum.next = version + strlen(version) + 2;
    request->fields = NEW_MANY(request->arena, struct http_field, HTTP_FIELDS_MAX);
    MHD_get_connection_values_n(request->connection, MHD_HEADER_KIND, field_add, &sum);
    if (sum.status) return sum.status;
    return sum.next + 2 == method + info->header_size ? 0 : 400;
}

/* Invariant 2: the fields that say where a request ends and whose it is. */
static int framing_check(struct http_request *request, bool is_old)
{
    struct str host = http_request_field(request, "host", 0);
    struct str length = http_request_field(request, "content-length", 0);
    struct str coding = http_request_field(request, "transfer-encoding", 0);
    struct str expect = http_request_field(request, "expect", 0);
    static const char *const single[] = {"host",         "content-length", "transfer-encoding",
                                         "content-type", "authorization",  "expect"};

    for (size_t i = 0; i < COUNT(single); i++) {
        if (http_request_field(request, single[i], 1).at) return 400;
    }
    if (!http_head_host_is_plain(host)) return 400;
    if (coding.at && (length.at || is_old || !str_same_plain(coding, S("chunked")))) return 400;
    request->body_promised = coding.at ? -1 : 0;
    if (length.at) {
        for (size_t i = 0; i < length.len; i++) {
            if (length.at[i] < '0' || length.at[i] > '9') return 400;
        }
        if (!str_to_int(length, &request->body_promised)) return length.len ? 413 : 400;
    }
    if (expect.at && !str_same_plain(expect, S("100-continue"))) return 417;
    return 0;
}

static int method_read(struct http_request *request, const char *name)
{
    static const struct {
        const char *name;
        enum http_method method; /* 0: known and not served */
    } methods[] = {
        {"GET", HTTP_GET},       {"HEAD", HTTP_GET}, {"POST", HTTP_POST}, {"PUT", HTTP_PUT},
        {"DELETE", HTTP_DELETE}, {"OPTIONS", 0},     {"PATCH", 0},        {"TRACE", 0},
        {"CONNECT", 0}};

    for (size_t i = 0; i < COUNT(methods); i++) {
        if (strcmp(name, methods[i].name) != 0) continue;
        request->method = methods[i].method;
        return request->method ? 0 : 405;
    }
    return http_head_field_is_plain(str_of(name), S("")) ? 501 : 400;
}

int http_head_check(struct http_request *request, const char *method, const char *version)
{
    int status = fields_read(request, method, version);

    if (!status) status = framing_check(request, strcmp(version, MHD_HTTP_VERSION_1_0) == 0);
    if (!status) status = method_read(request, method);
    if (!status)
        status =
            http_head_target(request->target, request->target_len, &request->path, &request->query);
    return status;
}
