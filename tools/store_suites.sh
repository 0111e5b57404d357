#!/usr/bin/env bash
# store_suites.sh -- the suites of unit tests that keep rows, as a filter for Criterion: what is played
# on the second engine too.  All others would do the same again.
#
#   tools/store_suites.sh PART    what is played each time, and of the others the PARTth of six (0 to 5)
#
# Criterion stumbles over a filter with a hundred names, so there is none of all.
set -euo pipefail
cd "$(dirname "$0")/.."
parts=6
# What speaks SQL in the platform, every query's text and plan, and the main rooms.
always='store.*|queries|plans|carry|tail|writer.*|identity|people|hall|ladder_acts|consultation_talk|consultation_found'

rooms=(platform bureau desk service channel main)
# Who asks for a place of its own, by a header beside the tests or itself.
asks='platform/(scene|database)_test\.h|GONGDAO_TEST_DATABASE'
for _ in 1 2 3; do
    asks=$asks$(grep -rlE --include='*_test.h' "$asks" "${rooms[@]}" | sort -u | sed 's/\./\\./g; s/^/|/' | tr -d '\n')
done
grep -rlE --include='*_test.c' "$asks" "${rooms[@]}" |
    xargs sed -nE 's/^Test(Suite)?\(([a-z_0-9]+),.*/\2/p' | sort -u |
    awk -v always="^($always)\$" -v part="${1:?which part}" -v parts="$parts" '
        $0 ~ always || n++ % parts == part { all = all (all == "" ? "" : "|") $0 }
        END { print "@(" all ")/*" }'
