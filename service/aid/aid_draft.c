/* aid_draft.c -- a visitor answers, goes on later, forgets, or hands the answers to a consultant.
 *
 *  (1) Answers belong to a browser, known by the hash of its own cookie; nobody else reads them.
 *  (2) They are sealed: that somebody is accused, beaten or poor is theirs to tell.
 *  (3) They go after thirty days without a new one, or when the visitor says so.
 */
#include "gen/aid_sql.h"
#include "platform/secret.h"
#include "service/aid/aid_views.h"
#include "service/consultation/consultation_acts.h"

#define USE_ANSWERS "aid.answers"

const struct reason aid_no_such_answer = {"aid.no-such-answer",
                                          T("Please choose one of the answers below."), 0};
const struct reason aid_no_browser = {
    "aid.no-browser",
    T("Your answer could not be kept: perhaps this browser keeps no cookies. Please call 12348, or "
      "come to a window; there somebody goes through the questions with you."),
    409};

struct str aid_in(const struct scene *scene, const struct aid_text *text)
{
    return scene->language == LANGUAGE_EN ? text->en : text->zh;
}

bool aid_visitor_hash(struct scene *scene, struct str *hash)
{
    struct str visitor = scene_brought(scene, S("visitor"));

    if (visitor.len != TOKEN_LEN) return false;
    *hash = secret_token_hash(scene->arena, visitor);
    return true;
}

struct outcome aid_draft_of(struct scene *scene, struct aid_draft *draft)
{
    struct aid_find_draft_row row;
    struct str hash, text;
    bool found;

    draft->count = 0;
    if (!aid_visitor_hash(scene, &hash)) return DONE;
    TRY(aid_find_draft(scene->arena, scene->store, hash, scene->now - AID_KEPT_SECONDS, &row,
                       &found));
    /* Sealed with a key that is gone: the questions are put again. */
    if (found && secret_unseal(scene->arena, USE_ANSWERS, row.answers_sealed, &text))
        draft->count = aid_answers_read(text, draft->answers);
    return DONE;
}

/* Once a day, when Shanghai sleeps: at the next such moment, never one that has passed. */
struct outcome aid_set_tidy(struct scene *scene)
{
    moment night = scene->now / SECONDS_PER_DAY * SECONDS_PER_DAY + 20 * SECONDS_PER_HOUR;

    return clock_set(scene, "aid.tidy", 0, night > scene->now ? night : night + SECONDS_PER_DAY);
}

struct outcome aid_save_draft(struct scene *scene, const struct aid_draft *draft)
{
    struct str hash, text = aid_answers_text(scene->arena, draft->answers, draft->count);

    if (!aid_visitor_hash(scene, &hash) || text.len > AID_ANSWERS_BYTES)
        return REFUSE(aid_no_browser);
    TRY(aid_set_draft(scene->store, hash, secret_seal(scene->arena, USE_ANSWERS, text),
                      scene->now));
    return aid_set_tidy(scene);
}

static bool set(struct aid_draft *draft, const struct aid_answer_form *f)
{
    return aid_answers_set(draft->answers, &draft->count, (struct aid_answer){f->ask, f->value});
}

/* The rules are read here, beside the writer: they are long. */
static struct outcome prepare_answer(struct scene *scene, void *form)
{
    struct aid_answer_form *f = form;
    const struct aid_step *step;
    struct aid_rules rules;
    struct aid_draft draft;
    struct aid_way way;

    TRY(aid_rules_now(scene, &rules));
    step = aid_step_of(&rules, f->ask);
    if (!step || step->is_table) return REFUSE(act_unknown);
    if (!aid_value_of(step, f->value)) return REFUSE(aid_no_such_answer);
    TRY(aid_draft_of(scene, &draft));
    if (!set(&draft, f)) return REFUSE(aid_no_browser);
    aid_follow(&rules, draft.answers, draft.count, &way);
    f->next = way.next ? way.next->name : S("end");
    return DONE;
}

static struct outcome answer(struct scene *scene, const void *form, void *result)
{
    const struct aid_answer_form *f = form;
    struct aid_next_view *told = result;
    struct aid_draft draft;

