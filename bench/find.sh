#!/bin/sh
# find.sh LAWS.tsv QUESTIONS.tsv [COUNT] -- everything promised of search and of the assistant, by
# one command: what is found, the field of law, times and memory of the index; then, on a server of
# its own, how fast laws are taken in, how soon a new one is found, and what the assistant says.
#
# LAWS and QUESTIONS are as bench/search.c describes them; COUNT of the questions (300) are put to
# the assistant, and those of bench/assistant_outside.txt.  What answered questions teach is judged
# by five folds; all that common.sh names can be set.
set -eu
case ${1:-} in
--help | -h | "")
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
laws=$1 questions=$2 count=${3:-300}
. bench/common.sh

# figure NAME LINE: the number behind that word
figure() {
    echo "$2" | sed -n "s/.*\<$1 \([0-9.]*\).*/\1/p"
}

found=$("$TOOLS/search" "$laws" "$questions" --fields data/fields.tsv data/field_laws.tsv)
plain=$(echo "$found" | grep '^articles ')
learned=$(echo "$found" | grep '^learned ')
fields=$(echo "$found" | grep '^fields ')
result r10 "$(figure r10 "$plain")" .48 least "nothing learned"
result mrr "$(figure mrr "$plain")" .42 least "nothing learned"
result learned-r10 "$(figure r10 "$learned")" .58 least "five folds"
result learned-r100 "$(figure r100 "$learned")" .75 least "five folds"
result learned-mrr "$(figure mrr "$learned")" .46 least "five folds"
result field-among-three "$(figure among-three "$fields")" .58 least \
    "of $(figure questions "$fields") questions that have a field"
result p95-ms "$(figure p95-ms "$plain")" 10 most "of the processor, one thread"
result build-s "$(figure build-s "$plain")" 30 most ""
result index-mb "$(figure index-mb "$plain")" 256 most ""

init_city
start_server
taken=$("$SERVER" import laws "$laws" --data "$work/data" 2>/dev/null | tail -n 1)
echo "  $taken"
result articles-a-second "$(echo "$taken" | sed 's/.* \([0-9]*\) articles a second.*/\1/')" \
    20000 least "as the command says itself"

# A law nobody knew: from the end of its import until the box finds it.
printf '0\t紫葳试验规定\t第一条\t\t紫葳鲸鱼应当在九十九日内登记。\t2020-01-01\n' >"$work/new.tsv"
"$SERVER" import laws "$work/new.tsv" --data "$work/data" >/dev/null 2>&1
began=$(date +%s.%N)
until curl -fsG "http://$address/api/v1/search" --data-urlencode 'q=紫葳鲸鱼登记' | grep -q 紫葳; do
    sleep 0.02
done
ended=$(date +%s.%N)
result update-s "$(awk -v a="$began" -v b="$ended" 'BEGIN { printf "%.2f", b - a }')" 1 most \
    "until a new law is found"
sleep 3
result server-mb "$(awk '/^VmRSS/ { printf "%d", $2 / 1024 }' "/proc/$server_pid/status")" 256 most \
    "all of it, with the demo city"
command node bench/assistant.mjs "http://$address" "$questions" bench/assistant_outside.txt "$count" ||
    fail "the assistant"
