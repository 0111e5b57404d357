-- appointment_held.sql -- what is held about one resident's appointments; see platform/held.h.

-- name: list_held_appointments :many
select reference, item, starts_at, state, name_sealed, phone_sealed, words_sealed
  from appointment_now where owner_id = :owner_id order by appointment_id limit 5000;

-- name: list_held_appointment_notices :many
select a.reference, n.template, n.made_at, n.sent_at, n.to_sealed
  from notice n join appointment_now a on a.appointment_id = n.case_id
 where a.owner_id = :owner_id and n.case_id <> 0 order by n.notice_id limit 20000;

-- name: count_erase_appointments :one
select count(*) as appointments_count from appointment_now a
 where a.owner_id = :owner_id
   and not exists (select 1 from retention_hold h
                    where h.lifted_at = 0 and h.case_id = a.appointment_id and h.case_id > 0);

-- name: count_erase_held :one
select count(*) as appointments_count from appointment_now a
 where a.owner_id = :owner_id
   and exists (select 1 from retention_hold h
                where h.lifted_at = 0 and h.case_id = a.appointment_id and h.case_id > 0);

-- name: find_erase_next :one
select a.appointment_id from appointment_now a
 where a.owner_id = :owner_id
   and (:is_again = 1
        or not exists (select 1 from retention_hold h
                        where h.lifted_at = 0 and h.case_id = a.appointment_id and h.case_id > 0))
 order by a.appointment_id limit 1;

-- name: erase_appointment :exec
delete from appointment_now where appointment_id = :appointment_id;

-- name: find_kept :one
select appointment_id from appointment_now where reference = :reference;

-- name: count_kept :one
select count(*) as kept_count from appointment_now
 where ends_at < :ends_at
   and appointment_id not in (select h.case_id from retention_hold h
                               where h.lifted_at = 0 and h.case_id > 0);

-- name: drop_kept :exec
delete from appointment_now where appointment_id in (
    select a.appointment_id from appointment_now a
     where a.ends_at < :ends_at
       and a.appointment_id not in (select h.case_id from retention_hold h
                                     where h.lifted_at = 0 and h.case_id > 0)
     order by a.ends_at limit 200);
