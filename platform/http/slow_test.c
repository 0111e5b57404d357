/* slow_test.c -- connections that are never silent and never get anywhere. */
#include "platform/http/rig_test.h"

#include <criterion/criterion.h>
#include <unistd.h>

#define H "Host: localhost\r\n"

/* A byte now and then, never silent; true when the other side has had enough of it. */
static bool trickles_until_cut(int client, int seconds_max)
{
    char text[256];

    for (int i = 0; i < seconds_max * 10; i++) {
        if (send(client, "1", 1, MSG_NOSIGNAL) < 0) return true;
        usleep(100000);
        if (recv(client, text, sizeof text, MSG_DONTWAIT) == 0) return true;
    }
    return false;
}

Test(http_slow, cuts_off_who_sends_a_byte_now_and_then_and_nobody_who_waits_for_us)
{
    struct rig rig;
    int head, body, held;
    char text[1024];

    rig_prepare(&rig);
    rig.settings.trickle_seconds_max = 1;
    rig.serve = rig_serve_hold;
    rig_open(&rig);
    held = rig_connect(&rig);
    client_send(held, S("GET /held HTTP/1.1\r\n" H "\r\n"));
    rig_wait_held(&rig);
    head = rig_connect(&rig);
    body = rig_connect(&rig);
    client_send(head, S("GET /a HTTP/1.1\r\nHos"));
    client_send(body, S("POST /a HTTP/1.1\r\n" H "Content-Length: 8000\r\n\r\n1234"));
    cr_expect(trickles_until_cut(head, 60));
    cr_expect(trickles_until_cut(body, 60));
    rig_serve_plain(&rig, rig.held);
    cr_expect(str_find(client_read_answer(held, text, sizeof text), S(" 200 ")) >= 0);
    close(head);
    close(body);
    close(held);
    rig_close(&rig);
}
