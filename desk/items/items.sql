-- items.sql -- the service list: words, releases, versions of items, and what is being written.
--
-- A version is never changed once a release lists it: a case can keep the one it began under.

create table item_word (
    word_kind   text    not null, -- category, need, office, department
    word        text    not null,
    word_zh     text    not null,
    word_en     text    not null,
    hint_zh     text    not null,
    hint_en     text    not null,
    calendar    text    not null, -- of an office: on which days it is open
    position    integer not null,
    primary key (word_kind, word)
);

create table item_release (
    release_id      bigint  not null primary key,
    release_number  integer not null,
    holds_day        bigint  not null, -- of Shanghai's calendar, counted from 1970
    made_at         bigint  not null,
    by_id           bigint  not null, -- 0: the command line
    release_note    text    not null,
    withdrawn_at    bigint  not null, -- 0: it stands
    withdrawn_by    bigint  not null
);
create unique index item_release_number on item_release (release_number);

create table item_version (
    version_id  bigint  not null primary key,
    made_at     bigint  not null,
    by_id       bigint  not null,
    item        text    not null,
    branch      text    not null,
    category    text    not null,
    sorting     text    not null,
    process     text    not null,
    department  text    not null,
    field       text    not null,
    needs       text    not null,
    offices     text    not null,
    channels    text    not null,
    name_zh     text    not null,
    name_en     text    not null,
    object_zh   text    not null,
    object_en   text    not null,
    content_zh  text    not null,
    content_en  text    not null,
    method_zh   text    not null,
    method_en   text    not null,
    provider_zh text    not null,
    provider_en text    not null,
    basis_zh    text    not null,
    basis_en    text    not null,
    materials_zh text    not null,
    materials_en text    not null,
    fee_zh      text    not null,
    fee_en      text    not null,
    limit_days  text    not null,
    calendar    text    not null,
    limit_zh    text    not null,
    limit_en    text    not null,
    place_zh    text    not null,
    place_en    text    not null,
    steps_zh    text    not null,
    steps_en    text    not null,
    search_zh   text    not null,
    search_en   text    not null,
    source      text    not null
);

create table item_listed (
    release_id  bigint  not null references item_release,
    item        text    not null,
    version_id  bigint  not null references item_version,
    primary key (release_id, item)
);

-- What an administrator is writing; a draft without a version takes the item out of the list.
create table item_draft (
    item        text    not null primary key,
    version_id  bigint  references item_version,
    changed_at  bigint  not null,
    by_id       bigint  not null
);

-- migrate: 1
-- The table a case runs by, see desk/cases.
alter table item_version add column flow text not null default '';

-- ---- words ----

-- name: list_words :many
select word_kind, word, word_zh, word_en, hint_zh, hint_en, calendar, position
  from item_word order by position, word_kind, word limit 400;

-- name: set_word :exec
insert into item_word (word_kind, word, word_zh, word_en, hint_zh, hint_en, calendar, position)
values (:word_kind, :word, :word_zh, :word_en, :hint_zh, :hint_en, :calendar, :position)
on conflict (word_kind, word) do update
   set word_zh = excluded.word_zh, word_en = excluded.word_en, hint_zh = excluded.hint_zh,
       hint_en = excluded.hint_en, calendar = excluded.calendar, position = excluded.position;

-- name: drop_words :exec
delete from item_word;

-- ---- releases ----

-- name: find_release_on :one
select release_id, release_number, holds_day, made_at, by_id, release_note from item_release
 where holds_day <= :holds_day and withdrawn_at = 0
 order by holds_day desc, release_number desc limit 1;

-- name: find_last_release :one
select release_id, release_number, holds_day from item_release
 where withdrawn_at = 0 order by holds_day desc, release_number desc limit 1;

-- name: find_last_number :one
select coalesce(max(release_number), 0) as release_number from item_release;

-- name: add_release :exec
insert into item_release (release_id, release_number, holds_day, made_at, by_id, release_note,
       withdrawn_at, withdrawn_by)
values (:release_id, :release_number, :holds_day, :made_at, :by_id, :release_note, 0, 0);

-- name: add_listed :exec
insert into item_listed (release_id, item, version_id) values (:release_id, :item, :version_id);

-- name: list_listed :many
select l.version_id,
       v.item, v.branch, v.category, v.sorting, v.process, v.department, v.field, v.needs,
       v.name_zh, v.name_en, v.object_zh, v.object_en, v.content_zh, v.content_en, v.search_zh,
       v.search_en
  from item_listed l join item_version v on v.version_id = l.version_id
 where l.release_id = :release_id order by l.item limit 1001;

