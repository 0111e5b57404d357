-- cases_task.sql -- what is asked of an office in a case by a day: orders (督办) and parts (协办).

-- name: add_task :exec
insert into case_task (task_id, case_id, kind, state, division, officers, from_division, by_id,
       handler_id, words_sealed, at, due_at, late_at, answered_by, answered_at, answer_sealed,
       ended_by, ended_at, end_sealed)
values (:task_id, :case_id, :kind, 'open', :division, :officers, :from_division, :by_id,
       :handler_id, :words_sealed, :at, :due_at, 0, 0, 0, '', 0, 0, '');

-- name: find_task :one
select task_id, case_id, kind, state, division, officers, from_division, by_id, handler_id,
       words_sealed, at, due_at, late_at, answered_by, answered_at, answer_sealed, ended_by,
       ended_at, end_sealed
  from case_task where task_id = :task_id;

-- name: list_tasks :many
select t.task_id, t.kind, t.state, t.division, t.by_id, t.words_sealed, t.at, t.due_at, t.late_at,
       t.answered_at, t.answer_sealed, t.ended_at, t.end_sealed,
       coalesce(p.person_name, '') as person_name, coalesce(a.person_name, '') as answerer_name
  from case_task t left join person p on p.person_id = t.by_id
       left join person a on a.person_id = t.answered_by
 where t.case_id = :case_id order by t.task_id limit 101;

-- name: count_tasks :one
select count(*) as tasks_count from case_task where case_id = :case_id;

-- The open part of an office in a case: for this it may look at the case.
-- name: find_part :one
select task_id, officers, handler_id from case_task
 where case_id = :case_id and kind = 'part' and state = 'open' and division = :division
 order by task_id limit 1;

-- name: list_open_parts :many
select task_id, division, due_at from case_task
 where case_id = :case_id and kind = 'part' and state = 'open' order by task_id limit 100;

-- name: set_task_answered :exec
update case_task
   set state = 'answered', answered_by = :answered_by, answered_at = :answered_at,
       answer_sealed = :answer_sealed
 where task_id = :task_id;

-- name: set_task_ended :exec
update case_task
   set state = 'ended', ended_by = :ended_by, ended_at = :ended_at, end_sealed = :end_sealed
 where task_id = :task_id;

-- name: set_task_late :exec
update case_task set late_at = :late_at where task_id = :task_id;

-- name: set_part_handler :exec
update case_task set handler_id = :handler_id
 where case_id = :case_id and kind = 'part' and state = 'open' and division = :division
   and handler_id = 0;

-- name: list_open_orders :many
select task_id, from_division from case_task
 where case_id = :case_id and kind = 'order' and state = 'open' order by task_id limit 100;

-- Whoever gets the case has to answer what is asked of its office.
-- name: set_orders_division :exec
update case_task set division = :division, handler_id = 0
 where case_id = :case_id and kind = 'order' and state = 'open';

-- Whoever gets the case has asked from now on what its office asked of others.
-- name: set_parts_from :exec
update case_task set from_division = :from_division
 where case_id = :case_id and kind = 'part' and state <> 'ended';

-- ---- lists ----

-- What an office has to answer, the nearest day first; before `due_at` only.
-- name: list_tasks_asked :many
select t.task_id, t.kind, t.state, t.division, t.from_division, t.at, t.due_at, t.answered_at,
       c.reference, c.version_id, c.division as case_division,
       coalesce(p.person_name, '') as person_name
  from case_task t join case_now c on c.case_id = t.case_id
       left join person p on p.person_id = t.by_id
 where t.state = 'open' and t.division >= :scope and t.division < :division__end
   and t.due_at <= :due_at and (:officers = '' or t.officers = :officers)
 order by t.due_at, t.task_id limit 101;

-- What an office, or whoever supervises one, asked of others.
-- name: list_tasks_of :many
select t.task_id, t.kind, t.state, t.division, t.from_division, t.at, t.due_at, t.answered_at,
       c.reference, c.version_id, c.division as case_division,
       coalesce(p.person_name, '') as person_name
  from case_task t join case_now c on c.case_id = t.case_id
       left join person p on p.person_id = t.by_id
 where t.state = :state and t.kind = :kind
   and t.from_division >= :scope and t.from_division < :division__end
   and (:officers = '' or t.officers = :officers)
 order by t.due_at, t.task_id limit 101;

-- name: count_tasks_asked :one
select count(*) as tasks_count,
       cast(coalesce(sum(case when due_at <= :due_at then 1 else 0 end), 0) as bigint)
           as late_count
  from case_task
 where state = 'open' and division >= :scope and division < :division__end
   and (:officers = '' or officers = :officers);
