/* day.c -- a working day of the city through the server's API, so many times as fast, each step
 * timed.
 *
 * Residents come by the hours of a day whether or not the server keeps up (open loop); what one
 * person does next is due a while after the last answer.  Each step's time counts from when it was
 * due: who found no free connection waited too.
 *
 * 1. A step refused with 429 or 503 is tried again a second later, and its time still counts from
 * when it was first due; any other answer than a good one is wrong.
 * 2. The day has been played only if everybody who came has reached the end of their story.
 * 3. With fewer consultants than the city has, what was left in writing may go to somebody who is
 * not there today: those stories stay open, and are counted as left with others.
 * 4. Offers and written questions are found where consultants find them, on their own desks.
 */
#include "bench/city.h"
#include "bench/day_plan.h"
#include "bench/histogram.h"
#include "bench/pool.h"

#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "Usage: day --connect ADDRESS:PORT [options]\n"
    "Plays a working day of a demo city: 2,381 questions (17 % in writing), 119 cases, 7,143 who "
    "only\n"
    "read, in eight hours and the half hour before; a board is looked at ten times a second.\n\n"
    "  --scale X         so many times as many people come (1)\n"
    "  --speed X         so many times as fast (100)\n"
    "  --consultants N   who sign in before it opens; of the demo city, 400 at most (400)\n"
    "  --connections N   kept connections (256)\n\n"
    "Prints a line for each step: STEP requests N refused N wrong N p50 … max, in ms, and\n"
    "day people N finished N others N refused N wrong N seconds S rate R.\n"
    "Exit status 1 unless everybody finished and no answer was wrong.\n";

enum {
    QUESTIONS = 2381,
    WRITTEN_PER_MILLE = 171, /* 60 of 350 (main/simulate_city.c) */
    CASES = 119,             /* an assumption: one question in twenty */
    READERS = 3 * QUESTIONS, /* an assumption too */
    DAY = 8 * 3600,
    BEFORE = 1800,
    CITY_CONSULTANTS = 400,
    CAPACITY = 5,
    SAYS = 3, /* of each side */
    BODY_MAX = 128 * 1024,
    REFERENCE_MAX = 24
};
/* Seconds of the machine, whatever the speed of the day. */
static const double gap = 0.4, desk_every = 0.7, beat_every = 15, look_every = 0.5,
                    board_every = 0.1;
static const double give_up = 60; /* seconds after the day in which stories may still end */

static const char *const step_names[STEPS] = {
    "sign-in",      "on-duty",        "desk",        "ask",       "wait",       "take",
    "say-resident", "say-consultant", "page",        "close",     "rate",       "ask-written",
    "answer",       "read-answer",    "home",        "search",    "board",      "case-apply",
    "case-list",    "case-open",      "case-accept", "case-page", "case-settle"};

struct person {
    char reference[REFERENCE_MAX], token[CITY_TOKEN_MAX];
    int said, told, consultant; /* by the resident, to the resident; a place among workers */
    bool written;
    bool taken, finished; /* taken: somebody is at it, so a desk's next look leaves it alone */
};
struct worker {
    char name[24], token[CITY_TOKEN_MAX];
    int64_t beat_at;
};
struct tally {
    struct histogram times;
    long long refused, wrong;
};

static struct wire_place place;
static double scale = 1, speed = 100;
static struct person *people;
static struct worker *workers; /* consultants, then the officer and who watches the board */
static int people_count, consultants = CITY_CONSULTANTS, officer, watcher;
static int *table; /* reference -> person + 1 */
static int table_max;
static struct task *flying;
static int *flying_free, flying_free_count;
static struct tally tallies[STEPS];
static int64_t day_ends;
static int finished;
static const char *const fields[] = {"labour", "family", "housing", "debt"};

/* ---- what is due ---- */

static void *zeroed(int count, size_t size)
{
    void *made = calloc((size_t)count + 1, size);
    if (!made) abort();
    return made;
}

static void at_moment(enum step step, int who, int64_t due)
{
    day_plan((struct task){.due = due, .first_due = due, .step = step, .who = who});
}

static void later(enum step step, int who, double seconds)
{
    at_moment(step, who, now_ns() + (int64_t)(seconds * 1e9));
}

/* ---- by reference ---- */

