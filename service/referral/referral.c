/* referral.c -- see referral.h. */
#include "service/referral/referral.h"

const struct referral_kind referral_kinds[REFERRAL_KINDS_COUNT] = {
    {.kind = "mediation",
     .name = T("Mediation"),
     .item = "mediation-one-thing",
     .process = "mediation",
     .office = T("The mediation committee of the district"),
     .phone = "12348",
     .law = T("People’s Mediation Law, article 17"),
     .bring = {T("Photographs, contracts or receipts that show it")}},
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
              {"applied", T("Applied for")},
              {"taken", T("Taken over")}};
enum { NONE = 1, OFFERED = 2, AGREED = 4, DECLINED = 8 };

bool referral_may(const struct referral_kind *kind, struct str state, enum referral_deed deed)
{
    static const struct {
        unsigned on_site, on_paper;
    } deeds[REFERRAL_DEEDS] = {
        [REFERRAL_OFFER] = {NONE | OFFERED | DECLINED, NONE | OFFERED | DECLINED},
        [REFERRAL_AGREE] = {OFFERED, OFFERED},
        [REFERRAL_DECLINE] = {OFFERED | AGREED, OFFERED},
        [REFERRAL_APPLY] = {AGREED, 0},
        [REFERRAL_PRINT] = {0, AGREED},
        [REFERRAL_TAKE] = {0, AGREED},
    };
    unsigned at = 0;

    for (size_t i = 0; i < COUNT(states); i++)
        if (str_same(state, str_of(states[i].state))) at = 1u << i;
    return (kind->item ? deeds[deed].on_site : deeds[deed].on_paper) & at;
}

const char *referral_state_name(struct str state)
{
    for (size_t i = 0; i < COUNT(states); i++)
        if (str_same(state, str_of(states[i].state))) return states[i].name;
    return "";
}
