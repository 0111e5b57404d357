/* shifts_show_swap.c -- what can be swapped for what, and swaps on one's own page. */
#include "bureau/shifts/shifts_views.h"

enum { AHEAD_SECONDS = 28 * SECONDS_PER_DAY };

/* Neither side is on leave when they would serve. */
static struct outcome both_there(struct scene *scene, id giver_id, struct shifts_span take,
                                 id taker_id, struct shifts_span give, bool *are)
{
    struct outcome outcome = shifts_check_leave(scene, giver_id, take);

    if (IS_DONE(outcome)) outcome = shifts_check_leave(scene, taker_id, give);
    *are = IS_DONE(outcome);
    return outcome.fault ? outcome : DONE;
}

/* A colleague's shift is a choice only if both sides could hold what they would get. */
struct outcome shifts_swap_choices(struct scene *scene, const struct shifts_find_shift_row *row,
                                   struct shifts_choice_list *list)
{
    const struct shifts_list_swappable_row *rows;
    struct shifts_span give = {row->starts_at, row->ends_at};
    moment until = scene->now + AHEAD_SECONDS;
    struct shifts_hold mine, theirs = {0};
    struct shifts_rules rules;
    struct choice *made;
    int64_t version;
    size_t rows_count, count = 0;
    bool are;
    id whose = 0;

    TRY(shifts_rules_now(scene, &rules, &version));
    TRY(shifts_list_swappable(scene->arena, scene->store, row->team_id, row->profession,
                              row->person_id, scene->now, until, &rows, &rows_count));
    TRY(shifts_hold_of(scene, row->person_id, scene->now, until, &mine));
    made = NEW_MANY(scene->arena, struct choice, rows_count + 1);
    made[count++] = (struct choice){.value = S("0"), .label = text_in(scene->language, T("None"))};
    for (size_t i = 0; i < rows_count; i++) {
        struct shifts_span take = {rows[i].starts_at, rows[i].ends_at};
        struct str words = shifts_words(scene, take);

        if (rows[i].person_id != whose)
            TRY(shifts_hold_of(scene, rows[i].person_id, scene->now, until, &theirs));
        whose = rows[i].person_id;
        if (shifts_may_hold(&rules, mine.held, mine.count, row->shift_id, take).refusal) continue;
        if (shifts_may_hold(&rules, theirs.held, theirs.count, rows[i].shift_id, give).refusal)
            continue;
        TRY(both_there(scene, row->person_id, take, whose, give, &are));
        if (!are) continue;
        made[count++] =
            (struct choice){.value = arena_print(scene->arena, "%lld", (long long)rows[i].shift_id),
                            .label = arena_print(scene->arena, "%.*s · %.*s",
                                                 STR_ARGS(rows[i].person_name), STR_ARGS(words))};
    }
    *list = (struct shifts_choice_list){made, count};
    return DONE;
}

static struct str state_text(const struct scene *scene, struct str state)
{
    static const char *const texts[SHIFTS_SWAPS] = {
        T("Waiting for the answer"), T("Done"), T("Said no"), T("Withdrawn"), T("Nobody answered"),
        T("No longer possible")};

    return text_in(scene->language, texts[shifts_swap_of(state)]);
}

struct outcome shifts_set_swaps(struct scene *scene, struct shifts_mine_view *v)
{
    const struct shifts_list_swaps_row *rows;
    struct shifts_swap_row_view *made;
    size_t count;

    TRY(shifts_list_swaps(scene->arena, scene->store, scene->actor.person_id,
                          scene->now - SHIFTS_WEEK_SECONDS, &rows, &count));
    made = NEW_MANY(scene->arena, struct shifts_swap_row_view, count + 1);
    for (size_t i = 0; i < count; i++) {
        bool to_me = rows[i].to_id == scene->actor.person_id;

        made[i] = (struct shifts_swap_row_view){
            .swap = rows[i].swap_id,
            .state = rows[i].state,
            .state_text = state_text(scene, rows[i].state),
            .is_to_me = to_me,
            .is_asked = str_same(rows[i].state, S("asked")),
            .name = to_me ? rows[i].person_name__from : rows[i].person_name__to,
            .give = rows[i].give_id,
            .give_words =
                shifts_words(scene, (struct shifts_span){rows[i].starts_at, rows[i].ends_at}),
            .take = rows[i].take_id};
        if (rows[i].take_id)
            made[i].take_words = shifts_words(
                scene, (struct shifts_span){rows[i].starts_at__take, rows[i].ends_at__take});
    }
    v->swaps = made;
    v->swaps_count = count;
    return DONE;
}
