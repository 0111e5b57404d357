-- ladder.sql -- where the ladder of each desk stands, what it did and why, and who was called in.

-- The policy in use is the newest version; without one, that of ladder_policy_default.
create table ladder_version (
    version_number bigint  not null primary key,
    at             bigint  not null,
    by_id          bigint  not null,
    note           text    not null  -- why it was changed
);
create table ladder_number (
    version_number bigint  not null references ladder_version,
    number_name    text    not null, -- a field of ladder_policy_form
    amount         bigint  not null,
    primary key (version_number, number_name)
);

-- Districts that touch; each border stands once, the smaller code first.
create table ladder_border (
    division       text    not null,
    neighbour      text    not null,
    primary key (division, neighbour)
);

-- One profession for the residents of one district; made when the first of them waits.
create table ladder_desk (
    desk_id        bigint  not null primary key,
    profession     text    not null,
    division       text    not null, -- a district; the city for those who did not say
    level          text    not null, -- a word of ladder_level_word()
    since_at       bigint  not null,
    calm_at        bigint  not null,
    why_word       text    not null, -- of the last step
    amount         bigint  not null, -- %1 of why: how many wait, or seconds
    places         bigint  not null,
    by_id          bigint  not null, -- who stepped by hand; 0: by itself
    note           text    not null, -- their reason
    waiting_count  integer not null, -- as of the last look
    looked_at      bigint  not null,
    callout_at     bigint  not null  -- since when backups are called for it; 0: they are not
);
create unique index ladder_desk_of on ladder_desk (profession, division);
create index ladder_desk_level on ladder_desk (level, since_at);

create table ladder_step (
    step_id        bigint  not null primary key,
    desk_id        bigint  not null references ladder_desk,
    at             bigint  not null,
    level_from     text    not null,
    level          text    not null,
    why_word       text    not null,
    amount         bigint  not null,
    places         bigint  not null,
    by_id          bigint  not null,
    note           text    not null
);
create index ladder_step_of on ladder_step (desk_id, step_id);

-- Each call to a backup volunteer, and what standing by was worth.
create table ladder_call (
    call_id        bigint  not null primary key,
    desk_id        bigint  not null references ladder_desk,
    person_id      bigint  not null references consultant,
    token_hash     text    not null, -- of the link in the message; '' once it is used up
    called_at      bigint  not null,
    by_id          bigint  not null, -- who called by hand; 0: the ladder
    waiting_count  integer not null, -- told in the message
    call_answer    text    not null, -- '', coming, spare (yes, when enough were coming), no
    answered_at    bigint  not null,
    came_at        bigint  not null, -- on line
    ended_at       bigint  not null, -- 0: not settled
    credit_minutes integer not null
);
create index ladder_call_open on ladder_call (desk_id, ended_at);
create index ladder_call_person on ladder_call (person_id, called_at);
create unique index ladder_call_token on ladder_call (token_hash) where token_hash <> '';

-- Where somebody wishes to be called, if not at the number of their account.
create table ladder_contact (
    person_id      bigint  not null primary key references consultant,
    phone_sealed   text    not null
);

create table ladder_opt_out (
    person_id      bigint  not null primary key references consultant,
    at             bigint  not null
);

-- migrate: 1
-- Whose the numbers are: '' the city's; a district without any goes by those.
alter table ladder_version add column division text not null default '';
-- 1: from here on the district goes by the city's again.
alter table ladder_version add column is_as_city integer not null default 0;
create index ladder_version_of on ladder_version (division, version_number);

-- ---- policy ----

-- The newest of one district, or of the city (''), up to a moment.
-- name: find_version :one
select version_number, at, by_id, note, is_as_city from ladder_version
 where division = :division and at <= :at order by version_number desc limit 1;

-- Versions are numbered through, whosoever they are.
-- name: find_last_version :one
select coalesce(max(version_number), 0) as version_number from ladder_version;

-- name: list_versions :many
select v.version_number, v.at, v.note, v.is_as_city, coalesce(p.person_name, '') as person_name
  from ladder_version v left join person p on p.person_id = nullif(v.by_id, 0)
 where v.division = :division
 order by v.version_number desc limit 20;

-- Districts with numbers of their own.
-- name: list_own_divisions :many
select v.division, v.version_number from ladder_version v
 where v.division <> '' and v.is_as_city = 0
   and not exists (select 1 from ladder_version w
                    where w.division = v.division and w.version_number > v.version_number)
 order by v.division limit 200;

-- name: list_numbers :many
select number_name, amount from ladder_number where version_number = :version_number
 order by number_name limit 60;

-- name: add_version :exec
insert into ladder_version (version_number, at, by_id, note, division, is_as_city)
values (:version_number, :at, :by_id, :note, :division, :is_as_city);

