/* asset.c -- see asset.h. */
#include "channel/web/asset.h"

#include <string.h>

static const struct asset *find_name(struct str name)
{
    for (size_t i = 0; i < assets_count; i++)
        if (str_same(assets[i].name, name)) return &assets[i];
    return NULL;
}

struct str asset_url(struct str name)
{
    const struct asset *asset = find_name(name);

    assert(asset && "a template names an asset that web/build.mk does not make");
    return asset ? asset->url : S("");
}

static int compare(struct str a, struct str b)
{
    int order = memcmp(a.at, b.at, a.len < b.len ? a.len : b.len);

    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static const struct asset *find_url(struct str url)
{
    size_t low = 0, high = assets_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(url, assets[middle].url);

        if (order == 0) return &assets[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static bool is_digest(struct str text)
{
    if (text.len != 8) return false;
    for (size_t i = 0; i < text.len; i++)
        if (!memchr("0123456789abcdef", text.at[i], 16)) return false;
    return true;
}

/* "/static/app.11112222.css" is some version of "app.css". */
static bool is_version_of(struct str path, const struct asset *asset)
{
    struct str end, stem = str_cut(asset->name, '.', &end);
    struct str rest;

    if (!str_begins(path, S("/static/"))) return false;
    path = (struct str){path.at + 8, path.len - 8};
    if (path.len != asset->name.len + 9 || !str_begins(path, stem) || path.at[stem.len] != '.')
        return false;
    path = (struct str){path.at + stem.len + 1, path.len - stem.len - 1};
    return is_digest(str_cut(path, '.', &rest)) && str_same(rest, end);
}

const struct asset *asset_at(struct str path, bool *current)
{
    const struct asset *asset = find_url(path);

    *current = asset != NULL;
    for (size_t i = 0; !asset && i < assets_count; i++)
        if (is_version_of(path, &assets[i])) asset = &assets[i];
    return asset;
}

/* A coding is accepted when it is listed and its weight is not nought: "br;q=0" refuses it. */
static bool accepts(struct str header, struct str coding)
{
    while (header.len) {
        struct str weight;
        struct str item = str_cut(header, ',', &header);
        struct str name = str_trim(str_cut(item, ';', &weight));

        if (!str_same_plain(name, coding)) continue;
        weight = str_trim(weight);
        if (weight.len < 3 || !str_begins(weight, S("q="))) return true;
        for (size_t i = 2; i < weight.len; i++)
            if (weight.at[i] >= '1' && weight.at[i] <= '9') return true;
        return false;
    }
    return false;
}

struct str asset_bytes(const struct asset *asset, struct str accept_encoding, struct str *coding)
{
    if (asset->br.len && accepts(accept_encoding, S("br"))) {
        *coding = S("br");
        return asset->br;
    }
    if (asset->gz.len && accepts(accept_encoding, S("gzip"))) {
        *coding = S("gzip");
        return asset->gz;
    }
    *coding = S("");
    return asset->raw;
}
