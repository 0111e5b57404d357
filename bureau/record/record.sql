-- record.sql -- one row a case of any service: what figures, appraisal and forecast are made from.

create table service_record (
    case_id        bigint  not null primary key,
    service        text    not null, -- consultation, …
    reference      text    not null,
    channel        text    not null,
    field          text    not null,
    profession     text    not null,
    division       text    not null, -- where the resident is
    language       text    not null,
    priority       integer not null,
    state          text    not null, -- the service's own word
    mode           text    not null, -- as it was asked: live, window or written
    phase          text    not null, -- a word of record_phase_word()
    phase_at       bigint  not null, -- since when
    opened_at      bigint  not null,
    served_at      bigint  not null, -- first answered by a person: talk begun, or written answer; 0
    talks_count    integer not null, -- how often somebody began to talk: 2 after one transfer
    written_at     bigint  not null, -- first left in writing; 0
    answered_at    bigint  not null, -- first written answer; 0
    ended_at       bigint  not null,
    wait_seconds   integer not null, -- all waits for a live talk that are over
    handle_seconds integer not null, -- all talks that are over
    due_at         bigint  not null, -- the promise that stands now; 0
    is_late        integer not null, -- a promise was broken, and stays so
    is_abandoned   integer not null, -- left the live queue without talk or message
    to_message     integer not null, -- asked live, left in writing
    consultant_id  bigint  not null, -- who serves or served it; 0
    team_id        bigint  not null,
    offers_count   integer not null,
    outcome        text    not null,
    stars          integer not null, -- 0: not rated
    patience       integer not null, -- 0: not given
    courtesy       integer not null,
    efficiency     integer not null,
    correctness    integer not null,
    rated_at       bigint  not null
);
create index record_reference on service_record (reference);
-- With what arrivals are counted by, so that two years of them are read from the index alone.
create index record_opened on service_record (opened_at, mode, profession, service, division);
create index record_talk on service_record (served_at) where talks_count > 0;
create index record_written on service_record (written_at);
create index record_answered on service_record (answered_at);
create index record_due on service_record (due_at);
create index record_ended on service_record (ended_at) where phase = 'ended';
create index record_rated on service_record (rated_at) where stars > 0;
create index record_consultant on service_record (consultant_id, opened_at);

-- migrate: 1
-- Also for what a team served since a day, which looks at this index alone.
drop index record_talk;
create index record_served on service_record (served_at, team_id, stars);

-- migrate: 2
-- When somebody began to talk first, and how long the case had waited for it until then: what it
-- lay in writing meanwhile is no wait.
drop view if exists record_event;
alter table service_record add column talk_at bigint not null default 0;
alter table service_record add column talk_wait_seconds integer not null default 0;
update service_record
   set talk_at = served_at,
       talk_wait_seconds = case when written_at > 0 and written_at < served_at
                                 and wait_seconds < served_at - opened_at then wait_seconds
                                else served_at - opened_at end
 where talks_count > 0;
create index record_talk on service_record (talk_at) where talks_count > 0;

-- What happened to a case, each at its own moment and with an amount.  Every figure counts rows of
-- this view and every list of cases shows rows of this view: that is why they agree.
-- Where a moment must be there, it is asked in a way no index answers (+ 0, or another column): the
-- index is for the period, and SQLite takes the first bound it meets.
create view record_event as
select case_id, service, channel, field, profession, division, team_id, consultant_id,
       'opened' as figure, opened_at as at, 0 as amount
  from service_record
union all
select case_id, service, channel, field, profession, division, team_id, consultant_id,
       'live', opened_at, 0
  from service_record
 where mode = 'live'
union all
select case_id, service, channel, field, profession, division, team_id, consultant_id,
       'talk', talk_at, talk_wait_seconds
  from service_record
 where talks_count > 0 and mode = 'live'
union all
select case_id, service, channel, field, profession, division, team_id, consultant_id,
       'abandoned', ended_at, wait_seconds
  from service_record
 where phase = 'ended' and is_abandoned = 1
union all
select case_id, service, channel, field, profession, division, team_id, consultant_id,
       'to_message', written_at, wait_seconds
  from service_record
 where written_at + 0 > 0 and to_message = 1
