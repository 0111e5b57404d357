#!/bin/sh
# peers.sh -- against what an operator would install instead: messages stored and shown to the other
# side, 64 people who each say the next thing when the last was acknowledged.
#
# The peer is a Socket.IO server that keeps each message in SQLite with synchronous=FULL
# (bench/peers/relay.mjs): no sign-in, no rights, no journal.  In turn, each with the other side's
# streams open; the median of the rounds counts:
#   - messages a second, ours against theirs: at least 1,
#   - processor time of the server for each, ours against theirs: at most 1; it says the same
#     whoever asks, where rates are also bounded by the generator, theirs in JavaScript.
# Every message that was acknowledged must be in the peer's file and have been shown.
#
# ROUNDS (3) and SECONDS_EACH (3) can be set, and what bench/common.sh names.  Needs what
# `script/setup --peers` installs.  ejabberd and Request Tracker have
# measurements of their own beside this one.
set -eu
case ${1:-} in
--help | -h)
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
. bench/common.sh
seconds=${SECONDS_EACH:-3}
peer_port=$((PORT + 1))
[ -d bench/peers/node_modules ] || fail "no packages in bench/peers: run script/setup --peers"

ticks() { awk '{ print $14 + $15 }' "/proc/$1/stat"; }

# each PID TICKS LINE: microseconds of the processor since then for each message of the line.
each() {
    awk -v t=$(($(ticks "$1") - $2)) -v hz="$(getconf CLK_TCK)" -v n="$(value requests "$3")" \
        'BEGIN { printf "%.1f\n", t / hz * 1e6 / n }'
}

ours() {
    prepare --talks 64 --first $((16 * round - 15)) # of consultants who have nobody yet
    mkfifo "$work/go"
    "$TOOLS/stream" hold --connect "$address" --people "$work/people" --server-pid "$server_pid" \
        --streams 64 --posts 1 --go <"$work/go" >"$work/held" 2>>"$work/log" &
    holder=$!
    exec 3>"$work/go"
    until grep -q '^open' "$work/held"; do
        kill -0 $holder 2>/dev/null || fail "streams did not open"
        sleep 0.1
    done
    before=$(ticks "$server_pid")
    ours_line=$(on_load_cpus "$TOOLS/load" --connect "$address" --people "$work/people" --side resident \
        --connections 64 --seconds "$seconds" --warm 0 --label ours) || fail "posting failed: $ours_line"
    ours_each=$(each "$server_pid" "$before" "$ours_line")
    printf '\n\n' >&3
    exec 3>&-
    wait $holder || fail "a stream did not show what was said"
    rm "$work/go"
}

theirs() {
    rm -f "$work/peer.db"*
    ${SERVER_CPUS:+taskset -c "$SERVER_CPUS"} env node bench/peers/relay.mjs "$work/peer.db" "$peer_port" \
        >>"$work/log" 2>&1 &
    other_pid=$!
    until curl -fso /dev/null "http://127.0.0.1:$peer_port/"; do
        kill -0 $other_pid 2>/dev/null || fail "the peer ended"
        sleep 0.1
    done
    before=$(ticks $other_pid)
    theirs_line=$(on_load_cpus env node bench/peers/talk.mjs "$peer_port" 64 "$seconds") ||
        fail "the peer did not show all: $theirs_line"
    theirs_each=$(each $other_pid "$before" "$theirs_line")
    kill $other_pid
    wait $other_pid 2>/dev/null || :
    other_pid=
    stored=$(sqlite3 "$work/peer.db" 'select count(*) from message')
    [ "$stored" = "$(value requests "$theirs_line")" ] || fail "the peer stored $stored of: $theirs_line"
}

init_city
start_server
settle
round=0
while [ $round -lt "${ROUNDS:-3}" ]; do
    round=$((round + 1))
    ours
    theirs
    ratio "$(value rate "$ours_line")" "$(value rate "$theirs_line")" >>"$work/rates"
    ratio "$ours_each" "$theirs_each" >>"$work/costs"
    printf '  %s\n  %s\n  processor, us a message: %s and %s\n' \
        "$ours_line" "$theirs_line" "$ours_each" "$theirs_each"
done
set -- $(spread "$work/rates")
result peer-socketio-stored "$1" 1 least "from $2 to $3 in $round rounds"
set -- $(spread "$work/costs")
result peer-socketio-processor "$1" 1 most "from $2 to $3 in $round rounds"
