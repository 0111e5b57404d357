/* log.c -- see log.h. */
#include "platform/log.h"

#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LINE_BYTES_MAX = 2048 };

static atomic_bool is_quiet;

static size_t put_escaped(char *line, size_t at, const char *text)
{
    for (; *text && at < LINE_BYTES_MAX - 16; text++) {
        unsigned char c = (unsigned char)*text;

        if (c == '"' || c == '\\') {
            line[at++] = '\\';
            line[at++] = (char)c;
        } else if (c < 0x20) {
            at += (size_t)snprintf(line + at, 7, "\\u%04x", c);
        } else {
            line[at++] = (char)c;
        }
    }
    return at;
}

static void write_line(const char *level, const char *what, const char *text)
{
    char line[LINE_BYTES_MAX];
    struct timespec now;
    struct tm tm;
    size_t at;

    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &tm);
    at = strftime(line, 64, "{\"at\":\"%Y-%m-%dT%H:%M:%S", &tm);
    at += (size_t)snprintf(line + at, 128, ".%03ldZ\",\"level\":\"%s\",\"what\":\"",
                           now.tv_nsec / 1000000, level);
    at = put_escaped(line, at, what);
    at += (size_t)snprintf(line + at, 16, "\",\"text\":\"");
    at = put_escaped(line, at, text);
    memcpy(line + at, "\"}\n", 3);
    /* One write a line: lines of several threads do not mix.  A full pipe loses the line, since
     * nothing better can be done from here. */
    if (write(STDERR_FILENO, line, at + 3) < 0) return;
}

void log_info(const char *what, const char *format, ...)
{
    char text[LINE_BYTES_MAX / 2];
    va_list list;

    if (atomic_load(&is_quiet)) return;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    write_line("info", what, text);
}

void log_warning(const char *what, const char *format, ...)
{
    char text[LINE_BYTES_MAX / 2];
    va_list list;

    if (atomic_load(&is_quiet)) return;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    write_line("warning", what, text);
}

void log_fault(const char *what, const char *problem)
{
    write_line("fault", what, problem);
}

void log_quiet(bool quiet)
{
    atomic_store(&is_quiet, quiet);
}

/* Of a signal's handler: one write, and nothing is asked for or waited for.  It ends the program
 * whoever sent it: it is sent anew, to nobody's handler, and comes when this returns. */
static void say_last_words(int number)
{
    static const char line[] =
        "{\"level\":\"fault\",\"what\":\"stopped\",\"text\":\"the program ends rather than go on "
        "in doubt: there was no memory, the disk refused, or it found a mistake of its own; the "
        "line before says more.  What was answered is safe; it can be started again at once.\"}\n";

    ssize_t written = write(STDERR_FILENO, line, sizeof line - 1);

    (void)written; /* there is nobody left to tell */
    raise(number);
}

void log_last_words(void)
{
    struct sigaction how = {.sa_handler = say_last_words, .sa_flags = (int)SA_RESETHAND};

    sigaction(SIGABRT, &how, NULL);
}
