#!/bin/sh
# pgbouncer.sh -- the server with a real pgbouncer in transaction mode between it and PostgreSQL: the
# city is made through it, 32 people post and 32 streams show what is said.  Nothing may fail, and
# every message that was acknowledged must be there once.
#
# SECONDS_EACH (5) can be set, and what bench/common.sh names.  Needs what `script/setup --test`
# installs.
set -eu
case ${1:-} in
--help | -h)
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
. bench/common.sh
if [ -z "${GONGDAO_TEST_POOL:-}" ]; then
    rm -rf "$work"
    exec tools/cluster.sh --durable tools/pool.sh sh "$0"
fi
behind=$GONGDAO_TEST_DATABASE
DATABASE=$GONGDAO_TEST_POOL

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
