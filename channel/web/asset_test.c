/* asset_test.c -- what asset.h promises, on the assets of this very build. */
#include "channel/web/asset.h"

#include <criterion/criterion.h>
#include <string.h>

static struct str other_version(struct str url, char *into)
{
    char *dot;

    memcpy(into, url.at, url.len);
    into[url.len] = 0;
    dot = strchr(into, '.');
    dot[1] = dot[1] == '0' ? '1' : '0';
    return (struct str){into, url.len};
}

Test(asset, every_asset_is_found_by_its_address_and_by_its_name)
{
    cr_assert(assets_count >= 4);
    for (size_t i = 0; i < assets_count; i++) {
        bool current = false;

        cr_assert_eq(asset_at(assets[i].url, &current), &assets[i]);
        cr_assert(current);
        cr_assert(str_same(asset_url(assets[i].name), assets[i].url));
        cr_assert(assets[i].raw.len > 0 && assets[i].type.len > 0);
    }
}

Test(asset, an_older_version_is_served_but_not_called_current)
{
    for (size_t i = 0; i < assets_count; i++) {
        char path[256];
        bool current = true;

        cr_assert_eq(asset_at(other_version(assets[i].url, path), &current), &assets[i]);
        cr_assert_not(current);
    }
}

Test(asset, anything_else_is_not_an_asset)
{
    static const char *const paths[] = {
        "",
        "/",
        "/static/",
        "/static/app.css",
        "/static/app..css",
        "/static/app.1234567.css",
        "/static/app.123456789.css",
        "/static/app.1234567g.css",
        "/static/app.12345678.cs",
        "/static/app.12345678.csss",
        "/static/app.12345678xcss",
        "/static/appx12345678.css",
        "/other/app.12345678.css",
        "/static/../static/app.12345678.css",
    };

    for (size_t i = 0; i < COUNT(paths); i++) {
        bool current = true;

        cr_assert_null(asset_at(str_of(paths[i]), &current), "%s", paths[i]);
        cr_assert_not(current);
    }
}

Test(asset, the_smallest_coding_the_reader_accepts_is_sent)
{
    static const struct {
        const char *accept, *coding;
    } cases[] = {
        {"", ""},
        {"identity", ""},
        {"gzip", "gzip"},
        {"gzip, deflate, br", "br"},
        {"GZIP", "gzip"},
        {"br;q=0, gzip", "gzip"},
        {"br;q=0.0,gzip;q=0.5", "gzip"},
        {"br; q=0.1", "br"},
        {"gzip;q=0", ""},
        {"brr, gzipp", ""},
        {",,;", ""},
    };
    bool current;
    const struct asset *css = asset_at(asset_url(S("app.css")), &current);

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str coding;
        struct str bytes = asset_bytes(css, str_of(cases[i].accept), &coding);

        cr_assert(str_same(coding, str_of(cases[i].coding)), "%s", cases[i].accept);
        cr_assert_eq(bytes.at, coding.len == 0   ? css->raw.at
                               : coding.len == 2 ? css->br.at
                                                 : css->gz.at);
    }
}

Test(asset, the_bytes_are_the_files)
{
    bool current;
    const struct asset *css = asset_at(asset_url(S("app.css")), &current);
    const struct asset *icons = asset_at(asset_url(S("icons.svg")), &current);

    cr_assert(str_find(css->raw, S(".button")) >= 0);
    cr_assert(str_begins(icons->raw, S("<svg")));
    cr_assert(css->br.len < css->raw.len / 3);
    cr_assert_eq((unsigned char)css->gz.at[0], 0x1f);
    cr_assert_eq((unsigned char)css->gz.at[1], 0x8b);
}

/* What field work allows a resident's first view: see web/README.md. */
Test(asset, the_style_sheet_and_the_script_keep_their_budgets)
{
    bool current;

    cr_assert(asset_at(asset_url(S("app.css")), &current)->br.len <= 12 * 1024);
    cr_assert(asset_at(asset_url(S("app.js")), &current)->br.len <= 12 * 1024);
}
