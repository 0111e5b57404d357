/* notice_acts.c -- keeping notices, handing them to a sender, remembering what became of them.
 *
 *  (6) A notice is kept in the transaction of the act that caused it.
 *  (7) Numbers and words are sealed, and both are forgotten once the notice is settled.
 *  (8) Every ending is in the journal; taking and putting off are not, since nothing happened yet.
 */
#include "desk/notice/notice_acts.h"

#include <string.h>

#include "gen/notice_sql.h"
#include "platform/page.h"
#include "platform/secret.h"

enum { WORDS_MARK = '\x1f' }; /* between two words: cannot be typed into a form */

/* ---- keeping ---- */

static struct str words_join(struct arena *arena, const struct str words[NOTICE_WORDS])
{
    for (int i = 0; i < NOTICE_WORDS; i++) {
        assert(words[i].len <= NOTICE_WORD_BYTES_MAX);
        assert(words[i].len == 0 || !memchr(words[i].at, WORDS_MARK, words[i].len));
    }
    return arena_print(arena, "%.*s%c%.*s%c%.*s", STR_ARGS(words[0]), WORDS_MARK,
                       STR_ARGS(words[1]), WORDS_MARK, STR_ARGS(words[2]));
}

static void words_split(struct str joined, struct str words[NOTICE_WORDS])
{
    for (int i = 0; i < NOTICE_WORDS; i++) words[i] = str_cut(joined, WORDS_MARK, &joined);
}

static struct str language_word(enum language language)
{
    return language == LANGUAGE_EN ? S("en") : S("zh");
}

struct outcome notice_add(struct scene *scene, const struct notice *notice)
{
    struct arena *arena = scene->arena;
    bool can_reach = notice_is_mobile(notice->to);
    enum notice_state state = can_reach ? NOTICE_QUEUED : NOTICE_FAILED;
    struct str words = words_join(arena, notice->words);

    if (notice->to.len == 0) return DONE;
    return notice_add_notice(
        scene->store,
        &(struct notice_add_notice_values){
            .notice_id = scene_new_id(scene),
            .template = notice_template_word(notice->which),
            .to_sealed = can_reach ? secret_seal(arena, "notice.to", notice->to) : S(""),
            .words = can_reach ? secret_seal(arena, "notice.words", words) : S(""),
            .language = language_word(notice->language),
            .case_id = notice->case_id,
            .state = notice_state_word(state),
            .urgent = notice_is_urgent(notice->which),
            .next_at = can_reach ? notice_try_again_at(0, scene->now) : 0,
            .made_at = scene->now,
            .problem = can_reach ? S("") : S("not a mobile number: it takes no SMS"),
        });
}

struct str notice_text(struct arena *arena, enum language language, enum notice_template which,
                       const struct str words[NOTICE_WORDS])
{
    return text_fill(arena, language, notice_template_text(which), words[0], words[1], words[2]);
}

/* ---- sending ---- */

static struct outcome list_due(struct scene *scene, const id **letters, size_t *count)
{
    const struct notice_list_due_row *rows;
    id *ids;

    TRY(notice_list_due(scene->arena, scene->store, scene->now, &rows, count));
    ids = NEW_MANY(scene->arena, id, *count + 1);
    for (size_t i = 0; i < *count; i++) ids[i] = rows[i].notice_id;
    *letters = ids;
    return DONE;
}

static struct outcome settle_as(struct scene *scene, id notice_id,
                                const struct notice_find_notice_row *row, enum notice_step step,
                                struct str problem)
{
    enum notice_state next;
    struct str word;

    TRY(notice_next(notice_state_of(row->state), step, &next));
    word = notice_state_word(next);
    scene_about(scene, row->case_id, 0);
    scene->quiet = false;
    scene->detail = arena_print(scene->arena, "%.*s %.*s", STR_ARGS(row->template), STR_ARGS(word));
    return notice_set_settled(scene->store, word, next == NOTICE_SENT ? scene->now : 0, problem,
                              notice_id);
}

/* Fills the letter, or says in words why it cannot be made. */
static const char *write_letter(struct scene *scene, const struct notice_find_notice_row *row,
                                enum notice_template which, struct letter *letter)
{
    struct str joined, words[NOTICE_WORDS];
    bool in_english = str_same(row->language, S("en"));

    if (!secret_unseal(scene->arena, "notice.to", row->to_sealed, &letter->to) ||
        !secret_unseal(scene->arena, "notice.words", row->words, &joined))
        return "it cannot be unsealed: these are not the keys it was sealed with";
    words_split(joined, words);
    letter->kind = row->template;
    letter->text = notice_text(scene->arena, in_english ? LANGUAGE_EN : LANGUAGE_ZH, which, words);
    return NULL;
}

