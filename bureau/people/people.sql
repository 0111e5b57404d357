-- people.sql -- who serves: consultants, their fields, languages, teams and presence; and the
-- fields of law and opening hours an administrator keeps.

create table law_field (
    field          text    not null primary key, -- labour, family, housing, …
    field_zh       text    not null,
    field_en       text    not null,
    hint_zh        text    not null,
    hint_en        text    not null,
    profession     text    not null, -- who answers it unless the resident wants another
    words          text    not null, -- what people say when they mean it, for the search box
    position       integer not null,
    is_active      integer not null
);

create table team (
    team_id        bigint  not null primary key,
    team_code      text    not null,
    team_zh        text    not null,
    team_en        text    not null,
    team_kind      text    not null, -- district, association, channel
    division       text    not null, -- whose team: a district, or 31
    leader_id      bigint  not null, -- 0: nobody yet
    is_active      integer not null,
    parent_id      bigint  not null default 0 -- the team it belongs to; 0: none
);
create unique index team_by_code on team (team_code);

create table consultant (
    person_id      bigint  not null primary key references person,
    profession     text    not null, -- lawyer, notary, forensic, mediator, legal_aid, correction
    team_id        bigint  not null references team,
    division       text    not null, -- the district where this person serves
    capacity       integer not null, -- conversations at once
    written_capacity integer not null, -- open written questions at once
    licence        text    not null, -- number of the qualification
    verified_at    bigint  not null, -- 0: not checked yet
    licence_until  bigint  not null, -- 0: does not expire
    standing       text    not null, -- active, suspended, barred: by a measure
    last_offer_at  bigint  not null  -- for fairness: who has been idle longest
);
create index consultant_team on consultant (team_id);
create index consultant_licence on consultant (licence);
create index consultant_profession on consultant (profession, standing);

create table consultant_field (
    person_id      bigint  not null references consultant,
    field          text    not null references law_field,
    primary key (person_id, field)
);
create index consultant_field_field on consultant_field (field, person_id);

create table consultant_language (
    person_id      bigint  not null references consultant,
    language       text    not null, -- zh, en, wuu (Shanghainese), yue, sign
    primary key (person_id, language)
);

create table presence (
    person_id      bigint  not null primary key references consultant,
    presence       text    not null, -- online, away, off
    capacity       integer not null, -- conversations at once, for now
    seen_at        bigint  not null, -- the last sign of life
    since_at       bigint  not null
);
create index presence_state on presence (presence, seen_at);

-- Opening hours of a desk; desk 'consultation' is the city's.
create table desk_hours (
    desk           text    not null primary key,
    round_the_clock integer not null,
    changed_at     bigint  not null
);
create table desk_opening (
    desk           text    not null references desk_hours,
    weekday        integer not null, -- 0 Monday … 6 Sunday, 7 holidays
    from_minute    integer not null,
    to_minute      integer not null, -- 1440 is midnight
    primary key (desk, weekday, from_minute)
);
create table desk_exception (
    desk           text    not null references desk_hours,
    day            text    not null, -- YYYY-MM-DD
    from_minute    integer not null, -- both 0: closed all day
    to_minute      integer not null,
    why            text    not null,
    primary key (desk, day, from_minute)
);

-- ---- what other rooms ask (people_acts.h) ----

-- name: find_field :one
select field, field_zh, field_en, profession from law_field where field = :field and is_active = 1;

-- Also of a field no longer in use: what was asked under it keeps its name.
-- name: find_field_name :one
select field_zh, field_en from law_field where field = :field;

-- name: list_fields :many
select field, field_zh, field_en, hint_zh, hint_en, profession, words from law_field
 where is_active = 1 order by position, field limit 60;

-- name: find_consultant :one
select c.person_id, p.person_name, c.profession, c.team_id, c.division, c.capacity,
       c.written_capacity, c.verified_at, c.licence_until, c.standing, t.team_zh, t.team_en,
       coalesce(pr.presence, 'off') as presence, coalesce(pr.capacity, c.capacity) as capacity__now,
       coalesce(pr.seen_at, 0) as seen_at
  from consultant c
  join person p on p.person_id = c.person_id
  join team t on t.team_id = c.team_id
  left join presence pr on pr.person_id = c.person_id
 where c.person_id = :person_id;

