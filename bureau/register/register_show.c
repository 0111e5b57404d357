/* register_show.c -- an application in words, and what can be chosen in one. */
#include "bureau/register/register_views.h"
#include "platform/cage.h"
#include "platform/files.h"
#include "platform/secret.h"

static struct str join(struct scene *scene, struct str all, struct str one)
{
    return arena_print(scene->arena, "%.*s%s%.*s", STR_ARGS(all), all.len ? " · " : "",
                       STR_ARGS(one));
}

struct outcome register_names_of_fields(struct scene *scene, struct str codes, struct str *names)
{
    const struct people_list_fields_row *rows;
    size_t count;

    *names = S("");
    TRY(people_fields(scene, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (people_has_word(codes, rows[i].field))
            *names = join(scene, *names,
                          scene->language == LANGUAGE_EN ? rows[i].field_en : rows[i].field_zh);
    }
    return DONE;
}

struct str register_names_of_languages(struct scene *scene, struct str codes)
{
    struct people_choice_list all = people_language_choices(scene, codes);
    struct str names = S("");

    for (size_t i = 0; i < all.count; i++) {
        if (all.rows[i].chosen) names = join(scene, names, all.rows[i].label);
    }
    return names;
}

struct outcome register_association_choices(struct scene *scene, struct str chosen,
                                            struct people_choice_list *list)
{
    const struct register_list_associations_row *rows;
    struct choice *made;
    size_t count;

    TRY(register_list_associations(scene->arena, scene->store, &rows, &count));
    made = NEW_MANY(scene->arena, struct choice, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct str number = arena_print(scene->arena, "%lld", (long long)rows[i].team_id);

        made[i] = (struct choice){.value = number,
                                  .label = scene->language == LANGUAGE_EN ? rows[i].team_en
                                                                          : rows[i].team_zh,
                                  .chosen = people_has_word(chosen, number)};
    }
    *list = (struct people_choice_list){made, count};
    return DONE;
}

static struct outcome show_files(struct scene *scene, const struct register_case *c,
                                 struct register_application_view *v)
{
    const struct register_list_files_row *rows;
    struct register_evidence_view *files;

    TRY(register_list_files(scene->arena, scene->store, c->row.application_id, &rows,
                            &v->files_count));
    files = NEW_MANY(scene->arena, struct register_evidence_view, v->files_count + 1);
    for (size_t i = 0; i < v->files_count; i++) {
        struct register_find_look_row look;
        bool found;

        TRY(register_find_look(scene->store, rows[i].file_id, scene->actor.person_id, &look,
                               &found));
        files[i] = (struct register_evidence_view){
            .file = rows[i].file_id,
            .name = rows[i].file_name,
            .type = rows[i].type,
            .bytes = rows[i].bytes_count,
            .size =
                arena_print(scene->arena, "%lld KB", (long long)(rows[i].bytes_count / 1024 + 1)),
            .is_image = cage_is_image(rows[i].type),
            .is_open = found && look.at + REGISTER_LOOK_SECONDS > scene->now,
            .reference = c->row.reference,
        };
    }
    v->files = files;
    return DONE;
}

static struct outcome show_names(struct scene *scene,
                                 const struct register_find_application_row *row,
                                 struct register_application_view *v)
{
    struct people_choice_list associations;

    TRY(people_division_name(scene, row->division, &v->division_name));
    TRY(register_names_of_fields(scene, row->fields, &v->field_names));
    v->language_names = register_names_of_languages(scene, row->languages);
    TRY(register_association_choices(scene, row->associations, &associations));
    for (size_t i = 0; i < associations.count; i++) {
        if (associations.rows[i].chosen)
            v->association_names = join(scene, v->association_names, associations.rows[i].label);
    }
    return DONE;
}

struct outcome register_show_application(struct scene *scene, const struct register_case *c,
                                         const struct register_application_view **view)
{
    const struct register_find_application_row *row = &c->row;
    struct register_application_view *v = NEW(scene->arena, struct register_application_view);

    *v = (struct register_application_view){
        .reference = row->reference,
        .state = row->state,
        .state_name = text_in(scene->language, register_state_name(c->state)),
        .state_css = str_of(register_state_css(c->state)),
        .name = row->person_name,
        .profession = row->profession,
        .profession_name = people_profession_name(scene->language, row->profession),
        .licence = row->licence,
        .licence_until = row->licence_until,
        .licence_day = row->licence_until ? row->licence_until - 1 : 0,
        .division = row->division,
        .fields = row->fields,
        .languages = row->languages,
        .associations = row->associations,
        .made_at = row->made_at,
        .handed_in_at = row->handed_in_at,
        .due_at = row->due_at,
        .due_day = row->due_at ? row->due_at - 1 : 0,
        .is_late = row->due_at && row->due_at <= scene->now,
    };
    *view = v;
    if (!secret_unseal(scene->arena, REGISTER_USE_STATEMENT, row->statement_sealed,
                       &v->statement) ||
        !secret_unseal(scene->arena, REGISTER_USE_WORDS, row->words_sealed, &v->words))
        return FAULT("register: what was sealed cannot be read: these are not its keys");
    TRY(show_names(scene, row, v));
    return show_files(scene, c, v);
}

struct outcome register_find_own_account(struct scene *scene, struct str *login)
{
    struct register_find_invitation_row row;
    bool found;

    *login = S("");
    if (!scene_is(scene, WHO_RESIDENT) || !scene->actor.phone_index.len) return DONE;
    TRY(register_find_invitation(scene->arena, scene->store, scene->actor.phone_index, &row,
                                 &found));
    if (found) *login = row.login;
    return DONE;
}
