/* simulate_report.c -- what came of a run, or of many: for people, and as JSON. */
#include "desk/calendar/calendar.h"
#include "main/simulate.h"

static double share(int64_t part, int64_t whole)
{
    return whole ? 100.0 * (double)part / (double)whole : 0;
}

static void add_told(struct simulate_told *sum, const struct simulate_told *told)
{
    sum->told += told->told;
    sum->inside += told->inside;
    sum->below += told->below;
    sum->above += told->above;
    sum->unknown += told->unknown;
    sum->silent += told->silent;
}

void simulate_add(struct simulate_result *sum, const struct simulate_result *r)
{
    static const size_t counts[] = {offsetof(struct simulate_result, asked),
                                    offsetof(struct simulate_result, live),
                                    offsetof(struct simulate_result, written),
                                    offsetof(struct simulate_result, talks),
                                    offsetof(struct simulate_result, closed),
                                    offsetof(struct simulate_result, answered),
                                    offsetof(struct simulate_result, gone),
                                    offsetof(struct simulate_result, at_closing),
                                    offsetof(struct simulate_result, offers),
                                    offsetof(struct simulate_result, declined),
                                    offsetof(struct simulate_result, expired),
                                    offsetof(struct simulate_result, withdrawn),
                                    offsetof(struct simulate_result, deserted),
                                    offsetof(struct simulate_result, restarts),
                                    offsetof(struct simulate_result, lost_acts),
                                    offsetof(struct simulate_result, steps),
                                    offsetof(struct simulate_result, waited_sum),
                                    offsetof(struct simulate_result, waited_late),
                                    offsetof(struct simulate_result, provisional),
                                    offsetof(struct simulate_result, warned),
                                    offsetof(struct simulate_result, handed),
                                    offsetof(struct simulate_result, taken_up),
                                    offsetof(struct simulate_result, handed_back),
                                    offsetof(struct simulate_result, handed_lapsed),
                                    offsetof(struct simulate_result, handed_again),
                                    offsetof(struct simulate_result, ladder_up),
                                    offsetof(struct simulate_result, ladder_down),
                                    offsetof(struct simulate_result, went_without),
                                    offsetof(struct simulate_result, called),
                                    offsetof(struct simulate_result, came),
                                    offsetof(struct simulate_result, took_choice),
                                    offsetof(struct simulate_result, taken_again),
                                    offsetof(struct simulate_result, offers_far),
                                    offsetof(struct simulate_result, offers_kept),
                                    offsetof(struct simulate_result, waited_count),
                                    offsetof(struct simulate_result, left_in_writing)};

    for (size_t i = 0; i < COUNT(counts); i++)
        *(int64_t *)((char *)sum + counts[i]) += *(const int64_t *)((const char *)r + counts[i]);
    if (r->queue_max > sum->queue_max) sum->queue_max = r->queue_max;
    if (r->waited_max > sum->waited_max) sum->waited_max = r->waited_max;
    add_told(&sum->at_joining, &r->at_joining);
    add_told(&sum->at_looking, &r->at_looking);
}

static void print_told(FILE *out, const char *when, const struct simulate_told *t)
{
    int64_t known = t->inside + t->below + t->above;

    fprintf(out, "  %s: told %lld, silent %lld; turned out %lld: inside %.1f %%, sooner %.1f %%, ",
            when, (long long)t->told, (long long)t->silent, (long long)known,
            share(t->inside, known), share(t->below, known));
    fprintf(out, "later %.1f %%; left before %lld\n", share(t->above, known),
            (long long)t->unknown);
}

void simulate_report(FILE *out, const struct simulate_plan *plan, const struct simulate_result *r)
{
    char day[11];

    if (plan) {
        calendar_day_print(calendar_day_of(plan->opens_at), day);
        fprintf(out, "seed %llu: %s, %lld on duty with %lld at once, %lld questions expected%s%s\n",
                (unsigned long long)r->seed, day, (long long)plan->people,
                (long long)plan->capacity, (long long)plan->cases, plan->real ? ", on a store" : "",
                plan->broken ? ", with a rule broken on purpose" : "");
    }
    fprintf(out, "  asked %lld: %lld live, %lld in writing at once; longest queue %lld\n",
            (long long)r->asked, (long long)r->live, (long long)r->written,
            (long long)r->queue_max);
    fprintf(out,
            "  talks %lld; went without %lld: %lld wrote instead, %lld left; %lld written at "
            "closing time\n",
            (long long)r->talks, (long long)r->went_without, (long long)r->left_in_writing,
            (long long)r->gone, (long long)r->at_closing);
    fprintf(out, "  answered in writing so far %lld; promises without a calendar %lld\n",
            (long long)r->answered, (long long)r->provisional);
    fprintf(out,
            "  given to a team or district %lld: taken up %lld, sent back %lld, not taken up in "
            "time %lld; live again with its people %lld\n",
            (long long)r->handed, (long long)r->taken_up, (long long)r->handed_back,
            (long long)r->handed_lapsed, (long long)r->handed_again);
    fprintf(out,
            "  offers %lld: declined %lld, ran out %lld, withdrawn %lld; talks deserted %lld\n",
            (long long)r->offers, (long long)r->declined, (long long)r->expired,
            (long long)r->withdrawn, (long long)r->deserted);
    fprintf(out,
            "  ladder: %lld steps up, %lld down; to other districts %lld; backups called %lld, "
            "came %lld; "
            "took the offer to write %lld, live again %lld\n",
            (long long)r->ladder_up, (long long)r->ladder_down, (long long)r->offers_far,
            (long long)r->called, (long long)r->came, (long long)r->took_choice,
            (long long)r->taken_again);
    fprintf(out, "  killed %lld times; %lld acts were tried again\n", (long long)r->restarts,
            (long long)r->lost_acts);
    fprintf(out, "  wait of those who talked: within %d s %.1f %%, mean %lld s, longest %lld s",
            SIMULATE_LATE_SECONDS, 100 - share(r->waited_late, r->waited_count),
            (long long)(r->waited_count ? r->waited_sum / r->waited_count : 0),
            (long long)r->waited_max);
    if (plan)
        fprintf(out, ", half within %lld s, nine in ten within %lld s", (long long)r->waited_half,
                (long long)r->waited_tenth);
    fputc('\n', out);
    print_told(out, "wait told on joining", &r->at_joining);
    print_told(out, "at every look", &r->at_looking);
}

