#!/bin/sh
# stream_memory.sh -- what an open stream costs: resident memory of the server before and after
# 10,000 streams are opened by two processes, from many addresses.  While all are open messages are
# posted and every stream has to show them, and other requests have to be answered.
#
# STREAMS (10000) and TALKS (500) can be set, and what bench/common.sh names.
set -eu
case ${1:-} in
--help | -h)
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
. bench/common.sh
ulimit -n "$(ulimit -Hn)"
streams=${STREAMS:-10000}

init_city
start_server
prepare --talks "${TALKS:-500}" --written

# hold NAME FIRST-ADDRESS: half of the streams; told to go on through a pipe.
hold() {
    mkfifo "$work/go-$1"
    "$TOOLS/stream" hold --connect "$address" --people "$work/people" --streams $((streams / 2)) \
        --first-address "$2" --go <"$work/go-$1" >"$work/hold-$1" 2>&1 &
}
wait_line() {
    tries=0
    until grep -q "^$2" "$work/hold-$1"; do
        tries=$((tries + 1))
        [ $tries -lt 600 ] || fail "streams did not get so far: $(cat "$work/hold-$1")"
        sleep 0.1
    done
}

before=$(rss_kb)
hold a 0
a_pid=$!
exec 3>"$work/go-a"
wait_line a open
hold b 100
b_pid=$!
exec 4>"$work/go-b"
wait_line b open
after=$(rss_kb)
rate=$(on_load_cpus "$TOOLS/load" --connect "$address" --people "$work/people" --side resident \
    --rate 100 --seconds 3 --label post-beside-streams) || fail "posting beside streams failed: $rate"
get=$(on_load_cpus "$TOOLS/load" --connect "$address" --get /healthz --connections 16 --seconds 2 \
    --label get-beside-streams) || fail "nothing else is answered: $get"
echo >&3
wait_line a posted
echo >&4
wait_line b posted
told=$(rss_kb)
echo >&3
echo >&4
wait "$a_pid" || fail "streams missed messages: $(cat "$work/hold-a")"
wait "$b_pid" || fail "streams missed messages: $(cat "$work/hold-b")"
sleep 1
printf '  %s\n' "$(cat "$work/hold-a")" "$(cat "$work/hold-b")" "$rate" "$get"
echo "  memory-kb before $before open $after told $told closed $(rss_kb)"
each=$(awk -v a="$after" -v b="$before" -v n="$streams" 'BEGIN { printf "%.2f", (a - b) / n }')
told_each=$(awk -v a="$told" -v b="$before" -v n="$streams" 'BEGIN { printf "%.2f", (a - b) / n }')
result stream-memory-kb "$each" 16 most "$streams streams; $told_each after all have shown messages"
