-- shifts.sql -- the roster: rules, plans, dated shifts, leave, swaps, backup lists, feeds, alarms.

-- What the city decided about rest and hours; the highest version counts.
create table shift_rules (
    rules_version  integer not null primary key,
    rest_minutes   integer not null,
    pause_minutes_max integer not null,
    day_minutes_max integer not null,
    week_minutes_max integer not null,
    part_minutes_min integer not null,
    alarm_minute   integer not null,
    weeks_ahead    integer not null,
    made_at        bigint  not null,
    by_id          bigint  not null
);

create table shift_plan (
    plan_id        bigint  not null primary key,
    team_id        bigint  not null references team,
    desk           text    not null, -- consultation, portal, hotline, window
    profession     text    not null,
    from_minute    integer not null,
    to_minute      integer not null, -- past 1440 is the next morning
    weekday_bits   integer not null, -- bit 0 Monday … bit 6 Sunday, bit 7 public holidays
    makeup_as      integer not null, -- weekday a make-up working day is like; 7: not worked
    places_count   integer not null, -- how many are needed at a time
    from_day       text    not null, -- YYYY-MM-DD
    to_day         text    not null, -- '': no end
    made_to        text    not null, -- dated shifts are there up to this day; '': none yet
    made_at        bigint  not null,
    by_id          bigint  not null
);
create index shift_plan_team on shift_plan (team_id);

create table shift_member (
    plan_id        bigint  not null references shift_plan,
    person_id      bigint  not null references consultant,
    weekday_bits   integer not null, -- the days this member comes
    agreed_at      bigint  not null, -- 0: shifts of the plan are to be confirmed one by one
    primary key (plan_id, person_id)
);
create index shift_member_person on shift_member (person_id);

create table shift (
    shift_id       bigint  not null primary key,
    plan_id        bigint  not null, -- 0: given on its own, see shifts_single.c
    member_id      bigint  not null, -- whom the plan named; below 0: a place without a member
    part           integer not null, -- 0; above: what a leave cut off
    team_id        bigint  not null references team,
    desk           text    not null,
    profession     text    not null,
    division       text    not null, -- where whoever it was made for serves
    day            text    not null, -- on which it begins
    starts_at      bigint  not null,
    ends_at        bigint  not null,
    alarm_at       bigint  not null, -- from then on a gap in it is an alarm
    person_id      bigint  not null, -- 0: nobody
    state          text    not null, -- planned, confirmed, open, cancelled
    -- Of being open or cancelled: place, single, leave, declined, clash, plan, hand.
    cause          text    not null,
    is_provisional integer not null, -- 1: the year's calendar was not published yet
    change_count   integer not null, -- how often it changed; calendars order their copies by it
    changed_at     bigint  not null
);
create unique index shift_of_plan on shift (plan_id, day, member_id, part);
create index shift_person on shift (person_id, starts_at);
create index shift_team on shift (team_id, starts_at);
create index shift_time on shift (starts_at);
create index shift_provisional on shift (starts_at) where is_provisional = 1;

-- Who held a shift and does not any more: in their calendar it is cancelled.
create table shift_past (
    shift_id       bigint  not null references shift,
    person_id      bigint  not null,
    change_count   integer not null,
    changed_at     bigint  not null,
    primary key (shift_id, person_id)
);
create index shift_past_person on shift_past (person_id);

-- Who is called in when the roster cannot carry the load, in order of contact.
create table shift_backup (
    backup_id      bigint  not null primary key,
    division       text    not null, -- a district, or the city
    profession     text    not null,
    position       integer not null,
    person_id      bigint  not null references consultant,
    by_id          bigint  not null,
    made_at        bigint  not null
);
create unique index shift_backup_person on shift_backup (division, profession, person_id);
create index shift_backup_order on shift_backup (profession, division, position);

