-- consultation_board.sql -- what the board counts, and the cases behind each number.
--
-- Everything is counted within what the watcher may see: a supervisor's divisions, a leader's team.
-- '' is no bound; nor is team 0 of the scope, nor a chosen team below 0 (0 are those without one).
-- With a chosen team come those below it, unless it is meant by itself: then nothing is above (-1).
-- A chosen place is a district with its streets, one street, the city's own ('31'), or what is of a
-- district and of none of its streets (its code and '000').  The city is told apart by district,
-- a district by street.

-- What is open, counted once by everything the board tells apart; who counts adds them up.  Of
-- those that wait, since when and which the first is: moments have ten digits until 2286.
-- name: list_board_open :many
select substr(c.division, 1, case when length(:division__scope) < 6
                                and length(:division__chosen) < 6 then 6 else 9 end) as division,
       c.team_id, c.field, c.profession, c.channel,
       sum(case when c.state in ('waiting', 'offered') then 1 else 0 end) as waiting_count,
       coalesce(min(case when c.state in ('waiting', 'offered')
                         then cast(c.waiting_at as text) || ' ' || c.reference end), '')
           as longest_text,
       sum(case when c.state = 'hall' then 1 else 0 end) as hall_count,
       sum(case when c.state = 'talking' then 1 else 0 end) as talking_count,
       sum(case when c.state = 'message' then 1 else 0 end) as message_count,
       sum(case when c.state = 'message' and c.warned >= 1 and c.due_at > :due_at then 1 else 0 end)
           as risk_count,
       sum(case when c.state = 'message' and c.due_at <= :due_at then 1 else 0 end) as overdue_count
  from consultation c
 where c.state in ('waiting', 'offered', 'hall', 'talking', 'message')
   and substr(c.division, 1, length(:division__scope)) = :division__scope
   and (:division__chosen in ('', c.division, substr(c.division, 1, 6),
                              substr(c.division, 1, 9), c.division || '000'))
   and (:team_id__scope = 0 or c.team_id = :team_id__scope
        or c.team_id in (select b.team_id from team_below b where b.above_id = :team_id__scope))
   and (:team_id__chosen < 0 or c.team_id = :team_id__chosen
        or c.team_id in (select b.team_id from team_below b where b.above_id = :team_id__above))
   and (:field__chosen = '' or c.field = :field__chosen)
   and (:profession__chosen = '' or c.profession = :profession__chosen)
 group by 1, c.team_id, c.field, c.profession, c.channel
 limit 50000;

-- The line by which a case was last given to somebody by hand, and its first one.
-- name: find_given :one
select cast(coalesce(max(case when act in ('consultation.reassign', 'consultation.take_over',
                                           'consultation.hand')
                              then seq end), 0) as bigint) as given_seq,
       cast(coalesce(min(seq), 0) as bigint) as first_seq
  from journal where case_id = :case_id and case_id <> 0 and said = 0;

-- name: find_giver :one
select j.actor_id, coalesce(p.person_name, '') as person_name
  from journal j left join person p on p.person_id = j.actor_id
 where j.seq = :seq;

-- Written questions answered, and cases closed, since a moment.
-- name: list_board_ended :many
select substr(c.division, 1, case when length(:division__scope) < 6
                                and length(:division__chosen) < 6 then 6 else 9 end) as division,
       c.team_id, c.field, c.profession, c.channel,
       sum(case when c.answered_at >= :at then 1 else 0 end) as answered_count,
       sum(case when c.closed_at >= :at then 1 else 0 end) as closed_count
  from consultation c
 where ((c.answered_at >= :at and c.answered_at > 0) or c.closed_at >= :at)
   and substr(c.division, 1, length(:division__scope)) = :division__scope
   and (:division__chosen in ('', c.division, substr(c.division, 1, 6),
                              substr(c.division, 1, 9), c.division || '000'))
   and (:team_id__scope = 0 or c.team_id = :team_id__scope
        or c.team_id in (select b.team_id from team_below b where b.above_id = :team_id__scope))
   and (:team_id__chosen < 0 or c.team_id = :team_id__chosen
        or c.team_id in (select b.team_id from team_below b where b.above_id = :team_id__above))
   and (:field__chosen = '' or c.field = :field__chosen)
   and (:profession__chosen = '' or c.profession = :profession__chosen)
 group by 1, c.team_id, c.field, c.profession, c.channel
 limit 50000;

