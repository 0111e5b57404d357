/* register_plan.c -- see register_plan.h. */
#include "bureau/register/register_plan.h"
#include "desk/identity/identity_acts.h"
#include "desk/notice/notice_acts.h"
#include "platform/files.h"
#include "platform/secret.h"

enum { HEADER_NAMES = 6, PLAN_BYTES_MAX = 12 * 1024 * 1024 };

static const struct {
    const char *label, *names[HEADER_NAMES];
} columns[REGISTER_COLUMNS] = {
    [REGISTER_LOGIN] = {T("Sign-in name"), {"login", "sign-in name", "登录名", "账号"}},
    [REGISTER_NAME] = {T("Full name"), {"name", "full name", "姓名"}},
    [REGISTER_PROFESSION] = {T("Profession"), {"profession", "职业", "职业类别", "类别"}},
    [REGISTER_DIVISION] = {T("District"), {"district", "division", "区", "区县", "服务区"}},
    [REGISTER_TEAM] = {T("Team"), {"team", "团队"}},
    [REGISTER_LICENCE] = {T("Licence number"),
                          {"licence", "license", "licence number", "执业证号", "证号", "证书编号"}},
    [REGISTER_UNTIL] = {T("Valid until"),
                        {"licence_until", "valid until", "有效期至", "有效期", "到期日"}},
    [REGISTER_PHONE] = {T("Mobile number"), {"phone", "mobile", "手机号", "手机", "电话"}},
    [REGISTER_FIELDS] = {T("Fields of law"), {"fields", "咨询领域", "领域", "擅长领域"}},
    [REGISTER_LANGUAGES] = {T("Languages"), {"languages", "语言", "语种"}},
    [REGISTER_ASSOCIATIONS] = {T("Associations"), {"associations", "协会", "所属协会"}},
};

const struct reason register_import_columns = {
    "register.import-columns", T("The first line must name the columns. This one is missing: %1."),
    0};
const struct reason register_import_empty = {
    "register.import-empty", T("There is no row below the first line of this table."), 0};
const struct reason register_import_rows = {
    "register.import-rows",
    T("More than 5,000 people at once are too many. Please hand the table "
      "in in parts."),
    0};

static const struct reason is_needed = {"import.needed", T("is needed for somebody new"), 0};
static const struct reason is_unknown = {"import.unknown", T("“%1” is not in our lists"), 0};
static const struct reason is_no_day = {"import.day", T("“%1” is not a day like 2027-05-31"), 0};
static const struct reason is_no_mobile = {"import.phone", T("is not a mobile number of 11 digits"),
                                           0};
static const struct reason is_twice = {"import.twice", T("stands in row %1 already"), 0};
static const struct reason is_taken = {"import.licence-taken", T("belongs to somebody else: %1"),
                                       0};
static const struct reason is_long = {"import.long", T("is too long"), 0};
static const struct reason is_no_login = {
    "import.login", T("has small letters, digits, - _ and ., and begins with a letter"), 0};
static const struct reason is_beyond = {"import.beyond",
                                        T("belongs to somebody beyond your district"), 0};
static const struct reason is_other_staff = {"import.not-consultant",
                                             T("belongs to staff who are not consultants"), 0};
static const struct reason is_gone = {"import.over", T("is over already"), 0};

const char *register_column_label(enum register_column column)
{
    return columns[column].label;
}

struct str register_verdict_word(enum register_verdict verdict)
{
    static const char *const words[REGISTER_VERDICTS] = {
        [REGISTER_ADD] = "add",
        [REGISTER_UPDATE] = "change",
        [REGISTER_SAME] = "same",
        [REGISTER_WRONG] = "wrong",
    };

    return str_of(words[verdict]);
}

/* Where each row of the table stands, by what may stand only once. */
struct seen {
    struct str *keys;
    int64_t *numbers;
    size_t room;
};
struct making {
    struct scene *scene;
    struct register_lexicon lexicon;
    int place[REGISTER_COLUMNS]; /* of each column in the table, or -1 */
    struct seen seen;
};

