-- assignment.sql -- who got which case and why, of every service; the policy in its versions; who
-- was on line when.

-- Every offer, and every written question given out, with all who could have had it.
create table assignment (
    assignment_id  bigint  not null primary key,
    service        text    not null, -- whose case it is: consultation, …
    case_id        bigint  not null,
    profession     text    not null,
    field          text    not null,
    person_id      bigint  not null, -- who was chosen
    next_id        bigint  not null, -- who would have been next; 0 nobody
    points         integer not null,
    next_points    integer not null,
    candidates_count integer not null, -- weighed
    fit_count      integer not null,
    candidates     text    not null, -- assignment_keep(); '' once it is too old
    policy_version bigint  not null,
    is_written     integer not null,
    offered_at     bigint  not null,
    taken_at       bigint  not null, -- accepted; 0 not (yet)
    ended_at       bigint  not null, -- 0 while it stands
    result         text    not null, -- open, accepted, declined, expired, withdrawn, transferred
    reason         text    not null  -- of a decline or transfer
);
create index assignment_of on assignment (case_id, assignment_id);
create index assignment_person on assignment (person_id, offered_at);
create index assignment_lately on assignment (profession, assignment_id);
create index assignment_kept on assignment (offered_at) where candidates <> '';

-- When somebody was on line, and for how many conversations at once.
create table assignment_spell (
    person_id      bigint  not null references consultant,
    from_at        bigint  not null,
    until_at       bigint  not null, -- 0: still
    capacity       integer not null,
    primary key (person_id, from_at)
);
create index assignment_spell_until on assignment_spell (until_at, person_id);

-- The sums of the window, so that a decision reads one row a person; counted anew every night.
create table assignment_share (
    person_id      bigint  not null primary key references consultant,
    offers_count   integer not null,
    talks_count    integer not null,
    online_seconds bigint  not null -- of spells that ended
);

-- Who must not serve whom.  Only keyed hashes are compared; what was declared is read by whoever
-- declared it and by nobody else.
create table assignment_bar (
    bar_id         bigint  not null primary key,
    person_id      bigint  not null references consultant,
    party_hash     text    not null,
    party_sealed   text    not null, -- '' after a decline: then it is not known whose it is
    made_at        bigint  not null
);
create unique index assignment_bar_of on assignment_bar (person_id, party_hash);
create index assignment_bar_party on assignment_bar (party_hash);

-- Whose case it is, and whom it is against, as far as was said.
create table assignment_party (
    case_id        bigint  not null,
    side           text    not null, -- resident, other
    party_hash     text    not null,
    primary key (case_id, side, party_hash)
);
create index assignment_party_of on assignment_party (party_hash, side);

-- Policy, version by version; the greatest is in force.  Never changed, never removed.
create table assignment_policy (
    policy_version bigint  not null primary key,
    made_at        bigint  not null,
    by_id          bigint  not null,
    why            text    not null,
    numbers        text    not null -- name=value, as assignment_policy_read() takes them
);

-- migrate: 1
-- Questions given out in writing, in the same window.
alter table assignment_share add column written_count integer not null default 0;

-- migrate: 2
-- Whom somebody asked for by name: a case forgets it once it is served, a replay needs it.
create table assignment_wish (
    case_id        bigint  not null primary key,
    person_id      bigint  not null,
    asked_at       bigint  not null
);
create index assignment_wish_at on assignment_wish (asked_at);

-- migrate: 3
-- Who only watches has parties they must keep away from, too: not consultants alone.
create table assignment_bar_of_anybody (
    bar_id         bigint  not null primary key,
    person_id      bigint  not null references person,
    party_hash     text    not null,
    party_sealed   text    not null,
    made_at        bigint  not null
);
insert into assignment_bar_of_anybody (bar_id, person_id, party_hash, party_sealed, made_at)
select bar_id, person_id, party_hash, party_sealed, made_at from assignment_bar;
drop table assignment_bar;
alter table assignment_bar_of_anybody rename to assignment_bar;
create unique index assignment_bar_of on assignment_bar (person_id, party_hash);
create index assignment_bar_party on assignment_bar (party_hash);

