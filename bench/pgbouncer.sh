#!/bin/sh
# pgbouncer.sh -- the server with a real pgbouncer in transaction mode between it and PostgreSQL: the
# city is made through it, 32 people post and 32 streams show what is said.  Nothing may fail, and
# every message that was acknowledged must be there once.
#
# SECONDS_EACH (5) can be set, and what bench/common.sh names.  Needs what `script/setup --peers`
# installs.
set -eu
case ${1:-} in
--help | -h)
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
. bench/common.sh
in_cluster "$0"
command -v pgbouncer >/dev/null || fail "there is no pgbouncer: run script/setup --peers"
behind=$DATABASE
socket=$(printf '%s' "$behind" | sed 's/.*host=\([^&]*\).*/\1/')
chmod 755 "$work"
mkdir -p "$work/pool"
cat >"$work/pool.ini" <<CONF
[databases]
* = host=$socket user=gongdao
[pgbouncer]
listen_addr =
listen_port = 6432
unix_socket_dir = $work/pool
auth_type = any
pool_mode = transaction
default_pool_size = 8
max_client_conn = 200
ignore_startup_parameters = extra_float_digits,options
CONF
if [ "$(id -u)" = 0 ]; then
    chown postgres "$work/pool"
    as="setpriv --reuid=postgres --regid=postgres --clear-groups --"
fi
${as:-} pgbouncer -q "$work/pool.ini" >>"$work/log" 2>&1 &
other_pid=$!
tries=0
until [ -S "$work/pool/.s.PGSQL.6432" ]; do
    tries=$((tries + 1))
    { [ $tries -lt 100 ] && kill -0 $other_pid; } || fail "pgbouncer did not start"
    sleep 0.1
done
DATABASE="postgresql:///gongdao?host=$work/pool&port=6432&user=gongdao"

said() { psql -AtX "$behind" -c 'select count(*) from message'; }
shown() {
    held=$("$TOOLS/stream" hold --connect "$address" --people "$work/people" --streams 32 --posts 8 \
        </dev/null 2>>"$work/log") || fail "a stream did not show what was said: $held"
}

init_city
start_server
prepare --talks 32
shown
before=$(said)
line=$(on_load_cpus "$TOOLS/load" --connect "$address" --people "$work/people" --connections 32 \
    --seconds "${SECONDS_EACH:-5}" --warm 0 --label posts) || fail "posting failed: $line"
stored=$(($(said) - before))
printf '  %s\n' "$line"
shown
lost=$(($(value requests "$line") - stored))
result pgbouncer-lost "$lost" 0 most "$stored messages through pgbouncer in transaction mode"
[ "$lost" = 0 ]
