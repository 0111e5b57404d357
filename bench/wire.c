/* wire.c -- an HTTP/1.1 client for measurements: answers, event streams, plain calls.
 *
 * 1. A byte is looked at once; an answer may arrive cut anywhere.
 * 2. What is not HTTP/1.1 as RFC 9112 has it makes the answer broken, never guessed at.
 * 3. A memory that cannot be had ends the program: a measurement without it is none.
 */
#include "bench/wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

bool wire_place_of(const char *text, struct wire_place *place)
{
    *place = (struct wire_place){.at = {.sin_family = AF_INET}};
    const char *colon = strrchr(text, ':');
    if (!colon || colon == text || (size_t)(colon - text) >= 16) return false;
    if (strlen(text) >= sizeof place->text) return false;
    char host[16] = "";
    memcpy(host, text, (size_t)(colon - text));
    long port = strtol(colon + 1, NULL, 10);
    if (port < 1 || port > 65535) return false;
    place->at.sin_port = htons((uint16_t)port);
    memcpy(place->text, text, strlen(text));
    return inet_pton(AF_INET, host, &place->at.sin_addr) == 1;
}

uint32_t wire_address(int n, int count)
{
    int which = count > 0 ? n % count : 0;
    return (127u << 24) + (uint32_t)(256 + (which / 250) * 256 + which % 250 + 1);
}

static int wire_socket(uint32_t from, bool waits, int seconds)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | (waits ? 0 : SOCK_NONBLOCK), 0);
    if (fd < 0) return -1;
    int yes = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (from) {
        /* The port is chosen at connect(): thousands of clients may share a port number. */
        setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
        struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr = {htonl(from)}};
        if (bind(fd, (struct sockaddr *)&here, sizeof here) < 0) {
            close(fd);
            return -1;
        }
    }
    struct timeval wait = {.tv_sec = seconds};
    if (waits) setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    if (waits) setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
    return fd;
}

int wire_connect(const struct wire_place *place, uint32_t from, bool waits, int seconds)
{
    int fd = wire_socket(from, waits, seconds);
    if (fd < 0) return -1;
    const struct sockaddr *to = (const struct sockaddr *)&place->at;
    if (connect(fd, to, sizeof place->at) < 0 && errno != EINPROGRESS) {
        int why = errno;
        close(fd);
        errno = why;
        return -1;
    }
    return fd;
}

void wire_reader_start(struct wire_reader *reader)
{
    reader->state = WIRE_HEAD;
    reader->status = 0;
    reader->retry_after = 0;
    reader->closes = false;
    reader->left = 0;
    reader->head_len = 0;
}

static bool header_is(const char *line, size_t len, const char *name, const char **value)
{
    size_t size = strlen(name);
    if (len <= size || line[size] != ':' || strncasecmp(line, name, size) != 0) return false;
    *value = line + size + 1;
    while (**value == ' ') (*value)++;
    return true;
}

static void head_line(struct wire_reader *reader, const char *line, size_t len, bool *chunked,
                      bool *sized)
{
    const char *value;
    if (header_is(line, len, "content-length", &value)) {
        reader->left = strtoll(value, NULL, 10);
        *sized = true;
    } else if (header_is(line, len, "transfer-encoding", &value)) {
        *chunked = strncasecmp(value, "chunked", 7) == 0;
    } else if (header_is(line, len, "connection", &value)) {
        if (strncasecmp(value, "close", 5) == 0) reader->closes = true;
    } else if (header_is(line, len, "retry-after", &value)) {
        reader->retry_after = (int)strtol(value, NULL, 10);
    }
}

static void head_whole(struct wire_reader *reader)
{
    char *head = reader->head;
    if (reader->head_len < 13 || memcmp(head, "HTTP/1.", 7) != 0) {
        reader->state = WIRE_BROKEN;
        return;
    }
    head[reader->head_len - 1] = '\0';
    reader->status = (int)strtol(head + 9, NULL, 10);
    bool chunked = false, sized = false;
    char *line = strchr(head, '\n');
    while (line && line[1]) {
        char *next = strchr(line + 1, '\n');
        head_line(reader, line + 1, next ? (size_t)(next - line - 1) : strlen(line + 1), &chunked,
                  &sized);
        line = next;
    }
    if (reader->status >= 100 && reader->status < 200) {
        wire_reader_start(reader);
    } else if (reader->status == 204 || reader->status == 304 || (sized && !reader->left)) {
        reader->state = WIRE_WHOLE;
    } else if (chunked) {
        reader->state = WIRE_CHUNK_SIZE;
        reader->left = 0;
    } else if (sized) {
        reader->state = WIRE_SIZED;
    } else {
        reader->state = WIRE_TO_END;
        reader->closes = true;
    }
}

