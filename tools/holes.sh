#!/usr/bin/env bash
# holes.sh -- twenty checks of who may are switched off, one at a time: the table of rights must notice each.
#
#   tools/holes.sh [NUMBER...]        JOBS=1 where others work on the machine
#
# The tree as it is committed is copied to build/holes; in the copy each check has a switch, which the
# environment turns.  Each hole is tried at the routes it concerns (GONGDAO_ROWS), since what fails
# there fails when all are walked.  With no hole open the same routes must pass.
set -uo pipefail
cd "$(dirname "$0")/.."

tree=build/holes/tree
list=tools/holes.tsv

# lay FROM: what differs from the tree is copied to it, the rest keeps its time and is not made again.
lay() {
    local file
    (cd "$1" && find . -type f -o -type l) | while read -r file; do
        cmp -s "$1/$file" "$tree/$file" && continue
        mkdir -p "$tree/$(dirname "$file")"
        cp -P "$1/$file" "$tree/$file"
    done
    # And what is no longer there goes, but what was made.
    (cd "$tree" && find . -path ./build -prune -o -path ./web/node_modules -prune -o -type f -print) |
        while read -r file; do [ -e "$1/$file" ] || rm -f "${tree:?}/$file"; done
}

copy() {
    local new=build/holes/new
    rm -rf "$new"
    mkdir -p "$tree" "$new"
    git archive HEAD | tar -x -C "$new" || return 1
    sed -i '0,/#include/s//#include <stdlib.h>\n#define HOLE(n) (getenv("GONGDAO_HOLE") \&\& strtol(getenv("GONGDAO_HOLE"), NULL, 10) == (n))\n#include/' \
        "$new/platform/base.h"
    local number what file from to rows
    while IFS=$'\t' read -r number what file from to rows; do
        [[ $number =~ ^[0-9]+$ ]] || continue
        from=${from//\\n/$'\n'} to=${to//\\n/$'\n'}
        FROM=$from TO=$to perl -0pi -e 's/\Q$ENV{FROM}\E/$ENV{TO}/ or exit 3' "$new/$file" && grep -qF "HOLE($number)" "$new/$file" || {
            echo "hole $number: $file has no such line any more: $from"
            return 1
        }
    done <"$list"
    lay "$new"
    [ ! -d web/node_modules ] || ln -sfn "$PWD/web/node_modules" "$tree/web/node_modules"
    make -C "$tree" -j"${JOBS:-2}" OPTIMISE="-O0 -g1" WARNINGS=-w build/gongdao >build/holes/make.log 2>&1 || {
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
        tell ok "hole $number is noticed: $what: $(grep -m1 -oE "(GET|POST|PAGE|DELETE|STREAM) /.* must be refused" build/holes/said)"
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
