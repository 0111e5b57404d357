-- register.sql -- applications of volunteers with their evidence, memberships, invitations to an
-- account, reminders of licences, tables that are being imported, and published sanctions.

create table application (
    application_id bigint  not null primary key,
    reference      text    not null,
    person_id      bigint  not null references person, -- the resident who applies
    state          text    not null, -- a word of register_state_word()
    person_name    text    not null,
    profession     text    not null,
    division       text    not null,
    licence        text    not null,
    licence_until  bigint  not null, -- 0: does not expire
    fields         text    not null, -- codes of law_field, with blanks between
    languages      text    not null,
    associations   text    not null, -- numbers of teams of the kind association
    statement_sealed text  not null, -- what the applicant says about experience
    words_sealed   text    not null, -- what is missing, or why it was refused
    made_at        bigint  not null,
    handed_in_at   bigint  not null, -- 0: not yet
    due_at         bigint  not null, -- when a decision is due; 0: nothing is waited for
    decided_at     bigint  not null,
    decided_by     bigint  not null,
    account_id     bigint  not null  -- the account that was made; 0: none
);
create unique index application_reference on application (reference);
create index application_person on application (person_id);
create index application_state on application (state, due_at);

create table application_file (
    file_id        bigint  not null primary key,
    application_id bigint  not null references application,
    file_name      text    not null,
    type           text    not null,
    bytes_count    bigint  not null,
    file           text    not null, -- the random name it is kept under
    hash           text    not null,
    at             bigint  not null
);
create index application_file_of on application_file (application_id);
create index application_file_file on application_file (file);

-- Who looked at which file last: the act is in the journal, this lets the page be shown.
create table application_look (
    file_id        bigint  not null references application_file,
    by_id          bigint  not null,
    at             bigint  not null,
    primary key (file_id, by_id)
);

-- Whose account waits for its first password, and the number that may set it.
create table invitation (
    person_id      bigint  not null primary key references person,
    phone_index    text    not null,
    made_at        bigint  not null,
    taken_at       bigint  not null  -- 0: not yet
);
create index invitation_phone on invitation (phone_index);

create table membership (
    person_id      bigint  not null references consultant,
    team_id        bigint  not null references team, -- of the kind association
    primary key (person_id, team_id)
);
create index membership_team on membership (team_id);

-- The text is kept until the import is done, or a day: what would change is worked out anew at
-- every look, so that it is never a look at yesterday.
create table people_import (
    import_id      bigint  not null primary key,
    by_id          bigint  not null,
    at             bigint  not null,
    file_name      text    not null,
    table_sealed   text    not null, -- '' once it is done
    done_at        bigint  not null, -- 0: not yet
    added_count    integer not null,
    changed_count  integer not null,
    left_count     integer not null  -- rows that were wrong and left out
);

-- Whom we reminded of which end of a licence, and how many days before.
create table licence_reminder (
    person_id      bigint  not null references consultant,
    licence_until  bigint  not null,
    days           integer not null,
    at             bigint  not null,
    primary key (person_id, licence_until, days)
);

-- What everybody may read about somebody who serves; written by the room that decides it.
create table sanction (
    sanction_id    bigint  not null primary key,
    person_id      bigint  not null references consultant,
    measure        text    not null, -- warning, suspension, removal
    ground         text    not null, -- in words for everybody, without names of others
    from_at        bigint  not null,
    until_at       bigint  not null, -- 0: no end is set
    published_until bigint not null, -- from then on it is no longer shown; 0: always
    withdrawn_at   bigint  not null  -- 0: it stands
);
create index sanction_person on sanction (person_id, from_at);

-- Who would rather not stand in the directory; the page of the person stays.
create table unlisted (
    person_id      bigint  not null primary key references consultant
);

