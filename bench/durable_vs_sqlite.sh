#!/bin/sh
# durable_vs_sqlite.sh -- messages accepted durably (POST to 201, 64 clients), in turn against
#   a bare loop in C that commits the same rows to SQLite in groups of 64   durable-vs-sqlite
#   the same server made to commit each act by itself                       durable-vs-single
#   the bare loop with one row's worth to a commit, which serves nobody     durable-vs-single-bare
#
# The rows are those that the server wrote in the first round, found between a copy of its database
# before and one after (see bench/bare_commit.c).  ROUNDS (5) and SECONDS_EACH (4) can be set, and
# what bench/common.sh names.
set -eu
case ${1:-} in
--help | -h)
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
. bench/common.sh

# serve_single: the server of single commits, on a city of its own beside the other's, which rests.
single_address=127.0.0.1:$((PORT + 1))
serve_single() {
    ${SERVER_CPUS:+taskset -c "$SERVER_CPUS"} "$TOOLS/gongdao_single" serve --data "$work/single" \
        --listen "$single_address" >>"$work/log" 2>&1 &
    node_pids="$node_pids $!"
    tries=0
    until curl -fso /dev/null "http://$single_address/readyz"; do
        tries=$((tries + 1))
        [ $tries -lt 600 ] || fail "the server of single commits did not become ready"
        sleep 0.05
    done
}
# post TO PEOPLE LABEL
post() {
    on_load_cpus "$TOOLS/load" --connect "$1" --people "$2" --side resident \
        --connections 64 --seconds "${SECONDS_EACH:-4}" --label "$3" || fail "posting failed"
}

init_city
cp -r "$work/data" "$work/single"
start_server
serve_single
settle
database=$("$TOOLS/bare_commit" --find "$work/data") || fail "no database in the data folder"
round=0
while [ $round -lt "${ROUNDS:-5}" ]; do
    round=$((round + 1))
    # New conversations for each round: one holds 2,000 messages.
    prepare --talks 200 --written
    if [ $round -eq 1 ]; then
        "$TOOLS/bare_commit" --copy "$database" --to "$work/before.db"
    fi
    a=$(post "$address" "$work/people" post)
    if [ $round -eq 1 ]; then
        "$TOOLS/bare_commit" --copy "$database" --to "$work/after.db"
    fi
    b=$(on_server_cpus "$TOOLS/bare_commit" --before "$work/before.db" --after "$work/after.db" \
        --work "$work/data/bare.db" --group 64 --seconds "${SECONDS_EACH:-4}" 2>"$work/rows")
    c=$(on_server_cpus "$TOOLS/bare_commit" --before "$work/before.db" --after "$work/after.db" \
        --work "$work/data/bare.db" --group 1 --seconds "${SECONDS_EACH:-4}" 2>>"$work/log")
    "$TOOLS/prepare" --connect "$single_address" --people "$work/people-single" --talks 200 --written \
        >>"$work/log" 2>&1 || fail "preparing the server of single commits did not succeed"
    d=$(post "$single_address" "$work/people-single" single)
    ratio "$(value rate "$a")" "$(value rate "$b")" >>"$work/group"
    ratio "$(value rate "$a")" "$(value rate "$c")" >>"$work/bare"
    ratio "$(value rate "$a")" "$(value rate "$d")" >>"$work/alone"
    printf '  %s\n  %s\n  %s\n  %s\n' "$a" "$b" "$c" "$d"
done
echo "  rows replayed: $(tr -s ' \n' ' ' <"$work/rows")"
set -- $(spread "$work/group")
result durable-vs-sqlite "$1" 0.5 least "from $2 to $3 in $round rounds"
set -- $(spread "$work/alone")
result durable-vs-single "$1" 5 least "from $2 to $3 in $round rounds"
set -- $(spread "$work/bare")
result durable-vs-single-bare "$1" 5 least "from $2 to $3 in $round rounds"
