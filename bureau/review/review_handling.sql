-- review_handling.sql -- who may handle a complaint, settle a flag or mark an answer: nobody who is
-- in conflict with it.

-- name: add_away :exec
insert into complaint_away (complaint_id, person_id, at) values (:complaint_id, :person_id, :at)
on conflict (complaint_id, person_id) do nothing;

-- In conflict is whoever it is about, had the case, gave it to somebody, took it over or whispered
-- in it; who may not serve whoever complains or the other side, is one of them or served the other
-- side; and who said so.  All queries here ask the same, and so does list_peers in review.sql.
-- name: find_free_of_conflict :one
select k.complaint_id from complaint k
 where k.complaint_id = :complaint_id and k.consultant_id <> :person_id
   and not exists (select 1 from complaint_away w
                    where w.complaint_id = k.complaint_id and w.person_id = :person_id)
   and not exists (select 1 from assignment a
                    where a.case_id = k.case_id and a.person_id = :person_id and a.taken_at > 0)
   and not exists (select 1 from journal j
                    where j.case_id = k.case_id and j.case_id <> 0 and j.said = 0
                      and j.actor_id = :person_id
                      and (j.act like '%.reassign' or j.act like '%.take_over'
                           or j.act like '%.whisper' or j.act like '%.hand'
                           or j.act like '%.place'))
   and not exists (select 1 from assignment_party p join assignment_bar b
                       on b.party_hash = p.party_hash
                    where p.case_id = k.case_id and b.person_id = :person_id)
   and not exists (select 1 from assignment_party p join person i
                       on i.phone_index = p.party_hash
                    where p.case_id = k.case_id and i.person_id = :person_id)
   and not exists (select 1 from assignment_party p
                     join assignment_party o on o.party_hash = p.party_hash and o.side <> p.side
                     join assignment a on a.case_id = o.case_id
                    where p.case_id = k.case_id and o.case_id <> k.case_id
                      and a.person_id = :person_id and a.result = 'accepted');

-- name: list_complaints :many
select k.complaint_id, k.reference, k.source, k.kind, k.state, k.made_at, k.acknowledge_by,
       k.decide_by, k.decided_at, k.is_upheld, k.consultant_id, k.handler_id, k.warned,
       coalesce(p.person_name, '') as person_name, coalesce(h.person_name, '') as handler_name
  from complaint k left join person p on p.person_id = k.consultant_id
  left join person h on h.person_id = k.handler_id
 where substr(k.division, 1, length(:division__scope)) = :division__scope
   and (:team_id__scope = 0
        or (k.team_id = :team_id__scope and k.kind not in ('money', 'leader')))
   and k.consultant_id <> :person_id
   and ((:state = 'open' and k.state <> 'decided') or k.state = :state)
   and (:complaint_id = 0 or k.complaint_id < :complaint_id)
   and not exists (select 1 from complaint_away w
                    where w.complaint_id = k.complaint_id and w.person_id = :person_id)
   and not exists (select 1 from assignment a
                    where a.case_id = k.case_id and a.person_id = :person_id and a.taken_at > 0)
   and not exists (select 1 from journal j
                    where j.case_id = k.case_id and j.case_id <> 0 and j.said = 0
                      and j.actor_id = :person_id
                      and (j.act like '%.reassign' or j.act like '%.take_over'
                           or j.act like '%.whisper' or j.act like '%.hand'
                           or j.act like '%.place'))
   and not exists (select 1 from assignment_party p join assignment_bar b
                       on b.party_hash = p.party_hash
                    where p.case_id = k.case_id and b.person_id = :person_id)
   and not exists (select 1 from assignment_party p join person i
                       on i.phone_index = p.party_hash
                    where p.case_id = k.case_id and i.person_id = :person_id)
   and not exists (select 1 from assignment_party p
                     join assignment_party o on o.party_hash = p.party_hash and o.side <> p.side
                     join assignment a on a.case_id = o.case_id
                    where p.case_id = k.case_id and o.case_id <> k.case_id
                      and a.person_id = :person_id and a.result = 'accepted')
 order by k.complaint_id desc limit :max_rows; -- max: 101

