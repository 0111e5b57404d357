/* scan.c -- see scan.h. */
#include "platform/scan.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "platform/log.h"

enum {
    SCAN_SECONDS = 25, /* of the largest file, by a scanner that has just begun */
    CHUNK_BYTES = 64 * 1024,
    ADDRESS_BYTES_MAX = 200,
    REPLY_BYTES_MAX = 512
};

const struct reason scan_found = {"file.malware",
                                  T("This file carries malware and was not taken. Please send a "
                                    "clean copy, or bring the paper to "
                                    "a window."),
                                  422};
const struct reason scan_away = {
    "file.not-scanned",
    T("Files cannot be checked for malware just now, so none is taken. Nothing you wrote is lost. "
      "Please try again in some minutes, or bring the paper to a window."),
    503, 60};

static char host[ADDRESS_BYTES_MAX]; /* "" nobody scans */
static char port[8];                 /* "" a socket of this machine */
static atomic_long clean, found, away;

bool scan_use(struct str address)
{
    size_t colon = address.len;

    host[0] = port[0] = '\0';
    if (!address.len) return true;
    if (address.len >= sizeof host) return false;
    if (address.at[0] != '/') {
        while (colon > 0 && address.at[colon - 1] != ':') colon--;
        if (colon < 2 || colon == address.len || address.len - colon >= sizeof port) return false;
        memcpy(port, address.at + colon, address.len - colon);
        port[address.len - colon] = '\0';
        if (strspn(port, "0123456789") != strlen(port)) return false;
        address.len = colon - 1;
    } else if (address.len >= sizeof((struct sockaddr_un *)0)->sun_path) {
        return false;
    }
    memcpy(host, address.at, address.len);
    host[address.len] = '\0';
    return true;
}

bool scan_is_used(void)
{
    return host[0] != '\0';
}

static int64_t now_ms(void)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

static bool wait_for(int end, short what, int64_t until)
{
    struct pollfd asked = {.fd = end, .events = what};
    int64_t left = until - now_ms();
    int came = -1;

    while (left > 0 && (came = poll(&asked, 1, (int)left)) < 0 && errno == EINTR)
        left = until - now_ms();
    return left > 0 && came > 0;
}

/* Does not block: whoever cannot be reached within the time is away. */
static int connect_to(const struct sockaddr *address, socklen_t len, int64_t until)
{
    int end = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), wrong = 0;
    socklen_t wrong_len = sizeof wrong;

    if (end < 0) return -1;
    if (connect(end, address, len) == 0) return end;
    if ((errno == EINPROGRESS || errno == EAGAIN) && wait_for(end, POLLOUT, until) &&
        getsockopt(end, SOL_SOCKET, SO_ERROR, &wrong, &wrong_len) == 0 && wrong == 0)
        return end;
    close(end);
    return -1;
}

static int reach(int64_t until)
{
    struct sockaddr_un local = {.sun_family = AF_UNIX};
    struct addrinfo wish = {.ai_socktype = SOCK_STREAM}, *list = NULL;
    int end = -1;

    if (!port[0]) {
        memcpy(local.sun_path, host, strlen(host) + 1);
        return connect_to((const struct sockaddr *)&local, sizeof local, until);
    }
    if (getaddrinfo(host, port, &wish, &list) != 0) return -1;
    for (struct addrinfo *one = list; one && end < 0; one = one->ai_next)
        end = connect_to(one->ai_addr, one->ai_addrlen, until);
    freeaddrinfo(list);
    return end;
}

static bool put(int end, const void *bytes, size_t len, int64_t until)
{
    const char *at = bytes;

    while (len) {
        ssize_t done = send(end, at, len, MSG_NOSIGNAL);

        if (done > 0)
            at += done, len -= (size_t)done;
        else if (done < 0 && errno != EAGAIN && errno != EINTR)
            return false;
        else if (!wait_for(end, POLLOUT, until))
            return false;
    }
    return true;
}

static bool put_all(int end, struct str bytes, int64_t until)
{
    uint32_t none = 0;

    if (!put(end, "zINSTREAM", sizeof "zINSTREAM", until)) return false; /* with its NUL */
    while (bytes.len) {
        size_t len = bytes.len < CHUNK_BYTES ? bytes.len : CHUNK_BYTES;
        uint32_t said = htonl((uint32_t)len);

        if (!put(end, &said, sizeof said, until) || !put(end, bytes.at, len, until)) return false;
        bytes.at += len, bytes.len -= len;
    }
    return put(end, &none, sizeof none, until);
}

/* Up to its NUL, or the end. */
static struct str hear(int end, char *reply, int64_t until)
{
    size_t len = 0;

    while (len < REPLY_BYTES_MAX && !memchr(reply, '\0', len) && wait_for(end, POLLIN, until)) {
        ssize_t came = recv(end, reply + len, REPLY_BYTES_MAX - len, 0);

        if (came > 0)
            len += (size_t)came;
        else if (came == 0 || (errno != EAGAIN && errno != EINTR))
            break;
    }
    return (struct str){reply, strnlen(reply, len)};
}

/* The name of what was found comes from outside: plain signs only go into the log. */
static void tell(struct str reply)
{
    char said[REPLY_BYTES_MAX + 1];

    for (size_t i = 0; i < reply.len; i++)
        said[i] = reply.at[i] > ' ' && reply.at[i] <= '~' ? reply.at[i] : ' ';
    said[reply.len] = '\0';
    log_warning("scan", "a file was not taken: %s", reply.len ? said : "clamd does not answer");
}

struct outcome scan_bytes(struct str bytes)
{
    int64_t until = now_ms() + (int64_t)SCAN_SECONDS * 1000;
    char reply[REPLY_BYTES_MAX];
    struct str said = S("");
    int end;

    if (!scan_is_used()) return DONE;
    end = reach(until);
    if (end >= 0) {
        /* One that has enough answers before the end, and does not read on. */
        put_all(end, bytes, until);
        said = hear(end, reply, until);
        close(end);
    }
    if (str_same(said, S("stream: OK"))) { /* (2) */
        atomic_fetch_add(&clean, 1);
        return DONE;
    }
    tell(said);
    if (str_ends(said, S(" FOUND"))) {
        atomic_fetch_add(&found, 1);
        return REFUSE(scan_found);
    }
    atomic_fetch_add(&away, 1);
    return REFUSE(scan_away); /* (1) */
}

void scan_metrics(struct out *out)
{
    OUT_LITERAL(out, "# HELP gongdao_scans_total Files shown to the virus scanner, by its answer.\n"
                     "# TYPE gongdao_scans_total counter\n"
                     "gongdao_scans_total{result=\"clean\"} ");
    out_int(out, (int64_t)atomic_load(&clean));
    OUT_LITERAL(out, "\ngongdao_scans_total{result=\"found\"} ");
    out_int(out, (int64_t)atomic_load(&found));
    OUT_LITERAL(out, "\ngongdao_scans_total{result=\"away\"} ");
    out_int(out, (int64_t)atomic_load(&away));
    OUT_LITERAL(out, "\n");
}
