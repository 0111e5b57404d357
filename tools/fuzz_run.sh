#!/usr/bin/env bash
# fuzz_run.sh -- runs one fuzzer for a while, from its corpus; says in a line how it went.
#
#     tools/fuzz_run.sh PROGRAM SECONDS
#
# What it finds on the way goes into a copy of the corpus in the build folder, never into the tree.
set -u
program=$1 seconds=$2
name=$(basename "$program") name=${name#fuzz_}
case "$name" in
    mkhtml) seeds=tools/golden ;;
    mksql) seeds=tools/golden_sql ;;
    items_file) seeds=data/items ;;
    aid_file) seeds=data/aid ;;
    *) seeds=$(find platform tools desk bureau service -path "*/corpus/$name" -type d | head -n 1) ;;
esac
corpus=$program.corpus log=$program.log
mkdir -p "$corpus"
[ -z "$seeds" ] || find "$seeds" -maxdepth 1 -type f -exec cp -n {} "$corpus" \;
if "$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="$program." "$corpus" >"$log" 2>&1; then
    runs=$(awk '/number_of_executed_units/ { print $2 }' "$log")
    echo "fuzz $name: nothing found in ${runs:-?} runs"
else
    echo "fuzz $name: FAILED"
    tail -n 40 "$log"
    exit 1
fi