-- name: list_board_rated :many
select substr(c.division, 1, case when length(:division__scope) < 6
                                and length(:division__chosen) < 6 then 6 else 9 end) as division,
       c.team_id, c.field, c.profession, c.channel,
       count(*) as rated_count, cast(sum(r.stars) as bigint) as stars_sum,
       sum(case when r.at >= :at__today then 1 else 0 end) as rated_today_count,
       cast(sum(case when r.at >= :at__today then r.stars else 0 end) as bigint) as stars_today_sum
  from rating r
  join consultation c on c.consultation_id = r.consultation_id
 where r.at >= :at
   and substr(c.division, 1, length(:division__scope)) = :division__scope
   and (:division__chosen in ('', c.division, substr(c.division, 1, 6),
                              substr(c.division, 1, 9), c.division || '000'))
   and (:team_id__scope = 0 or c.team_id = :team_id__scope
        or c.team_id in (select b.team_id from team_below b where b.above_id = :team_id__scope))
   and (:team_id__chosen < 0 or c.team_id = :team_id__chosen
        or c.team_id in (select b.team_id from team_below b where b.above_id = :team_id__above))
   and (:field__chosen = '' or c.field = :field__chosen)
   and (:profession__chosen = '' or c.profession = :profession__chosen)
 group by 1, c.team_id, c.field, c.profession, c.channel
 limit 50000;

-- Waits for a live talk that are over since a moment, and those of them that ended for nothing:
-- the same facts the reports count (bureau/record).
-- name: list_board_waits :many
select substr(e.division, 1, case when length(:division__scope) < 6
                                and length(:division__chosen) < 6 then 6 else 9 end) as division,
       e.team_id, e.field, e.profession, e.channel,
       count(*) as over_count, sum(case when e.figure = 'abandoned' then 1 else 0 end) as left_count
  from record_event e
 where e.at >= :at and e.figure in ('talk', 'abandoned', 'to_message')
   and e.service = 'consultation'
   and substr(e.division, 1, length(:division__scope)) = :division__scope
   and (:division__chosen in ('', e.division, substr(e.division, 1, 6),
                              substr(e.division, 1, 9), e.division || '000'))
   and (:team_id__scope = 0 or e.team_id = :team_id__scope
        or e.team_id in (select b.team_id from team_below b where b.above_id = :team_id__scope))
   and (:team_id__chosen < 0 or e.team_id = :team_id__chosen
        or e.team_id in (select b.team_id from team_below b where b.above_id = :team_id__above))
   and (:field__chosen = '' or e.field = :field__chosen)
   and (:profession__chosen = '' or e.profession = :profession__chosen)
 group by 1, e.team_id, e.field, e.profession, e.channel
 limit 50000;

-- The rows behind a number of open cases, the oldest first.
-- name: list_board_open_cases :many
select c.consultation_id, c.reference, c.state, c.field, c.profession, c.division, c.team_id,
       c.consultant_id, p.person_name, c.asked_at, c.waiting_at, c.due_at, c.warned, c.talk_at,
       c.answered_at, c.closed_at
  from consultation c left join person p on p.person_id = c.consultant_id
 where c.state in (:state, :state__or)
   and c.warned >= :warned and c.due_at > :due_at__from and c.due_at <= :due_at__until
   and c.consultation_id > :consultation_id
   and (:consultant_id = 0 or c.consultant_id = :consultant_id)
   and substr(c.division, 1, length(:division__scope)) = :division__scope
   and (:division__chosen in ('', c.division, substr(c.division, 1, 6),
                              substr(c.division, 1, 9), c.division || '000'))
   and (:team_id__scope = 0 or c.team_id = :team_id__scope
        or c.team_id in (select b.team_id from team_below b where b.above_id = :team_id__scope))
   and (:team_id__chosen < 0 or c.team_id = :team_id__chosen
        or c.team_id in (select b.team_id from team_below b where b.above_id = :team_id__above))
   and (:field__chosen = '' or c.field = :field__chosen)
   and (:profession__chosen = '' or c.profession = :profession__chosen)
   and (:channel__chosen = '' or c.channel = :channel__chosen)
 order by c.consultation_id limit :max_rows; -- max: 101

-- What waits for one desk of the overflow ladder: nobody has been offered it yet.
-- name: list_desk_cases :many
select c.consultation_id, c.reference, c.field, c.division, c.team_id, c.waiting_at
  from consultation c
 where c.state = 'waiting' and c.profession = :profession
   and substr(c.division, 1, 6) = :division and c.consultation_id + 0 > :consultation_id
 order by c.consultation_id limit :max_rows; -- max: 101

