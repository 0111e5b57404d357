-- consultation_stream.sql -- what streams tell: the journal's lines of a case, or of a desk's work.
--
-- What is said in a conversation that goes on is found by its message (`said`, see platform.sql);
-- for a consultant, in what is in hand.  Once the case moves on its lines are found like others; a
-- long talk's piece by piece, and meanwhile by `said_left`, whose rows are few: `cross join` makes
-- SQLite begin with them, and their count lets PostgreSQL pass over all of it when there are none.

-- What was said is found by case and by consultant from now on, whatever both become.
-- name: index_said :exec
update journal set said = 0
 where said = 1
   and seq in (select m.seq from message m where m.consultation_id = :consultation_id
                  and m.seq >= :seq__first and m.seq < :seq__below);

-- name: set_said_left :exec
insert into said_left (consultation_id, below_seq) values (:consultation_id, :below_seq)
on conflict (consultation_id) do update set below_seq = excluded.below_seq;

-- name: find_said_left :one
select below_seq from said_left where consultation_id = :consultation_id;

-- name: drop_said_left :exec
delete from said_left where consultation_id = :consultation_id;

-- Where the next piece begins, from the newest back; with fewer than a hundred it is the last one.
-- name: find_said_piece :one
select cast(coalesce(min(p.seq), 0) as bigint) as first_seq, count(*) as messages_count
  from (select m.seq from message m
         where m.consultation_id = :consultation_id and m.seq < :seq__below
         order by m.seq desc limit 100) p;

-- name: list_case_lines :many
select j.seq, j.at, j.act, j.actor_id, j.case_id, m.side, m.author_name, m.text,
       coalesce(m.internal, 0) as internal, coalesce(m.seq, 0) as seq__message,
       coalesce(m.attachment_id, 0) as attachment_id, a.attachment_name, a.type,
       coalesce(a.bytes_count, 0) as bytes_count
  from (select l.seq, l.at, l.act, l.actor_id, l.case_id from journal l
         where l.case_id = :case_id and l.case_id <> 0 and l.said = 0 and l.seq > :seq
        union all
        select l.seq, l.at, l.act, l.actor_id, l.case_id from message n
          join journal l on l.seq = n.seq and l.said = 1
         where n.consultation_id = :case_id and n.seq > :seq
         order by 1 limit 100) j
  left join message m on m.consultation_id = j.case_id and m.seq = j.seq
  left join attachment a on a.attachment_id = nullif(m.attachment_id, 0)
 order by j.seq limit 100;

-- name: list_lines_for :many
select j.seq, j.at, j.act, j.actor_id, j.case_id, m.side, m.author_name, m.text,
       coalesce(m.internal, 0) as internal, coalesce(m.seq, 0) as seq__message,
       coalesce(m.attachment_id, 0) as attachment_id, a.attachment_name, a.type,
       coalesce(a.bytes_count, 0) as bytes_count,
       c.reference, c.state, c.offer_until, c.due_at, c.field, c.consultant_id,
       e.resident_read, e.consultant_read
  from (select l.seq, l.at, l.act, l.actor_id, l.case_id from journal l
         where l.for_id = :for_id and l.for_id <> 0 and l.said = 0 and l.seq > :seq
        union all
        select l.seq, l.at, l.act, l.actor_id, l.case_id from consultation o
          join exchange x on x.consultation_id = o.consultation_id and x.last_seq > :seq
          join message n on n.consultation_id = o.consultation_id and n.seq > :seq
          join journal l on l.seq = n.seq and l.said = 1 and l.for_id = :for_id
         where o.consultant_id = :for_id and o.state in ('talking', 'message')
        union all
        select l.seq, l.at, l.act, l.actor_id, l.case_id
          from said_left s cross join consultation o cross join message n cross join journal l
         where (select count(*) from said_left s) > 0
           and o.consultation_id = s.consultation_id
           and not (o.consultant_id = :for_id and o.state in ('talking', 'message'))
           and n.consultation_id = s.consultation_id and n.seq > :seq
           and l.seq = n.seq and l.said = 1 and l.for_id = :for_id
         order by 1 limit 100) j
  join consultation c on c.consultation_id = j.case_id
  join exchange e on e.consultation_id = j.case_id
  left join message m on m.consultation_id = j.case_id and m.seq = j.seq
  left join attachment a on a.attachment_id = nullif(m.attachment_id, 0)
 order by j.seq limit 100;