create table shift_feed (
    feed_id        bigint  not null primary key,
    person_id      bigint  not null references consultant,
    token_hash     text    not null,
    made_at        bigint  not null,
    ended_at       bigint  not null -- 0: good
);
create unique index shift_feed_token on shift_feed (token_hash);
create index shift_feed_person on shift_feed (person_id, ended_at);

create table shift_alarm (
    shift_id       bigint  not null primary key references shift,
    cause          text    not null, -- nobody, unconfirmed, suspended, unqualified
    raised_at      bigint  not null,
    settled_at     bigint  not null -- 0: still a gap
);
create index shift_alarm_open on shift_alarm (settled_at, raised_at);

-- ---- what other rooms ask (shifts_acts.h) ----

-- No shift lasts longer than :starts_at__from looks back.
-- name: count_held :one
select count(*) as shifts_count from shift
 where person_id = :person_id and state in ('planned', 'confirmed')
   and starts_at <= :starts_at and ends_at > :ends_at;

-- name: count_on_duty :one
select count(*) as people_count
  from shift s
  join consultant c on c.person_id = s.person_id
  join person p on p.person_id = s.person_id
 where s.starts_at > :starts_at__from and s.starts_at <= :starts_at and s.ends_at > :ends_at
   and s.state in ('planned', 'confirmed')
   and (:profession = '' or s.profession = :profession)
   and substr(s.division, 1, length(:division__scope)) = :division__scope
   and c.standing = 'active' and p.standing = 'active' and c.verified_at > 0
   and (c.licence_until = 0 or c.licence_until > :licence_until);

-- Who is meant to be there now, in a division, below it, or for what it lies in; the nearest first.
-- name: list_there :many
select s.person_id
  from shift s
  join consultant c on c.person_id = s.person_id
  join person p on p.person_id = s.person_id
 where s.starts_at > :starts_at__from and s.starts_at <= :starts_at and s.ends_at > :ends_at
   and s.state in ('planned', 'confirmed')
   and (substr(s.division, 1, length(:division__scope)) = :division__scope
        or substr(:division__scope, 1, length(s.division)) = s.division)
   and c.standing = 'active' and p.standing = 'active' and c.verified_at > 0
   and (c.licence_until = 0 or c.licence_until > :licence_until)
 order by length(s.division) desc, s.person_id limit 20;

-- name: list_cover :many
select s.starts_at, s.ends_at, count(*) as people_count
  from shift s
  join consultant c on c.person_id = s.person_id
  join person p on p.person_id = s.person_id
 where s.starts_at > :starts_at__from and s.starts_at < :starts_at and s.ends_at > :ends_at
   and s.state in ('planned', 'confirmed')
   and (:profession = '' or s.profession = :profession)
   and substr(s.division, 1, length(:division__scope)) = :division__scope
   and c.standing = 'active' and p.standing = 'active' and c.verified_at > 0
   and (c.licence_until = 0 or c.licence_until >= s.ends_at)
 group by s.starts_at, s.ends_at limit 2000;

-- In order of contact: the division's own list, then those of what it lies in.
-- name: list_callable :many
select b.backup_id, b.division, b.position, b.person_id, p.person_name, p.login, p.phone_sealed,
       c.team_id, t.team_zh, t.team_en
  from shift_backup b
  join consultant c on c.person_id = b.person_id
  join person p on p.person_id = b.person_id
  join team t on t.team_id = c.team_id
 where b.profession = :profession
   and substr(:division, 1, length(b.division)) = b.division
   and c.standing = 'active' and p.standing = 'active' and c.verified_at > 0
   and (c.licence_until = 0 or c.licence_until > :licence_until)
 order by length(b.division) desc, b.position, b.backup_id limit 200;

-- ---- rules ----

-- name: find_rules :one
select rules_version, rest_minutes, pause_minutes_max, day_minutes_max, week_minutes_max,
       part_minutes_min, alarm_minute, weeks_ahead, made_at
  from shift_rules order by rules_version desc limit 1;

