#!/bin/sh
# durable_vs_sqlite.sh -- messages accepted durably (POST to 201, 64 clients) against a bare loop
# in C that commits the same rows to SQLite, in groups of 64 and one by one, in turn.
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

init_city
start_server
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
    a=$(on_load_cpus "$TOOLS/load" --connect "$address" --people "$work/people" --side resident \
        --connections 64 --seconds "${SECONDS_EACH:-4}" --label post) || fail "posting failed: $a"
    if [ $round -eq 1 ]; then
        "$TOOLS/bare_commit" --copy "$database" --to "$work/after.db"
    fi
    b=$(on_server_cpus "$TOOLS/bare_commit" --before "$work/before.db" --after "$work/after.db" \
        --work "$work/data/bare.db" --group 64 --seconds "${SECONDS_EACH:-4}" 2>"$work/rows")
    c=$(on_server_cpus "$TOOLS/bare_commit" --before "$work/before.db" --after "$work/after.db" \
        --work "$work/data/bare.db" --group 1 --seconds "${SECONDS_EACH:-4}" 2>>"$work/log")
    ratio "$(value rate "$a")" "$(value rate "$b")" >>"$work/group"
    ratio "$(value rate "$a")" "$(value rate "$c")" >>"$work/single"
    printf '  %s\n  %s\n  %s\n' "$a" "$b" "$c"
done
echo "  rows replayed: $(tr -s ' \n' ' ' <"$work/rows")"
set -- $(spread "$work/group")
result durable-vs-sqlite "$1" 0.5 least "from $2 to $3 in $round rounds"
set -- $(spread "$work/single")
result durable-vs-single "$1" 5 least "from $2 to $3 in $round rounds"