-- migrate: 1
-- A table that is being done, a part of it at a time.
alter table people_import add column begun_at bigint not null default 0;
-- Of whoever told it to be done, at that time.
alter table people_import add column scope text not null default '';
-- The licences in it were compared with the official register.
alter table people_import add column is_checked integer not null default 0;
-- What was shown of each row, see register_plan_mark().
alter table people_import add column marks_sealed text not null default '';
alter table people_import add column rows_count integer not null default 0;
-- From the first on.
alter table people_import add column rows_done integer not null default 0;
-- Numbers of those that were not what was shown any more.
alter table people_import add column rows_left text not null default '';

-- migrate: 2
-- What the directory is put in order by: counted anew once a day, a few people at a time.
create table directory_figure (
    person_id      bigint  not null primary key references consultant,
    served_count   integer not null,
    ratings_count  integer not null,
    stars_sum      bigint  not null,
    score          integer not null, -- the mark in thousandths, register_score()
    at             bigint  not null
);

-- ---- applications ----

-- name: add_application :exec
insert into application (application_id, reference, person_id, state, person_name, profession,
       division, licence, licence_until, fields, languages, associations, statement_sealed,
       words_sealed, made_at, handed_in_at, due_at, decided_at, decided_by, account_id)
values (:application_id, :reference, :person_id, :state, :person_name, :profession, :division,
       :licence, :licence_until, :fields, :languages, :associations, :statement_sealed,
       '', :made_at, 0, 0, 0, 0, 0);

-- name: save_application :exec
update application
   set person_name = :person_name, profession = :profession, division = :division,
       licence = :licence, licence_until = :licence_until, fields = :fields,
       languages = :languages, associations = :associations, statement_sealed = :statement_sealed
 where application_id = :application_id;

-- name: set_application_state :exec
update application
   set state = :state, words_sealed = :words_sealed, handed_in_at = :handed_in_at,
       due_at = :due_at, decided_at = :decided_at, decided_by = :decided_by,
       account_id = :account_id
 where application_id = :application_id;

-- name: find_application :one
select application_id, reference, person_id, state, person_name, profession, division, licence,
       licence_until, fields, languages, associations, statement_sealed, words_sealed, made_at,
       handed_in_at, due_at, decided_at, decided_by, account_id
  from application where reference = :reference;

-- name: list_own_applications :many
select application_id, reference, state, profession, made_at, handed_in_at, due_at
  from application where person_id = :person_id order by application_id desc limit 20;

-- name: find_open_application :one
select reference from application
 where person_id = :person_id and state in ('draft', 'submitted', 'missing')
 order by application_id desc limit 1;

-- Those within the scope, the most pressing first; drafts are their owner's alone.
-- name: list_applications :many
select a.application_id, a.reference, a.state, a.person_name, a.profession, a.division,
       a.handed_in_at, a.due_at, a.decided_at,
       (select count(*) from application_file f where f.application_id = a.application_id)
           as files_count
  from application a
 where substr(a.division, 1, length(:scope)) = :scope and a.state <> 'draft'
   and (:state = '' or a.state = :state)
   and (:is_active__open = 0 or a.state = 'submitted' or a.state = 'missing')
 order by case when a.due_at = 0 then 1 else 0 end, a.due_at, a.application_id desc
 limit :max_rows; -- max: 201

-- name: count_applications :one
select coalesce(sum(case when state = 'submitted' then 1 else 0 end), 0) as submitted_count,
       coalesce(sum(case when state = 'missing' then 1 else 0 end), 0) as missing_count,
       coalesce(sum(case when due_at > 0 and due_at <= :due_at then 1 else 0 end), 0) as late_count
  from application where substr(division, 1, length(:scope)) = :scope;

-- Is the number of a licence in the register already?
-- name: find_licence_holder :one
select c.person_id, p.person_name from consultant c join person p on p.person_id = c.person_id
 where c.licence = :licence and c.licence <> '' limit 1;

-- ---- evidence ----

-- name: add_file :exec
insert into application_file (file_id, application_id, file_name, type, bytes_count, file, hash, at)
values (:file_id, :application_id, :file_name, :type, :bytes_count, :file, :hash, :at);

