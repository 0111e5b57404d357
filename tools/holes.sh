#!/usr/bin/env bash
# holes.sh -- twenty checks of who may are switched off, one at a time: the table of rights must notice each.
#
#   tools/holes.sh [NUMBER...]
#
# The tree as it is committed is copied to build/holes; in the copy each check has a switch, which the
# environment turns.  Each hole is tried at the routes it concerns (GONGDAO_ROWS), since what fails
# there fails when all are walked.  With no hole open the same routes must pass.
set -uo pipefail
cd "$(dirname "$0")/.."

tree=build/holes/tree
list=tools/holes.tsv

copy() {
    mkdir -p "$tree"
    find "$tree" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
    git archive HEAD | tar -x -C "$tree" || return 1
    [ ! -d web/node_modules ] || ln -sfn "$PWD/web/node_modules" "$tree/web/node_modules"
    sed -i '0,/#include/s//#include <stdlib.h>\n#define HOLE(n) (getenv("GONGDAO_HOLE") \&\& strtol(getenv("GONGDAO_HOLE"), NULL, 10) == (n))\n#include/' \
        "$tree/platform/base.h"
    local number what file from to rows
    while IFS=$'\t' read -r number what file from to rows; do
        [[ $number =~ ^[0-9]+$ ]] || continue
        from=${from//\\n/$'\n'} to=${to//\\n/$'\n'}
        FROM=$from TO=$to perl -0pi -e 's/\Q$ENV{FROM}\E/$ENV{TO}/ or exit 3' "$tree/$file" && grep -qF "HOLE($number)" "$tree/$file" || {
            echo "hole $number: $file has no such line any more: $from"
            return 1
        }
    done <"$list"
    # Made at a second: what did not change is not made again.
    make -C "$tree" -j2 OPTIMISE="-O0 -g1" WARNINGS=-w build/gongdao >build/holes/make.log 2>&1 || {
        tail -n 20 build/holes/make.log
        return 1
    }
}

# walk HOLE ROWS: the table of rights over these routes; its words are left in build/holes/said.
walk() {
    GONGDAO_HOLE=$1 GONGDAO_ROWS=$2 GONGDAO="$PWD/$tree/build/gongdao" GONGDAO_WORK=build/holes/work \
        timeout 600 node --test --test-reporter=tap journey/rights.mjs >build/holes/said 2>&1
}

copy || exit 1
passed=0 failed=0 all=
tell() {
    if [ "$1" = ok ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
    echo "$1 $((passed + failed)) - $2"
}
while IFS=$'\t' read -r number what file from to rows; do
    [[ $number =~ ^[0-9]+$ ]] || continue
    [ $# = 0 ] || [[ " $* " == *" $number "* ]] || continue
    all=$all${all:+|}$rows
    if walk "$number" "$rows"; then
        tell "not ok" "hole $number is not noticed: $what"
    elif grep -q 'must be refused\|200 !== 403\|201 !== 403' build/holes/said; then
        tell ok "hole $number is noticed: $what: $(grep -m1 -o "'\?[A-Z]* /[^,]*must be refused" build/holes/said)"
    else
        tell "not ok" "hole $number made something else fail: $what"
        grep -m 12 -A 12 '^ *not ok' build/holes/said | sed 's/^/    /'
    fi
done <"$list"
if walk 0 "$all"; then
    tell ok "with none open the same routes pass"
else
    tell "not ok" "with none open the same routes fail"
    grep -m 3 -A 20 '^ *not ok' build/holes/said | sed 's/^/    /'
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
