#!/usr/bin/env bash
# failover.sh -- PostgreSQL's primary is killed and cut off under load: nothing acknowledged is lost.
#
#   bench/failover.sh [--cuts N] [--control] [more options of failover]
#
# Three nodes of PostgreSQL, Patroni and etcd in network namespaces (failover_nodes.sh), configured
# by docs/operations; one Gongdao before them, and people who write and read (failover.c).  Each
# time it is measured when writing goes on and what readers were told.
#   --kinds A,B  kinds of cut, in turn: kill, link, held (kill,link); see failover_nodes.sh
#   --control    the nodes confirm what one of them has, and the cut is held: acknowledged messages
#                must be lost, or the bench could not see a loss
# Needs root and what `script/setup --failover` installs.  All of it is removed in the end, also
# when interrupted.  GOOD_BYE=keep keeps the folder with the logs.  SERVER, TOOLS, PORT as in common.sh.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${SERVER:=build/gongdao}" "${TOOLS:=build/bench}" "${PORT:=18551}"
cuts=20 mode=strict kinds=
more=()
while [ $# -gt 0 ]; do
    case $1 in
        --cuts) cuts=$2; shift ;;
        --kinds) kinds=$2; shift ;;
        --control) mode=async more+=(--control) cuts=1 kinds=held ;;
        -h | --help) sed -n '2,15s/^# \{0,1\}//p' "$0"; exit 0 ;;
        *) more+=("$1") ;;
    esac
    shift
done
[ "$(id -u)" = 0 ] || { echo "failover.sh needs root: it makes network namespaces" >&2; exit 2; }
for program in patroni etcd ip jq curl; do
    command -v "$program" >/dev/null || { echo "no $program here: run script/setup --failover" >&2; exit 2; }
done
for built in "$SERVER" "$TOOLS/failover"; do
    [ -x "$built" ] || { echo "$built is not built: make build/gongdao bench" >&2; exit 2; }
done

place=$(mktemp -d "${TMPDIR:-/tmp}/gongdao-failover-XXXXXX")
nodes=bench/failover_nodes.sh
clean_up() {
    trap '' INT TERM
    "$nodes" "$place" down || :
    if [ "${GOOD_BYE:-}" = keep ]; then echo "the logs are in $place" >&2; else rm -rf "$place"; fi
}
trap clean_up EXIT
trap 'exit 130' INT TERM
fail() {
    echo "$*" >&2
    tail -n 5 "$place/log" >&2 2>/dev/null || :
    exit 1
}

"$nodes" "$place" up "$mode" || fail "the nodes did not come up"
# As docs/operations has it for a city: all three, whoever may be written to; the password apart.
echo "*:5432:gongdao:gongdao:PASSWORD-OF-GONGDAO" >"$place/pgpass"
chmod 600 "$place/pgpass"
database="postgresql://gongdao@10.0.0.21,10.0.0.22,10.0.0.23/gongdao?target_session_attrs=read-write&passfile=$place/pgpass"
front() { "$nodes" "$place" in "$@"; }
front "$SERVER" init --data "$place/data" --database "$database" --demo >"$place/log" 2>&1 || fail "init did not succeed"
front "$SERVER" serve --data "$place/data" --database "$database" --listen "127.0.0.1:$PORT" >>"$place/log" 2>&1 &
for ((tries = 0; ; tries++)); do
    front curl -fso "$place/answer" "http://127.0.0.1:$PORT/readyz" && break
    [ $tries -lt 300 ] || fail "the server did not become ready"
    sleep 0.2
done
run() {
    front "$TOOLS/failover" --connect "127.0.0.1:$PORT" --nodes "$nodes" --place "$place" "$@" "${more[@]}"
}
status=0
run --cuts "$cuts" ${kinds:+--kinds "$kinds"} & # a signal is heard at once only while this waits
wait $! || status=$?
[ $status = 0 ] || GOOD_BYE=keep
exit $status
