/* assistant_answer.c -- what is said to a text: what was found, with its source, or that nothing
 * was; and what is asked back when the facts decide.
 *
 *  (1) A sentence is a piece of an article that applies today, of a published answer, or of a row
 *      of a decision table, word for word; or a day counted by an article.  Each has its source.
 *  (2) Whoever may be in danger is shown whom to call before anything else.
 *  (3) A text is only looked for, never obeyed: nothing in it changes what the assistant may do.
 */
#include "desk/danger/danger.h"
#include "desk/items/items_acts.h"
#include "desk/laws/laws_acts.h"
#include "service/aid/aid_acts.h"
#include "service/assistant/assistant_views.h"
#include "service/search/search_acts.h"

enum { EVERYDAY_ROWS = 2, ARTICLES = 3, ANSWERS = 2, SERVICES = 2, ITEMS_POINTS_MAX = 100 };
#define SAFETY "遭受家庭暴力 向公安机关报案 申请人身安全保护令"
static const double answer_least = 0.25; /* alike, to be told */

/* ---- what was found ---- */

static bool has_source(const struct assistant_talk *made, struct str url)
{
    for (size_t i = 0; i < made->count; i++)
        if (made->lines[i].mark == ASSISTANT_SENTENCE && str_same(made->lines[i].cells[3], url))
            return true;
    return false;
}

static struct outcome add_articles(struct scene *scene, struct str text,
                                   struct assistant_talk *made)
{
    struct laws_told told[ARTICLES];
    size_t count;

    TRY(search_articles(scene, text, ARTICLES, told, &count));
    for (size_t i = 0; i < count; i++) {
        struct str address =
            laws_address(scene->arena, told[i].number, told[i].sub, told[i].position);
        struct str url = arena_print(scene->arena, "/laws/%lld/articles/%.*s",
                                     (long long)told[i].law_id, STR_ARGS(address));

        if (has_source(made, url)) continue;
        assistant_add(made, ASSISTANT_SENTENCE, S("article"),
                      assistant_sentence(scene->arena, told[i].words, text),
                      arena_print(scene->arena, "%.*s %.*s", STR_ARGS(told[i].name),
                                  STR_ARGS(told[i].label)),
                      url);
    }
    return DONE;
}

/* What is asked every day in words that no law has: by a table, and only what still reads so. */
static struct outcome add_everyday(struct scene *scene, struct str text,
                                   struct assistant_talk *made)
{
    struct str rows[EVERYDAY_ROWS];
    size_t count = assistant_everyday(scene->arena, str_of(data_assistant), text, rows,
                                      EVERYDAY_ROWS);

    for (size_t i = 0; i < count; i++) {
        while (rows[i].len) {
            struct str begins = str_cut(rows[i], '|', &rows[i]);
            struct str citation = str_cut(begins, '=', &begins), words, source, url;
            bool found;

            TRY(assistant_cite(scene, citation, &words, &source, &url, &found));
            if (!found || !str_begins(words, begins) || has_source(made, url)) continue;
            assistant_add(made, ASSISTANT_SENTENCE, S("article"),
                          assistant_sentence(scene->arena, words, text), source, url);
        }
    }
    return DONE;
}

static void add_answers(struct scene *scene, const struct search_published *found, size_t count,
                        struct str text, struct assistant_talk *made)
{
    for (size_t i = 0; i < count; i++) {
        if (found[i].alike < answer_least) continue;
        assistant_add(
            made, ASSISTANT_SENTENCE, S("answer"),
            assistant_sentence(scene->arena, found[i].told.answer, text), found[i].told.title,
            arena_print(scene->arena, "/answers/%lld", (long long)found[i].told.entry_id));
    }
}

static struct outcome add_services(struct scene *scene, struct str text,
                                   struct assistant_talk *made)
{
    const struct items_found *found;
    size_t count, end = 0;
    moment from;

    for (size_t points = 0; end < text.len && points < ITEMS_POINTS_MAX; points++) {
        end++;
        while (end < text.len && ((unsigned char)text.at[end] & 0xc0) == 0x80) end++;
    }
    TRY(items_find(scene, (struct str){text.at, end}, SERVICES, &found, &count, &from));
    for (size_t i = 0; i < count; i++)
        assistant_add(made, ASSISTANT_SERVICE, found[i].name, found[i].content,
                      arena_print(scene->arena, "/items/%.*s", STR_ARGS(found[i].item)), S(""));
    return DONE;
}

static struct outcome add_fields(struct scene *scene, struct str text,
                                 struct assistant_talk *made)
{
    struct str fields[SEARCH_FIELDS_MAX];
    size_t count;

    TRY(search_fields(scene, text, fields, &count));
    for (size_t i = 0; i < count; i++)
        assistant_add(made, ASSISTANT_FIELD, fields[i], S(""), S(""), S(""));
    return DONE;
}

/* ---- legal aid, by its decision tables ---- */

static void put_aid(struct scene *scene, const struct aid_step *step, struct assistant_talk *made)
{
    assistant_add(made, ASSISTANT_PUT,
                  arena_print(scene->arena, "aid.%.*s", STR_ARGS(step->name)),
                  aid_in(scene, &step->text), aid_in(scene, &step->why), S(""));
    for (size_t i = 0; i < step->values_count; i++)
        assistant_add(made, ASSISTANT_VALUE, step->values[i].value,
                      aid_in(scene, &step->values[i].label), S(""), S(""));
}

/* Only a reason whose source stands here as an article, or is a document by its name. */
static struct outcome add_row(struct scene *scene, const struct aid_row *row,
                              struct assistant_talk *made)
{
    const struct aid_source *source = row->sources_count ? &row->sources[0] : NULL;
    struct str words, name, url = S("");
    bool found = true;

