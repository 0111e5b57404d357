#!/usr/bin/env bash
# failover_nodes.sh -- three PostgreSQL nodes of Patroni in network namespaces, and what befalls them.
#
#   bench/failover_nodes.sh FOLDER up [async]   makes and starts them; strictly synchronous, or not at all
#   bench/failover_nodes.sh FOLDER cut KIND     to the node that is primary now:
#        kill  SIGKILL to its PostgreSQL and its Patroni
#        link  its cable is pulled
#        held  the others' cables are pulled; after a while its own too, and it is killed, and the
#              others are plugged in again: what it alone has is gone (a power cut while they lag)
#   bench/failover_nodes.sh FOLDER heal         starts what was killed, plugs in what was pulled
#   bench/failover_nodes.sh FOLDER whole        waits until all three are there and one is in step
#   bench/failover_nodes.sh FOLDER down         ends and removes all of it
#   bench/failover_nodes.sh FOLDER in COMMAND…  runs a command where the bridge is (10.0.0.11)
#
# Needs root.  The bridge is in a namespace too, so nothing of this machine's own network is touched,
# and the addresses are those of docs/operations, whose files are the configuration.
set -euo pipefail
place=$1 what=$2
shift 2
docs=$(cd "$(dirname "$0")/../docs/operations" && pwd)
names=(one two three)
bin=/usr/lib/postgresql/15/bin
id_file=$place/id
front() { echo "gongdao-$(cat "$id_file")-front"; }
space() { echo "gongdao-$(cat "$id_file")-$1"; }
number() {
    case $1 in one) echo 1 ;; two) echo 2 ;; three) echo 3 ;; esac
}
at() { echo "10.0.0.2$(number "$1")"; }
as_postgres=(setpriv --reuid=postgres --regid=postgres --clear-groups --)
# libpq looks for certificates at home, and takes a home it may not read for trouble.
inside() { HOME=$place/$1 ip netns exec "$(space "$1")" "${as_postgres[@]}" "${@:2}"; }
plug() { ip -n "$(front)" link set "to-$1" "$2"; }

# The files of docs/operations, with this node's name, address and folders.
configure() {
    local node=$1 own=$place/$1
    mkdir -p "$own/socket"
    sed -e "s/^name: one/name: $node/" -e "/^etcd:/,/hosts/!s/10\.0\.0\.21/$(at "$node")/" \
        -e "s|/var/lib/postgresql/15/gongdao|$own/data|" -e "s|/var/lib/postgresql/patroni|$own/patroni|" \
        -e "s|/var/run/postgresql|$own/socket|" -e "s|/etc/ssl/.*/ssl-cert-snakeoil|$own/tls|" "$docs/patroni.yml" >"$own/patroni.yml"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "/CN=$node" \
        -keyout "$own/tls.key" -out "$own/tls.pem" 2>/dev/null
    chmod 600 "$own/tls.key"
    [ "$(cat "$place/mode")" = strict ] ||
        sed -i -e 's/^\( *synchronous_mode\(_strict\)\?\): true/\1: false/' "$own/patroni.yml"
    sed -e "s/^ETCD_NAME=.*/ETCD_NAME=$node/" -e "/INITIAL_CLUSTER=/!s/10\.0\.0\.21/$(at "$node")/" \
        -e "s|/var/lib/etcd/gongdao|$own/etcd|" "$docs/etcd.env" >"$own/etcd.env"
    chown -R postgres:postgres "$own"
}

start_etcd() {
    local own=$place/$1
    (
        set -a
        . "$own/etcd.env"
        cd "$own"
        inside "$1" etcd --logger=zap --log-outputs=stderr >>"$own/etcd.log" 2>&1 </dev/null &
    )
}

start_patroni() {
    local own=$place/$1
    (
        cd "$own"
        inside "$1" patroni "$own/patroni.yml" >>"$own/patroni.log" 2>&1 </dev/null &
    )
}

# Who says of itself that it is primary and holds the lock.
primary() {
    local node
    for node in "${names[@]}"; do
        if ip netns exec "$(front)" curl -fsm 2 -o "$place/answer" "http://$(at "$node"):8008/primary" 2>/dev/null; then
            echo "$node"
            return 0
        fi
    done
    return 1
}

# What the primary says of all of them.  One that was cut off would tell of what was.
cluster() {
    local node
    node=$(primary) || return 1
    ip netns exec "$(front)" curl -fsm 2 "http://$(at "$node"):8008/cluster" 2>/dev/null
}