-- migrate: 4
-- When whoever took it live said the first words to the resident; 0: not yet.
alter table assignment add column first_at bigint not null default 0;

-- ---- deciding ----

-- name: find_policy :one
select policy_version, numbers from assignment_policy order by policy_version desc limit 1;

-- Everybody of a profession who is on line, by number; so many at a time, until there are no more.
-- name: list_floor :many
select c.person_id, p.person_name, c.team_id, c.division, pr.capacity, c.verified_at,
       c.licence_until, c.last_offer_at, coalesce(sp.from_at, pr.since_at) as from_at,
       coalesce(s.talks_count, 0) as talks_count, coalesce(s.online_seconds, 0) as online_seconds
  from presence pr
  join consultant c on c.person_id = pr.person_id
  join person p on p.person_id = pr.person_id
  left join assignment_share s on s.person_id = pr.person_id
  left join assignment_spell sp on sp.person_id = pr.person_id and sp.until_at = 0
 where pr.presence = 'online' and pr.seen_at >= :seen_at and c.profession = :profession
   and c.standing = 'active' and p.standing = 'active' and c.person_id > :person_id
 order by c.person_id limit 2048;

-- What they know, of those from one number to another.
-- name: list_floor_fields :many
select f.person_id, f.field
  from presence pr
  join consultant c on c.person_id = pr.person_id
  join consultant_field f on f.person_id = pr.person_id
 where pr.presence = 'online' and pr.seen_at >= :seen_at and c.profession = :profession
   and f.person_id >= :person_id__from and f.person_id <= :person_id__to
 order by f.person_id limit 98304;

-- name: list_floor_languages :many
select l.person_id, l.language
  from presence pr
  join consultant c on c.person_id = pr.person_id
  join consultant_language l on l.person_id = pr.person_id
 where pr.presence = 'online' and pr.seen_at >= :seen_at and c.profession = :profession
   and l.person_id >= :person_id__from and l.person_id <= :person_id__to
 order by l.person_id limit 40960;

-- Everybody who knows the field, on line or not: for an answer in writing.
-- name: list_knowing :many
select c.person_id, p.person_name, c.team_id, c.division, c.written_capacity, c.verified_at,
       c.licence_until, c.last_offer_at, coalesce(s.written_count, 0) as written_count,
       (select count(*) from consultant_language l
         where l.person_id = c.person_id and l.language = :language) as language_count
  from consultant_field f
  join consultant c on c.person_id = f.person_id
  join person p on p.person_id = c.person_id
  left join assignment_share s on s.person_id = c.person_id
 where f.field = :field and c.profession = :profession and c.standing = 'active'
   and p.standing = 'active' and c.person_id > :person_id
 order by c.person_id limit 2048;

-- Who declined it or passed it on; and who missed it, until they come on line again.
-- name: list_had_it :many
select distinct a.person_id from assignment a
  left join presence pr on pr.person_id = a.person_id
 where a.case_id = :case_id
   and (a.result in ('declined', 'transferred')
        or (a.result = 'expired'
            and (pr.person_id is null or pr.presence <> 'online' or pr.since_at < a.ended_at)))
 limit 256;

-- ---- writing down ----

-- name: add_assignment :exec
insert into assignment (assignment_id, service, case_id, profession, field, person_id, next_id,
       points, next_points, candidates_count, fit_count, candidates, policy_version, is_written,
       offered_at, taken_at, ended_at, result, reason)
values (:assignment_id, :service, :case_id, :profession, :field, :person_id, :next_id, :points,
       :next_points, :candidates_count, :fit_count, :candidates, :policy_version, :is_written,
       :offered_at, 0, 0, 'open', '');

-- It stands until the talk ends or moves on, and then says which.
-- name: set_accepted :exec
update assignment set result = 'accepted', taken_at = :taken_at
 where case_id = :case_id and ended_at = 0;

-- name: set_first :exec
update assignment set first_at = :first_at
 where case_id = :case_id and person_id = :person_id and ended_at = 0 and first_at = 0
   and taken_at > 0;