-- name: add_rules :exec
insert into shift_rules (rules_version, rest_minutes, pause_minutes_max, day_minutes_max,
                         week_minutes_max, part_minutes_min, alarm_minute, weeks_ahead, made_at,
                         by_id)
values (:rules_version, :rest_minutes, :pause_minutes_max, :day_minutes_max, :week_minutes_max,
        :part_minutes_min, :alarm_minute, :weeks_ahead, :made_at, :by_id);

-- ---- plans ----

-- name: list_plans :many
select pl.plan_id, pl.team_id, pl.desk, pl.profession, pl.from_minute, pl.to_minute,
       pl.weekday_bits, pl.makeup_as, pl.places_count, pl.from_day, pl.to_day, t.team_zh, t.team_en,
       (select count(*) from shift_member m where m.plan_id = pl.plan_id) as members_count
  from shift_plan pl join team t on t.team_id = pl.team_id
 where (pl.team_id = :team_id__scope
        or substr(t.division, 1, length(:division__scope)) = :division__scope)
   and (:team_id__chosen = 0 or pl.team_id = :team_id__chosen)
   and (pl.to_day = '' or pl.to_day >= :to_day)
 order by t.team_code, pl.desk, pl.from_minute, pl.plan_id limit 500;

-- A team's other plans that go on or are to come.
-- name: count_plans :one
select count(*) as plans_count from shift_plan
 where team_id = :team_id and plan_id <> :plan_id and (to_day = '' or to_day >= :to_day);

-- name: find_plan :one
select pl.plan_id, pl.team_id, pl.desk, pl.profession, pl.from_minute, pl.to_minute,
       pl.weekday_bits, pl.makeup_as, pl.places_count, pl.from_day, pl.to_day, pl.made_to,
       t.team_zh, t.team_en, t.division, t.leader_id
  from shift_plan pl join team t on t.team_id = pl.team_id
 where pl.plan_id = :plan_id;

-- name: add_plan :exec
insert into shift_plan (plan_id, team_id, desk, profession, from_minute, to_minute, weekday_bits,
                        makeup_as, places_count, from_day, to_day, made_to, made_at, by_id)
values (:plan_id, :team_id, :desk, :profession, :from_minute, :to_minute, :weekday_bits,
        :makeup_as, :places_count, :from_day, :to_day, '', :made_at, :by_id);

-- name: save_plan :exec
update shift_plan set weekday_bits = :weekday_bits, makeup_as = :makeup_as,
                      places_count = :places_count, to_day = :to_day
 where plan_id = :plan_id;

-- Plans whose shifts do not reach far enough, or hold what a calendar has now made certain.
-- name: list_short_plans :many
select plan_id from shift_plan
 where made_to < :made_to and (to_day = '' or made_to < to_day) order by plan_id limit 20;

-- name: set_made_to :exec
update shift_plan set made_to = :made_to where plan_id = :plan_id;

-- name: set_made_again :exec
update shift_plan set made_to = ''
 where plan_id in (select s.plan_id from shift s where s.is_provisional = 1 and s.day = :day);

-- name: find_provisional :one
select coalesce(min(day), '') as day from shift where is_provisional = 1 and starts_at > :starts_at;

-- name: list_members :many
select m.person_id, m.weekday_bits, m.agreed_at, p.person_name, p.login, c.division,
       c.standing, c.verified_at, c.licence_until
  from shift_member m
  join person p on p.person_id = m.person_id
  join consultant c on c.person_id = m.person_id
 where m.plan_id = :plan_id order by p.login limit 200;

-- name: set_member :exec
insert into shift_member (plan_id, person_id, weekday_bits, agreed_at)
values (:plan_id, :person_id, :weekday_bits, :agreed_at)
on conflict (plan_id, person_id) do update set weekday_bits = excluded.weekday_bits;

-- name: drop_member :exec
delete from shift_member where plan_id = :plan_id and person_id = :person_id;