static size_t read_head(struct wire_reader *reader, const char *at, size_t len)
{
    size_t used = 0;
    while (used < len && reader->state == WIRE_HEAD) {
        if (reader->head_len == WIRE_HEAD_MAX) {
            reader->state = WIRE_BROKEN;
            break;
        }
        const char *end = memchr(at + used, '\n', len - used);
        size_t size = end ? (size_t)(end - at) + 1 - used : len - used;
        if (size > WIRE_HEAD_MAX - reader->head_len) size = WIRE_HEAD_MAX - reader->head_len;
        memcpy(reader->head + reader->head_len, at + used, size);
        reader->head_len += size;
        used += size;
        size_t have = reader->head_len;
        if (have >= 4 && memcmp(reader->head + have - 4, "\r\n\r\n", 4) == 0) head_whole(reader);
    }
    return used;
}

/* One byte of the framing between chunks. */
static void read_frame(struct wire_reader *reader, char c)
{
    if (reader->state == WIRE_CHUNK_SIZE) {
        if (c == '\n') {
            reader->state = reader->left ? WIRE_CHUNK : WIRE_TRAILER;
            reader->head_len = 0;
            return;
        }
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit >= 0)
            reader->left = reader->left * 16 + digit;
        else if (c != '\r')
            reader->state = WIRE_BROKEN;
        if (reader->left > (int64_t)1 << 40) reader->state = WIRE_BROKEN;
    } else if (reader->state == WIRE_CHUNK_END) {
        if (c == '\n') reader->state = WIRE_CHUNK_SIZE;
    } else if (c == '\n') { /* a trailer ends with an empty line */
        if (!reader->head_len) reader->state = WIRE_WHOLE;
        reader->head_len = 0;
    } else if (c != '\r') {
        reader->head_len = 1;
    }
}

size_t wire_read(struct wire_reader *reader, const char *at, size_t len,
                 void (*sink)(void *mine, const char *at, size_t len), void *mine)
{
    size_t used = 0;
    while (used < len && reader->state < WIRE_WHOLE) {
        enum wire_state state = reader->state;
        if (state == WIRE_HEAD) {
            used += read_head(reader, at + used, len - used);
        } else if (state == WIRE_SIZED || state == WIRE_CHUNK || state == WIRE_TO_END) {
            size_t size = len - used;
            if (state != WIRE_TO_END && (int64_t)size > reader->left) size = (size_t)reader->left;
            if (sink) sink(mine, at + used, size);
            used += size;
            if (state == WIRE_TO_END) continue;
            reader->left -= (int64_t)size;
            if (!reader->left) reader->state = state == WIRE_SIZED ? WIRE_WHOLE : WIRE_CHUNK_END;
        } else {
            read_frame(reader, at[used++]);
        }
    }
    return used;
}

static void append(char **at, size_t *len, size_t *max, const char *bytes, size_t size)
{
    if (*len + size + 1 > *max) {
        *max = (*len + size + 1) * 2;
        *at = realloc(*at, *max);
        if (!*at) abort();
    }
    memcpy(*at + *len, bytes, size);
    *len += size;
    (*at)[*len] = '\0';
}

