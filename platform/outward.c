/* outward.c -- see outward.h. */
#include "platform/outward.h"

#include <arpa/inet.h>
#include <string.h>

static struct str plain_hosts;

void outward_plain(struct str hosts)
{
    plain_hosts = hosts;
}

static bool is_named(struct str host)
{
    struct str rest = plain_hosts;

    while (rest.len) {
        if (str_same(str_cut(rest, ' ', &rest), host)) return true;
    }
    return false;
}

static bool is_loopback(struct str host)
{
    struct in_addr four;
    struct in6_addr six;
    char text[INET6_ADDRSTRLEN];

    if (str_same(host, S("localhost"))) return true; /* libcurl and libpq ask no server for it */
    if (host.len >= sizeof text) return false;
    memcpy(text, host.at, host.len);
    text[host.len] = 0;
    if (inet_pton(AF_INET, text, &four) == 1) return ntohl(four.s_addr) >> 24 == 127;
    return inet_pton(AF_INET6, text, &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

bool outward_host_is_near(struct str host)
{
    return host.len && (is_loopback(host) || is_named(host));
}
