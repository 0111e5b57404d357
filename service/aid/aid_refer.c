/* aid_refer.c -- out of a talk to legal aid: a consultant suggests it, the resident agrees, and
 * what is known goes along.
 *
 *  (1) Only the consultant who has the talk suggests, and only its resident agrees: by the number
 *      alone nobody does.
 *  (2) Nothing goes anywhere before the resident has read it and said yes; what is sent then, the
 *      resident sends, and can change every word of it.
 *  (3) With the application the case and the talk know of each other, in the same transaction; what
 *      was suggested is the case's from then on and stands here no more.
 *  (4) What was suggested and not used goes after thirty days.
 *  (5) It is open until the office has taken the case over or it ended before that: in the same
 * act, and told in the talk.
 */
#include "desk/cases/cases_acts.h"
#include "gen/aid_html.h"
#include "gen/aid_sql.h"
#include "platform/secret.h"
#include "service/aid/aid_views.h"
#include "service/consultation/consultation_acts.h"

#define USE_ANSWERS "aid.referral.answers"
#define USE_WHAT "aid.referral.what"

enum { REFERS_A_MINUTE = 60 };

#define FORM_THIS aid_referral_form
FORM_TABLE(aid_referral, AID_REFERRAL_FORM)
#undef FORM_THIS
#define FORM_THIS aid_refer_form
FORM_TABLE(aid_refer, AID_REFER_FORM)
#undef FORM_THIS
#define VIEW_THIS aid_refer_view
VIEW_TABLE(aid_refer, AID_REFER_VIEW)
#undef VIEW_THIS
#define VIEW_THIS aid_referred_view
VIEW_TABLE(aid_referred, AID_REFERRED_VIEW)
#undef VIEW_THIS

static const struct reason talk_ended = {"aid.talk-ended",
                                         T("This talk has ended: nothing can be suggested in it "
                                           "any more. The resident can apply without "
                                           "it, at “Legal aid”."),
                                         409};
static const struct reason nothing_suggested = {
    "aid.nothing-suggested",
    T("There is nothing to agree to any more. You can apply for legal aid without it."), 409};
static const struct reason was_applied = {
    "aid.was-applied", T("The resident has applied already: the case goes on from there."), 409};
static const struct reason say_what = {
    "aid.say-what", T("Please write in a few sentences what happened."), .field = "what"};

/* ---- what was suggested ---- */

struct referral {
    struct aid_find_referral_row row;
    bool found;
    struct str what;
    struct aid_draft draft; /* the answers */
};

static struct outcome find(struct scene *scene, id consultation_id, struct referral *r)
{
    struct str answers;

    *r = (struct referral){0};
    TRY(aid_find_referral(scene->arena, scene->store, consultation_id, &r->row, &r->found));
    if (!r->found || !r->row.answers_sealed.len) return DONE;
    if (!secret_unseal(scene->arena, USE_ANSWERS, r->row.answers_sealed, &answers) ||
        !secret_unseal(scene->arena, USE_WHAT, r->row.what_sealed, &r->what))
        return FAULT("aid: what was sealed cannot be read: these are not its keys");
    r->draft.count = aid_answers_read(answers, r->draft.answers);
    return DONE;
}

static bool is_state(const struct referral *r, const char *state)
{
    return r->found && str_same(r->row.state, str_of(state));
}

static struct outcome keep(struct scene *scene, const struct consultation_party *party,
                           const char *state, const struct aid_draft *draft, struct str what)
{
    struct str answers = aid_answers_text(scene->arena, draft->answers, draft->count);

    TRY(aid_set_referral(scene->store, party->case_id, party->reference, scene->actor.person_id,
                         scene->now, str_of(state), secret_seal(scene->arena, USE_ANSWERS, answers),
                         secret_seal(scene->arena, USE_WHAT, what)));
    return aid_set_tidy(scene); /* (4) */
}

/* ---- the consultant ---- */

/* An answer that is chosen is taken along, also when the words are sent. */
static struct outcome take_answer(const struct aid_rules *rules, const struct aid_refer_form *f,
                                  struct aid_draft *draft)
{
    const struct aid_step *step;

    if (!f->value.len) return DONE;
    step = aid_step_of(rules, f->ask);
    if (!step || step->is_table || !aid_value_of(step, f->value)) return REFUSE(aid_no_such_answer);
    return aid_answers_set(draft->answers, &draft->count, (struct aid_answer){f->ask, f->value})
               ? DONE
               : REFUSE(aid_no_such_answer);
}

