-- lecture.sql -- how many wish for a talk about what; who they are is not kept.

create table lecture_wish (
    subject     text    not null primary key,
    wish_count  bigint  not null
);

-- name: list_wishes :many
select subject, wish_count from lecture_wish order by subject limit 20;

-- name: add_wish :exec
insert into lecture_wish (subject, wish_count) values (:subject, 1)
on conflict (subject) do update set wish_count = lecture_wish.wish_count + 1;
