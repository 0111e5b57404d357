/* ready.c -- how long a start takes, from the moment the program is run until /readyz says 200.
 */
#include "bench/histogram.h"
#include "bench/servant.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

static const char help[] =
    "Usage: ready --data DIR [options]\n"
    "Starts the server on a data folder, waits until /readyz answers 200, ends it, and again.\n\n"
    "  --server PATH    the program (build/gongdao)\n"
    "  --listen A:P     where it serves (127.0.0.1:18301)\n"
    "  --runs N         how often (5)\n"
    "  --kill           end it with SIGKILL each time, so that a start finds work left over\n\n"
    "Prints: ready runs N median MS low MS high MS\n";

enum { RUNS_MAX = 100 };

int main(int argc, char **argv)
{
    static const struct option options[] = {{"server", 1, 0, 's'},
                                            {"data", 1, 0, 'd'},
                                            {"listen", 1, 0, 'l'},
                                            {"runs", 1, 0, 'r'},
                                            {"kill", 0, 0, 'k'},
                                            {"help", 0, 0, 'h'},
                                            {0}};
    struct servant servant = {.server = "build/gongdao"};
    const char *listen = "127.0.0.1:18301";
    int runs = 5, option, end = SIGTERM;
    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        switch (option) {
        case 's': servant.server = optarg; break;
        case 'd': servant.data = optarg; break;
        case 'l': listen = optarg; break;
        case 'r': runs = atoi(optarg); break;
        case 'k': end = SIGKILL; break;
        case 'h': fputs(help, stdout); return 0;
        default: fputs(help, stderr); return 2;
        }
    }
    if (!servant.data || runs < 1 || runs > RUNS_MAX || !wire_place_of(listen, &servant.place)) {
        fputs(help, stderr);
        return 2;
    }
    double took[RUNS_MAX];
    for (int run = 0; run < runs; run++) {
        int64_t since = now_ns();
        took[run] = servant_start(&servant) ? servant_ready(&servant, since, 60) : -1;
        servant_end(&servant, end);
        if (took[run] < 0) return fprintf(stderr, "the server did not become ready\n"), 1;
    }
    struct spread spread = spread_of(took, runs);
    printf("ready runs %d median %.1f low %.1f high %.1f\n", runs, spread.median, spread.low,
           spread.high);
    return 0;
}