/* Without this answer, and so without what followed from it. */
static void drop_answer(struct aid_draft *draft, struct str ask)
{
    size_t kept = 0;

    for (size_t i = 0; i < draft->count; i++)
        if (!str_same(draft->answers[i].ask, ask)) draft->answers[kept++] = draft->answers[i];
    draft->count = kept;
}

static struct outcome refer(struct scene *scene, const void *form, void *result)
{
    const struct aid_refer_form *f = form;
    struct consultation_party party;
    struct aid_rules rules;
    struct referral r;
    bool goes_on = f->more || f->drop.len;

    (void)result;
    TRY(consultation_party_of(scene, f->reference, true, &party)); /* (1) */
    if (party.is_ended) return REFUSE(talk_ended);
    TRY(find(scene, party.case_id, &r));
    if (is_state(&r, "applied") || is_state(&r, "taken")) return REFUSE(was_applied);
    TRY(aid_rules_now(scene, &rules));
    TRY(take_answer(&rules, f, &r.draft));
    drop_answer(&r.draft, f->drop);
    if (goes_on) return keep(scene, &party, "draft", &r.draft, f->what);
    if (str_trim(f->what).len < 2) return REFUSE(say_what);
    TRY(keep(scene, &party, "offered", &r.draft, str_trim(f->what)));
    return consultation_tell(
        scene, party.case_id,
        T("The consultant suggests that you apply for a lawyer free of charge, and has written "
          "down "
          "what you said. You find it on this page. Nothing is sent before you agree."),
        S(""));
}

static const struct act aid_refer = {
    .name = "aid.refer", .who = WHO_CONSULTANT, .form = &aid_refer_form, .run = refer};

/* ---- the resident ---- */

static struct outcome open_own(struct scene *scene, struct str reference,
                               struct consultation_party *party, struct referral *r)
{
    TRY(consultation_party_of(scene, reference, false, party)); /* (1) */
    return find(scene, party->case_id, r);
}

/* The browser's own answers from before, and over them what was told to the consultant. */
static struct outcome merge(struct scene *scene, const struct referral *r, struct aid_draft *draft)
{
    TRY(aid_draft_of(scene, draft));
    for (size_t i = 0; i < r->draft.count; i++)
        if (!aid_answers_set(draft->answers, &draft->count, r->draft.answers[i]))
            return REFUSE(aid_no_browser);
    return DONE;
}

static struct outcome agree(struct scene *scene, const void *form, void *result)
{
    const struct aid_referral_form *f = form;
    struct aid_next_view *told = result;
    struct consultation_party party;
    struct aid_rules rules;
    struct aid_draft draft;
    struct aid_way way;
    struct referral r;
    struct str hash;

    TRY(open_own(scene, f->reference, &party, &r));
    if (!is_state(&r, "offered") && !is_state(&r, "agreed")) return REFUSE(nothing_suggested);
    if (!aid_visitor_hash(scene, &hash)) return REFUSE(aid_no_browser);
    TRY(aid_rules_now(scene, &rules));
    TRY(merge(scene, &r, &draft));
    TRY(aid_save_draft(scene, &draft));
    aid_follow(&rules, draft.answers, draft.count, &way);
    told->next = way.next ? way.next->name : S("end");
    if (is_state(&r, "offered"))
        TRY(consultation_tell(scene, party.case_id,
                              T("The resident agreed to apply for legal aid."), S("")));
    return aid_move_referral(scene->store, S("agreed"), scene->now, hash, party.case_id);
}

static const struct act aid_agree = {.name = "aid.agree",
                                     .who = WHO_ASKER,
                                     .form = &aid_referral_form,
                                     .result = &aid_next_view,
                                     .run = agree};

static struct outcome disagree(struct scene *scene, const void *form, void *result)
{
    const struct aid_referral_form *f = form;
    struct consultation_party party;
    struct referral r;

    (void)result;
    TRY(open_own(scene, f->reference, &party, &r));
    if (!is_state(&r, "offered") && !is_state(&r, "agreed")) return REFUSE(nothing_suggested);
    TRY(consultation_tell(scene, party.case_id,
                          T("The resident does not wish to apply for legal aid now."), S("")));
    return aid_move_referral(scene->store, S("declined"), scene->now, S(""), party.case_id);
}

static const struct act aid_disagree = {
    .name = "aid.disagree", .who = WHO_ASKER, .form = &aid_referral_form, .run = disagree};

/* ---- the application ---- */

static struct outcome find_agreed(struct scene *scene, struct aid_find_referral_of_visitor_row *row,
                                  bool *found)
{
    struct str hash;

    *found = false;
    if (!aid_visitor_hash(scene, &hash)) return DONE;
    return aid_find_referral_of_visitor(scene->arena, scene->store, hash,
                                        scene->now - AID_KEPT_SECONDS, row, found);
}

