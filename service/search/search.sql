-- search.sql -- answered questions that were approved for everybody, and the articles they cite.
--
-- Only what is found changes by them: no question is ever shown.

-- migrate: 1
-- The room was there before it had tables.
create table search_lesson (
    lesson_id     bigint  not null primary key,
    question_hash text    not null,
    question      text    not null,
    import_id     bigint  not null -- the last one it stood in
);
create unique index search_lesson_question on search_lesson (question_hash);

create table search_lesson_article (
    lesson_id     bigint  not null references search_lesson,
    law_id        bigint  not null references law,
    number        integer not null,
    number_sub    integer not null,
    primary key (lesson_id, law_id, number, number_sub)
);

-- name: find_lesson :one
select lesson_id from search_lesson where question_hash = :question_hash;

-- name: count_lessons :one
select count(*) as lessons_count from search_lesson;

-- name: add_lesson :exec
insert into search_lesson (lesson_id, question_hash, question, import_id)
values (:lesson_id, :question_hash, :question, :import_id);

-- name: set_lesson_import :exec
update search_lesson set import_id = :import_id where lesson_id = :lesson_id;

-- name: drop_lesson_articles :exec
delete from search_lesson_article where lesson_id = :lesson_id;

-- name: add_lesson_article :exec
insert into search_lesson_article (lesson_id, law_id, number, number_sub)
values (:lesson_id, :law_id, :number, :number_sub)
on conflict (lesson_id, law_id, number, number_sub) do nothing;

-- name: drop_articles_of_others :exec
delete from search_lesson_article
 where lesson_id in (select lesson_id from search_lesson where import_id <> :import_id);

-- name: drop_others :exec
delete from search_lesson where import_id <> :import_id;

-- name: list_lessons_after :many
select lesson_id, question from search_lesson
 where lesson_id > :lesson_id order by lesson_id limit 500;

-- name: list_lesson_articles :many
select law_id, number, number_sub from search_lesson_article
 where lesson_id = :lesson_id order by law_id, number, number_sub limit 20;
