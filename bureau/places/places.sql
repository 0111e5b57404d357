-- places.sql -- what a district or street says to those who live there.

create table place_notice (
    notice_id      bigint  not null primary key,
    division       text    not null, -- read there, and in every place within it
    text_zh        text    not null,
    text_en        text    not null,
    from_at        bigint  not null,
    until_at       bigint  not null, -- the first moment at which it is over
    state          text    not null, -- draft, shown, withdrawn
    by_id          bigint  not null,
    moved_at       bigint  not null
);
create index place_notice_shown on place_notice (state, until_at);

-- What is told in a place now: its own, and those of the places it lies in; five of each of city,
-- district, street and village.
-- name: list_told :many
select notice_id, division, text_zh, text_en, until_at from place_notice
 where state = 'shown' and until_at > :until_at and from_at <= :from_at
   and substr(:division, 1, length(division)) = division
 order by length(division) desc, from_at desc, notice_id limit 20;

-- migrate: 1
-- A draft that is written anew is another version; what it said before stays.
alter table place_notice add column version integer not null default 1;
create table place_notice_before (
    notice_id      bigint  not null references place_notice,
    version        integer not null,
    division       text    not null,
    text_zh        text    not null,
    text_en        text    not null,
    from_at        bigint  not null,
    until_at       bigint  not null,
    by_id          bigint  not null, -- who wrote it
    at             bigint  not null, -- when
    primary key (notice_id, version)
);

-- name: list_notices :many
select notice_id, division, text_zh, text_en, from_at, until_at, state, version from place_notice
 where substr(division, 1, length(:division)) = :division
 order by notice_id desc limit 100;

-- A draft is nothing yet that somebody reads.
-- name: count_standing :one
select count(*) as notices_count from place_notice
 where division = :division and state = 'shown' and until_at > :until_at;

-- name: find_notice :one
select notice_id, division, text_zh, text_en, from_at, until_at, state, version from place_notice
 where notice_id = :notice_id;

-- name: add_notice :exec
insert into place_notice (notice_id, division, text_zh, text_en, from_at, until_at, state, by_id,
       moved_at)
values (:notice_id, :division, :text_zh, :text_en, :from_at, :until_at, 'draft', :by_id,
       :moved_at);

-- name: move_notice :exec
update place_notice set state = :state, by_id = :by_id, moved_at = :moved_at
 where notice_id = :notice_id;

-- name: keep_notice_before :exec
insert into place_notice_before (notice_id, version, division, text_zh, text_en, from_at, until_at,
       by_id, at)
select notice_id, version, division, text_zh, text_en, from_at, until_at, by_id, moved_at
  from place_notice where notice_id = :notice_id;

-- name: change_notice :exec
update place_notice set division = :division, text_zh = :text_zh, text_en = :text_en,
       from_at = :from_at, until_at = :until_at, by_id = :by_id, moved_at = :moved_at,
       version = version + 1
 where notice_id = :notice_id;

-- name: list_notice_before :many
select b.version, b.division, b.text_zh, b.text_en, b.from_at, b.until_at, b.at,
       coalesce(p.person_name, '') as person_name
  from place_notice_before b left join person p on p.person_id = b.by_id
 where b.notice_id = :notice_id
 order by b.version desc limit 20;

-- Who serves people of a district, and how many of them are on line now.
-- name: list_serving :many
select c.profession, count(*) as people_count,
       count(case when pr.presence = 'online' and pr.seen_at >= :seen_at then 1 end) as here_count
  from consultant c join person p on p.person_id = c.person_id
  left join presence pr on pr.person_id = c.person_id
 where c.standing = 'active' and p.standing = 'active' and c.verified_at > 0
   and (c.licence_until = 0 or c.licence_until > :licence_until)
   and substr(c.division, 1, length(:division)) = :division
 group by c.profession order by c.profession limit 20;

-- name: find_place :one
select division, parent, level, division_zh, division_en from division where division = :division;
