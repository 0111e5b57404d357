/* shifts_swap.c -- swaps: one asks, the other says yes, and then both shifts change hands at once.
 *
 *  (1) Who asks has said yes by asking; nothing changes before the other side does as well.
 *  (2) Rules are asked for both sides, when it is asked and again when it is accepted.
 *  (3) Of two swaps about the same shift the first that is accepted counts; the other is void.
 *  (4) A shift may also be given away for nothing in return.
 *  (5) Asking sends a message, so one person asks so often a day and no more.
 */
#include "bureau/shifts/shifts_views.h"

static const struct reason shifts_swap_whom = {
    "shifts.swap-whom", T("Please choose either a shift in return or a person, not both."), 0};
static const struct reason shifts_swap_again = {
    "shifts.swap-again", T("You have asked this already. Please wait for the answer."), 409};
static const struct reason shifts_swap_often = {
    "shifts.swap-often",
    T("You have asked for very many swaps today. Please talk to your team's leader."), 429,
    SECONDS_PER_DAY};
static const struct reason shifts_swap_theirs = {
    "shifts.swap-theirs",
    T("It does not fit your colleague: another shift is at that time, too near or too much: %1."),
    409};

struct swap {
    id from_id, to_id;
    struct shifts_find_shift_row give, take; /* take.shift_id 0: nothing in return */
};

static struct shifts_span span_of(const struct shifts_find_shift_row *row)
{
    return (struct shifts_span){row->starts_at, row->ends_at};
}

/* The other side's reason, in words for this one. */
static struct outcome for_colleague(struct outcome outcome)
{
    if (outcome.refusal && outcome.detail.len) outcome.refusal = &shifts_swap_theirs;
    return outcome;
}

static struct outcome check(struct scene *scene, const struct swap *swap)
{
    const struct shifts_find_shift_row *give = &swap->give, *take = &swap->take;
    bool asking = scene->actor.person_id == swap->from_id;
    struct outcome theirs, ours = DONE;

    if (give->starts_at <= scene->now || (take->shift_id && take->starts_at <= scene->now))
        return REFUSE(shifts_over);
    TRY(shifts_check_person(scene, swap->to_id, give));
    theirs = shifts_check_hold(scene, swap->to_id, take->shift_id, span_of(give));
    if (take->shift_id) {
        TRY(shifts_check_person(scene, swap->from_id, take));
        ours = shifts_check_hold(scene, swap->from_id, give->shift_id, span_of(take));
    }
    if (theirs.fault) return theirs; /* else a no of one's own would hide it */
    TRY(asking ? ours : for_colleague(ours));
    return asking ? for_colleague(theirs) : theirs;
}

static bool holds(const struct shifts_find_shift_row *row, id person_id)
{
    return row->person_id == person_id &&
           (str_same(row->state, S("planned")) || str_same(row->state, S("confirmed")));
}

static struct outcome tell(struct scene *scene, id swap_id, id other_id, enum shifts_swap state,
                           void *result)
{
    scene_about(scene, swap_id, other_id);
    if (result)
        *(struct shifts_swap_told_view *)result =
            (struct shifts_swap_told_view){swap_id, shifts_swap_word(state)};
    return DONE;
}

/* ---- asking ---- */

static struct outcome load_asked(struct scene *scene, const struct shifts_swap_form *f,
                                 struct swap *swap)
{
    *swap = (struct swap){.from_id = scene->actor.person_id, .to_id = f->person};
    TRY(shifts_open(scene, f->shift, &swap->give));
    if (!holds(&swap->give, swap->from_id)) return REFUSE(act_not_yours);
    if ((f->take != 0) == (f->person != 0)) return REFUSE(shifts_swap_whom);
    if (f->take) {
        TRY(shifts_open(scene, f->take, &swap->take));
        swap->to_id = swap->take.person_id;
        if (!swap->to_id || !holds(&swap->take, swap->to_id)) return REFUSE(shifts_not_now);
    }
    return swap->to_id == swap->from_id ? REFUSE(shifts_unknown_person) : DONE;
}

static struct outcome ask(struct scene *scene, const void *form, void *result)
{
    const struct shifts_swap_form *f = form;
    struct shifts_count_swaps_asked_row asked;
    struct shifts_count_swaps_lately_row lately;
    struct shifts_find_shift_row told;
    struct swap swap;
    moment lapses_at;
    id swap_id;
    bool found;

