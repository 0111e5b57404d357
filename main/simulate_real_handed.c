/* simulate_real_handed.c -- questions given to a team or a district, by the server's acts: leaders
 * sign in where these are needed, take up, choose, send back; nobody doing so, the clock does.
 *
 * The acts are those of the pages, found by their names. */
#include "gen/consultation_sql.h"
#include "main/rooms.h"
#include "main/simulate_real.h"
#include "service/consultation/consultation_acts.h"

static const struct act *act_in(const struct page *pages, struct str name)
{
    for (; pages && pages->path; pages++)
        if (pages->act && str_same(str_of(pages->act->name), name)) return pages->act;
    return NULL;
}

static const struct act *act_of(struct str name)
{
    const struct act *act = NULL;

    for (size_t i = 0; rooms[i] && !act; i++) {
        const struct page *const *more = rooms[i]->more_pages;

        act = act_in(rooms[i]->pages, name);
        for (; more && *more && !act; more++) act = act_in(*more, name);
    }
    assert(act);
    return act;
}

/* Of a team; a district as such is led by its district team. */
static struct actor leader_of(const struct simulation *s, int team)
{
    return (struct actor){.person_id = s->store->leaders[team],
                          .is = WHO_LEADER,
                          .team_id = s->store->teams[team],
                          .name = S("leader")};
}

static struct actor body_of(const struct simulation *s, const struct simulate_case *c)
{
    return leader_of(s, c->handed_team != SIMULATE_NOBODY ? c->handed_team : c->handed_division);
}

static void hand(struct simulation *s, const struct simulate_case *c)
{
    struct consultation_hand_form form = {.reference = c->reference, .why = S("按地区归他们。")};
    char to[32];

    if (c->handed_team != SIMULATE_NOBODY)
        snprintf(to, sizeof to, "team-%lld", (long long)s->store->teams[c->handed_team]);
    else
        snprintf(to, sizeof to, "%.*s", STR_ARGS(s->divisions[c->handed_division]));
    form.to = str_of(to);
    simulate_real_perform(s, simulate_real_consultant(s, c->consultant),
                          act_of(S("consultation.hand")), &form);
}

void simulate_real_hand(struct simulation *s, enum simulate_happening what, int64_t number)
{
    const struct simulate_case *c = &s->cases[number];
    struct consultation_reference_form plain = {.reference = c->reference};
    struct consultation_place_form place = {.reference = c->reference};
    struct consultation_send_back_form back = {.reference = c->reference,
                                               .reason = S("不归我们。")};
    struct consultation_reassign_form give = {.reference = c->reference, .reason = S("退回来了。")};

    switch (what) {
    case HAPPENS_HAND: hand(s, c); return;
    case HAPPENS_TAKE_UP:
        simulate_real_perform(s, body_of(s, c), act_of(S("consultation.accept_handed")), &plain);
        return;
    case HAPPENS_PLACE:
        simulate_real_perform(s, body_of(s, c), act_of(S("consultation.place")), &place);
        return;
    case HAPPENS_SEND_BACK:
        simulate_real_perform(s, body_of(s, c), act_of(S("consultation.send_back")), &back);
        return;
    default:
        simulate_real_perform(s, leader_of(s, c->handed_from), act_of(S("consultation.reassign")),
                              &give);
        return;
    }
}

/* ---- what the store says ---- */

static int team_of(const struct simulation *s, id team_id)
{
    for (int i = 0; i < SIMULATE_TEAMS; i++) {
        if (s->store->teams[i] == team_id) return i;
    }
    return SIMULATE_NOBODY;
}

static int division_of(const struct simulation *s, struct str division)
{
    for (int i = 0; i < SIMULATE_DISTRICTS; i++) {
        if (str_same(s->divisions[i], division)) return i;
    }
    return SIMULATE_NOBODY;
}

struct outcome simulate_real_read_handed(struct simulation *s, int64_t number, bool *changed)
{
    struct simulate_case *c = &s->cases[number];
    enum consultation_handed before = c->handed;
    struct consultation_find_handing_row row;
    bool stands;

    TRY(consultation_find_handing(s->store->arena, s->store->store, 0, c->case_id, &row, &stands));
    c->handed = stands ? consultation_handed_of(row.state) : CONSULTATION_NOT_HANDED;
    *changed = c->handed != before;
    if (!stands) return DONE;
    c->handed_team = row.to_team ? team_of(s, row.to_team) : SIMULATE_NOBODY;
    c->handed_division = division_of(s, row.to_division);
    c->handed_from = team_of(s, row.from_team);
    c->handed_at = row.at;
    c->accept_by = row.accept_by;
    return DONE;
}
