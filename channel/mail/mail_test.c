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
    cr_expect_eq(mail_driver_fate(552), LETTER_LATER); /* a mailbox that is full today */
    cr_expect_eq(mail_driver_fate(0), LETTER_LATER);   /* nobody there */
}

/* A mail server for one letter: it says the same to everything, and `greeting` first. */
struct server {
    int socket;
    const char *greeting, *to_receiver, *to_sender, *to_letter;
};

static void *serve(void *mine)
{
    const struct server *server = mine;
    int client = accept(server->socket, NULL, NULL);
    char line[4096];
    bool is_letter = false;
    ssize_t len;

    cr_assert(client >= 0);
    dprintf(client, "%s\r\n", server->greeting);
    while ((len = read(client, line, sizeof line - 1)) > 0) {
        line[len] = '\0';
        if (is_letter) {
            is_letter = !str_ends((struct str){line, (size_t)len}, S(".\r\n"));
            if (!is_letter) dprintf(client, "%s\r\n", server->to_letter);
            continue;
        }
        is_letter = strncmp(line, "DATA", 4) == 0;
        dprintf(client, "%s\r\n",
                strncmp(line, "RCPT", 4) == 0   ? server->to_receiver
                : strncmp(line, "MAIL", 4) == 0 ? server->to_sender
                : is_letter                     ? "354 go on"
                                                : "250 as you wish");
    }
    close(client);
    return NULL;
}

static enum letter_fate fate_of(struct server server)
{
    struct arena *arena = arena_open(1 << 20);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct letter letter = {
        .letter_id = 9, .kind = S("report"), .to = S("leader@example.org"), .text = S("a\nb")};
    socklen_t len = sizeof at;
    struct mail_driver *driver;
    enum letter_fate fate;
    struct str problem;
    pthread_t thread;

    server.socket = socket(AF_INET, SOCK_STREAM, 0);
    if (!server.greeting) server.greeting = "220 welcome";
    if (!server.to_sender) server.to_sender = "250 as you wish";
    if (!server.to_receiver) server.to_receiver = "250 as you wish";
    if (!server.to_letter) server.to_letter = "250 taken";
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
    cr_expect_eq(fate_of((struct server){.greeting = "554 not from your address"}), LETTER_LATER);
    cr_expect_eq(fate_of((struct server){.to_receiver = "550 nobody of that name"}),
                 LETTER_IMPOSSIBLE);
    cr_expect_eq(fate_of((struct server){.to_receiver = "450 not now"}), LETTER_LATER);
    cr_expect_eq(fate_of((struct server){0}), LETTER_DELIVERED);
}

/* (1) */
Test(mail, what_is_our_own_trouble_or_passes_is_tried_again)
{
    cr_expect_eq(fate_of((struct server){.to_sender = "550 no such sender"}), LETTER_LATER);
    cr_expect_eq(fate_of((struct server){.to_sender = "553 not your address"}), LETTER_LATER);
    cr_expect_eq(fate_of((struct server){.to_receiver = "554 5.7.1 Relay access denied"}),
                 LETTER_LATER);
    cr_expect_eq(fate_of((struct server){.to_receiver = "552 mailbox full"}), LETTER_LATER);
    cr_expect_eq(fate_of((struct server){.to_letter = "552 5.2.2 over quota"}), LETTER_LATER);
    cr_expect_eq(fate_of((struct server){.to_receiver = "550 5.1.1 no such user"}),
                 LETTER_IMPOSSIBLE);
    cr_expect_eq(fate_of((struct server){.to_letter = "554 5.6.0 these words are not taken"}),
                 LETTER_IMPOSSIBLE);
    cr_expect_eq(fate_of((struct server){.to_letter = "554 5.7.1 blocked by policy"}),
                 LETTER_LATER);
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
