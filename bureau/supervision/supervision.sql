-- supervision.sql -- who watches: warnings and who has seen them.

create table alarm (
    alarm_id        bigint  not null primary key,
    alarm_kind      text    not null, -- a word of supervision_kind_word()
    alarm_key       text    not null, -- what it is about within its kind: a reference, a profession
    alarm_level     integer not null, -- enum supervision_level
    division        text    not null, -- whose supervisors watch it
    team_id         bigint  not null, -- whose leader; 0: no team
    case_id         bigint  not null, -- 0: no case
    words_one       text    not null, -- what fills the kind's text
    words_two       text    not null,
    raised_at       bigint  not null,
    cleared_at      bigint  not null, -- 0: still so
    rung            integer not null, -- enum supervision_rung: who must know by now
    escalate_at     bigint  not null, -- when it goes on unless somebody has seen it; 0: no more
    acknowledged_at bigint  not null, -- 0: nobody has
    acknowledged_by bigint  not null,
    alarm_note      text    not null  -- what whoever has seen it is doing about it
);
create unique index alarm_open on alarm (alarm_kind, alarm_key) where cleared_at = 0;
create index alarm_cleared on alarm (cleared_at, raised_at);

-- Numbers an administrator has changed; the rest are as supervision.c has them.
create table threshold (
    threshold       text    not null primary key,
    threshold_value bigint  not null,
    changed_at      bigint  not null
);

-- name: find_open_alarm :one
select alarm_id, team_id, words_one, words_two from alarm
 where alarm_kind = :alarm_kind and alarm_key = :alarm_key and cleared_at = 0;

-- name: find_alarm :one
select a.alarm_id, a.alarm_kind, a.division, a.team_id, a.case_id, a.cleared_at, a.rung,
       a.acknowledged_at, coalesce(p.person_name, '') as person_name
  from alarm a left join person p on p.person_id = a.acknowledged_by
 where a.alarm_id = :alarm_id;

-- name: add_alarm :exec
insert into alarm (alarm_id, alarm_kind, alarm_key, alarm_level, division, team_id, case_id,
       words_one, words_two, raised_at, cleared_at, rung, escalate_at, acknowledged_at,
       acknowledged_by, alarm_note)
values (:alarm_id, :alarm_kind, :alarm_key, :alarm_level, :division, :team_id, :case_id,
       :words_one, :words_two, :raised_at, 0, :rung, :escalate_at, 0, 0, '');

-- name: set_alarm_words :exec
update alarm set words_one = :words_one, words_two = :words_two, team_id = :team_id
 where alarm_id = :alarm_id;

-- name: set_alarm_cleared :exec
update alarm set cleared_at = :cleared_at, escalate_at = 0 where alarm_id = :alarm_id;

-- name: set_alarm_rung :exec
update alarm set rung = :rung, escalate_at = :escalate_at where alarm_id = :alarm_id;

-- name: set_alarm_seen :exec
update alarm set acknowledged_at = :acknowledged_at, acknowledged_by = :acknowledged_by,
       alarm_note = :alarm_note, escalate_at = 0
 where alarm_id = :alarm_id;

-- Open ones first, those that have come furthest before the others; then what is over, newest
-- first.  Within what the watcher may see: a supervisor's divisions, a leader's team.
-- name: list_alarms :many
select a.alarm_id, a.alarm_kind, a.alarm_key, a.alarm_level, a.division, a.team_id, a.case_id,
       a.words_one, a.words_two, a.raised_at, a.cleared_at, a.rung, a.escalate_at,
       a.acknowledged_at, a.alarm_note, coalesce(p.person_name, '') as person_name
  from alarm a left join person p on p.person_id = a.acknowledged_by
 where (a.cleared_at = 0 or a.cleared_at >= :cleared_at)
   and substr(a.division, 1, length(:division__scope)) = :division__scope
   and (:team_id__scope = 0 or a.team_id = :team_id__scope)
   and (:division__chosen = '' or substr(a.division, 1, 6) = :division__chosen)
 order by case when a.cleared_at = 0 then 0 else 1 end,
          case when a.acknowledged_at = 0 then 0 else 1 end,
          a.alarm_level desc, a.raised_at desc, a.alarm_id desc
 limit :max_rows; -- max: 200

-- name: list_thresholds :many
select threshold, threshold_value from threshold order by threshold limit 50;

-- name: set_threshold :exec
insert into threshold (threshold, threshold_value, changed_at)
values (:threshold, :threshold_value, :changed_at)
on conflict (threshold) do update set threshold_value = excluded.threshold_value,
       changed_at = excluded.changed_at;

-- Supervisors to be told when an alarm has come to them.
-- name: list_supervisors :many
select r.person_id from role r join person p on p.person_id = r.person_id
 where r.role = 'supervisor' and r.scope = :scope and p.standing = 'active'
 order by r.person_id limit 3;

-- ---- what the watch looks at ----

-- name: count_failed_notices :one
select count(*) as failed_count from notice where state = 'failed' and made_at >= :made_at
   and problem <> 'not a mobile number: it takes no SMS';

-- Professions somebody serves in, and how many of each are on line with a sign of life.
-- name: list_professions :many
select c.profession,
       sum(case when pr.presence = 'online' and pr.seen_at >= :seen_at then 1 else 0 end)
           as on_line_count
  from consultant c
  join person p on p.person_id = c.person_id
  left join presence pr on pr.person_id = c.person_id
 where c.standing = 'active' and p.standing = 'active' and c.verified_at > 0
 group by c.profession order by c.profession limit 20;