-- name: set_ended :exec
update assignment set ended_at = :ended_at, result = :result, reason = :reason
 where case_id = :case_id and ended_at = 0;

-- name: find_standing :one
select assignment_id, person_id, is_written from assignment
 where case_id = :case_id and ended_at = 0 order by assignment_id desc limit 1;

-- name: list_assignments :many
select a.assignment_id, a.person_id, p.person_name, a.next_id, a.points, a.next_points,
       a.candidates_count, a.fit_count, a.candidates, a.policy_version, a.is_written, a.offered_at,
       a.taken_at, a.ended_at, a.result, a.reason
  from assignment a left join person p on p.person_id = a.person_id
 where a.case_id = :case_id order by a.assignment_id limit 100;

-- ---- shares ----

-- name: add_share_offer :exec
insert into assignment_share (person_id, offers_count, talks_count, online_seconds)
values (:person_id, 1, 0, 0)
on conflict (person_id) do update set offers_count = assignment_share.offers_count + 1;

-- name: add_share_talk :exec
insert into assignment_share (person_id, offers_count, talks_count, online_seconds)
values (:person_id, 0, 1, 0)
on conflict (person_id) do update set talks_count = assignment_share.talks_count + 1;

-- name: add_share_written :exec
insert into assignment_share (person_id, offers_count, talks_count, online_seconds, written_count)
values (:person_id, 0, 0, 0, 1)
on conflict (person_id) do update set written_count = assignment_share.written_count + 1;

-- name: add_share_seconds :exec
insert into assignment_share (person_id, offers_count, talks_count, online_seconds)
values (:person_id, 0, 0, :online_seconds)
on conflict (person_id) do update
   set online_seconds = assignment_share.online_seconds + excluded.online_seconds;

-- ---- who was on line ----

-- name: find_spell :one
select from_at, capacity from assignment_spell
 where person_id = :person_id and until_at = 0 order by from_at desc limit 1;

-- name: find_now :one
select presence, capacity from presence where person_id = :person_id;

-- name: add_spell :exec
insert into assignment_spell (person_id, from_at, until_at, capacity)
values (:person_id, :from_at, 0, :capacity)
on conflict (person_id, from_at) do update set until_at = 0, capacity = excluded.capacity;

-- name: end_spell :exec
update assignment_spell set until_at = :until_at where person_id = :person_id and until_at = 0;

-- ---- conflicts of interest ----

-- name: add_party :exec
insert into assignment_party (case_id, side, party_hash) values (:case_id, :side, :party_hash)
on conflict (case_id, side, party_hash) do nothing;

-- Declared, or declined for it: on whichever side the party stands.
-- name: list_barred :many
select distinct b.person_id from assignment_party p
  join assignment_bar b on b.party_hash = p.party_hash
 where p.case_id = :case_id order by b.person_id limit 1024;

-- Whoever served the other side in any case: a resident once named as somebody's opponent, or an
-- opponent who once asked.
-- name: list_of_other_side :many
select distinct a.person_id from assignment_party p
  join assignment_party o on o.party_hash = p.party_hash and o.side <> p.side
  join assignment a on a.case_id = o.case_id
 where p.case_id = :case_id and o.case_id <> :case_id and a.result = 'accepted'
 order by a.person_id limit 1024;

-- name: list_parties :many
select party_hash from assignment_party where case_id = :case_id and side = :side limit 20;

-- name: add_bar :exec
insert into assignment_bar (bar_id, person_id, party_hash, party_sealed, made_at)
values (:bar_id, :person_id, :party_hash, :party_sealed, :made_at)
on conflict (person_id, party_hash) do nothing;

-- name: count_bars :one
select count(*) as bars_count from assignment_bar where person_id = :person_id;

-- name: find_bar :one
select bar_id, party_sealed from assignment_bar
 where person_id = :person_id and party_hash = :party_hash;

-- name: list_bars :many
select bar_id, party_sealed, made_at from assignment_bar
 where person_id = :person_id order by bar_id desc limit 500;

-- What was declared may be taken back by whoever declared it; a decline is for good.
-- name: drop_bar :exec
delete from assignment_bar
 where bar_id = :bar_id and person_id = :person_id and party_sealed <> '';

