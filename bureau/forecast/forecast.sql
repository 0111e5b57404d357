-- forecast.sql -- what was promised to be reached, and arrivals of before this system counted them.

-- The newest counts; the others say what held before.
create table forecast_policy (
    policy_id      bigint  not null primary key,
    service_percent integer not null, -- so many of a hundred talk …
    service_seconds integer not null, -- … within so many seconds
    talks_at_once  integer not null, -- that one person leads
    at             bigint  not null,
    person_id      bigint  not null  -- who set it; 0: the installation
);

-- From another system: added to what this one counted itself.
create table forecast_arrival (
    half_hour      bigint  not null, -- since 1970 of Shanghai's clock
    profession     text    not null,
    division       text    not null,
    arrivals       integer not null,
    import_id      bigint  not null, -- the act that brought it
    primary key (half_hour, profession, division)
);

-- name: find_policy :one
select service_percent, service_seconds, talks_at_once, at from forecast_policy
 order by policy_id desc limit 1;

-- name: add_policy :exec
insert into forecast_policy (policy_id, service_percent, service_seconds, talks_at_once, at,
       person_id)
values (:policy_id, :service_percent, :service_seconds, :talks_at_once, :at, :person_id);

-- One file may say several things of one half hour: they are added; an older file's are replaced.
-- name: set_arrivals :exec
insert into forecast_arrival (half_hour, profession, division, arrivals, import_id)
values (:half_hour, :profession, :division, :arrivals, :import_id)
on conflict (half_hour, profession, division) do update
   set arrivals = case when forecast_arrival.import_id = excluded.import_id
                       then forecast_arrival.arrivals + excluded.arrivals
                       else excluded.arrivals end,
       import_id = excluded.import_id;

-- Some two thousand of a profession, the oldest: all of a half hour or none.
-- name: find_forget :one
select count(*) as rows_count, coalesce(max(half_hour), -1) as half_hour
  from (select half_hour from forecast_arrival where profession = :profession
         order by half_hour limit 2000) t;

-- name: drop_arrivals :exec
delete from forecast_arrival where profession = :profession and half_hour <= :half_hour;

-- migrate: 1
-- A table that is brought in, and what is left to do of it.
create table forecast_import (
    import_id      bigint  not null primary key,
    by_id          bigint  not null,
    at             bigint  not null,
    rows_count     integer not null,
    rows_done      integer not null,
    done_at        bigint  not null -- 0: goes on
);
create table forecast_import_piece (
    import_id      bigint  not null references forecast_import,
    piece          integer not null,
    rows_text      text    not null, -- half hour, profession, division, arrivals
    primary key (import_id, piece)
);
-- A profession whose arrivals are being taken away.
create table forecast_forget (
    profession     text    not null primary key,
    at             bigint  not null
);

-- name: count_busy :one
select (select count(*) from forecast_import where done_at = 0)
       + (select count(*) from forecast_forget) as busy_count;

-- name: add_import :exec
insert into forecast_import (import_id, by_id, at, rows_count, rows_done, done_at)
values (:import_id, :by_id, :at, :rows_count, :rows_done, :done_at);

-- name: find_import :one
select by_id, rows_count, rows_done, done_at from forecast_import where import_id = :import_id;

-- name: find_import_going :one
select rows_count, rows_done from forecast_import where done_at = 0 order by import_id limit 1;

-- name: set_import :exec
update forecast_import set rows_done = :rows_done, done_at = :done_at
 where import_id = :import_id;

-- name: add_piece :exec
insert into forecast_import_piece (import_id, piece, rows_text)
values (:import_id, :piece, :rows_text);

-- name: find_piece :one
select piece, rows_text from forecast_import_piece where import_id = :import_id
 order by piece limit 1;

-- name: drop_piece :exec
delete from forecast_import_piece where import_id = :import_id and piece = :piece;

-- name: add_forget :exec
insert into forecast_forget (profession, at) values (:profession, :at);

-- name: drop_forget :exec
delete from forecast_forget where profession = :profession;

-- name: list_imported :many
select half_hour, cast(sum(arrivals) as bigint) as arrivals_sum from forecast_arrival
 where half_hour >= :half_hour__from and half_hour < :half_hour__until
   and (:profession = '' or profession = :profession)
   and substr(division, 1, length(:division)) = :division
 group by half_hour order by half_hour limit 60000;

-- What was imported, by profession.
-- name: list_imports :many
select profession, min(half_hour) as first_half_hour, max(half_hour) as last_half_hour,
       cast(coalesce(sum(arrivals), 0) as bigint) as arrivals_sum
  from forecast_arrival group by profession order by profession limit 20;

-- Days on which anybody asked anything: on the others nothing was counted.  What was brought in
-- says something of its own profession and division alone.  From day to day, so that of many cases
-- only the first of each day is looked at.
-- name: list_known_days :many
with recursive asked(day_number) as (
    select (min(f.opened_at) + 28800) / 86400 from service_record f
     where f.opened_at >= :at__from and f.mode = 'live'
    union all
    select (select (n.opened_at + 28800) / 86400 from service_record n
             where n.opened_at >= (asked.day_number + 1) * 86400 - 28800 and n.mode = 'live'
             order by n.opened_at limit 1)
      from asked where asked.day_number is not null),
brought(day_number) as (
    select min(b.half_hour) / 48 from forecast_arrival b
     where b.half_hour >= :half_hour__from and (:profession = '' or b.profession = :profession)
       and substr(b.division, 1, length(:division)) = :division
    union all
    select (select m.half_hour / 48 from forecast_arrival m
             where m.half_hour >= (brought.day_number + 1) * 48
               and (:profession = '' or m.profession = :profession)
               and substr(m.division, 1, length(:division)) = :division
             order by m.half_hour limit 1)
      from brought where brought.day_number is not null)
select day_number from asked where day_number is not null and day_number < :half_hour__day
union
select day_number from brought where day_number is not null and day_number < :half_hour__day
 order by 1 limit 2000;
