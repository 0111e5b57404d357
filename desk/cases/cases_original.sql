-- cases_original.sql -- originals on paper that an office took in: who holds each now.

-- name: add_original :exec
insert into case_original (original_id, case_id, what_sealed, pages_count, held_by, division,
       place_sealed, taken_at, since_at, given_at)
values (:original_id, :case_id, :what_sealed, :pages_count, :held_by, :division, :place_sealed,
       :taken_at, :since_at, 0);

-- name: find_original :one
select original_id, case_id, what_sealed, pages_count, held_by, division, given_at
  from case_original where original_id = :original_id;

-- name: count_originals :one
select count(*) as originals_count from case_original where case_id = :case_id;

-- Whoever confirms it has it from now on, and lays it where they say.
-- name: set_original_held :exec
update case_original
   set held_by = :held_by, division = :division, place_sealed = :place_sealed, since_at = :since_at
 where original_id = :original_id and given_at = 0;

-- name: set_original_given :exec
update case_original set given_at = :given_at, since_at = :since_at
 where original_id = :original_id and given_at = 0;

-- name: list_originals :many
select o.original_id, o.what_sealed, o.pages_count, o.division, o.place_sealed, o.taken_at,
       o.since_at, o.given_at, coalesce(p.person_name, '') as person_name
  from case_original o left join person p on p.person_id = o.held_by
 where o.case_id = :case_id order by o.original_id limit 51;

-- What an office holds, also of cases that went elsewhere: the longest kept first.
-- name: list_originals_held :many
select o.original_id, o.what_sealed, o.pages_count, o.division, o.place_sealed, o.since_at,
       c.reference, c.version_id, c.division as case_division, c.under_way,
       coalesce(p.person_name, '') as person_name
  from case_original o join case_now c on c.case_id = o.case_id
       left join person p on p.person_id = o.held_by
 where o.given_at = 0 and o.division >= :scope and o.division < :division__end
   and (:officers = '' or c.officers = :officers)
 order by o.since_at, o.original_id limit 101;
