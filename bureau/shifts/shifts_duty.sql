-- shifts_duty.sql -- who stands behind the numbers of the roster: the rows list_desks_now,
-- list_desks_next and list_cover count, one by one.

-- Who is on duty at a desk at a moment; between two moments that are one, who begins then.
-- name: list_on_duty :many
select s.shift_id, s.desk, s.profession, s.team_id, s.division, s.person_id, p.person_name,
       s.starts_at, s.ends_at, t.team_zh, t.team_en
  from shift s join consultant c on c.person_id = s.person_id
  join person p on p.person_id = s.person_id
  join team t on t.team_id = s.team_id
 where s.starts_at > :starts_at__from and s.starts_at <= :starts_at and s.ends_at > :starts_at
   and s.desk = :desk
   and s.state in ('planned', 'confirmed') and c.standing = 'active' and p.standing = 'active'
   and c.verified_at > 0 and (c.licence_until = 0 or c.licence_until > :starts_at)
   and (s.team_id = :team_id__scope
        or substr(s.division, 1, length(:division__scope)) = :division__scope)
   and s.shift_id + 0 > :shift_id
 order by s.shift_id limit :max_rows; -- max: 101

-- Who covers a half hour from its beginning to its end.
-- name: list_covering :many
select s.shift_id, s.desk, s.profession, s.team_id, s.division, s.person_id, p.person_name,
       s.starts_at, s.ends_at, t.team_zh, t.team_en
  from shift s join consultant c on c.person_id = s.person_id
  join person p on p.person_id = s.person_id
  join team t on t.team_id = s.team_id
 where s.starts_at > :starts_at__from and s.starts_at <= :starts_at and s.ends_at >= :ends_at
   and s.state in ('planned', 'confirmed')
   and (:profession = '' or s.profession = :profession)
   and substr(s.division, 1, length(:division__scope)) = :division__scope
   and c.standing = 'active' and p.standing = 'active' and c.verified_at > 0
   and (c.licence_until = 0 or c.licence_until >= s.ends_at)
   and s.shift_id + 0 > :shift_id
 order by s.shift_id limit :max_rows; -- max: 101
