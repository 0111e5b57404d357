-- privacy.sql -- copies of what is held about somebody, and who may make them at a window.

create table data_copy (
    copy_id        bigint  not null primary key,
    person_id      bigint  not null, -- whom it is about; 0: a number without an account
    phone_index    text    not null, -- of the number that was proved, or told at the window
    by_id          bigint  not null, -- who made it: the person, or somebody at a window
    paper          text    not null, -- what was shown at the window; '' made by the person
    reason_sealed  text    not null, -- noted at the window
    at             bigint  not null,
    until_at       bigint  not null  -- from then on it can no longer be fetched
);
create index data_copy_person on data_copy (person_id, at);
create index data_copy_phone on data_copy (phone_index) where phone_index <> '';
create index data_copy_by on data_copy (by_id, at);

create table data_clerk (
    person_id      bigint  not null primary key references person,
    by_id          bigint  not null,
    at             bigint  not null
);

-- migrate: 1
-- Somebody asks to be erased. What is kept of it once it is done: a keyed index of the number,
-- which leads to nobody without the key, so that `gongdao check` can look for what should be gone
-- and a backup that is restored can be erased again.
create table erasure (
    erasure_id     bigint  not null primary key,
    person_id      bigint  not null, -- whom; 0: a number without an account
    phone_index    text    not null,
    state          text    not null, -- a word of privacy_erasure_word()
    by_id          bigint  not null, -- who asked: the person, or somebody at a window
    paper          text    not null, -- what was shown at the window; '' asked by the person
    reason_sealed  text    not null, -- noted at the window; '' once it is over
    asked_at       bigint  not null,
    due_at         bigint  not null, -- by when somebody decides; 0: nobody has to
    reminded       integer not null,
    decided_at     bigint  not null,
    decided_by     bigint  not null, -- 0: by rule
    words_sealed   text    not null, -- told to the person; '' once it is over
    keep_until     bigint  not null, -- what was judged stays until then; 0: it goes
    is_again       integer not null, -- 1: a backup had brought it back
    pieces         integer not null, -- erased so far
    done_at        bigint  not null
);
create index erasure_person on erasure (person_id, asked_at) where person_id <> 0;
create index erasure_phone on erasure (phone_index, asked_at) where phone_index <> '';
create index erasure_state on erasure (state, due_at);
create index erasure_by on erasure (by_id, asked_at);

-- Whose lines of the journal lose from where they came, when six months have passed.
create table erasure_case (
    erasure_id     bigint  not null references erasure,
    case_id        bigint  not null,
    primary key (erasure_id, case_id)
);

-- name: add_copy :exec
insert into data_copy (copy_id, person_id, phone_index, by_id, paper, reason_sealed, at, until_at)
values (:copy_id, :person_id, :phone_index, :by_id, :paper, :reason_sealed, :at, :until_at);

-- Only for who made it, and only for a while.
-- name: find_copy :one
select copy_id, person_id, phone_index, by_id, paper, at, until_at
  from data_copy
 where copy_id = :copy_id and by_id = :by_id and until_at > :until_at;

-- name: list_copies_of :many
select c.copy_id, c.by_id, c.paper, c.at, coalesce(p.person_name, '') as person_name
  from data_copy c
  left join person p on p.person_id = c.by_id and p.kind = 'staff'
 where (c.person_id = :person_id and c.person_id <> 0)
    or (c.phone_index = :phone_index and c.phone_index <> '')
 order by c.at desc, c.copy_id desc
 limit 20;

-- name: list_copies_by :many
select copy_id, paper, at, until_at
  from data_copy
 where by_id = :by_id
 order by at desc, copy_id desc
 limit 20;

-- name: find_resident :one
select person_id from person where phone_index = :phone_index and kind = 'resident'
   and phone_index <> '';

-- name: find_clerk :one
select person_id from data_clerk where person_id = :person_id;

-- A clerk, whoever gave the right: who is no clerk any more has it no more.
-- name: find_right :one
select d.person_id
  from data_clerk d
  join role r on r.person_id = d.person_id and r.role = 'clerk'
 where d.person_id = :person_id;

-- name: find_clerk_of_login :one
select p.person_id
  from person p
  join role r on r.person_id = p.person_id and r.role = 'clerk'
 where p.login = :login and p.login <> '';

-- name: add_clerk :exec
insert into data_clerk (person_id, by_id, at) values (:person_id, :by_id, :at);

-- name: drop_clerk :exec
delete from data_clerk where person_id = :person_id;

-- name: list_clerks :many
select d.person_id, p.person_name, p.login, d.at
  from data_clerk d
  join person p on p.person_id = d.person_id
 order by p.login
 limit 500;

-- ---- what is held, see platform/held.h ----

-- name: list_held_copies :many
select at, until_at, paper, reason_sealed
  from data_copy
 where (person_id = :person_id and person_id <> 0)
    or (phone_index = :phone_index and phone_index <> '')
 order by at
 limit 5000;

-- name: list_held_account_lines :many
select at, act, case when actor_id <> :for_id then ''
                     when origin <> '' then origin else address end as address
  from journal
 where for_id = :for_id and for_id <> 0 and said = 0
 order by seq
 limit 100000;