    if (!source) return DONE;
    name = aid_in(scene, &source->text);
    if (source->is_law)
        TRY(assistant_cite(scene, source->text.zh, &words, &name, &url, &found));
    if (found)
        assistant_add(made, ASSISTANT_SENTENCE, S("rule"), aid_in(scene, &row->because), name,
                      url);
    return DONE;
}

/* What follows from the answers so far: reasons that are new since `known`, then the next
 * question, or where to apply. */
static struct outcome follow_aid(struct scene *scene, const struct aid_answer *answers,
                                 size_t count, size_t known, struct assistant_talk *made)
{
    struct aid_rules rules;
    struct aid_way before, way;

    TRY(aid_rules_now(scene, &rules));
    aid_follow(&rules, answers, known, &before);
    aid_follow(&rules, answers, count, &way);
    for (size_t i = before.count; i < way.count; i++)
        if (way.lines[i].row) TRY(add_row(scene, way.lines[i].row, made));
    assistant_add(made, ASSISTANT_FACTS, aid_answers_text(scene->arena, answers, count), S(""),
                  S(""), S(""));
    assistant_add(made, ASSISTANT_FIELD, S("legal_aid"), S(""), S(""), S(""));
    if (way.next)
        put_aid(scene, way.next, made);
    else
        assistant_add(made, ASSISTANT_SERVICE, text_in(scene->language, T("Legal aid")),
                      text_in(scene->language,
                              T("The same questions, with all reasons, and the application.")),
                      S("/aid"), S(""));
    return DONE;
}

static struct outcome go_on_aid(struct scene *scene, const struct assistant_tell_form *f,
                                const struct assistant_talk *before, struct assistant_talk *made)
{
    const struct assistant_line *facts = assistant_last(before, ASSISTANT_FACTS);
    struct aid_answer answers[AID_STEPS_MAX];
    size_t known = facts ? aid_answers_read(facts->cells[0], answers) : 0, count = known;
    struct str ask = {f->ask.at + 4, f->ask.len - 4};

    if (!aid_answers_set(answers, &count, (struct aid_answer){ask, f->value}))
        return REFUSE(assistant_not_asked);
    return follow_aid(scene, answers, count, known, made);
}

/* ---- the answer ---- */

static bool has(const struct assistant_talk *talk, enum assistant_mark mark)
{
    return assistant_last(talk, mark) != NULL;
}

struct outcome assistant_answer(struct scene *scene, struct str text,
                                struct assistant_talk *made)
{
    struct str table = str_of(data_assistant);
    enum danger danger = danger_heard(scene->arena, text);
    struct search_published answers[ANSWERS];
    bool is_aid = assistant_is_about(scene->arena, table, "aid", text), limited = false;
    size_t answers_count;
    double fit;

    assistant_add(made, ASSISTANT_SAID, text, S(""), S(""), S(""));
    if (danger)
        assistant_add(made, ASSISTANT_DANGER, danger_word(danger), S(""), S(""), S(""));
    TRY(search_fit(scene, text, &fit));
    TRY(search_published(scene, text, ANSWERS, answers, &answers_count));
    if (danger == DANGER_LIFE) return add_fields(scene, text, made); /* no article now */
    if (!is_aid && !danger) {
        TRY(add_everyday(scene, text, made));
        TRY(assistant_offer_limit(scene, text, made, &limited));
    }
    if (danger) {
        TRY(add_articles(scene, S(SAFETY), made)); /* what protects, whatever words were used */
    } else if (assistant_knows(fit, answers_count ? answers[0].alike : 0)) {
        add_answers(scene, answers, answers_count, text, made);
        TRY(add_articles(scene, text, made));
    }
    if (!danger && (is_aid || has(made, ASSISTANT_SENTENCE)))
        TRY(add_services(scene, text, made));
    TRY(add_fields(scene, text, made));
    if (is_aid) TRY(follow_aid(scene, NULL, 0, 0, made));
    if (!has(made, ASSISTANT_SENTENCE) && !danger && !is_aid)
        assistant_add(made, ASSISTANT_UNKNOWN, S(""), S(""), S(""), S(""));
    return DONE;
}

/* What the question before was, and what is answered to it, in words. */
static bool answered(struct scene *scene, const struct assistant_tell_form *f,
                     const struct assistant_talk *before, struct str *asked, struct str *said)
{
    const struct assistant_line *put = assistant_last(before, ASSISTANT_PUT);
    calendar_day day;
    bool is_day;

    if (!put || !str_same(put->cells[0], f->ask)) return false;
    *asked = put->cells[1];
    is_day = str_begins(f->ask, S("day."));
    if (is_day && calendar_day_parse(assistant_day_told(f), &day)) {
        struct out *out = out_open(scene->arena, 80);

        out_day(out, scene->language, calendar_day_begins(day));
        *said = out_text(out);
        return true;
    }
    for (size_t i = (size_t)(put - before->lines) + 1; !is_day && i < before->count; i++) {
        const struct assistant_line *line = &before->lines[i];

        if (line->mark != ASSISTANT_VALUE || !str_same(line->cells[0], f->value)) continue;
        *said = line->cells[1];
        return true;
    }
    return false;
}

struct outcome assistant_go_on(struct scene *scene, const struct assistant_tell_form *f,
                               const struct assistant_talk *before, struct assistant_talk *made)
{
    struct str asked, said;

    if (!answered(scene, f, before, &asked, &said)) return REFUSE(assistant_not_asked);
    assistant_add(made, ASSISTANT_SAID, said, asked, S(""), S(""));
    if (str_begins(f->ask, S("aid."))) return go_on_aid(scene, f, before, made);
    return assistant_told_limit(scene, f, made);
}