-- What a resident is told of whoever answers.
-- name: find_answerer :one
select p.person_name, c.profession, t.team_zh, t.team_en
  from consultant c
  join person p on p.person_id = c.person_id
  join team t on t.team_id = c.team_id
 where c.person_id = :person_id;

-- Who could take a live case of this profession: those on line first come first, at most 256.
-- name: list_on_line :many
select c.person_id, p.person_name, c.team_id, c.division, pr.capacity, c.verified_at,
       c.licence_until, c.last_offer_at, pr.seen_at,
       (select count(*) from consultant_field f
         where f.person_id = c.person_id and f.field = :field) as field_count,
       (select count(*) from consultant_language l
         where l.person_id = c.person_id and l.language = :language) as language_count
  from presence pr
  join consultant c on c.person_id = pr.person_id
  join person p on p.person_id = c.person_id
 where pr.presence = 'online' and pr.seen_at >= :seen_at and c.profession = :profession
   and c.standing = 'active' and p.standing = 'active'
 order by c.last_offer_at
 limit 256;

-- Who could answer in writing: whoever knows the field, on line or not.
-- name: list_for_written :many
select c.person_id, p.person_name, c.team_id, c.division, c.written_capacity, c.verified_at,
       c.licence_until, c.last_offer_at,
       (select count(*) from consultant_language l
         where l.person_id = c.person_id and l.language = :language) as language_count
  from consultant_field f
  join consultant c on c.person_id = f.person_id
  join person p on p.person_id = c.person_id
 where f.field = :field and c.profession = :profession and c.standing = 'active'
   and p.standing = 'active'
 order by c.last_offer_at
 limit 256;

-- name: sum_places :one
select cast(coalesce(sum(pr.capacity), 0) as bigint) as capacity, count(*) as people
  from presence pr join consultant c on c.person_id = pr.person_id
 where pr.presence = 'online' and pr.seen_at >= :seen_at and c.profession = :profession;

-- Only of accounts with the published password: whom a visitor of a demo city may sign in as.
-- name: find_demo_answerer :one
select p.login
  from person p
  join consultant c on c.person_id = p.person_id
  join consultant_field f on f.person_id = c.person_id
 where p.is_demo = 1 and p.standing = 'active' and c.standing = 'active'
   and c.profession = :profession and f.field = :field and c.licence_until >= :licence_until
 order by p.login
 limit 1;

-- name: find_presence :one
select presence, capacity, seen_at, since_at from presence where person_id = :person_id;

-- name: set_presence_row :exec
insert into presence (person_id, presence, capacity, seen_at, since_at)
values (:person_id, :presence, :capacity, :seen_at, :since_at)
on conflict (person_id) do update
   set presence = excluded.presence, capacity = excluded.capacity, seen_at = excluded.seen_at,
       since_at = excluded.since_at;

-- name: set_seen :exec
update presence set seen_at = :seen_at where person_id = :person_id;

-- The clock stood still: nobody could give a sign of life meanwhile.
-- name: set_seen_later :exec
update presence set seen_at = seen_at + :seen_at__by where seen_at >= :seen_at;

-- name: list_absent :many
select person_id from presence where presence = 'online' and seen_at < :seen_at limit 100;

-- name: set_away :exec
update presence set presence = 'away', since_at = :since_at where person_id = :person_id;

-- name: set_last_offer :exec
update consultant set last_offer_at = :last_offer_at where person_id = :person_id;

-- name: find_team :one
select t.team_id, t.team_code, t.team_zh, t.team_en, t.division, t.leader_id
  from team t where t.team_id = :team_id;

-- name: list_teams :many
select team_id, team_code, team_zh, team_en, team_kind, division, leader_id from team
 where is_active = 1 order by team_code limit 500;

-- ---- what an installation begins with, and the demo city ----

