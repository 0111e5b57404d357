#!/bin/sh
# office.sh -- an office with a million cases behind it: how soon its list is there, and how many steps
# of cases are done a second, each durable before it is answered.
#
# CASES (1000000), BUSY (of them under way: 2000), RATE (lists a second: 50), SECONDS_EACH (8) and
# CONNECTIONS (64) can be set, and what bench/common.sh names.
set -eu
case ${1:-} in
--help | -h)
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
. bench/common.sh
seconds=${SECONDS_EACH:-8}
json='Content-Type: application/json'
api=http://$address/api/v1

init_city
start_server
token=$(curl -fs -H "$json" -d '{"name":"leader01","password":"demo-gongdao"}' "$api/session" |
    sed -n 's/.*"token":"\([^"]*\)".*/\1/p')
[ -n "$token" ] || fail "the officer could not sign in"
reference=$(curl -fs -H "$json" -d '{"name":"王秀英","phone":"13900006666","division":"310101","answer_1":"family",
    "answer_2":"李先生","answer_4":"赡养"}' "$api/items/people-mediation/apply" |
    sed -n 's/.*"reference":"\([^"]*\)".*/\1/p')
curl -fs -o /dev/null -H "$json" -H "Authorization: Bearer $token" -d '{}' "$api/office/cases/$reference/look" ||
    fail "the case could not be opened"
stop_server
if [ -z "${DATABASE:-}" ]; then database=$("$TOOLS/bare_commit" --find "$work/data"); else database=$DATABASE; fi
"$TOOLS/office" --data "$database" --cases "${CASES:-1000000}" --busy "${BUSY:-2000}" >"$work/references" ||
    fail "not filled"
start_server
settle 60
for page in /office /api/v1/office '/office?turn=over'; do
    on_load_cpus "$TOOLS/load" --connect "$address" --get "$page" --header "Authorization: Bearer $token" \
        --header "Cookie: gongdao=$token" --rate "${RATE:-50}" --connections 4 --warm 1 --seconds "$seconds" \
        >"$work/line" 2>>"$work/log" || fail "$page was not answered: $(cat "$work/line")"
    echo "  $page $(cat "$work/line")"
    case $page in /office) list=$(cat "$work/line") ;; esac
done
result office-list-p99-ms "$(value p99 "$list")" 5 most \
    "p50 $(value p50 "$list"), ${CASES:-1000000} cases of one office, ${BUSY:-2000} under way, the page of 200"
line=$("$TOOLS/office" --connect "$address" --token "$token" --list "$work/references" \
    --connections "${CONNECTIONS:-64}" --seconds 5) || fail "not every step was taken: $line"
result case-acts-a-second "$(value rate "$line")" 1000 least "p50 $(value p50 "$line") p99 $(value p99 "$line") ms"
