/* classics.c -- see classics.h. */
#include "service/classics/classics.h"

#include <stdlib.h>

static const struct {
    const char *word, *name, *css;
} phases[] = {
    [CLASSICS_COLLECTING] = {"collecting", T("Cases are being collected"), "tag-waiting"},
    [CLASSICS_VOTING] = {"voting", T("You can vote now"), "tag-talking"},
    [CLASSICS_COUNTING] = {"counting", T("The votes are being counted"), "tag-waiting"},
    [CLASSICS_OVER] = {"over", T("The result stands"), "tag-done"},
};

enum classics_phase classics_phase_at(moment vote_from, moment vote_until, moment counted_at,
                                      moment now)
{
    if (now < vote_from) return CLASSICS_COLLECTING;
    if (now < vote_until) return CLASSICS_VOTING;
    return counted_at ? CLASSICS_OVER : CLASSICS_COUNTING;
}

const char *classics_phase_word(enum classics_phase phase)
{
    return phases[phase].word;
}

const char *classics_phase_name(enum classics_phase phase)
{
    return phases[phase].name;
}

const char *classics_phase_css(enum classics_phase phase)
{
    return phases[phase].css;
}

const char *classics_state_name(struct str state)
{
    if (str_same(state, S("accepted"))) return T("Can be voted for");
    return str_same(state, S("refused")) ? T("Not put to the vote") : T("To be screened");
}

static int by_votes(const void *a_, const void *b_)
{
    const struct classics_tally *a = a_, *b = b_;

    if (a->votes != b->votes) return a->votes > b->votes ? -1 : 1;
    return a->entry_id < b->entry_id ? -1 : a->entry_id > b->entry_id;
}

size_t classics_rank(struct classics_tally *tallies, size_t count)
{
    size_t best = 0;

    qsort(tallies, count, sizeof *tallies, by_votes);
    while (best < count && best < CLASSICS_BEST && tallies[best].votes > 0) best++;
    return best;
}
