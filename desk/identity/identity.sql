-- identity.sql -- who people are to the system, and the sessions they hold.
--
-- Numbers of phones and identity cards are sealed (platform/secret.h) and found by a keyed index.

create table person (
    person_id      bigint  not null primary key,
    kind           text    not null, -- staff, resident
    login          text    not null, -- what staff sign in with; '' for residents
    person_name    text    not null,
    password_hash  text    not null, -- Argon2id; '' cannot sign in by password
    totp_sealed    text    not null, -- '' while no second factor is set
    totp_step      bigint  not null, -- the last step taken: a code counts once
    phone_sealed   text    not null,
    phone_index    text    not null,
    identity_sealed text   not null, -- identity-card number
    identity_index text    not null,
    standing       text    not null, -- active, suspended
    is_demo        integer not null, -- 1: has the published password; loopback only
    made_at        bigint  not null
);
create unique index person_login on person (login) where login <> '';
create unique index person_phone on person (phone_index)
 where kind = 'resident' and phone_index <> '';
create index person_kind on person (kind, person_id);

-- In which language a person reads what we send: as they last chose or signed in with a browser.
create table person_language (
    person_id      bigint  not null primary key references person,
    language       text    not null -- zh, en
);

create table role (
    person_id      bigint  not null references person,
    role           text    not null, -- consultant, leader, supervisor, admin, clerk
    scope          text    not null, -- division code: '31' the city, '310104' one district
    primary key (person_id, role)
);

create table session (
    session_id     bigint  not null primary key,
    token_hash     text    not null,
    session_kind   text    not null, -- staff, resident, guest (a browser), case (one consultation),
                                     -- key (a program of that person)
    person_id      bigint  not null, -- of a guest: a number without a person behind it
    case_id        bigint  not null, -- of kind case: the only consultation it opens
    made_at        bigint  not null,
    seen_at        bigint  not null, -- of a key: last used, to the day
    expires_at     bigint  not null,
    ended_at       bigint  not null, -- 0 while it lives
    address        text    not null,
    agent          text    not null, -- what the browser calls itself, shortened
    key_name       text    not null, -- what a key is for; '' unless it is one
    key_scopes     text    not null, -- "ask leader": what of its person's rights it has
    key_tail       text    not null  -- its last four characters, to tell it by
);
create unique index session_token on session (token_hash);
create index session_person on session (person_id, made_at);
create index session_expiry on session (expires_at);
create index session_case on session (case_id) where case_id <> 0;

create table phone_code (
    phone_index    text    not null primary key, -- one code at a time for a number
    code_hash      text    not null,
    made_at        bigint  not null,
    expires_at     bigint  not null,
    tries          integer not null,
    sent_count     integer not null, -- in the hour that began at hour_at
    hour_at        bigint  not null,
    day_count      integer not null, -- in the day that began at day_at
    day_at         bigint  not null
);
create index phone_code_made on phone_code (made_at);

create table sign_in_failure (
    login_index    text    not null,
    address        text    not null, -- a network, or "device:" and the hash of a known device
    failures       integer not null, -- since the last hour without one
    until_at       bigint  not null, -- no password is looked at before this moment
    failed_at      bigint  not null,
    primary key (login_index, address)
);
create index sign_in_failure_address on sign_in_failure (address, failed_at);
create index sign_in_failure_at on sign_in_failure (failed_at);

create table known_device (
    device_hash    text    not null,
    person_id      bigint  not null references person,
    made_at        bigint  not null, -- the last sign-in from it
    primary key (device_hash, person_id)
);
create index known_device_person on known_device (person_id);
create index known_device_made on known_device (made_at);

create table division (
    division       text    not null primary key, -- 31, 310104, 310104003, 310104003001
    parent         text    not null,
    level          text    not null, -- city, district, street, village
    division_zh    text    not null,
    division_en    text    not null
);
create index division_parent on division (parent);

-- Who holds this token (asked at every request: one query), or this session (asked of open
-- streams).
-- Of a person's roles a key has those it was given; how many the person has is counted apart.
-- name: find_actor :one
select s.session_id, s.session_kind, s.person_id, s.case_id, s.made_at, s.expires_at, s.ended_at,
       s.key_scopes, coalesce(p.standing, '') as standing,
       coalesce(p.person_name, '') as person_name, coalesce(p.phone_index, '') as phone_index,
       coalesce(max(case when r.role = 'consultant' then 1 else 0 end), 0) as is_consultant,
       coalesce(max(case when r.role = 'leader' then 1 else 0 end), 0) as is_leader,
       coalesce(max(case when r.role = 'supervisor' then 1 else 0 end), 0) as is_supervisor,
       coalesce(max(case when r.role = 'admin' then 1 else 0 end), 0) as is_admin,
       coalesce(max(case when r.role = 'clerk' then 1 else 0 end), 0) as is_clerk,
       coalesce(min(case when r.role = 'supervisor' then r.scope end), '') as supervisor_scope,
       coalesce(min(case when r.role = 'admin' then r.scope end), '') as admin_scope,
       coalesce(min(case when r.role = 'leader' then r.scope end), '') as leader_scope,
       (select count(*) from role o where o.person_id = s.person_id) as roles_count
  from session s
  left join person p on p.person_id = s.person_id
  left join role r on r.person_id = p.person_id
   and (s.session_kind <> 'key' or ' ' || s.key_scopes || ' ' like '% ' || r.role || ' %')
 where s.token_hash = :token_hash or s.session_id = :session_id
 group by s.session_id, p.person_id;