static void event_line(struct wire_events *events)
{
    const char *line = events->line_len ? events->line : "";
    if (!*line) {
        if (events->data_len) {
            struct wire_event event = {
                .id = events->id, .data = events->data, .len = events->data_len};
            memcpy(event.name, events->name, sizeof event.name);
            if (events->each) events->each(events->mine, &event);
        }
        events->data_len = 0;
        events->name[0] = '\0';
    } else if (strncmp(line, "id:", 3) == 0) {
        events->id = strtoll(line + 3, NULL, 10);
    } else if (strncmp(line, "event:", 6) == 0) {
        snprintf(events->name, sizeof events->name, "%s", line + 6 + (line[6] == ' '));
    } else if (strncmp(line, "data:", 5) == 0) {
        const char *data = line + 5 + (line[5] == ' ');
        if (events->data_len) append(&events->data, &events->data_len, &events->data_max, "\n", 1);
        append(&events->data, &events->data_len, &events->data_max, data, strlen(data));
    }
    events->line_len = 0;
}

void wire_events_feed(void *mine, const char *at, size_t len)
{
    struct wire_events *events = mine;
    while (len) {
        const char *end = memchr(at, '\n', len);
        size_t size = end ? (size_t)(end - at) : len;
        size_t keep = end && size && at[size - 1] == '\r' ? size - 1 : size;
        if (events->line_len + keep <= WIRE_EVENT_MAX)
            append(&events->line, &events->line_len, &events->line_max, at, keep);
        if (!end) return;
        event_line(events);
        at = end + 1;
        len -= size + 1;
    }
}

void wire_events_free(struct wire_events *events)
{
    free(events->line);
    free(events->data);
    *events = (struct wire_events){0};
}

void wire_link_open(struct wire_link *link, const struct wire_place *place, int seconds)
{
    *link = (struct wire_link){.place = *place, .seconds = seconds, .fd = -1};
}

void wire_link_close(struct wire_link *link)
{
    if (link->fd >= 0) close(link->fd);
    link->fd = -1;
    free(link->body);
    link->body = NULL;
    link->len = link->max = 0;
}

static bool send_all(int fd, const char *at, size_t len)
{
    while (len) {
        ssize_t sent = send(fd, at, len, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        at += sent;
        len -= (size_t)sent;
    }
    return true;
}

static void keep_body(void *mine, const char *at, size_t len)
{
    struct wire_link *link = mine;
    append(&link->body, &link->len, &link->max, at, len);
}

/* Returns the status, -1 when the connection failed, -2 when it did before any byte came. */
static int take_answer(struct wire_link *link)
{
    struct wire_reader reader;
    wire_reader_start(&reader);
    char bytes[16 * 1024];
    bool any = false;
    link->len = 0;
    keep_body(link, "", 0);
    while (reader.state < WIRE_WHOLE) {
        ssize_t got = recv(link->fd, bytes, sizeof bytes, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got == 0 && reader.state == WIRE_TO_END) break;
        if (got <= 0) {
            bool silent = got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
            close(link->fd);
            link->fd = -1;
            return any || silent ? -1 : -2;
        }
        any = true;
        wire_read(&reader, bytes, (size_t)got, keep_body, link);
    }
    if (reader.closes || reader.state == WIRE_BROKEN) {
        close(link->fd);
        link->fd = -1;
    }
    link->retry_after = reader.retry_after;
    return reader.state == WIRE_BROKEN ? -1 : reader.status;
}

int wire_ask(struct wire_link *link, const char *method, const char *path, const char *headers,
             const char *body)
{
    size_t size = strlen(path) + strlen(headers) + (body ? strlen(body) : 0) + 256;
    char *request = malloc(size);
    if (!request) abort();
    int len = snprintf(request, size, "%s %s HTTP/1.1\r\nHost: %s\r\n%s", method, path,
                       link->place.text, headers);
    if (body)
        len += snprintf(request + len, size - (size_t)len,
                        "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
                        strlen(body), body);
    else
        len += snprintf(request + len, size - (size_t)len, "%s\r\n",
                        strcmp(method, "GET") == 0 ? "" : "Content-Length: 0\r\n");
    int status = -2;
    for (int go = 0; go < 2 && status == -2; go++) {
        bool kept = link->fd >= 0;
        if (!kept) link->fd = wire_connect(&link->place, link->from, true, link->seconds);
        if (link->fd < 0) break;
        status = send_all(link->fd, request, (size_t)len) ? take_answer(link) : -2;
        if (status == -2 && link->fd >= 0) {
            close(link->fd);
            link->fd = -1;
        }
        if (!kept) break;
    }
    free(request);
    return status == -2 ? -1 : status;
}
