-- appointment.sql -- the times lines of halls publish, and who has which.
--
-- A place of a time is a row with is_taken = 1: the unique index appointment_place is what keeps
-- two people from having the same one, whoever asks at once and on whichever node.

create table appointment_plan (
    line_id        bigint  not null primary key references hall_line,
    hall_id        bigint  not null references hall,
    slot_minutes   integer not null,
    places_count   integer not null, -- people at once
    ahead_days     integer not null,
    is_published   integer not null
);
create index appointment_plan_hall on appointment_plan (hall_id);

-- What people can come for.
create table appointment_plan_item (
    item           text    not null,
    line_id        bigint  not null references appointment_plan,
    primary key (item, line_id)
);
create index appointment_plan_item_of on appointment_plan_item (line_id);

create table appointment_now (
    appointment_id bigint  not null primary key,
    reference      text    not null,
    line_id        bigint  not null references hall_line,
    hall_id        bigint  not null references hall,
    item           text    not null,
    starts_at      bigint  not null,
    ends_at        bigint  not null,
    place_number   integer not null, -- 0 … places_count - 1
    is_taken       integer not null, -- its place is nobody else's
    state          text    not null, -- a word of appointment_state_word()
    owner_id       bigint  not null, -- a resident, or a guest of a browser
    name_sealed    text    not null,
    phone_sealed   text    not null,
    phone_index    text    not null, -- keyed; '' while it is held
    is_proved      integer not null, -- the number was proved by whoever booked
    words_sealed   text    not null, -- what it is about
    case_id        bigint  not null, -- what was applied for; 0
    language       text    not null,
    made_at        bigint  not null,
    hold_until     bigint  not null,
    origin_index   text    not null, -- keyed, of the address while it is held; ''
    moves_count    integer not null,
    settled_at     bigint  not null, -- came, absent, cancelled, called off; 0
    by_id          bigint  not null  -- who said so; 0
);
create unique index appointment_reference on appointment_now (reference);
create unique index appointment_place on appointment_now (line_id, starts_at, place_number)
 where is_taken = 1;
create index appointment_owner on appointment_now (owner_id, starts_at);
create index appointment_phone on appointment_now (phone_index, starts_at) where phone_index <> '';
create index appointment_day on appointment_now (hall_id, starts_at) where is_taken = 1;
create index appointment_case on appointment_now (case_id) where case_id > 0;
create index appointment_origin on appointment_now (origin_index) where origin_index <> '';
create index appointment_ended on appointment_now (ends_at);

-- migrate: 1
alter table appointment_now add column ticket_id bigint not null default 0; -- drawn on arriving; 0
alter table appointment_now add column typed_by bigint not null default 0; -- booked it for them; 0

-- ---- what is published ----

-- name: find_plan :one
select p.line_id, p.hall_id, p.slot_minutes, p.places_count, p.ahead_days, p.is_published,
       l.letter, l.line_zh, l.line_en, l.is_active, h.hall_zh, h.hall_en, h.address_zh,
       h.address_en, h.hall_phone, h.division, h.is_active as is_active__hall
  from appointment_plan p join hall_line l on l.line_id = p.line_id
  join hall h on h.hall_id = p.hall_id
 where p.line_id = :line_id;

-- name: set_plan :exec
insert into appointment_plan (line_id, hall_id, slot_minutes, places_count, ahead_days,
       is_published)
values (:line_id, :hall_id, :slot_minutes, :places_count, :ahead_days, :is_published)
on conflict (line_id) do update set slot_minutes = excluded.slot_minutes,
       places_count = excluded.places_count, ahead_days = excluded.ahead_days,
       is_published = excluded.is_published;

-- name: drop_plan_items :exec
delete from appointment_plan_item where line_id = :line_id;

-- name: add_plan_item :exec
insert into appointment_plan_item (item, line_id) values (:item, :line_id);

-- name: list_plan_items :many
select item from appointment_plan_item where line_id = :line_id order by item limit 100;

-- name: list_items :many
select i.item, count(*) as lines_count
  from appointment_plan_item i join appointment_plan p on p.line_id = i.line_id
  join hall_line l on l.line_id = p.line_id join hall h on h.hall_id = p.hall_id
 where p.is_published = 1 and l.is_active = 1 and h.is_active = 1
 group by i.item order by i.item limit 400;

-- name: find_plan_item :one
select count(*) as lines_count from appointment_plan_item
 where item = :item and line_id = :line_id;

