/* listen.c -- the socket we accept on: TCP over IPv4 or IPv6, or a unix socket.
 *
 * We open it ourselves because the library cannot open unix sockets.  A path that is left over
 * from a killed server is removed; one that a living server answers on is not.  Stopping shuts the
 * socket down, so that peers are refused at once, but does not close it: a loop may be about to
 * accept on that number.
 */
#include "platform/http/inside.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static bool port_read(struct str text, in_port_t *port)
{
    int64_t number;

    if (!str_to_int(text, &number) || number < 0 || number > 65535) return false;
    *port = htons((uint16_t)number);
    return true;
}

static socklen_t where_tcp(struct str where, struct sockaddr_storage *bound)
{
    char host[INET6_ADDRSTRLEN];
    struct str name = where;
    in_port_t port;

    while (name.len && name.at[name.len - 1] != ':') name.len--;
    if (name.len == 0) return 0;
    if (!port_read((struct str){where.at + name.len, where.len - name.len}, &port)) return 0;
    name.len--;
    if (name.len > 2 && name.at[0] == '[' && name.at[name.len - 1] == ']') {
        struct sockaddr_in6 *six = (struct sockaddr_in6 *)bound;

        snprintf(host, sizeof host, "%.*s", (int)name.len - 2, name.at + 1);
        six->sin6_family = AF_INET6;
        six->sin6_port = port;
        return inet_pton(AF_INET6, host, &six->sin6_addr) == 1 ? sizeof *six : 0;
    }
    struct sockaddr_in *four = (struct sockaddr_in *)bound;

    if (name.len >= sizeof host) return 0;
    snprintf(host, sizeof host, "%.*s", STR_ARGS(name));
    four->sin_family = AF_INET;
    four->sin_port = port;
    return inet_pton(AF_INET, host, &four->sin_addr) == 1 ? sizeof *four : 0;
}

static socklen_t where_unix(struct str path, struct sockaddr_storage *bound)
{
    struct sockaddr_un *local = (struct sockaddr_un *)bound;

    if (path.len == 0 || path.len >= sizeof local->sun_path) return 0;
    local->sun_family = AF_UNIX;
    memcpy(local->sun_path, path.at, path.len);
    return sizeof *local;
}

/* A socket file nobody answers on is what a killed server left. */
static void unlink_stale(const struct sockaddr_un *local)
{
    struct stat file;
    int probe;

    if (lstat(local->sun_path, &file) != 0 || !S_ISSOCK(file.st_mode)) return;
    probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (probe < 0) return;
    if (connect(probe, (const struct sockaddr *)local, sizeof *local) != 0 && errno == ECONNREFUSED)
        unlink(local->sun_path);
    close(probe);
}

static bool bind_to(int descriptor, const struct sockaddr_storage *bound, socklen_t len)
{
    const struct sockaddr *address = (const struct sockaddr *)bound;
    int on = 1;

    if (address->sa_family == AF_UNIX) {
        const struct sockaddr_un *local = (const struct sockaddr_un *)bound;

        unlink_stale(local);
        return bind(descriptor, address, len) == 0 && chmod(local->sun_path, 0660) == 0;
    }
    if (setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0) return false;
    /* Accepted sockets inherit it. */
    if (setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) != 0) return false;
    if (address->sa_family == AF_INET6 &&
        setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on) != 0)
        return false;
    return bind(descriptor, address, len) == 0;
}

struct outcome http_listen_open(struct str where, struct sockaddr_storage *bound, int *descriptor)
{
    struct str mark = S("unix:");
    socklen_t len;

    *bound = (struct sockaddr_storage){0};
    if (str_begins(where, mark))
        len = where_unix((struct str){where.at + mark.len, where.len - mark.len}, bound);
    else
        len = where_tcp(where, bound);
    if (len == 0) return FAULT("http: the listen address is not ADDRESS:PORT or unix:PATH");
    *descriptor = socket(bound->ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (*descriptor < 0) return FAULT("http: cannot make a socket");
    if (bind_to(*descriptor, bound, len) && listen(*descriptor, SOMAXCONN) == 0) return DONE;
    close(*descriptor);
    *descriptor = -1;
    return FAULT("http: cannot listen there; is another server running?");
}

void http_listen_stop(int descriptor, const struct sockaddr_storage *bound)
{
    shutdown(descriptor, SHUT_RDWR);
    if (bound->ss_family == AF_UNIX) unlink(((const struct sockaddr_un *)bound)->sun_path);
}