-- name: add_session :exec
insert into session (session_id, token_hash, session_kind, person_id, case_id, made_at, seen_at,
                     expires_at, ended_at, address, agent, key_name, key_scopes, key_tail)
values (:session_id, :token_hash, :session_kind, :person_id, :case_id, :made_at, 0,
        :expires_at, 0, :address, :agent, :key_name, :key_scopes, :key_tail);

-- name: list_keys :many
select session_id, key_name, key_scopes, key_tail, made_at, seen_at, expires_at
  from session
 where person_id = :person_id and session_kind = 'key' and ended_at = 0
   and expires_at > :expires_at
 order by made_at desc, session_id desc
 limit 20;

-- name: count_keys :one
select count(*) as keys_count
  from session
 where person_id = :person_id and session_kind = 'key' and ended_at = 0
   and expires_at > :expires_at;

-- name: find_live_key :one
select session_id
  from session
 where session_kind = 'key' and ended_at = 0 and expires_at > :expires_at
 limit 1;

-- name: end_keys :exec
update session set ended_at = :ended_at
 where person_id = :person_id and session_kind = 'key' and ended_at = 0;

-- name: set_key_seen :exec
update session set seen_at = :seen_at
 where session_id = :session_id and session_kind = 'key' and seen_at < :seen_at;

-- A session somebody works with; one that ended stays ended.
-- name: slide_session :exec
update session set expires_at = :expires_at
 where session_id = :session_id and session_kind = 'staff' and ended_at = 0
   and expires_at < :expires_at;

-- name: count_staff_sessions :one
select count(*) as sessions from session
 where session_kind = 'staff' and ended_at = 0 and expires_at > :expires_at;

-- name: list_sessions :many
select session_id, made_at, expires_at, address, agent
  from session
 where person_id = :person_id and session_kind = :session_kind and ended_at = 0
   and expires_at > :expires_at
 order by made_at desc, session_id desc
 limit 50;

-- name: count_sessions :one
select count(*) as sessions
  from session
 where person_id = :person_id and ended_at = 0 and expires_at > :expires_at;

-- name: end_session :exec
update session set ended_at = :ended_at
 where session_id = :session_id and person_id = :person_id and ended_at = 0;

-- The session one asks with: a key that asks questions has another number than its person.
-- name: end_this_session :exec
update session set ended_at = :ended_at where session_id = :session_id and ended_at = 0;

-- name: end_sessions_of_case :exec
update session set ended_at = :ended_at
 where case_id = :case_id and case_id <> 0 and session_kind = 'case' and ended_at = 0;

-- Of one kind: a guest's number is never a person's, but what is asked is what is ended.
-- name: end_other_sessions :exec
update session set ended_at = :ended_at
 where person_id = :person_id and session_id <> :session_id and ended_at = 0
   and session_kind in ('staff', 'resident');

-- name: find_by_login :one
select person_id, password_hash, totp_sealed, totp_step, standing, is_demo,
       (select count(*) from role r where r.person_id = person.person_id) as roles_count
  from person
 where login = :login and login <> '';

-- name: find_person :one
select person_id, kind, login, person_name, password_hash, totp_sealed, totp_step, phone_sealed,
       phone_index, standing, is_demo, made_at
  from person
 where person_id = :person_id;

-- name: find_resident :one
select person_id, standing from person where phone_index = :phone_index and kind = 'resident'
   and phone_index <> '';

-- name: add_person :exec
insert into person (person_id, kind, login, person_name, password_hash, totp_sealed, totp_step,
                    phone_sealed, phone_index, identity_sealed, identity_index, standing, is_demo,
                    made_at)
values (:person_id, :kind, :login, :person_name, :password_hash, '', 0, :phone_sealed,
        :phone_index, :identity_sealed, :identity_index, 'active', :is_demo, :made_at);

-- name: set_person_standing :exec
update person set standing = :standing where person_id = :person_id;

-- name: set_password :exec
update person set password_hash = :password_hash, is_demo = 0 where person_id = :person_id;

-- name: set_person_name :exec
update person set person_name = :person_name where person_id = :person_id;

