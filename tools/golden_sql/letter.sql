-- letter.sql -- not a part of the program: what mksql is tried on.
--
-- A comment may hold a ; or a ' or the words of a heading such as -- name: none :one

create table letter_team (
    team_id    bigint  not null primary key,
    name       text    not null default 'team; -- name: red :one' /* ; ' */
);
create table letter (
    letter_id  bigint  not null primary key,
    team_id    bigint  references letter_team,
    title      text    not null, -- "don't" is no quote here
    body       text    not null,
    sent_at    bigint  not null
);

-- migrate: 1
alter table letter add column urgent integer not null default 0;

-- migrate: 2
create table letter_mark (
    letter_id  bigint not null references letter,
    mark       text   not null,
    primary key (letter_id, mark)
);
create index letter_sent on letter (sent_at);

-- name: find_letter :one
-- What stands between a heading and its statement is for readers.
select l.letter_id, l.title, l.body, coalesce(t.name, '') as name__team
  from letter l left join letter_team t on t.team_id = l.team_id
 where l.letter_id = :letter_id;

-- name: count_letters :one
select count(*) as letters, cast(coalesce(sum(urgent), 0) as bigint) as urgent
  from letter
 where sent_at >= :sent_at__from and sent_at < :sent_at__before
   and title <> 'a -- b; ?' and :sent_at__from <= :sent_at__before;

-- name: list_letters :many
select letter_id, title, 'x' || body as quoted_text, title as letter_title,
       case when urgent = 1 then 'now' else 'later' end as when_text
  from letter
 where team_id = :team_id
 order by sent_at desc
 limit 20;

-- name: list_page :many
-- max: 3
select letter_id from letter where letter_id > :letter_id__after order by letter_id
 limit :max_rows;

-- name: add_letter :exec
insert into letter (letter_id, team_id, title, body, sent_at)
values (:letter_id, nullif(:team_id, 0), :title, :body, :sent_at);

-- name: add_wide :exec
insert into letter (letter_id, team_id, title, body, sent_at, urgent)
select :letter_id, null, :title, :body, :sent_at, :urgent
 where :letter_id__least <= :letter_id and :title__not <> :title and :body__not <> :body
   and :sent_at__least <= :sent_at;

-- name: take_letter :one
update letter set urgent = 0 where letter_id = :letter_id returning letter_id, title;
