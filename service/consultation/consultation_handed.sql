-- consultation_handed.sql -- what was given to a team, a district or a street as such.
--
-- A reader is a leader (:team_id, 0 for none) or a supervisor (:division__scope, '-' for none: no
-- code begins so).  A team's work is its leader's, a district's that of the leader of its district
-- team; and any, a street's too, that of supervisors of the place or above it.  Leaders of teams
-- above decide nothing here: they look in from their board.

-- What stands of a case, which team answers for it meanwhile (of a district as such its own, so
-- that whoever leads a team above that one sees it as any work below), and whether the reader's
-- team is the body's, or the sender's.
-- name: find_handing :one
select h.handing_id, h.state, h.to_team, h.to_division, h.from_team, h.from_division, h.by_id,
       h.reason, h.at, h.accept_by, h.moved_at, h.answer,
       coalesce(p.person_name, '') as person_name,
       case when h.to_team <> 0 then h.to_team
            else coalesce((select min(t.team_id) from team t
                            where t.team_kind = 'district' and t.division = h.to_division
                              and t.is_active = 1), 0) end as holder_team,
       (select count(*) from team b
         where b.team_id = :team_id
           and (b.team_id = h.to_team
                or (h.to_team = 0 and b.team_kind = 'district' and b.division = h.to_division)))
           as body_count,
       (select count(*) from team b
         where b.team_id = :team_id and b.team_id = h.from_team) as sender_count
  from handing h left join person p on p.person_id = h.by_id
 where h.consultation_id = :consultation_id and h.ended_at = 0;

-- name: add_handing :exec
insert into handing (handing_id, consultation_id, state, to_team, to_division, from_team,
       from_division, by_id, reason, at, accept_by, moved_at, moved_by, answer, ended_at)
values (:handing_id, :consultation_id, 'waiting', :to_team, :to_division, :from_team,
       :from_division, :by_id, :reason, :at, :accept_by, :at, :by_id, '', 0);

-- name: set_accept_by :exec
update handing set accept_by = :accept_by where handing_id = :handing_id;

-- name: move_handing :exec
update handing set state = :state, moved_at = :moved_at, moved_by = :moved_by, answer = :answer
 where handing_id = :handing_id;

-- name: end_handing :exec
update handing set ended_at = :ended_at where handing_id = :handing_id;

-- What waits with the reader's body, or was accepted there and nobody has it yet; soonest first.
-- name: list_handed_to :many
select h.consultation_id, h.state, h.to_team, h.to_division, h.from_team, h.from_division,
       h.reason, h.at, h.accept_by, h.answer, c.reference, c.field, c.division, c.due_at,
       c.consultant_id
  from handing h join consultation c on c.consultation_id = h.consultation_id
 where h.ended_at = 0 and c.state = 'message' and h.state in ('waiting', 'accepted', 'placed')
   and c.consultant_id = 0
   and (substr(h.to_division, 1, length(:division__scope)) = :division__scope
        or exists (select 1 from team b
                    where b.team_id = :team_id
                      and (b.team_id = h.to_team
                           or (h.to_team = 0 and b.team_kind = 'district'
                               and b.division = h.to_division))))
 order by h.accept_by, h.handing_id limit 200;

-- What the reader's layer gave away and is not taken up yet, or came back and nobody has.
-- name: list_handed_by :many
select h.consultation_id, h.state, h.to_team, h.to_division, h.from_team, h.from_division,
       h.reason, h.at, h.accept_by, h.answer, c.reference, c.field, c.division, c.due_at,
       c.consultant_id
  from handing h join consultation c on c.consultation_id = h.consultation_id
 where h.ended_at = 0 and c.state = 'message' and h.state in ('waiting', 'returned', 'lapsed')
   and c.consultant_id = 0
   and (substr(h.from_division, 1, length(:division__scope)) = :division__scope
        or exists (select 1 from team b
                    where b.team_id = :team_id and b.team_id = h.from_team))
 order by h.accept_by, h.handing_id limit 200;

-- Who of the body could be chosen: checked, in service, and where it is handed to.
-- name: list_handed_people :many
select c.person_id, p.person_name, c.profession, c.verified_at, c.licence_until,
       c.written_capacity,
       (select count(*) from consultation w
         where w.consultant_id = c.person_id and w.state = 'message') as written_count,
       (select count(*) from consultant_field f
         where f.person_id = c.person_id and f.field = :field) as field_count,
       (select count(*) from consultant_language l
         where l.person_id = c.person_id and l.language = :language) as language_count
  from consultant c join person p on p.person_id = c.person_id
 where c.standing = 'active' and p.standing = 'active'
   and ((:to_team <> 0 and c.team_id = :to_team)
        or (:to_team = 0 and substr(c.division, 1, length(:to_division)) = :to_division))
 order by p.person_name, c.person_id limit 500;
