#!/bin/sh
# peers_rt.sh -- against what an operator would install for questions and who answers them: Request
# Tracker 5 of Debian, four workers of Starman.  8 people each ask the next question when the last
# was acknowledged (a question in writing; a ticket by REST 1.0, its faster one); and 8 look at the
# list of what is there for somebody who answers (a desk; the newest 50 tickets).
#
# Both keep it in the same PostgreSQL with Debian's settings, in turn, while the other does nothing;
# the median of the rounds counts, ours against theirs:
#   - questions a second: at least 20,
#   - pages of the list a second: at least 100,
#   - processor time of server and PostgreSQL for a question: at most 0.05.
# Nothing is sent by mail.  Every ticket and question that was acknowledged must be there.
#
# ROUNDS (3) and SECONDS_EACH (4) can be set, and what bench/common.sh names.  Needs what
# `script/setup --peers` installs.
set -eu
case ${1:-} in
--help | -h)
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
. bench/common.sh
sql_port=$((PORT + 2))
in_cluster "$0" "$sql_port"
seconds=${SECONDS_EACH:-4}
peer_port=$((PORT + 1))
yardstick=127.0.0.1:$peer_port
program=/usr/share/request-tracker5/libexec/rt-server
[ -f "$program" ] || fail "there is no Request Tracker: run script/setup --peers"
postgres=$(postmaster)
peer="postgresql://gongdao@127.0.0.1:$sql_port/rt5"

peer_up() {
    psql -qX "$DATABASE" -c "create database rt5"
    mkdir -p "$work/rt" "$work/rt-log"
    cat >"$work/rt/bench.pm" <<CONF
Set(\$rtname, 'bench'); Set(\$WebDomain, '127.0.0.1'); Set(\$WebPort, $peer_port); Set(\$WebPath, '');
Set(\$DatabaseType, 'Pg'); Set(\$DatabaseHost, '127.0.0.1'); Set(\$DatabasePort, '$sql_port');
Set(\$DatabaseName, 'rt5'); Set(\$DatabaseUser, 'gongdao'); Set(\$DatabasePassword, 'unused');
Set(\$LogToSyslog, undef); Set(\$LogToSTDERR, 'error'); Set(\$LogDir, '$work/rt-log');
Set(\$RestrictReferrer, 0); Set(\$MailCommand, 'testfile');
1;
CONF
    export RT_SITE_CONFIG_DIR="$work/rt"
    rt-setup-database-5 --action init --skip-create --dba gongdao --dba-password unused \
        </dev/null >>"$work/log" 2>&1 || fail "Request Tracker's tables could not be made"
    ${SERVER_CPUS:+taskset -c "$SERVER_CPUS"} starman --listen "$yardstick" --workers 4 "$program" \
        >>"$work/log" 2>&1 &
    other_pid=$!
    tries=0
    until curl -fso /dev/null "http://$yardstick/"; do
        tries=$((tries + 1))
        { [ $tries -lt 120 ] && kill -0 $other_pid; } || fail "Request Tracker did not start"
        sleep 0.5
    done
    session=$(curl -fsS -o /dev/null -D - --data 'user=root&pass=password' "http://$yardstick/" |
        sed -n 's/^Set-Cookie: \(RT_SID[^;]*\).*/\1/p' | tail -n 1)
    [ -n "$session" ] || fail "Request Tracker let nobody in"
}

# asked WHO ADDRESS PID COUNT [OPTION…]: questions; the line in $line, microseconds of each in $each.
asked() {
    who=$1 where=$2 pid=$3 count=$4
    shift 4
    had=$($count)
    before=$(tree_ticks "$pid" "$postgres")
    line=$(on_load_cpus "$TOOLS/load" --connect "$where" --connections 8 --addresses 0 --seconds "$seconds" --warm 0 \
        --label "$who-asked" "$@") || fail "asking failed: $line"
    each=$(each_us $(($(tree_ticks "$pid" "$postgres") - before)) "$(value requests "$line")")
    stored=$(($($count) - had))
    [ "$stored" = "$(value requests "$line")" ] || fail "$stored are there of: $line"
    printf '  %s; %s us of the processor each\n' "$line" "$each"
}

looked() {
    who=$1 where=$2
    shift 2
    line=$(on_load_cpus "$TOOLS/load" --connect "$where" --connections 8 --addresses 0 --seconds "$seconds" --warm 0 \
        --label "$who-looked" "$@") || fail "looking failed: $line"
    printf '  %s\n' "$line"
}

questions() { psql -AtX "$DATABASE" -c 'select count(*) from consultation'; }
tickets() { psql -AtX "$peer" -c 'select count(*) from tickets'; }

init_city
start_server
settle
prepare --talks 64
desk="Authorization: Bearer $(sed -n 2p "$work/people" | cut -d' ' -f3)"
peer_up
text="my employer has not paid my wages for two months. What can I do?"
ticket="content=id:+ticket/new%0AQueue:+General%0ASubject:+Wages%0AText:+$(printf '%s' "$text" | tr ' ' +)%0A"
round=0
while [ $round -lt "${ROUNDS:-3}" ]; do
    round=$((round + 1))
    asked ours "$address" "$server_pid" questions --get /api/v1/consultations --expect 201 \
        --body "{\"field\":\"labour\",\"mode\":\"message\",\"text\":\"Measurement: $text\"}"
    ours_rate=$(value rate "$line") ours_each=$each
    asked theirs "$yardstick" "$other_pid" tickets --get '/REST/1.0/ticket/new?user=root&pass=password' \
        --type application/x-www-form-urlencoded --body "$ticket"
    ratio "$ours_rate" "$(value rate "$line")" >>"$work/asked"
    ratio "$ours_each" "$each" >>"$work/costs"
    looked ours "$address" --get /api/v1/desk --header "$desk"
    ours_rate=$(value rate "$line")
    looked theirs "$yardstick" --header "Cookie: $session" \
        --get '/Search/Results.html?Query=id%3E0&Rows=50&OrderBy=id&Order=DESC'
    ratio "$ours_rate" "$(value rate "$line")" >>"$work/looked"
done
set -- $(spread "$work/asked")
result peer-rt-asked "$1" 20 least "from $2 to $3 in $round rounds"
set -- $(spread "$work/looked")
result peer-rt-list "$1" 100 least "from $2 to $3 in $round rounds"
set -- $(spread "$work/costs")
result peer-rt-processor "$1" 0.05 most "from $2 to $3 in $round rounds"
