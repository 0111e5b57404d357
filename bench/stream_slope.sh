#!/bin/sh
# stream_slope.sh -- does the last of 15,000 streams in one process cost more than the first?
# Three processes open 5,000 each, one after the other.  After each third the server's resident
# memory is read and 100 messages a second are posted for a while, each shown by all the streams
# of its conversation.
#
# STREAMS (15000), TALKS (500) and SECONDS_EACH (4) can be set, and what bench/common.sh names.
set -eu
case ${1:-} in
--help | -h)
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
. bench/common.sh
ulimit -n "$(ulimit -Hn)"
third=$((${STREAMS:-15000} / 3))

init_city
start_server
prepare --talks "${TALKS:-500}" --written

: >"$work/rates"
rss_kb >"$work/memory"
for part in 1 2 3; do
    mkfifo "$work/go-$part"
    "$TOOLS/stream" hold --connect "$address" --people "$work/people" --streams "$third" \
        --first-address $((part * 80 - 80)) --addresses 80 --go <"$work/go-$part" \
        >"$work/hold-$part" 2>&1 &
    eval "exec $((part + 2))>\"$work/go-$part\""
    tries=0
    until grep -q '^open' "$work/hold-$part"; do
        tries=$((tries + 1))
        [ $tries -lt 900 ] || fail "streams were not opened: $(cat "$work/hold-$part")"
        sleep 0.1
    done
    rss_kb >>"$work/memory"
    on_load_cpus "$TOOLS/load" --connect "$address" --people "$work/people" --side resident \
        --rate 100 --seconds "${SECONDS_EACH:-4}" --label "beside-$((part * third))" \
        >"$work/rate" || fail "posting beside streams failed: $(cat "$work/rate")"
    sed 's/^/  /' "$work/rate"
    value p99 "$(cat "$work/rate")" >>"$work/rates"
done
# The first third posts and sees while all are open, then all close.
echo >&3
tries=0
until grep -q '^posted' "$work/hold-1"; do
    tries=$((tries + 1))
    [ $tries -lt 900 ] || fail "streams did not show what was said: $(cat "$work/hold-1")"
    sleep 0.1
done
sed 's/^/  /' "$work/hold-1"
grep -q 'ended 0 ' "$work/hold-1" || fail "streams ended"
awk -v n="$third" '{ kb[NR] = $1 } END {
    printf "  kB of each of %d streams: %.2f, of the next %.2f, of the last %.2f\n",
        n, (kb[2] - kb[1]) / n, (kb[3] - kb[2]) / n, (kb[4] - kb[3]) / n }' "$work/memory"
result stream-memory-slope "$(awk '{ kb[NR] = $1 } END {
    printf "%.3f", (kb[4] - kb[3]) / (kb[2] - kb[1]) }' "$work/memory")" 1.5 most \
    "the last third of $((third * 3)) streams against the first"
set -- $(cat "$work/rates")
result stream-posts-slope "$(ratio "$3" "$1")" 5 most \
    "p99 $3 ms beside $((third * 3)) streams, $1 beside $third"
