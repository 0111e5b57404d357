-- review_subsidy.sql -- what is paid for what was done, month by month, and who is commended.

-- What is paid for what, from a month on.
create table subsidy_policy (
    subsidy_version integer not null primary key,
    from_month     text    not null, -- YYYY-MM
    made_at        bigint  not null,
    by_id          bigint  not null,
    cap_fen        bigint  not null, -- for one person and month; 0: no cap
    handle_min     integer not null  -- seconds; shorter talks are not paid
);
create table subsidy_rate (
    subsidy_version integer not null references subsidy_policy,
    item           text    not null, -- a word of review_item_word()
    fen            bigint  not null,
    count_max      integer not null,
    primary key (subsidy_version, item)
);

-- A month that is closed, or being closed; others are reckoned anew each time.
create table subsidy_month (
    month          text    not null primary key,
    subsidy_version integer not null,
    state          text    not null, -- closing, closed
    asked_at       bigint  not null,
    asked_by       bigint  not null,
    closed_at      bigint  not null
);
create table subsidy_line (
    line_id        bigint  not null primary key,
    month          text    not null,
    person_id      bigint  not null,
    item           text    not null, -- a word of an item, cap, correction
    item_count     integer not null, -- as recorded
    paid_count     integer not null,
    fen            bigint  not null, -- of one
    amount_fen     bigint  not null,
    reason         text    not null, -- of a correction
    at             bigint  not null,
    by_id          bigint  not null
);
create index subsidy_line_of on subsidy_line (month, person_id);
-- The cases behind the lines of a closed month, as they were then.
create table subsidy_case (
    month          text    not null,
    person_id      bigint  not null,
    item           text    not null,
    case_id        bigint  not null,
    primary key (month, person_id, item, case_id)
);

-- A list that was made public stays as it was.
create table commendation (
    period         text    not null, -- 2026-10, 2026-Q3
    place          integer not null,
    person_id      bigint  not null,
    score          integer not null,
    rated_count    integer not null,
    answered_count integer not null,
    at             bigint  not null,
    by_id          bigint  not null,
    primary key (period, place)
);

-- ---- subsidies ----

-- name: find_subsidy_policy :one
select * from subsidy_policy where from_month <= :from_month
 order by from_month desc, subsidy_version desc limit 1;

-- name: find_newest_subsidy :one
select subsidy_version from subsidy_policy order by subsidy_version desc limit 1;

-- name: list_subsidy_policies :many
select s.subsidy_version, s.from_month, s.made_at, s.cap_fen, s.handle_min,
       coalesce(p.person_name, '') as person_name
  from subsidy_policy s left join person p on p.person_id = s.by_id
 order by s.subsidy_version desc limit 50;

-- name: add_subsidy_policy :exec
insert into subsidy_policy (subsidy_version, from_month, made_at, by_id, cap_fen, handle_min)
values (:subsidy_version, :from_month, :made_at, :by_id, :cap_fen, :handle_min);

-- name: list_rates :many
select item, fen, count_max from subsidy_rate where subsidy_version = :subsidy_version
 order by item limit 20;

-- name: add_rate :exec
insert into subsidy_rate (subsidy_version, item, fen, count_max)
values (:subsidy_version, :item, :fen, :count_max);

-- What everybody did in a month, by person, from somebody on: whoever asks goes on behind the last.
-- A case with a complaint that was right is not paid.
-- name: list_done :many
select c.person_id, p.person_name, p.login, c.division, c.team_id, t.team_zh, t.team_en,
       coalesce(w.live_count, 0) as live_count, coalesce(w.message_count, 0) as message_count,
       coalesce(w.late_count, 0) as late_count,
       (select cast(coalesce(sum(s.ends_at - s.starts_at), 0) as bigint) from shift s
         where s.person_id = c.person_id and s.state = 'confirmed'
           and s.starts_at >= :at__from and s.starts_at < :at__until
           and s.ends_at <= :ends_at__now) as shift_seconds,
       (select cast(coalesce(sum(l.credit_minutes), 0) as bigint) from ladder_call l
         where l.person_id = c.person_id
           and l.ended_at >= :at__from and l.ended_at < :at__until) as standby_minutes
  from consultant c
  join person p on p.person_id = c.person_id
  join team t on t.team_id = c.team_id
  left join (select r.consultant_id,
                    sum(case when r.ended_at >= :at__from and r.ended_at < :at__until
                              and r.mode = 'live' and r.talks_count > 0
                              and r.handle_seconds >= :handle_min then 1 else 0 end) as live_count,
                    sum(case when r.answered_at >= :at__from and r.answered_at < :at__until
                              and r.is_late = 0 then 1 else 0 end) as message_count,
                    sum(case when r.answered_at >= :at__from and r.answered_at < :at__until
                              and r.is_late = 1 then 1 else 0 end) as late_count
               from service_record r
              where r.consultant_id > :person_id and r.consultant_id <= :person_id__last
                and not exists (select 1 from complaint k where k.case_id = r.case_id
                                   and k.is_upheld = 1)
              group by r.consultant_id) w on w.consultant_id = c.person_id
 where c.person_id > :person_id and c.person_id <= :person_id__last
   and substr(c.division, 1, length(:division__scope)) = :division__scope
 order by c.person_id limit 5000;