-- Behind a figure of a hall: its numbers given between two moments, the first given first; '' of
-- any state, and only those somebody served when a moment is given.
-- name: list_hall_cases :many
select t.ticket_id, t.ticket, t.state, c.reference, c.field, c.division, c.team_id, t.taken_at,
       t.served_at, t.ended_at
  from hall_ticket t join consultation c on c.consultation_id = t.case_id
 where t.hall_id = :hall_id and t.taken_at >= :taken_at__from and t.taken_at < :taken_at__until
   and (:state = '' or t.state in (:state, :state__or)) and t.served_at >= :served_at
   and t.ticket_id + 0 > :ticket_id
 order by t.ticket_id + 0 limit :max_rows; -- max: 101

-- What waits for desks, counted for every desk.
-- name: list_desk_queues :many
select c.profession, substr(c.division, 1, 6) as division, count(*) as waiting_count
  from consultation c where c.state = 'waiting' group by 1, 2 limit 400;

-- Behind a number of ended ones; a moment that never comes leaves its kind out.
-- By moment, not by number (hence + 0): of 350,000 cases a day's are looked at, not all.
-- name: list_board_ended_cases :many
select c.consultation_id, c.reference, c.state, c.field, c.profession, c.division, c.team_id,
       c.consultant_id, p.person_name, c.asked_at, c.waiting_at, c.due_at, c.warned, c.talk_at,
       c.answered_at, c.closed_at
  from consultation c left join person p on p.person_id = c.consultant_id
 where ((c.answered_at >= :answered_at and c.answered_at > 0) or c.closed_at >= :closed_at)
   and c.consultation_id + 0 > :consultation_id
   and substr(c.division, 1, length(:division__scope)) = :division__scope
   and (:division__chosen in ('', c.division, substr(c.division, 1, 6),
                              substr(c.division, 1, 9), c.division || '000'))
   and (:team_id__scope = 0 or c.team_id = :team_id__scope
        or c.team_id in (select b.team_id from team_below b where b.above_id = :team_id__scope))
   and (:team_id__chosen < 0 or c.team_id = :team_id__chosen
        or c.team_id in (select b.team_id from team_below b where b.above_id = :team_id__above))
   and (:field__chosen = '' or c.field = :field__chosen)
   and (:profession__chosen = '' or c.profession = :profession__chosen)
   and (:channel__chosen = '' or c.channel = :channel__chosen)
 order by c.consultation_id + 0 limit :max_rows; -- max: 101

-- name: list_board_rated_cases :many
select c.consultation_id, c.reference, c.state, c.field, c.profession, c.division, c.team_id,
       c.consultant_id, p.person_name, c.asked_at, c.waiting_at, c.due_at, c.warned, c.talk_at,
       c.answered_at, c.closed_at, r.stars
  from rating r
  join consultation c on c.consultation_id = r.consultation_id
  left join person p on p.person_id = c.consultant_id
 where r.at >= :at and c.consultation_id + 0 > :consultation_id
   and substr(c.division, 1, length(:division__scope)) = :division__scope
   and (:division__chosen in ('', c.division, substr(c.division, 1, 6),
                              substr(c.division, 1, 9), c.division || '000'))
   and (:team_id__scope = 0 or c.team_id = :team_id__scope
        or c.team_id in (select b.team_id from team_below b where b.above_id = :team_id__scope))
   and (:team_id__chosen < 0 or c.team_id = :team_id__chosen
        or c.team_id in (select b.team_id from team_below b where b.above_id = :team_id__above))
   and (:field__chosen = '' or c.field = :field__chosen)
   and (:profession__chosen = '' or c.profession = :profession__chosen)
   and (:channel__chosen = '' or c.channel = :channel__chosen)
 order by c.consultation_id + 0 limit :max_rows; -- max: 101

