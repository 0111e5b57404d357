#!/bin/sh
# nodes.sh -- one, two and three nodes on one PostgreSQL: pages, and messages accepted durably (POST
# to 201, 64 clients in all), each node asked directly by a generator of its own.  Beside them
# pgbench: 64 clients write copies of one message and its line of the journal, one commit each.
#
# On a machine of two cores all nodes, PostgreSQL and the generators share these: what a node more
# brings is not seen there, only what it costs.  PINNED=yes holds each node to one core, the first
# to the first, the second to the second.
#
# ROUNDS (3), SECONDS_EACH (4), NODES ("1 2 3") and DATABASE (a PostgreSQL of its own otherwise, with
# fsync) can be set, and what bench/common.sh names.
set -eu
case ${1:-} in
--help | -h)
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
. bench/common.sh
in_cluster "$0"
seconds=${SECONDS_EACH:-4}
bin=${POSTGRES_BIN:-/usr/lib/postgresql/15/bin}

# The newest message and its line, to be written again and again, with all the indexes of the tables.
make_yardstick() {
    psql "$DATABASE" -qX -v ON_ERROR_STOP=1 >>"$work/log" 2>&1 <<'SQL' || fail "no yardstick"
create schema if not exists yardstick;
create table if not exists yardstick.message (like public.message including all);
create table if not exists yardstick.journal (like public.journal including all);
create sequence if not exists yardstick.seq;
drop table if exists yardstick.said, yardstick.line;
create table yardstick.said as select * from message order by seq desc limit 1;
create table yardstick.line as select * from journal
    where seq = (select seq from yardstick.said);
truncate yardstick.message, yardstick.journal;
SQL
    cat >"$work/commit.sql" <<'SQL'
\set talk random(1, 200)
begin;
insert into yardstick.message select :talk, nextval('yardstick.seq'), at, side, author_id,
    author_name, text, attachment_id, internal from yardstick.said;
insert into yardstick.journal select currval('yardstick.seq'), at, act, actor_id, :talk, for_id,
    channel, address, detail from yardstick.line;
commit;
SQL
}

commit_rate() {
    "$bin/pgbench" -n -M prepared -c 64 -j 2 -T "$seconds" -f "$work/commit.sql" "$DATABASE" \
        2>>"$work/log" | sed -n 's/^tps = \([0-9.]*\).*/\1/p'
}

# ask_nodes COUNT LABEL OPTION…: a generator for each node; the sum of what they reached.
ask_nodes() {
    count=$1 label=$2 asked=
    shift 2
    for number in $(seq "$count"); do
        on_load_cpus "$TOOLS/load" --connect "$(node "$number")" --connections $((64 / count)) \
            --seconds "$seconds" --label "$label-$count" "$@" >"$work/asked-$number" 2>&1 &
        asked="$asked $!"
    done
    for pid in $asked; do
        wait "$pid" || fail "$label at $count nodes failed: $(cat "$work"/asked-*)"
    done
    for number in $(seq "$count"); do sed 's/^/  /' "$work/asked-$number" >&2; done
    for number in $(seq "$count"); do value rate "$(cat "$work/asked-$number")"; done |
        awk '{ sum += $1 } END { print sum }'
}

init_city
round=0
while [ $round -lt "${ROUNDS:-3}" ]; do
    round=$((round + 1))
    for nodes in ${NODES:-1 2 3}; do
        start_nodes 1 "$nodes"
        # New conversations each time: one holds 2,000 messages.
        prepare --talks 200 --written --messages 1
        page="/consultations/$(talk 1)"
        ask_nodes "$nodes" page --get "$page" --header "Cookie: gongdao=$(talk 2)" >"$work/pages-$nodes"
        ask_nodes "$nodes" post --people "$work/people" --side resident >"$work/posts-$nodes"
        if [ "$nodes" = 1 ]; then
            make_yardstick
            b=$(commit_rate)
            echo "  pgbench rate $b"
            ratio "$(cat "$work/posts-1")" "$b" >>"$work/durable"
        else
            for what in pages posts; do
                ratio "$(cat "$work/$what-$nodes")" "$(cat "$work/$what-1")" >>"$work/$what-ratio-$nodes"
            done
        fi
        stop_nodes
    done
done
set -- $(spread "$work/durable")
result durable-vs-pgbench "$1" 0.5 least "from $2 to $3 in $round rounds"
for nodes in ${NODES:-1 2 3}; do
    [ "$nodes" != 1 ] || continue
    for what in pages posts; do
        set -- $(spread "$work/$what-ratio-$nodes")
        result "nodes-$what-$nodes-vs-1" "$1" 0.5 least \
            "from $2 to $3 in $round rounds; $(nproc) cores for all"
    done
done
