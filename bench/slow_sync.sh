#!/bin/sh
# slow_sync.sh -- a disk whose every sync takes 8 ms longer must not slow anything but the answers
# that wait for it.  64 people post messages while others fetch pages; once with the disk as it is,
# once with the slow one (see bench/slow_sync.c), in one run.  Passes when, with the slow disk,
#   - pages come at least at a third of the rate they come at without it (a server that syncs where
#     it answers comes to nearly nothing), and
#   - messages are taken at more than five times the 1000 / 8 a second of one commit each.
# A test by ratios, not by numbers: it holds on any machine.  Takes less than 20 seconds.
#
# SLOW_MS (8) and SECONDS_EACH (3) can be set, and what bench/common.sh names.
set -eu
case ${1:-} in
--help | -h)
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
. bench/common.sh
slow_ms=${SLOW_MS:-8}
case $TOOLS in /*) library=$TOOLS/slow_sync.so ;; *) library=$PWD/$TOOLS/slow_sync.so ;; esac

# both NAME: posts and pages at the same time; leaves the lines in NAME-post and NAME-get.
both() {
    "$TOOLS/load" --connect "$address" --people "$work/people" --side resident --connections 64 \
        --seconds "${SECONDS_EACH:-3}" --label "post-$1" >"$work/$1-post" 2>&1 &
    post_pid=$!
    "$TOOLS/load" --connect "$address" --get /healthz --get "$page" --header "$cookie" \
        --connections 4 --seconds "${SECONDS_EACH:-3}" --label "get-$1" >"$work/$1-get" 2>&1 ||
        fail "pages failed: $(cat "$work/$1-get")"
    wait "$post_pid" || fail "posts failed: $(cat "$work/$1-post")"
    printf '  %s\n' "$(cat "$work/$1-post")" "$(cat "$work/$1-get")"
}

init_city
start_server
# A conversation holds 2,000 messages: these hold more than both runs write.
prepare --talks 200 --written
page=/consultations/$(talk 1)
cookie="Cookie: gongdao=$(talk 2)"
both as-is
stop_server
start_server LD_PRELOAD="$library" SLOW_SYNC_MS="$slow_ms" \
    ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0"
both slow
gets=$(ratio "$(value rate "$(cat "$work/slow-get")")" "$(value rate "$(cat "$work/as-is-get")")")
single=$(awk -v ms="$slow_ms" 'BEGIN { print 1000 / ms }')
posts=$(ratio "$(value rate "$(cat "$work/slow-post")")" "$single")
result pages-with-slow-sync "$gets" 0.33 least "of the rate without it"
result posts-with-slow-sync "$posts" 5 least "times one commit each"
awk -v g="$gets" -v p="$posts" 'BEGIN { exit !(g >= 0.33 && p >= 5) }'