-- name: set_agreed :exec
update shift_member set agreed_at = :agreed_at
 where plan_id = :plan_id and person_id = :person_id and agreed_at = 0;

-- Who could serve in a plan: the team's consultants of that profession.
-- name: list_team_people :many
select c.person_id, p.person_name, p.login, c.division, c.verified_at, c.licence_until
  from consultant c join person p on p.person_id = c.person_id
 where c.team_id = :team_id and c.profession = :profession and c.standing = 'active'
   and p.standing = 'active'
 order by p.login limit 300;

-- ---- shifts ----

-- name: list_of_plan :many
select shift_id, member_id, part, day, starts_at, ends_at, person_id, state, cause, is_provisional,
       change_count
  from shift where plan_id = :plan_id and day >= :day and day <= :day__to
 order by day, member_id, part limit 9000;

-- name: add_shift :exec
insert into shift (shift_id, plan_id, member_id, part, team_id, desk, profession, division, day,
                   starts_at, ends_at, alarm_at, person_id, state, cause, is_provisional,
                   change_count, changed_at)
values (:shift_id, :plan_id, :member_id, :part, :team_id, :desk, :profession, :division, :day,
        :starts_at, :ends_at, :alarm_at, :person_id, :state, :cause, :is_provisional,
        0, :changed_at);

-- name: set_shift :exec
update shift set starts_at = :starts_at, ends_at = :ends_at, person_id = :person_id,
                 state = :state, cause = :cause, change_count = change_count + 1,
                 changed_at = :changed_at
 where shift_id = :shift_id;

-- name: set_certain :exec
update shift set is_provisional = 0, alarm_at = :alarm_at where shift_id = :shift_id;

-- name: set_past :exec
insert into shift_past (shift_id, person_id, change_count, changed_at)
values (:shift_id, :person_id, :change_count, :changed_at)
on conflict (shift_id, person_id) do update
   set change_count = excluded.change_count, changed_at = excluded.changed_at;

-- name: drop_past :exec
delete from shift_past where shift_id = :shift_id and person_id = :person_id;

-- name: find_shift :one
select s.shift_id, s.plan_id, s.member_id, s.part, s.team_id, s.desk, s.profession, s.division,
       s.day, s.starts_at, s.ends_at, s.alarm_at, s.person_id, s.state, s.cause, s.is_provisional,
       s.change_count, t.team_zh, t.team_en, t.leader_id,
       coalesce(p.person_name, '') as person_name, coalesce(p.standing, '') as standing,
       coalesce(c.standing, '') as standing__service, coalesce(c.verified_at, 0) as verified_at,
       coalesce(c.licence_until, 0) as licence_until
  from shift s
  join team t on t.team_id = s.team_id
  left join person p on p.person_id = s.person_id
  left join consultant c on c.person_id = s.person_id
 where s.shift_id = :shift_id;

-- name: find_last_part :one
select coalesce(max(part), 0) as part from shift
 where plan_id = :plan_id and day = :day and member_id = :member_id;

-- What a person holds around a time, for the rules.
-- name: list_held :many
select shift_id, starts_at, ends_at from shift
 where person_id = :person_id and starts_at < :starts_at and starts_at > :starts_at__from
   and ends_at > :ends_at and state in ('planned', 'confirmed')
 order by starts_at limit 600;

