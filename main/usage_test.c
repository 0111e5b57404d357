/* usage_test.c -- of the words on the command line. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "main/usage.h"
#include "platform/base.h"

Test(usage, every_command_explains_itself_and_is_in_the_summary)
{
    static const char *const commands[] = {"init",   "serve",   "user",  "import", "export",
                                           "backup", "restore", "check", "replay", "version"};

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
