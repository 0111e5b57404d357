-- consultation_beside.sql -- what a later room may know of a talk.

-- name: find_first_words :one
select text from message where consultation_id = :consultation_id and side = 'resident'
 order by seq limit 1;
