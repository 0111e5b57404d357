-- mediation_held.sql -- what is held about one resident's mediations; see platform/held.h.
--
-- A row is a side's by the same scope as on its page: what was said with the other side apart is
-- not there.

-- name: list_held_parts :many
select c.reference, m.joined_at, m.name_sealed, m.phone_sealed
  from mediation_now m join case_now c on c.case_id = m.case_id
 where m.respondent_id = :respondent_id and m.respondent_id > 0
 order by m.case_id limit 5000;

-- name: list_held_sessions :many
select c.reference, s.state, s.starts_at, s.place_sealed, s.words_sealed, s.record_sealed
  from mediation_session s
  join mediation_now m on m.case_id = s.case_id
  join case_now c on c.case_id = s.case_id
 where (c.owner_id = :owner_id and s.side in ('', 'applicant'))
    or (m.respondent_id = :owner_id and m.respondent_id > 0 and s.side in ('', 'respondent'))
 order by s.case_id, s.session_id limit 20000;

-- name: list_held_agreements :many
select c.reference, a.version, a.at, a.facts_sealed, a.terms_sealed, a.perform_day
  from mediation_agreement a
  join mediation_now m on m.case_id = a.case_id
  join case_now c on c.case_id = a.case_id
 where c.owner_id = :owner_id or (m.respondent_id = :owner_id and m.respondent_id > 0)
 order by a.case_id, a.version limit 20000;

-- name: list_held_events :many
select c.reference, e.at, e.event
  from mediation_event e
  join mediation_now m on m.case_id = e.case_id
  join case_now c on c.case_id = e.case_id
 where (c.owner_id = :owner_id and e.side in ('', 'applicant'))
    or (m.respondent_id = :owner_id and m.respondent_id > 0 and e.side in ('', 'respondent'))
 order by e.case_id, e.seq limit 20000;

-- What a side itself wrote when it objected; why somebody was proposed.
-- name: list_held_proposals :many
select c.reference, p.at, p.words_sealed,
       case when c.owner_id = :owner_id and p.ended_side = 'applicant' then p.end_sealed
            when m.respondent_id = :owner_id and p.ended_side = 'respondent' then p.end_sealed
            else '' end as end_sealed
  from mediation_proposal p
  join mediation_now m on m.case_id = p.case_id
  join case_now c on c.case_id = p.case_id
 where c.owner_id = :owner_id or (m.respondent_id = :owner_id and m.respondent_id > 0)
 order by p.case_id, p.seq limit 20000;

-- name: list_held_follows :many
select c.reference, f.at, f.performed
  from mediation_follow f
  join mediation_now m on m.case_id = f.case_id
  join case_now c on c.case_id = f.case_id
 where c.owner_id = :owner_id or (m.respondent_id = :owner_id and m.respondent_id > 0)
 order by f.case_id, f.seq limit 20000;

-- name: count_erase_under_way :one
select count(*) as under_way_count
  from mediation_now m join case_now c on c.case_id = m.case_id
 where m.respondent_id = :respondent_id and m.respondent_id > 0 and c.under_way = 1;

-- name: count_erase_kept :one
select count(*) as kept_count, cast(coalesce(max(c.closed_at), 0) as bigint) as closed_at
  from mediation_now m join case_now c on c.case_id = m.case_id
 where m.respondent_id = :respondent_id and m.respondent_id > 0 and c.under_way = 0;
