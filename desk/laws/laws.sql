-- laws.sql -- laws, their versions with dates, and every article of each version.

create table law (
    law_id         bigint  not null primary key,
    law_name       text    not null, -- as it is cited: 劳动合同法
    jurisdiction   text    not null, -- '': the whole country; else a division's code
    place          bigint  not null  -- in lists: short names first, each place once
);
create unique index law_law_name on law (law_name);
create unique index law_place on law (place);

-- A version is taken in whole or not at all, and never changed: another text is another version.
create table law_version (
    version_id     bigint  not null primary key,
    law_id         bigint  not null references law,
    title          text    not null, -- with everything: 中华人民共和国劳动合同法
    remark         text    not null, -- who passed and amended it, when; '' unknown
    effective_at   bigint  not null, -- the day it began to apply; 0: the source does not say
    repealed_at    bigint  not null, -- the day it ceased without another in its place; 0: none
    articles_count integer not null,
    law_hash       text    not null, -- of all its text
    law_source     text    not null, -- the file it was taken from
    taken_at       bigint  not null
);
create unique index law_version_same on law_version (law_id, law_hash);
create index law_version_order on law_version (law_id, effective_at, version_id);

create table law_article (
    article_id     bigint  not null primary key,
    version_id     bigint  not null references law_version,
    position       integer not null, -- from 1 on
    number         integer not null, -- 38 of 第三十八条; 0: it has none
    number_sub     integer not null, -- 1 of 第一百二十条之一; 0: none
    label          text    not null, -- 第三十八条
    chapter        text    not null,
    words          text    not null
);
create unique index law_article_position on law_article (version_id, position);
create index law_article_number on law_article (version_id, number, number_sub);

-- What a law may be called in a citation, in small letters: its name, short names, English.
create table law_alias (
    alias          text    not null primary key,
    law_id         bigint  not null references law
);

-- migrate: 1
-- What a law says of others at its end: 《…》同时废止.
create table law_repeal (
    law_name       text    not null, -- of the one that ceased
    by_name        text    not null,
    repealed_at    bigint  not null,
    primary key (law_name, by_name)
);

-- name: add_repeal :exec
insert into law_repeal (law_name, by_name, repealed_at) values (:law_name, :by_name, :repealed_at)
on conflict (law_name, by_name) do update set repealed_at = excluded.repealed_at;

-- The first repeal after a version began; 0: none.
-- name: find_repeal :one
select coalesce(min(repealed_at), 0) as repealed_at from law_repeal
 where law_name = :law_name and repealed_at > :repealed_at__after;

-- name: find_law :one
select law_id, law_name, jurisdiction from law where law_id = :law_id;

-- name: find_law_of_name :one
select law_id, jurisdiction from law where law_name = :law_name;

-- name: last_place :one
select coalesce(max(place), 0) as place from law
 where place >= :place__from and place < :place__before;

-- name: add_law :exec
insert into law (law_id, law_name, jurisdiction, place)
values (:law_id, :law_name, :jurisdiction, :place);

-- name: find_alias :one
select law_id from law_alias where alias = :alias;

-- name: add_alias :exec
insert into law_alias (alias, law_id) values (:alias, :law_id) on conflict (alias) do nothing;

-- name: find_same_version :one
select version_id, effective_at, repealed_at from law_version
 where law_id = :law_id and law_hash = :law_hash;

-- name: set_version_days :exec
update law_version set effective_at = :effective_at, repealed_at = :repealed_at
 where version_id = :version_id;

-- name: add_version :exec
insert into law_version (version_id, law_id, title, remark, effective_at, repealed_at,
                         articles_count, law_hash, law_source, taken_at)
values (:version_id, :law_id, :title, :remark, :effective_at, :repealed_at, :articles_count,
        :law_hash, :law_source, :taken_at);

-- name: add_article :exec
insert into law_article (article_id, version_id, position, number, number_sub, label, chapter,
                         words)
values (:article_id, :version_id, :position, :number, :number_sub, :label, :chapter, :words);

-- The one that applies at a moment: of those that have begun the last.
-- name: find_version_at :one
select version_id, law_id, title, remark, effective_at, repealed_at, articles_count, law_source
  from law_version
 where law_id = :law_id and effective_at <= :effective_at
 order by effective_at desc, version_id desc
 limit 1;

-- name: find_version :one
select version_id, law_id, title, remark, effective_at, repealed_at, articles_count, law_source
  from law_version
 where law_id = :law_id and version_id = :version_id;

-- name: list_versions :many
select version_id, title, effective_at, repealed_at, articles_count
  from law_version
 where law_id = :law_id
 order by effective_at desc, version_id desc
 limit 40;

-- name: list_laws :many
-- max: 101
select l.law_id, l.law_name, l.jurisdiction, l.place,
       (select count(*) from law_version v where v.law_id = l.law_id) as versions_count
  from law l
 where l.place > :place
   and (:law_name__pattern = '' or l.law_name like :law_name__pattern escape '!')
 order by l.place
 limit :max_rows;

-- Where a chapter begins: two parts of a law may have chapters of one name.
-- name: list_chapters :many
select a.chapter, a.position
  from law_article a
  left join law_article b on b.version_id = a.version_id and b.position = a.position - 1
 where a.version_id = :version_id and (b.article_id is null or b.chapter <> a.chapter)
 order by a.position
 limit 400;

-- name: list_articles :many
-- max: 51
select position, number, number_sub, label, chapter, words
  from law_article
 where version_id = :version_id and position >= :position
 order by position
 limit :max_rows;

-- name: find_article :one
select article_id, position, number, number_sub, label, chapter, words
  from law_article
 where version_id = :version_id and number = :number and number_sub = :number_sub
 order by position
 limit 1;

-- name: find_article_at :one
select article_id, position, number, number_sub, label, chapter, words
  from law_article
 where version_id = :version_id and position = :position;

-- name: count_laws :one
select (select count(*) from law) as laws_count,
       (select count(*) from law_version) as versions_count,
       (select count(*) from law_article) as articles_count;

-- ---- for the index of texts ----

-- name: list_after :many
select a.article_id, a.version_id, v.law_id, l.law_name, a.label, a.chapter, a.words
  from law_article a
  join law_version v on v.version_id = a.version_id
  join law l on l.law_id = v.law_id
 where a.article_id > :article_id
 order by a.article_id
 limit 500;

-- name: find_told :one
select a.version_id, v.law_id, l.law_name, a.label, a.chapter, a.words, a.number, a.number_sub,
       a.position
  from law_article a
  join law_version v on v.version_id = a.version_id
  join law l on l.law_id = v.law_id
 where a.article_id = :article_id;

-- name: list_aliases :many
select alias from law_alias where law_id = :law_id order by alias limit 40;