-- name: add_first_field :exec
insert into law_field (field, field_zh, field_en, hint_zh, hint_en, profession, words, position,
       is_active)
values (:field, :field_zh, :field_en, :hint_zh, :hint_en, :profession, :words, :position, 1)
on conflict (field) do nothing;

-- name: add_first_hours :exec
insert into desk_hours (desk, round_the_clock, changed_at)
values (:desk, :round_the_clock, :changed_at)
on conflict (desk) do nothing;

-- name: add_first_opening :exec
insert into desk_opening (desk, weekday, from_minute, to_minute)
values (:desk, :weekday, :from_minute, :to_minute)
on conflict (desk, weekday, from_minute) do nothing;

-- name: add_demo_team :exec
insert into team (team_id, team_code, team_zh, team_en, team_kind, division, leader_id, is_active)
values (:team_id, :team_code, :team_zh, :team_en, :team_kind, :division, :leader_id, 1);

-- name: add_demo_consultant :exec
insert into consultant (person_id, profession, team_id, division, capacity, written_capacity,
       licence, verified_at, licence_until, standing, last_offer_at)
values (:person_id, :profession, :team_id, :division, 3, 20, :licence,
       :verified_at, :licence_until, 'active', 0);

-- name: add_demo_field :exec
insert into consultant_field (person_id, field) values (:person_id, :field)
on conflict (person_id, field) do nothing;

-- name: add_demo_language :exec
insert into consultant_language (person_id, language) values (:person_id, :language)
on conflict (person_id, language) do nothing;

-- name: list_districts :many
select division, division_zh, division_en from division
 where level = 'district' order by division limit 100;

-- name: list_some_consultants :many
select c.person_id, c.profession, c.team_id, c.division, p.person_name from consultant c
  join person p on p.person_id = c.person_id order by c.person_id limit 500;

-- name: find_hours :one
select round_the_clock from desk_hours where desk = :desk;

-- name: list_openings :many
select weekday, from_minute, to_minute from desk_opening
 where desk = :desk order by weekday, from_minute limit 60;

-- name: list_exceptions :many
select day, from_minute, to_minute, why from desk_exception
 where desk = :desk order by day, from_minute limit 512;

-- The team somebody leads, or else serves in.
-- name: find_own_team :one
select coalesce((select min(t.team_id) from team t
                  where t.leader_id = :person_id and t.is_active = 1),
                (select c.team_id from consultant c where c.person_id = :person_id), 0) as team_id;

-- ---- what an administrator keeps ----

-- migrate: 1
-- What was done to whom and why: shown to administrators, never to residents.
create table person_note (
    note_id        bigint  not null primary key,
    person_id      bigint  not null references person,
    at             bigint  not null,
    by_id          bigint  not null,
    deed           text    not null, -- added, changed, roles, verified, suspended, reinstated, …
    reason         text    not null
);
create index person_note_of on person_note (person_id, note_id);

-- migrate: 2
-- Every team under every team above it, however many layers lie between; made anew from parent_id
-- whenever one of those changes.
create table team_below (
    above_id       bigint  not null references team,
    team_id        bigint  not null references team,
    primary key (above_id, team_id)
);
insert into team_below (above_id, team_id)
with recursive up (above_id, team_id, layer) as (
    select t.parent_id, t.team_id, 1 from team t where t.parent_id > 0
    union all
    select p.parent_id, u.team_id, u.layer + 1
      from up u join team p on p.team_id = u.above_id
     where p.parent_id > 0 and u.layer < 10)
select distinct above_id, team_id from up;

-- name: add_person_note :exec
insert into person_note (note_id, person_id, at, by_id, deed, reason)
values (:note_id, :person_id, :at, :by_id, :deed, :reason);

-- name: list_person_notes :many
select n.at, n.deed, n.reason, coalesce(p.person_name, '') as person_name
  from person_note n left join person p on p.person_id = n.by_id
 where n.person_id = :person_id order by n.note_id desc limit 50;

