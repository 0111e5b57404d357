/* assistant_limit.c -- how long one may act: asked for the day, counted, and what may change it.
 *
 *  (1) Every sentence has its article, which stands in the installation's laws and applies today;
 *      a period whose article does not is never told.
 *  (2) A period that has passed is not called lost: what makes it stand still or begin anew is told
 *      beside it; of one that knows no such thing nothing like it is said.
 *  (3) On which day it ends is said by the official calendar; of years that are not known yet by
 *      weekdays, and then it says so.
 *  (4) A day taken out of a text may be another than the one that counts: which one was taken is
 *      shown, to be changed; of several the resident chooses, and no day that is yet to come is
 *      taken by itself.
 */
#include "bureau/people/people_acts.h"
#include "desk/laws/laws_acts.h"
#include "service/assistant/assistant_views.h"

enum { WHOLE_POINTS_MAX = 600 };

#define CALCULATED "民法典第二百零二条"
#define MOVED "民法典第二百零三条"

struct outcome assistant_cite(struct scene *scene, struct str citation, struct str *words,
                              struct str *source, struct str *url, bool *found)
{
    struct laws_place place;
    struct laws_told told;
    size_t count;
    id article_id;

    *found = false;
    TRY(laws_cited_places(scene, citation, &place, 1, &count));
    if (!count) return DONE;
    TRY(laws_article_now(scene, &place, &article_id, found));
    if (*found) TRY(laws_tell(scene, article_id, &told, found));
    if (!*found) return DONE;
    *words = told.words;
    *source = arena_print(scene->arena, "%.*s %.*s", STR_ARGS(told.name), STR_ARGS(told.label));
    *url = arena_print(scene->arena, "/laws/%lld/articles/%.*s", (long long)told.law_id,
                       STR_ARGS(laws_address(scene->arena, told.number, told.sub, told.position)));
    return DONE;
}

struct str assistant_day_told(const struct assistant_tell_form *f)
{
    return f->day.len ? f->day : f->value;
}

static struct str in(const struct scene *scene, struct str zh, struct str en)
{
    return scene->language == LANGUAGE_EN ? en : zh;
}

static struct str day_name(struct scene *scene, calendar_day day)
{
    struct out *out = out_open(scene->arena, 80);

    out_day(out, scene->language, calendar_day_begins(day));
    return out_text(out);
}

/* An article's own words; long ones by their first paragraph. */
static struct outcome add_article(struct scene *scene, struct str citation,
                                  struct assistant_talk *made)
{
    struct str words, source, url;
    bool found;

    TRY(assistant_cite(scene, citation, &words, &source, &url, &found));
    if (!found) return DONE;
    if (str_points(words) > WHOLE_POINTS_MAX) words = assistant_paragraph(words, 1);
    assistant_add(made, ASSISTANT_SENTENCE, S("article"), words, source, url);
    return DONE;
}

static struct outcome add_counted(struct scene *scene, const char *text, calendar_day one,
                                  calendar_day two, struct str citation,
                                  struct assistant_talk *made)
{
    struct str words, source, url;
    bool found;

    TRY(assistant_cite(scene, citation, &words, &source, &url, &found));
    if (!found) return DONE;
    assistant_add(made, ASSISTANT_SENTENCE, S("day"),
                  text_fill(scene->arena, scene->language, text, day_name(scene, one),
                            day_name(scene, two), S("")),
                  source, url);
    return DONE;
}

/* `taken` is what its field begins with, as a day is typed; "" is nothing. */
static void put_day(struct scene *scene, const struct assistant_limit *limit, struct str why,
                    struct str taken, struct assistant_talk *made)
{
    assistant_add(made, ASSISTANT_PUT, arena_print(scene->arena, "day.%.*s", STR_ARGS(limit->code)),
                  in(scene, limit->from_zh, limit->from_en), why, taken);
}

static struct str day_typed(struct scene *scene, calendar_day day)
{
    struct calendar_date date = calendar_date_of(day);

    return arena_print(scene->arena, "%04d-%02d-%02d", date.year, date.month, date.day);
}

static void put_before(struct scene *scene, const struct assistant_limit *limit,
                       struct assistant_talk *made)
{
    assistant_add(made, ASSISTANT_PUT,
                  arena_print(scene->arena, "before.%.*s", STR_ARGS(limit->code)),
                  in(scene, limit->ask_zh, limit->ask_en), in(scene, limit->zh, limit->en), S(""));
    assistant_add(made, ASSISTANT_VALUE, S("yes"), text_in(scene->language, T("Yes")), S(""),
                  S(""));
    assistant_add(made, ASSISTANT_VALUE, S("no"), text_in(scene->language, T("No")), S(""), S(""));
}

/* The end of the last day, moved to one that is worked. */
static struct outcome worked(struct scene *scene, calendar_day last, calendar_day *day,
                             bool *is_guess)
{
    struct calendar_desk desk;
    struct outcome outcome;
    moment due;

    TRY(people_desk(scene, S("consultation"), &desk));
    outcome = calendar_due(desk.calendar, calendar_day_begins(last), 0, &due);
    *is_guess = outcome.refusal == &calendar_year_missing;
    if (*is_guess) outcome = calendar_due_by_weekday(calendar_day_begins(last), 0, &due);
    TRY(outcome);
    *day = calendar_day_of(due - 1);
    return DONE;
}