-- name: add_wish :exec
insert into assignment_wish (case_id, person_id, asked_at) values (:case_id, :person_id, :asked_at)
on conflict (case_id) do nothing;

-- ---- policy, as an administrator keeps it ----

-- name: add_policy :exec
insert into assignment_policy (policy_version, made_at, by_id, why, numbers)
values (:policy_version, :made_at, :by_id, :why, :numbers);

-- name: find_version :one
select v.policy_version, v.made_at, v.why, v.numbers, coalesce(p.person_name, '') as person_name
  from assignment_policy v left join person p on p.person_id = v.by_id
 where v.policy_version = :policy_version;

-- name: list_versions :many
select v.policy_version, v.made_at, v.why, coalesce(p.person_name, '') as person_name
  from assignment_policy v left join person p on p.person_id = v.by_id
 order by v.policy_version desc limit 100;

-- ---- why me, why not me ----

-- The scope of a case, for who asks: a supervisor's division, or a leader's team.
-- name: find_watched :one
select case_id, service, reference from service_record
 where reference = :reference
   and ((:division <> '' and substr(division, 1, length(:division)) = :division)
        or (:team_id <> 0 and team_id = :team_id));

-- name: find_name :one
select person_name from person where person_id = :person_id;

-- Decisions among those of a profession, newest first; the reader looks for one own line in each.
-- name: list_lately :many
select assignment_id, field, person_id, points, candidates_count, fit_count, candidates,
       policy_version, is_written, offered_at, result
  from assignment
 where profession = :profession and assignment_id < :assignment_id and candidates <> ''
 order by assignment_id desc limit 200;

-- name: find_own_share :one
select talks_count, online_seconds from assignment_share where person_id = :person_id;

-- ---- at night ----

-- name: drop_shares :exec
delete from assignment_share;

-- name: count_shares :exec
insert into assignment_share (person_id, offers_count, talks_count, online_seconds, written_count)
select c.person_id,
       (select count(*) from assignment a where a.person_id = c.person_id
           and a.offered_at >= :offered_at and a.is_written = 0),
       (select count(*) from assignment a where a.person_id = c.person_id
           and a.offered_at >= :offered_at and a.is_written = 0 and a.taken_at > 0),
       (select cast(coalesce(sum(s.until_at
                                 - case when s.from_at < :offered_at then :offered_at
                                        else s.from_at end), 0) as bigint)
          from assignment_spell s where s.person_id = c.person_id and s.until_at > :offered_at),
       (select count(*) from assignment a where a.person_id = c.person_id
           and a.offered_at >= :offered_at and a.is_written = 1)
  from consultant c;

-- Who else could have had a case is forgotten after a while, the choice is not.
-- name: forget_candidates :exec
update assignment set candidates = ''
 where assignment_id in (select k.assignment_id from assignment k
                          where k.offered_at < :offered_at and k.candidates <> ''
                          order by k.offered_at limit 2000);

-- name: drop_spells :exec
delete from assignment_spell where until_at > 0 and until_at < :until_at;

-- name: drop_wishes :exec
delete from assignment_wish where asked_at < :asked_at;

-- ---- a past day, for replay ----

-- The live questions of a day, and what became of them.
-- name: list_arrivals :many
select case_id, reference, profession, field, language, division, priority, opened_at, served_at,
       talks_count, talk_wait_seconds, handle_seconds, is_abandoned, to_message, ended_at,
       written_at, consultant_id
  from service_record
 where opened_at >= :opened_at__from and opened_at < :opened_at__until and mode = 'live'
   and (opened_at > :opened_at__after or (opened_at = :opened_at__after and case_id > :case_id))
 order by opened_at, case_id limit 100000;

-- name: count_day :one
select (select count(*) from service_record
         where opened_at >= :at__from and opened_at < :at__until and mode = 'live')
       as arrivals_count,
       (select count(*) from assignment_spell
         where from_at < :at__until and (until_at = 0 or until_at > :at__from)) as spells_count,
       (select count(*) from assignment
         where offered_at >= :at__from and offered_at < :at__until and is_written = 0)
       as offers_count;

