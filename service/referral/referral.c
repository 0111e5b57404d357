/* referral.c -- see referral.h. */
#include "service/referral/referral.h"

const struct referral_kind referral_kinds[REFERRAL_KINDS_COUNT] = {
    {.kind = "police",
     .name = T("The police"),
     .office = T("The police station of where you live or where it happened; any of them has to "
                 "take your report"),
     .phone = "110",
     .law = T("Criminal Procedure Law, article 110; Law against Telecom and Online Fraud, article "
              "20"),
     .bring = {T("Your identity card"),
               T("Records of the money you sent: when, how much, to which account"),
               T("The messages on your phone. Do not delete them; take the phone along"),
               T("Telephone numbers, accounts and addresses of the other side"),
               T("Links and programs they sent you. Do not open or remove them"),
               T("Contracts, receipts, advertisements, recordings")}},
    {.kind = "counselling",
     .name = T("Psychological counselling"),
     .office = T("The mental health station of the sub-district"),
     .phone = "12356",
     .law = T("Mental Health Law, article 23"),
     .bring = {T("Your identity card"), T("What you take in medicines, and papers of doctors"),
               T("The telephone number of somebody close to you")}},
};

const struct referral_kind *referral_kind_of(struct str kind)
{
    for (size_t i = 0; i < COUNT(referral_kinds); i++)
        if (str_same(kind, str_of(referral_kinds[i].kind))) return &referral_kinds[i];
    return NULL;
}

static const struct {
    const char *state, *name;
} states[] = {{"none", T("Nothing was suggested yet")},
              {"offered", T("Suggested; the resident has not answered")},
              {"agreed", T("Agreed; not taken over yet")},
              {"declined", T("The resident does not want it now")},
              {"applied", T("Applied for; not taken over yet")},
              {"taken", T("Taken over")},
              {"ended", T("Not taken over; the case says why")}};
enum { NONE = 1, OFFERED = 2, AGREED = 4, DECLINED = 8, APPLIED = 16, ENDED = 64 };

bool referral_may(bool is_on_site, struct str state, enum referral_deed deed)
{
    static const struct {
        unsigned on_site, on_paper;
    } deeds[REFERRAL_DEEDS] = {
        [REFERRAL_OFFER] = {NONE | OFFERED | DECLINED | ENDED, NONE | OFFERED | DECLINED},
        [REFERRAL_AGREE] = {OFFERED, OFFERED},
        [REFERRAL_DECLINE] = {OFFERED | AGREED, OFFERED},
        [REFERRAL_APPLY] = {AGREED, 0},
        [REFERRAL_PRINT] = {0, AGREED},
        [REFERRAL_TAKE] = {APPLIED, AGREED},
        [REFERRAL_END] = {APPLIED, 0},
    };
    unsigned at = 0;

    for (size_t i = 0; i < COUNT(states); i++)
        if (str_same(state, str_of(states[i].state))) at = 1u << i;
    return (is_on_site ? deeds[deed].on_site : deeds[deed].on_paper) & at;
}

const char *referral_state_name(struct str state)
{
    for (size_t i = 0; i < COUNT(states); i++)
        if (str_same(state, str_of(states[i].state))) return states[i].name;
    return "";
}

/* Signs nobody can type part them: forms take none below the blank but ends of lines. */
enum { AFTER_FIELD = 1, AFTER_ANSWER = 2 };

struct str referral_answers_text(struct arena *arena, const struct str *fields,
                                 const struct str *answers, size_t count)
{
    struct str text = S("");

    for (size_t i = 0; i < count; i++)
        if (answers[i].len)
            text = arena_print(arena, "%.*s%.*s%c%.*s%c", STR_ARGS(text), STR_ARGS(fields[i]),
                               AFTER_FIELD, STR_ARGS(answers[i]), AFTER_ANSWER);
    return text;
}

bool referral_answers_next(struct str *kept, struct str *field, struct str *answer)
{
    if (!kept->len) return false;
    *field = str_cut(*kept, AFTER_FIELD, kept);
    *answer = str_cut(*kept, AFTER_ANSWER, kept);
    return field->len > 0;
}