-- Whom it could be handed to: supervisors of the place, and the leader of the team where it may
-- stay there.
-- name: list_handlers :many
select c.person_id, c.person_name, max(r.role) as role_text
  from complaint k join role r on r.role in ('supervisor', 'leader')
  join person c on c.person_id = r.person_id
 where k.complaint_id = :complaint_id and c.standing = 'active' and c.person_id <> :person_id
   and c.person_id <> k.consultant_id
   and ((r.role = 'supervisor' and substr(k.division, 1, length(r.scope)) = r.scope)
        or (r.role = 'leader' and k.kind not in ('money', 'leader')
            and exists (select 1 from team t where t.team_id = k.team_id
                                               and t.leader_id = c.person_id)))
   and not exists (select 1 from complaint_away w
                    where w.complaint_id = k.complaint_id and w.person_id = c.person_id)
   and not exists (select 1 from assignment a
                    where a.case_id = k.case_id and a.person_id = c.person_id and a.taken_at > 0)
   and not exists (select 1 from journal j
                    where j.case_id = k.case_id and j.case_id <> 0 and j.said = 0
                      and j.actor_id = c.person_id
                      and (j.act like '%.reassign' or j.act like '%.take_over'
                           or j.act like '%.whisper' or j.act like '%.hand'
                           or j.act like '%.place'))
   and not exists (select 1 from assignment_party p join assignment_bar b
                       on b.party_hash = p.party_hash
                    where p.case_id = k.case_id and b.person_id = c.person_id)
   and not exists (select 1 from assignment_party p join person i
                       on i.phone_index = p.party_hash
                    where p.case_id = k.case_id and i.person_id = c.person_id)
   and not exists (select 1 from assignment_party p
                     join assignment_party o on o.party_hash = p.party_hash and o.side <> p.side
                     join assignment a on a.case_id = o.case_id
                    where p.case_id = k.case_id and o.case_id <> k.case_id
                      and a.person_id = c.person_id and a.result = 'accepted')
 group by c.person_id, c.person_name order by c.person_name, c.person_id limit 200;

-- ---- flags ----

-- name: add_flag_away :exec
insert into flag_away (flag_id, person_id, at) values (:flag_id, :person_id, :at)
on conflict (flag_id, person_id) do nothing;

-- Who left a flag does not handle what came of it either.
-- name: carry_flag_away :exec
insert into complaint_away (complaint_id, person_id, at)
select :complaint_id, person_id, at from flag_away where flag_id = :flag_id
on conflict (complaint_id, person_id) do nothing;

-- name: find_flag_free_of_conflict :one
select f.flag_id from wording_flag f
 where f.flag_id = :flag_id and f.consultant_id <> :person_id
   and not exists (select 1 from flag_away w
                    where w.flag_id = f.flag_id and w.person_id = :person_id)
   and not exists (select 1 from assignment a
                    where a.case_id = f.case_id and a.person_id = :person_id and a.taken_at > 0)
   and not exists (select 1 from journal j
                    where j.case_id = f.case_id and j.case_id <> 0 and j.said = 0
                      and j.actor_id = :person_id
                      and (j.act like '%.reassign' or j.act like '%.take_over'
                           or j.act like '%.whisper' or j.act like '%.hand'
                           or j.act like '%.place'))
   and not exists (select 1 from assignment_party p join assignment_bar b
                       on b.party_hash = p.party_hash
                    where p.case_id = f.case_id and b.person_id = :person_id)
   and not exists (select 1 from assignment_party p join person i
                       on i.phone_index = p.party_hash
                    where p.case_id = f.case_id and i.person_id = :person_id)
   and not exists (select 1 from assignment_party p
                     join assignment_party o on o.party_hash = p.party_hash and o.side <> p.side
                     join assignment a on a.case_id = o.case_id
                    where p.case_id = f.case_id and o.case_id <> f.case_id
                      and a.person_id = :person_id and a.result = 'accepted');

