/* prepare.c -- makes the people and conversations that measurements need, through the API.
 *
 * One preparation serves several measurements against the same server.
 */
#include "bench/city.h"

#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "Usage: prepare --connect ADDRESS:PORT --people FILE [options]\n"
    "Makes conversations on a running server of the demo city and writes who may speak in them\n"
    "(references and tokens) to FILE, for load, stream and hostile.\n\n"
    "  --connect A:P        the server\n"
    "  --people FILE        where to write (mode 0600)\n"
    "  --talks N            how many conversations (64)\n"
    "  --per-consultant N   conversations each consultant holds (4)\n"
    "  --messages N         messages posted in each, from both sides in turn (0)\n"
    "  --field NAME         field of law (labour)\n"
    "  --written            ask in writing: no consultant has to accept\n"
    "  --beat               instead: tell the server that the consultants of FILE are still there\n"
    "  --seconds N          give up after (60)\n"
    "  --first N            number of the first demo consultant to sign in (1)\n";

static bool fill(struct city *city, int messages)
{
    struct wire_link link;
    wire_link_open(&link, &city->place, 20);
    bool right = true;
    for (int talk = 0; right && talk < city->talks_count; talk++) {
        for (int n = 0; right && n < messages; n++) {
            struct city_side side;
            city_side(city, talk, n % 2 == 1, &side);
            char body[300];
            snprintf(body, sizeof body,
                     "{\"text\":\"Message %d of %d. The contract says that wages are paid on the "
                     "fifth of each month; 工资应当在每月五日以前发放。\"}",
                     n + 1, messages);
            int status = wire_ask(&link, "POST", side.path, side.headers, body);
            right = status == 201;
            if (!right)
                fprintf(stderr, "POST %s: %d %.200s\n", side.path, status,
                        status > 0 ? link.body : "");
        }
    }
    wire_link_close(&link);
    return right;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"connect", 1, 0, 'c'},        {"people", 1, 0, 'p'},   {"talks", 1, 0, 't'},
        {"per-consultant", 1, 0, 'r'}, {"messages", 1, 0, 'm'}, {"field", 1, 0, 'f'},
        {"written", 0, 0, 'w'},        {"seconds", 1, 0, 's'},  {"first", 1, 0, 'i'},
        {"beat", 0, 0, 'b'},           {"help", 0, 0, 'h'},     {0}};
    struct city_plan plan = {
        .field = "labour", .talks = 64, .per_consultant = 4, .seconds_max = 60};
    const char *connect = NULL, *people = NULL;
    int messages = 0, option;
    bool beat = false;
    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        switch (option) {
        case 'c': connect = optarg; break;
        case 'p': people = optarg; break;
        case 't': plan.talks = atoi(optarg); break;
        case 'r': plan.per_consultant = atoi(optarg); break;
        case 'm': messages = atoi(optarg); break;
        case 'f': plan.field = optarg; break;
        case 'w': plan.written = true; break;
        case 's': plan.seconds_max = atoi(optarg); break;
        case 'i': plan.first = atoi(optarg); break;
        case 'b': beat = true; break;
        case 'h': fputs(help, stdout); return 0;
        default: fputs(help, stderr); return 2;
        }
    }
    struct wire_place place;
    if (!connect || !people || !wire_place_of(connect, &place) || plan.talks < 1 ||
        plan.per_consultant < 1) {
        fputs(help, stderr);
        return 2;
    }
    struct city city;
    if (beat) return city_load(&city, &place, people) && city_on_duty(&city, 0) ? 0 : 1;
    bool right =
        city_make(&city, &place, &plan) && fill(&city, messages) && city_save(&city, people);
    if (right)
        printf("prepared %d conversations %d consultants %d messages each\n", city.talks_count,
               city.consultants_count, messages);
    city_free(&city);
    return right ? 0 : 1;
}
