/* consultation_draft.c -- what a visitor has typed on the way to a question.
 *
 * Each page of the way keeps its answer here, so that nothing is lost by going back, by a dead
 * battery or by a script that did not load.
 *
 *  (1) A draft belongs to a browser, known by the hash of its own cookie; nobody else reads it.
 *  (2) What is personal in it, the text, the other side and the number, is sealed.
 *  (3) The draft goes in the very transaction that makes the question. */
#include "bureau/people/people_acts.h"
#include "desk/identity/identity_acts.h"
#include "platform/secret.h"
#include "service/consultation/consultation_pages.h"

#define USE_TEXT "draft.text"
#define USE_AGAINST "draft.against"
#define USE_PHONE "draft.phone"

const struct reason consultation_draft_gone = {
    "consultation.draft-gone",
    T("What you typed is no longer here: perhaps this browser keeps no cookies, or the question "
      "was sent already. Look under “My questions”, or begin again."),
    409};

static bool visitor_hash(struct scene *scene, struct str *hash)
{
    struct str visitor = scene_brought(scene, S("visitor"));

    if (visitor.len != TOKEN_LEN) return false;
    *hash = secret_token_hash(scene->arena, visitor);
    return true;
}

struct outcome consultation_draft_of(struct scene *scene, struct consultation_draft *draft)
{
    struct consultation_find_draft_row row;
    struct str hash;
    bool found;

    *draft = (struct consultation_draft){0};
    if (!visitor_hash(scene, &hash)) return DONE;
    TRY(consultation_find_draft(scene->arena, scene->store, hash, &row, &found));
    if (!found) return DONE;
    *draft = (struct consultation_draft){.field = row.field,
                                         .division = row.division,
                                         .language = row.language,
                                         .cared_for = row.priority > 0,
                                         .wants_id = row.wants_id};
    /* Sealed with a key that is gone: the visitor types it again. */
    if (!secret_unseal(scene->arena, USE_TEXT, row.text_sealed, &draft->text)) draft->text = S("");
    if (!secret_unseal(scene->arena, USE_AGAINST, row.against_sealed, &draft->against))
        draft->against = S("");
    if (!secret_unseal(scene->arena, USE_PHONE, row.phone_sealed, &draft->phone))
        draft->phone = S("");
    return DONE;
}

static struct outcome save(struct scene *scene, const struct consultation_draft *draft)
{
    struct str hash;

    scene->quiet = true; /* nothing was done to a case yet */
    if (!visitor_hash(scene, &hash)) return REFUSE(consultation_draft_gone);
    return consultation_set_draft(
        scene->store, &(struct consultation_set_draft_values){
                          .visitor_hash = hash,
                          .field = draft->field,
                          .text_sealed = secret_seal(scene->arena, USE_TEXT, draft->text),
                          .against_sealed = secret_seal(scene->arena, USE_AGAINST, draft->against),
                          .division = draft->division,
                          .language = draft->language,
                          .phone_sealed = secret_seal(scene->arena, USE_PHONE, draft->phone),
                          .mode = S(""),
                          .priority = draft->cared_for,
                          .wants_id = draft->wants_id,
                          .at = scene->now,
                      });
}

struct outcome consultation_begin(struct scene *scene, struct str field, struct str text)
{
    struct consultation_draft draft;
    struct people_find_field_row row;
    bool found;

    TRY(consultation_draft_of(scene, &draft));
    TRY(people_field(scene, field, &row, &found));
    if (found && (!draft.field.len || !draft.text.len)) draft.field = row.field;
    if (!draft.text.len)
        draft.text = text;
    else if (str_find(draft.text, text) < 0 &&
             str_points(draft.text) + str_points(text) + 2 <= CONSULTATION_TEXT_MAX)
        draft.text =
            arena_print(scene->arena, "%.*s\n\n%.*s", STR_ARGS(draft.text), STR_ARGS(text));
    return save(scene, &draft);
}

struct outcome consultation_wanted(struct scene *scene, id person_id,
                                   struct people_find_consultant_row *row, bool *found)
{
    *found = false;
    if (!person_id) return DONE;
    TRY(people_consultant(scene, person_id, row, found));
    *found = *found && str_same(row->standing, S("active")) && row->verified_at > 0 &&
             (!row->licence_until || row->licence_until > scene->now);
    return DONE;
}

/* One answer changed from the last page leads back there. */
static void go_on(struct consultation_step_view *told, struct str back, const char *next)
{
    told->next = str_same(back, S("check")) ? S("check") : str_of(next);
}

static struct outcome draft_field(struct scene *scene, const void *form, void *result)
{
    const struct consultation_draft_field_form *f = form;
    struct consultation_draft draft;
    struct people_find_field_row row;
    bool found;

    TRY(people_field(scene, f->field, &row, &found));
    if (!found) return REFUSE(consultation_unknown_field);
    TRY(consultation_draft_of(scene, &draft));
    draft.field = row.field;
    if (!draft.text.len) draft.text = f->q;
    if (f->wants) draft.wants_id = f->wants;
    go_on(result, f->back, "text");
    return save(scene, &draft);
}

