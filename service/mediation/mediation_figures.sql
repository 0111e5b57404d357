-- mediation_figures.sql -- what the bureau reports of its mediations, and the cases behind it.
--
-- Counts, days and who mediated; never a word of anybody.  Both queries tell settled from not by
-- the same conditions: as many rows stand behind a figure as it says.

-- name: list_figures :many
select c.division, n.mediator_id, coalesce(p.person_name, '') as person_name, n.kind,
       max(c.item) as item, count(*) as applied_count,
       coalesce(sum(case when c.outcome = 'not_accepted' then 1 else 0 end), 0) as declined_count,
       coalesce(sum(case when n.effective_at > 0 then 1 else 0 end), 0) as settled_count,
       coalesce(sum(case when n.effective_at = 0 and c.under_way = 1 then 1 else 0 end), 0)
           as open_count,
       coalesce(sum(case when n.effective_at = 0 and c.under_way = 0
                          and c.outcome <> 'not_accepted' then 1 else 0 end), 0) as ended_count,
       coalesce(sum(case when n.effective_at > 0 and n.effective_at <= n.opened_at + 2592000
                         then 1 else 0 end), 0) as month_count,
       cast(coalesce(sum(case when n.effective_at > 0 then n.effective_at - n.opened_at
                              else 0 end), 0) as bigint) as seconds_sum,
       coalesce(sum(case when n.court = 'confirmed' then 1 else 0 end), 0) as confirmed_count,
       coalesce(sum(case when n.effective_at > 0 and n.effective_at <= :effective_at__year
                         then 1 else 0 end), 0) as year_count,
       coalesce(sum(case when n.effective_at > 0 and n.effective_at <= :effective_at__year
                          and n.performed_at >= n.effective_at + 31536000
                          and n.performed = 'yes' then 1 else 0 end), 0) as kept_count,
       coalesce(sum(case when n.effective_at > 0 and n.effective_at <= :effective_at__year
                          and n.performed_at >= n.effective_at + 31536000
                          and n.performed in ('partly', 'no') then 1 else 0 end), 0)
           as broken_count
  from mediation_now n
  join case_now c on c.case_id = n.case_id
  left join person p on p.person_id = n.mediator_id and n.mediator_id > 0
 where n.opened_at >= :opened_at and n.opened_at < :opened_at__until
   and c.division >= :division and c.division < :division__end
 group by c.division, n.mediator_id, coalesce(p.person_name, ''), n.kind
 order by c.division, n.mediator_id, n.kind limit 20001;

-- The cases behind one of them; '' and -1 leave a choice open.
-- name: list_behind :many
select c.reference, c.item, c.division, c.state, c.version_id, n.mediator_id,
       coalesce(p.person_name, '') as person_name, n.kind, n.opened_at, n.effective_at, n.court,
       n.performed, n.performed_at
  from mediation_now n
  join case_now c on c.case_id = n.case_id
  left join person p on p.person_id = n.mediator_id and n.mediator_id > 0
 where n.opened_at >= :opened_at and n.opened_at < :opened_at__until
   and c.division >= :division and c.division < :division__end
   and (:mediator_id = -1 or n.mediator_id = :mediator_id)
   and (:kind = '-' or n.kind = :kind)
   and (:state__which = 'applied'
     or (:state__which = 'declined' and c.outcome = 'not_accepted')
     or (:state__which = 'settled' and n.effective_at > 0)
     or (:state__which = 'open' and n.effective_at = 0 and c.under_way = 1)
     or (:state__which = 'ended' and n.effective_at = 0 and c.under_way = 0
         and c.outcome <> 'not_accepted')
     or (:state__which = 'month' and n.effective_at > 0
         and n.effective_at <= n.opened_at + 2592000)
     or (:state__which = 'confirmed' and n.court = 'confirmed')
     or (:state__which = 'year' and n.effective_at > 0
         and n.effective_at <= :effective_at__year)
     or (:state__which = 'kept' and n.effective_at > 0 and n.effective_at <= :effective_at__year
         and n.performed_at >= n.effective_at + 31536000 and n.performed = 'yes')
     or (:state__which = 'broken' and n.effective_at > 0 and n.effective_at <= :effective_at__year
         and n.performed_at >= n.effective_at + 31536000 and n.performed in ('partly', 'no')))
 order by n.opened_at desc, n.case_id desc limit 501;

-- ---- what is due ----

-- Whether an agreement is kept, to be asked until then; of one mediator, or with 0 of all.
-- name: list_due :many
select c.reference, c.division, n.mediator_id, coalesce(p.person_name, '') as person_name,
       n.effective_at, n.ask_at, n.performed, n.performed_at
  from mediation_now n
  join case_now c on c.case_id = n.case_id
  left join person p on p.person_id = n.mediator_id and n.mediator_id > 0
 where n.ask_at > 0 and n.ask_at < :ask_at
   and c.division >= :division and c.division < :division__end
   and (:mediator_id = 0 or n.mediator_id = :mediator_id)
 order by n.ask_at, n.case_id limit 201;

-- name: count_due :one
select count(*) as due_count
  from mediation_now n
  join case_now c on c.case_id = n.case_id
 where n.ask_at > 0 and n.ask_at < :ask_at
   and c.division >= :division and c.division < :division__end
   and (:mediator_id = 0 or n.mediator_id = :mediator_id);

-- What lies with a court.
-- name: list_at_court :many
select c.reference, c.division, n.mediator_id, coalesce(p.person_name, '') as person_name,
       n.court, n.court_at
  from mediation_now n
  join case_now c on c.case_id = n.case_id
  left join person p on p.person_id = n.mediator_id and n.mediator_id > 0
 where n.court in ('sent', 'accepted')
   and c.division >= :division and c.division < :division__end
   and (:mediator_id = 0 or n.mediator_id = :mediator_id)
 order by n.court_at, n.case_id limit 201;
