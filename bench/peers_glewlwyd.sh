#!/bin/sh
# peers_glewlwyd.sh -- signing in, against what an operator would install for it: Glewlwyd of Debian, on its
# SQLite.  4 people sign in with their password, each again when the last was answered; then 8 ask who they
# are, with the session they got.
#
# What a password is hashed with is nearly all of a sign-in and a choice, not speed: ours is Argon2id (19 MiB,
# two passes), theirs PBKDF2 with SHA-256, as often as it chooses itself for a password that is set anew.  So
# sign-ins a second, and the processor's time for each, are told with both choices and have no goal.
# Goals, ours against theirs, by the median of the rounds:
#   - sessions checked a second: at least 1,
#   - processor time of the server for a check: at most 1.
#
# ROUNDS (3) and SECONDS_EACH (4) can be set, and what bench/common.sh names.  GLEWLWYD names a folder
# that its Debian packages were unpacked in; else they are fetched with apt-get and unpacked, not installed.
# The libraries they need are of `script/setup --peers`.
set -eu
case ${1:-} in
--help | -h)
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
. bench/common.sh
seconds=${SECONDS_EACH:-4}
peer_port=$((PORT + 1))
yardstick=127.0.0.1:$peer_port
json='Content-Type: application/json'

peer_up() {
    root=${GLEWLWYD:-$work/glewlwyd}
    if [ -z "${GLEWLWYD:-}" ]; then
        mkdir -p "$root/packages"
        (cd "$root/packages" && apt-get -q download glewlwyd glewlwyd-common) >>"$work/log" 2>&1 ||
            fail "Glewlwyd's packages could not be fetched"
        for package in "$root"/packages/*.deb; do dpkg -x "$package" "$root"; done
    fi
    mkdir -p "$root/usr/lib/glewlwyd/user_middleware"
    zcat -f "$root"/usr/share/doc/glewlwyd/glewlwyd.conf.sample* |
        sed -e "s|/usr/lib/glewlwyd|$root&|; s|/usr/share/glewlwyd|$root&|; s|^log_level=.*|log_level=\"ERROR\"|" \
            -e "s|/var/cache/glewlwyd/glewlwyd.db|$work/glewlwyd.db|; s|^port=.*|port=$peer_port|" \
            -e "s|^external_url=.*|external_url=\"http://$yardstick\"|" >"$work/glewlwyd.conf"
    zcat -f "$root"/usr/share/doc/glewlwyd/database/init.sqlite3.sql* | sqlite3 "$work/glewlwyd.db"
    ${SERVER_CPUS:+taskset -c "$SERVER_CPUS"} "$root/usr/bin/glewlwyd" --config-file="$work/glewlwyd.conf" \
        >>"$work/log" 2>&1 &
    other_pid=$!
    tries=0
    until curl -so /dev/null "http://$yardstick/api/profile_list"; do
        tries=$((tries + 1))
        { [ $tries -lt 100 ] && kill -0 $other_pid; } || fail "Glewlwyd did not start"
        sleep 0.1
    done
}

peer_session() {
    curl -fsS -o /dev/null -D - -H "$json" -d "$1" "http://$yardstick/api/auth/" |
        sed -n 's/^Set-Cookie: \(GLEWLWYD2_SESSION_ID=[^;]*\).*/\1/p' | tail -n 1
}

# A password set by Glewlwyd itself: the one it is delivered with was hashed a thousand times only.
peer_password() {
    session=$(peer_session '{"username":"admin","password":"password"}')
    curl -fsS -o /dev/null -X PUT -H "$json" -H "Cookie: $session" \
        -d '{"username":"admin","old_password":"password","password":"demo-gongdao"}' "http://$yardstick/api/profile/password" ||
        fail "Glewlwyd's password could not be set"
    rounds_of_hash=$(sqlite3 "$work/glewlwyd.db" "select guw_password from g_user_password" | sed -n 's/.*,//p')
    : "${rounds_of_hash:=1000}"
}

# measured WHO ADDRESS PID CONNECTIONS OPTION…: the line in $line, microseconds of each in $each.
measured() {
    who=$1 where=$2 pid=$3 connections=$4
    shift 4
    before=$(tree_ticks "$pid")
    line=$(on_load_cpus "$TOOLS/load" --connect "$where" --connections "$connections" --addresses 0 \
        --seconds "$seconds" --warm 0 --label "$who" "$@") || fail "$who failed: $line"
    each=$(each_us $(($(tree_ticks "$pid") - before)) "$(value requests "$line")")
    printf '  %s; %s us of the processor each\n' "$line" "$each"
}

init_city
start_server
settle
peer_up
peer_password
ours=$(curl -fsS -H "$json" -d '{"name":"supervisor","password":"demo-gongdao"}' "http://$address/api/v1/session" |
    sed -n 's/.*"token":"\([^"]*\)".*/\1/p')
theirs=$(peer_session '{"username":"admin","password":"demo-gongdao"}')
{ [ -n "$ours" ] && [ -n "$theirs" ]; } || fail "nobody could sign in"
round=0
while [ $round -lt "${ROUNDS:-3}" ]; do
    round=$((round + 1))
    measured ours-sign-in "$address" "$server_pid" 4 --get /api/v1/session --expect 201 \
        --body '{"name":"supervisor","password":"demo-gongdao"}'
    ours_rate=$(value rate "$line") ours_each=$each
    measured theirs-sign-in "$yardstick" "$other_pid" 4 --get /api/auth/ \
        --body '{"username":"admin","password":"demo-gongdao"}'
    ratio "$ours_rate" "$(value rate "$line")" >>"$work/sign-in"
    ratio "$ours_each" "$each" >>"$work/sign-in-costs"
    echo "$each" >>"$work/theirs-each"
    measured ours-check "$address" "$server_pid" 8 --get /api/v1/session --header "Authorization: Bearer $ours"
    ours_rate=$(value rate "$line") ours_each=$each
    measured theirs-check "$yardstick" "$other_pid" 8 --get /api/profile_list --header "Cookie: $theirs"
    ratio "$ours_rate" "$(value rate "$line")" >>"$work/check"
    ratio "$ours_each" "$each" >>"$work/check-costs"
done
printf '  theirs is hashed with PBKDF2 and SHA-256, %s times; ours with Argon2id, 19 MiB, 2 passes\n' \
    "$rounds_of_hash"
set -- $(spread "$work/sign-in")
printf '  sign-ins a second, ours of theirs: %s (%s to %s)' "$1" "$2" "$3"
set -- $(spread "$work/sign-in-costs")
printf '; processor for each: %s (%s to %s)\n' "$1" "$2" "$3"
set -- $(spread "$work/check")
result peer-glewlwyd-check "$1" 1 least "from $2 to $3 in $round rounds"
set -- $(spread "$work/check-costs")
result peer-glewlwyd-processor "$1" 1 most "from $2 to $3 in $round rounds"