-- name: set_totp :exec
update person set totp_sealed = :totp_sealed, totp_step = :totp_step where person_id = :person_id;

-- name: set_totp_step :exec
update person set totp_step = :totp_step where person_id = :person_id;

-- name: find_demo :one
select count(*) as demo_people from person where is_demo = 1;

-- name: add_role :exec
insert into role (person_id, role, scope) values (:person_id, :role, :scope)
on conflict (person_id, role) do update set scope = excluded.scope;

-- name: drop_role :exec
delete from role where person_id = :person_id and role = :role;

-- name: list_roles :many
select role, scope from role where person_id = :person_id order by role limit 8;

-- name: find_phone_code :one
select code_hash, made_at, expires_at, tries, sent_count, hour_at, day_count, day_at
  from phone_code
 where phone_index = :phone_index;

-- name: set_phone_code :exec
insert into phone_code (phone_index, code_hash, made_at, expires_at, tries, sent_count, hour_at,
                        day_count, day_at)
values (:phone_index, :code_hash, :made_at, :expires_at, 0, :sent_count, :hour_at,
        :day_count, :day_at)
on conflict (phone_index) do update
   set code_hash = excluded.code_hash, made_at = excluded.made_at, expires_at = excluded.expires_at,
       tries = 0, sent_count = excluded.sent_count, hour_at = excluded.hour_at,
       day_count = excluded.day_count, day_at = excluded.day_at;

-- name: set_phone_code_tried :exec
update phone_code set tries = tries + 1 where phone_index = :phone_index;

-- A code counts once; how many were sent in the hour is kept.
-- name: set_phone_code_used :exec
update phone_code set code_hash = '', expires_at = 0 where phone_index = :phone_index;

-- name: find_failure :one
select failures, until_at, failed_at
  from sign_in_failure
 where login_index = :login_index and address = :address;

-- name: count_login_failures :one
select cast(coalesce(sum(failures), 0) as bigint) as failures
  from sign_in_failure
 where login_index = :login_index and failed_at > :failed_at;

-- name: count_address_failures :one
select cast(coalesce(sum(failures), 0) as bigint) as failures
  from sign_in_failure
 where address = :address and failed_at > :failed_at;

-- name: set_failure :exec
insert into sign_in_failure (login_index, address, failures, until_at, failed_at)
values (:login_index, :address, :failures, :until_at, :failed_at)
on conflict (login_index, address) do update
   set failures = excluded.failures, until_at = excluded.until_at, failed_at = excluded.failed_at;

-- name: drop_failure :exec
delete from sign_in_failure where login_index = :login_index and address = :address;

-- name: find_device :one
select made_at from known_device
 where device_hash = :device_hash and person_id = :person_id and made_at > :made_at;

-- name: set_device :exec
insert into known_device (device_hash, person_id, made_at)
values (:device_hash, :person_id, :made_at)
on conflict (device_hash, person_id) do update set made_at = excluded.made_at;

-- name: drop_other_devices :exec
delete from known_device where person_id = :person_id and device_hash <> :device_hash;

-- Each night; what nobody can use any more.
-- name: drop_sessions_before :exec
delete from session where session_id in
       (select session_id from session where expires_at < :expires_at limit 1000);

-- name: drop_codes_before :exec
delete from phone_code where phone_index in
       (select phone_index from phone_code where made_at < :made_at limit 1000);

-- name: drop_failures_before :exec
delete from sign_in_failure where failed_at < :failed_at;

-- name: drop_devices_before :exec
delete from known_device where made_at < :made_at;

-- name: set_division :exec
insert into division (division, parent, level, division_zh, division_en)
values (:division, :parent, :level, :division_zh, :division_en)
on conflict (division) do update
   set parent = excluded.parent, level = excluded.level, division_zh = excluded.division_zh,
       division_en = excluded.division_en;

-- name: find_division :one
select division, parent, level, division_zh, division_en from division where division = :division;

-- name: list_divisions :many
select division, parent, level, division_zh, division_en
  from division
 where parent = :parent
 order by division
 limit 500;

-- By code or by name, of a part of a place.
-- name: seek_divisions :many
select division, parent, level, division_zh, division_en
  from division
 where substr(division, 1, length(:division__within)) = :division__within
   and (division = :division or division_zh = :division_zh
        or (division_en <> '' and lower(division_en) = :division_en))
 order by division
 limit 6;

-- name: set_person_phone :exec
update person set phone_sealed = :phone_sealed, phone_index = :phone_index
 where person_id = :person_id and kind = 'staff';

-- name: set_language :exec
insert into person_language (person_id, language) values (:person_id, :language)
on conflict (person_id) do update set language = excluded.language;

-- name: find_language :one
select language from person_language where person_id = :person_id;

-- migrate: 1
-- Those who watch or lead, among all who have a role: looked for each minute (bureau/review).
create index role_role on role (role, scope);