static int *place_of(const char *reference)
{
    uint64_t hash = 1469598103934665603u;
    for (const char *c = reference; *c; c++) hash = (hash ^ (unsigned char)*c) * 1099511628211u;
    int at = (int)(hash % (uint64_t)table_max);
    while (table[at] && strcmp(people[table[at] - 1].reference, reference) != 0)
        at = (at + 1) % table_max;
    return &table[at];
}

static void end_story(int who)
{
    if (people[who].finished) return;
    people[who].finished = true;
    finished++;
}

/* ---- what is asked ---- */

struct call {
    const char *method, *token;
    bool is_page; /* a browser's: the token goes in a cookie */
    char path[128], body[512];
};

static void call_resident(struct call *call, enum step step, int who)
{
    const struct person *p = &people[who];
    call->token = p->token;
    switch (step) {
    case ASK:
    case ASK_WRITTEN:
        call->token = "";
        snprintf(call->path, sizeof call->path, "/api/v1/consultations");
        snprintf(call->body, sizeof call->body,
                 "{\"field\":\"%s\",\"mode\":\"%s\",\"text\":\"Question %d of the day: my employer "
                 "has not paid my wages for two months. What can I do?\"}",
                 fields[(size_t)who % (sizeof fields / sizeof *fields)],
                 step == ASK ? "live" : "message", who);
        break;
    case WAIT:
        snprintf(call->path, sizeof call->path, "/api/v1/consultations/%s", p->reference);
        break;
    case PAGE:
    case READ_ANSWER:
        call->is_page = true;
        snprintf(call->path, sizeof call->path, "/consultations/%s", p->reference);
        break;
    case SAY_RESIDENT:
        snprintf(call->path, sizeof call->path, "/api/v1/consultations/%s/messages", p->reference);
        snprintf(call->body, sizeof call->body,
                 "{\"text\":\"It is %d months now, and he says there is "
                 "no money.\"}",
                 p->said + 2);
        break;
    case RATE:
        snprintf(call->path, sizeof call->path, "/api/v1/consultations/%s/rating", p->reference);
        snprintf(call->body, sizeof call->body, "{\"stars\":5}");
        break;
    case HOME: snprintf(call->path, sizeof call->path, "/"); break;
    case SEARCH:
        snprintf(call->path, sizeof call->path, "/search?q=%%E6%%AC%%A0%%E8%%96%%AA");
        break;
    case APPLY:
        call->token = "";
        snprintf(call->path, sizeof call->path, "/api/v1/items/people-mediation/apply");
        snprintf(call->body, sizeof call->body,
                 "{\"name\":\"王秀英\",\"phone\":\"139%08d\",\"division\":\"310101\",\"answer_1\":"
                 "\"family\",\"answer_2\":\"李先生\",\"answer_4\":\"赡养\"}",
                 who);
        break;
    default: /* CASE_PAGE */
        call->is_page = true;
        snprintf(call->path, sizeof call->path, "/cases/%s", p->reference);
    }
}

/* Steps at a desk about somebody's question or case. */
static void call_about(struct call *call, enum step step, int who)
{
    const struct person *p = &people[who];
    bool of_case = step == LOOK || step == ACCEPT || step == SETTLE;
    call->token = workers[of_case ? officer : p->consultant].token;
    const char *where = step == TAKE ? "offers" : "consultations",
               *what = step == TAKE             ? "accept"
                       : step == SAY_CONSULTANT ? "messages"
                       : step == CLOSE          ? "close"
                                                : "answer";
    snprintf(call->path, sizeof call->path, "/api/v1/desk/%s/%s/%s", where, p->reference, what);
    if (of_case)
        snprintf(call->path, sizeof call->path, "/api/v1/office/cases/%s/%s", p->reference,
                 step == LOOK ? "look" : "steps");
    if (step == SAY_CONSULTANT || step == ANSWER)
        snprintf(call->body, sizeof call->body,
                 "{\"text\":\"You may ask for arbitration; it costs "
                 "nothing.\"}");
    else if (step == CLOSE)
        snprintf(call->body, sizeof call->body,
                 "{\"outcome\":\"advised\",\"summary\":\"Answered.\"}");
    else if (step == ACCEPT || step == SETTLE)
        snprintf(call->body, sizeof call->body, "{\"action\":\"%s\",\"words\":\"\",\"seen\":%d}",
                 step == ACCEPT ? "accept" : "settle", step == ACCEPT ? 1 : 2);
    else
        snprintf(call->body, sizeof call->body, "{}");
}