-- name: list_flags :many
select f.flag_id, f.reference, f.seq, f.consultant_id, f.wording, f.pattern, f.at, f.state,
       f.settled_at, f.complaint_id, coalesce(q.person_name, '') as person_name
  from wording_flag f left join person q on q.person_id = f.consultant_id
 where substr(f.division, 1, length(:division__scope)) = :division__scope
   and (:team_id__scope = 0
        or (f.team_id = :team_id__scope and ' ' || f.wording || ' ' not like '% money %'))
   and f.consultant_id <> :person_id
   and ((:state = 'open' and f.state = 'open') or (:state <> 'open' and f.state <> 'open'))
   and (:flag_id = 0 or f.flag_id < :flag_id)
   and not exists (select 1 from flag_away w
                    where w.flag_id = f.flag_id and w.person_id = :person_id)
   and not exists (select 1 from assignment a
                    where a.case_id = f.case_id and a.person_id = :person_id and a.taken_at > 0)
   and not exists (select 1 from journal j
                    where j.case_id = f.case_id and j.case_id <> 0 and j.said = 0
                      and j.actor_id = :person_id
                      and (j.act like '%.reassign' or j.act like '%.take_over'
                           or j.act like '%.whisper' or j.act like '%.hand'
                           or j.act like '%.place'))
   and not exists (select 1 from assignment_party p join assignment_bar b
                       on b.party_hash = p.party_hash
                    where p.case_id = f.case_id and b.person_id = :person_id)
   and not exists (select 1 from assignment_party p join person i
                       on i.phone_index = p.party_hash
                    where p.case_id = f.case_id and i.person_id = :person_id)
   and not exists (select 1 from assignment_party p
                     join assignment_party o on o.party_hash = p.party_hash and o.side <> p.side
                     join assignment a on a.case_id = o.case_id
                    where p.case_id = f.case_id and o.case_id <> f.case_id
                      and a.person_id = :person_id and a.result = 'accepted')
 order by f.flag_id desc limit :max_rows; -- max: 101

-- Who else could settle it: supervisors of the place, and the leader of the team but about money.
-- name: list_flag_handlers :many
select c.person_id
  from wording_flag f join role r on r.role in ('supervisor', 'leader')
  join person c on c.person_id = r.person_id
 where f.flag_id = :flag_id and c.standing = 'active' and c.person_id <> :person_id
   and c.person_id <> f.consultant_id
   and ((r.role = 'supervisor' and substr(f.division, 1, length(r.scope)) = r.scope)
        or (r.role = 'leader' and ' ' || f.wording || ' ' not like '% money %'
            and exists (select 1 from team t where t.team_id = f.team_id
                                               and t.leader_id = c.person_id)))
   and not exists (select 1 from flag_away w
                    where w.flag_id = f.flag_id and w.person_id = c.person_id)
   and not exists (select 1 from assignment a
                    where a.case_id = f.case_id and a.person_id = c.person_id and a.taken_at > 0)
   and not exists (select 1 from journal j
                    where j.case_id = f.case_id and j.case_id <> 0 and j.said = 0
                      and j.actor_id = c.person_id
                      and (j.act like '%.reassign' or j.act like '%.take_over'
                           or j.act like '%.whisper' or j.act like '%.hand'
                           or j.act like '%.place'))
   and not exists (select 1 from assignment_party p join assignment_bar b
                       on b.party_hash = p.party_hash
                    where p.case_id = f.case_id and b.person_id = c.person_id)
   and not exists (select 1 from assignment_party p join person i
                       on i.phone_index = p.party_hash
                    where p.case_id = f.case_id and i.person_id = c.person_id)
   and not exists (select 1 from assignment_party p
                     join assignment_party o on o.party_hash = p.party_hash and o.side <> p.side
                     join assignment a on a.case_id = o.case_id
                    where p.case_id = f.case_id and o.case_id <> f.case_id
                      and a.person_id = c.person_id and a.result = 'accepted')
 group by c.person_id order by c.person_id limit 1;

-- ---- what nobody is left for ----

