/* mediation_paper.c -- the agreement on paper, for both sides and the committee.
 *
 *  (1) Its text stands in the table of the item (letters), the engine draws it with a code that
 *      verifies; here is what the text cannot know: the other side, the facts, the terms, who
 * signed. (2) It is what stood at the moment of the letter: a later version is another letter. (3)
 * Whoever may read the page of the case may read it; nothing of any session is in it. */
#include "service/mediation/mediation_views.h"

const char *const mediation_places[] = {"respondent", "mediator",  "facts",   "terms",  "perform",
                                        "signed",     "effective", "confirm", "status", NULL};

static struct outcome respondent_of(struct scene *scene, id case_id, struct str *name)
{
    struct mediation_find_now_row now;
    struct cases_reading reading;
    bool found;

    TRY(mediation_find_now(scene->arena, scene->store, case_id, &now, &found));
    if (found) TRY(mediation_unseal(scene, MEDIATION_USE_NAME, now.name_sealed, name));
    if (name->len) return DONE;
    TRY(cases_read(scene, MEDIATION_PROCESS, case_id, &reading));
    for (size_t i = 0; i < reading.count; i++)
        if (reading.answers[i].is_party) *name = reading.answers[i].answer;
    return DONE;
}

static struct str day_of(struct scene *scene, moment at)
{
    struct out *out = out_open(scene->arena, 64);

    if (at) out_day(out, LANGUAGE_ZH, at);
    return out_text(out);
}

static struct str signature(struct scene *scene, const char *who, struct str how, moment at)
{
    const char *where =
        str_same(how, S("paper")) ? "在纸质协议上签名（原件由调解员保存）" : "在网上签名";

    return arena_print(scene->arena, "%s%.*s%s", who, STR_ARGS(day_of(scene, at)), where);
}

typedef struct mediation_find_agreement_at_row agreement_row;

static struct str signed_of(struct scene *scene, const agreement_row *row)
{
    struct str first, second;

    if (!row->applicant_at || !row->respondent_at) return S("");
    first = signature(scene, "申请人", row->applicant_how, row->applicant_at);
    second = signature(scene, "被申请人", row->respondent_how, row->respondent_at);
    return arena_print(scene->arena, "%.*s；%.*s。", STR_ARGS(first), STR_ARGS(second));
}

static moment effective_of(const agreement_row *row)
{
    if (!row->applicant_at || !row->respondent_at) return 0;
    return row->applicant_at > row->respondent_at ? row->applicant_at : row->respondent_at;
}

static struct outcome confirm_of(struct scene *scene, const agreement_row *row, struct str *value)
{
    moment effective = effective_of(row), until;

    if (row->is_status || !effective) return DONE;
    TRY(mediation_confirm_until(cases_calendar(), effective, &until));
    *value = day_of(scene, until - 1);
    return DONE;
}

struct outcome mediation_place(struct scene *scene, id case_id, moment at, struct str name,
                               struct str *value)
{
    agreement_row row;
    bool found;

    if (str_same(name, S("respondent"))) return respondent_of(scene, case_id, value);
    TRY(mediation_find_agreement_at(scene->arena, scene->store, case_id, at, &row, &found)); /* 2 */
    if (!found) return DONE;
    if (str_same(name, S("facts")))
        return mediation_unseal(scene, MEDIATION_USE_TERMS, row.facts_sealed, value);
    if (str_same(name, S("terms")))
        return mediation_unseal(scene, MEDIATION_USE_TERMS, row.terms_sealed, value);
    if (str_same(name, S("confirm"))) return confirm_of(scene, &row, value);
    if (str_same(name, S("mediator"))) *value = row.person_name;
    if (str_same(name, S("perform"))) *value = row.perform_day;
    if (str_same(name, S("signed"))) *value = signed_of(scene, &row);
    if (str_same(name, S("effective"))) *value = day_of(scene, effective_of(&row));
    if (str_same(name, S("status")) && row.is_status)
        *value = S("本协议涉及婚姻、亲子等身份关系，人民法院不予司法确认。");
    return DONE;
}

struct outcome mediation_flow_may(struct arena *arena, struct str flow)
{
    return cases_flow_may_room(arena, flow, mediation_places);
}

/* (3) */
struct outcome mediation_send_own(struct request *request, const void *query,
                                  struct file_answer *file)
{
    struct mediation_case m;
    id letter;

    TRY(mediation_open_side(request->scene,
                            ((const struct mediation_reference_form *)query)->reference, &m));
    return cases_room_letter(request->scene, MEDIATION_PROCESS, m.at.case_id, &letter, file);
}

struct outcome mediation_send_office(struct request *request, const void *query,
                                     struct file_answer *file)
{
    struct mediation_case m;
    id letter;

    TRY(mediation_open_desk(request->scene,
                            ((const struct mediation_reference_form *)query)->reference, &m));
    return cases_room_letter(request->scene, MEDIATION_PROCESS, m.at.case_id, &letter, file);
}