-- The day view, and the gaps: within the reader's bounds.
-- name: list_roster :many
select s.shift_id, s.team_id, s.desk, s.profession, s.day, s.starts_at, s.ends_at, s.person_id,
       s.state, s.cause, s.is_provisional, t.team_zh, t.team_en,
       coalesce(p.person_name, '') as person_name, coalesce(p.standing, '') as standing,
       coalesce(c.standing, '') as standing__service, coalesce(c.verified_at, 0) as verified_at,
       coalesce(c.licence_until, 0) as licence_until
  from shift s
  join team t on t.team_id = s.team_id
  left join person p on p.person_id = s.person_id
  left join consultant c on c.person_id = s.person_id
 where s.starts_at > :starts_at__from and s.starts_at < :starts_at and s.ends_at > :ends_at
   and s.state <> 'cancelled'
   and (s.team_id = :team_id__scope
        or substr(s.division, 1, length(:division__scope)) = :division__scope)
   and (:team_id__chosen = 0 or s.team_id = :team_id__chosen)
   and (:desk = '' or s.desk = :desk)
   and (:profession = '' or s.profession = :profession)
 order by t.team_code, s.starts_at, s.desk, p.login, s.shift_id limit 1500;

-- name: list_week :many
select s.team_id, s.day, t.team_zh, t.team_en, count(*) as shifts_count,
       sum(case when s.state = 'open' or s.state = 'planned' or c.standing <> 'active'
                     or p.standing <> 'active' or c.verified_at = 0
                     or (c.licence_until > 0 and c.licence_until < s.ends_at)
                then 1 else 0 end) as gaps_count
  from shift s
  join team t on t.team_id = s.team_id
  left join person p on p.person_id = s.person_id
  left join consultant c on c.person_id = s.person_id
 where s.starts_at > :starts_at__from and s.starts_at < :starts_at and s.state <> 'cancelled'
   and (s.team_id = :team_id__scope
        or substr(s.division, 1, length(:division__scope)) = :division__scope)
   and (:team_id__chosen = 0 or s.team_id = :team_id__chosen)
   and (:desk = '' or s.desk = :desk)
   and (:profession = '' or s.profession = :profession)
 group by s.team_id, s.day, t.team_zh, t.team_en, t.team_code
 order by t.team_code, s.day limit 3500;

-- By desk: who is there now, and when the next come.
-- name: list_desks_now :many
select s.desk, count(*) as people_count, min(s.ends_at) as ends_at
  from shift s join consultant c on c.person_id = s.person_id
  join person p on p.person_id = s.person_id
 where s.starts_at > :starts_at__from and s.starts_at <= :starts_at and s.ends_at > :ends_at
   and s.state in ('planned', 'confirmed') and c.standing = 'active' and p.standing = 'active'
   and c.verified_at > 0 and (c.licence_until = 0 or c.licence_until > :licence_until)
   and (s.team_id = :team_id__scope
        or substr(s.division, 1, length(:division__scope)) = :division__scope)
 group by s.desk order by s.desk limit 20;

-- name: list_desks_next :many
select s.desk, s.starts_at, count(*) as people_count
  from shift s join consultant c on c.person_id = s.person_id
  join person p on p.person_id = s.person_id
 where s.starts_at > :starts_at__from and s.starts_at < :starts_at
   and s.state in ('planned', 'confirmed') and c.standing = 'active' and p.standing = 'active'
   and c.verified_at > 0 and (c.licence_until = 0 or c.licence_until > s.starts_at)
   and (s.team_id = :team_id__scope
        or substr(s.division, 1, length(:division__scope)) = :division__scope)
 group by s.desk, s.starts_at order by s.starts_at, s.desk limit 200;

-- name: confirm_all :exec
update shift set state = 'confirmed', change_count = change_count + 1, changed_at = :changed_at
 where plan_id = :plan_id and person_id = :person_id and state = 'planned'
   and starts_at > :changed_at;

-- A person's own, from a moment on.
-- name: list_mine :many
select s.shift_id, s.team_id, s.desk, s.profession, s.day, s.starts_at, s.ends_at, s.person_id,
       s.state, s.cause, s.is_provisional, t.team_zh, t.team_en, p.person_name, p.standing,
       c.standing as standing__service, c.verified_at, c.licence_until
  from shift s
  join team t on t.team_id = s.team_id
  join person p on p.person_id = s.person_id
  join consultant c on c.person_id = s.person_id
 where s.person_id = :person_id and s.ends_at > :ends_at and s.state in ('planned', 'confirmed')
 order by s.starts_at limit 120;

