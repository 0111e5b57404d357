-- consultation_held.sql -- what is held about one resident's questions; see platform/held.h.
--
-- A question is the asker's by the account, or by the phone number left with it: as on /my.
-- Whoever merely has the number reads the question there, but not what was said of it in
-- confidence: complaints, the consent, the name on a ticket and network addresses are for the
-- account alone, as on the page.

-- name: list_held_questions :many
select reference, state, asked_at, answered_at, closed_at, field, division, language, channel,
       priority, phone_sealed, outcome, summary
  from consultation
 where owner_id = :owner_id or (phone_index = :phone_index and phone_index <> '')
 order by consultation_id
 limit 10000;

-- What consultants note among themselves is not the asker's to read, here as on the page.
-- name: list_held_messages :many
select c.reference, m.at, m.side, m.author_name, m.text
  from message m
  join consultation c on c.consultation_id = m.consultation_id
 where (c.owner_id = :owner_id or (c.phone_index = :phone_index and c.phone_index <> ''))
   and m.internal = 0
 order by m.consultation_id, m.seq
 limit 100000;

-- name: list_held_attachments :many
select c.reference, a.at, a.attachment_name, a.type, a.bytes_count
  from attachment a
  join consultation c on c.consultation_id = a.consultation_id
 where c.owner_id = :owner_id or (c.phone_index = :phone_index and c.phone_index <> '')
 order by a.attachment_id
 limit 20000;

-- name: list_held_ratings :many
select c.reference, r.at, r.stars, r.patience, r.courtesy, r.efficiency, r.correctness, r.text
  from rating r
  join consultation c on c.consultation_id = r.consultation_id
 where c.owner_id = :owner_id or (c.phone_index = :phone_index and c.phone_index <> '')
 order by r.consultation_id
 limit 10000;

-- Also what was published although nothing was said; who said no reads that they did.
-- name: list_held_consents :many
select c.reference, coalesce(r.answer, '') as answer, coalesce(r.at, 0) as at,
       coalesce(e.published_at, 0) as published_at
  from consultation c
  left join repository_consent r on r.case_id = c.consultation_id
  left join repository_entry e on e.case_id = c.consultation_id
 where c.owner_id = :owner_id
   and (r.answer is not null or e.published_at > 0)
 order by c.consultation_id
 limit 10000;

-- name: list_held_complaints :many
select p.reference, p.kind, p.state, p.made_at, p.decided_at, p.text_sealed, p.phone_sealed,
       p.reply_sealed
  from complaint p
  join consultation c on c.consultation_id = p.case_id
 where c.owner_id = :owner_id
   and p.source = 'resident'
 order by p.complaint_id
 limit 1000;

-- name: list_held_tickets :many
select c.reference, t.ticket, t.taken_at, t.served_at, t.ended_at, t.name_sealed
  from hall_ticket t
  join consultation c on c.consultation_id = t.case_id
 where c.owner_id = :owner_id
 order by t.ticket_id
 limit 5000;

-- Those to the asker: leaders are told of the question too, on numbers of their own.
-- name: list_held_notices :many
select c.reference, n.template, n.made_at, n.sent_at, n.to_sealed
  from notice n
  join consultation c on c.consultation_id = n.case_id
 where (c.owner_id = :owner_id or (c.phone_index = :phone_index and c.phone_index <> ''))
   and n.case_id <> 0
   and n.template in ('received', 'answered', 'talk-now', 'written', 'complaint-received',
       'complaint-decided')
 order by n.notice_id
 limit 20000;

-- name: list_held_lines :many
select l.reference, l.at, l.act, l.address
  from (select c.reference, j.at, j.act, j.seq,
               case when j.actor_id <> :owner_id then ''
                    when j.origin <> '' then j.origin else j.address end as address
          from journal j
          join consultation c on c.consultation_id = j.case_id
         where (c.owner_id = :owner_id or (c.phone_index = :phone_index and c.phone_index <> ''))
           and j.case_id <> 0 and j.said = 0
        union all
        select c.reference, j.at, j.act, j.seq,
               case when j.actor_id <> :owner_id then ''
                    when j.origin <> '' then j.origin else j.address end as address
          from consultation c
          join message m on m.consultation_id = c.consultation_id
          join journal j on j.seq = m.seq and j.said = 1
         where (c.owner_id = :owner_id or (c.phone_index = :phone_index and c.phone_index <> ''))
       ) l
 order by l.seq
 limit 100000;
