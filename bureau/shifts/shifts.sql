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
    plan_id        bigint  not null, -- 0: added by hand
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
    cause          text    not null, -- of being open or cancelled: place, leave, declined, clash, plan, hand
    is_provisional integer not null, -- 1: the year's calendar was not published yet
    change_count   integer not null, -- how often it changed; calendars order their copies by it
    changed_at     bigint  not null
);
create unique index shift_of_plan on shift (plan_id, day, member_id, part);
create index shift_person on shift (person_id, starts_at);
create index shift_team on shift (team_id, starts_at);
create index shift_time on shift (starts_at);

-- Who held a shift and does not any more: in their calendar it is cancelled.
create table shift_past (
    shift_id       bigint  not null references shift,
    person_id      bigint  not null,
    change_count   integer not null,
    changed_at     bigint  not null,
    primary key (shift_id, person_id)
);
create index shift_past_person on shift_past (person_id);

create table shift_leave (
    leave_id       bigint  not null primary key,
    person_id      bigint  not null references consultant,
    team_id        bigint  not null references team,
    division       text    not null,
    starts_at      bigint  not null,
    ends_at        bigint  not null,
    leave_kind     text    not null, -- ill, court, holiday, study, other
    reason_sealed  text    not null,
    substitute_id  bigint  not null, -- whom the person proposes; 0: nobody
    state          text    not null, -- asked, granted, refused, withdrawn
    asked_at       bigint  not null,
    decided_at     bigint  not null,
    by_id          bigint  not null,
    answer_sealed  text    not null
);
create index shift_leave_person on shift_leave (person_id, ends_at);
create index shift_leave_state on shift_leave (state, starts_at);

create table shift_swap (
    swap_id        bigint  not null primary key,
    from_id        bigint  not null references consultant, -- who asks
    to_id          bigint  not null references consultant, -- who is asked
    give_id        bigint  not null references shift,
    take_id        bigint  not null, -- 0: nothing in return
    state          text    not null, -- asked, done, declined, withdrawn, lapsed, void
    asked_at       bigint  not null,
    lapses_at      bigint  not null, -- when the earlier of the two begins
    settled_at     bigint  not null
);
create index shift_swap_from on shift_swap (from_id, asked_at);
create index shift_swap_to on shift_swap (to_id, asked_at);
create index shift_swap_give on shift_swap (give_id);
create index shift_swap_take on shift_swap (take_id) where take_id <> 0;
create index shift_swap_state on shift_swap (state, lapses_at);

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