static void add_problem(struct register_planned *row, enum register_column column,
                        const struct reason *why, struct str detail)
{
    row->verdict = REGISTER_WRONG;
    if (row->problems_count < REGISTER_PROBLEMS_MAX)
        row->problems[row->problems_count++] = (struct register_problem){column, why, detail};
}

/* ---- the first line ---- */

static enum register_column column_of(struct str title)
{
    for (int column = 0; column < REGISTER_COLUMNS; column++) {
        for (size_t i = 0; i < HEADER_NAMES && columns[column].names[i]; i++) {
            if (str_same_plain(str_trim(title), str_of(columns[column].names[i])))
                return (enum register_column)column;
        }
    }
    return REGISTER_COLUMNS;
}

static struct outcome read_header(struct making *making, const struct csv_row *header,
                                  struct register_plan *plan)
{
    struct arena *arena = making->scene->arena;

    for (int i = 0; i < REGISTER_COLUMNS; i++) making->place[i] = -1;
    for (size_t i = 0; i < header->count; i++) {
        enum register_column column = column_of(header->cells[i]);

        if (column != REGISTER_COLUMNS && making->place[column] < 0)
            making->place[column] = (int)i;
        else if (header->cells[i].len)
            plan->unused = arena_print(arena, "%.*s%s%.*s", STR_ARGS(plan->unused),
                                       plan->unused.len ? "、" : "", STR_ARGS(header->cells[i]));
    }
    if (making->place[REGISTER_NAME] < 0)
        return REFUSE_WITH(register_import_columns,
                           text_in(making->scene->language, columns[REGISTER_NAME].label));
    if (making->place[REGISTER_LOGIN] < 0 && making->place[REGISTER_LICENCE] < 0)
        return REFUSE_WITH(register_import_columns,
                           text_in(making->scene->language, columns[REGISTER_LOGIN].label));
    return DONE;
}

static struct str cell_of(const struct making *making, const struct csv_row *row,
                          enum register_column column)
{
    int place = making->place[column];

    return place < 0 || (size_t)place >= row->count ? S("") : str_trim(row->cells[place]);
}

/* ---- once in a table ---- */

static int64_t seen_before(struct seen *seen, struct str key, int64_t number)
{
    uint64_t hash = 14695981039346656037U;
    size_t at;

    for (size_t i = 0; i < key.len; i++) hash = (hash ^ (unsigned char)key.at[i]) * 1099511628211U;
    for (at = hash % seen->room; seen->keys[at].len; at = (at + 1) % seen->room) {
        if (str_same(seen->keys[at], key)) return seen->numbers[at];
    }
    seen->keys[at] = key;
    seen->numbers[at] = number;
    return 0;
}

static void check_once(struct making *making, struct register_planned *row,
                       enum register_column column, struct str value)
{
    struct arena *arena = making->scene->arena;
    int64_t before;

    if (!value.len) return;
    before = seen_before(&making->seen, arena_print(arena, "%d %.*s", (int)column, STR_ARGS(value)),
                         row->number);
    if (before) add_problem(row, column, &is_twice, arena_print(arena, "%lld", (long long)before));
}

/* ---- who is meant? ---- */

static struct outcome load_before(struct making *making, struct register_planned *row)
{
    struct scene *scene = making->scene;
    struct register_entry *before = &row->before;
    struct register_find_known_row known;
    const struct register_list_fields_of_row *fields;
    const struct register_list_languages_of_row *languages;
    const struct register_list_memberships_row *memberships;
    struct str words = S(""), unknown;
    size_t count;
    bool found;

