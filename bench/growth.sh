#!/bin/sh
# growth.sh -- does an act cost more when the city has years behind it?  The same acts on 10,000
# cases, 100,000 and a million (nearly ten messages and lines of the journal each), in processor
# time of the server for each: a message said, a question asked in writing, a conversation's page
# of 20 messages, a consultant's desk.  Wall time would also measure what else the machine does.
#
# CASES ("10000 100000 1000000"; a million take 3 GB and some minutes, on PostgreSQL more), LINES (of
# the journal for each case, at most: 100), SECONDS_EACH (3) can be set, and what bench/common.sh names.
# ENGINE=postgresql does it on a PostgreSQL of its own; its processes' time is counted in.
set -eu
case ${1:-} in
--help | -h)
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
. bench/common.sh
if [ "${ENGINE:-sqlite}" = postgresql ]; then in_cluster "$0"; fi
seconds=${SECONDS_EACH:-3}
sizes=${CASES:-10000 100000 1000000}

# ticks: of the server, and of PostgreSQL: what runs, and what ended and was waited for.
ticks() {
    cat /proc/[0-9]*/stat 2>/dev/null | awk -v own="$server_pid" -v head="${postmaster:-0}" '
        $1 == head { n += $16 + $17 }
        $1 == own || $1 == head || (head && $4 == head) { n += $14 + $15 }
        END { print n }'
}

# What PostgreSQL tidies after so much was put in is over before anything is measured.
busy_ticks() { ticks; }

# cost WHAT COMMAND…: runs it; microseconds of the server for each of as many as `count` says.
cost() {
    what=$1
    shift
    before=$(ticks)
    "$@" || fail "$what failed: $(cat "$work/line")"
    after=$(ticks)
    awk -v t=$((after - before)) -v hz="$(getconf CLK_TCK)" -v n="$count" \
        'BEGIN { printf "%.1f\n", t / hz * 1e6 / n }' >"$work/$what-$size"
    echo "  $size cases: $what $(cat "$work/$what-$size") us, of $count"
}
load() {
    on_load_cpus "$TOOLS/load" --connect "$address" --warm 0 --seconds "$seconds" "$@" \
        >"$work/line" 2>&1 || return 1
    count=$(value requests "$(cat "$work/line")")
}
ask() {
    count=500
    prepare --talks $count --written
}

# On PostgreSQL the city is made in the database that is named, and its years in a copy of it.
if [ -n "${DATABASE:-}" ]; then
    city=$DATABASE
    base=$(printf '%s' "$DATABASE" | sed 's|///gongdao?|///postgres?|')
    postmaster=$(psql -qAtX "$base" -c "select pg_read_file('postmaster.pid')" | sed 1q)
fi
sql() { psql -qAtX -v ON_ERROR_STOP=1 "$base" -c "$1" || fail "SQL failed: $1"; }

# hurried yes|no: while it is filled PostgreSQL need not survive a crash; then everything is as Debian
# sets it up again, and on the disk.
hurried() {
    [ -n "${DATABASE:-}" ] || return 0
    for set in "fsync = off" "full_page_writes = off" "max_wal_size = '16GB'" "autovacuum = off"; do
        if [ "$1" = yes ]; then sql "alter system set $set"; else sql "alter system reset ${set%% *}"; fi
    done
    sql "select pg_reload_conf()" >"$work/line"
    sql checkpoint
    if [ "$1" = no ]; then
        sync
        [ "$(sql 'show fsync')" = on ] || fail "PostgreSQL still does not sync"
    fi
}

# fresh: the city as it was first, each time: open cases cost too, and are not what is measured.
fresh() {
    rm -rf "$work/data"
    cp -a "$work/base" "$work/data"
    if [ -z "${DATABASE:-}" ]; then
        database=$("$TOOLS/bare_commit" --find "$work/data") || fail "no database in the data folder"
        return
    fi
    sql "drop database if exists years" # one at a time: neither may be in a transaction
    sql "create database years template gongdao"
    database=$(printf '%s' "$city" | sed 's|///gongdao?|///years?|')
    DATABASE=$database
}

init_city
start_server
prepare --talks 4 --messages 6
stop_server
mv "$work/data" "$work/base"
for size in $sizes; do
    fresh
    begun=$(date +%s)
    hurried yes
    "$TOOLS/cases_fill" --data "$database" --cases "$size" --lines "${LINES:-100}" >"$work/line" || fail "not filled"
    filled=$(cat "$work/line")
    hurried no
    echo "  $filled filled in $(($(date +%s) - begun)) s"
    start_server
    if [ -n "${DATABASE:-}" ]; then
        sql "alter system set autovacuum_naptime = '5s'"
        sql "select pg_reload_conf()" >"$work/line"
        sleep 10
    fi
    settle 900
    prepare --talks 4 --messages 20 --first 100 # of consultants who have nobody yet
    page=/consultations/$(talk 1)
    session="Cookie: gongdao=$(talk 2)"
    desk="Authorization: Bearer $(sed -n 2p "$work/people" | cut -d' ' -f3)"
    load --get "$page" --header "$session" # warm
    cost page load --get "$page" --header "$session"
    cost desk load --get /api/v1/desk --header "$desk"
    ask
    cost ask ask
    cost message load --people "$work/people" --side resident
    stop_server
done
first=${sizes%% *}
for what in message ask page desk; do
    result "growth-$what" "$(ratio "$(cat "$work/$what-$size")" "$(cat "$work/$what-$first")")" \
        1.5 most "$(cat "$work/$what-$size") us of the processor at $size cases, $(cat "$work/$what-$first") at $first"
done
