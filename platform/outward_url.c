/* outward_url.c -- of a web address, the host it leads to.  See outward.h. */
#include <curl/curl.h>
#include <string.h>

#include "platform/outward.h"

enum { URL_BYTES_MAX = 2048 };

/* Read by who will connect, so that both see the same host in whatever is written. */
static bool read_host(const char *url, char host[URL_BYTES_MAX])
{
    CURLU *parts = curl_url();
    char *name = NULL;
    bool good = parts && curl_url_set(parts, CURLUPART_URL, url, 0) == CURLUE_OK &&
                curl_url_get(parts, CURLUPART_HOST, &name, 0) == CURLUE_OK &&
                strlen(name) < URL_BYTES_MAX;

    if (good) memcpy(host, name, strlen(name) + 1);
    curl_free(name);
    curl_url_cleanup(parts);
    return good;
}

bool outward_is_safe(struct str url)
{
    char text[URL_BYTES_MAX], host[URL_BYTES_MAX];
    struct str name;

    if (str_begins(url, S("https://"))) return true;
    if (!str_begins(url, S("http://")) || url.len >= sizeof text) return false;
    memcpy(text, url.at, url.len);
    text[url.len] = 0;
    if (strlen(text) != url.len || !read_host(text, host)) return false;
    name = str_of(host);
    if (str_begins(name, S("[")) && str_ends(name, S("]")))
        name = (struct str){name.at + 1, name.len - 2};
    return outward_host_is_near(name);
}