struct outcome aid_referred_of(struct scene *scene, struct aid_referred *referred, bool *found)
{
    struct aid_find_referral_of_visitor_row row;

    *referred = (struct aid_referred){0};
    TRY(find_agreed(scene, &row, found));
    if (!*found) return DONE;
    referred->consultation_id = row.consultation_id;
    referred->reference = row.reference;
    if (!secret_unseal(scene->arena, USE_WHAT, row.what_sealed, &referred->what))
        return FAULT("aid: what was sealed cannot be read: these are not its keys");
    return DONE;
}

struct outcome aid_referred_apply(struct scene *scene, struct str reference)
{
    struct aid_find_referral_of_visitor_row row;
    id case_id;
    bool found;

    TRY(find_agreed(scene, &row, &found));
    if (!found) return DONE;
    TRY(cases_link_talk(scene, reference, row.consultation_id, row.reference, &case_id));
    TRY(consultation_tell(scene, row.consultation_id, T("Legal aid was applied for: case %1."),
                          reference));
    return aid_apply_referral(scene->store, scene->now, case_id, row.consultation_id); /* (3) */
}

/* (5) */
struct outcome aid_went_on(struct scene *scene, id case_id, struct str reference,
                           enum cases_went went)
{
    bool found, is_taken = went == CASES_WENT_TAKEN;
    struct aid_find_referral_of_case_row row;

    TRY(aid_find_referral_of_case(scene->store, case_id, &row, &found));
    if (!found) return DONE;
    TRY(aid_move_referral(scene->store, is_taken ? S("taken") : S("ended"), scene->now, S(""),
                          row.consultation_id));
    return consultation_tell(scene, row.consultation_id,
                             is_taken ? T("Legal aid has taken it over: case %1.")
                                      : T("It ended before legal aid took it over: case %1."),
                             reference);
}

/* ---- beside the talk ---- */

static const char *told_of(const struct referral *r)
{
    if (is_state(r, "taken")) return T("Legal aid has taken it over: case %1.");
    if (is_state(r, "ended")) return T("It ended before legal aid took it over: case %1.");
    return T("Legal aid was applied for: case %1.");
}

static void beside_consultant(struct scene *scene, struct str reference, const struct referral *r,
                              struct consultation_beside *line)
{
    enum language language = scene->language;

    line->path = arena_print(scene->arena, "/desk/consultations/%.*s/aid", STR_ARGS(reference));
    line->label = text_in(language, T("Suggest a lawyer free of charge"));
    if (!r->found) return;
    line->label = text_in(language, T("See what was suggested"));
    if (is_state(r, "draft"))
        line->text = text_in(language, T("You have begun to suggest legal aid."));
    else if (is_state(r, "offered"))
        line->text =
            text_in(language, T("Legal aid was suggested. The resident has not answered."));
    else if (is_state(r, "agreed"))
        line->text = text_in(language, T("The resident agreed to apply for legal aid."));
    else if (is_state(r, "declined"))
        line->text = text_in(language, T("The resident does not wish to apply for legal aid now."));
    else
        line->text =
            text_fill(scene->arena, language, told_of(r), r->row.reference__case, S(""), S(""));
}

static bool beside_resident(struct scene *scene, struct str reference, const struct referral *r,
                            struct consultation_beside *line)
{
    enum language language = scene->language;

    line->path = arena_print(scene->arena, "/consultations/%.*s/aid", STR_ARGS(reference));
    if (is_state(r, "offered") || is_state(r, "agreed")) {
        line->text = text_fill(scene->arena, language,
                               T("%1 suggests that you apply for a lawyer free of charge."),
                               r->row.person_name, S(""), S(""));
        line->label = text_in(language, T("Read it, and go on"));
        return true;
    }
    if (!is_state(r, "applied") && !is_state(r, "taken") && !is_state(r, "ended")) return false;
    line->text = text_fill(scene->arena, language, T("You applied for legal aid: case %1."),
                           r->row.reference__case, S(""), S(""));
    line->path = arena_print(scene->arena, "/cases/%.*s", STR_ARGS(r->row.reference__case));
    line->label = text_in(language, T("See where it is"));
    return true;
}

struct outcome aid_beside(struct scene *scene, id case_id, struct str reference, bool is_consultant,
                          struct consultation_beside *lines, size_t *count)
{
    struct referral r;

    *count = 0;
    *lines = (struct consultation_beside){0};
    TRY(find(scene, case_id, &r));
    if (is_consultant) {
        beside_consultant(scene, reference, &r, lines);
        *count = 1;
    } else if (beside_resident(scene, reference, &r, lines)) {
        *count = 1;
    }
    return DONE;
}

