/* register_names.c -- what clerks write in a table, and the codes it stands for. */
#include <string.h>

#include "bureau/register/register_plan.h"
#include "desk/identity/identity_acts.h"

static struct register_names of_choices(struct scene *scene, struct people_choice_list zh,
                                        struct people_choice_list en)
{
    struct register_name *made = NEW_MANY(scene->arena, struct register_name, zh.count + 1);

    for (size_t i = 0; i < zh.count; i++)
        made[i] = (struct register_name){zh.rows[i].value, zh.rows[i].label, en.rows[i].label};
    return (struct register_names){made, zh.count};
}

/* What a clerk writes where our list says 普通话. */
static struct register_names with_common_names(struct scene *scene, struct register_names names)
{
    static const struct {
        const char *code, *zh, *en;
    } common[] = {{"zh", "中文", "Chinese"},
                  {"zh", "汉语", "Putonghua"},
                  {"zh", "国语", "Standard Chinese"},
                  {"wuu", "沪语", "Shanghai dialect"},
                  {"yue", "广东话", "Guangdong dialect"}};
    struct register_name *made =
        NEW_MANY(scene->arena, struct register_name, names.count + COUNT(common));

    /* After the names of our own: the first of a code is the one that is shown. */
    memcpy(made, names.rows, names.count * sizeof *made);
    for (size_t i = 0; i < COUNT(common); i++)
        made[names.count + i] = (struct register_name){str_of(common[i].code), str_of(common[i].zh),
                                                       str_of(common[i].en)};
    return (struct register_names){made, names.count + COUNT(common)};
}

static struct outcome add_teams(struct scene *scene, struct register_lexicon *lexicon)
{
    const struct people_list_teams_row *rows;
    struct register_name *teams, *associations;
    size_t count, associations_count = 0;

    TRY(people_teams(scene, &rows, &count));
    teams = NEW_MANY(scene->arena, struct register_name, 2 * count + 1);
    associations = NEW_MANY(scene->arena, struct register_name, 2 * count + 1);
    for (size_t i = 0; i < count; i++) {
        struct str number = arena_print(scene->arena, "%lld", (long long)rows[i].team_id);
        struct register_name name = {number, rows[i].team_zh, rows[i].team_en};
        struct register_name by_code = {number, rows[i].team_code, rows[i].team_code};

        teams[i] = name;
        teams[count + i] = by_code;
        if (!str_same(rows[i].team_kind, S("association"))) continue;
        associations[associations_count++] = name;
    }
    for (size_t i = 0; i < count; i++) {
        if (str_same(rows[i].team_kind, S("association")))
            associations[associations_count++] = teams[count + i];
    }
    lexicon->teams = (struct register_names){teams, 2 * count};
    lexicon->associations = (struct register_names){associations, associations_count};
    return DONE;
}

static struct outcome add_divisions(struct scene *scene, struct register_lexicon *lexicon)
{
    const struct identity_division *rows;
    struct register_name *made;
    size_t count;

    TRY(identity_division_children(scene, S("31"), &rows, &count));
    made = NEW_MANY(scene->arena, struct register_name, count + 1);
    for (size_t i = 0; i < count; i++)
        made[i] = (struct register_name){rows[i].division, rows[i].name_zh, rows[i].name_en};
    made[count] = (struct register_name){S("31"), text_in(LANGUAGE_ZH, T("Whole city")),
                                         text_in(LANGUAGE_EN, T("Whole city"))};
    lexicon->divisions = (struct register_names){made, count + 1};
    return DONE;
}

static struct outcome add_fields(struct scene *scene, struct register_lexicon *lexicon)
{
    const struct people_list_fields_row *rows;
    struct register_name *made;
    size_t count;

    TRY(people_fields(scene, &rows, &count));
    made = NEW_MANY(scene->arena, struct register_name, count + 1);
    for (size_t i = 0; i < count; i++)
        made[i] = (struct register_name){rows[i].field, rows[i].field_zh, rows[i].field_en};
    lexicon->fields = (struct register_names){made, count};
    return DONE;
}

struct outcome register_lexicon_make(struct scene *scene, struct register_lexicon *lexicon)
{
    struct scene zh = *scene, en = *scene;

    zh.language = LANGUAGE_ZH;
    en.language = LANGUAGE_EN;
    lexicon->professions = of_choices(scene, people_profession_choices(&zh, NULL, S("")),
                                      people_profession_choices(&en, NULL, S("")));
    lexicon->languages =
        with_common_names(scene, of_choices(scene, people_language_choices(&zh, S("")),
                                            people_language_choices(&en, S(""))));
    TRY(add_teams(scene, lexicon));
    TRY(add_divisions(scene, lexicon));
    return add_fields(scene, lexicon);
}

