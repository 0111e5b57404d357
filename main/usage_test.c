/* usage_test.c -- of the words on the command line. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "main/usage.h"
#include "platform/base.h"

Test(usage, every_command_explains_itself_and_is_in_the_summary)
{
    static const char *const commands[] = {"init",    "serve",   "user",    "import", "export",
                                           "backup",  "restore", "drill",   "check",  "replay",
                                           "version", "files",   "erasures", "keys", "retention"};

    for (size_t i = 0; i < COUNT(commands); i++) {
        const char *text = usage_of(commands[i]);
        char begin[40];

        cr_assert_not_null(text, "%s", commands[i]);
        snprintf(begin, sizeof begin, "gongdao %s ", commands[i]);
        cr_expect_eq(strncmp(text, begin, strlen(begin)), 0, "%s", text);
        begin[strlen(begin) - 1] = '\0';
        cr_expect(strstr(usage, begin), "%s", begin);
    }
    cr_expect_null(usage_of("frob"));
    cr_expect_null(usage_of(""));
}

/* Whether the manual page has the option that begins here, with its hyphens as roff writes them. */
static bool is_in(const char *manual, const char *option, size_t len)
{
    char wanted[80];
    size_t to = 0;

    for (size_t i = 0; i < len && to + 3 < sizeof wanted; i++) {
        if (option[i] == '-') wanted[to++] = '\\';
        wanted[to++] = option[i];
    }
    wanted[to] = '\0';
    for (const char *at = manual; (at = strstr(at, wanted)); at += to) {
        if (strchr(" \n", at[to]) || strncmp(at + to, "\\f", 2) == 0) return true;
    }
    return false;
}

Test(usage, the_manual_page_names_every_option)
{
    static const char *const commands[] = {"init",   "serve",   "user",    "import", "export",
                                           "backup", "restore", "drill",   "move",   "check",
                                           "replay", "files",   "erasures", "keys", "retention"};
    static char manual[64 * 1024];
    FILE *file = fopen("docs/man/gongdao.1", "r");
    size_t len;

    cr_assert_not_null(file);
    len = fread(manual, 1, sizeof manual - 1, file);
    fclose(file);
    cr_assert(len > 0 && len < sizeof manual - 1);
    for (size_t i = 0; i < COUNT(commands); i++) {
        const char *text = usage_of(commands[i]);

        cr_assert_not_null(text, "%s", commands[i]);
        for (const char *at = text; (at = strstr(at, "--"));) {
            size_t size = 2 + strspn(at + 2, "abcdefghijklmnopqrstuvwxyz-");

            if (size > 2)
                cr_expect(is_in(manual, at, size), "%s: %.*s", commands[i], (int)size, at);
            at += size;
        }
    }
}