/* (2) */
static struct outcome add_passed(struct scene *scene, const struct assistant_limit *limit,
                                 calendar_day from, calendar_day last, struct assistant_talk *made)
{
    struct str others = limit->others;

    if (!others.len)
        return add_counted(scene,
                           T("That day has passed. Only a person can say whether something can "
                             "still be done: please ask one soon."),
                           from, last, limit->article, made);
    return add_counted(scene,
                       T("That day has passed. It need not be lost: read below what makes the "
                         "time stand still or begin anew, and ask a person."),
                       from, last, str_cut(others, '|', &others), made);
}

static struct outcome count_from(struct scene *scene, const struct assistant_limit *limit,
                                 calendar_day from, struct assistant_talk *made)
{
    calendar_day counted = assistant_last_day(limit, from), last;
    struct str others = limit->others;
    bool is_guess;

    TRY(worked(scene, counted, &last, &is_guess));
    TRY(add_counted(scene, T("Counted from %1, the last day is %2."), from, last, limit->article,
                    made));
    if (last != counted)
        TRY(add_counted(scene, T("%1 is no working day; so it ends on %2."), counted, last,
                        str_of(MOVED), made));
    if (is_guess)
        TRY(add_counted(scene, T("Whether %2 is a holiday is not known yet: better act before it."),
                        from, last, str_of(MOVED), made));
    if (last < calendar_day_of(scene->now)) TRY(add_passed(scene, limit, from, last, made));
    TRY(add_article(scene, limit->article, made));
    if (limit->is_years) TRY(add_article(scene, S(CALCULATED), made));
    while (others.len) {
        struct str other = str_cut(others, '|', &others);

        if (!str_same(other, limit->article)) TRY(add_article(scene, other, made));
    }
    return DONE;
}

/* (4) One day that is past is counted from, and may be changed; of several one is chosen. */
static struct outcome by_days(struct scene *scene, const struct assistant_limit *limit,
                              const calendar_day *days, size_t count, struct assistant_talk *made)
{
    if (count == 1) {
        TRY(count_from(scene, limit, days[0], made));
        put_day(scene, limit,
                text_fill(scene->arena, scene->language,
                          T("I took %1 from what you wrote. If another day counts, put it here."),
                          day_name(scene, days[0]), S(""), S("")),
                day_typed(scene, days[0]), made);
        return DONE;
    }
    put_day(scene, limit,
            text_in(scene->language,
                    T("You wrote of several days. Choose the one that counts, or put another.")),
            S(""), made);
    for (size_t i = 0; i < count; i++)
        assistant_add(made, ASSISTANT_VALUE, day_typed(scene, days[i]), day_name(scene, days[i]),
                      S(""), S(""));
    return DONE;
}

struct outcome assistant_offer_limit(struct scene *scene, struct str text,
                                     struct assistant_talk *made, bool *offered)
{
    struct assistant_limit limit;
    struct str words, source, url;
    calendar_day days[ASSISTANT_DAYS_MAX];
    size_t count = assistant_days_in(text, days);
    bool is_countable = count > 1 || (count && days[0] <= calendar_day_of(scene->now));

    *offered = assistant_limit_for(scene->arena, str_of(data_assistant), text, &limit);
    if (*offered) TRY(assistant_cite(scene, limit.article, &words, &source, &url, offered));
    if (!*offered) return DONE;
    if (count == 1 && is_countable && !limit.ask_zh.len)
        return by_days(scene, &limit, days, count, made);
    assistant_add(made, ASSISTANT_SENTENCE, S("article"),
                  assistant_sentence(scene->arena, words, text), source, url);
    if (limit.ask_zh.len)
        put_before(scene, &limit, made);
    else if (is_countable)
        return by_days(scene, &limit, days, count, made);
    else
        put_day(scene, &limit, in(scene, limit.zh, limit.en), S(""), made);
    return DONE;
}

struct outcome assistant_told_limit(struct scene *scene, const struct assistant_tell_form *f,
                                    struct assistant_talk *made)
{
    struct str code, kind = str_cut(f->ask, '.', &code), words, source, url;
    struct assistant_limit limit;
    calendar_day from;
    bool found;

    if (!assistant_limit_of(str_of(data_assistant), code, &limit))
        return REFUSE(assistant_not_asked);
    if (str_same(kind, S("day"))) {
        if (!calendar_day_parse(assistant_day_told(f), &from)) return REFUSE(assistant_not_asked);
        return count_from(scene, &limit, from, made);
    }
    TRY(assistant_cite(scene, limit.article, &words, &source, &url, &found));
    if (found && str_same(f->value, S("yes")))
        assistant_add(made, ASSISTANT_SENTENCE, S("article"),
                      assistant_paragraph(words, limit.paragraph), source, url);
    put_day(scene, &limit, in(scene, limit.zh, limit.en), S(""), made);
    return DONE;
}
