#!/bin/sh
# stream_latency.sh -- from the moment a message should have been posted until the other side's
# open stream shows it: 500 messages a second, 120 conversations, both sides, 20 seconds.
#
# RATE (500), SECONDS_EACH (20) and TALKS (120) can be set, and what bench/common.sh names.
set -eu
case ${1:-} in
--help | -h)
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
. bench/common.sh

init_city
start_server
prepare --talks "${TALKS:-120}"
line=$(on_load_cpus "$TOOLS/stream" latency --connect "$address" --people "$work/people" \
    --rate "${RATE:-500}" --seconds "${SECONDS_EACH:-20}") || fail "not every message was seen: $line"
echo "  $line"
result stream-latency-p99-ms "$(value p99 "$line")" 20 most \
    "p50 $(value p50 "$line") max $(value max "$line") at ${RATE:-500} messages a second"