static struct outcome draft_text(struct scene *scene, const void *form, void *result)
{
    const struct consultation_draft_text_form *f = form;
    struct consultation_draft draft;

    TRY(consultation_draft_of(scene, &draft));
    draft.text = f->text;
    draft.against = f->against;
    go_on(result, f->back, "where");
    return save(scene, &draft);
}

static struct outcome draft_where(struct scene *scene, const void *form, void *result)
{
    const struct consultation_draft_where_form *f = form;
    struct consultation_draft draft;
    bool found = true;

    if (f->district.len) TRY(identity_division_exists(scene, f->district, &found));
    if (!found) return REFUSE(consultation_unknown_place);
    TRY(consultation_draft_of(scene, &draft));
    draft.division = f->district;
    draft.language = f->language;
    draft.cared_for = f->cared_for;
    go_on(result, f->back, "contact");
    return save(scene, &draft);
}

static struct outcome draft_contact(struct scene *scene, const void *form, void *result)
{
    const struct consultation_draft_contact_form *f = form;
    struct consultation_draft draft;

    TRY(consultation_draft_of(scene, &draft));
    draft.phone = f->phone;
    go_on(result, f->back, "check");
    return save(scene, &draft);
}

/* Whoever proved a number is reached at it, unless another was given. */
static struct outcome phone_of(struct scene *scene, const struct consultation_draft *draft,
                               struct str *phone)
{
    *phone = draft->phone;
    if (phone->len || !scene_is(scene, WHO_RESIDENT)) return DONE;
    return identity_phone(scene, scene->actor.person_id, phone);
}

static struct outcome ask_draft(struct scene *scene, const void *form, void *result)
{
    const struct consultation_send_form *f = form;
    struct consultation_ask_form ask = {.mode = f->mode};
    struct people_find_consultant_row wanted;
    struct consultation_draft draft;
    struct str hash;
    bool found;

    TRY(consultation_draft_of(scene, &draft));
    if (!draft.field.len || !draft.text.len || !visitor_hash(scene, &hash))
        return REFUSE(consultation_draft_gone);
    ask.field = draft.field;
    ask.text = draft.text;
    ask.against = draft.against;
    ask.district = draft.division;
    ask.language = draft.language;
    if (!ask.language.len) ask.language = scene->language == LANGUAGE_EN ? S("en") : S("zh");
    ask.cared_for = draft.cared_for;
    TRY(phone_of(scene, &draft, &ask.phone));
    /* Whoever ceased to serve since is no reason to lose the question. */
    TRY(consultation_wanted(scene, draft.wants_id, &wanted, &found));
    if (found && !f->anybody)
        ask.wants__consultant = arena_print(scene->arena, "%lld", (long long)draft.wants_id);
    TRY(consultation_ask_now(scene, &ask, result));
    return consultation_drop_draft(scene->store, hash);
}

const struct act consultation_draft_field = {.name = "consultation.draft_field",
                                             .who = WHO_ANYONE,
                                             .form = &consultation_draft_field_form,
                                             .result = &consultation_step_view,
                                             .run = draft_field};
const struct act consultation_draft_text = {.name = "consultation.draft_text",
                                            .who = WHO_ANYONE,
                                            .form = &consultation_draft_text_form,
                                            .result = &consultation_step_view,
                                            .run = draft_text};
const struct act consultation_draft_where = {.name = "consultation.draft_where",
                                             .who = WHO_ANYONE,
                                             .form = &consultation_draft_where_form,
                                             .result = &consultation_step_view,
                                             .run = draft_where};
const struct act consultation_draft_contact = {.name = "consultation.draft_contact",
                                               .who = WHO_ANYONE,
                                               .form = &consultation_draft_contact_form,
                                               .result = &consultation_step_view,
                                               .run = draft_contact};
/* The same thing done as by a program, so the same word in the journal. */
const struct act consultation_ask_draft = {.name = "consultation.ask",
                                           .who = WHO_ANYONE,
                                           .form = &consultation_send_form,
                                           .result = &consultation_asked_view,
                                           .run = ask_draft};

#define FORM_THIS consultation_draft_field_form
FORM_TABLE(consultation_draft_field, CONSULTATION_DRAFT_FIELD_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_draft_text_form
FORM_TABLE(consultation_draft_text, CONSULTATION_DRAFT_TEXT_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_draft_where_form
FORM_TABLE(consultation_draft_where, CONSULTATION_DRAFT_WHERE_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_draft_contact_form
FORM_TABLE(consultation_draft_contact, CONSULTATION_DRAFT_CONTACT_FORM)
#undef FORM_THIS
#define FORM_THIS consultation_send_form
FORM_TABLE(consultation_send, CONSULTATION_SEND_FORM)
#undef FORM_THIS
