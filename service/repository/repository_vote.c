/* repository_vote.c -- whether an answer helped: everybody who reads it may say so, once.
 *
 *  (1) Somebody signed in is that person on every device; anybody else is their browser.  Who said
 *      it in this browser and then signs in, or the other way round, has still said it once.
 *  (2) Saying it again changes what was said.
 *  (3) Of one address a few count: new browsers cost nothing.
 *  (4) What is kept tells nobody who it was.
 */
#include "platform/secret.h"
#include "service/repository/repository_views.h"

#define USE_VOTER "repository.voter"
#define USE_ADDRESS "repository.address"

enum { VOTES_OF_AN_ADDRESS = 5 };

static const struct reason no_browser = {
    "repository.no-browser",
    T("Your word could not be kept: perhaps this browser keeps no cookies."), 409};
static const struct reason too_many_votes = {
    "repository.too-many-votes",
    T("Enough has been said about this answer from where you are. Thank you."), 429};
static const struct reason said_signed_in = {
    "repository.said-signed-in",
    T("This was said here by somebody signed in. Sign in to change it."), 409};
static const struct reason unknown_vote = {"repository.unknown-vote", T("Please say yes or no."),
                                           0};

struct voter {
    struct str person, browser; /* hashes; "" none */
};

static struct voter voter_of(struct scene *scene)
{
    struct str visitor = scene_brought(scene, S("visitor"));
    struct voter voter = {S(""), S("")};

    if (scene_is(scene, WHO_RESIDENT | WHO_WORKER) && scene->actor.person_id)
        voter.person = secret_index(
            scene->arena, USE_VOTER,
            arena_print(scene->arena, "person %lld", (long long)scene->actor.person_id));
    if (visitor.len == TOKEN_LEN)
        voter.browser = secret_index(scene->arena, USE_VOTER,
                                     arena_print(scene->arena, "browser %.*s", STR_ARGS(visitor)));
    return voter;
}

struct said {
    bool found, is_useful, is_counted;
};

static struct outcome said_by(struct scene *scene, id entry_id, struct str voter, struct said *said)
{
    struct repository_find_vote_row row;

    *said = (struct said){0};
    if (!voter.len) return DONE;
    TRY(repository_find_vote(scene->store, entry_id, voter, &row, &said->found));
    said->is_useful = said->found && row.is_useful;
    said->is_counted = said->found && row.is_counted;
    return DONE;
}

struct outcome repository_voted(struct scene *scene, id entry_id, struct str *vote)
{
    struct voter voter = voter_of(scene);
    struct said said;

    TRY(said_by(scene, entry_id, voter.person.len ? voter.person : voter.browser, &said));
    *vote = !said.found ? S("") : said.is_useful ? S("yes") : S("no");
    return DONE;
}

static struct outcome count(struct scene *scene, id entry_id)
{
    struct repository_count_votes_row row;
    bool found;

    TRY(repository_count_votes(scene->store, entry_id, &row, &found));
    return repository_set_votes(scene->store, row.useful_count, row.votes_count - row.useful_count,
                                entry_id);
}

static struct outcome need_room(struct scene *scene, id entry_id, struct str address)
{
    struct repository_count_votes_from_row row;
    bool found;

    TRY(repository_count_votes_from(scene->store, entry_id, address, &row, &found));
    return row.votes_count >= VOTES_OF_AN_ADDRESS ? REFUSE(too_many_votes) : DONE;
}

static struct outcome vote(struct scene *scene, const void *form, void *result)
{
    const struct repository_vote_form *f = form;
    struct voter voter = voter_of(scene);
    struct str address = secret_index(scene->arena, USE_ADDRESS, scene->address);
    bool is_public, is_person = voter.person.len > 0, yes = str_same(f->vote, S("yes"));
    struct repository_told told;
    struct said said;

    (void)result;
    TRY(repository_tell(scene, f->answer, &told, &is_public));
    if (!is_public) return REFUSE(act_unknown);
    if (!yes && !str_same(f->vote, S("no"))) return REFUSE(unknown_vote);
    if (!is_person && !voter.browser.len) return REFUSE(no_browser);
    TRY(said_by(scene, f->answer, is_person ? voter.person : voter.browser, &said));
    if (!said.found && !is_person) TRY(need_room(scene, f->answer, address));
    if (said.found && !is_person && !said.is_counted) return REFUSE(said_signed_in);
    TRY(repository_set_vote(scene->store, f->answer, is_person ? voter.person : voter.browser,
                            address, yes, true, scene->now));
    if (is_person && voter.browser.len)
        TRY(repository_set_vote(scene->store, f->answer, voter.browser, address, yes, false,
                                scene->now));
    return count(scene, f->answer);
}

const struct act repository_vote = {
    .name = "repository.vote", .who = WHO_ANYONE, .form = &repository_vote_form, .run = vote};
