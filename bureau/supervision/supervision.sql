-- supervision.sql -- who watches: warnings and who has seen them, and reports as they were made.

create table alarm (
    alarm_id        bigint  not null primary key,
    alarm_kind      text    not null, -- a word of supervision_kind_word()
    alarm_key       text    not null, -- what it is about within its kind: a reference, a profession
    alarm_level     integer not null, -- enum supervision_level
    division        text    not null, -- whose supervisors watch it
    team_id         bigint  not null, -- whose leader; 0: no team
    case_id         bigint  not null, -- 0: no case; of a complaint the complaint
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

create table report (
    report_id       bigint  not null primary key,
    period          text    not null, -- day, week, month
    from_at         bigint  not null,
    until_at        bigint  not null, -- half-open
    edition         integer not null, -- 1, and one more for each correction
    made_at         bigint  not null,
    replaced_at     bigint  not null, -- 0: the newest edition
    answer_seconds  integer not null  -- what counted as in time
);
create unique index report_period on report (period, from_at, edition);

-- Which days' editions a report is made of; a day's own is itself.
create table report_part (
    report_id       bigint  not null references report,
    day_id          bigint  not null references report,
    primary key (report_id, day_id)
);

-- What happened on a day, as it was known when the report was made: never changed.
create table report_fact (
    report_id       bigint  not null references report,
    case_id         bigint  not null,
    report_figure   text    not null, -- a word of record_figure_word()
    figure_at       bigint  not null,
    report_amount   bigint  not null,
    is_within       integer not null, -- in time; satisfied
    reference       text    not null,
    service         text    not null,
    channel         text    not null,
    field           text    not null,
    profession      text    not null,
    division        text    not null,
    team_id         bigint  not null,
    primary key (report_id, case_id, report_figure)
);

-- The numbers of a report, added up for everybody who may read it: the city, each district, each
-- team; and in each by nothing, division, team, channel, profession and field.
create table report_sum (
    report_id       bigint  not null references report,
    sum_scope       text    not null, -- '31', a district, or '' with a team
    sum_team        bigint  not null,
    sum_by          text    not null,
    sum_key         text    not null,
    report_figure   text    not null,
    sum_count       bigint  not null,
    sum_amount      bigint  not null,
    sum_max         bigint  not null,
    sum_within      bigint  not null,
    primary key (report_id, sum_scope, sum_team, sum_by, sum_key, report_figure)
);

-- Minutes on line and rostered, added up by the watch once a minute.
create table duty (
    duty_day        bigint  not null, -- of Shanghai's calendar, counted from 1970
    division        text    not null, -- of the consultants: six digits
    team_id         bigint  not null,
    profession      text    not null,
    on_line_minutes bigint  not null,
    rostered_minutes bigint not null,
    kept_minutes    bigint  not null, -- rostered and on line
    primary key (duty_day, division, team_id, profession)
);

-- What everybody on duty within a scope is told until they have read it.
create table announcement (
    announcement_id bigint  not null primary key,
    division        text    not null, -- told to whoever serves there, or asks from there
    team_id         bigint  not null, -- only this team; 0: all
    by_id           bigint  not null,
    announcement_text text  not null,
    to_residents    integer not null, -- 1: also to those who wait
    made_at         bigint  not null,
    until_at        bigint  not null
);
create index announcement_until on announcement (until_at);

create table announcement_read (
    announcement_id bigint  not null references announcement,
    person_id       bigint  not null,
    at              bigint  not null,
    primary key (announcement_id, person_id)
);

-- Who wants which reports by e-mail, and the letters.
create table subscription (
    person_id       bigint  not null references person,
    period          text    not null,
    address_sealed  text    not null,
    language        text    not null,
    made_at         bigint  not null,
    primary key (person_id, period)
);

create table report_mail (
    mail_id         bigint  not null primary key,
    person_id       bigint  not null references person,
    report_id       bigint  not null references report,
    address_sealed  text    not null,
    language        text    not null,
    state           text    not null, -- queued, sending, sent, failed
    tries           integer not null,
    next_at         bigint  not null, -- when it is due; 0: settled
    made_at         bigint  not null
);
create index report_mail_due on report_mail (next_at) where next_at <> 0;

-- ---- warnings ----

-- migrate: 1
-- Whom it is about: to them there is no such warning; 0: nobody.
alter table alarm add column hidden_from bigint not null default 0;

-- name: find_open_alarm :one
select alarm_id, division, team_id, hidden_from, words_one, words_two from alarm
 where alarm_kind = :alarm_kind and alarm_key = :alarm_key and cleared_at = 0;

-- Of danger, since a moment, there: those that stand and those that are over by now.
-- name: count_dangers :one
select (select count(*) from alarm
         where cleared_at = 0 and raised_at > :raised_at and division = :division
           and alarm_kind in ('danger_life', 'danger_violence', 'danger_case'))
     + (select count(*) from alarm
         where cleared_at > :raised_at and raised_at > :raised_at and division = :division
           and alarm_kind in ('danger_life', 'danger_violence', 'danger_case')) as dangers_count;

-- name: find_alarm :one
select a.alarm_id, a.alarm_kind, a.alarm_level, a.division, a.team_id, a.case_id, a.hidden_from,
       a.raised_at, a.cleared_at, a.rung, a.acknowledged_at,
       coalesce(p.person_name, '') as person_name
  from alarm a left join person p on p.person_id = a.acknowledged_by
 where a.alarm_id = :alarm_id;

-- name: add_alarm :exec
insert into alarm (alarm_id, alarm_kind, alarm_key, alarm_level, division, team_id, case_id,
       hidden_from, words_one, words_two, raised_at, cleared_at, rung, escalate_at, acknowledged_at,
       acknowledged_by, alarm_note)
values (:alarm_id, :alarm_kind, :alarm_key, :alarm_level, :division, :team_id, :case_id,
       :hidden_from, :words_one, :words_two, :raised_at, 0, :rung, :escalate_at, 0, 0, '');

-- name: set_alarm_words :exec
update alarm set words_one = :words_one, words_two = :words_two, team_id = :team_id,
       hidden_from = :hidden_from
 where alarm_id = :alarm_id;

-- name: set_alarm_cleared :exec
update alarm set cleared_at = :cleared_at, escalate_at = 0 where alarm_id = :alarm_id;

-- name: set_alarm_rung :exec
update alarm set rung = :rung, escalate_at = :escalate_at where alarm_id = :alarm_id;

-- name: set_alarm_seen :exec
update alarm set acknowledged_at = :acknowledged_at, acknowledged_by = :acknowledged_by,
       alarm_note = :alarm_note, escalate_at = 0
 where alarm_id = :alarm_id;

-- Complaints some warning may be about: one of their days is near or past, or one was raised.
-- name: list_complaints :many
select c.complaint_id, c.reference, c.consultant_id, c.team_id, c.division, c.kind, c.made_at,
       c.acknowledge_by, c.decide_by, c.acknowledged_at, c.decided_at, coalesce(t.leader_id, 0)
           as leader_id
  from complaint c left join team t on t.team_id = c.team_id
 where (c.state in ('received', 'acknowledged')
        and (c.made_at + (c.decide_by - c.made_at) / 5 * 4 <= :made_at
             or (c.acknowledged_at = 0 and c.acknowledge_by <= :made_at)))
    or c.complaint_id in (select a.case_id from alarm a
                           where a.cleared_at = 0
                             and a.alarm_kind in ('complaint_waits', 'complaint_late',
                                                  'complaint_over'))
 order by c.decide_by, c.complaint_id limit 200;

-- name: list_thresholds :many
select threshold, threshold_value from threshold order by threshold limit 50;

-- name: set_threshold :exec
insert into threshold (threshold, threshold_value, changed_at)
values (:threshold, :threshold_value, :changed_at)
on conflict (threshold) do update set threshold_value = excluded.threshold_value,
       changed_at = excluded.changed_at;

-- What was raised because nobody may handle it.
-- name: list_open_of_kind :many
select alarm_key from alarm
 where alarm_kind = :alarm_kind and cleared_at = 0 and alarm_key > :alarm_key__after
 order by alarm_key limit 200;

-- Whoever can give somebody a role there, the nearest first.
-- name: list_administrators :many
select r.person_id from role r join person p on p.person_id = r.person_id
 where r.role = 'admin' and substr(:division, 1, length(r.scope)) = r.scope
   and p.standing = 'active'
 order by length(r.scope) desc, r.person_id limit 3;

-- Supervisors to be told when an alarm has come to them.
-- name: list_supervisors :many
select r.person_id from role r join person p on p.person_id = r.person_id
 where r.role = 'supervisor' and r.scope = :scope and p.standing = 'active'
 order by r.person_id limit 3;

-- ---- what the watch looks at ----

-- Given up, or tried twice in vain: while a gateway is away all are tried for hours.
-- name: count_failed_notices :one
select (select count(*) from notice where state = 'failed' and made_at >= :made_at
           and problem <> 'not a mobile number: it takes no SMS')
       + (select count(*) from notice where next_at <> 0 and state <> 'sending' and tries >= 2)
       as failed_count;

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

-- ---- reports ----

-- name: find_first_moment :one
select coalesce(min(opened_at), 0) as opened_at from service_record;

-- name: find_newest :one
select report_id, edition, until_at, answer_seconds from report
 where period = :period and from_at = :from_at and replaced_at = 0;

-- name: find_last_until :one
select coalesce(max(until_at), 0) as until_at from report where period = :period;

-- name: add_report :exec
insert into report (report_id, period, from_at, until_at, edition, made_at, replaced_at,
       answer_seconds)
values (:report_id, :period, :from_at, :until_at, :edition, :made_at, 0, :answer_seconds);

-- name: set_replaced :exec
update report set replaced_at = :replaced_at where report_id = :report_id;

-- name: add_part :exec
insert into report_part (report_id, day_id) values (:report_id, :day_id);

-- name: add_parts :exec
insert into report_part (report_id, day_id)
select :report_id, d.report_id from report d
 where d.period = 'day' and d.from_at >= :from_at and d.from_at < :until_at and d.replaced_at = 0;

-- name: add_facts :exec
insert into report_fact (report_id, case_id, report_figure, figure_at, report_amount, is_within,
       reference, service, channel, field, profession, division, team_id)
select :report_id, e.case_id, e.figure, e.at, e.amount,
       case when e.figure = 'talk' and e.amount <= :answer_seconds then 1
            when e.figure = 'rated' and e.amount >= 4 then 1 else 0 end,
       r.reference, r.service, r.channel, r.field, r.profession, r.division, r.team_id
  from record_event e join service_record r on r.case_id = e.case_id
 where e.at >= :from_at and e.at < :until_at
   and e.figure not in ('patience', 'courtesy', 'efficiency', 'correctness');

-- Adds a day up for divisions of so many digits: 2 the city, 6 each district.
-- name: add_sums :exec
insert into report_sum (report_id, sum_scope, sum_team, sum_by, sum_key, report_figure, sum_count,
       sum_amount, sum_max, sum_within)
select f.report_id, substr(f.division, 1, cast(:sum_count__digits as integer)), 0, :sum_by,
       case :sum_by when 'division'
            then substr(f.division, 1, cast(:sum_count__key_digits as integer))
            when 'team' then cast(f.team_id as text) when 'channel' then f.channel
            when 'profession' then f.profession when 'field' then f.field else '' end,
       f.report_figure, count(*), cast(sum(f.report_amount) as bigint),
       max(f.report_amount), cast(sum(f.is_within) as bigint)
  from report_fact f
 where f.report_id = :report_id and length(f.division) >= :sum_count__digits
 group by 1, 2, 3, 4, 5, 6;

-- The same for each team.
-- name: add_team_sums :exec
insert into report_sum (report_id, sum_scope, sum_team, sum_by, sum_key, report_figure, sum_count,
       sum_amount, sum_max, sum_within)
select f.report_id, '', f.team_id, :sum_by,
       case :sum_by when 'division' then substr(f.division, 1, 6)
            when 'team' then cast(f.team_id as text) when 'channel' then f.channel
            when 'profession' then f.profession when 'field' then f.field else '' end,
       f.report_figure, count(*), cast(sum(f.report_amount) as bigint),
       max(f.report_amount), cast(sum(f.is_within) as bigint)
  from report_fact f
 where f.report_id = :report_id and f.team_id > 0
 group by 1, 2, 3, 4, 5, 6;

-- Weeks and months are sums of their days.
-- name: add_sums_of_days :exec
insert into report_sum (report_id, sum_scope, sum_team, sum_by, sum_key, report_figure, sum_count,
       sum_amount, sum_max, sum_within)
select :report_id, s.sum_scope, s.sum_team, s.sum_by, s.sum_key, s.report_figure,
       cast(sum(s.sum_count) as bigint), cast(sum(s.sum_amount) as bigint), max(s.sum_max),
       cast(sum(s.sum_within) as bigint)
  from report_part d join report_sum s on s.report_id = d.day_id
 where d.report_id = :report_id
 group by s.sum_scope, s.sum_team, s.sum_by, s.sum_key, s.report_figure;

-- What is known of a day now and is not in its report as it is; moving a case to another team is
-- no correction.
-- name: count_changed :one
select count(*) as changed_count
  from record_event e join service_record r on r.case_id = e.case_id
  left join report_fact f on f.report_id = :report_id and f.case_id = e.case_id
        and f.report_figure = e.figure and f.figure_at = e.at and f.report_amount = e.amount
        and f.division = r.division and f.channel = r.channel and f.field = r.field
 where e.at >= :from_at and e.at < :until_at
   and e.figure not in ('patience', 'courtesy', 'efficiency', 'correctness')
   and f.case_id is null;

-- And how many of its report's facts there are no more.
-- name: count_gone :one
select count(*) as gone_count from report_fact f
 where f.report_id = :report_id
   and not exists (select 1 from record_event e
                    where e.case_id = f.case_id and e.figure = f.report_figure
                      and e.at = f.figure_at);

-- name: list_reports :many
select report_id, period, from_at, until_at, edition, made_at from report
 where replaced_at = 0 and (:period = '' or period = :period) and from_at < :from_at__before
 order by from_at desc, period desc limit :max_rows; -- max: 101

-- name: find_report :one
select report_id, period, from_at, until_at, edition, made_at, replaced_at, answer_seconds
  from report where report_id = :report_id;

-- name: list_editions :many
select report_id, edition, made_at from report
 where period = :period and from_at = :from_at order by edition limit 50;

-- Of a team with all teams below it as they are now: their sums are added up, each once.
-- name: list_sums :many
select sum_key, report_figure, cast(sum(sum_count) as bigint) as sum_count,
       cast(sum(sum_amount) as bigint) as sum_amount, max(sum_max) as sum_max,
       cast(sum(sum_within) as bigint) as sum_within
  from report_sum
 where report_id = :report_id and sum_scope = :sum_scope
   and (sum_team = :sum_team
        or sum_team in (select b.team_id from team_below b where b.above_id = :sum_team))
   and sum_by = :sum_by
 group by sum_key, report_figure order by sum_key, report_figure limit 20000;

-- For whoever watches less than a district: added up as it is read.
-- name: list_street_sums :many
select case :sum_by when 'division' then f.division
            when 'team' then cast(f.team_id as text) when 'channel' then f.channel
            when 'profession' then f.profession when 'field' then f.field else '' end as sum_key,
       f.report_figure, count(*) as sum_count, cast(sum(f.report_amount) as bigint) as sum_amount,
       max(f.report_amount) as sum_max, cast(sum(f.is_within) as bigint) as sum_within
  from report_part d join report_fact f on f.report_id = d.day_id
 where d.report_id = :report_id
   and substr(f.division, 1, length(:division__scope)) = :division__scope
 group by 1, 2 order by 1, 2 limit 20000;

-- The cases behind a figure: the facts it is the sum of.
-- name: list_behind :many
select f.case_id, f.reference, f.channel, f.field, f.profession, f.division, f.team_id,
       f.figure_at, f.report_amount, f.is_within
  from report_part d join report_fact f on f.report_id = d.day_id
 where d.report_id = :report_id and f.report_figure = :report_figure
   and f.is_within >= :is_within
   and substr(f.division, 1, length(:division__scope)) = :division__scope
   and (:team_id__scope = 0 or f.team_id = :team_id__scope
        or f.team_id in (select b.team_id from team_below b where b.above_id = :team_id__scope))
   and (:sum_by <> 'division'
        or substr(f.division, 1, cast(:sum_count__digits as integer)) = :sum_key)
   and (:sum_by <> 'team' or cast(f.team_id as text) = :sum_key)
   and (:sum_by <> 'tree' or cast(f.team_id as text) = :sum_key
        or f.team_id in (select b.team_id from team_below b
                          where cast(b.above_id as text) = :sum_key))
   and (:sum_by <> 'channel' or f.channel = :sum_key)
   and (:sum_by <> 'profession' or f.profession = :sum_key)
   and (:sum_by <> 'field' or f.field = :sum_key) and f.case_id > :case_id
 order by f.case_id limit :max_rows; -- max: 101

-- name: list_duty :many
select division, cast(sum(on_line_minutes) as bigint) as on_line_minutes,
       cast(sum(rostered_minutes) as bigint) as rostered_minutes,
       cast(sum(kept_minutes) as bigint) as kept_minutes
  from duty where duty_day >= :duty_day__from and duty_day < :duty_day__until
   and substr(division, 1, length(:division__scope)) = :division__scope
   and (:team_id__scope = 0 or team_id = :team_id__scope
        or team_id in (select b.team_id from team_below b where b.above_id = :team_id__scope))
 group by division order by division limit 512;

-- One minute of everybody who is on line or rostered, added to the day.
-- name: add_duty :exec
insert into duty (duty_day, division, team_id, profession, on_line_minutes, rostered_minutes,
       kept_minutes)
select :duty_day, d.division, d.team_id, d.profession, cast(sum(d.is_on_line) as bigint),
       cast(sum(d.is_rostered) as bigint), cast(sum(d.is_on_line * d.is_rostered) as bigint)
  from (select substr(c.division, 1, 6) as division, c.team_id, c.profession,
               case when pr.presence = 'online' and pr.seen_at >= :seen_at then 1 else 0 end
                   as is_on_line,
               case when exists (select 1 from shift s
                                  where s.person_id = c.person_id and s.starts_at <= :starts_at
                                    and s.starts_at > :starts_at__from and s.ends_at > :starts_at
                                    and s.state in ('planned', 'confirmed')) then 1 else 0 end
                   as is_rostered
          from consultant c
          join person p on p.person_id = c.person_id
          left join presence pr on pr.person_id = c.person_id
         where c.standing = 'active' and p.standing = 'active') d
 where d.is_on_line + d.is_rostered > 0
 group by d.division, d.team_id, d.profession
on conflict (duty_day, division, team_id, profession) do update
   set on_line_minutes = duty.on_line_minutes + excluded.on_line_minutes,
       rostered_minutes = duty.rostered_minutes + excluded.rostered_minutes,
       kept_minutes = duty.kept_minutes + excluded.kept_minutes;

-- How long somebody has been waiting for a live talk.
-- name: list_waits :many
select profession, min(phase_at) as phase_at from service_record
 where phase = 'waiting' and opened_at >= :opened_at
 group by profession order by profession limit 20;

-- Of those rostered now, how many are there.
-- name: list_rostered :many
select c.profession, count(*) as rostered_count,
       sum(case when pr.presence = 'online' and pr.seen_at >= :seen_at then 1 else 0 end)
           as kept_count
  from shift s
  join consultant c on c.person_id = s.person_id
  join person p on p.person_id = s.person_id
  left join presence pr on pr.person_id = s.person_id
 where s.starts_at > :starts_at__from and s.starts_at <= :starts_at and s.ends_at > :ends_at
   and s.state in ('planned', 'confirmed') and c.standing = 'active' and p.standing = 'active'
 group by c.profession order by c.profession limit 20;

-- Gaps in tomorrow's roster the roster itself has found.
-- name: list_gaps :many
select s.profession, min(s.starts_at) as starts_at, count(*) as gaps_count
  from shift_alarm a join shift s on s.shift_id = a.shift_id
 where a.settled_at = 0 and s.ends_at > :ends_at
 group by s.profession order by s.profession limit 20;

-- For the demo city: every fourth consultant is on line on a day, for seven of eight hours.
-- name: add_demo_duty :exec
insert into duty (duty_day, division, team_id, profession, on_line_minutes, rostered_minutes,
       kept_minutes)
select :duty_day, substr(c.division, 1, 6), c.team_id, c.profession, count(*) * 420, count(*) * 480,
       count(*) * 420
  from consultant c
 where (c.person_id / 4096 + c.person_id + :duty_day) % :kept_minutes__part = 0
 group by substr(c.division, 1, 6), c.team_id, c.profession
on conflict (duty_day, division, team_id, profession) do nothing;

-- ---- announcements ----

-- name: add_announcement :exec
insert into announcement (announcement_id, division, team_id, by_id, announcement_text,
       to_residents, made_at, until_at)
values (:announcement_id, :division, :team_id, :by_id, :announcement_text, :to_residents, :made_at,
       :until_at);

-- name: find_announcement :one
select division, team_id, announcement_text, until_at from announcement
 where announcement_id = :announcement_id;

-- name: set_announcement_over :exec
update announcement set until_at = :until_at where announcement_id = :announcement_id;

-- name: count_announced :one
select count(*) as announced_count from announcement
 where by_id = :by_id and until_at > :until_at;

-- Those a watcher made or could have made, with how many have read them.
-- name: list_announcements :many
select a.announcement_id, a.division, a.team_id, a.announcement_text, a.to_residents, a.made_at,
       a.until_at, coalesce(p.person_name, '') as person_name,
       (select count(*) from announcement_read r
         where r.announcement_id = a.announcement_id) as read_count
  from announcement a left join person p on p.person_id = a.by_id
 where a.until_at > :until_at
   and substr(a.division, 1, length(:division__scope)) = :division__scope
   and (:team_id__scope = 0 or a.team_id = :team_id__scope)
 order by a.announcement_id desc limit 50;

-- What a consultant has not read yet.
-- name: list_unread :many
select a.announcement_id, a.announcement_text, a.made_at, a.until_at,
       coalesce(p.person_name, '') as person_name
  from announcement a
  join consultant c on c.person_id = :person_id
  left join person p on p.person_id = a.by_id
 where a.until_at > :until_at
   and (a.team_id = c.team_id
        or (a.team_id = 0 and substr(c.division, 1, length(a.division)) = a.division))
   and not exists (select 1 from announcement_read r
                    where r.announcement_id = a.announcement_id and r.person_id = :person_id)
 order by a.announcement_id desc limit 5;

-- name: find_newest_announcement :one
select coalesce(max(announcement_id), 0) as announcement_id from announcement
 where until_at > :until_at;

-- For whoever waits: the newest of their place.
-- name: list_for_residents :many
select announcement_text from announcement
 where until_at > :until_at and to_residents = 1
   and substr(:division, 1, length(division)) = division
 order by announcement_id desc limit 1;

-- name: set_announcement_read :exec
insert into announcement_read (announcement_id, person_id, at)
values (:announcement_id, :person_id, :at)
on conflict (announcement_id, person_id) do nothing;

-- ---- by e-mail: supervision_mail.sql ----

-- migrate: 2
-- Nothing is sent to an address before its reader has opened the link of a letter to it.
alter table subscription add column confirmed_at bigint not null default 0;
alter table subscription add column proof_hash text not null default ''; -- of the link's token
alter table subscription add column proof_id bigint not null default 0; -- of the letter with it
alter table subscription add column proof_tries integer not null default 0;
alter table subscription add column proof_next_at bigint not null default 0; -- 0: settled

-- migrate: 3
create index report_mail_failed on report_mail (made_at) where state = 'failed';
-- Letters with a link of the last day, also of subscriptions that were taken back.
create table subscription_letter (
    letter_id      bigint  not null primary key,
    person_id      bigint  not null, -- who asked
    period         text    not null,
    address_index  text    not null,
    at             bigint  not null
);
create index subscription_letter_person on subscription_letter (person_id, at);
create index subscription_letter_address on subscription_letter (address_index, at);
