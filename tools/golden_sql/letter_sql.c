/* Made by tools/mksql.c from tools/golden_sql/letter.sql.  Do not edit. */
#include "letter_sql.h"

const char letter_schema[] =
        "create table letter_team (\n"
        "    team_id    bigint  not null primary key,\n"
        "    name       text    not null default 'team; -- name: red :one' \n"
        ");\n"
        "create table letter (\n"
        "    letter_id  bigint  not null primary key,\n"
        "    team_id    bigint  references letter_team,\n"
        "    title      text    not null,\n"
        "    body       text    not null,\n"
        "    sent_at    bigint  not null\n"
        ");";

static const char migration_1[] =
        "alter table letter add column urgent integer not null default 0;";

static const char migration_2[] =
        "create table letter_mark (\n"
        "    letter_id  bigint not null references letter,\n"
        "    mark       text   not null,\n"
        "    primary key (letter_id, mark)\n"
        ");\n"
        "create index letter_sent on letter (sent_at);";

const struct migration letter_migrations[] = {
    {1, migration_1},
    {2, migration_2},
    {0, NULL},
};

static const char find_letter_sql[] =
        "/* letter.find_letter */\n"
        "select l.letter_id, l.title, l.body, coalesce(t.name, '') as name__team\n"
        "  from letter l left join letter_team t on t.team_id = l.team_id\n"
        " where l.letter_id = :letter_id";
struct outcome letter_find_letter(struct arena *arena, struct store *store, int64_t letter_id,
    struct letter_find_letter_row *row, bool *found)
{
    struct statement *statement_;
    struct outcome result_;
    bool more_ = false;

    *row = (struct letter_find_letter_row){0};
    *found = false;
    TRY(statement_open(store, find_letter_sql, &statement_));
    statement_int(statement_, 1, letter_id);
    result_ = statement_step(statement_, &more_);
    if (more_) {
        row->letter_id = statement_get_int(statement_, 0);
        row->title = statement_get_text(arena, statement_, 1);
        row->body = statement_get_text(arena, statement_, 2);
        row->name__team = statement_get_text(arena, statement_, 3);
        *found = true;
    }
    statement_close(&statement_);
    return result_;
}

static const char count_letters_sql[] =
        "/* letter.count_letters */\n"
        "select count(*) as letters, cast(coalesce(sum(urgent), 0) as bigint) as urgent\n"
        "  from letter\n"
        " where sent_at >= :sent_at__from and sent_at < :sent_at__before\n"
        "   and title <> 'a -- b; \?' and :sent_at__from <= :sent_at__before";
struct outcome letter_count_letters(struct store *store, int64_t sent_at__from,
    int64_t sent_at__before, struct letter_count_letters_row *row, bool *found)
{
    struct statement *statement_;
    struct outcome result_;
    bool more_ = false;

    *row = (struct letter_count_letters_row){0};
    *found = false;
    TRY(statement_open(store, count_letters_sql, &statement_));
    statement_int(statement_, 1, sent_at__from);
    statement_int(statement_, 2, sent_at__before);
    result_ = statement_step(statement_, &more_);
    if (more_) {
        row->letters = statement_get_int(statement_, 0);
        row->urgent = statement_get_int(statement_, 1);
        *found = true;
    }
    statement_close(&statement_);
    return result_;
}

static const char list_letters_sql[] =
        "/* letter.list_letters */\n"
        "select letter_id, title, 'x' || body as quoted_text, title as letter_title,\n"
        "       case when urgent = 1 then 'now' else 'later' end as when_text\n"
        "  from letter\n"
        " where team_id = :team_id\n"
        " order by sent_at desc\n"
        " limit 20";
struct outcome letter_list_letters(struct arena *arena, struct store *store, int64_t team_id,
    const struct letter_list_letters_row **rows, size_t *count)
{
    struct statement *statement_;
    struct outcome result_;
    bool more_ = false;
    struct letter_list_letters_row *all_ = NULL;
    size_t used_ = 0, room_ = 0;

    *rows = NULL;
    *count = 0;
    TRY(statement_open(store, list_letters_sql, &statement_));
    statement_int(statement_, 1, team_id);
    result_ = statement_step(statement_, &more_);
    while (more_) {
        if (used_ == room_)
            all_ = statement_grow(arena, all_, sizeof *all_, &room_, 20);
        all_[used_].letter_id = statement_get_int(statement_, 0);
        all_[used_].title = statement_get_text(arena, statement_, 1);
        all_[used_].quoted_text = statement_get_text(arena, statement_, 2);
        all_[used_].letter_title = statement_get_text(arena, statement_, 3);
        all_[used_].when_text = statement_get_text(arena, statement_, 4);
        used_++;
        result_ = statement_step(statement_, &more_);
    }
    if (IS_DONE(result_)) *rows = all_, *count = used_;
    statement_close(&statement_);
    return result_;
}