-- Where people can come for it, by how near that is to a district: see list_near.
-- name: list_offices :many
select p.line_id, p.hall_id, p.slot_minutes, p.places_count, p.ahead_days, l.line_zh, l.line_en,
       h.hall_zh, h.hall_en, h.address_zh, h.address_en, h.hall_phone, h.division,
       case when substr(h.division, 1, 6) = :division then 0
            when exists (select 1 from ladder_border b
                          where b.division = :division
                            and b.neighbour = substr(h.division, 1, 6)) then 1
            else 2 end as rings_count
  from appointment_plan_item i join appointment_plan p on p.line_id = i.line_id
  join hall_line l on l.line_id = p.line_id join hall h on h.hall_id = p.hall_id
 where i.item = :item and p.is_published = 1 and l.is_active = 1 and h.is_active = 1
 order by rings_count, h.division, h.hall_id, l.letter limit 100;

-- name: list_plans_of_hall :many
select p.line_id, p.slot_minutes, p.places_count, p.ahead_days, p.is_published
  from appointment_plan p where p.hall_id = :hall_id order by p.line_id limit 26;

-- ---- places ----

-- What is taken of a line in some days, as `now` stands: by beginning.
-- name: list_taken :many
select starts_at, ends_at, count(*) as taken_count from appointment_now
 where line_id = :line_id and is_taken = 1 and starts_at >= :starts_at__from
   and starts_at < :starts_at__before
   and not (state = 'held' and hold_until <= :hold_until)
 group by starts_at, ends_at order by starts_at, ends_at limit 9000;

-- Who is in the way of a time; nothing is longer than some hours.
-- name: list_in_the_way :many
select place_number from appointment_now
 where line_id = :line_id and is_taken = 1 and starts_at > :starts_at__from
   and starts_at < :ends_at__new and ends_at > :starts_at__new
   and appointment_id <> :appointment_id
 order by place_number limit 400;

-- (2): what lapsed in that line, so that its place can be given away.
-- name: lapse_holds :exec
update appointment_now set state = 'lapsed', is_taken = 0, origin_index = ''
 where line_id = :line_id and is_taken = 1 and starts_at > :starts_at__from
   and starts_at < :starts_at__before and state = 'held' and hold_until <= :hold_until;

-- Nothing, where somebody has the place.
-- name: add_held :exec
insert into appointment_now (appointment_id, reference, line_id, hall_id, item, starts_at, ends_at,
       place_number, is_taken, state, owner_id, name_sealed, phone_sealed, phone_index, is_proved,
       words_sealed, case_id, language, made_at, hold_until, origin_index, moves_count,
       settled_at, by_id)
values (:appointment_id, :reference, :line_id, :hall_id, :item, :starts_at, :ends_at,
       :place_number, 1, 'held', :owner_id, '', '', '', 0,
       '', :case_id, :language, :made_at, :hold_until, :origin_index, 0,
       0, 0)
on conflict (line_id, starts_at, place_number) where is_taken = 1 do nothing;

-- name: count_holds :one
select count(*) as holds_count from appointment_now
 where origin_index = :origin_index and origin_index <> '' and state = 'held'
   and hold_until > :hold_until;

-- Whoever chooses another time gives up the one that was kept for them.
-- name: list_holds_of :many
select appointment_id from appointment_now
 where owner_id = :owner_id and state = 'held' and is_taken = 1 order by appointment_id limit 20;

-- name: lapse :exec
update appointment_now set state = 'lapsed', is_taken = 0, origin_index = ''
 where appointment_id = :appointment_id and state = 'held';

-- Another place, or the same one again after it lapsed.
-- name: set_place :exec
update appointment_now
   set line_id = :line_id, hall_id = :hall_id, starts_at = :starts_at, ends_at = :ends_at,
       place_number = :place_number, is_taken = 1, state = :state, moves_count = :moves_count,
       settled_at = 0, by_id = 0
 where appointment_id = :appointment_id;

-- name: set_booked :exec
update appointment_now
   set state = 'booked', name_sealed = :name_sealed, phone_sealed = :phone_sealed,
       phone_index = :phone_index, is_proved = :is_proved, words_sealed = :words_sealed,
       origin_index = ''
 where appointment_id = :appointment_id;

-- name: set_state :exec
update appointment_now
   set state = :state, is_taken = :is_taken, settled_at = :settled_at, by_id = :by_id
 where appointment_id = :appointment_id;

-- The number somebody drew on arriving.
-- name: set_ticket :exec
update appointment_now set ticket_id = :ticket_id
 where appointment_id = :appointment_id and ticket_id = 0;

-- ---- booked by whoever works at a hall ----

-- Nothing, where somebody has the place.
-- name: add_booked :exec
insert into appointment_now (appointment_id, reference, line_id, hall_id, item, starts_at, ends_at,
       place_number, is_taken, state, owner_id, name_sealed, phone_sealed, phone_index, is_proved,
       words_sealed, case_id, language, made_at, hold_until, origin_index, moves_count,
       settled_at, by_id, typed_by)
