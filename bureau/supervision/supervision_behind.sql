-- supervision_behind.sql -- what stands behind the hours of a report and behind who read an
-- announcement: the rows list_duty adds up and list_announcements counts.

-- The days of a report, of one district or, with '', of all the watcher's.
-- name: list_duty_days :many
select duty_day, cast(sum(on_line_minutes) as bigint) as on_line_minutes,
       cast(sum(rostered_minutes) as bigint) as rostered_minutes,
       cast(sum(kept_minutes) as bigint) as kept_minutes
  from duty where duty_day >= :duty_day__from and duty_day < :duty_day__until
   and substr(division, 1, length(:division__scope)) = :division__scope
   and (:team_id__scope = 0 or team_id = :team_id__scope
        or team_id in (select b.team_id from team_below b where b.above_id = :team_id__scope))
   and (:division in ('', division))
 group by duty_day order by duty_day limit 400;

-- One day, by who was meant to serve.
-- name: list_duty_teams :many
select d.division, d.team_id, d.profession, d.on_line_minutes, d.rostered_minutes, d.kept_minutes
  from duty d where d.duty_day = :duty_day
   and substr(d.division, 1, length(:division__scope)) = :division__scope
   and (:team_id__scope = 0 or d.team_id = :team_id__scope
        or d.team_id in (select b.team_id from team_below b where b.above_id = :team_id__scope))
   and (:division in ('', d.division))
 order by d.division, d.team_id, d.profession limit 2000;

-- name: list_readers :many
select r.person_id, r.at, p.person_name, coalesce(c.team_id, 0) as team_id
  from announcement_read r join person p on p.person_id = r.person_id
  left join consultant c on c.person_id = r.person_id
 where r.announcement_id = :announcement_id and r.person_id > :person_id
 order by r.person_id limit :max_rows; -- max: 101
