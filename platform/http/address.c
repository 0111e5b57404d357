/* address.c -- whose request this is.
 *
 *  1. The address is the peer's, which the kernel knows.
 *  2. Only a peer on this machine (unix socket or loopback: our own front) or one of the addresses
 *     an operator has named as fronts may say otherwise, with X-Forwarded-For; of that only the
 * last element counts, the one our front has added.
 *  3. What is not an address in text form is ignored.
 */
#include "platform/http/inside.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

bool http_address_text(const struct sockaddr *peer, char *text, size_t size, bool *is_near)
{
    *is_near = false;
    if (peer && peer->sa_family == AF_INET) {
        const struct sockaddr_in *four = (const struct sockaddr_in *)(const void *)peer;

        *is_near = ntohl(four->sin_addr.s_addr) >> 24 == 127;
        return inet_ntop(AF_INET, &four->sin_addr, text, (socklen_t)size) != NULL;
    }
    if (peer && peer->sa_family == AF_INET6) {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)(const void *)peer;

        *is_near = IN6_IS_ADDR_LOOPBACK(&six->sin6_addr);
        return inet_ntop(AF_INET6, &six->sin6_addr, text, (socklen_t)size) != NULL;
    }
    /* A unix peer has no name of its own. */
    *is_near = true;
    return snprintf(text, size, "unix") > 0;
}

/* As it is compared with a peer's: an address written another way would be believed by nobody. */
static bool is_address(const char *text)
{
    char plain[INET6_ADDRSTRLEN];
    unsigned char bytes[sizeof(struct in6_addr)];

    if (inet_pton(AF_INET, text, bytes) == 1) return true;
    if (inet_pton(AF_INET6, text, bytes) != 1) return false;
    return inet_ntop(AF_INET6, bytes, plain, sizeof plain) && strcmp(plain, text) == 0 &&
           strncmp(plain, "::ffff:", 7) != 0;
}

bool http_fronts_are_good(struct str fronts)
{
    char text[INET6_ADDRSTRLEN];

    while (fronts.len) {
        struct str one = str_cut(fronts, ' ', &fronts);

        if (one.len >= sizeof text) return false;
        memcpy(text, one.at, one.len);
        text[one.len] = '\0';
        if (one.len && !is_address(text)) return false;
    }
    return true;
}

bool http_address_is_front(struct str fronts, struct str peer)
{
    const struct str four_in_six = S("::ffff:"); /* as a socket that takes both has it */

    if (str_begins(peer, four_in_six)) peer.at += four_in_six.len, peer.len -= four_in_six.len;
    while (peer.len && fronts.len) {
        if (str_same(str_cut(fronts, ' ', &fronts), peer)) return true;
    }
    return false;
}

void http_address_read(struct http_request *request)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(request->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    char told[INET6_ADDRSTRLEN];
    struct str last = S("");
    bool is_near;

    http_address_text(info ? info->client_addr : NULL, request->address, sizeof request->address,
                      &is_near);
    if (!is_near &&
        !http_address_is_front(request->server->settings.fronts, str_of(request->address)))
        return;
    for (int i = 0; http_request_field(request, "x-forwarded-for", i).at; i++)
        last = http_request_field(request, "x-forwarded-for", i);
    while (str_find(last, S(",")) >= 0) str_cut(last, ',', &last);
    last = str_trim(last);
    if (last.len == 0 || last.len >= sizeof told) return;
    memcpy(told, last.at, last.len);
    told[last.len] = '\0';
    if (is_address(told)) memcpy(request->address, told, last.len + 1);
}