# One leader; two copies that it feeds itself, on its timeline; in strict mode one of them in step, and
# etcd says so: who takes over next is chosen from what stands there.  What the members last told of
# themselves may be older than the cut, so the primary's own PostgreSQL is asked too.
is_whole() {
    local node
    node=$(primary) || return 1
    cluster | jq -e '
        .members as $all | ($all | map(select(.role == "leader"))) as $leads |
        ($leads | length) == 1 and ($all | length) == 3 and
        ($all | all(.state == "running" or .state == "streaming")) and
        ($all | all(.timeline == $leads[0].timeline)) and
        ($all | map(select(.role != "leader")) | all((.lag | type) == "number" and .lag < 100000))' \
        >"$place/answer" 2>/dev/null || return 1
    [ "$(ask_primary "select count(*) from pg_stat_replication where state = 'streaming'" 2>/dev/null)" = 2 ] || return 1
    [ "$(cat "$place/mode")" = strict ] || return 0
    ip netns exec "$(front)" curl -fsm 2 "http://$(at "$node"):2379/v2/keys/service/gongdao/sync" 2>/dev/null |
        jq -er '.node.value' | jq -e --arg node "$node" \
        '.leader == $node and (.sync_standby // "") != "" and .sync_standby != $node' >"$place/answer" 2>/dev/null || return 1
    [ "$(ask_primary "select count(*) from pg_stat_replication where sync_state = 'sync'" 2>/dev/null)" = 1 ]
}

wait_until() {
    local seconds=$1 end
    shift
    end=$((SECONDS + seconds))
    until "$@"; do
        [ $SECONDS -lt $end ] || return 1
        sleep 0.2
    done
}

ask_primary() {
    PGPASSWORD=PASSWORD-OF-POSTGRES ip netns exec "$(front)" "$bin/psql" -qAtX -v ON_ERROR_STOP=1 \
        "host=10.0.0.21,10.0.0.22,10.0.0.23 user=postgres dbname=${2:-postgres} connect_timeout=2 target_session_attrs=read-write" \
        -c "$1"
}

up() {
    local node n
    mkdir -p "$place"
    chmod 755 "$place"
    echo $$ >"$id_file"
    echo "${1:-strict}" >"$place/mode"
    ip netns add "$(front)"
    ip -n "$(front)" link set lo up
    ip -n "$(front)" link add bridge0 type bridge
    ip -n "$(front)" addr add 10.0.0.11/24 dev bridge0
    ip -n "$(front)" link set bridge0 up
    for node in "${names[@]}"; do
        ip netns add "$(space "$node")"
        ip -n "$(front)" link add "to-$node" type veth peer name eth0 netns "$(space "$node")"
        ip -n "$(front)" link set "to-$node" master bridge0 up
        ip -n "$(space "$node")" link set lo up
        ip -n "$(space "$node")" addr add "$(at "$node")/24" dev eth0
        ip -n "$(space "$node")" link set eth0 up
        configure "$node"
    done
    for node in "${names[@]}"; do start_etcd "$node"; done
    wait_until 60 ip netns exec "$(front)" curl -fsm 2 -o "$place/answer" http://10.0.0.21:2379/health ||
        { echo "etcd did not come up: see $place/one/etcd.log" >&2; return 1; }
    for node in "${names[@]}"; do start_patroni "$node"; done
    wait_until 180 is_whole || { echo "the nodes did not come up: see $place/*/patroni.log" >&2; return 1; }
    ask_primary "create user gongdao password 'PASSWORD-OF-GONGDAO'"
    ask_primary "create database gongdao owner gongdao encoding 'UTF8' template template0"
}

# Those of a namespace whose command line begins so; its etcd goes on.
pids_of() {
    local pid
    for pid in $(ip netns pids "$(space "$1")"); do
        case "$(tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null || :)" in
            *etcd\ --logger*) ;;
            *) echo "$pid" ;;
        esac
    done
}

# Stopped first, all of them: none may notice that another is gone.
kill_node() {
    local pids
    pids=$(pids_of "$1")
    [ -n "$pids" ] || return 0
    kill -KILL $pids 2>/dev/null || :
}

cut() {
    local node other
    wait_until 20 primary >"$place/primary" || { echo "there is no primary" >&2; return 1; }
    node=$(cat "$place/primary")
    echo "$node" >"$place/cut"
    echo "$1" >"$place/kind"
    case $1 in
        kill) kill_node "$node" ;;
        link) plug "$node" down ;;
        held)
            for other in "${names[@]}"; do [ "$other" = "$node" ] || plug "$other" down; done
            sleep 2
            plug "$node" down
            kill_node "$node"
            for other in "${names[@]}"; do [ "$other" = "$node" ] || plug "$other" up; done
            ;;
        *) echo "I know kill, link and held" >&2; return 2 ;;
    esac
    echo "$1 $node"
}

heal() {
    local node
    node=$(cat "$place/cut")
    plug "$node" up
    [ "$(cat "$place/kind")" = link ] || start_patroni "$node"
}

down() {
    local node pids
    [ -f "$id_file" ] || return 0
    for node in "${names[@]}" front; do
        pids=$(ip netns pids "$(space "$node")" 2>/dev/null) || continue
        [ -z "$pids" ] || kill -KILL $pids 2>/dev/null || :
        while [ -n "$(ip netns pids "$(space "$node")")" ]; do sleep 0.1; done
        ip netns del "$(space "$node")"
    done
}

case $what in
    up) up "$@" ;;
    cut) cut "$1" ;;
    heal) heal ;;
    whole) wait_until 120 is_whole || { cluster >&2; exit 1; } ;;
    primary) primary ;;
    cluster) cluster | jq . ;;
    sql) ask_primary "$@" ;;
    down) down ;;
    in) exec ip netns exec "$(front)" "$@" ;;
    *) sed -n '2,18s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