/* ---- the pages ---- */

static struct outcome follow(struct scene *scene, const struct referral *r, struct aid_way *way)
{
    struct aid_rules *rules = NEW(scene->arena, struct aid_rules);

    TRY(aid_rules_now(scene, rules));
    aid_follow(rules, r->draft.answers, r->draft.count, way);
    return DONE;
}

static void show_next(struct scene *scene, const struct aid_way *way, struct aid_refer_view *v)
{
    struct choice *made;

    if (!way->next) return;
    v->next = aid_put_of(scene, way->next);
    made = NEW_MANY(scene->arena, struct choice, v->next->values_count + 1);
    for (size_t i = 0; i < v->next->values_count; i++)
        made[i] =
            (struct choice){.value = v->next->values[i].value, .label = v->next->values[i].label};
    v->values = made;
    v->values_count = v->next->values_count;
}

static struct outcome show_refer(struct request *request, const void *query, void *view)
{
    const struct aid_referral_form *f = query;
    struct scene *scene = request->scene;
    struct aid_way *way = NEW(scene->arena, struct aid_way);
    struct aid_refer_view *v = view;
    struct consultation_party party;
    struct referral r;

    TRY(consultation_party_of(scene, f->reference, true, &party));
    TRY(find(scene, party.case_id, &r));
    TRY(follow(scene, &r, way));
    v->reference = party.reference;
    v->state = r.found ? r.row.state : S("none");
    v->what = r.what;
    v->what_typed = r.found ? r.what : party.asked;
    v->case_reference = r.row.reference__case;
    v->is_open = !party.is_ended && !is_state(&r, "applied") && !is_state(&r, "taken");
    aid_answers_view(scene, way, &v->answers, &v->answers_count);
    show_next(scene, way, v);
    return DONE;
}

static struct outcome show_own(struct request *request, const void *query, void *view)
{
    const struct aid_referral_form *f = query;
    struct scene *scene = request->scene;
    struct aid_way *way = NEW(scene->arena, struct aid_way);
    struct aid_referred_view *v = view;
    struct consultation_party party;
    struct referral r;

    TRY(open_own(scene, f->reference, &party, &r));
    if (!r.found || is_state(&r, "draft")) return REFUSE(act_unknown); /* not suggested yet */
    TRY(follow(scene, &r, way));
    v->reference = party.reference;
    v->state = r.row.state;
    v->by_name = r.row.person_name;
    v->what = r.what;
    v->case_reference = r.row.reference__case;
    v->is_open = is_state(&r, "offered") || is_state(&r, "agreed");
    aid_answers_view(scene, way, &v->answers, &v->answers_count);
    return DONE;
}

const struct page aid_refer_pages[] = {
    {.method = GET,
     .path = "/desk/consultations/{reference}/aid",
     .who = WHO_CONSULTANT,
     .about = "What its consultant suggests to whoever asked: legal aid, with what is known.",
     .query = &aid_referral_form,
     .view = &aid_refer_view,
     .html = &html_aid_refer,
     .show = show_refer},
    {.method = POST,
     .path = "/desk/consultations/{reference}/aid",
     .who = WHO_CONSULTANT,
     .about = "Suggest legal aid: with `more` an answer is kept, without it all is shown to the "
              "resident.",
     .act = &aid_refer,
     .then = "/desk/consultations/{reference}/aid",
     .again = "/desk/consultations/{reference}/aid",
     .per_minute = REFERS_A_MINUTE},
    {.method = GET,
     .path = "/consultations/{reference}/aid",
     .who = WHO_ASKER,
     .about = "What the consultant suggests: the answers and the words that would go along.",
     .query = &aid_referral_form,
     .view = &aid_referred_view,
     .html = &html_aid_referred,
     .show = show_own},
    {.method = POST,
     .path = "/consultations/{reference}/aid",
     .who = WHO_ASKER,
     .about = "Agree: the answers go into this browser's questions about legal aid.",
     .act = &aid_agree,
     .then = "/aid/questions/{next}",
     .again = "/consultations/{reference}/aid",
     .per_minute = REFERS_A_MINUTE,
     .page_only = true},
    {.method = POST,
     .path = "/consultations/{reference}/aid/decline",
     .who = WHO_ASKER,
     .about = "Not now: the consultant reads that, and nothing goes along.",
     .act = &aid_disagree,
     .then = "/consultations/{reference}",
     .again = "/consultations/{reference}/aid",
     .per_minute = REFERS_A_MINUTE},
    {0},
};