static const char list_page_sql[] =
        "/* letter.list_page */\n"
        "select letter_id from letter where letter_id > :letter_id__after order by letter_id\n"
        " limit :max_rows";
struct outcome letter_list_page(struct arena *arena, struct store *store, int64_t letter_id__after,
    int64_t max_rows, const struct letter_list_page_row **rows, size_t *count)
{
    struct statement *statement_;
    struct outcome result_;
    bool more_ = false;
    struct letter_list_page_row *all_ = NULL;
    size_t used_ = 0, room_ = 0;

    *rows = NULL;
    *count = 0;
    TRY(statement_open(store, list_page_sql, &statement_));
    statement_int(statement_, 1, letter_id__after);
    statement_int(statement_, 2, max_rows < 0 ? 0 : max_rows > 3 ? 3 : max_rows);
    result_ = statement_step(statement_, &more_);
    while (more_) {
        if (used_ == room_)
            all_ = statement_grow(arena, all_, sizeof *all_, &room_, 3);
        all_[used_].letter_id = statement_get_int(statement_, 0);
        used_++;
        result_ = statement_step(statement_, &more_);
    }
    if (IS_DONE(result_)) *rows = all_, *count = used_;
    statement_close(&statement_);
    return result_;
}

static const char add_letter_sql[] =
        "/* letter.add_letter */\n"
        "insert into letter (letter_id, team_id, title, body, sent_at)\n"
        "values (:letter_id, nullif(:team_id, 0), :title, :body, :sent_at)";
struct outcome letter_add_letter(struct store *store, int64_t letter_id, int64_t team_id,
    struct str title, struct str body, int64_t sent_at)
{
    struct statement *statement_;
    struct outcome result_;
    bool more_ = false;

    TRY(statement_open(store, add_letter_sql, &statement_));
    statement_int(statement_, 1, letter_id);
    statement_int(statement_, 2, team_id);
    statement_text(statement_, 3, title);
    statement_text(statement_, 4, body);
    statement_int(statement_, 5, sent_at);
    result_ = statement_step(statement_, &more_);
    statement_close(&statement_);
    return result_;
}

static const char add_wide_sql[] =
        "/* letter.add_wide */\n"
        "insert into letter (letter_id, team_id, title, body, sent_at, urgent)\n"
        "select :letter_id, null, :title, :body, :sent_at, :urgent\n"
        " where :letter_id__least <= :letter_id and :title__not <> :title and :body__not <> :body\n"
        "   and :sent_at__least <= :sent_at";
struct outcome letter_add_wide(struct store *store, const struct letter_add_wide_values *values)
{
    struct statement *statement_;
    struct outcome result_;
    bool more_ = false;

    TRY(statement_open(store, add_wide_sql, &statement_));
    statement_int(statement_, 1, values->letter_id);
    statement_text(statement_, 2, values->title);
    statement_text(statement_, 3, values->body);
    statement_int(statement_, 4, values->sent_at);
    statement_int(statement_, 5, values->urgent);
    statement_int(statement_, 6, values->letter_id__least);
    statement_text(statement_, 7, values->title__not);
    statement_text(statement_, 8, values->body__not);
    statement_int(statement_, 9, values->sent_at__least);
    result_ = statement_step(statement_, &more_);
    statement_close(&statement_);
    return result_;
}

static const char take_letter_sql[] =
        "/* letter.take_letter */\n"
        "update letter set urgent = 0 where letter_id = :letter_id returning letter_id, title";
struct outcome letter_take_letter(struct arena *arena, struct store *store, int64_t letter_id,
    struct letter_take_letter_row *row, bool *found)
{
    struct statement *statement_;
    struct outcome result_;
    bool more_ = false;

    *row = (struct letter_take_letter_row){0};
    *found = false;
    TRY(statement_open(store, take_letter_sql, &statement_));
    statement_int(statement_, 1, letter_id);
    result_ = statement_step(statement_, &more_);
    if (more_) {
        row->letter_id = statement_get_int(statement_, 0);
        row->title = statement_get_text(arena, statement_, 1);
        *found = true;
    }
    statement_close(&statement_);
    return result_;
}

const struct query_text letter_queries[] = {
    {"letter.find_letter", find_letter_sql, "i", "ittt", "letter_id title body name__team"},
    {"letter.count_letters", count_letters_sql, "ii", "ii", "letters urgent"},
    {"letter.list_letters", list_letters_sql, "i", "itttt", "letter_id title quoted_text letter_title when_text"},
    {"letter.list_page", list_page_sql, "ii", "i", "letter_id"},
    {"letter.add_letter", add_letter_sql, "iitti", "", ""},
    {"letter.add_wide", add_wide_sql, "ittiiitti", "", ""},
    {"letter.take_letter", take_letter_sql, "i", "it", "letter_id title"},
    {0},
};
