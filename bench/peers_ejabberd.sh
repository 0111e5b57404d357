#!/bin/sh
# peers_ejabberd.sh -- against what an operator would install for chat: ejabberd of Debian, with its
# archive (mod_mam) in PostgreSQL.  64 people each say the next thing when the last was acknowledged
# (ours) or has come to the other side (theirs: XMPP acknowledges nothing by itself).
#
# Both keep what is said in the same PostgreSQL with Debian's settings, in turn, while the other does
# nothing; the median of the rounds counts:
#   - messages a second, ours against theirs: at least 1,
#   - processor time of server and PostgreSQL for each, ours against theirs: at most 1.
# Ours also checks who may, writes the journal and keeps counters; theirs keeps each message in two
# archives.  Every message that came must be in both, and have been shown by ours.
#
# ROUNDS (3) and SECONDS_EACH (3) can be set, and what bench/common.sh names.  Needs what
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
seconds=${SECONDS_EACH:-3}
peer_port=$((PORT + 1))
schema=/usr/share/ejabberd/sql/pg.sql
[ -f "$schema" ] || fail "there is no ejabberd: run script/setup --peers"
postgres=$(postmaster)
peer="postgresql://gongdao@127.0.0.1:$sql_port/peer"

peer_up() {
    psql -qX "$DATABASE" -c "create database peer"
    psql -qX -v ON_ERROR_STOP=1 "$peer" -f "$schema" >>"$work/log"
    psql -qX "$peer" -c "insert into users (username, password)
        select 'talk' || n, 'bench' from generate_series(0, 127) n"
    cat >"$work/ejabberd.yml" <<CONF
hosts: [bench]
loglevel: error
auth_method: sql
auth_password_format: plain
default_db: sql
sql_type: pgsql
sql_server: 127.0.0.1
sql_port: $sql_port
sql_database: peer
sql_username: gongdao
sql_pool_size: 10
listen:
  - {port: $peer_port, ip: "127.0.0.1", module: ejabberd_c2s, access: all, starttls: false}
modules:
  mod_mam: {default: always, db_type: sql}
CONF
    ERL_LIBS=/usr/lib/x86_64-linux-gnu EJABBERD_CONFIG_PATH=$work/ejabberd.yml EJABBERD_LOG_PATH=$work/peer.log HOME=$work \
        ${SERVER_CPUS:+taskset -c "$SERVER_CPUS"} erl -noinput +K true -start_epmd false \
        -mnesia dir "\"$work/mnesia\"" -s ejabberd >>"$work/log" 2>&1 &
    other_pid=$!
    tries=0
    until grep -q " $(printf '0100007F:%04X' "$peer_port") " /proc/net/tcp; do
        tries=$((tries + 1))
        { [ $tries -lt 300 ] && kill -0 $other_pid; } || fail "ejabberd did not start"
        sleep 0.2
    done
    sleep 2
}

ours() {
    prepare --talks 64 --first $((16 * round - 15)) # of consultants who have nobody yet
    mkfifo "$work/go"
    "$TOOLS/stream" hold --connect "$address" --people "$work/people" --server-pid "$server_pid" \
        --streams 64 --posts 1 --go <"$work/go" >"$work/held" 2>>"$work/log" &
    holder=$!
    exec 3>"$work/go"
    until grep -q '^open' "$work/held"; do
        kill -0 $holder 2>/dev/null || fail "streams did not open"
        sleep 0.1
    done
    before=$(tree_ticks "$server_pid" "$postgres")
    ours_line=$(on_load_cpus "$TOOLS/load" --connect "$address" --people "$work/people" --side resident \
        --connections 64 --seconds "$seconds" --warm 0 --label ours) || fail "posting failed: $ours_line"
    ours_each=$(each_us $(($(tree_ticks "$server_pid" "$postgres") - before)) "$(value requests "$ours_line")")
    printf '\n\n' >&3
    exec 3>&-
    wait $holder || fail "a stream did not show what was said: $(tail -n 3 "$work/held")"
    sed -n "s/^posted/  stream: posted/p" "$work/held"
    rm "$work/go"
}

theirs() {
    had=$(psql -AtX "$peer" -c 'select count(*) from archive')
    before=$(tree_ticks "$other_pid" "$postgres")
    theirs_line=$(on_load_cpus env node bench/peers/xmpp.mjs "$peer_port" 64 "$seconds") || fail "the peer failed: $theirs_line"
    theirs_each=$(each_us $(($(tree_ticks "$other_pid" "$postgres") - before)) "$(value requests "$theirs_line")")
    stored=$(($(psql -AtX "$peer" -c 'select count(*) from archive') - had))
    [ "$stored" = $((2 * $(value requests "$theirs_line"))) ] || fail "the peer stored $stored lines of: $theirs_line"
}

init_city
start_server
settle
peer_up
round=0
while [ $round -lt "${ROUNDS:-3}" ]; do
    round=$((round + 1))
    ours
    theirs
    ratio "$(value rate "$ours_line")" "$(value rate "$theirs_line")" >>"$work/rates"
    ratio "$ours_each" "$theirs_each" >>"$work/costs"
    printf '  %s\n  %s\n  processor, us a message: %s and %s\n' \
        "$ours_line" "$theirs_line" "$ours_each" "$theirs_each"
done
set -- $(spread "$work/rates")
result peer-ejabberd-stored "$1" 1 least "from $2 to $3 in $round rounds"
set -- $(spread "$work/costs")
result peer-ejabberd-processor "$1" 1 most "from $2 to $3 in $round rounds"