-- name: list_files :many
select file_id, file_name, type, bytes_count, at from application_file
 where application_id = :application_id order by file_id limit 20;

-- name: find_file :one
select file_id, file_name, type, bytes_count, file, hash from application_file
 where file_id = :file_id and application_id = :application_id;

-- name: count_files :one
select count(*) as files_count from application_file where application_id = :application_id;

-- name: drop_looks :exec
delete from application_look where file_id = :file_id;

-- name: drop_file :exec
delete from application_file where file_id = :file_id;

-- name: set_look :exec
insert into application_look (file_id, by_id, at) values (:file_id, :by_id, :at)
on conflict (file_id, by_id) do update set at = excluded.at;

-- name: find_look :one
select at from application_look where file_id = :file_id and by_id = :by_id;

-- For `gongdao check`.
-- name: list_all_files :many
select file_id, file, bytes_count, hash from application_file
 where file_id > :file_id order by file_id limit 100;

-- ---- accounts ----

-- name: set_invitation :exec
insert into invitation (person_id, phone_index, made_at, taken_at)
values (:person_id, :phone_index, :made_at, 0)
on conflict (person_id) do update
   set phone_index = excluded.phone_index, made_at = excluded.made_at, taken_at = 0;

-- name: find_invitation :one
select i.person_id, p.login, p.person_name, i.made_at
  from invitation i join person p on p.person_id = i.person_id
 where i.phone_index = :phone_index and i.phone_index <> '' and i.taken_at = 0
   and p.password_hash = '' and p.standing = 'active'
 order by i.made_at desc limit 1;

-- name: set_invitation_taken :exec
update invitation set taken_at = :taken_at where person_id = :person_id;

-- ---- associations ----

-- name: list_associations :many
select team_id, team_code, team_zh, team_en from team
 where team_kind = 'association' and is_active = 1 order by team_code limit 100;

-- name: list_memberships :many
select m.team_id, t.team_zh, t.team_en from membership m join team t on t.team_id = m.team_id
 where m.person_id = :person_id order by t.team_code limit 100;

-- name: drop_memberships :exec
delete from membership where person_id = :person_id;

-- name: add_membership :exec
insert into membership (person_id, team_id) values (:person_id, :team_id)
on conflict (person_id, team_id) do nothing;

-- ---- tables of people that are being imported ----

-- name: add_import :exec
insert into people_import (import_id, by_id, at, file_name, table_sealed, begun_at, scope,
       is_checked, marks_sealed, rows_count, rows_done, done_at, added_count, changed_count,
       left_count, rows_left)
values (:import_id, :by_id, :at, :file_name, :table_sealed, 0, '', 0, '', 0, 0, 0, 0, 0, 0, '');

-- name: find_import :one
select import_id, by_id, at, file_name, table_sealed, begun_at, scope, is_checked, marks_sealed,
       rows_count, rows_done, done_at, added_count, changed_count, left_count, rows_left
  from people_import where import_id = :import_id;

-- name: set_import_begun :exec
update people_import
   set begun_at = :begun_at, scope = :scope, is_checked = :is_checked,
       marks_sealed = :marks_sealed, rows_count = :rows_count, left_count = :left_count
 where import_id = :import_id;

-- name: set_import_rows :exec
update people_import
   set rows_done = :rows_done, added_count = :added_count, changed_count = :changed_count,
       left_count = :left_count, rows_left = :rows_left
 where import_id = :import_id;

-- name: set_import_done :exec
update people_import set table_sealed = '', marks_sealed = '', done_at = :done_at
 where import_id = :import_id;

-- name: list_imports :many
select import_id, at, file_name, begun_at, done_at, added_count, changed_count, left_count
  from people_import where by_id = :by_id and (table_sealed <> '' or done_at > 0)
 order by import_id desc limit 20;

-- One that is being done is not forgotten.
-- name: forget_imports :exec
update people_import set table_sealed = '' where at < :at and begun_at = 0 and table_sealed <> '';