static void call_worker(struct call *call, enum step step, int who)
{
    call->token = workers[who].token;
    if (step == SIGN_IN) {
        call->token = "";
        snprintf(call->path, sizeof call->path, "/api/v1/session");
        snprintf(call->body, sizeof call->body, "{\"name\":\"%s\",\"password\":\"demo-gongdao\"}",
                 workers[who].name);
    } else if (step == ON_DUTY) {
        snprintf(call->path, sizeof call->path, "/api/v1/desk/presence");
        snprintf(call->body, sizeof call->body, "{\"state\":\"online\",\"capacity\":%d}", CAPACITY);
    } else {
        snprintf(call->path, sizeof call->path, "/api/v1/%s",
                 step == DESK    ? "desk"
                 : step == BOARD ? "board"
                                 : "office");
    }
}

static size_t write_call(char *request, const struct task *task)
{
    struct call call = {.token = ""};
    switch (task->step) {
    case SIGN_IN:
    case ON_DUTY:
    case DESK:
    case BOARD: call_worker(&call, task->step, task->who); break;
    case OFFICE: call_worker(&call, OFFICE, officer); break;
    case TAKE:
    case SAY_CONSULTANT:
    case CLOSE:
    case ANSWER:
    case LOOK:
    case ACCEPT:
    case SETTLE: call_about(&call, task->step, task->who); break;
    default: call_resident(&call, task->step, task->who);
    }
    bool posts = call.body[0] != '\0', known = call.token[0] != '\0';
    const char *name = call.is_page ? "Cookie: gongdao=" : "Authorization: Bearer ";
    return (size_t)snprintf(request, POOL_REQUEST_MAX,
                            "%s %s HTTP/1.1\r\nHost: %s\r\n%s%s%sContent-Type: application/json\r\n"
                            "Content-Length: %zu\r\n\r\n%s",
                            posts ? "POST" : "GET", call.path, place.text, known ? name : "",
                            known ? call.token : "", known ? "\r\n" : "", strlen(call.body),
                            call.body);
}

/* ---- what follows from an answer ---- */

static bool copy(char *to, size_t size, const json_t *answer, const char *name)
{
    const char *text = json_string_value(json_object_get(answer, name));
    return text && (size_t)snprintf(to, size, "%s", text) < size;
}

static bool asked(int who, enum step step, const json_t *answer)
{
    struct person *p = &people[who];
    if (!copy(p->token, sizeof p->token, answer, "token") ||
        !copy(p->reference, sizeof p->reference, answer, "reference"))
        return false;
    *place_of(p->reference) = who + 1;
    if (step == ASK) later(WAIT, who, look_every);
    if (step == APPLY) later(OFFICE, who, gap);
    return true; /* who asked in writing reads when it is answered */
}

static void waited(int who, const json_t *answer)
{
    const char *state = json_string_value(json_object_get(answer, "state"));
    bool over = state && strcmp(state, "closed") == 0,
         talks = state && strcmp(state, "talking") == 0;
    if (over)
        later(RATE, who, gap);
    else if (talks && people[who].said == 0)
        later(SAY_RESIDENT, who, 0);
    else
        later(WAIT, who, look_every);
}

static void said(int who)
{
    struct person *p = &people[who];
    p->said++;
    later(p->said == 2 ? PAGE : p->said < SAYS ? SAY_RESIDENT : WAIT, who, gap);
    if (p->said == SAYS && p->told >= SAYS) later(CLOSE, who, gap);
}

static void desk_seen(int worker, const json_t *answer)
{
    static const char *const lists[] = {"offers", "written"};
    for (int n = 0; n < 2; n++) {
        const json_t *one;
        size_t i;
        json_array_foreach(json_object_get(answer, lists[n]), i, one)
        {
            const char *reference = json_string_value(json_object_get(one, "reference"));
            int who = reference ? *place_of(reference) - 1 : -1;
            if (who < 0 || people[who].taken) continue;
            people[who].taken = true;
            people[who].consultant = worker;
            later(n == 0 ? TAKE : ANSWER, who, n == 0 ? 0 : gap);
        }
    }
    int64_t now = now_ns();
    bool beats = now >= workers[worker].beat_at;
    if (finished < people_count) later(beats ? ON_DUTY : DESK, worker, beats ? 0 : desk_every);
}