-- Behind those who left while waiting.
-- name: list_board_left_cases :many
select c.consultation_id, c.reference, c.state, e.field, e.profession, e.division, e.team_id,
       c.consultant_id, p.person_name, c.asked_at, c.waiting_at, c.due_at, c.warned, c.talk_at,
       c.answered_at, c.closed_at
  from record_event e
  join consultation c on c.consultation_id = e.case_id
  left join person p on p.person_id = c.consultant_id
 where e.at >= :at and e.figure = 'abandoned' and c.consultation_id + 0 > :consultation_id
   and substr(e.division, 1, length(:division__scope)) = :division__scope
   and (:division__chosen in ('', e.division, substr(e.division, 1, 6),
                              substr(e.division, 1, 9), e.division || '000'))
   and (:team_id__scope = 0 or e.team_id = :team_id__scope
        or e.team_id in (select b.team_id from team_below b where b.above_id = :team_id__scope))
   and (:team_id__chosen < 0 or e.team_id = :team_id__chosen
        or e.team_id in (select b.team_id from team_below b where b.above_id = :team_id__above))
   and (:field__chosen = '' or e.field = :field__chosen)
   and (:profession__chosen = '' or e.profession = :profession__chosen)
   and (:channel__chosen = '' or e.channel = :channel__chosen)
 order by c.consultation_id + 0 limit :max_rows; -- max: 101

-- Who is on line; where a consultant serves and in which team decides who watches.
-- name: list_board_consultants :many
select pr.person_id, p.person_name, c.profession, c.team_id, c.division,
       pr.capacity, pr.since_at,
       (select count(*) from consultation k
         where k.consultant_id = pr.person_id and k.state in ('offered', 'talking')) as talks
  from presence pr
  join consultant c on c.person_id = pr.person_id
  join person p on p.person_id = pr.person_id
 where pr.presence = 'online' and pr.seen_at >= :seen_at
   and substr(c.division, 1, length(:division__scope)) = :division__scope
   and (:division__chosen in ('', c.division, substr(c.division, 1, 6),
                              substr(c.division, 1, 9), c.division || '000'))
   and (:team_id__scope = 0 or c.team_id = :team_id__scope
        or c.team_id in (select b.team_id from team_below b where b.above_id = :team_id__scope))
   and (:team_id__chosen < 0 or c.team_id = :team_id__chosen
        or c.team_id in (select b.team_id from team_below b where b.above_id = :team_id__above))
   and (:profession__chosen = '' or c.profession = :profession__chosen)
   and (:field__chosen = '' or exists (select 1 from consultant_field f
         where f.person_id = pr.person_id and f.field = :field__chosen))
 order by c.team_id, pr.person_id limit 20000;

-- Who is meant to be there now, and whether they are.
-- name: list_board_rostered :many
select s.person_id, p.person_name, c.profession, c.team_id, c.division,
       max(s.ends_at) as ends_at,
       max(case when pr.presence = 'online' and pr.seen_at >= :seen_at then 1 else 0 end)
           as on_line_count
  from shift s
  join consultant c on c.person_id = s.person_id
  join person p on p.person_id = s.person_id
  left join presence pr on pr.person_id = s.person_id
 where s.starts_at > :starts_at__from and s.starts_at <= :starts_at and s.ends_at > :ends_at
   and s.state in ('planned', 'confirmed') and c.standing = 'active' and p.standing = 'active'
   and substr(c.division, 1, length(:division__scope)) = :division__scope
   and (:division__chosen in ('', c.division, substr(c.division, 1, 6),
                              substr(c.division, 1, 9), c.division || '000'))
   and (:team_id__scope = 0 or c.team_id = :team_id__scope
        or c.team_id in (select b.team_id from team_below b where b.above_id = :team_id__scope))
   and (:team_id__chosen < 0 or c.team_id = :team_id__chosen
        or c.team_id in (select b.team_id from team_below b where b.above_id = :team_id__above))
   and (:profession__chosen = '' or c.profession = :profession__chosen)
 group by s.person_id, p.person_name, c.profession, c.team_id, c.division
 order by c.team_id, s.person_id limit 20000;

-- The same, counted by the fields they know: somebody who knows two is in both.
-- name: list_board_fields_known :many
select f.field, count(*) as on_line_count
  from presence pr
  join consultant c on c.person_id = pr.person_id
  join consultant_field f on f.person_id = pr.person_id
 where pr.presence = 'online' and pr.seen_at >= :seen_at
   and substr(c.division, 1, length(:division__scope)) = :division__scope
   and (:division__chosen in ('', c.division, substr(c.division, 1, 6),
                              substr(c.division, 1, 9), c.division || '000'))
   and (:team_id__scope = 0 or c.team_id = :team_id__scope
        or c.team_id in (select b.team_id from team_below b where b.above_id = :team_id__scope))
   and (:team_id__chosen < 0 or c.team_id = :team_id__chosen
        or c.team_id in (select b.team_id from team_below b where b.above_id = :team_id__above))
   and (:profession__chosen = '' or c.profession = :profession__chosen)
   and (:field__chosen = '' or f.field = :field__chosen)
 group by f.field limit 200;