-- Staff by number, so that a page of the list stays what it was; :login__like and its like are
-- patterns in lower case, '%' for any.  Only those all of whom is within the scope; who has no role
-- and serves nowhere is the city's.
-- name: list_staff :many
select p.person_id, p.login, p.person_name, p.standing,
       (select count(*) from role r where r.person_id = p.person_id and r.role = 'consultant')
           as consultant_count,
       (select count(*) from role r where r.person_id = p.person_id and r.role = 'leader')
           as leader_count,
       (select count(*) from role r where r.person_id = p.person_id and r.role = 'supervisor')
           as supervisor_count,
       (select count(*) from role r where r.person_id = p.person_id and r.role = 'admin')
           as admin_count,
       (select count(*) from role r where r.person_id = p.person_id and r.role = 'clerk')
           as clerk_count,
       coalesce(c.profession, '') as profession, coalesce(t.team_id, 0) as team_id,
       coalesce(c.verified_at, 0) as verified_at, coalesce(c.licence_until, 0) as licence_until,
       coalesce(t.team_zh, '') as team_zh, coalesce(t.team_en, '') as team_en,
       coalesce(pr.presence, 'off') as presence
  from person p
  left join consultant c on c.person_id = p.person_id
  left join team t on t.team_id = coalesce(c.team_id, (select min(l.team_id) from team l
                                            where l.leader_id = p.person_id and l.is_active = 1))
  left join presence pr on pr.person_id = p.person_id
 where p.kind = 'staff' and p.person_id > :person_id
   and not exists (select 1 from role r
                    where r.person_id = p.person_id
                      and substr(r.scope, 1, length(:scope)) <> :scope
                      and (r.scope <> '' or :is_active__city = 0))
   and not exists (select 1 from team o
                    where o.leader_id = p.person_id and o.is_active = 1
                      and substr(o.division, 1, length(:scope)) <> :scope)
   and (c.person_id is null or substr(c.division, 1, length(:scope)) = :scope)
   and (:is_active__city = 1 or c.person_id is not null
        or exists (select 1 from role r where r.person_id = p.person_id))
   and (p.login like :login__like escape '!' or lower(p.person_name) like :login__like escape '!')
   and (:team_id = 0 or t.team_id = :team_id)
   and (:role = '' or exists (select 1 from role r
                               where r.person_id = p.person_id and r.role = :role))
   and (:licence_until = 0 or (c.licence_until > 0 and c.licence_until <= :licence_until
                               and c.standing = 'active'))
   and (:verified_at = 0 or (c.verified_at = 0 and c.standing = 'active'))
 order by p.person_id limit :max_rows; -- max: 101

-- name: find_staff :one
select p.person_id, p.login, p.person_name, p.standing, p.totp_step, p.made_at
  from person p left join consultant c on c.person_id = p.person_id
 where p.person_id = :person_id and p.kind = 'staff'
   and not exists (select 1 from role r
                    where r.person_id = p.person_id
                      and substr(r.scope, 1, length(:scope)) <> :scope
                      and (r.scope <> '' or :is_active__city = 0))
   and not exists (select 1 from team o
                    where o.leader_id = p.person_id and o.is_active = 1
                      and substr(o.division, 1, length(:scope)) <> :scope)
   and (c.person_id is null or substr(c.division, 1, length(:scope)) = :scope)
   and (:is_active__city = 1 or c.person_id is not null
        or exists (select 1 from role r where r.person_id = p.person_id));

-- name: find_top_division :one
select count(*) as divisions_count from division where division = :division and parent = '';

-- name: list_staff_roles :many
select role, scope from role where person_id = :person_id order by role limit 8;

-- name: count_staff_sessions :one
select count(*) as sessions_count from session
 where person_id = :person_id and ended_at = 0 and expires_at > :expires_at;

-- name: find_service :one
select c.profession, c.team_id, c.division, c.capacity, c.written_capacity, c.licence,
       c.verified_at, c.licence_until, c.standing
  from consultant c where c.person_id = :person_id;

-- name: set_service :exec
insert into consultant (person_id, profession, team_id, division, capacity, written_capacity,
                        licence, verified_at, licence_until, standing, last_offer_at)
