#!/bin/sh
# growth.sh -- does an act cost more when the city has years behind it?  The same acts on 10,000
# cases, 100,000 and a million (nearly ten messages and lines of the journal each), in processor
# time of the server for each: a message said, a question asked in writing, a conversation's page
# of 20 messages, a consultant's desk.  Wall time would also measure what else the machine does.
#
# CASES ("10000 100000 1000000"; a million take 3 GB and some minutes), SECONDS_EACH (3) can be set,
# and what bench/common.sh names; SQLite only.
set -eu
case ${1:-} in
--help | -h)
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
. bench/common.sh
seconds=${SECONDS_EACH:-3}
sizes=${CASES:-10000 100000 1000000}

ticks() { awk '{ print $14 + $15 }' "/proc/$server_pid/stat"; }

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

init_city
start_server
prepare --talks 4 --messages 6
stop_server
mv "$work/data" "$work/base"
for size in $sizes; do
    # From the same beginning each time: open cases cost too, and are not what is measured.
    rm -rf "$work/data"
    cp -a "$work/base" "$work/data"
    database=$("$TOOLS/bare_commit" --find "$work/data") || fail "no database in the data folder"
    echo "  $("$TOOLS/cases_fill" --data "$database" --cases "$size")"
    start_server
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
