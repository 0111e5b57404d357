-- cases_link.sql -- what else belongs to a case.

-- name: add_link :exec
insert into case_link (case_id, kind, other_id, reference, by_id, at)
values (:case_id, :kind, :other_id, :reference, :by_id, :at)
on conflict (case_id, kind, other_id) do nothing;

-- name: drop_link :exec
delete from case_link where case_id = :case_id and kind = :kind and other_id = :other_id;

-- name: find_link :one
select other_id from case_link
 where case_id = :case_id and kind = :kind and reference = :reference order by other_id limit 1;

-- name: count_links :one
select count(*) as links_count from case_link where case_id = :case_id;

-- With where the other case is; of a talk there is nothing of that.
-- name: list_links :many
select l.kind, l.other_id, l.reference, l.by_id, l.at, coalesce(c.owner_id, 0) as owner_id,
       coalesce(c.version_id, 0) as version_id, coalesce(c.division, '') as division,
       coalesce(c.state, '') as state
  from case_link l left join case_now c on c.case_id = l.other_id and l.kind <> 'talk'
 where l.case_id = :case_id order by l.at, l.other_id limit 30;