struct str register_code_of(const struct register_names *names, struct str typed)
{
    for (size_t i = 0; i < names->count; i++) {
        const struct register_name *name = &names->rows[i];

        if (str_same_plain(typed, name->code) || str_same(typed, name->zh) ||
            str_same_plain(typed, name->en))
            return name->code;
    }
    for (size_t i = 0; typed.len && i < names->count; i++) { /* 徐汇 for 徐汇区 */
        struct str zh = names->rows[i].zh;

        if (str_begins(zh, typed) && str_ends(zh, S("区")) && zh.len == typed.len + 3)
            return names->rows[i].code;
    }
    return S("");
}

struct str register_name_of(struct scene *scene, const struct register_names *names,
                            struct str code)
{
    for (size_t i = 0; i < names->count; i++) {
        if (str_same(code, names->rows[i].code))
            return scene->language == LANGUAGE_EN ? names->rows[i].en : names->rows[i].zh;
    }
    return code;
}

/* The bytes of a sign that parts words at the start of `text`; 0 if there is none. */
static size_t parting(struct str text)
{
    static const char *const signs[] = {" ", ",", ";", "/", "|", "、", "，", "；", "\n"};

    for (size_t i = 0; i < COUNT(signs); i++) {
        if (str_begins(text, str_of(signs[i]))) return str_of(signs[i]).len;
    }
    return 0;
}

static struct str next_word(struct str *rest)
{
    struct str word;
    size_t len = 0, sign;

    while ((sign = parting(*rest))) rest->at += sign, rest->len -= sign;
    while (len < rest->len && !parting((struct str){rest->at + len, rest->len - len})) len++;
    word = (struct str){rest->at, len};
    rest->at += len, rest->len -= len;
    return word;
}

struct str register_codes_of(struct arena *arena, const struct register_names *names,
                             struct str typed, struct str *unknown)
{
    bool *has = NEW_MANY(arena, bool, names->count + 1);
    struct str rest = typed, word, codes = S("");

    *unknown = S("");
    while ((word = next_word(&rest)).len) {
        struct str code = register_code_of(names, word);

        if (!code.len && !unknown->len) *unknown = word;
        for (size_t i = 0; code.len && i < names->count; i++)
            has[i] = has[i] || str_same(names->rows[i].code, code);
    }
    for (size_t i = 0; i < names->count; i++) {
        if (has[i] && !people_has_word(codes, names->rows[i].code))
            codes = arena_print(arena, "%.*s%s%.*s", STR_ARGS(codes), codes.len ? " " : "",
                                STR_ARGS(names->rows[i].code));
    }
    return codes;
}

struct str register_names_of(struct scene *scene, const struct register_names *names,
                             struct str codes)
{
    struct str made = S("");

    while (codes.len) {
        struct str name = register_name_of(scene, names, str_cut(codes, ' ', &codes));

        made = arena_print(scene->arena, "%.*s%s%.*s", STR_ARGS(made), made.len ? "、" : "",
                           STR_ARGS(name));
    }
    return made;
}

bool register_read_day(struct arena *arena, struct str typed, moment *until)
{
    int64_t numbers[3] = {0};
    size_t count = 0, i = 0;

    *until = 0;
    if (str_same(typed, S("长期")) || str_same_plain(typed, S("permanent"))) return true;
    while (i < typed.len && count < 3) {
        size_t from = i;

        while (i < typed.len && typed.at[i] >= '0' && typed.at[i] <= '9') i++;
        if (i == from || i - from > 4 ||
            !str_to_int((struct str){typed.at + from, i - from}, &numbers[count++]))
            return false;
        while (i < typed.len && (typed.at[i] < '0' || typed.at[i] > '9')) {
            struct str rest = {typed.at + i, typed.len - i};

            if (str_begins(rest, S("年")) || str_begins(rest, S("月")) || str_begins(rest, S("日")))
                i += 3;
            else if (typed.at[i] == '-' || typed.at[i] == '/' || typed.at[i] == '.')
                i++;
            else
                return false;
        }
    }
    if (count != 3 || i != typed.len) return false;
    return people_read_until(arena_print(arena, "%04lld-%02lld-%02lld", (long long)numbers[0],
                                         (long long)numbers[1], (long long)numbers[2]),
                             until);
}
