/* mail_test.c -- a letter as it is handed to a mail server.  Cites mail_driver.c. */
#include <criterion/criterion.h>
#include <fcntl.h>
#include <unistd.h>

#include "channel/mail/mail_driver.h"

/* (1) */
Test(mail, only_a_letter_the_server_does_not_want_is_given_up)
{
    cr_expect_eq(mail_driver_fate(250), LETTER_DELIVERED);
    cr_expect_eq(mail_driver_fate(550), LETTER_IMPOSSIBLE);
    cr_expect_eq(mail_driver_fate(535), LETTER_LATER); /* our password */
    cr_expect_eq(mail_driver_fate(452), LETTER_LATER); /* its disk */
    cr_expect_eq(mail_driver_fate(0), LETTER_LATER);   /* nobody there */
}

/* (2) */
Test(mail, what_people_typed_stands_in_no_header)
{
    struct arena *arena = arena_open(1 << 20);
    struct letter letter = {.letter_id = 7,
                            .to = S("leader@example.org"),
                            .text = S("\xe6\x9c\x88\xe6\x8a\xa5\r\nBcc: all@example.org\nHello")};
    struct str text = mail_driver_write(arena, S("desk@example.org"), &letter, 1795305600);

    cr_expect(str_find(text, S("Date: Sun, 22 Nov 2026 00:00:00 +0000\r\n")) == 0);
    cr_expect(str_find(text, S("To: <leader@example.org>\r\n")) > 0);
    cr_expect(str_find(text, S("Subject: =?UTF-8?B?5pyI5oqlDQ==?=\r\n")) > 0, "%.*s",
              STR_ARGS(text));
    cr_expect(str_find(text, S("Bcc")) < 0);
    cr_expect(str_find(text, S("QmNjOiBhbGxAZXhhbXBsZS5vcmcKSGVsbG8=")) > 0);
    arena_close(&arena);
}

Test(mail, files_are_parts_of_their_own_and_their_names_stand_in_no_other_line)
{
    struct arena *arena = arena_open(1 << 20);
    const struct letter_file files[] = {
        {S("report-2026-10.xlsx"), S("application/x"), S("PK\x03\x04")},
        {S("a\"\r\nBcc: all@example.org"), S("application/pdf"), S("%PDF-1.5")}};
    struct letter letter = {.letter_id = 7,
                            .to = S("leader@example.org"),
                            .text = S("x\nHello"),
                            .files = files,
                            .files_count = 2};
    struct str text = mail_driver_write(arena, S("desk@example.org"), &letter, 1795305600);

    cr_expect(
        str_find(text, S("Content-Type: multipart/mixed; boundary=\"=-part-of-this-letter\"")) > 0);
    cr_expect(str_find(text, S("filename=\"report-2026-10.xlsx\"\r\n\r\nUEsDBA==\r\n--=-part")) >
              0);
    cr_expect(str_find(text, S("filename=\"file\"\r\n\r\nJVBERi0xLjU=\r\n")) > 0);
    cr_expect(str_find(text, S("SGVsbG8=")) > 0);
    cr_expect(str_find(text, S("Bcc")) < 0);
    cr_expect(str_ends(text, S("--=-part-of-this-letter--\r\n")));
    arena_close(&arena);
}

Test(mail, an_address_that_is_none_is_refused)
{
    static const char *const wrong[] = {"", "a", "@b", "a@", "a@b>\r\nTo: <c@d", "a b@c", "a,b@c"};
    struct arena *arena = arena_open(1 << 20);

    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct letter letter = {.to = str_of(wrong[i]), .text = S("x\ny")};

        cr_expect_eq(mail_driver_write(arena, S("d@e"), &letter, 1).len, 0u, "%s", wrong[i]);
    }
    arena_close(&arena);
}

/* (3) */
Test(mail, the_log_says_that_and_not_what)
{
    struct arena *arena = arena_open(1 << 20);
    struct letter letter = {
        .letter_id = 9, .kind = S("report"), .to = S("leader@example.org"), .text = S("secret\nx")};
    struct mail_driver *driver;
    struct str problem;
    char text[256] = "";
    int ends[2];

    cr_assert_eq(pipe(ends), 0);
    cr_assert(outcome_is_done(mail_driver_open(
        &(struct mail_driver_settings){.kind = S("log"), .console = ends[1]}, &driver)));
    cr_expect_eq(mail_driver_send(driver, arena, &letter, &problem), LETTER_DELIVERED);
    cr_assert(read(ends[0], text, sizeof text - 1) > 0);
    cr_expect(str_find(str_of(text), S("leader@")) < 0 && str_find(str_of(text), S("secret")) < 0);
    mail_driver_close(&driver);
    cr_assert(outcome_is_done(
        mail_driver_open(&(struct mail_driver_settings){.kind = S("none")}, &driver)));
    cr_expect_eq(mail_driver_send(driver, arena, &letter, &problem), LETTER_IMPOSSIBLE);
    mail_driver_close(&driver);
    cr_expect_not(outcome_is_done(mail_driver_open(
        &(struct mail_driver_settings){.kind = S("smtp"), .url = S("http://x")}, &driver)));
    close(ends[0]);
    close(ends[1]);
    arena_close(&arena);
}