-- name: add_number :exec
insert into ladder_number (version_number, number_name, amount)
values (:version_number, :number_name, :amount);

-- name: list_borders :many
select division, neighbour from ladder_border order by division, neighbour limit 300;

-- name: add_border :exec
insert into ladder_border (division, neighbour) values (:division, :neighbour)
on conflict (division, neighbour) do nothing;

-- name: drop_borders_of :exec
delete from ladder_border where division = :division or neighbour = :division;

-- name: count_city_admin :one
select count(*) as roles_count from role r join division d on d.division = r.scope
 where r.person_id = :person_id and r.role = 'admin' and d.parent = '';

-- ---- desks ----

-- name: find_desk :one
select * from ladder_desk where profession = :profession and division = :division;

-- name: find_desk_by_id :one
select * from ladder_desk where desk_id = :desk_id;

-- name: add_desk :exec
insert into ladder_desk (desk_id, profession, division, level, since_at, calm_at, why_word, amount,
       places, by_id, note, waiting_count, looked_at, callout_at)
values (:desk_id, :profession, :division, 'duty', 0, 0, '', 0, 0, 0, '', 0, 0, 0);

-- name: set_callout :exec
update ladder_desk set callout_at = :callout_at where desk_id = :desk_id;

-- name: set_look :exec
update ladder_desk set calm_at = :calm_at, waiting_count = :waiting_count, looked_at = :looked_at
 where desk_id = :desk_id;

-- name: set_level :exec
update ladder_desk set level = :level, since_at = :since_at, calm_at = 0, why_word = :why_word,
       amount = :amount, places = :places, by_id = :by_id, note = :note
 where desk_id = :desk_id;

-- name: add_step :exec
insert into ladder_step (step_id, desk_id, at, level_from, level, why_word, amount, places,
       by_id, note)
values (:step_id, :desk_id, :at, :level_from, :level, :why_word, :amount, :places, :by_id, :note);

-- What a supervisor sees: those that stand above the ground, and those that moved today.
-- name: list_desks :many
select k.*, coalesce(p.person_name, '') as person_name,
       (select count(*) from ladder_call c where c.desk_id = k.desk_id and c.ended_at = 0)
           as called_count,
       (select count(*) from ladder_call c where c.desk_id = k.desk_id and c.ended_at = 0
           and c.call_answer = 'coming' and c.came_at = 0) as coming_count,
       (select count(*) from ladder_call c where c.desk_id = k.desk_id and c.ended_at = 0
           and c.came_at > 0) as came_count
  from ladder_desk k left join person p on p.person_id = nullif(k.by_id, 0)
 where substr(k.division, 1, length(:scope)) = :scope
   and (k.level <> 'duty' or k.waiting_count > 0 or k.since_at >= :since_at)
 order by k.level <> 'duty' desc, k.waiting_count desc, k.since_at desc limit 120;

-- name: find_seen_desk :one
select k.*, coalesce(p.person_name, '') as person_name,
       (select count(*) from ladder_call c where c.desk_id = k.desk_id and c.ended_at = 0)
           as called_count,
       (select count(*) from ladder_call c where c.desk_id = k.desk_id and c.ended_at = 0
           and c.call_answer = 'coming' and c.came_at = 0) as coming_count,
       (select count(*) from ladder_call c where c.desk_id = k.desk_id and c.ended_at = 0
           and c.came_at > 0) as came_count
  from ladder_desk k left join person p on p.person_id = nullif(k.by_id, 0)
 where k.desk_id = :desk_id;

-- name: count_raised :one
select count(*) as desks_count from ladder_desk
 where level <> 'duty' and substr(division, 1, length(:scope)) = :scope;

-- name: list_steps :many
select s.at, s.level_from, s.level, s.why_word, s.amount, s.places, s.note,
       coalesce(p.person_name, '') as person_name
  from ladder_step s left join person p on p.person_id = nullif(s.by_id, 0)
 where s.desk_id = :desk_id order by s.step_id desc limit 50;

-- ---- backups ----

-- Whoever serves in this profession and is not there, when no list was made: the own district
-- first, then whoever was called longest ago.
-- name: list_reserve :many
select c.person_id, p.person_name, p.phone_sealed,
       coalesce((select max(l.called_at) from ladder_call l where l.person_id = c.person_id), 0)
           as called_at
  from consultant c join person p on p.person_id = c.person_id
 where c.profession = :profession and c.standing = 'active' and p.standing = 'active'
   and c.verified_at > 0 and (c.licence_until = 0 or c.licence_until > :licence_until)
   and (substr(:division, 1, length(c.division)) = c.division or c.division = :division
        or substr(c.division, 1, length(:division)) = :division)
   and not exists (select 1 from presence pr
                    where pr.person_id = c.person_id and pr.presence = 'online')
 order by c.division <> :division, 4, c.person_id limit 60;