    TRY(register_find_known(scene->arena, scene->store, row->person_id, &known, &found));
    if (!found) {
        add_problem(row, REGISTER_LOGIN, &is_other_staff, S(""));
        return DONE;
    }
    *before = (struct register_entry){known.login,        known.person_name, known.profession,
                                      known.division,     known.team_id,     known.licence,
                                      known.licence_until};
    row->capacity = known.capacity;
    row->written_capacity = known.written_capacity;
    row->has_password = known.password_hash.len > 0;
    TRY(identity_phone(scene, row->person_id, &before->phone));
    TRY(register_list_fields_of(scene->arena, scene->store, row->person_id, &fields, &count));
    for (size_t i = 0; i < count; i++)
        words = arena_print(scene->arena, "%.*s %.*s", STR_ARGS(words), STR_ARGS(fields[i].field));
    before->fields = register_codes_of(scene->arena, &making->lexicon.fields, words, &unknown);
    words = S("");
    TRY(register_list_languages_of(scene->arena, scene->store, row->person_id, &languages, &count));
    for (size_t i = 0; i < count; i++)
        words = arena_print(scene->arena, "%.*s %.*s", STR_ARGS(words),
                            STR_ARGS(languages[i].language));
    before->languages =
        register_codes_of(scene->arena, &making->lexicon.languages, words, &unknown);
    words = S("");
    TRY(register_list_memberships(scene->arena, scene->store, row->person_id, &memberships,
                                  &count));
    for (size_t i = 0; i < count; i++)
        words = arena_print(scene->arena, "%.*s %lld", STR_ARGS(words),
                            (long long)memberships[i].team_id);
    before->associations =
        register_codes_of(scene->arena, &making->lexicon.associations, words, &unknown);
    return DONE;
}

static struct outcome find_person(struct making *making, struct register_planned *row,
                                  struct str login, struct str licence)
{
    struct scene *scene = making->scene;
    struct register_find_licence_holder_row holder = {0};
    struct outcome within;
    bool found = false, has_holder = false;

    if (login.len) TRY(identity_person_of_login(scene, login, &row->person_id, &found));
    if (licence.len)
        TRY(register_find_licence_holder(scene->arena, scene->store, licence, &holder,
                                         &has_holder));
    if (has_holder && !login.len) row->person_id = holder.person_id;
    if (row->person_id) {
        within = people_need_within(scene, row->person_id);
        if (within.fault) return within;
        if (within.refusal) {
            add_problem(row, login.len ? REGISTER_LOGIN : REGISTER_LICENCE, &is_beyond, S(""));
            return DONE;
        }
        TRY(load_before(making, row));
    }
    if (has_holder && holder.person_id != row->person_id)
        add_problem(row, REGISTER_LICENCE, &is_taken, holder.person_name);
    return DONE;
}

/* ---- what is said about them? ---- */

static void read_code(struct making *making, struct register_planned *row,
                      enum register_column column, struct str cell,
                      const struct register_names *names, struct str *code)
{
    struct str found;

    (void)making;
    if (!cell.len) return;
    found = register_code_of(names, cell);
    if (found.len)
        *code = found;
    else
        add_problem(row, column, &is_unknown, cell);
}

static void read_codes(struct making *making, struct register_planned *row,
                       enum register_column column, struct str cell,
                       const struct register_names *names, struct str *codes)
{
    struct str unknown, found;

    if (!cell.len) return;
    found = register_codes_of(making->scene->arena, names, cell, &unknown);
    if (unknown.len)
        add_problem(row, column, &is_unknown, unknown);
    else
        *codes = found;
}

/* Telephone numbers are written with blanks and dashes, and spreadsheets add a ' or +86. */
static struct str digits_of(struct arena *arena, struct str typed)
{
    char *at = arena_take(arena, 1, typed.len + 1);
    size_t len = 0;

    if (str_begins(typed, S("+86"))) typed.at += 3, typed.len -= 3;
    for (size_t i = 0; i < typed.len; i++) {
        if (typed.at[i] != ' ' && typed.at[i] != '-') at[len++] = typed.at[i];
    }
    return (struct str){at, len};
}

static void read_texts(struct making *making, const struct csv_row *cells,
                       struct register_planned *row)
{
    struct arena *arena = making->scene->arena;
    struct register_entry *after = &row->after;
    struct str name = cell_of(making, cells, REGISTER_NAME);
    struct str licence = cell_of(making, cells, REGISTER_LICENCE);
    struct str until = cell_of(making, cells, REGISTER_UNTIL);
    struct str phone = digits_of(arena, cell_of(making, cells, REGISTER_PHONE));