static bool worker_did(const struct task *task, const json_t *answer)
{
    struct worker *w = &workers[task->who];
    if (task->step == SIGN_IN) {
        if (task->who < consultants) later(ON_DUTY, task->who, 0);
        if (task->who == watcher) later(BOARD, watcher, 0);
        return copy(w->token, sizeof w->token, answer, "token");
    }
    if (task->step == ON_DUTY) {
        w->beat_at = now_ns() + (int64_t)(beat_every * 1e9);
        later(DESK, task->who, desk_every);
    } else if (task->step == DESK) {
        desk_seen(task->who, answer);
    } else if (finished < people_count) {
        later(BOARD, watcher, board_every);
    }
    return true;
}

/* False when the answer lacks what it must have. */
static bool follow(const struct task *task, const json_t *answer)
{
    int who = task->who;
    switch (task->step) {
    case SIGN_IN:
    case ON_DUTY:
    case DESK:
    case BOARD: return worker_did(task, answer);
    case ASK:
    case ASK_WRITTEN:
    case APPLY: return asked(who, task->step, answer);
    case WAIT: waited(who, answer); break;
    case TAKE: later(SAY_CONSULTANT, who, gap); break;
    case SAY_RESIDENT: said(who); break;
    case PAGE: later(SAY_RESIDENT, who, gap); break;
    case SAY_CONSULTANT:
        if (++people[who].told < SAYS)
            later(SAY_CONSULTANT, who, gap);
        else if (people[who].said >= SAYS)
            later(CLOSE, who, gap);
        break;
    case ANSWER: later(READ_ANSWER, who, gap); break;
    case OFFICE: later(LOOK, who, gap); break;
    case LOOK: later(ACCEPT, who, gap); break;
    case ACCEPT: later(CASE_PAGE, who, gap); break;
    case CASE_PAGE:
        if (people[who].said++)
            end_story(who);
        else
            later(SETTLE, who, gap);
        break;
    case SETTLE: later(CASE_PAGE, who, gap); break;
    case HOME: later(SEARCH, who, gap); break;
    case CLOSE: break; /* the resident sees it and rates */
    default: end_story(who);
    }
    return true;
}

/* ---- the loop ---- */

static size_t next(void *mine, char *request, int64_t now, int64_t *due, uint64_t *tag)
{
    (void)mine;
    if (!day_plan_count() || day_plan_due() > now || !flying_free_count) return 0;
    int slot = flying_free[--flying_free_count];
    flying[slot] = day_plan_next();
    *due = flying[slot].first_due;
    *tag = (uint64_t)slot;
    return write_call(request, &flying[slot]);
}

static void complain(const struct task *task, int status, const char *body)
{
    static int told;
    if (told++ < 10)
        fprintf(stderr, "%s: %d %.200s\n", step_names[task->step], status, body ? body : "");
}

static void done(void *mine, uint64_t tag, int status, int64_t due, const char *body, size_t len)
{
    (void)mine;
    struct task task = flying[tag];
    struct tally *tally = &tallies[task.step];
    flying_free[flying_free_count++] = (int)tag;
    if (status == 429 || status == 503) {
        tally->refused++;
        task.due = now_ns() + 1000000000;
        day_plan(task);
        return;
    }
    json_t *answer =
        len && len <= BODY_MAX ? json_loadb(body, len, JSON_DISABLE_EOF_CHECK, NULL) : NULL;
    if (status < 200 || status > 299 || !follow(&task, answer)) {
        tally->wrong++;
        complain(&task, status, len ? body : NULL);
    } else {
        histogram_add(&tally->times, now_ns() - due);
    }
    json_decref(answer);
}

/* ---- the day ---- */

static void plan_people(int64_t opens)
{
    static const enum step first[] = {ASK, ASK_WRITTEN, APPLY, HOME};
    int questions = (int)(QUESTIONS * scale + 0.5), cases = (int)(CASES * scale + 0.5);
    int readers = (int)(READERS * scale + 0.5);
    int written = questions * WRITTEN_PER_MILLE / 1000;
    int counts[] = {questions - written, written, cases, readers}, who = 0;
    people_count = questions + cases + readers;
    people = zeroed(people_count, sizeof *people);
    table_max = 2 * people_count + 16;
    table = zeroed(table_max, sizeof *table);
    for (int kind = 0; kind < 4; kind++)
        for (int n = 0; n < counts[kind]; n++, who++) {
            people[who].written = first[kind] == ASK_WRITTEN;
            at_moment(first[kind], who,
                      opens + (int64_t)(day_comes_at(n, counts[kind]) / speed * 1e9));
        }
}

