#!/bin/sh
# board_live.sh -- how old a supervisor's board is while 1,000 acts a second are done: from the
# moment a question should have been asked until every open board shows it.
#
# RATE (1000 messages a second), BOARDS (5), SECONDS_EACH (20) and TALKS (120) can be set, and what
# bench/common.sh names.
set -eu
case ${1:-} in
--help | -h)
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
. bench/common.sh

seconds=${SECONDS_EACH:-20}
init_city
start_server
prepare --talks "${TALKS:-120}"
session=$(curl -fs -H 'Content-Type: application/json' -d '{"name":"supervisor","password":"demo-gongdao"}' \
    "http://$address/api/v1/session" | sed -n 's/.*"token":"\([^"]*\)".*/\1/p')
[ -n "$session" ] || fail "the supervisor could not sign in"
# The page's own pause between two fetches, as it is served.
gap=$(sed -n 's/^const GAP_MS = \([0-9]*\);/\1/p' web/ts/board.ts)
on_load_cpus "$TOOLS/load" --connect "$address" --people "$work/people" --rate "${RATE:-1000}" \
    --seconds $((seconds + 3)) --label acts >"$work/acts" 2>>"$work/log" &
other_pid=$!
line=$(on_load_cpus "$TOOLS/board_live" --connect "$address" --session "$session" --gap "$gap" \
    --watchers "${BOARDS:-5}" --seconds "$seconds") || fail "not every board showed everything: $line"
wait "$other_pid" || fail "not every act was done: $(cat "$work/acts")"
other_pid=
acts=$(cat "$work/acts")
echo "  $line"
echo "  $acts"
result board-live-ms "$(value p99 "$line")" 1000 most \
    "p50 $(value p50 "$line") max $(value max "$line") at $(value rate "$acts") acts a second, ${BOARDS:-5} boards"
