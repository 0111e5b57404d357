-- register_held.sql -- what is held about a resident who applied as a volunteer; platform/held.h.

-- name: list_held_applications :many
select reference, state, made_at, handed_in_at, decided_at, person_name, profession, division,
       licence, statement_sealed, words_sealed
  from application
 where person_id = :person_id
 order by application_id
 limit 1000;

-- name: list_held_application_files :many
select a.reference, f.at, f.file_name, f.type, f.bytes_count
  from application_file f
  join application a on a.application_id = f.application_id
 where a.person_id = :person_id
 order by f.file_id
 limit 10000;

-- name: count_erase_over :one
select count(*) as over_count from application
 where person_id = :person_id and state in ('draft', 'refused', 'withdrawn')
   and not exists (select 1 from retention_hold h
                    where h.lifted_at = 0 and h.case_id in (0, application_id)
                      and (h.case_id > 0 or h.kind = 'application'));

-- name: count_erase_held :one
select count(*) as held_count from application
 where person_id = :person_id and state in ('draft', 'refused', 'withdrawn')
   and exists (select 1 from retention_hold h
                    where h.lifted_at = 0 and h.case_id in (0, application_id)
                      and (h.case_id > 0 or h.kind = 'application'));

-- name: count_erase_open :one
select count(*) as open_count from application
 where person_id = :person_id and state in ('submitted', 'missing');

-- name: count_erase_kept :one
select count(*) as kept_count, cast(coalesce(max(decided_at), 0) as bigint) as decided_at
  from application
 where person_id = :person_id and state = 'approved';

-- :due_at__any = 1: also what is held.
-- name: find_erase_next :one
select application_id from application
 where person_id = :person_id and state in ('draft', 'refused', 'withdrawn')
   and (:due_at__any = 1
        or not exists (select 1 from retention_hold h
                    where h.lifted_at = 0 and h.case_id in (0, application_id)
                      and (h.case_id > 0 or h.kind = 'application')))
 order by application_id limit 1;

-- name: list_erase_files :many
select file_id, file from application_file where application_id = :application_id
 order by file_id limit 200;

-- name: erase_file_looks :exec
delete from application_look where file_id = :file_id;

-- name: erase_files :exec
delete from application_file where application_id = :application_id;

-- name: erase_application :exec
delete from application where application_id = :application_id;

-- ---- when its period is over ----

-- name: count_kept :one
select count(*) as kept_count from application a
 where a.state in ('draft', 'refused', 'withdrawn')
   and (case when a.decided_at > a.made_at then a.decided_at else a.made_at end) < :decided_at
   and a.application_id not in (select h.case_id from retention_hold h
                                 where h.lifted_at = 0 and h.case_id > 0);

-- name: find_kept_next :one
select a.application_id from application a
 where a.state in ('draft', 'refused', 'withdrawn')
   and (case when a.decided_at > a.made_at then a.decided_at else a.made_at end) < :decided_at
   and a.application_id not in (select h.case_id from retention_hold h
                                 where h.lifted_at = 0 and h.case_id > 0)
 order by a.application_id limit 1;

-- name: find_kept :one
select application_id from application where reference = :reference;