static void json_told(FILE *out, const char *name, const struct simulate_told *t)
{
    fprintf(out,
            "\"%s\":{\"told\":%lld,\"silent\":%lld,\"inside\":%lld,\"sooner\":%lld,"
            "\"later\":%lld,\"unknown\":%lld}",
            name, (long long)t->told, (long long)t->silent, (long long)t->inside,
            (long long)t->below, (long long)t->above, (long long)t->unknown);
}

static void json_number(FILE *out, const char *name, int64_t value)
{
    fprintf(out, "\"%s\":%lld,", name, (long long)value);
}

static void json_text(FILE *out, const char *name, struct str text)
{
    fprintf(out, "\"%s\":\"", name);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];

        if (c == '"' || c == '\\')
            fprintf(out, "\\%c", c);
        else if ((unsigned char)c < 0x20)
            fprintf(out, "\\u%04x", (unsigned)c);
        else
            fputc(c, out);
    }
    fputs("\",", out);
}

void simulate_report_json(FILE *out, const struct simulate_plan *plan,
                          const struct simulate_result *r)
{
    fputc('{', out);
    if (plan) {
        fprintf(out, "\"seed\":%llu,", (unsigned long long)r->seed);
        json_number(out, "people", plan->people);
        json_number(out, "cases", plan->cases);
        fprintf(out, "\"real\":%s,", plan->real ? "true" : "false");
    }
    if (r->broken) {
        json_text(out, "broken", str_of(r->broken));
        json_text(out, "story", r->story);
    }
    json_number(out, "asked", r->asked);
    json_number(out, "live", r->live);
    json_number(out, "written", r->written);
    json_number(out, "talks", r->talks);
    json_number(out, "closed", r->closed);
    json_number(out, "answered", r->answered);
    json_number(out, "went_without", r->went_without);
    json_number(out, "left_in_writing", r->left_in_writing);
    json_number(out, "gone", r->gone);
    json_number(out, "at_closing", r->at_closing);
    json_number(out, "offers", r->offers);
    json_number(out, "declined", r->declined);
    json_number(out, "expired", r->expired);
    json_number(out, "withdrawn", r->withdrawn);
    json_number(out, "deserted", r->deserted);
    json_number(out, "restarts", r->restarts);
    json_number(out, "retried", r->lost_acts);
    json_number(out, "provisional", r->provisional);
    json_number(out, "handed", r->handed);
    json_number(out, "taken_up", r->taken_up);
    json_number(out, "handed_back", r->handed_back);
    json_number(out, "handed_lapsed", r->handed_lapsed);
    json_number(out, "handed_again", r->handed_again);
    json_number(out, "ladder_up", r->ladder_up);
    json_number(out, "ladder_down", r->ladder_down);
    json_number(out, "called", r->called);
    json_number(out, "came", r->came);
    json_number(out, "took_choice", r->took_choice);
    json_number(out, "taken_again", r->taken_again);
    json_number(out, "offers_far", r->offers_far);
    json_number(out, "offers_kept", r->offers_kept);
    json_number(out, "queue_max", r->queue_max);
    json_number(out, "waited_count", r->waited_count);
    json_number(out, "waited_sum", r->waited_sum);
    json_number(out, "waited_late", r->waited_late);
    json_number(out, "waited_max", r->waited_max);
    if (plan) {
        json_number(out, "waited_half", r->waited_half);
        json_number(out, "waited_tenth", r->waited_tenth);
    }
    json_number(out, "steps", r->steps);
    json_told(out, "wait_told_on_joining", &r->at_joining);
    fputc(',', out);
    json_told(out, "wait_told_at_every_look", &r->at_looking);
    fputs("}\n", out);
}
