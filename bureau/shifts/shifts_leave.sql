-- shifts_leave.sql -- leave, and swaps among colleagues: how a shift comes into other hands.

create table shift_leave (
    leave_id       bigint  not null primary key,
    person_id      bigint  not null references consultant,
    team_id        bigint  not null references team,
    division       text    not null,
    starts_at      bigint  not null,
    ends_at        bigint  not null,
    leave_kind     text    not null, -- ill, court, holiday, study, other
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

-- ---- leave ----

-- name: list_kinds_clear :many
select leave_id, kind_sealed from shift_leave where length(kind_sealed) < 9
 order by leave_id limit 200;

-- name: set_kind_sealed :exec
update shift_leave set kind_sealed = :kind_sealed where leave_id = :leave_id;

-- name: list_granted :many
select leave_id, starts_at, ends_at from shift_leave
 where person_id = :person_id and state = 'granted' and ends_at > :ends_at
 order by starts_at limit 100;

-- name: count_granted_then :one
select count(*) as leaves_count from shift_leave
 where person_id = :person_id and state = 'granted'
   and starts_at < :starts_at and ends_at > :ends_at;

-- name: add_leave :exec
insert into shift_leave (leave_id, person_id, team_id, division, starts_at, ends_at, kind_sealed,
                         substitute_id, state, asked_at, decided_at, by_id, answer_sealed)
values (:leave_id, :person_id, :team_id, :division, :starts_at, :ends_at, :kind_sealed,
        :substitute_id, :state, :asked_at, :decided_at, :by_id, :answer_sealed);

-- name: find_leave :one
select l.leave_id, l.person_id, l.team_id, l.division, l.starts_at, l.ends_at,
       l.substitute_id, l.state, t.leader_id, p.person_name
  from shift_leave l join team t on t.team_id = l.team_id join person p on p.person_id = l.person_id
 where l.leave_id = :leave_id;

-- name: count_leaves_then :one
select count(*) as leaves_count from shift_leave
 where person_id = :person_id and state in ('asked', 'granted')
   and starts_at < :starts_at and ends_at > :ends_at;

-- Those to come that were not refused or taken back, and all that were asked lately.
-- name: count_leaves_of :one
select coalesce(sum(case when ends_at > :ends_at and state in ('asked', 'granted') then 1
                    else 0 end), 0) as open_count,
       coalesce(sum(case when asked_at > :asked_at then 1 else 0 end), 0) as lately_count
  from shift_leave where person_id = :person_id;

-- name: set_leave :exec
update shift_leave set state = :state, decided_at = :decided_at, by_id = :by_id,
                       answer_sealed = :answer_sealed
 where leave_id = :leave_id;

-- name: list_leaves_mine :many
select leave_id, starts_at, ends_at, kind_sealed, state, answer_sealed from shift_leave
 where person_id = :person_id and ends_at > :ends_at and state <> 'withdrawn'
 order by starts_at limit 40;

-- What a leader or supervisor decides, and what was decided for the days to come.
-- name: list_leaves :many
select l.leave_id, l.person_id, l.starts_at, l.ends_at, l.kind_sealed, l.state, p.person_name,
       t.team_zh, t.team_en, coalesce(b.person_name, '') as person_name__substitute,
       (select count(*) from shift s
         where s.person_id = l.person_id and s.starts_at < l.ends_at and s.ends_at > l.starts_at
           and s.state in ('planned', 'confirmed')) as shifts_count
  from shift_leave l
  join person p on p.person_id = l.person_id
  join team t on t.team_id = l.team_id
  left join person b on b.person_id = l.substitute_id
 where l.ends_at > :ends_at and l.state in ('asked', 'granted')
   and (l.team_id = :team_id__scope
        or substr(l.division, 1, length(:division__scope)) = :division__scope)
 order by l.state, l.starts_at, l.leave_id limit 200;

-- name: count_leaves_asked :one
select count(*) as leaves_count from shift_leave l
 where l.ends_at > :ends_at and l.state = 'asked'
   and (l.team_id = :team_id__scope
        or substr(l.division, 1, length(:division__scope)) = :division__scope);

-- What somebody left for a leave and nobody has taken since.
-- name: list_left :many
select s.shift_id from shift s join shift_past b on b.shift_id = s.shift_id
 where b.person_id = :person_id and s.state = 'open' and s.cause = 'leave'
   and s.starts_at < :starts_at and s.ends_at > :ends_at
 order by s.starts_at limit 300;

-- ---- swaps ----

-- name: add_swap :exec
insert into shift_swap (swap_id, from_id, to_id, give_id, take_id, state, asked_at, lapses_at,
                        settled_at)
values (:swap_id, :from_id, :to_id, :give_id, :take_id, 'asked', :asked_at, :lapses_at, 0);

-- name: find_swap :one
select swap_id, from_id, to_id, give_id, take_id, state, lapses_at from shift_swap
 where swap_id = :swap_id;

-- name: count_swaps_asked :one
select count(*) as swaps_count from shift_swap
 where give_id = :give_id and to_id = :to_id and take_id = :take_id and state = 'asked';

-- name: count_swaps_lately :one
select count(*) as swaps_count from shift_swap where from_id = :from_id and asked_at > :asked_at;

-- name: set_swap :exec
update shift_swap set state = :state, settled_at = :settled_at where swap_id = :swap_id;

-- Asked of a person or by them; settled ones for a week.
-- name: list_swaps :many
select w.swap_id, w.from_id, w.to_id, w.give_id, w.take_id, w.state, w.asked_at,
       f.person_name as person_name__from, o.person_name as person_name__to,
       g.starts_at, g.ends_at, coalesce(k.starts_at, 0) as starts_at__take,
       coalesce(k.ends_at, 0) as ends_at__take
  from shift_swap w
  join person f on f.person_id = w.from_id
  join person o on o.person_id = w.to_id
  join shift g on g.shift_id = w.give_id
  left join shift k on k.shift_id = w.take_id
 where (w.from_id = :person_id or w.to_id = :person_id)
   and (w.state = 'asked' or w.settled_at > :settled_at)
 order by w.asked_at desc limit 60;

-- Shifts of colleagues that could be had in return.
-- name: list_swappable :many
select s.shift_id, s.person_id, s.starts_at, s.ends_at, p.person_name
  from shift s join person p on p.person_id = s.person_id
 where s.team_id = :team_id and s.profession = :profession and s.person_id <> :person_id
   and s.starts_at > :starts_at__from and s.starts_at < :starts_at
   and s.state in ('planned', 'confirmed')
 order by s.person_id, s.starts_at limit 400;

-- Swaps that a change makes void.
-- name: void_swaps :exec
update shift_swap set state = 'void', settled_at = :settled_at
 where state = 'asked' and swap_id <> :swap_id
   and (give_id = :give_id or take_id = :give_id);

-- name: lapse_swaps :exec
update shift_swap set state = 'lapsed', settled_at = :settled_at
 where state = 'asked' and lapses_at <= :settled_at;