    TRY(load_asked(scene, f, &swap));
    TRY(check(scene, &swap));
    TRY(shifts_count_swaps_asked(scene->store, f->shift, swap.to_id, f->take, &asked, &found));
    if (asked.swaps_count) return REFUSE(shifts_swap_again);
    TRY(shifts_count_swaps_lately(scene->store, swap.from_id, scene->now - SECONDS_PER_DAY, &lately,
                                  &found));
    if (lately.swaps_count >= SHIFTS_SWAPS_A_DAY_MAX) return REFUSE(shifts_swap_often);
    lapses_at = swap.give.starts_at;
    if (f->take && swap.take.starts_at < lapses_at) lapses_at = swap.take.starts_at;
    swap_id = scene_new_id(scene);
    TRY(shifts_add_swap(scene->store, swap_id, swap.from_id, swap.to_id, f->shift, f->take,
                        scene->now, lapses_at));
    told = swap.give;
    told.person_id = swap.to_id;
    TRY(shifts_ask_person(scene, &told));
    return tell(scene, swap_id, swap.to_id, SHIFTS_SWAP_ASKED, result);
}

/* ---- answering ---- */

static struct outcome find(struct scene *scene, const void *form, struct shifts_find_swap_row *row)
{
    bool found;

    TRY(shifts_find_swap(scene->arena, scene->store,
                         ((const struct shifts_which_swap_form *)form)->swap, row, &found));
    return found && (row->from_id == scene->actor.person_id || row->to_id == scene->actor.person_id)
               ? DONE
               : REFUSE(act_unknown);
}

static struct outcome settle(struct scene *scene, const struct shifts_find_swap_row *row,
                             enum shifts_swap to, void *result)
{
    bool mine = row->from_id == scene->actor.person_id;

    TRY(shifts_swap_next(shifts_swap_of(row->state), to));
    TRY(shifts_set_swap(scene->store, shifts_swap_word(to), scene->now, row->swap_id));
    return tell(scene, row->swap_id, mine ? row->to_id : row->from_id, to, result);
}

static struct outcome accept(struct scene *scene, const void *form, void *result)
{
    struct shifts_find_swap_row row;
    struct swap swap;
    bool found;

    TRY(find(scene, form, &row));
    if (row.to_id != scene->actor.person_id) return REFUSE(act_not_yours);
    TRY(shifts_swap_next(shifts_swap_of(row.state), SHIFTS_SWAP_DONE));
    swap = (struct swap){.from_id = row.from_id, .to_id = row.to_id};
    TRY(shifts_find_shift(scene->arena, scene->store, row.give_id, &swap.give, &found));
    if (!found || !holds(&swap.give, row.from_id)) return REFUSE(shifts_not_now);
    if (row.take_id) {
        TRY(shifts_find_shift(scene->arena, scene->store, row.take_id, &swap.take, &found));
        if (!found || !holds(&swap.take, row.to_id)) return REFUSE(shifts_not_now);
    }
    TRY(check(scene, &swap));
    TRY(shifts_move(scene, &swap.give, SHIFTS_PASS, row.to_id, ""));
    if (row.take_id) TRY(shifts_move(scene, &swap.take, SHIFTS_PASS, row.from_id, ""));
    return settle(scene, &row, SHIFTS_SWAP_DONE, result);
}

static struct outcome decline(struct scene *scene, const void *form, void *result)
{
    struct shifts_find_swap_row row;

    TRY(find(scene, form, &row));
    if (row.to_id != scene->actor.person_id) return REFUSE(act_not_yours);
    return settle(scene, &row, SHIFTS_SWAP_DECLINED, result);
}

static struct outcome withdraw(struct scene *scene, const void *form, void *result)
{
    struct shifts_find_swap_row row;

    TRY(find(scene, form, &row));
    if (row.from_id != scene->actor.person_id) return REFUSE(act_not_yours);
    return settle(scene, &row, SHIFTS_SWAP_WITHDRAWN, result);
}

const struct act shifts_act_swap = {.name = "shifts.swap",
                                    .who = WHO_CONSULTANT,
                                    .form = &shifts_swap_form,
                                    .result = &shifts_swap_told_view,
                                    .run = ask};
const struct act shifts_act_swap_accept = {.name = "shifts.swap_accept",
                                           .who = WHO_CONSULTANT,
                                           .form = &shifts_which_swap_form,
                                           .result = &shifts_swap_told_view,
                                           .run = accept};
const struct act shifts_act_swap_decline = {.name = "shifts.swap_decline",
                                            .who = WHO_CONSULTANT,
                                            .form = &shifts_which_swap_form,
                                            .result = &shifts_swap_told_view,
                                            .run = decline};
const struct act shifts_act_swap_withdraw = {.name = "shifts.swap_withdraw",
                                             .who = WHO_CONSULTANT,
                                             .form = &shifts_which_swap_form,
                                             .result = &shifts_swap_told_view,
                                             .run = withdraw};
