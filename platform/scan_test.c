/* scan_test.c -- against a stand-in for clamd that answers as it does.  Cites scan.h. */
#include "platform/scan.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "platform/cage.h"
#include "platform/folder_test.h"

static int ear;
static struct sockaddr_un there = {.sun_family = AF_UNIX};

static bool take(int end, void *to, size_t len)
{
    return len == 0 || recv(end, to, len, MSG_WAITALL) == (ssize_t)len;
}

/* One file: its bytes decide what is said.  "hang up" is answered with nothing. */
static void *stand_in(void *unused)
{
    for (;;) {
        int end = accept(ear, NULL, NULL);
        char word[10], bytes[300000];
        const char *said = "stream: OK";
        uint32_t len = 0;
        size_t all = 0;

        if (end < 0) return unused;
        if (!take(end, word, sizeof word) || memcmp(word, "zINSTREAM", 10) != 0) said = "?";
        while (take(end, &len, sizeof len) && len) {
            if (all + ntohl(len) > sizeof bytes || !take(end, bytes + all, ntohl(len))) break;
            all += ntohl(len);
        }
        if (all >= 5 && memcmp(bytes, "EICAR", 5) == 0) said = "stream: Eicar-Test FOUND";
        if (all >= 5 && memcmp(bytes, "LIMIT", 5) == 0)
            said = "INSTREAM size limit exceeded. ERROR";
        if (all == 200000 && bytes[199999] != 'z') said = "stream: Wrong-Bytes FOUND";
        if (all < 7 || memcmp(bytes, "hang up", 7) != 0)
            if (send(end, said, strlen(said) + 1, MSG_NOSIGNAL) < 0) all = 0;
        close(end);
    }
}

static const struct reason *asked(const char *bytes)
{
    return scan_bytes(str_of(bytes)).refusal;
}

Test(scan, nothing_is_taken_that_the_scanner_has_not_called_clean)
{
    struct arena *arena = arena_open(8 << 20);
    struct str type, clean;
    pthread_t thread;
    char large[200001], folder[FOLDER_LEN];

    cr_expect(scan_use(S("")) && !scan_is_used());
    cr_expect_null(asked("EICAR"), "nobody scans unless it is set");
    cr_expect(scan_use(S("127.0.0.1:3310")) && scan_use(S("clamd.example:3310")));
    cr_expect(!scan_use(S("clamd")) && !scan_use(S(":3310")) && !scan_use(S("h:")) &&
              !scan_use(S("h:33x")));
    folder_make(folder);
    snprintf(there.sun_path, sizeof there.sun_path, "%s/clamd", folder);
    cr_assert(scan_use(str_of(there.sun_path)) && scan_is_used());
    cr_expect_eq(asked("anything"), &scan_away, "(1): it is not there");
    ear = socket(AF_UNIX, SOCK_STREAM, 0);
    cr_assert_eq(bind(ear, (struct sockaddr *)&there, sizeof there), 0);
    cr_assert_eq(listen(ear, 4), 0);
    cr_assert_eq(pthread_create(&thread, NULL, stand_in, NULL), 0);
    cr_expect_null(asked("a letter"));
    cr_expect_eq(asked("EICAR and so on"), &scan_found);
    cr_expect_eq(asked("LIMIT"), &scan_away, "(2)");
    cr_expect_eq(asked("hang up"), &scan_away, "(2)");
    memset(large, 'a', sizeof large);
    large[199999] = 'z';
    cr_expect_null(scan_bytes((struct str){large, 200000}).refusal, "in several pieces, in order");
    /* Whatever reads what was sent, asks first. */
    cr_expect_eq(cage_read(arena, S("EICAR"), &type, &clean).refusal, &scan_found);
    shutdown(ear, SHUT_RDWR);
    pthread_join(thread, NULL);
    close(ear);
    cr_expect_eq(cage_read(arena, S("a letter"), &type, &clean).refusal, &scan_away);
    cr_assert(scan_use(S("")));
    cr_expect_eq(folder_drop(folder), 1);
    arena_close(&arena);
}