union all
select case_id, service, channel, field, profession, division, team_id, consultant_id,
       'written', written_at, 0
  from service_record
 where written_at + 0 > 0
union all
select case_id, service, channel, field, profession, division, team_id, consultant_id,
       'answered', answered_at, answered_at - written_at
  from service_record
 where answered_at + 0 > 0
union all
select case_id, service, channel, field, profession, division, team_id, consultant_id,
       'due', due_at, 0
  from service_record
 where due_at + 0 > 0
union all
select case_id, service, channel, field, profession, division, team_id, consultant_id,
       'late', due_at, 0
  from service_record
 where due_at + 0 > 0 and is_late = 1
union all
select case_id, service, channel, field, profession, division, team_id, consultant_id,
       'ended', ended_at, 0
  from service_record
 where phase = 'ended'
union all
select case_id, service, channel, field, profession, division, team_id, consultant_id,
       'handled', ended_at, handle_seconds
  from service_record
 where phase = 'ended' and talks_count > 0
union all
select case_id, service, channel, field, profession, division, team_id, consultant_id,
       'rated', rated_at, stars
  from service_record
 where stars > 0
union all
select case_id, service, channel, field, profession, division, team_id, consultant_id,
       'patience', rated_at, patience
  from service_record
 where stars > 0 and patience > 0
union all
select case_id, service, channel, field, profession, division, team_id, consultant_id,
       'courtesy', rated_at, courtesy
  from service_record
 where stars > 0 and courtesy > 0
union all
select case_id, service, channel, field, profession, division, team_id, consultant_id,
       'efficiency', rated_at, efficiency
  from service_record
 where stars > 0 and efficiency > 0
union all
select case_id, service, channel, field, profession, division, team_id, consultant_id,
       'correctness', rated_at, correctness
  from service_record
 where stars > 0 and correctness > 0;

-- name: find_record :one
select * from service_record where case_id = :case_id;

-- name: set_record :exec
insert into service_record (case_id, service, reference, channel, field, profession, division,
       language, priority, state, mode, phase, phase_at, opened_at, served_at, talks_count,
       written_at, answered_at, ended_at, wait_seconds, handle_seconds, due_at, is_late,
       is_abandoned, to_message, consultant_id, team_id, offers_count, outcome, stars, patience,
       courtesy, efficiency, correctness, rated_at, talk_at, talk_wait_seconds)
values (:case_id, :service, :reference, :channel, :field, :profession, :division,
       :language, :priority, :state, :mode, :phase, :phase_at, :opened_at, :served_at, :talks_count,
       :written_at, :answered_at, :ended_at, :wait_seconds, :handle_seconds, :due_at, :is_late,
       :is_abandoned, :to_message, :consultant_id, :team_id, :offers_count, :outcome, 0, 0,
       0, 0, 0, 0, :talk_at, :talk_wait_seconds)
on conflict (case_id) do update set profession = excluded.profession, state = excluded.state,
       phase = excluded.phase, phase_at = excluded.phase_at, served_at = excluded.served_at,
       talks_count = excluded.talks_count, written_at = excluded.written_at,
       answered_at = excluded.answered_at, ended_at = excluded.ended_at,
       wait_seconds = excluded.wait_seconds, handle_seconds = excluded.handle_seconds,
       due_at = excluded.due_at, is_late = excluded.is_late, is_abandoned = excluded.is_abandoned,
       to_message = excluded.to_message, consultant_id = excluded.consultant_id,
       team_id = excluded.team_id, offers_count = excluded.offers_count,
       outcome = excluded.outcome, talk_at = excluded.talk_at,
       talk_wait_seconds = excluded.talk_wait_seconds;

-- name: set_rating :exec
update service_record set stars = :stars, patience = :patience, courtesy = :courtesy,
       efficiency = :efficiency, correctness = :correctness, rated_at = :rated_at
 where case_id = :case_id;

