#!/bin/sh
# ready_after_start.sh -- from the start of the program until /readyz says 200, with a journal of a
# million lines; five starts after a stop, five after a kill.
#
# The lines are copied by SQL; the server is then started once, unmeasured, so that whoever reads
# the journal has read it, as in a city that has a million lines behind it.
# LINES (1000000) can be set, and what bench/common.sh names.
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
prepare --talks 8 --messages 20
stop_server
database=$("$TOOLS/bare_commit" --find "$work/data") || fail "no database in the data folder"
echo "  $("$TOOLS/journal_fill" --data "$database" --lines "${LINES:-1000000}")"
start_server
sleep 3
stop_server
a=$("$TOOLS/ready" --server "$SERVER" --data "$work/data" --listen "$address" --runs 5)
b=$("$TOOLS/ready" --server "$SERVER" --data "$work/data" --listen "$address" --runs 5 --kill)
echo "  after a stop: $a"
echo "  after a kill: $b"
result ready-ms "$(value median "$a")" 300 most \
    "from $(value low "$a") to $(value high "$a"); after a kill $(value median "$b")"
