-- cases_figures.sql -- what became of the cases handed in in a month, and the cases behind it.
--
-- Counts only.  Both queries tell one from another by the same conditions: as many rows stand
-- behind a figure as it says.

-- name: list_figures :many
select c.item, c.division, count(*) as handed_in_count,
       coalesce(sum(case when c.under_way = 1 and c.turn = 'officer' then 1 else 0 end), 0)
           as office_count,
       coalesce(sum(case when c.under_way = 1 and c.turn = 'applicant' then 1 else 0 end), 0)
           as applicant_count,
       coalesce(sum(case when c.under_way = 1 and c.turn not in ('officer', 'applicant')
                         then 1 else 0 end), 0) as others_count,
       coalesce(sum(case when c.under_way = 0
                          and c.outcome in ('granted', 'settled', 'completed', 'answered')
                         then 1 else 0 end), 0) as done_count,
       coalesce(sum(case when c.under_way = 0 and c.outcome in ('withdrawn', 'lapsed')
                         then 1 else 0 end), 0) as left_count,
       coalesce(sum(case when c.under_way = 0
                          and c.outcome not in ('granted', 'settled', 'completed', 'answered',
                              'withdrawn', 'lapsed') then 1 else 0 end), 0) as ended_count,
       coalesce(sum(case when c.under_way = 1 and c.turn = 'officer' and c.by_at <= :by_at
                         then 1 else 0 end), 0) as late_count,
       coalesce(sum(case when exists (select 1 from case_breach b where b.case_id = c.case_id)
                         then 1 else 0 end), 0) as missed_count
  from case_now c
 where c.opened_at >= :opened_at and c.opened_at < :opened_at__until
   and c.division >= :division and c.division < :division__end
   and (:officers = '' or c.officers = :officers)
 group by c.item, c.division order by c.item, c.division limit 5001;

-- The cases behind one of them; '' leaves the item open.
-- name: list_behind :many
select c.reference, c.item, c.version_id, c.division, c.state, c.turn, c.outcome, c.opened_at,
       c.closed_at, c.under_way
  from case_now c
 where c.opened_at >= :opened_at and c.opened_at < :opened_at__until
   and c.division >= :division and c.division < :division__end
   and (:officers = '' or c.officers = :officers)
   and (:item = '' or c.item = :item)
   and (:state__which = 'handed_in'
     or (:state__which = 'office' and c.under_way = 1 and c.turn = 'officer')
     or (:state__which = 'applicant' and c.under_way = 1 and c.turn = 'applicant')
     or (:state__which = 'others' and c.under_way = 1
         and c.turn not in ('officer', 'applicant'))
     or (:state__which = 'done' and c.under_way = 0
         and c.outcome in ('granted', 'settled', 'completed', 'answered'))
     or (:state__which = 'left' and c.under_way = 0 and c.outcome in ('withdrawn', 'lapsed'))
     or (:state__which = 'ended' and c.under_way = 0
         and c.outcome not in ('granted', 'settled', 'completed', 'answered', 'withdrawn',
             'lapsed'))
     or (:state__which = 'late' and c.under_way = 1 and c.turn = 'officer' and c.by_at <= :by_at)
     or (:state__which = 'missed'
         and exists (select 1 from case_breach b where b.case_id = c.case_id)))
 order by c.opened_at desc, c.case_id desc limit 501;