-- Everything that happened within a period and a scope, by kind and in groups.  '' and 0 are no
-- bound; team -1 are the cases of no team.
-- name: list_figures :many
select e.figure as figure_text,
       case :state__by when 'service' then e.service when 'channel' then e.channel
            when 'field' then e.field when 'profession' then e.profession
            when 'division' then substr(e.division, 1, 6)
            when 'team' then cast(e.team_id as text)
            when 'consultant' then cast(e.consultant_id as text)
            when 'day' then cast((e.at + 28800) / 86400 as text)
            else '' end as group_text,
       count(*) as cases_count, cast(coalesce(sum(e.amount), 0) as bigint) as amount_sum,
       coalesce(max(e.amount), 0) as amount_max,
       sum(case when e.amount <= :wait_seconds__within then 1 else 0 end) as within_count
  from record_event e
 where e.at >= :at__from and e.at < :at__until
   and (:service = '' or e.service = :service) and (:channel = '' or e.channel = :channel)
   and (:field = '' or e.field = :field) and (:profession = '' or e.profession = :profession)
   and substr(e.division, 1, length(:division__scope)) = :division__scope
   and substr(e.division, 1, length(:division__chosen)) = :division__chosen
   and (:team_id__scope = 0 or e.team_id = :team_id__scope
        or e.team_id in (select b.team_id from team_below b where b.above_id = :team_id__scope))
   and (:team_id__chosen = 0 or e.team_id = :team_id__chosen
        or (:team_id__chosen = -1 and e.team_id = 0))
   and (:consultant_id = 0 or e.consultant_id = :consultant_id)
 group by 1, 2 limit 50000;

-- The cases behind one of those numbers: the same rows, with the same bounds.
-- name: list_behind :many
select r.case_id, r.service, r.reference, r.channel, r.field, r.profession, r.division, r.state,
       r.mode, r.opened_at, r.served_at, r.answered_at, r.ended_at, r.wait_seconds,
       r.handle_seconds, r.due_at, r.is_late, r.consultant_id, p.person_name, r.team_id, r.outcome,
       r.stars, e.at, e.amount as amount_number
  from record_event e join service_record r on r.case_id = e.case_id
  left join person p on p.person_id = r.consultant_id
 where e.at >= :at__from and e.at < :at__until
   and e.figure = :state__figure
   and e.amount >= :handle_seconds__least and e.amount <= :handle_seconds__most
   and (:service = '' or e.service = :service) and (:channel = '' or e.channel = :channel)
   and (:field = '' or e.field = :field) and (:profession = '' or e.profession = :profession)
   and substr(e.division, 1, length(:division__scope)) = :division__scope
   and substr(e.division, 1, length(:division__chosen)) = :division__chosen
   and (:team_id__scope = 0 or e.team_id = :team_id__scope
        or e.team_id in (select b.team_id from team_below b where b.above_id = :team_id__scope))
   and (:team_id__chosen = 0 or e.team_id = :team_id__chosen
        or (:team_id__chosen = -1 and e.team_id = 0))
   and (:consultant_id = 0 or e.consultant_id = :consultant_id)
   and e.case_id > :case_id
 order by e.case_id limit :max_rows; -- max: 101

-- Live arrivals by half hour since 1970 of Shanghai's clock.
-- name: list_arrivals :many
select (r.opened_at + 28800) / 1800 as half_hour, count(*) as arrivals_count
  from service_record r
 where r.opened_at >= :at__from and r.opened_at < :at__until and r.mode = 'live'
   and (:service = '' or r.service = :service) and (:profession = '' or r.profession = :profession)
   and substr(r.division, 1, length(:division__scope)) = :division__scope
 group by 1 order by 1 limit 60000;

-- How long people talk, and how long they wait before they give up.
-- name: find_pace :one
select count(case when r.talks_count > 0 then 1 end) as talks_count,
       cast(coalesce(sum(r.handle_seconds), 0) as bigint) as handle_sum,
       cast(coalesce(sum(r.wait_seconds), 0) as bigint) as wait_sum,
       cast(coalesce(sum(r.is_abandoned), 0) as bigint) as abandoned_count,
       coalesce(sum(case when r.to_message = 1 and r.talks_count = 0 then 1 else 0 end), 0)
           as left_count,
       count(*) as live_count
  from service_record r
 where r.opened_at >= :at__from and r.opened_at < :at__until and r.mode = 'live'
   and r.phase not in ('waiting', 'talking')
   and (:service = '' or r.service = :service) and (:profession = '' or r.profession = :profession)
   and substr(r.division, 1, length(:division__scope)) = :division__scope;
