/* fuzz_aid_file.c -- libFuzzer: any bytes as a file of the rules of legal aid.
 *
 *  1. what is read can be checked and followed, whatever it says;
 *  2. of rules that nothing is wrong with every way ends in a result.
 */
#include <stdlib.h>

#include "service/aid/aid_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void must(bool truth)
{
    if (!truth) abort();
}

/* Answers each question with its first answer, or its last. */
static void follow(const struct aid_rules *rules, bool is_good, bool is_last)
{
    struct aid_answer answers[AID_STEPS_MAX];
    struct aid_way way;
    size_t count = 0;

    aid_follow(rules, answers, 0, &way);
    while (way.next && way.next->values_count && count < AID_STEPS_MAX) {
        const struct aid_value *value = &way.next->values[is_last ? way.next->values_count - 1 : 0];

        must(aid_answers_set(answers, &count, (struct aid_answer){way.next->name, value->value}));
        aid_follow(rules, answers, count, &way);
    }
    must(!is_good || way.result.len > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct aid_problem problems[AID_PROBLEMS_MAX];
    struct items_source file = {S("national.yaml"), {(const char *)bytes, len}};
    struct aid_rules rules;
    struct arena *arena;
    struct outcome outcome;
    size_t count;

    if (len > 8000) return 0;
    arena = arena_open(64 << 20);
    outcome = aid_file_rules(arena, &file, 1, S("31"), &rules);
    must(!outcome.fault);
    if (IS_DONE(outcome)) {
        count = aid_check(arena, &rules, problems);
        must(count <= AID_PROBLEMS_MAX);
        follow(&rules, count == 0, false);
        follow(&rules, count == 0, true);
    }
    arena_close(&arena);
    return 0;
}
