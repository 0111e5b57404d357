/* asset.h -- the style sheet, script and pictures that pages load, kept in the binary.
 *
 * The table is made by tools/mkasset.c while building (web/build.mk).
 *
 * 1. An address that holds the present digest may be cached for ever; the same name under another
 *    digest (a page from before an upgrade) is served too, but must not be cached.
 * 2. `raw` is always there; `gz` and `br` are empty when packing gained nothing.
 */
#ifndef CHANNEL_WEB_ASSET_H
#define CHANNEL_WEB_ASSET_H

#include "platform/base.h"

struct asset {
    struct str name; /* "app.css" */
    struct str url;  /* "/static/app.1a2b3c4d.css" */
    struct str type; /* Content-Type */
    struct str etag; /* with its quotes */
    struct str raw, gz, br;
};

extern const struct asset assets[]; /* in the order of `url` */
extern const size_t assets_count;

/* For templates: the address of "app.css".  A name that is not in the table is a mistake. */
struct str asset_url(struct str name);

/* The asset behind a request path, or NULL.  `current` says whether the path holds the digest of
 * these bytes: only then may the answer be immutable. */
const struct asset *asset_at(struct str path, bool *current);

/* What to send to one that accepts `accept_encoding` (the header, or ""), and the name of the
 * coding, "" for none.  The answer varies by Accept-Encoding. */
struct str asset_bytes(const struct asset *asset, struct str accept_encoding, struct str *coding);

#endif
