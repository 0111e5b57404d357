-- cases_visit.sql -- somebody of the office goes to the applicant; what was typed in from paper.

-- name: add_visit :exec
insert into case_visit (visit_id, case_id, visitor_id, starts_at, ends_at, state, place_sealed,
       words_sealed, by_id, at, end_sealed, ended_at)
values (:visit_id, :case_id, :visitor_id, :starts_at, :ends_at, 'planned', :place_sealed,
       :words_sealed, :by_id, :at, '', 0);

-- name: find_visit :one
select visit_id, case_id, visitor_id, starts_at, ends_at, state, place_sealed, words_sealed
  from case_visit where visit_id = :visit_id;

-- name: find_planned_visit :one
select visit_id, starts_at from case_visit
 where case_id = :case_id and state = 'planned' order by starts_at limit 1;

-- Whoever goes is in one place at a time.
-- name: find_visit_of :one
select visit_id from case_visit
 where visitor_id = :visitor_id and state = 'planned'
   and starts_at < :starts_at__before and ends_at > :ends_at__after
 order by starts_at limit 1;

-- name: set_visit_ended :exec
update case_visit set state = :state, end_sealed = :end_sealed, ended_at = :ended_at
 where visit_id = :visit_id;

-- name: list_visits :many
select v.visit_id, v.visitor_id, v.starts_at, v.ends_at, v.state, v.place_sealed, v.words_sealed,
       v.end_sealed, v.ended_at, coalesce(p.person_name, '') as person_name
  from case_visit v left join person p on p.person_id = v.visitor_id
 where v.case_id = :case_id order by v.starts_at, v.visit_id limit 51;

-- name: count_visits :one
select count(*) as visits_count from case_visit where case_id = :case_id;

-- Of an office: who wants to be visited, with what is planned; the nearest day of the case first.
-- name: list_visit_wishes :many
select c.reference, c.version_id, c.division, c.is_first, c.by_at,
       coalesce(v.starts_at, 0) as starts_at, coalesce(v.ends_at, 0) as ends_at,
       coalesce(p.person_name, '') as person_name,
       (select count(*) from case_visit d
         where d.case_id = c.case_id and d.state = 'done') as done_count
  from case_now c
  left join case_visit v on v.case_id = c.case_id and v.state = 'planned'
  left join person p on p.person_id = v.visitor_id
 where c.wants_visit = 1 and c.under_way = 1
   and c.division >= :scope and c.division < :division__end
   and (:officers = '' or c.officers = :officers)
 order by c.by_at, c.case_id limit 101;

-- ---- typed in ----

-- name: add_typed :exec
insert into case_typed (case_id, by_id, at, notice_sealed)
values (:case_id, :by_id, :at, :notice_sealed);

-- name: find_typed :one
select by_id, at, notice_sealed from case_typed where case_id = :case_id;

-- name: set_case_owner :exec
update case_now set owner_id = :owner_id where case_id = :case_id;

-- name: list_typed :many
select c.reference, c.version_id, t.at from case_typed t join case_now c on c.case_id = t.case_id
 where t.by_id = :by_id and t.at > :at order by t.at desc limit 50;
