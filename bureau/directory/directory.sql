-- directory.sql -- firms and offices, what is told about somebody's credit, and what was reported.

create table directory_body (
    body_id        bigint  not null primary key,
    kind           text    not null, -- a word of directory_kinds
    body_name      text    not null,
    division       text    not null,
    address        text    not null,
    phone          text    not null, -- its own, for everybody
    licence        text    not null,
    source         text    not null,
    source_day     text    not null,
    is_open        integer not null,
    changed_at     bigint  not null,
    changed_by     bigint  not null
);
create unique index directory_body_name on directory_body (kind, body_name, division);
create index directory_body_list on directory_body (is_open, body_name);

-- About somebody who serves, or about a firm or office: the other number is 0.
create table directory_credit (
    credit_id      bigint  not null primary key,
    person_id      bigint  not null,
    body_id        bigint  not null,
    kind           text    not null, -- a word of directory_credits
    words          text    not null,
    source         text    not null,
    source_day     text    not null,
    added_at       bigint  not null,
    added_by       bigint  not null,
    withdrawn_at   bigint  not null  -- 0: it stands
);
create index directory_credit_person on directory_credit (person_id, source_day);
create index directory_credit_body on directory_credit (body_id, source_day);

-- What somebody says is wrong.  The words and the number go some days after it was decided.
create table directory_wrong (
    wrong_id       bigint  not null primary key,
    code           text    not null, -- for whoever reported it
    person_id      bigint  not null,
    body_id        bigint  not null,
    division       text    not null, -- whose administrators decide
    what           text    not null, -- a word of directory_wrongs
    words_sealed   text    not null,
    phone_sealed   text    not null,
    language       text    not null,
    state          text    not null, -- open, applied, refused
    reason         text    not null, -- for whoever reported it
    reported_at    bigint  not null,
    decided_at     bigint  not null,
    decided_by     bigint  not null,
    looked_at      bigint  not null, -- when its words were opened; 0: not yet
    looked_by      bigint  not null
);
create unique index directory_wrong_code on directory_wrong (code);
create index directory_wrong_state on directory_wrong (state, wrong_id);

-- ---- firms and offices ----

-- name: find_body :one
select * from directory_body where body_id = :body_id;

-- name: find_named :one
select body_id from directory_body
 where kind = :kind and body_name = :body_name and division = :division;

-- name: put_body :exec
insert into directory_body (body_id, kind, body_name, division, address, phone, licence, source,
       source_day, is_open, changed_at, changed_by)
values (:body_id, :kind, :body_name, :division, :address, :phone, :licence, :source, :source_day,
       :is_open, :changed_at, :changed_by)
on conflict (kind, body_name, division) do update
   set address = excluded.address, phone = excluded.phone, licence = excluded.licence,
       source = excluded.source, source_day = excluded.source_day, is_open = excluded.is_open,
       changed_at = excluded.changed_at, changed_by = excluded.changed_by;

-- name: list_bodies :many
with ranked as (
  select body_id, kind, body_name, division, address,
         row_number() over (order by body_name, body_id) as place_count
    from directory_body
   where is_open = 1 and (:kind = '' or kind = :kind)
     and substr(division, 1, length(:division)) = :division
     and (:body_name__like = '' or body_name like :body_name__like escape '!')
)
select body_id, kind, body_name, division, address from ranked
 where place_count > :served_count__place
 order by place_count limit :max_rows; -- max: 101

-- ---- credit ----

-- name: add_credit :exec
insert into directory_credit (credit_id, person_id, body_id, kind, words, source, source_day,
       added_at, added_by, withdrawn_at)
values (:credit_id, :person_id, :body_id, :kind, :words, :source, :source_day, :added_at,
       :added_by, 0);

-- name: find_credit :one
select * from directory_credit where credit_id = :credit_id;

-- name: set_withdrawn :exec
update directory_credit set withdrawn_at = :withdrawn_at where credit_id = :credit_id;

-- name: list_credits :many
select credit_id, kind, words, source, source_day from directory_credit
 where person_id = :person_id and body_id = :body_id and withdrawn_at = 0
 order by source_day desc, credit_id desc limit 50;

-- ---- what was reported ----

-- name: add_wrong :exec
insert into directory_wrong (wrong_id, code, person_id, body_id, division, what, words_sealed,
       phone_sealed, language, state, reason, reported_at, decided_at, decided_by,
       looked_at, looked_by)
values (:wrong_id, :code, :person_id, :body_id, :division, :what, :words_sealed, :phone_sealed,
       :language, 'open', '', :reported_at, 0, 0, 0, 0);

-- name: find_wrong :one
select * from directory_wrong where wrong_id = :wrong_id;

-- name: find_wrong_by_code :one
select person_id, body_id, what, state, reason, reported_at, decided_at from directory_wrong
 where code = :code;

-- name: list_wrongs :many
select w.wrong_id, w.person_id, w.body_id, w.division, w.what, w.state, w.reported_at,
       coalesce(p.person_name, b.body_name, '') as person_name
  from directory_wrong w
  left join person p on p.person_id = w.person_id
  left join directory_body b on b.body_id = w.body_id
 where w.state = :state and substr(w.division, 1, length(:division)) = :division
   and w.wrong_id < :wrong_id
 order by w.wrong_id desc limit 50;

-- Of one person or body: nobody fills the queue with the same.
-- name: count_open :one
select count(*) as wrongs_count from directory_wrong
 where state = 'open' and person_id = :person_id and body_id = :body_id;

-- name: count_waiting :one
select count(*) as wrongs_count from directory_wrong
 where state = 'open' and division = :division;

-- name: set_decided :exec
update directory_wrong
   set state = :state, reason = :reason, decided_at = :decided_at, decided_by = :decided_by,
       phone_sealed = ''
 where wrong_id = :wrong_id;

-- name: set_look :exec
update directory_wrong set looked_at = :looked_at, looked_by = :looked_by
 where wrong_id = :wrong_id;

-- name: forget_wrong :exec
update directory_wrong set words_sealed = '' where wrong_id = :wrong_id;
