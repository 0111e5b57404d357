/* mail_test.c -- a letter as it is handed to a mail server.  Cites mail_driver.c. */
#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
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

/* A mail server for one letter: it says the same to everything, and `greeting` first. */
struct server {
    int socket;
    const char *greeting, *to_receiver;
};

static void *serve(void *mine)
{
    const struct server *server = mine;
    int client = accept(server->socket, NULL, NULL);
    char line[512];
    ssize_t len;

    cr_assert(client >= 0);
    dprintf(client, "%s\r\n", server->greeting);
    while ((len = read(client, line, sizeof line - 1)) > 0) {
        line[len] = '\0';
        dprintf(client, "%s\r\n",
                strncmp(line, "RCPT", 4) == 0 ? server->to_receiver : "250 as you wish");
    }
    close(client);
    return NULL;
}

static enum letter_fate fate_at(const char *greeting, const char *to_receiver)
{
    struct arena *arena = arena_open(1 << 20);
    struct server server = {socket(AF_INET, SOCK_STREAM, 0), greeting, to_receiver};
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct letter letter = {
        .letter_id = 9, .kind = S("report"), .to = S("leader@example.org"), .text = S("a\nb")};
    socklen_t len = sizeof at;
    struct mail_driver *driver;
    enum letter_fate fate;
    struct str problem;
    pthread_t thread;

    cr_assert(bind(server.socket, (struct sockaddr *)&at, len) == 0);
    cr_assert(listen(server.socket, 1) == 0);
    cr_assert(getsockname(server.socket, (struct sockaddr *)&at, &len) == 0);
    pthread_create(&thread, NULL, serve, &server);
    cr_assert(outcome_is_done(mail_driver_open(
        &(struct mail_driver_settings){
            .kind = S("smtp"),
            .url = arena_print(arena, "smtp://127.0.0.1:%d", ntohs(at.sin_port)),
            .from = S("bureau@example.org")},
        &driver)));
    fate = mail_driver_send(driver, arena, &letter, &problem);
    mail_driver_close(&driver);
    pthread_join(thread, NULL);
    close(server.socket);
    arena_close(&arena);
    return fate;
}

/* (1) */
Test(mail, a_server_that_turns_the_machine_away_has_said_nothing_of_the_letter)
{
    cr_expect_eq(fate_at("554 not from your address", ""), LETTER_LATER);
    cr_expect_eq(fate_at("220 welcome", "550 nobody of that name"), LETTER_IMPOSSIBLE);
    cr_expect_eq(fate_at("220 welcome", "450 not now"), LETTER_LATER);
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