-- Does whoever told an import still keep people?
-- name: find_keeper :one
select p.person_id, p.person_name, r.scope
  from role r join person p on p.person_id = r.person_id
 where r.person_id = :person_id and r.role = 'admin' and p.standing = 'active';

-- name: find_known :one
select p.login, p.person_name, p.phone_index, p.phone_sealed, p.password_hash, c.profession,
       c.division, c.team_id, c.licence, c.licence_until, c.capacity, c.written_capacity
  from consultant c join person p on p.person_id = c.person_id where c.person_id = :person_id;

-- name: list_fields_of :many
select field from consultant_field where person_id = :person_id order by field limit 200;

-- name: list_languages_of :many
select language from consultant_language where person_id = :person_id order by language limit 20;

-- Consultants within the scope, for a table of them.
-- name: list_register :many
select c.person_id, p.login, p.person_name, c.profession, c.division, t.team_code, c.licence,
       c.licence_until
  from consultant c join person p on p.person_id = c.person_id
  join team t on t.team_id = c.team_id
 where substr(c.division, 1, length(:scope)) = :scope and c.person_id > :person_id
 order by c.person_id limit 500;

-- ---- licences that end ----

-- name: list_to_remind :many
select c.person_id, p.person_name, c.licence_until, c.team_id, t.leader_id
  from consultant c
  join person p on p.person_id = c.person_id
  join team t on t.team_id = c.team_id
 where c.standing = 'active' and p.standing = 'active'
   and c.licence_until > 0 and c.licence_until <= :licence_until
   and not exists (select 1 from licence_reminder r
                    where r.person_id = c.person_id and r.licence_until = c.licence_until
                      and r.days <= :days)
 order by c.licence_until, c.person_id limit 200;

-- name: add_reminder :exec
insert into licence_reminder (person_id, licence_until, days, at)
values (:person_id, :licence_until, :days, :at)
on conflict (person_id, licence_until, days) do nothing;

-- name: list_reminders_of :many
select licence_until, days, at from licence_reminder
 where person_id = :person_id order by at desc, days limit 20;

-- ---- what everybody may read ----

-- By the order that was asked for (register_public.c); `near` is a place that goes first.
-- name: list_directory :many
with ranked as (
select c.person_id, p.person_name, c.profession, c.division, t.team_zh, t.team_en, c.verified_at,
       c.licence_until, coalesce(pr.presence, 'off') as presence,
       coalesce(pr.seen_at, 0) as seen_at, coalesce(d.served_count, 0) as served_count,
       coalesce(d.ratings_count, 0) as ratings_count, coalesce(d.stars_sum, 0) as stars_sum,
       row_number() over (order by
          case when :state__order = '' and pr.presence = 'online' and pr.seen_at >= :seen_at
               then 0 else 1 end,
          case when :state__order in ('', 'near') and c.division = :division__near
               then 0 else 1 end,
          case when :state__order = 'experience' then coalesce(d.served_count, 0) else 0 end desc,
          coalesce(d.score, 0) desc, coalesce(d.served_count, 0) desc, c.person_id)
       as place_count
  from consultant c
  join person p on p.person_id = c.person_id
  join team t on t.team_id = c.team_id
  left join presence pr on pr.person_id = c.person_id
  left join directory_figure d on d.person_id = c.person_id
 where c.standing = 'active' and p.standing = 'active' and c.verified_at > 0
   and (c.licence_until = 0 or c.licence_until > :licence_until)
   and c.person_id > 0
   and (:profession = '' or c.profession = :profession)
   and (:division = '' or c.division = :division)
   and (:field = '' or exists (select 1 from consultant_field f
                                where f.person_id = c.person_id and f.field = :field))
   and (:language = '' or exists (select 1 from consultant_language l
                                   where l.person_id = c.person_id and l.language = :language))
   and p.person_name like :person_name__like escape '!'
   and (:is_active__free = 0 or (pr.presence = 'online' and pr.seen_at >= :seen_at))
   and not exists (select 1 from unlisted u where u.person_id = c.person_id))
