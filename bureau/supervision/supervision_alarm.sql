-- supervision_alarm.sql -- warnings as people read them: within what the watcher may see, a
-- supervisor's divisions, a leader's team; without those about complaints the reader is in conflict
-- with, whose numbers are named as ",12,34,".  What nobody may handle is shown to the
-- administrators of the place and to nobody else.

-- Complaints there are warnings about, for which that must be asked.
-- name: list_warned_complaints :many
select distinct a.case_id
  from alarm a
 where a.alarm_kind in ('complaint_waits', 'complaint_late', 'complaint_over')
   and (a.cleared_at = 0 or a.cleared_at >= :cleared_at)
   and substr(a.division, 1, length(:division__scope)) = :division__scope
   and (:team_id__scope = 0 or a.team_id = :team_id__scope)
   and a.case_id > :case_id__after
 order by a.case_id limit 200;

-- Those nobody has seen first, then the more pressing, the newer; after the place of another.
-- name: list_open_alarms :many
select a.alarm_id, a.alarm_kind, a.alarm_key, a.alarm_level, a.division, a.team_id, a.case_id,
       a.words_one, a.words_two, a.raised_at, a.cleared_at, a.rung, a.escalate_at,
       a.acknowledged_at, a.alarm_note, coalesce(p.person_name, '') as person_name
  from alarm a left join person p on p.person_id = a.acknowledged_by
 where a.cleared_at = 0
   and ((a.alarm_kind not in ('complaint_nobody', 'wording_nobody')
         and substr(a.division, 1, length(:division__scope)) = :division__scope
         and (:team_id__scope = 0 or a.team_id = :team_id__scope))
        or (a.alarm_kind in ('complaint_nobody', 'wording_nobody')
            and substr(a.division, 1, length(:division__administered)) = :division__administered))
   and (a.hidden_from = 0 or a.hidden_from <> :hidden_from)
   and not (a.alarm_kind in ('complaint_waits', 'complaint_late', 'complaint_over')
            and :alarm_key__hidden like '%,' || a.alarm_key || ',%')
   and (:division__chosen in ('', a.division, substr(a.division, 1, 6), substr(a.division, 1, 9)))
   and (case when a.acknowledged_at = 0 then 0 else 1 end, -a.alarm_level, -a.raised_at,
        -a.alarm_id) > (:acknowledged_at__after, :alarm_level__after, :raised_at__after,
                        :alarm_id__after)
 order by case when a.acknowledged_at = 0 then 0 else 1 end, a.alarm_level desc, a.raised_at desc,
          a.alarm_id desc
 limit :max_rows; -- max: 101

-- The same rows, counted.
-- name: count_open_alarms :one
select count(*) as open_count,
       coalesce(sum(case when a.acknowledged_at = 0 then 1 else 0 end), 0) as unseen_count
  from alarm a
 where a.cleared_at = 0
   and ((a.alarm_kind not in ('complaint_nobody', 'wording_nobody')
         and substr(a.division, 1, length(:division__scope)) = :division__scope
         and (:team_id__scope = 0 or a.team_id = :team_id__scope))
        or (a.alarm_kind in ('complaint_nobody', 'wording_nobody')
            and substr(a.division, 1, length(:division__administered)) = :division__administered))
   and (a.hidden_from = 0 or a.hidden_from <> :hidden_from)
   and not (a.alarm_kind in ('complaint_waits', 'complaint_late', 'complaint_over')
            and :alarm_key__hidden like '%,' || a.alarm_key || ',%')
   and (:division__chosen in ('', a.division, substr(a.division, 1, 6), substr(a.division, 1, 9)));

-- Those that are over since a moment, the newest first.
-- name: list_over_alarms :many
select a.alarm_id, a.alarm_kind, a.alarm_key, a.alarm_level, a.division, a.team_id, a.case_id,
       a.words_one, a.words_two, a.raised_at, a.cleared_at, a.rung, a.escalate_at,
       a.acknowledged_at, a.alarm_note, coalesce(p.person_name, '') as person_name
  from alarm a left join person p on p.person_id = a.acknowledged_by
 where a.cleared_at >= :cleared_at and a.cleared_at > 0
   and ((a.alarm_kind not in ('complaint_nobody', 'wording_nobody')
         and substr(a.division, 1, length(:division__scope)) = :division__scope
         and (:team_id__scope = 0 or a.team_id = :team_id__scope))
        or (a.alarm_kind in ('complaint_nobody', 'wording_nobody')
            and substr(a.division, 1, length(:division__administered)) = :division__administered))
   and (a.hidden_from = 0 or a.hidden_from <> :hidden_from)
   and not (a.alarm_kind in ('complaint_waits', 'complaint_late', 'complaint_over')
            and :alarm_key__hidden like '%,' || a.alarm_key || ',%')
   and (a.raised_at < :raised_at__after
        or (a.raised_at = :raised_at__after and a.alarm_id < :alarm_id__after))
 order by a.raised_at desc, a.alarm_id desc
 limit :max_rows; -- max: 101
