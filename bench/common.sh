# common.sh -- what the measurements share: a server on a fresh demo city, and results by name.
#
# Read by the drivers beside it, from the root of the tree.  What can be set from outside:
#   SERVER       the program (build/gongdao)
#   TOOLS        folder of the built tools (build/bench)
#   PORT         where the server listens on 127.0.0.1 (18300); PORT + 1 is the yardstick's
#   SERVER_CPUS  cores for the server and the yardstick, as taskset -c takes them (all)
#   LOAD_CPUS    cores for the load generator (all)
#   DATABASE     postgresql://… where the rows are kept (SQLite in the data folder)
: "${SERVER:=build/gongdao}" "${TOOLS:=build/bench}" "${PORT:=18300}"
address=127.0.0.1:$PORT
server_pid=
other_pid=
node_pids=
work=$(mktemp -d "${TMPDIR:-/tmp}/gongdao-bench-XXXXXX")

on_server_cpus() {
    if [ -n "${SERVER_CPUS:-}" ]; then taskset -c "$SERVER_CPUS" "$@"; else "$@"; fi
}

on_load_cpus() {
    if [ -n "${LOAD_CPUS:-}" ]; then taskset -c "$LOAD_CPUS" "$@"; else "$@"; fi
}

fail() {
    echo "$*" >&2
    if [ -s "$work/log" ]; then tail -n 5 "$work/log" >&2; fi
    exit 1
}

init_city() {
    "$SERVER" init --data "$work/data" ${DATABASE:+--database "$DATABASE"} --demo \
        >"$work/log" 2>&1 || fail "init did not succeed"
}

# in_cluster SCRIPT [PORT]: runs it again with a PostgreSQL of its own that keeps what it is told, as
# Debian sets one up, unless DATABASE names one; with a port also at 127.0.0.1.
in_cluster() {
    [ -z "${DATABASE:-}" ] || return 0
    rm -rf "$work"
    exec tools/cluster.sh --durable ${2:+--port "$2"} sh -c 'DATABASE=$GONGDAO_TEST_DATABASE exec sh "$0"' "$1"
}

# tree_ticks PID…: processor time of these and of their children, those that ended and were waited for
# too.  A name may have blanks in it.
tree_ticks() {
    cat /proc/[0-9]*/stat 2>/dev/null | sed 's/(.*)/x/' | awk -v all=" $* " '
        index(all, " " $1 " ") { n += $14 + $15 + $16 + $17 }
        index(all, " " $4 " ") { n += $14 + $15 }
        END { print n + 0 }'
}

# each_us TICKS COUNT: microseconds of the processor for each.
each_us() {
    awk -v t="$1" -v hz="$(getconf CLK_TCK)" -v n="$2" 'BEGIN { printf "%.1f\n", n ? t / hz * 1e6 / n : 0 }'
}

# postmaster: the number of the PostgreSQL that DATABASE names.
postmaster() { psql -qAtX "$DATABASE" -c "select pg_read_file('postmaster.pid')" | sed 1q; }

# start_server [NAME=VALUE…]: serves the city and waits until it is ready.
start_server() {
    if [ -n "${SERVER_CPUS:-}" ]; then set -- "$@" taskset -c "$SERVER_CPUS"; fi
    env "$@" "$SERVER" serve --data "$work/data" ${DATABASE:+--database "$DATABASE"} \
        --listen "$address" >>"$work/log" 2>&1 &
    server_pid=$!
    tries=0
    until curl -fso /dev/null "http://$address/readyz"; do
        tries=$((tries + 1))
        [ $tries -lt 600 ] || fail "the server did not become ready"
        kill -0 "$server_pid" 2>/dev/null || fail "the server ended"
        sleep 0.05
    done
}

# settle [SECONDS]: waits until the server has been idle for three seconds, at most so long (120).
# After it was filled, a city first makes the reports of all its days, once, some each second; that
# is not what a rate or a cost is about.
busy_ticks() { awk '{ print $14 + $15 }' "/proc/$server_pid/stat"; }
settle() {
    calm=0
    tries=0
    while [ $calm -lt 3 ] && [ $tries -lt "${1:-120}" ]; do
        before=$(busy_ticks)
        sleep 1
        after=$(busy_ticks)
        if [ $((after - before)) -le 2 ]; then calm=$((calm + 1)); else calm=0; fi
        tries=$((tries + 1))
    done
    [ $calm -ge 3 ] || echo "  the server was still at work of its own after $tries s"
}

stop_server() {
    [ -n "$server_pid" ] || return 0
    kill "$server_pid" 2>/dev/null || :
    wait "$server_pid" 2>/dev/null || :
    server_pid=
}

# node N: where the N-th listens; the first is where a server alone would.
node() { echo "127.0.0.1:$((PORT + $1 - 1))"; }

# start_nodes FIRST LAST: more nodes on the one database; with PINNED=yes each has one core.
start_nodes() {
    for number in $(seq "$1" "$2"); do
        address=$(node "$number")
        if [ -n "${PINNED:-}" ]; then SERVER_CPUS=$(((number - 1) % $(nproc))); fi
        start_server
        node_pids="$node_pids $server_pid"
        server_pid=
    done
    address=$(node 1)
}

stop_nodes() {
    for pid in $node_pids; do kill "$pid" 2>/dev/null || :; done
    for pid in $node_pids; do wait "$pid" 2>/dev/null || :; done
    node_pids=
}

clean_up() {
    stop_server
    stop_nodes
    if [ -n "$other_pid" ]; then kill "$other_pid" 2>/dev/null || :; fi
    while [ -n "$other_pid" ] && kill -0 "$other_pid" 2>/dev/null; do sleep 0.05; done
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

prepare() {
    "$TOOLS/prepare" --connect "$address" --people "$work/people" "$@" >>"$work/log" 2>&1 ||
        { cat "$work/log" | tail -n 5 >&2; fail "preparing did not succeed"; }
}

# The n-th word of a line of the file of people: reference, token.
talk() {
    awk -v n="$1" 'NR == 1 { skip = $1 + 2 } NR == skip { print $n }' "$work/people"
}

# value NAME LINE: the word after NAME.
value() {
    printf '%s\n' "$2" | awk -v name="$1" '{ for (i = 1; i < NF; i++) if ($i == name) { print $(i + 1); exit } }'
}

ratio() {
    awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f\n", (b > 0 ? a / b : 0) }'
}

# Of numbers, one a line: "median low high".
spread() {
    sort -g "$1" | awk '{ v[NR] = $1 } END { if (NR) print (NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2), v[1], v[NR] }'
}

# result NAME VALUE GOAL least|most [DETAIL]: the line that counts.
result() {
    printf '%s %s\n' "$1" "$2"
    awk -v v="$2" -v g="$3" -v how="$4" -v more="${5:-}" 'BEGIN {
        reached = how == "least" ? v >= g : v <= g
        printf "  goal: at %s %s: %s%s\n", how, g, reached ? "reached" : "missed", more == "" ? "" : "; " more
    }'
}

rss_kb() {
    awk '/^VmRSS:/ { print $2 }' "/proc/$server_pid/status"
}