-- The cases behind the counts above: the same conditions, one item.
-- name: list_done_cases :many
select r.case_id, r.reference, r.service, r.ended_at, r.answered_at, r.handle_seconds, r.is_late
  from service_record r
 where r.consultant_id = :consultant_id and r.case_id + 0 > :case_id
   and ((:item = 'live' and r.ended_at >= :at__from and r.ended_at < :at__until
         and r.mode = 'live' and r.talks_count > 0 and r.handle_seconds >= :handle_min)
        or (:item = 'message' and r.answered_at >= :at__from and r.answered_at < :at__until
            and r.is_late = 0)
        or (:item = 'message_late' and r.answered_at >= :at__from and r.answered_at < :at__until
            and r.is_late = 1))
   and not exists (select 1 from complaint k where k.case_id = r.case_id and k.is_upheld = 1)
 order by r.case_id limit 1000;

-- name: keep_done_cases :exec
insert into subsidy_case (month, person_id, item, case_id)
select :month, r.consultant_id, :item, r.case_id
  from service_record r
 where r.consultant_id = :consultant_id
   and ((:item = 'live' and r.ended_at >= :at__from and r.ended_at < :at__until
         and r.mode = 'live' and r.talks_count > 0 and r.handle_seconds >= :handle_min)
        or (:item = 'message' and r.answered_at >= :at__from and r.answered_at < :at__until
            and r.is_late = 0)
        or (:item = 'message_late' and r.answered_at >= :at__from and r.answered_at < :at__until
            and r.is_late = 1))
   and not exists (select 1 from complaint k where k.case_id = r.case_id and k.is_upheld = 1);

-- name: list_kept_cases :many
select r.case_id, r.reference, r.service, r.ended_at, r.answered_at, r.handle_seconds, r.is_late
  from subsidy_case s join service_record r on r.case_id = s.case_id
 where s.month = :month and s.person_id = :person_id and s.item = :item and s.case_id > :case_id
 order by s.case_id limit 1000;

-- name: find_month :one
select * from subsidy_month where month = :month;

-- name: list_months :many
select month, state, closed_at, subsidy_version from subsidy_month order by month desc limit 36;

-- name: add_month :exec
insert into subsidy_month (month, subsidy_version, state, asked_at, asked_by, closed_at)
values (:month, :subsidy_version, 'closing', :asked_at, :asked_by, 0);

-- name: close_month :exec
update subsidy_month set state = 'closed', closed_at = :closed_at
 where month = :month and state = 'closing';

-- name: find_closing :one
select month, subsidy_version from subsidy_month where state = 'closing' order by month limit 1;

-- name: add_line :exec
insert into subsidy_line (line_id, month, person_id, item, item_count, paid_count, fen, amount_fen,
       reason, at, by_id)
values (:line_id, :month, :person_id, :item, :item_count, :paid_count, :fen, :amount_fen,
       :reason, :at, :by_id);

-- name: list_lines :many
select l.line_id, l.person_id, l.item, l.item_count, l.paid_count, l.fen, l.amount_fen, l.reason,
       l.at, p.person_name, p.login, coalesce(t.team_zh, '') as team_zh,
       coalesce(t.team_en, '') as team_en
  from subsidy_line l
  join person p on p.person_id = l.person_id
  left join consultant c on c.person_id = l.person_id
  left join team t on t.team_id = c.team_id
 where l.month = :month and (:person_id__only = 0 or l.person_id = :person_id__only)
   and (l.person_id > :person_id__after
        or (l.person_id = :person_id__after and l.line_id > :line_id__after))
   and substr(coalesce(c.division, ''), 1, length(:division__scope)) = :division__scope
 order by l.person_id, l.line_id limit 10000;

-- ---- commendation ----

-- name: add_commendation :exec
insert into commendation (period, place, person_id, score, rated_count, answered_count, at, by_id)
values (:period, :place, :person_id, :score, :rated_count, :answered_count, :at, :by_id);

-- name: list_commendation :many
select m.place, m.person_id, m.score, m.rated_count, m.answered_count, m.at, p.person_name,
       coalesce(c.profession, '') as profession, coalesce(t.team_zh, '') as team_zh,
       coalesce(t.team_en, '') as team_en, coalesce(c.division, '') as division,
       coalesce(c.team_id, 0) as team_id
  from commendation m
  join person p on p.person_id = m.person_id
  left join consultant c on c.person_id = m.person_id
  left join team t on t.team_id = c.team_id
 where m.period = :period order by m.place limit 200;
