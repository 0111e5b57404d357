#!/bin/sh
# overload.sh -- twice as much is asked as can be served, and ten times: who is let in is served as
# well as ever, conversations go on, and everybody else is told at once.
#
# Pages for everybody are fetched as fast as they are answered (capacity), then twice as fast and
# ten times, whether they are answered or not; beside it messages are said in conversations, some a
# second.  By ratios, in one run:
#   - pages answered well, against those at capacity: at least 0.9,
#   - messages refused: none; messages acknowledged and not there when all are read back: none,
#   - the 99th percentile of messages at twice and ten times, against that without any pages: at
#     most 2,
#   - milliseconds until 99 of 100 that were refused had been told, from when they should have been
#     sent: at most 100,
#   - processor time of the server for a refusal, against a page: at most 0.1,
#   - seconds until a page is answered well again: at most 10.
# A ratio that misses its goal is printed as missed and does not fail the run.  A message refused
# or lost, more than those 10 seconds, and a load that turned nobody away do.
# The server and who asks share the machine unless SERVER_CPUS and LOAD_CPUS part them: of ten times
# the load they take the most themselves.
#
# FRONT=yes asks through HAProxy with docs/operations/haproxy.cfg, on the cores of who asks: as in a
# city, where it stands on a machine of its own.  Capacity and messages alone are then measured
# through it too, on the same cores, and it counts as refused what either of the two refused.
#
# SECONDS_EACH (4), PAGE (a search) and SAID (40 messages a second) can be set, and what
# bench/common.sh names.
set -eu
case ${1:-} in
--help | -h)
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
. bench/common.sh
seconds=${SECONDS_EACH:-4}
page=${PAGE:-/search?q=%E6%AC%A0%E8%96%AA}
good=1
server=$address

# The file operators are given, with one node: only addresses are put in, and people keep theirs.
start_front() {
    mkdir "$work/front"
    sed -e "s/^    bind :80\$/    bind 127.0.0.1:$((PORT + 1))/" -e '/^    \(user\|group\) haproxy/d' \
        -e 's|^    log /dev/log local0|    log stderr format raw local0 err|' \
        -e 's/^    maxconn 40000$/    maxconn 4500/' -e 's/^    maxconn 4500$/&\n    nbthread 1/' \
        -e '/^    http-request set-header X-Forwarded-For/d' -e '/^    server two/d' \
        -e "s/10\.0\.0\.11:8080/$server/" docs/operations/haproxy.cfg >"$work/front/haproxy.cfg"
    # Not on_load_cpus: its number must be HAProxy's own, or it would outlive the measurement and,
    # since ports may be shared, answer a part of the next one's requests.
    ${LOAD_CPUS:+taskset -c "$LOAD_CPUS"} haproxy -db -f "$work/front/haproxy.cfg" \
        >>"$work/front/log" 2>&1 &
    other_pid=$!
    address=127.0.0.1:$((PORT + 1))
    until curl -fso /dev/null "http://$address/healthz"; do
        kill -0 $other_pid 2>/dev/null || fail "HAProxy ended: $(tail -n 5 "$work/front/log")"
        sleep 0.1
    done
}

ticks() { awk '{ print $14 + $15 }' "/proc/$server_pid/stat"; }

# said NAME: messages alone; the line in NAME-post.
said() {
    on_load_cpus "$TOOLS/load" --connect "$address" --people "$work/people" --side resident \
        --connections 8 --rate "${SAID:-40}" --seconds "$seconds" --label "messages-$1" --told "$work/told" \
        >"$work/$1-post" 2>"$work/$1-post-wrong"
}

# both NAME [OPTION…]: pages as the options say, with messages beside; lines in NAME-get, NAME-post.
both() {
    name=$1
    shift
    said "$name" &
    post_pid=$!
    before=$(ticks)
    on_load_cpus "$TOOLS/load" --connect "$address" --get "$page" --seconds "$seconds" \
        --refused 503 --label "pages-$name" "$@" >"$work/$name-get" 2>"$work/$name-get-wrong" || :
    wait "$post_pid" || good=0
    echo $(($(ticks) - before)) >"$work/$name-ticks"
    for side in get post; do
        printf '  %s\n' "$(cat "$work/$name-$side")"
        sed 's/^/  /;2q' "$work/$name-$side-wrong"
    done
}

# well NAME: pages a second that were answered with 200.
well() { value rate "$(cat "$work/$1-get")"; }

turned_away() {
    curl -fs "http://$server/metrics" | awk '/^gongdao_turned_away_total/ { n += $2 } END { print n + 0 }'
}

late() { value p99 "$(cat "$work/$1-post")"; }

# cost_of_refusal NAME: of the server's processor time, against a page's.
cost_of_refusal() {
    awk -v all="$(cat "$work/$1-ticks")" -v page="$(cat "$work/capacity-ticks")" \
        -v pages="$(value requests "$(cat "$work/capacity-get")")" \
        -v served="$(value requests "$(cat "$work/$1-get")")" \
        -v refused="$(value refused "$(cat "$work/$1-get")")" 'BEGIN {
            each = page / pages
            printf "%.3f\n", refused ? (all - served * each) / refused / each : 0
        }'
}

init_city
start_server
prepare --talks 200 --written
if [ "${FRONT:-}" = yes ]; then start_front; fi
said alone
printf '  %s\n' "$(cat "$work/alone-post")"
both capacity --connections 8
capacity=$(well capacity)
[ "$(turned_away)" = 0 ] || fail "somebody was turned away at capacity already"
for times in 2 10; do
    both "$times" --connections 2000 --rate "$(awk -v c="$capacity" -v t="$times" 'BEGIN { printf "%.0f", c * t }')"
    begun=$(date +%s)
    until curl -fso /dev/null "http://$address$page"; do
        [ $(($(date +%s) - begun)) -le 30 ] || fail "no page is answered after the load is gone"
        sleep 0.1
    done
    again=$(($(date +%s) - begun))
    result "pages-at-$times-times" "$(ratio "$(well $times)" "$capacity")" 0.9 least "of those at capacity"
    result "messages-p99-at-$times-times" "$(ratio "$(late $times)" "$(late alone)")" 2 most "of that without pages"
    result "refused-p99-ms-at-$times-times" "$(value refused-p99 "$(cat "$work/$times-get")")" 100 most
    result "refusal-cost-at-$times-times" "$(cost_of_refusal $times)" 0.1 most "of a page's processor time"
    result "seconds-until-normal-after-$times-times" "$again" 10 most
    [ "$again" -le 10 ] || good=0
done
refused=$(value refused "$(cat "$work/10-get")")
printf '  refused at ten times: %s; by the server in all: %s\n' "$refused" "$(turned_away)"
[ "$refused" -gt 0 ] || fail "nobody was turned away: there was no overload"
result messages-refused "$((1 - good))" 0 most
back=$("$TOOLS/told" --connect "$server" --people "$work/people" --told "$work/told" --label read-back) || good=0
printf '  %s\n' "$back"
result acknowledged-and-lost "$(value lost "$back")" 0 most "of $(value told "$back") messages, each read back by its number and text"
[ "$good" = 1 ]