select person_id, person_name, profession, division, team_zh, team_en, verified_at, licence_until,
       presence, seen_at, served_count, ratings_count, stars_sum, place_count
  from ranked where place_count > :served_count__place
 order by place_count limit :max_rows; -- max: 101

-- ---- what the directory is put in order by ----

-- name: list_next_figures :many
select person_id from consultant where person_id > :person_id order by person_id limit 20;

-- name: set_directory_figure :exec
insert into directory_figure (person_id, served_count, ratings_count, stars_sum, score, at)
values (:person_id, :served_count, :ratings_count, :stars_sum, :score, :at)
on conflict (person_id) do update
   set served_count = excluded.served_count, ratings_count = excluded.ratings_count,
       stars_sum = excluded.stars_sum, score = excluded.score, at = excluded.at;

-- Whoever was ever checked has a page: what they did to residents stays checkable.
-- name: find_public :one
select c.person_id, p.person_name, p.standing as standing__account, c.profession, c.division,
       t.team_id, t.team_zh, t.team_en, c.licence, c.verified_at, c.licence_until, c.standing
  from consultant c
  join person p on p.person_id = c.person_id
  join team t on t.team_id = c.team_id
 where c.person_id = :person_id and c.licence <> '' and c.verified_at > 0;

-- name: sum_service_of :one
select count(*) as cases_count,
       coalesce(sum(case when answered_at > 0 then 1 else 0 end), 0) as answered_count,
       coalesce(sum(case when answered_at > 0 and is_late = 0 then 1 else 0 end), 0)
           as timely_count,
       cast(coalesce(sum(stars), 0) as bigint) as stars_sum,
       coalesce(sum(case when stars > 0 then 1 else 0 end), 0) as ratings_count,
       coalesce(min(served_at), 0) as served_at__first
  from service_record where consultant_id = :consultant_id and served_at > 0;

-- name: list_sanctions_of :many
select sanction_id, measure, ground, from_at, until_at from sanction
 where person_id = :person_id and withdrawn_at = 0
   and (published_until = 0 or published_until > :published_until)
 order by from_at desc limit 50;

-- name: add_sanction :exec
insert into sanction (sanction_id, person_id, measure, ground, from_at, until_at, published_until,
                      withdrawn_at)
values (:sanction_id, :person_id, :measure, :ground, :from_at, :until_at, :published_until, 0);

-- name: withdraw_sanction :exec
update sanction set withdrawn_at = :withdrawn_at
 where sanction_id = :sanction_id and withdrawn_at = 0;

-- name: find_unlisted :one
select count(*) as unlisted_count from unlisted where person_id = :person_id;

-- name: add_unlisted :exec
insert into unlisted (person_id) values (:person_id) on conflict (person_id) do nothing;

-- name: drop_unlisted :exec
delete from unlisted where person_id = :person_id;

-- ---- teams ----

-- All in use; who may see which is worked out in register_teams.c.
-- name: list_team_figures :many
select t.team_id, t.team_code, t.team_zh, t.team_en, t.team_kind, t.division, t.parent_id,
       t.leader_id, coalesce(p.person_name, '') as person_name,
       (select count(*) from consultant c where c.team_id = t.team_id and c.standing = 'active')
           as members_count,
       (select count(*) from consultant c join presence pr on pr.person_id = c.person_id
         where c.team_id = t.team_id and c.standing = 'active' and pr.presence = 'online'
           and pr.seen_at >= :seen_at) as on_line_count,
       (select count(*) from consultant c
         where c.team_id = t.team_id and c.standing = 'active' and c.licence_until > 0
           and c.licence_until <= :licence_until) as expiring_count
  from team t left join person p on p.person_id = t.leader_id
 where t.is_active = 1 order by t.team_code limit 500;

