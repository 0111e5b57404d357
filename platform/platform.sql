-- platform.sql -- what the plumbing remembers: the journal, deadlines and answers given once.

create table journal (
    seq        bigint  not null primary key, -- rises with every line, in the order of commits
    at         bigint  not null,
    act        text    not null, -- the name of the act: "consultation.ask"
    actor_id   bigint  not null, -- 0: nobody signed in, or the system itself
    case_id    bigint  not null, -- what it was done to; 0: no case
    for_id     bigint  not null, -- whom it concerns beside the actor; 0: nobody else
    channel    text    not null, -- web, api, sms, system
    address    text    not null, -- where the request came from: '#' and a hash of it, see origin
    detail     text    not null  -- never personal data
);
create index journal_case on journal (case_id, seq) where case_id <> 0;
create index journal_for  on journal (for_id, seq)  where for_id <> 0;

create table deadline (
    act        text    not null, -- the act the clock performs when the moment has come
    case_id    bigint  not null,
    due_at     bigint  not null,
    tries      integer not null, -- how often it was tried and failed
    primary key (act, case_id)
);
create index deadline_due on deadline (due_at);

create table once (
    once_hash  text    not null primary key, -- hash of an idempotency key and its owner
    at         bigint  not null,
    status     integer not null,
    location   text    not null, -- where a browser was sent
    body       text    not null  -- cookies and JSON of the answer, sealed: they may hold a token
);
create index once_at on once (at);

create table migration (
    module     text    not null,
    number     integer not null, -- 0: the schema itself was made
    at         bigint  not null,
    primary key (module, number)
);

-- migrate: 1
create table mark (
    name       text    not null primary key,
    value      text    not null
);

-- migrate: 2
-- From where a line came can be taken away and the line stays as it was sealed: `address` has a
-- hash of it, and here are the salt and what was hashed, with a blank between; '' when erased.
alter table journal add column origin text not null default '';

-- Files whose rows are gone: named in the act that took those, and then removed from the disk.
create table file_going (
    file       text    not null primary key,
    at         bigint  not null
);
create index file_going_at on file_going (at, file);

-- migrate: 3
-- 1: what was said in a conversation that goes on is found by its message and stands in neither
-- index: two pages less for each word, see docs/decisions/0043.  Who looks for lines of a case or
-- for somebody asks for those that are not `said`, and for the others by their messages.
alter table journal add column said integer not null default 0;
drop index journal_case;
drop index journal_for;
create index journal_case on journal (case_id, seq) where case_id <> 0 and said = 0;
create index journal_for  on journal (for_id, seq)  where for_id <> 0 and said = 0;

-- migrate: 4
-- When it was set, by the clock of who set it: one that ran ahead for a while must not leave behind
-- what is due only when the right clock has come there.
alter table deadline add column set_at bigint not null default 0;
create index deadline_set on deadline (set_at) where case_id = 0;

-- name: add_file_going :exec
insert into file_going (file, at) values (:file, :at);

-- name: list_files_going :many
select file from file_going order by at, file limit 100;

-- name: drop_file_going :exec
delete from file_going where file = :file;

-- name: find_mark :one
select value from mark where name = :name;

-- name: set_mark :exec
insert into mark (name, value) values (:name, :value)
on conflict (name) do update set value = excluded.value;

-- name: find_last_seq :one
select coalesce(max(seq), 0) as seq from journal;

-- name: find_last_line :one
select seq, at from journal order by seq desc limit 1;

-- name: list_lines :many
select seq, at, act, actor_id, case_id, for_id from journal where seq > :seq order by seq limit 500;

-- name: add_line :exec
insert into journal (seq, at, act, actor_id, case_id, for_id, channel, address, detail, origin,
       said)
values (:seq, :at, :act, :actor_id, :case_id, :for_id, :channel, :address, :detail, :origin, :said);

-- name: find_once :one
select status, location, body from once where once_hash = :once_hash;

-- name: add_once :exec
insert into once (once_hash, at, status, location, body)
values (:once_hash, :at, :status, :location, :body);

-- name: touch_once :exec
update once set status = :status where once_hash = :once_hash;

-- name: drop_once_before :exec
delete from once where at < :at;

-- name: set_deadline :exec
insert into deadline (act, case_id, due_at, tries, set_at)
values (:act, :case_id, :due_at, 0, :set_at)
on conflict (act, case_id) do update
   set due_at = excluded.due_at, tries = 0, set_at = excluded.set_at;

-- name: drop_deadline :exec
delete from deadline where act = :act and case_id = :case_id;

-- name: drop_deadline_done :exec
delete from deadline where act = :act and case_id = :case_id and due_at = :due_at;

-- Another node may have done it meanwhile and set it anew: that one is not ours to put off.
-- name: put_off_deadline :exec
update deadline set due_at = :due_at, set_at = :set_at, tries = tries + 1
 where act = :act and case_id = :case_id and due_at = :due_at__was;

-- name: list_due :many
select act, case_id, due_at, tries from deadline where due_at <= :due_at order by due_at limit 100;

-- What the house does again and again, and a clock set that ran ahead.
-- name: count_ahead :one
select count(*) as ahead_count from deadline where case_id = 0 and set_at > :set_at__ahead;

-- It keeps its distance: what was to be done in a minute is done in a minute.
-- name: draw_in_ahead :exec
update deadline set due_at = due_at - set_at + :set_at__now, set_at = :set_at__now
 where case_id = 0 and set_at > :set_at__ahead;

-- name: find_next_due :one
select coalesce(min(due_at), 0) as due_at, count(*) as deadlines from deadline;

-- name: find_migration :one
select number from migration where module = :module and number = :number;

-- name: add_migration :exec
insert into migration (module, number, at) values (:module, :number, :at);

-- Lines whose moment lies before that of the line with the number before.
-- name: count_backward :one
select count(*) as backward_count from journal j
 where exists (select 1 from journal b where b.seq = j.seq - 1 and b.at > j.at);
