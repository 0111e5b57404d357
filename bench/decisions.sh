#!/bin/sh
# decisions.sh -- decisions a second on one core: who gets which case, with 2,000 consultants and
# 100,000 who wait; with the verdict of everybody who was weighed written down as the row keeps it.
#
# The rules alone, without server or store: see bench/decide.c.  What a server adds is a commit, which
# durable_vs_sqlite measures.  ROUNDS (5), SECONDS_EACH (2), PEOPLE (2000) and WAITING (100000) can be
# set, and what bench/common.sh names.
set -eu
case ${1:-} in
--help | -h)
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
. bench/common.sh

round=0
while [ $round -lt "${ROUNDS:-5}" ]; do
    round=$((round + 1))
    a=$(on_load_cpus "$TOOLS/decide" --people "${PEOPLE:-2000}" --waiting "${WAITING:-100000}" \
        --seconds "${SECONDS_EACH:-2}" --seed $round)
    echo "  $a"
    value kept "$a" >>"$work/kept"
    value opening "$a" >>"$work/opening"
done
set -- $(spread "$work/kept")
result decisions-a-second "$1" 20000 least "from $2 to $3 in $round rounds; $(value bytes "$a") bytes kept of each"
set -- $(spread "$work/opening")
result decisions-at-opening "$1" 20000 least "from $2 to $3; all places free, so everybody fits; $(value bytes-opening "$a") bytes"