-- Open complaints of which everybody who could handle them is in conflict.
-- name: list_stranded_complaints :many
select k.complaint_id, k.consultant_id, k.division, k.made_at from complaint k
 where k.state in ('received', 'acknowledged') and k.complaint_id > :complaint_id__after
   and not exists (
     select 1 from role r join person c on c.person_id = r.person_id
      where r.role in ('supervisor', 'leader') and c.standing = 'active'
        and c.person_id <> k.consultant_id
        and ((r.role = 'supervisor' and substr(k.division, 1, length(r.scope)) = r.scope)
             or (r.role = 'leader' and k.kind not in ('money', 'leader')
                 and exists (select 1 from team t where t.team_id = k.team_id
                                                    and t.leader_id = c.person_id)))
       and not exists (select 1 from complaint_away w
                        where w.complaint_id = k.complaint_id and w.person_id = c.person_id)
       and not exists (select 1 from assignment a
                        where a.case_id = k.case_id and a.person_id = c.person_id
                          and a.taken_at > 0)
       and not exists (select 1 from journal j
                        where j.case_id = k.case_id and j.case_id <> 0 and j.said = 0
                          and j.actor_id = c.person_id
                          and (j.act like '%.reassign' or j.act like '%.take_over'
                               or j.act like '%.whisper' or j.act like '%.hand'
                               or j.act like '%.place'))
       and not exists (select 1 from assignment_party p join assignment_bar b
                           on b.party_hash = p.party_hash
                        where p.case_id = k.case_id and b.person_id = c.person_id)
       and not exists (select 1 from assignment_party p join person i
                           on i.phone_index = p.party_hash
                        where p.case_id = k.case_id and i.person_id = c.person_id)
       and not exists (select 1 from assignment_party p
                         join assignment_party o on o.party_hash = p.party_hash and o.side <> p.side
                         join assignment a on a.case_id = o.case_id
                        where p.case_id = k.case_id and o.case_id <> k.case_id
                          and a.person_id = c.person_id and a.result = 'accepted'))
 order by k.complaint_id limit 50;

-- Wording that nobody may settle.
-- name: list_stranded_flags :many
select f.flag_id, f.consultant_id, f.division, f.at from wording_flag f
 where f.state = 'open' and f.flag_id > :flag_id__after
   and not exists (
     select 1 from role r join person c on c.person_id = r.person_id
      where r.role in ('supervisor', 'leader') and c.standing = 'active'
        and c.person_id <> f.consultant_id
        and ((r.role = 'supervisor' and substr(f.division, 1, length(r.scope)) = r.scope)
             or (r.role = 'leader' and ' ' || f.wording || ' ' not like '% money %'
                 and exists (select 1 from team t where t.team_id = f.team_id
                                                    and t.leader_id = c.person_id)))
       and not exists (select 1 from flag_away w
                        where w.flag_id = f.flag_id and w.person_id = c.person_id)
       and not exists (select 1 from assignment a
                        where a.case_id = f.case_id and a.person_id = c.person_id
                          and a.taken_at > 0)
       and not exists (select 1 from journal j
                        where j.case_id = f.case_id and j.case_id <> 0 and j.said = 0
                          and j.actor_id = c.person_id
                          and (j.act like '%.reassign' or j.act like '%.take_over'
                               or j.act like '%.whisper' or j.act like '%.hand'
                               or j.act like '%.place'))
       and not exists (select 1 from assignment_party p join assignment_bar b
                           on b.party_hash = p.party_hash
                        where p.case_id = f.case_id and b.person_id = c.person_id)
       and not exists (select 1 from assignment_party p join person i
                           on i.phone_index = p.party_hash
                        where p.case_id = f.case_id and i.person_id = c.person_id)
       and not exists (select 1 from assignment_party p
                         join assignment_party o on o.party_hash = p.party_hash and o.side <> p.side
                         join assignment a on a.case_id = o.case_id
                        where p.case_id = f.case_id and o.case_id <> f.case_id
                          and a.person_id = c.person_id and a.result = 'accepted'))
 order by f.flag_id limit 50;

-- ---- answers drawn by lot ----

-- name: find_free_of_case :one
select c.person_id from person c where c.person_id = :person_id
   and not exists (select 1 from assignment a
                    where a.case_id = :case_id and a.person_id = c.person_id and a.taken_at > 0)
   and not exists (select 1 from journal j
                    where j.case_id = :case_id and j.case_id <> 0 and j.said = 0
                      and j.actor_id = c.person_id
                      and (j.act like '%.reassign' or j.act like '%.take_over'
                           or j.act like '%.whisper' or j.act like '%.hand'
                           or j.act like '%.place'))
   and not exists (select 1 from assignment_party p join assignment_bar b
                       on b.party_hash = p.party_hash
                    where p.case_id = :case_id and b.person_id = c.person_id)
   and not exists (select 1 from assignment_party p join person i
                       on i.phone_index = p.party_hash
                    where p.case_id = :case_id and i.person_id = c.person_id)
   and not exists (select 1 from assignment_party p
                     join assignment_party o on o.party_hash = p.party_hash and o.side <> p.side
                     join assignment a on a.case_id = o.case_id
                    where p.case_id = :case_id and o.case_id <> :case_id
                      and a.person_id = c.person_id and a.result = 'accepted');