values (:appointment_id, :reference, :line_id, :hall_id, :item, :starts_at, :ends_at,
       :place_number, 1, 'booked', :owner_id, :name_sealed, :phone_sealed, :phone_index, 0,
       :words_sealed, 0, :language, :made_at, 0, '', 0,
       0, 0, :typed_by)
on conflict (line_id, starts_at, place_number) where is_taken = 1 do nothing;

-- Taken over by whoever proved its number and has the slip.
-- name: set_claimed :exec
update appointment_now set owner_id = :owner_id, is_proved = 1
 where appointment_id = :appointment_id;

-- ---- one ----

-- name: find :one
select * from appointment_now where appointment_id = :appointment_id;

-- name: find_reference :one
select appointment_id from appointment_now where reference = :reference;

-- ---- whoever comes ----

-- A proved number is bound by what was booked with it proved, others by all.
-- name: count_open :one
select count(*) as open_count,
       cast(coalesce(sum(case when starts_at < :ends_at__new and ends_at > :starts_at__new
                              then 1 else 0 end), 0) as bigint) as same_count
  from appointment_now
 where phone_index = :phone_index and phone_index <> '' and starts_at > :starts_at__now
   and state = 'booked' and (:is_proved = 0 or is_proved = 1)
   and appointment_id <> :appointment_id;

-- name: count_absent :one
select count(*) as absent_count, cast(coalesce(max(starts_at), 0) as bigint) as starts_at
  from appointment_now
 where phone_index = :phone_index and phone_index <> '' and starts_at > :starts_at__since
   and state = 'absent' and (:is_proved = 0 or is_proved = 1);

-- name: list_own :many
select a.appointment_id, a.reference, a.item, a.starts_at, a.ends_at, a.state, h.hall_zh, h.hall_en
  from appointment_now a join hall h on h.hall_id = a.hall_id
 where a.owner_id = :owner_id and a.state not in ('held', 'lapsed')
 order by a.starts_at desc, a.appointment_id limit 50;

-- name: list_of_case :many
select a.reference, a.starts_at, a.state, h.hall_zh, h.hall_en
  from appointment_now a join hall h on h.hall_id = a.hall_id
 where a.case_id = :case_id and a.case_id > 0 and a.state not in ('held', 'lapsed')
 order by a.starts_at desc, a.appointment_id limit 20;

-- Whoever proves a number in a browser has what was booked there; with that number it is proved.
-- name: set_owner :exec
update appointment_now
   set owner_id = :owner_id,
       is_proved = case when phone_index = :phone_index and phone_index <> '' then 1
                        else is_proved end
 where owner_id = :owner_id__before;

-- ---- the hall ----

-- name: list_day :many
select a.appointment_id, a.reference, a.item, a.starts_at, a.ends_at, a.state, a.name_sealed,
       a.phone_sealed, a.words_sealed, a.settled_at, a.by_id, a.ticket_id, l.letter, l.line_zh,
       l.line_en, coalesce(c.reference, '') as reference__case, coalesce(t.ticket, '') as ticket
  from appointment_now a join hall_line l on l.line_id = a.line_id
  left join hall_ticket t on t.ticket_id = nullif(a.ticket_id, 0)
  left join case_now c on c.case_id = nullif(a.case_id, 0)
 where a.hall_id = :hall_id and a.is_taken = 1 and a.starts_at >= :starts_at__from
   and a.starts_at < :starts_at__before and a.state <> 'held'
 order by a.starts_at, l.letter, a.place_number limit 1000;

-- What is to come, so that it can be seen whether the hall is still open then.
-- name: list_to_come :many
select appointment_id, starts_at, ends_at from appointment_now
 where hall_id = :hall_id and is_taken = 1 and starts_at >= :starts_at and state = 'booked'
 order by starts_at, appointment_id limit 9000;

-- ---- before somebody comes ----

-- Halls by how near they are to a district: 0 in it, 1 in one that borders on it, 2 elsewhere.
-- name: list_near :many
select h.hall_id, h.hall_zh, h.hall_en, h.address_zh, h.address_en, h.hall_phone, h.division,
       case when substr(h.division, 1, 6) = :division then 0
            when exists (select 1 from ladder_border b
                          where b.division = :division
                            and b.neighbour = substr(h.division, 1, 6)) then 1
            else 2 end as rings_count,
       coalesce((select min(p.line_id) from appointment_plan p
                   join appointment_plan_item i on i.line_id = p.line_id
                   join hall_line l on l.line_id = p.line_id
                  where p.hall_id = h.hall_id and i.item = :item and p.is_published = 1
                    and l.is_active = 1), 0) as line_id
  from hall h where h.is_active = 1
 order by rings_count, h.division, h.hall_id limit 400;