    if (name.len) after->name = name;
    if (str_points(name) > 60) add_problem(row, REGISTER_NAME, &is_long, S(""));
    if (licence.len) after->licence = licence;
    if (str_points(licence) > 40) add_problem(row, REGISTER_LICENCE, &is_long, S(""));
    if (until.len && !register_read_day(arena, until, &after->licence_until))
        add_problem(row, REGISTER_UNTIL, &is_no_day, until);
    else if (until.len && after->licence_until && after->licence_until <= making->scene->now &&
             after->licence_until != row->before.licence_until)
        add_problem(row, REGISTER_UNTIL, &is_gone, S(""));
    if (phone.len && !notice_is_mobile(phone))
        add_problem(row, REGISTER_PHONE, &is_no_mobile, S(""));
    else if (phone.len)
        after->phone = phone;
}

static void read_lists(struct making *making, const struct csv_row *cells,
                       struct register_planned *row)
{
    const struct register_lexicon *lexicon = &making->lexicon;
    struct register_entry *after = &row->after;
    struct str team = S("");

    read_code(making, row, REGISTER_PROFESSION, cell_of(making, cells, REGISTER_PROFESSION),
              &lexicon->professions, &after->profession);
    read_code(making, row, REGISTER_DIVISION, cell_of(making, cells, REGISTER_DIVISION),
              &lexicon->divisions, &after->division);
    read_code(making, row, REGISTER_TEAM, cell_of(making, cells, REGISTER_TEAM), &lexicon->teams,
              &team);
    if (team.len) str_to_int(team, &after->team_id);
    read_codes(making, row, REGISTER_FIELDS, cell_of(making, cells, REGISTER_FIELDS),
               &lexicon->fields, &after->fields);
    read_codes(making, row, REGISTER_LANGUAGES, cell_of(making, cells, REGISTER_LANGUAGES),
               &lexicon->languages, &after->languages);
    read_codes(making, row, REGISTER_ASSOCIATIONS, cell_of(making, cells, REGISTER_ASSOCIATIONS),
               &lexicon->associations, &after->associations);
}

static void need(struct register_planned *row, enum register_column column, bool is_there)
{
    for (size_t i = 0; i < row->problems_count; i++) /* what is wrong there was said already */
        is_there = is_there || row->problems[i].column == column;
    if (!is_there) add_problem(row, column, &is_needed, S(""));
}

/* Of somebody new everything that makes a consultant; a sign-in name is made from the licence. */
static void complete_new(struct making *making, struct register_planned *row, struct str login)
{
    struct arena *arena = making->scene->arena;
    struct register_entry *after = &row->after;

    after->login = login;
    if (!login.len && after->licence.len)
        after->login = identity_login(arena, arena_print(arena, "v%.*s", STR_ARGS(after->licence)));
    if (!identity_login_is_good(after->login))
        add_problem(row, REGISTER_LOGIN, &is_no_login, S(""));
    need(row, REGISTER_NAME, after->name.len > 0);
    need(row, REGISTER_PROFESSION, after->profession.len > 0);
    need(row, REGISTER_TEAM, after->team_id != 0);
    need(row, REGISTER_DIVISION, after->division.len > 0);
    if (!after->languages.len) after->languages = S("zh");
    row->capacity = 3;
    row->written_capacity = 10;
}

/* What people_enlist() will ask is asked now, of what changes. */
static struct outcome check_scope(struct making *making, struct register_planned *row)
{
    struct people_find_team_row team;
    struct people_scope scope;
    bool found;

    TRY(people_scope_of(making->scene, &scope));
    if (!people_is_within(&scope, row->after.division))
        add_problem(row, REGISTER_DIVISION, &people_unknown_division, S(""));
    if (row->after.team_id == row->before.team_id) return DONE;
    TRY(people_team(making->scene, row->after.team_id, &team, &found));
    if (!found || !people_is_within(&scope, team.division))
        add_problem(row, REGISTER_TEAM, &people_unknown_team, S(""));
    return DONE;
}

/* ---- all of it ---- */

