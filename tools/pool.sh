#!/usr/bin/env bash
# pool.sh -- a real pgbouncer in transaction mode before a database for as long as a command runs.
#
#   tools/cluster.sh tools/pool.sh COMMAND...
#                                 GONGDAO_TEST_POOL names it while it runs, by way of the pool
#
# Any database of the cluster is reached through it.  It lets go of a server it does not use within a
# second, so that a database can be copied or dropped by who goes past it.
set -euo pipefail

[ $# -gt 0 ] && [ -n "${GONGDAO_TEST_DATABASE:-}" ] || {
    sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
    exit 2
}
pgbouncer=$(command -v pgbouncer || echo /usr/sbin/pgbouncer)
[ -x "$pgbouncer" ] || {
    echo "pool.sh: there is no pgbouncer; script/setup --test installs it" >&2
    exit 1
}
socket=$(sed 's/.*host=\([^&]*\).*/\1/' <<<"$GONGDAO_TEST_DATABASE")
place=$(mktemp -d "${TMPDIR:-/tmp}/gongdao-pool-XXXXXX")
chmod 755 "$place"
mkdir "$place/pool"
cat >"$place/pool.ini" <<CONF
[databases]
* = host=$socket user=gongdao
[pgbouncer]
listen_addr =
listen_port = 6432
unix_socket_dir = $place/pool
auth_type = any
pool_mode = transaction
default_pool_size = 8
max_client_conn = 400
server_idle_timeout = 1
ignore_startup_parameters = extra_float_digits,options
CONF
as=()
if [ "$(id -u)" = 0 ]; then
    chown postgres "$place/pool"
    as=(setpriv --reuid=postgres --regid=postgres --clear-groups --)
fi
"${as[@]}" "$pgbouncer" -q "$place/pool.ini" >"$place/log" 2>&1 &
pool=$!
stop() {
    kill "$pool" 2>/dev/null || true
    wait "$pool" 2>/dev/null || true
    rm -rf "$place"
}
trap stop EXIT
trap 'exit 130' INT TERM
for ((tries = 0; ; tries++)); do
    [ -S "$place/pool/.s.PGSQL.6432" ] && break
    [ "$tries" -lt 100 ] && kill -0 "$pool" || {
        cat "$place/log" >&2
        exit 1
    }
    sleep 0.1
done
export GONGDAO_TEST_POOL="postgresql:///gongdao?host=$place/pool&port=6432&user=gongdao"
status=0
"$@" || status=$?
exit "$status"