values (:person_id, :profession, :team_id, :division, :capacity, :written_capacity, :licence,
        :verified_at, :licence_until, :standing, 0)
on conflict (person_id) do update
   set profession = excluded.profession, team_id = excluded.team_id, division = excluded.division,
       capacity = excluded.capacity, written_capacity = excluded.written_capacity,
       licence = excluded.licence, verified_at = excluded.verified_at,
       licence_until = excluded.licence_until,
       standing = case when consultant.standing = 'barred' then 'barred' else excluded.standing end;

-- name: set_service_standing :exec
-- Whom a measure bars stays barred until it has ended, whatever an administrator changes.
update consultant set standing = :standing where person_id = :person_id and standing <> 'barred';

-- name: set_barred :exec
update consultant set standing = 'barred' where person_id = :person_id;

-- Back to what the account and the roles say.
-- name: set_unbarred :exec
update consultant
   set standing = case when exists (select 1 from role r
                                     where r.person_id = consultant.person_id
                                       and r.role = 'consultant')
                        and exists (select 1 from person p
                                     where p.person_id = consultant.person_id
                                       and p.standing = 'active')
                       then 'active' else 'suspended' end
 where person_id = :person_id and standing = 'barred';

-- name: set_capacities :exec
update consultant set capacity = :capacity, written_capacity = :written_capacity
 where person_id = :person_id;

-- name: set_verified :exec
update consultant set verified_at = :verified_at where person_id = :person_id;

-- name: set_off_line :exec
update presence set presence = 'off', since_at = :since_at where person_id = :person_id;

-- name: list_known_fields :many
select field from consultant_field where person_id = :person_id order by field limit 200;

-- name: drop_known_fields :exec
delete from consultant_field where person_id = :person_id;

-- name: add_known_field :exec
insert into consultant_field (person_id, field) values (:person_id, :field);

-- name: list_known_languages :many
select language from consultant_language where person_id = :person_id order by language limit 20;

-- name: drop_known_languages :exec
delete from consultant_language where person_id = :person_id;

-- name: add_known_language :exec
insert into consultant_language (person_id, language) values (:person_id, :language);

-- ---- teams ----

-- name: list_all_teams :many
select t.team_id, t.team_code, t.team_zh, t.team_en, t.team_kind, t.division, t.leader_id,
       t.is_active, coalesce(p.person_name, '') as person_name,
       (select count(*) from consultant c where c.team_id = t.team_id and c.standing = 'active')
           as members_count
  from team t left join person p on p.person_id = t.leader_id
 where substr(t.division, 1, length(:division__scope)) = :division__scope
 order by t.is_active desc, t.team_code limit 500;

-- name: find_any_team :one
select team_id, team_code, team_zh, team_en, team_kind, division, leader_id, is_active, parent_id
  from team where team_id = :team_id;

-- name: set_team_parent :exec
update team set parent_id = :parent_id where team_id = :team_id;

-- name: drop_below :exec
delete from team_below;

-- name: fill_below :exec
insert into team_below (above_id, team_id)
with recursive up (above_id, team_id, layer) as (
    select t.parent_id, t.team_id, 1 from team t where t.parent_id > 0
    union all
    select p.parent_id, u.team_id, u.layer + 1
      from up u join team p on p.team_id = u.above_id
     where p.parent_id > 0 and u.layer < 10)
select distinct above_id, team_id from up;

-- Is the one team somewhere under the other?
-- name: find_below :one
select team_id from team_below where above_id = :above_id and team_id = :team_id;

-- name: list_layers :many
select t.team_id, t.parent_id, t.team_zh, t.team_en,
       coalesce(p.person_name, '') as person_name
  from team t left join person p on p.person_id = t.leader_id
 order by t.team_code limit 500;

-- name: find_team_parent :one
select parent_id from team where team_id = :team_id;

-- name: add_team :exec
insert into team (team_id, team_code, team_zh, team_en, team_kind, division, leader_id, is_active)
values (:team_id, :team_code, :team_zh, :team_en, :team_kind, :division, 0, 1);

