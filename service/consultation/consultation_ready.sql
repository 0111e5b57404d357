-- consultation_ready.sql -- ready answers that many share: every version of them.
--
-- What is in use stands in `canned`, with 0 (everybody's) or a team as its owner; numbers are given
-- once for all tables, so that a team's is never a person's.

-- name: list_ready :many
select c.canned_id, c.owner_id, c.field, c.title, c.text, coalesce(t.team_zh, '') as team_zh,
       coalesce(t.team_en, '') as team_en
  from canned c left join team t on t.team_id = c.owner_id
 where c.owner_id = 0 or t.team_id = :team_id
    or (:division <> '' and substr(t.division, 1, length(:division)) = :division)
 order by c.owner_id, c.field, c.title, c.canned_id
 limit 1000;

-- Those out of use, the last first.
-- name: list_ready_retired :many
select v.canned_id, v.owner_id, v.field, v.title, v.text, coalesce(t.team_zh, '') as team_zh,
       coalesce(t.team_en, '') as team_en
  from ready_version v left join team t on t.team_id = v.owner_id
 where v.is_active = 0
   and v.version_number = (select max(w.version_number) from ready_version w
                            where w.canned_id = v.canned_id)
   and (v.owner_id = 0 or t.team_id = :team_id
        or (:division <> '' and substr(t.division, 1, length(:division)) = :division))
 order by v.made_at desc, v.canned_id
 limit 100;

-- name: find_ready :one
select canned_id, owner_id, field, title, text from canned
 where canned_id = :canned_id
   and (owner_id = 0 or owner_id in (select t.team_id from team t));

-- name: find_ready_version :one
select version_number, owner_id, field, title, text, is_active from ready_version
 where canned_id = :canned_id
 order by version_number desc
 limit 1;

-- name: list_ready_versions :many
select v.version_number, v.owner_id, v.field, v.title, v.text, v.is_active, v.made_at,
       coalesce(p.person_name, '') as person_name
  from ready_version v left join person p on p.person_id = nullif(v.by_id, 0)
 where v.canned_id = :canned_id
 order by v.version_number desc
 limit 50;

-- name: add_ready_version :exec
insert into ready_version (canned_id, version_number, owner_id, field, title, text, is_active,
                           made_at, by_id)
values (:canned_id, :version_number, :owner_id, :field, :title, :text, :is_active, :made_at,
        :by_id);

-- name: save_ready :exec
update canned set owner_id = :owner_id, field = :field, title = :title, text = :text
 where canned_id = :canned_id;

-- name: drop_ready :exec
delete from canned where canned_id = :canned_id;

-- ---- at the desk ----

-- Ready answers: a consultant's own, the team's, and everybody's.
-- name: list_canned :many
select canned_id, owner_id, field, title, text from canned
 where owner_id in (0, :owner_id, :team_id) and (field = '' or field = :field)
 order by case owner_id when :owner_id then 0 when 0 then 2 else 1 end, title, canned_id limit 300;

-- name: list_canned_all :many
select canned_id, owner_id, field, title, text from canned
 where owner_id in (0, :owner_id, :team_id)
 order by case owner_id when :owner_id then 0 when 0 then 2 else 1 end, title, canned_id limit 300;

-- name: find_canned :one
select owner_id, text from canned
 where canned_id = :canned_id and owner_id in (0, :owner_id, :team_id);

-- name: count_canned :one
select count(*) as canned_count from canned where owner_id = :owner_id;

-- name: add_canned :exec
insert into canned (canned_id, owner_id, field, language, title, text)
values (:canned_id, :owner_id, :field, :language, :title, :text);

-- name: drop_canned :exec
delete from canned where canned_id = :canned_id and owner_id = :owner_id;
