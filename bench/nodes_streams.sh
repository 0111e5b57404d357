#!/bin/sh
# nodes_streams.sh -- two nodes on one PostgreSQL, then three: messages are posted at the first, all
# streams are open at the others.  From the moment a message should have been posted until the
# other side's stream shows it; 200 messages a second, 60 conversations, both sides.
#
# RATE (200), SECONDS_EACH (15), TALKS (60) and DATABASE (a PostgreSQL of its own otherwise) can be
# set, and what bench/common.sh names.  All nodes, PostgreSQL and who posts share the machine.
set -eu
case ${1:-} in
--help | -h)
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
. bench/common.sh
in_cluster "$0"

init_city
start_nodes 1 3
prepare --talks "${TALKS:-60}"
watched=
for nodes in 2 3; do
    watched="$watched --watch $(node $nodes)"
    "$TOOLS/prepare" --beat --connect "$address" --people "$work/people"
    # shellcheck disable=SC2086 # words on purpose
    line=$(on_load_cpus "$TOOLS/stream" latency --connect "$address" --people "$work/people" \
        $watched --rate "${RATE:-200}" --seconds "${SECONDS_EACH:-15}") ||
        fail "not every message was seen: $line"
    echo "  $line"
    result "nodes-stream-p99-ms-$nodes" "$(value p99 "$line")" 200 most \
        "p50 $(value p50 "$line") p999 $(value p999 "$line") max $(value max "$line")"
done