-- Those of no plan that are still to come.
-- name: list_singles :many
select s.shift_id, s.team_id, s.desk, s.profession, s.day, s.starts_at, s.ends_at, s.person_id,
       s.state, s.cause, s.is_provisional, t.team_zh, t.team_en,
       coalesce(p.person_name, '') as person_name, coalesce(p.standing, '') as standing,
       coalesce(c.standing, '') as standing__service, coalesce(c.verified_at, 0) as verified_at,
       coalesce(c.licence_until, 0) as licence_until
  from shift s
  join team t on t.team_id = s.team_id
  left join person p on p.person_id = s.person_id
  left join consultant c on c.person_id = s.person_id
 where s.plan_id = 0 and s.day >= :day and s.ends_at > :ends_at
   and (s.team_id = :team_id__scope
        or substr(s.division, 1, length(:division__scope)) = :division__scope)
 order by s.starts_at, s.shift_id limit 200;

-- ---- alarms ----

-- name: list_gaps :many
select s.shift_id, s.team_id, s.starts_at, s.ends_at, s.day, s.state, t.leader_id, t.team_zh,
       coalesce(p.standing, '') as standing, coalesce(c.standing, '') as standing__service,
       coalesce(c.verified_at, 0) as verified_at, coalesce(c.licence_until, 0) as licence_until
  from shift s
  join team t on t.team_id = s.team_id
  left join person p on p.person_id = s.person_id
  left join consultant c on c.person_id = s.person_id
 where s.starts_at > :starts_at__from and s.starts_at < :starts_at and s.alarm_at <= :alarm_at
   and s.ends_at > :ends_at and s.state <> 'cancelled'
   and (s.state = 'open' or s.state = 'planned' or c.standing <> 'active'
        or p.standing <> 'active' or c.verified_at = 0
        or (c.licence_until > 0 and c.licence_until < s.ends_at))
   and not exists (select 1 from shift_alarm a where a.shift_id = s.shift_id and a.settled_at = 0)
 order by s.team_id, s.starts_at, s.shift_id limit 200;

-- name: set_alarm :exec
insert into shift_alarm (shift_id, cause, raised_at, settled_at)
values (:shift_id, :cause, :raised_at, 0)
on conflict (shift_id) do update
   set cause = excluded.cause, raised_at = excluded.raised_at, settled_at = 0;

-- name: settle_alarms :exec
update shift_alarm set settled_at = :settled_at
 where settled_at = 0 and shift_id not in (
       select s.shift_id from shift s
         left join person p on p.person_id = s.person_id
         left join consultant c on c.person_id = s.person_id
        where s.starts_at > :starts_at__from and s.starts_at < :starts_at
          and s.ends_at > :ends_at and s.state <> 'cancelled'
          and (s.state = 'open' or s.state = 'planned' or c.standing <> 'active'
               or p.standing <> 'active' or c.verified_at = 0
               or (c.licence_until > 0 and c.licence_until < s.ends_at)));

-- name: list_alarms :many
select a.shift_id, a.cause, a.raised_at, s.starts_at, s.ends_at, s.desk, s.profession, s.team_id,
       t.team_zh, t.team_en, coalesce(p.person_name, '') as person_name
  from shift_alarm a
  join shift s on s.shift_id = a.shift_id
  join team t on t.team_id = s.team_id
  left join person p on p.person_id = s.person_id
 where a.settled_at = 0 and s.ends_at > :ends_at
   and (s.team_id = :team_id__scope
        or substr(s.division, 1, length(:division__scope)) = :division__scope)
 order by s.starts_at, t.team_code, a.shift_id limit 60;

-- name: list_some_rostered :many
select shift_id, person_id, day, starts_at, ends_at from shift
 where day = :day and state = 'confirmed' order by shift_id limit 300;