static bool is_same(const struct register_entry *a, const struct register_entry *b)
{
    return str_same(a->login, b->login) && str_same(a->name, b->name) &&
           str_same(a->profession, b->profession) && str_same(a->division, b->division) &&
           a->team_id == b->team_id && str_same(a->licence, b->licence) &&
           a->licence_until == b->licence_until && str_same(a->phone, b->phone) &&
           str_same(a->fields, b->fields) && str_same(a->languages, b->languages) &&
           str_same(a->associations, b->associations);
}

static void write_entry(struct out *out, const struct register_entry *e)
{
    const struct str texts[] = {e->login, e->name,   e->profession, e->division,    e->licence,
                                e->phone, e->fields, e->languages,  e->associations};

    for (size_t i = 0; i < COUNT(texts); i++) {
        out_raw_str(out, texts[i]);
        OUT_LITERAL(out, "|");
    }
    out_int(out, e->team_id);
    OUT_LITERAL(out, "|");
    out_int(out, e->licence_until);
    OUT_LITERAL(out, "\n");
}

static struct outcome plan_row(struct making *making, const struct csv_row *cells, bool is_asked,
                               struct register_planned *row)
{
    struct arena *arena = making->scene->arena;
    struct str login = identity_login(arena, cell_of(making, cells, REGISTER_LOGIN));
    struct str licence = cell_of(making, cells, REGISTER_LICENCE);

    *row = (struct register_planned){.number = cells->number, .verdict = REGISTER_SAME};
    check_once(making, row, REGISTER_LOGIN, login);
    check_once(making, row, REGISTER_LICENCE, licence);
    if (!is_asked) return DONE;
    TRY(find_person(making, row, login, licence));
    row->after = row->before;
    if (row->problems_count) return DONE;
    read_texts(making, cells, row);
    read_lists(making, cells, row);
    if (!row->person_id) complete_new(making, row, login);
    if (row->verdict == REGISTER_SAME) TRY(check_scope(making, row));
    if (row->verdict == REGISTER_WRONG) return DONE;
    if (!row->person_id)
        row->verdict = REGISTER_ADD;
    else if (!is_same(&row->before, &row->after))
        row->verdict = REGISTER_UPDATE;
    return DONE;
}

static void write_planned(struct out *out, const struct register_planned *row)
{
    out_int(out, row->number);
    OUT_LITERAL(out, " ");
    out_int(out, (int64_t)row->verdict);
    OUT_LITERAL(out, " ");
    out_int(out, row->person_id);
    OUT_LITERAL(out, "\n");
    write_entry(out, &row->before);
    write_entry(out, &row->after);
}

static void take_fingerprint(struct arena *arena, struct register_plan *plan)
{
    struct out *out = out_open(arena, PLAN_BYTES_MAX);

    for (size_t i = 0; i < plan->count; i++) {
        if (plan->rows[i].verdict != REGISTER_SAME) write_planned(out, &plan->rows[i]);
    }
    assert(!out_full(out)); /* what was read is bounded by csv.h */
    plan->fingerprint = files_hash(arena, out_text(out));
}

struct str register_plan_mark(struct arena *arena, const struct register_planned *row)
{
    struct out *out = out_open(arena, PLAN_BYTES_MAX);

    if (row->verdict == REGISTER_SAME || row->verdict == REGISTER_WRONG)
        return S("----------------");
    write_planned(out, row);
    return (struct str){files_hash(arena, out_text(out)).at, REGISTER_MARK_LEN};
}

struct outcome register_plan_part(struct scene *scene, struct str text, size_t from, size_t some,
                                  struct register_plan *plan)
{
    struct making *making = NEW(scene->arena, struct making);
    struct csv_table table;