    TRY(aid_draft_of(scene, &draft));
    if (!set(&draft, f)) return REFUSE(aid_no_browser);
    told->next = f->next;
    scene->quiet = true; /* nothing was handed in */
    return aid_save_draft(scene, &draft);
}

struct outcome aid_drop(struct scene *scene)
{
    struct str hash;

    return aid_visitor_hash(scene, &hash) ? aid_drop_draft(scene->store, hash) : DONE;
}

static struct outcome forget(struct scene *scene, const void *form, void *result)
{
    (void)form, (void)result;
    scene->quiet = true;
    return aid_drop(scene);
}

/* ---- to a consultant ---- */

static const struct {
    const char *word, *text;
} results[] = {{"likely", T("I am likely entitled.")},
               {"look", T("A person must look at it.")},
               {"no", T("I am not entitled.")}};

static struct str in(enum language language, const struct aid_text *text)
{
    return language == LANGUAGE_EN ? text->en : text->zh;
}

struct str aid_told(struct arena *arena, enum language language, const struct aid_way *way)
{
    struct out *out = out_open(arena, 16384);

    out_raw_str(out,
                text_in(language, T("I went through the questions about legal aid. My answers:")));
    for (size_t i = 0; i < way->count; i++) {
        const struct aid_line *line = &way->lines[i];

        if (!line->chosen) continue;
        OUT_LITERAL(out, "\n- ");
        out_raw_str(out, in(language, &line->step->text));
        OUT_LITERAL(out, " ");
        out_raw_str(out, in(language, &line->chosen->label));
    }
    for (size_t i = 0; i < COUNT(results); i++) {
        if (!str_same(way->result, str_of(results[i].word))) continue;
        OUT_LITERAL(out, "\n");
        out_raw_str(out, text_in(language, T("By these answers:")));
        OUT_LITERAL(out, " ");
        out_raw_str(out, text_in(language, results[i].text));
    }
    return out_text(out);
}

static struct str told_to_consultant(struct scene *scene, const struct aid_way *way)
{
    return arena_print(scene->arena, "%.*s\n\n%.*s ",
                       STR_ARGS(aid_told(scene->arena, scene->language, way)),
                       STR_ARGS(text_in(scene->language, T("What I would like to know:"))));
}

static struct outcome prepare_consult(struct scene *scene, void *form)
{
    struct aid_consult_form *f = form;
    struct aid_rules rules;
    struct aid_draft draft;
    struct aid_way way;

    TRY(aid_rules_now(scene, &rules));
    TRY(aid_draft_of(scene, &draft));
    aid_follow(&rules, draft.answers, draft.count, &way);
    if (!way.count) return REFUSE(aid_no_browser);
    f->text = told_to_consultant(scene, &way);
    return DONE;
}

static struct outcome consult(struct scene *scene, const void *form, void *result)
{
    const struct aid_consult_form *f = form;

    (void)result;
    return consultation_begin(scene, S("legal_aid"), f->text);
}

static struct outcome tidy(struct scene *scene, const void *form, void *result)
{
    (void)form, (void)result;
    scene->quiet = true;
    TRY(aid_drop_drafts_before(scene->store, scene->now - AID_KEPT_SECONDS));
    TRY(aid_drop_referrals_before(scene->store, scene->now - AID_KEPT_SECONDS));
    return aid_set_tidy(scene);
}

const struct act aid_answer = {.name = "aid.answer",
                               .who = WHO_ANYONE,
                               .form = &aid_answer_form,
                               .result = &aid_next_view,
                               .prepare = prepare_answer,
                               .run = answer};
const struct act aid_forget = {.name = "aid.forget", .who = WHO_ANYONE, .run = forget};
const struct act aid_consult = {.name = "aid.consult",
                                .who = WHO_ANYONE,
                                .form = &aid_consult_form,
                                .prepare = prepare_consult,
                                .run = consult};
const struct act aid_tidy = {.name = "aid.tidy", .who = WHO_SYSTEM, .run = tidy};
