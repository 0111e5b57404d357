#!/bin/sh
# day.sh -- a working day of the city a hundred times as fast, through the API, each step timed: 2,381
# questions (17 % in writing), 119 cases, 7,143 who only read, 400 consultants, a board looked at ten times a
# second.  That is what a city a hundred times as large asks each second of its own day.
#
# By step: from when it was due until it was answered.  Goals: everybody reaches the end of their story,
# nothing refused, the slowest step's 99th percentile (but signing in, which is slow on purpose) at most 200 ms.
#
# SCALE (1: people of the day), SPEED (100: times as fast), CONSULTANTS (400) and DATABASE can be set, and
# what bench/common.sh names; ENGINE=postgresql takes a PostgreSQL of its own.
# SCALE=0.01 SPEED=4000 CONSULTANTS=20 is over in ten seconds and shows that nothing is broken; what was left in
# writing with somebody who is not there then counts as finished.
set -eu
case ${1:-} in
--help | -h)
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
. bench/common.sh
if [ "${ENGINE:-sqlite}" = postgresql ]; then in_cluster "$0"; fi
init_city
start_server
before=$(tree_ticks "$server_pid")
good=0
on_load_cpus "$TOOLS/day" --connect "$address" --scale "${SCALE:-1}" --speed "${SPEED:-100}" \
    --consultants "${CONSULTANTS:-400}" >"$work/day" 2>"$work/day-wrong" || good=1
used=$(($(tree_ticks "$server_pid") - before))
sed 's/^/  /' "$work/day" "$work/day-wrong"
line=$(tail -n 1 "$work/day")
slowest=$(awk '$2 == "requests" && $1 != "sign-in" && $3 > 0 {
    for (i = 4; i < NF; i++) if ($i == "p99" && $(i + 1) >= most) { most = $(i + 1); name = $1 }
} END { print most + 0, name }' "$work/day")
through=$(($(value finished "$line") + $(value others "$line")))
result day-finished "$(ratio $through "$(value people "$line")")" 1 least \
    "$(value people "$line") people in $(value seconds "$line") s, $(value rate "$line") steps a second"
result day-refused "$(value refused "$line")" 0 most
result day-slowest-p99-ms "${slowest% *}" 200 most "${slowest#* }"
awk -v t="$used" -v hz="$(getconf CLK_TCK)" -v s="$(value seconds "$line")" -v n="$(nproc)" \
    'BEGIN { printf "  the server took %.1f s of the processor, %.2f of the %d cores\n", t / hz, t / hz / s, n }'
[ $good = 0 ] || fail "not everybody reached the end of their story"