-- name: list_team_service :many
select team_id, count(*) as cases_count, cast(coalesce(sum(stars), 0) as bigint) as stars_sum,
       coalesce(sum(case when stars > 0 then 1 else 0 end), 0) as ratings_count
  from service_record where served_at >= :served_at and team_id > 0
 group by team_id order by team_id limit 500;

-- name: list_members :many
select c.person_id, p.person_name, c.profession, c.licence, c.verified_at, c.licence_until,
       c.standing, p.standing as standing__account, coalesce(pr.presence, 'off') as presence,
       coalesce(pr.seen_at, 0) as seen_at,
       (select count(*) from service_record s
         where s.consultant_id = c.person_id and s.served_at >= :served_at) as cases_count,
       (select cast(coalesce(sum(s.stars), 0) as bigint) from service_record s
         where s.consultant_id = c.person_id and s.served_at > 0) as stars_sum,
       (select count(*) from service_record s
         where s.consultant_id = c.person_id and s.served_at > 0 and s.stars > 0) as ratings_count
  from consultant c
  join person p on p.person_id = c.person_id
  left join presence pr on pr.person_id = c.person_id
 where c.team_id = :team_id
 order by c.standing, p.person_name, c.person_id limit 500;

-- name: list_member_ids :many
select person_id, team_id from consultant
 where standing = 'active' and person_id > :person_id order by person_id limit 1000;

-- Who and what stand behind the figures of a team: the same rows, by the same bounds.  With
-- "below" 1 also of the teams below it, four layers down (register_teams.c).

-- name: list_team_people :many
with recursive below(team_id, layer) as (
    select t.team_id, 0 from team t where t.team_id = :team_id
    union all
    select t.team_id, b.layer + 1 from team t join below b on t.parent_id = b.team_id
     where t.is_active = 1 and b.layer < 4 * :is_active__below)
select c.person_id, p.person_name, c.profession, c.team_id, c.licence, c.verified_at,
       c.licence_until, p.standing as standing__account,
       case when pr.presence = 'online' and pr.seen_at >= :seen_at then 1 else 0 end
           as on_line_count
  from below b join consultant c on c.team_id = b.team_id
  join person p on p.person_id = c.person_id
  left join presence pr on pr.person_id = c.person_id
 where c.standing = 'active' and c.person_id > :person_id
   and (:state__which in ('members', 'on_duty')
        or (:state__which = 'on_line' and pr.presence = 'online' and pr.seen_at >= :seen_at)
        or (:state__which = 'expiring' and c.licence_until > 0
            and c.licence_until <= :licence_until))
 order by c.person_id limit :max_rows; -- max: 501

-- By moment, not by number (hence + 0).
-- name: list_team_cases :many
with recursive below(team_id, layer) as (
    select t.team_id, 0 from team t where t.team_id = :team_id
    union all
    select t.team_id, b.layer + 1 from team t join below b on t.parent_id = b.team_id
     where t.is_active = 1 and b.layer < 4 * :is_active__below)
select r.case_id, r.service, r.reference, r.field, r.division, r.team_id, r.served_at, r.stars,
       coalesce(p.person_name, '') as person_name
  from service_record r left join person p on p.person_id = r.consultant_id
 where r.served_at >= :served_at and r.team_id in (select b.team_id from below b)
   and r.stars >= :stars and r.case_id + 0 > :case_id
 order by r.case_id limit :max_rows; -- max: 101

-- Of one member, whichever team they were in then.
-- name: list_member_cases :many
select r.case_id, r.service, r.reference, r.field, r.division, r.team_id, r.served_at, r.stars,
       coalesce(p.person_name, '') as person_name
  from service_record r left join person p on p.person_id = r.consultant_id
 where r.consultant_id = :consultant_id and r.served_at >= :served_at and r.served_at > 0
   and r.stars >= :stars and r.case_id + 0 > :case_id
 order by r.case_id limit :max_rows; -- max: 101