    *plan = (struct register_plan){0};
    making->scene = scene;
    TRY(csv_read(scene->arena, text, &table));
    if (table.count == 0) return REFUSE(register_import_empty);
    TRY(read_header(making, &table.rows[0], plan));
    if (table.count == 1) return REFUSE(register_import_empty);
    if (table.count > REGISTER_IMPORT_ROWS_MAX + 1) return REFUSE(register_import_rows);
    TRY(register_lexicon_make(scene, &making->lexicon));
    making->seen.room = 4 * table.count + 7;
    making->seen.keys = NEW_MANY(scene->arena, struct str, making->seen.room);
    making->seen.numbers = NEW_MANY(scene->arena, int64_t, making->seen.room);
    plan->rows = NEW_MANY(scene->arena, struct register_planned, table.count);
    for (size_t i = 1; i < table.count; i++) {
        struct register_planned *row = &plan->rows[plan->count];
        bool is_asked = plan->count >= from && plan->count - from < some;

        TRY(plan_row(making, &table.rows[i], is_asked, row));
        plan->counts[row->verdict]++;
        plan->count++;
    }
    return DONE;
}

struct outcome register_plan_make(struct scene *scene, struct str text, struct register_plan *plan)
{
    TRY(register_plan_part(scene, text, 0, REGISTER_IMPORT_ROWS_MAX, plan));
    take_fingerprint(scene->arena, plan);
    return DONE;
}

/* ---- in words ---- */

static struct str day_of(struct scene *scene, moment until)
{
    char day[11];

    if (!until) return text_in(scene->language, T("does not run out"));
    calendar_day_print(calendar_day_of(until - 1), day);
    return arena_copy(scene->arena, str_of(day));
}

static void say(struct scene *scene, struct str *all, enum register_column column,
                struct str before, struct str after, bool is_new)
{
    struct str label = text_in(scene->language, columns[column].label);

    if (str_same(before, after)) return;
    *all = is_new ? arena_print(scene->arena, "%.*s%s%.*s: %.*s", STR_ARGS(*all),
                                all->len ? "; " : "", STR_ARGS(label), STR_ARGS(after))
                  : arena_print(scene->arena, "%.*s%s%.*s: %.*s → %.*s", STR_ARGS(*all),
                                all->len ? "; " : "", STR_ARGS(label),
                                STR_ARGS(before.len ? before : S("–")), STR_ARGS(after));
}

struct str register_changes(struct scene *scene, const struct register_lexicon *lexicon,
                            const struct register_planned *row)
{
    const struct register_entry *b = &row->before, *a = &row->after;
    struct str all = S("");
    bool is_new = !row->person_id;
    id teams[2] = {b->team_id, a->team_id};
    struct str team[2];

    for (int i = 0; i < 2; i++)
        team[i] = teams[i]
                      ? register_name_of(scene, &lexicon->teams,
                                         arena_print(scene->arena, "%lld", (long long)teams[i]))
                      : S("");
    say(scene, &all, REGISTER_NAME, b->name, a->name, is_new);
    say(scene, &all, REGISTER_PROFESSION,
        register_name_of(scene, &lexicon->professions, b->profession),
        register_name_of(scene, &lexicon->professions, a->profession), is_new);
    say(scene, &all, REGISTER_DIVISION, register_name_of(scene, &lexicon->divisions, b->division),
        register_name_of(scene, &lexicon->divisions, a->division), is_new);
    say(scene, &all, REGISTER_TEAM, team[0], team[1], is_new);
    say(scene, &all, REGISTER_LICENCE, b->licence, a->licence, is_new);
    if (b->licence_until != a->licence_until)
        say(scene, &all, REGISTER_UNTIL, is_new ? S("") : day_of(scene, b->licence_until),
            day_of(scene, a->licence_until), is_new);
    if (!str_same(b->phone, a->phone)) /* two numbers may look alike when they are masked */
        say(scene, &all, REGISTER_PHONE, S(""), secret_mask(scene->arena, a->phone), true);
    say(scene, &all, REGISTER_FIELDS, register_names_of(scene, &lexicon->fields, b->fields),
        register_names_of(scene, &lexicon->fields, a->fields), is_new);
    say(scene, &all, REGISTER_LANGUAGES,
        register_names_of(scene, &lexicon->languages, b->languages),
        register_names_of(scene, &lexicon->languages, a->languages), is_new);
    say(scene, &all, REGISTER_ASSOCIATIONS,
        register_names_of(scene, &lexicon->associations, b->associations),
        register_names_of(scene, &lexicon->associations, a->associations), is_new);
    return all;
}