-- name: find_backup :one
select (select count(*) from ladder_call l
         where l.person_id = :person_id and l.called_at >= :called_at) as calls_count,
       (select count(*) from ladder_call l where l.person_id = :person_id
           and (l.ended_at = 0 or (l.desk_id = :desk_id and l.called_at >= :callout_at
                                   and :callout_at > 0))) as open_count,
       (select count(*) from ladder_opt_out o where o.person_id = :person_id) as opted_count,
       (select count(*) from ladder_contact n where n.person_id = :person_id) as contacts_count,
       (select count(*) from presence pr
         where pr.person_id = :person_id and pr.presence = 'online') as online_count;

-- name: add_call :exec
insert into ladder_call (call_id, desk_id, person_id, token_hash, called_at, by_id, waiting_count,
       call_answer, answered_at, came_at, ended_at, credit_minutes)
values (:call_id, :desk_id, :person_id, :token_hash, :called_at, :by_id, :waiting_count, '',
       0, 0, 0, 0);

-- name: find_call :one
select c.*, p.person_name from ladder_call c join person p on p.person_id = c.person_id
 where c.call_id = :call_id;

-- name: find_call_of_token :one
select call_id from ladder_call where token_hash = :token_hash and token_hash <> '';

-- name: answer_call :exec
update ladder_call set call_answer = :call_answer, answered_at = :answered_at
 where call_id = :call_id;

-- name: set_came :exec
update ladder_call set came_at = :came_at where call_id = :call_id;

-- name: end_call :exec
update ladder_call set ended_at = :ended_at, credit_minutes = :credit_minutes
 where call_id = :call_id;

-- name: list_open_calls :many
select c.call_id, c.person_id, p.person_name, c.called_at, c.by_id, c.call_answer, c.answered_at,
       c.came_at, coalesce(pr.presence, 'off') as presence, coalesce(pr.since_at, 0) as since_at
  from ladder_call c
  join person p on p.person_id = c.person_id
  left join presence pr on pr.person_id = c.person_id
 where c.desk_id = :desk_id and c.ended_at = 0 order by c.call_id limit 200;

-- Behind the numbers of a desk (list_desks): the same rows.
-- name: list_calls_behind :many
select c.call_id, p.person_name, c.called_at, c.call_answer, c.answered_at, c.came_at
  from ladder_call c join person p on p.person_id = c.person_id
 where c.desk_id = :desk_id and c.ended_at = 0 and c.call_id + 0 > :call_id
   and (:level__which = 'called'
        or (:level__which = 'coming' and c.call_answer = 'coming' and c.came_at = 0)
        or (:level__which = 'came' and c.came_at > 0))
 order by c.call_id limit :max_rows; -- max: 101

-- Behind the calls of one person today (find_backup): the same rows.
-- name: list_calls_since :many
select c.call_id, k.profession, k.division, c.called_at, c.call_answer, c.answered_at, c.came_at,
       c.ended_at, c.credit_minutes
  from ladder_call c join ladder_desk k on k.desk_id = c.desk_id
 where c.person_id = :person_id and c.called_at >= :called_at and c.call_id + 0 > :call_id
 order by c.call_id limit :max_rows; -- max: 101

-- name: list_calls_of_desk :many
select c.call_id, c.person_id, p.person_name, c.called_at, c.call_answer, c.answered_at, c.came_at,
       c.ended_at, c.credit_minutes
  from ladder_call c join person p on p.person_id = c.person_id
 where c.desk_id = :desk_id order by c.call_id desc limit 50;

-- name: list_calls_of_person :many
select c.call_id, k.profession, k.division, c.called_at, c.call_answer, c.answered_at, c.came_at,
       c.ended_at, c.credit_minutes
  from ladder_call c join ladder_desk k on k.desk_id = c.desk_id
 where c.person_id = :person_id order by c.call_id desc limit 50;

-- name: sum_credit :one
select cast(coalesce(sum(credit_minutes), 0) as bigint) as credit_minutes from ladder_call
 where person_id = :person_id and called_at >= :called_at;

-- name: find_contact :one
select phone_sealed from ladder_contact where person_id = :person_id;

-- name: set_contact :exec
insert into ladder_contact (person_id, phone_sealed) values (:person_id, :phone_sealed)
on conflict (person_id) do update set phone_sealed = excluded.phone_sealed;

-- name: find_opt_out :one
select at from ladder_opt_out where person_id = :person_id;

-- name: add_opt_out :exec
insert into ladder_opt_out (person_id, at) values (:person_id, :at)
on conflict (person_id) do nothing;

-- name: drop_opt_out :exec
delete from ladder_opt_out where person_id = :person_id;

-- name: find_consultant_name :one
select p.person_name, c.profession, c.division from consultant c
  join person p on p.person_id = c.person_id where c.person_id = :person_id;