static void plan_workers(int64_t begins, int64_t opens)
{
    workers = zeroed(consultants + 2, sizeof *workers);
    officer = consultants;
    watcher = consultants + 1;
    for (int n = 0; n < consultants + 2; n++) {
        snprintf(workers[n].name, sizeof workers[n].name, "consultant%03d", n + 1);
        at_moment(SIGN_IN, n, begins + (opens - begins) / 5 * 4 / (consultants + 2) * n);
    }
    snprintf(workers[officer].name, sizeof workers[officer].name, "leader01");
    snprintf(workers[watcher].name, sizeof workers[watcher].name, "supervisor");
}

static void play(int connections)
{
    struct pool_settings settings = {.loop = loop_open(),
                                     .place = place,
                                     .connections = connections,
                                     .addresses = 64,
                                     .next = next,
                                     .done = done,
                                     .body_max = BODY_MAX};
    struct pool *pool = pool_open(&settings);
    flying = zeroed(connections, sizeof *flying);
    flying_free = zeroed(connections, sizeof *flying_free);
    for (int n = 0; n < connections; n++) flying_free[flying_free_count++] = n;
    while (finished < people_count && now_ns() < day_ends + (int64_t)(give_up * 1e9)) {
        pool_pump(pool);
        int64_t wait = day_plan_count() ? day_plan_due() - now_ns() : 1000000;
        loop_turn(settings.loop, wait < 1000000 ? wait : 1000000);
    }
    for (int64_t last = now_ns() + 5000000000; pool_busy(pool) && now_ns() < last;)
        loop_turn(settings.loop, 1000000);
    pool_close(pool);
}

/* How many stories wait for somebody who is not there today; any other that is open is told. */
static int left_with_others(void)
{
    int left = 0;
    for (int n = 0; n < people_count; n++) {
        const struct person *p = &people[n];
        if (p->finished) continue;
        if (p->written && p->reference[0] && !p->taken && consultants < CITY_CONSULTANTS)
            left++;
        else
            fprintf(stderr, "open: %d %s said %d told %d\n", n, p->reference, p->said, p->told);
    }
    return left;
}

static int report(double seconds)
{
    long long refused = 0, wrong = 0, requests = 0;
    for (int n = 0; n < STEPS; n++) {
        const struct tally *t = &tallies[n];
        printf("%s requests %llu refused %lld wrong %lld ", step_names[n],
               (unsigned long long)t->times.count, t->refused, t->wrong);
        histogram_print(&t->times, stdout);
        putchar('\n');
        refused += t->refused;
        wrong += t->wrong;
        requests += (long long)t->times.count;
    }
    int others = left_with_others();
    printf("day people %d finished %d others %d refused %lld wrong %lld seconds %.1f rate %.1f\n",
           people_count, finished, others, refused, wrong, seconds, (double)requests / seconds);
    return finished + others == people_count && !wrong ? 0 : 1;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {{"connect", 1, 0, 'c'},
                                            {"scale", 1, 0, 'x'},
                                            {"speed", 1, 0, 's'},
                                            {"consultants", 1, 0, 'p'},
                                            {"connections", 1, 0, 'n'},
                                            {"help", 0, 0, 'h'},
                                            {0}};
    const char *connect = NULL;
    int connections = 256, option;
    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        switch (option) {
        case 'c': connect = optarg; break;
        case 'x': scale = atof(optarg); break;
        case 's': speed = atof(optarg); break;
        case 'p': consultants = atoi(optarg); break;
        case 'n': connections = atoi(optarg); break;
        case 'h': fputs(help, stdout); return 0;
        default: fputs(help, stderr); return 2;
        }
    }
    if (!connect || !wire_place_of(connect, &place) || scale <= 0 || scale > 1000 || speed <= 0 ||
        consultants < 1 || consultants > CITY_CONSULTANTS || connections < 1 ||
        connections > 4096) {
        fputs(help, stderr);
        return 2;
    }
    int64_t begins = now_ns(), opens = begins + (int64_t)(BEFORE / speed * 1e9);
    day_ends = opens + (int64_t)(DAY / speed * 1e9);
    plan_people(opens);
    plan_workers(begins, opens);
    play(connections);
    return report((double)(now_ns() - begins) / 1e9);
}
