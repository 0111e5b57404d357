-- review_behind.sql -- what stands behind the numbers of a consultant.
-- Each list has the rows its number counted (list_figures, sum_marks), by the same moments.

-- By consultant, not by number (hence + 0).
-- name: list_cases_behind :many
select r.case_id, r.service, r.reference, r.field, r.division, r.team_id, r.served_at, r.rated_at,
       r.is_late, r.stars, r.patience, r.courtesy, r.efficiency, r.correctness, r.due_at,
       r.answered_at
  from service_record r
 where r.consultant_id = :consultant_id and r.case_id + 0 > :case_id
   and ((:state__which in ('answered', 'late')
         and r.served_at >= :at__from and r.served_at < :at__until
         and (:state__which = 'answered' or r.is_late = 1))
     or (:state__which = 'due' and r.due_at >= :at__from and r.due_at < :at__until
         and r.written_at > 0 and (r.answered_at > 0 or r.phase = 'written'))
     or (r.rated_at >= :at__from and r.rated_at < :at__until
         and (:state__which = 'rated'
              or (:state__which = 'patience' and r.patience > 0)
              or (:state__which = 'courtesy' and r.courtesy > 0)
              or (:state__which = 'efficiency' and r.efficiency > 0)
              or (:state__which = 'correctness' and r.correctness > 0))))
 order by r.case_id limit :max_rows; -- max: 101

-- Live offers that were taken or let lapse, and how long it took to the first words.
-- name: list_offers_behind :many
select a.assignment_id, a.offered_at, a.taken_at, a.first_at,
       coalesce(r.service, '') as service, coalesce(r.reference, '') as reference,
       coalesce(r.field, '') as field, coalesce(r.division, '') as division,
       coalesce(r.team_id, 0) as team_id
  from assignment a left join service_record r on r.case_id = a.case_id
 where a.person_id = :person_id and a.offered_at >= :at__from and a.offered_at < :at__until
   and a.is_written = 0 and (a.taken_at > 0 or a.result = 'expired')
   and (:state__which = 'offers' or a.first_at > 0) and a.assignment_id + 0 > :assignment_id
 order by a.assignment_id limit :max_rows; -- max: 101

-- How often a mark was given: whose it was is not said.
-- name: list_marks_given :many
select case :state__which when 'patience' then r.patience when 'courtesy' then r.courtesy
            when 'efficiency' then r.efficiency when 'correctness' then r.correctness
            else r.stars end as mark_number, count(*) as cases_count
  from service_record r
 where r.consultant_id = :consultant_id and r.rated_at >= :at__from and r.rated_at < :at__until
   and (:state__which = 'rated'
        or (:state__which = 'patience' and r.patience > 0)
        or (:state__which = 'courtesy' and r.courtesy > 0)
        or (:state__which = 'efficiency' and r.efficiency > 0)
        or (:state__which = 'correctness' and r.correctness > 0))
 group by 1 order by 1 desc limit 5;

-- name: list_upheld_behind :many
select k.complaint_id, k.service, k.reference, k.kind, k.decided_at from complaint k
 where k.consultant_id = :consultant_id and k.is_upheld = 1
   and k.decided_at >= :at__from and k.decided_at < :at__until
   and k.complaint_id + 0 > :complaint_id
 order by k.complaint_id limit :max_rows; -- max: 101

-- name: list_marked_behind :many
select s.sample_id, s.field, s.division, s.team_id, s.marked_at,
       s.correctness + s.completeness + s.clarity + s.courtesy as marks_sum,
       coalesce(r.service, '') as service, coalesce(r.reference, '') as reference
  from sample s left join service_record r on r.case_id = s.case_id
 where s.consultant_id = :consultant_id and s.state = 'marked'
   and s.marked_at >= :at__from and s.marked_at < :at__until and s.sample_id + 0 > :sample_id
 order by s.sample_id limit :max_rows; -- max: 101

-- name: list_warnings_behind :many
select m.measure_id, m.state, m.decided_at, m.division, m.team_id
  from measure m
 where m.person_id = :person_id and m.measure = 'warn'
   and m.state in ('in_force', 'appealed', 'kept') and m.ended_at = 0
   and m.measure_id + 0 > :measure_id
 order by m.measure_id limit :max_rows; -- max: 101