-- name: find_wish :one
select person_id from assignment_wish where case_id = :case_id;

-- Whoever talked with this resident last, of talks that were over by then.
-- name: find_last_served :one
select a.person_id from assignment_party p
  join assignment_party o on o.party_hash = p.party_hash and o.side = p.side
  join assignment a on a.case_id = o.case_id
 where p.case_id = :case_id and p.side = 'resident' and o.case_id <> :case_id
   and a.result = 'accepted' and a.is_written = 0 and a.taken_at > 0
   and a.ended_at > 0 and a.ended_at <= :ended_at
 order by a.offered_at desc, a.assignment_id desc limit 1;

-- Whoever was on line at some time of it, by profession.
-- name: list_day_people :many
select c.person_id, c.profession, c.division, c.verified_at, c.licence_until,
       (select coalesce(max(a.offered_at), 0) from assignment a
         where a.person_id = c.person_id and a.offered_at < :from_at) as offered_at,
       (select count(*) from assignment a
         where a.person_id = c.person_id and a.offered_at >= :from_at__window
           and a.offered_at < :from_at and a.taken_at > 0 and a.is_written = 0) as talks_count,
       (select cast(coalesce(sum(case when s.until_at > :from_at or s.until_at = 0 then :from_at
                                 else s.until_at end
                            - case when s.from_at < :from_at__window then :from_at__window
                                   else s.from_at end), 0) as bigint)
          from assignment_spell s
         where s.person_id = c.person_id and s.from_at < :from_at
           and (s.until_at = 0 or s.until_at > :from_at__window)) as online_seconds
  from consultant c
 where exists (select 1 from assignment_spell s
                where s.person_id = c.person_id and s.from_at < :until_at
                  and (s.until_at = 0 or s.until_at > :from_at))
 order by c.profession, c.person_id limit 65536;

-- Page by page: what comes after the last row that was read.
-- name: list_words_of_all :many
select person_id, kind, word
  from (select person_id, 'field' as kind, field as word from consultant_field
        union all
        select person_id, 'language' as kind, language as word from consultant_language) w
 where (person_id, kind, word) > (:person_id, :kind, :field)
 order by person_id, kind, word limit 100000;

-- name: list_spells :many
select person_id, from_at, until_at, capacity from assignment_spell
 where from_at < :until_at and (until_at = 0 or until_at > :from_at)
   and (from_at > :from_at__after or (from_at = :from_at__after and person_id > :person_id))
 order by from_at, person_id limit 100000;

-- name: list_reactions :many
select case_id, person_id, assignment_id, offered_at, taken_at, ended_at, result, policy_version
  from assignment
 where offered_at >= :offered_at__from and offered_at < :offered_at__until and is_written = 0
   and (case_id > :case_id
        or (case_id = :case_id and (person_id > :person_id
            or (person_id = :person_id and assignment_id > :assignment_id))))
 order by case_id, person_id, assignment_id limit 100000;

-- name: find_policy_at :one
select policy_version from assignment_policy
 where made_at <= :made_at order by policy_version desc limit 1;

-- ---- the demo city ----

-- name: list_demo_cases :many
select case_id, service, profession, field, division, opened_at, served_at, ended_at, consultant_id
  from service_record
 where opened_at >= :opened_at and mode = 'live' and talks_count > 0 and consultant_id <> 0
   and ended_at > 0
 order by opened_at limit 2000;

-- name: add_past_spell :exec
insert into assignment_spell (person_id, from_at, until_at, capacity)
values (:person_id, :from_at, :until_at, :capacity)
on conflict (person_id, from_at) do nothing;

-- name: add_past_assignment :exec
insert into assignment (assignment_id, service, case_id, profession, field, person_id, next_id,
       points, next_points, candidates_count, fit_count, candidates, policy_version, is_written,
       offered_at, taken_at, ended_at, result, reason)
values (:assignment_id, :service, :case_id, :profession, :field, :person_id, :next_id, :points,
       :next_points, :candidates_count, :fit_count, :candidates, 0, 0, :offered_at,
       :taken_at, :ended_at, 'accepted', '');