-- name: save_team :exec
update team set team_zh = :team_zh, team_en = :team_en, team_kind = :team_kind,
                division = :division, leader_id = :leader_id, is_active = :is_active
 where team_id = :team_id;

-- name: count_members :one
select count(*) as members_count from consultant where team_id = :team_id and standing = 'active';

-- name: count_led :one
select count(*) as teams_count from team where leader_id = :leader_id and is_active = 1;

-- Who could lead a team: whoever leads it now; and within the scope its members, and leaders
-- without a team.
-- name: list_leaders :many
select p.person_id, p.person_name, p.login
  from person p left join consultant c on c.person_id = p.person_id
 where p.kind = 'staff' and p.standing = 'active'
   and (c.team_id = :team_id or p.person_id = :leader_id
        or (exists (select 1 from role r where r.person_id = p.person_id and r.role = 'leader')
            and not exists (select 1 from team t where t.leader_id = p.person_id)))
   and (p.person_id = :leader_id or (
       not exists (select 1 from role r
                        where r.person_id = p.person_id
                          and substr(r.scope, 1, length(:scope)) <> :scope
                          and (r.scope <> '' or :is_active__city = 0))
       and not exists (select 1 from team o
                        where o.leader_id = p.person_id and o.is_active = 1
                          and substr(o.division, 1, length(:scope)) <> :scope)
       and (c.person_id is null or substr(c.division, 1, length(:scope)) = :scope)
       and (:is_active__city = 1 or c.person_id is not null
            or exists (select 1 from role r where r.person_id = p.person_id))))
 order by p.person_name, p.person_id limit 500;

-- ---- fields of law ----

-- name: list_all_fields :many
select field, field_zh, field_en, hint_zh, hint_en, profession, words, position, is_active
  from law_field order by is_active desc, position, field limit 200;

-- name: find_any_field :one
select field, field_zh, field_en, hint_zh, hint_en, profession, words, position, is_active
  from law_field where field = :field;

-- name: find_last_position :one
select coalesce(max(position), 0) as position, count(*) as fields_count from law_field;

-- name: set_field :exec
insert into law_field (field, field_zh, field_en, hint_zh, hint_en, profession, words, position,
                       is_active)
values (:field, :field_zh, :field_en, :hint_zh, :hint_en, :profession, :words, :position,
        :is_active)
on conflict (field) do update
   set field_zh = excluded.field_zh, field_en = excluded.field_en, hint_zh = excluded.hint_zh,
       hint_en = excluded.hint_en, profession = excluded.profession, words = excluded.words,
       position = excluded.position, is_active = excluded.is_active;

-- ---- opening hours ----

-- name: set_hours :exec
insert into desk_hours (desk, round_the_clock, changed_at)
values (:desk, :round_the_clock, :changed_at)
on conflict (desk) do update set round_the_clock = excluded.round_the_clock,
       changed_at = excluded.changed_at;

-- name: drop_openings :exec
delete from desk_opening where desk = :desk;

-- name: add_opening :exec
insert into desk_opening (desk, weekday, from_minute, to_minute)
values (:desk, :weekday, :from_minute, :to_minute);

-- name: add_exception :exec
insert into desk_exception (desk, day, from_minute, to_minute, why)
values (:desk, :day, :from_minute, :to_minute, :why);

-- name: drop_exception :exec
delete from desk_exception where desk = :desk and day = :day;

-- name: count_exception_days :one
select count(distinct day) as days_count from desk_exception where desk = :desk;

-- name: find_exception :one
select count(*) as rows_count from desk_exception where desk = :desk and day = :day;

-- ---- what operators are told ----

-- name: count_expired :one
select count(*) as people_count from consultant c join person p on p.person_id = c.person_id
 where c.standing = 'active' and p.standing = 'active' and c.licence_until > 0
   and c.licence_until <= :licence_until;

-- name: count_on_line :one
select count(*) as people_count from presence where presence = 'online' and seen_at >= :seen_at;