-- ---- calendar feeds ----

-- name: add_feed :exec
insert into shift_feed (feed_id, person_id, token_hash, made_at, ended_at)
values (:feed_id, :person_id, :token_hash, :made_at, 0);

-- name: end_feeds :exec
update shift_feed set ended_at = :ended_at where person_id = :person_id and ended_at = 0;

-- name: find_feed :one
select f.person_id, p.person_name from shift_feed f
  join person p on p.person_id = f.person_id
  join consultant c on c.person_id = f.person_id
 where f.token_hash = :token_hash and f.ended_at = 0 and p.standing = 'active'
   and c.standing = 'active';

-- name: find_own_feed :one
select coalesce(max(made_at), 0) as made_at from shift_feed
 where person_id = :person_id and ended_at = 0;

-- name: list_feed :many
select s.shift_id, s.desk, s.profession, s.starts_at, s.ends_at, s.state, s.change_count,
       s.changed_at, s.is_provisional, t.team_zh, t.team_en
  from shift s join team t on t.team_id = s.team_id
 where s.person_id = :person_id and s.starts_at > :starts_at
   and s.state in ('planned', 'confirmed')
 order by s.starts_at limit 500;

-- What they held and do not any more; never those a leave cut off, which were never in it.
-- name: list_feed_past :many
select s.shift_id, s.desk, s.profession, s.starts_at, s.ends_at, b.change_count, b.changed_at,
       t.team_zh, t.team_en
  from shift_past b
  join shift s on s.shift_id = b.shift_id
  join team t on t.team_id = s.team_id
 where b.person_id = :person_id and b.change_count > 0 and s.starts_at > :starts_at
 order by s.starts_at limit 500;

-- ---- backup lists ----

-- name: add_backup :exec
insert into shift_backup (backup_id, division, profession, position, person_id, by_id, made_at)
values (:backup_id, :division, :profession, :position, :person_id, :by_id, :made_at);

-- A reader of a division sees its lists and those of what it lies in.
-- name: list_backups :many
select b.backup_id, b.division, b.profession, b.position, b.person_id, p.person_name, p.login,
       p.standing, c.standing as standing__service, c.verified_at, c.licence_until, t.team_zh,
       t.team_en, d.division_zh, d.division_en
  from shift_backup b
  join person p on p.person_id = b.person_id
  join consultant c on c.person_id = b.person_id
  join team t on t.team_id = c.team_id
  join division d on d.division = b.division
 where (substr(b.division, 1, length(:division__scope)) = :division__scope
        or substr(:division__scope, 1, length(b.division)) = b.division)
   and (:profession = '' or b.profession = :profession)
 order by b.division, b.profession, b.position, b.backup_id limit 600;

-- name: find_backup :one
select backup_id, division, profession, position from shift_backup where backup_id = :backup_id;

-- name: find_backup_end :one
select coalesce(max(position), 0) as position,
       coalesce(sum(case when person_id = :person_id then 1 else 0 end), 0) as same_count
  from shift_backup where division = :division and profession = :profession;

-- name: find_backup_before :one
select backup_id, position from shift_backup
 where division = :division and profession = :profession and position < :position
 order by position desc limit 1;

-- name: count_singles :one
select count(*) as shifts_count from shift
 where team_id = :team_id and starts_at > :starts_at and day = :day and plan_id = 0
   and state <> 'cancelled';

-- name: set_backup_position :exec
update shift_backup set position = :position where backup_id = :backup_id;

-- name: drop_backup :exec
delete from shift_backup where backup_id = :backup_id;

-- migrate: 1
-- That somebody was ill is nobody's but theirs and who decides: sealed.  What stands there in clear
-- from before is a short word, and sealed by and by.
alter table shift_leave rename column leave_kind to kind_sealed;
create index shift_leave_clear on shift_leave (leave_id) where length(kind_sealed) < 9;
