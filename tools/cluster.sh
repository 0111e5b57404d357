#!/usr/bin/env bash
# cluster.sh -- a PostgreSQL of one's own for as long as a command runs.
#
#   tools/cluster.sh [--durable] [--port N] COMMAND...
#                                 GONGDAO_TEST_DATABASE names an empty database while it runs
#
# Nothing else on the machine is touched: the cluster lies in a folder that goes afterwards, listens
# on a socket in that folder only, and promises nothing (fsync is off) unless --durable leaves it as
# Debian has it, for measurements; with --port it is reached at 127.0.0.1 too.  PostgreSQL refuses
# to run as root; then it runs as the user its package made.
set -euo pipefail

bin=${POSTGRES_BIN:-/usr/lib/postgresql/15/bin}
[ -x "$bin/initdb" ] || {
    echo "cluster.sh: PostgreSQL 15 is not here ($bin); script/setup --test installs it" >&2
    exit 1
}
careless="-c fsync=off -c full_page_writes=off -c autovacuum=off -c wal_level=minimal \
    -c max_wal_senders=0 -c shared_buffers=64MB"
if [ "${1:-}" = --durable ]; then
    careless=
    shift
fi
port= listen=
if [ "${1:-}" = --port ]; then
    port=$2 listen=127.0.0.1
    shift 2
fi
[ $# -gt 0 ] || {
    sed -n '2,10s/^# \{0,1\}//p' "$0" >&2
    exit 2
}
# Not below the tree: a socket's name is short, and the other user may not reach the tree.
place=$(mktemp -d "${TMPDIR:-/tmp}/gongdao-postgres-XXXXXX")
as=()
if [ "$(id -u)" = 0 ]; then
    chown postgres "$place"
    as=(setpriv --reuid=postgres --regid=postgres --clear-groups --)
fi
stop() {
    (cd / && "${as[@]}" "$bin/pg_ctl" -D "$place/data" -m immediate stop >/dev/null 2>&1) || true
    rm -rf "$place"
}
trap stop EXIT
trap 'exit 130' INT TERM
(
    cd /
    # Text is ordered as the machine's language has it, unless the tables say otherwise: they must.
    "${as[@]}" "$bin/initdb" -D "$place/data" -U gongdao -A trust -E UTF8 --locale-provider=icu \
        --icu-locale=en-US --locale=C.UTF-8 --no-sync
    "${as[@]}" "$bin/pg_ctl" -D "$place/data" -w -t 60 -l "$place/log" -o "-k $place -h '$listen' ${port:+-p $port} \
        -c max_connections=200 $careless" start
) >"$place/start.log" 2>&1 || {
    cat "$place/start.log" >&2
    exit 1
}
"$bin/createdb" -h "$place" ${port:+-p "$port"} -U gongdao gongdao
export GONGDAO_TEST_DATABASE="postgresql:///gongdao?host=$place&user=gongdao${port:+&port=$port}"
status=0
"$@" || status=$?
exit "$status"