-- name: list_names :many
select v.item, v.name_zh, v.name_en
  from item_listed l join item_version v on v.version_id = l.version_id
 where l.release_id = :release_id order by l.item limit 1001;

-- name: list_versions_of :many
select item, version_id from item_listed where release_id = :release_id order by item limit 1001;

-- name: find_listed :one
select version_id from item_listed where release_id = :release_id and item = :item;

-- Did everybody read this version at some time?
-- name: find_public_version :one
select l.version_id from item_listed l join item_release r on r.release_id = l.release_id
 where l.item = :item and l.version_id = :version_id and r.holds_day <= :holds_day
   and r.withdrawn_at = 0
 order by r.release_number limit 1;

-- ---- versions ----

-- name: find_version :one
select version_id, made_at, by_id,
       item, branch, category, sorting, process, department, field, needs, offices, channels,
       name_zh, name_en, object_zh, object_en, content_zh, content_en, method_zh, method_en,
       provider_zh, provider_en, basis_zh, basis_en, materials_zh, materials_en, fee_zh, fee_en,
       limit_days, calendar, limit_zh, limit_en, place_zh, place_en, steps_zh, steps_en,
       search_zh, search_en, source, flow
  from item_version where version_id = :version_id;

-- name: add_version :exec
insert into item_version (version_id, made_at, by_id,
       item, branch, category, sorting, process, department, field, needs, offices, channels,
       name_zh, name_en, object_zh, object_en, content_zh, content_en, method_zh, method_en,
       provider_zh, provider_en, basis_zh, basis_en, materials_zh, materials_en, fee_zh, fee_en,
       limit_days, calendar, limit_zh, limit_en, place_zh, place_en, steps_zh, steps_en,
       search_zh, search_en, source, flow)
values (:version_id, :made_at, :by_id,
       :item, :branch, :category, :sorting, :process, :department, :field, :needs, :offices,
       :channels, :name_zh, :name_en, :object_zh, :object_en, :content_zh, :content_en,
       :method_zh, :method_en, :provider_zh, :provider_en, :basis_zh, :basis_en, :materials_zh,
       :materials_en, :fee_zh, :fee_en, :limit_days, :calendar, :limit_zh, :limit_en, :place_zh,
       :place_en, :steps_zh, :steps_en, :search_zh, :search_en, :source, :flow);

-- name: drop_version :exec
delete from item_version
 where version_id = :version_id
   and not exists (select 1 from item_listed l where l.version_id = item_version.version_id);

-- ---- what is being written ----

-- name: find_draft :one
select version_id, changed_at, by_id from item_draft where item = :item;

-- name: list_drafts :many
select d.item, d.version_id, d.changed_at, coalesce(p.person_name, '') as person_name
  from item_draft d left join person p on p.person_id = d.by_id
 order by d.item limit 1001;

-- name: set_draft :exec
insert into item_draft (item, version_id, changed_at, by_id)
values (:item, nullif(:version_id, 0), :changed_at, :by_id)
on conflict (item) do update
   set version_id = excluded.version_id, changed_at = excluded.changed_at, by_id = excluded.by_id;

-- name: drop_draft :exec
delete from item_draft where item = :item;

-- ---- looking at releases ----

-- name: list_releases :many
select r.release_id, r.release_number, r.holds_day, r.made_at, r.release_note, r.withdrawn_at,
       coalesce(p.person_name, '') as person_name,
       (select count(*) from item_listed l where l.release_id = r.release_id) as items_count
  from item_release r left join person p on p.person_id = r.by_id
 where (:holds_day = 0 or (r.holds_day <= :holds_day and r.withdrawn_at = 0))
 order by r.release_number desc limit 200;

-- name: find_release :one
select release_id, release_number, holds_day, made_at, release_note, withdrawn_at
  from item_release where release_number = :release_number;

-- name: find_release_before :one
select release_id, release_number from item_release
 where withdrawn_at = 0 and release_number < :release_number
 order by holds_day desc, release_number desc limit 1;

-- name: set_withdrawn :exec
update item_release set withdrawn_at = :withdrawn_at, withdrawn_by = :withdrawn_by
 where release_id = :release_id;

-- How far an administrator's word reaches: the list is the same in the whole city.
-- name: find_top_division :one
select count(*) as divisions_count from division where division = :division and parent = '';
