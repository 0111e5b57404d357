/* people_lists.c -- what can be chosen on an administrator's pages, and what it is called. */
#include "bureau/people/people_views.h"
#include "desk/identity/identity_acts.h"

struct named {
    const char *code, *name;
};

static const struct named professions[] = {
    {"lawyer", T("Lawyer")},
    {"notary", T("Notary")},
    {"forensic", T("Forensic expert")},
    {"mediator", T("Mediator")},
    {"legal_aid", T("Legal-aid officer")},
    {"correction", T("Community-correction officer")},
};

static const struct named languages[] = {
    {"zh", T("Mandarin")}, {"wuu", T("Shanghainese")},   {"yue", T("Cantonese")},
    {"en", T("English")},  {"sign", T("Sign language")},
};

static const struct named kinds[] = {
    {"district", T("District team")},
    {"association", T("Association")},
    {"channel", T("Channel, as a hotline")},
};

static const char *name_of(const struct named *all, size_t count, struct str code)
{
    for (size_t i = 0; i < count; i++) {
        if (str_same(code, str_of(all[i].code))) return all[i].name;
    }
    return NULL;
}

bool people_has_word(struct str words, struct str word)
{
    struct str rest = words;

    while (rest.len) {
        if (str_same(str_cut(rest, ' ', &rest), word)) return true;
    }
    return false;
}

/* `chosen` is one word or several. */
static struct people_choice_list choices(struct scene *scene, const struct named *all, size_t count,
                                         const char *first, struct str chosen)
{
    struct choice *made = NEW_MANY(scene->arena, struct choice, count + 1);
    size_t made_count = 0;

    if (first) made[made_count++].label = text_in(scene->language, first);
    for (size_t i = 0; i < count; i++)
        made[made_count++] =
            (struct choice){.value = str_of(all[i].code),
                            .label = text_in(scene->language, all[i].name),
                            .chosen = people_has_word(chosen, str_of(all[i].code))};
    return (struct people_choice_list){made, made_count};
}

bool people_is_profession(struct str profession)
{
    return name_of(professions, COUNT(professions), profession) != NULL;
}

struct str people_profession_name(enum language language, struct str profession)
{
    const char *name = name_of(professions, COUNT(professions), profession);

    return name ? text_in(language, name) : profession;
}

bool people_is_language(struct str language)
{
    return name_of(languages, COUNT(languages), language) != NULL;
}

bool people_is_team_kind(struct str kind)
{
    return name_of(kinds, COUNT(kinds), kind) != NULL;
}

struct str people_team_kind_name(enum language language, struct str kind)
{
    const char *name = name_of(kinds, COUNT(kinds), kind);

    return name ? text_in(language, name) : kind;
}

struct people_choice_list people_profession_choices(struct scene *scene, const char *first,
                                                    struct str chosen)
{
    return choices(scene, professions, COUNT(professions), first, chosen);
}

struct people_choice_list people_language_choices(struct scene *scene, struct str chosen)
{
    return choices(scene, languages, COUNT(languages), NULL, chosen);
}

struct people_choice_list people_kind_choices(struct scene *scene, struct str chosen)
{
    return choices(scene, kinds, COUNT(kinds), NULL, chosen);
}

struct outcome people_division_name(struct scene *scene, struct str division, struct str *name)
{
    TRY(identity_division_name(scene, division, name));
    if (name->len == 0) *name = division;
    return DONE;
}

struct outcome people_team_choices(struct scene *scene, const char *first, id chosen,
                                   struct people_choice_list *list)
{
    const struct people_list_teams_row *rows;
    struct people_scope scope;
    struct choice *made;
    size_t count, made_count = 0;

    TRY(people_scope_of(scene, &scope));
    TRY(people_teams(scene, &rows, &count));
    made = NEW_MANY(scene->arena, struct choice, count + 1);
    if (first) made[made_count++].label = text_in(scene->language, first);
    for (size_t i = 0; i < count; i++) {
        if (rows[i].team_id != chosen && !people_is_within(&scope, rows[i].division)) continue;
        made[made_count++] = (struct choice){
            .value = arena_print(scene->arena, "%lld", (long long)rows[i].team_id),
            .label = scene->language == LANGUAGE_EN ? rows[i].team_en : rows[i].team_zh,
            .chosen = rows[i].team_id == chosen};
    }
    *list = (struct people_choice_list){made, made_count};
    return DONE;
}

/* The districts of the scope; last the scope itself if it is none of them: the whole city, or a
 * part of a district. */
struct outcome people_division_choices(struct scene *scene, const char *first, struct str chosen,
                                       struct people_choice_list *list)
{
    const struct identity_division *rows;
    struct people_scope scope;
    struct choice *made;
    size_t count, made_count = 0;
    bool has_scope = false;

    TRY(people_scope_of(scene, &scope));
    TRY(identity_division_children(scene, S("31"), &rows, &count));
    made = NEW_MANY(scene->arena, struct choice, count + 2);
    if (first) made[made_count++].label = text_in(scene->language, first);
    for (size_t i = 0; i < count; i++) {
        if (!people_is_within(&scope, rows[i].division)) continue;
        has_scope = has_scope || str_same(rows[i].division, scope.code);
        made[made_count++] = (struct choice){
            .value = rows[i].division,
            .label = scene->language == LANGUAGE_EN ? rows[i].name_en : rows[i].name_zh,
            .chosen = str_same(rows[i].division, chosen)};
    }
    if (!has_scope) {
        struct choice *own = &made[made_count++];

        *own = (struct choice){.value = scope.code, .chosen = str_same(chosen, scope.code)};
        if (scope.is_city)
            own->label = text_in(scene->language, T("Whole city"));
        else
            TRY(people_division_name(scene, scope.code, &own->label));
    }
    *list = (struct people_choice_list){made, made_count};
    return DONE;
}

struct outcome people_field_choices(struct scene *scene, struct str chosen,
                                    struct people_choice_list *list)
{
    const struct people_list_fields_row *rows;
    struct choice *made;
    size_t count;

    TRY(people_fields(scene, &rows, &count));
    made = NEW_MANY(scene->arena, struct choice, count + 1);
    for (size_t i = 0; i < count; i++)
        made[i] = (struct choice){.value = rows[i].field,
                                  .label = scene->language == LANGUAGE_EN ? rows[i].field_en
                                                                          : rows[i].field_zh,
                                  .chosen = people_has_word(chosen, rows[i].field)};
    *list = (struct people_choice_list){made, count};
    return DONE;
}