static struct outcome take(struct scene *scene, const void *form, void *result)
{
    id notice_id = ((const struct outbox_take_form *)form)->letter_id;
    struct letter *letter = result;
    struct notice_find_notice_row row;
    enum notice_template which;
    enum notice_state next;
    struct outcome may;
    const char *problem;
    bool known;

    *letter = (struct letter){0};
    scene->quiet = true;
    TRY(notice_find_notice(scene->arena, scene->store, notice_id, &row, &known));
    if (!known) return REFUSE(notice_unknown);
    if (row.next_at == 0 || row.next_at > scene->now) return REFUSE(notice_not_now);
    TRY(notice_next(notice_state_of(row.state), NOTICE_TAKE, &next));
    if (!notice_template_of(row.template, &which))
        return settle_as(scene, notice_id, &row, NOTICE_GIVE_UP, S("its template is gone"));

    may = notice_may_send(which, row.made_at, row.tries, scene->now);
    problem = may.refusal ? may.refusal->text : write_letter(scene, &row, which, letter);
    if (problem) return settle_as(scene, notice_id, &row, NOTICE_GIVE_UP, str_of(problem));
    letter->letter_id = notice_id;
    return notice_set_taken(scene->store, notice_state_word(next),
                            scene->now + NOTICE_SENDING_SECONDS_MAX, notice_id);
}

static struct outcome settle(struct scene *scene, const void *form, void *result)
{
    const struct outbox_settle_form *f = form;
    struct notice_find_notice_row row;
    enum notice_state next;
    moment again_at;
    bool known;

    (void)result;
    TRY(notice_find_notice(scene->arena, scene->store, f->letter_id, &row, &known));
    if (!known) return REFUSE(notice_unknown);
    again_at = notice_try_again_at(row.tries, scene->now);
    if (f->fate == LETTER_DELIVERED)
        return settle_as(scene, f->letter_id, &row, NOTICE_DELIVER, S(""));
    if (f->fate == LETTER_IMPOSSIBLE || again_at == 0)
        return settle_as(scene, f->letter_id, &row, NOTICE_GIVE_UP, f->problem);

    TRY(notice_next(notice_state_of(row.state), NOTICE_PUT_OFF, &next));
    scene->quiet = true;
    return notice_set_put_off(scene->store, notice_state_word(next), again_at, f->problem,
                              f->letter_id);
}

const struct act notice_acts[] = {
    [NOTICE_ACT_TAKE] = {.name = "notice.take", .who = WHO_SYSTEM, .run = take},
    [NOTICE_ACT_SETTLE] = {.name = "notice.settle", .who = WHO_SYSTEM, .run = settle},
    {0},
};

const struct outbox notice_outbox = {
    .list_due = list_due,
    .take = &notice_acts[NOTICE_ACT_TAKE],
    .settle = &notice_acts[NOTICE_ACT_SETTLE],
};

/* ---- what an operator sees ---- */

static struct outcome health(struct scene *scene, struct out *out)
{
    struct notice_find_waiting_row row;
    bool found;

    TRY(notice_find_waiting(scene->store, &row, &found));
    if (row.waiting == 0 || scene->now - row.made_at <= 10 * SECONDS_PER_MINUTE) return DONE;
    OUT_LITERAL(out, "Messages waiting for the SMS gateway, some for more than 10 minutes: ");
    out_int(out, row.waiting);
    OUT_LITERAL(out, "\n");
    return DONE;
}

static struct outcome metrics(struct scene *scene, struct out *out)
{
    struct notice_find_waiting_row waiting;
    struct notice_count_failed_row failed;
    bool found;

    TRY(notice_find_waiting(scene->store, &waiting, &found));
    TRY(notice_count_failed(scene->store, scene->now - SECONDS_PER_DAY, &failed, &found));
    OUT_LITERAL(out, "# HELP gongdao_notices_waiting Messages that no gateway has taken yet.\n"
                     "# TYPE gongdao_notices_waiting gauge\n"
                     "gongdao_notices_waiting ");
    out_int(out, waiting.waiting);
    OUT_LITERAL(out, "\n# HELP gongdao_notices_failed Messages of the last day given up.\n"
                     "# TYPE gongdao_notices_failed gauge\n"
                     "gongdao_notices_failed ");
    out_int(out, failed.failed);
    OUT_LITERAL(out, "\n");
    return DONE;
}

const struct module notice_module = {
    .name = "notice",
    .schema = notice_schema,
    .migrations = notice_migrations,
    .health = health,
    .metrics = metrics,
};
