/* outward_test.c -- to whom what is said may travel in clear. */
#include "platform/outward.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "platform/store.h"

static void tear_down(void)
{
    outward_plain(S(""));
}

TestSuite(outward, .fini = tear_down);

Test(outward, in_clear_to_this_machine_alone)
{
    static const char *const safe[] = {
        "https://gateway.example/sms", "http://127.0.0.1:8000/v1", "http://127.8.9.10/",
        "http://[::1]:8000/",          "http://localhost",         "http://user:word@localhost:1/"};
    static const char *const not [] = {
        "http://gateway.example/sms",
        "http://10.0.0.5/",
        "http://0.0.0.0:80/",
        "http://[::2]/",
        "http://[::ffff:10.0.0.5]/",
        "http://localhost.example/",
        "http://127.0.0.1.example/",
        "http://127.0.0.1@gateway.example/",
        "http://gateway.example/127.0.0.1",
        "http://gateway.example#@localhost",
        "http://gateway.example?@localhost",
        "HTTP://gateway.example/",
        "ftp://localhost/",
        "http://",
        "http:///path",
        "localhost",
        "",
    };
    char far[4000];

    for (size_t i = 0; i < COUNT(safe); i++)
        cr_expect(outward_is_safe(str_of(safe[i])), "%s", safe[i]);
    for (size_t i = 0; i < COUNT(not ); i++)
        cr_expect_not(outward_is_safe(str_of(not [i])), "%s", not [i]);
    memset(far, 'a', sizeof far);
    memcpy(far, "http://localhost/", 17);
    cr_expect_not(outward_is_safe((struct str){far, sizeof far}), "longer than any address");
    cr_expect_not(outward_is_safe((struct str){"http://localhost\0.example/", 26}));
}

Test(outward, what_the_operator_names_is_theirs)
{
    outward_plain(S("10.0.0.5 gateway.inner  fd00::5"));
    cr_expect(outward_is_safe(S("http://10.0.0.5:9000/")));
    cr_expect(outward_is_safe(S("http://gateway.inner/")));
    cr_expect(outward_is_safe(S("http://[fd00::5]/")));
    cr_expect_not(outward_is_safe(S("http://10.0.0.50/")));
    cr_expect_not(outward_is_safe(S("http://inner/")));
    cr_expect_not(outward_host_is_near(S("")), "between two blanks there is no name");
}

/* ---- a database that knows no TLS ---- */

struct database {
    int listening;
    unsigned asked[2][2]; /* of each connection: how long its first two messages are, or 0 */
    unsigned kind[2];     /* what the first one asks for */
};

enum { ASKS_FOR_TLS = 80877103 }; /* PostgreSQL 15, 55.2.10 */

static unsigned read_number(int from)
{
    unsigned number;

    return recv(from, &number, sizeof number, MSG_WAITALL) == sizeof number ? ntohl(number) : 0;
}

/* Answers that it knows no TLS, and sees what is said then. */
static void *answer(void *mine)
{
    struct database *database = mine;

    for (int i = 0; i < 2; i++) {
        int other = accept(database->listening, NULL, NULL);

        if (other < 0) break;
        database->asked[i][0] = read_number(other);
        database->kind[i] = read_number(other);
        if (send(other, "N", 1, MSG_NOSIGNAL) == 1) database->asked[i][1] = read_number(other);
        close(other);
    }
    return NULL;
}

static void try_database(const struct database *database, const char *options, const char *words)
{
    struct sockaddr_in at;
    socklen_t len = sizeof at;
    struct store *store;
    char where[200];
    struct outcome outcome;

    cr_assert_eq(getsockname(database->listening, (struct sockaddr *)&at, &len), 0);
    /* This machine, by an address that is not taken for it. */
    snprintf(where, sizeof where, "postgresql://someone@0.0.0.0:%d/gongdao%s", ntohs(at.sin_port),
             options);
    outcome = store_open(str_of(where), STORE_WRITE, &store);
    cr_assert_not_null(outcome.fault);
    cr_expect(strstr(outcome.fault, words), "%s", outcome.fault);
}

Test(outward, a_database_elsewhere_is_told_nothing_in_clear_whatever_its_address_says)
{
    struct database database = {.listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    pthread_t thread;

    cr_assert_eq(bind(database.listening, (struct sockaddr *)&at, sizeof at), 0);
    cr_assert_eq(listen(database.listening, 8), 0);
    cr_assert_eq(pthread_create(&thread, NULL, answer, &database), 0);
    try_database(&database, "?sslmode=prefer", "SSL was required");
    outward_plain(S("0.0.0.0"));
    try_database(&database, "?sslmode=prefer", "");
    shutdown(database.listening, SHUT_RDWR);
    pthread_join(thread, NULL);
    close(database.listening);
    for (int i = 0; i < 2; i++) cr_expect_eq(database.kind[i], ASKS_FOR_TLS);
    cr_expect_eq(database.asked[0][1], 0, "not even who we are");
    cr_expect_gt(database.asked[1][1], 8, "its operator said that it may be");
}
