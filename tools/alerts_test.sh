#!/usr/bin/env bash
# alerts_test.sh -- the alerts and the dashboard: read by Prometheus' own tool, and every figure that is
# named in them is one the program gives.
#
#   tools/alerts_test.sh PROGRAM
#
# Negative controls: rules with another bound fail their stories; a figure nobody gives is noticed.
set -uo pipefail
cd "$(dirname "$0")/.."

program=$1
rules=docs/operations/alerts.yml
passed=0
failed=0
work=$(mktemp -d)
server=
end() {
    [ -z "$server" ] || kill "$server" 2>/dev/null
    wait 2>/dev/null
    rm -rf "$work"
}
trap end EXIT

tell() {
    local name=$1
    shift
    if "$@" >"$work/told" 2>&1; then
        passed=$((passed + 1))
        echo "ok $((passed + failed)) - $name"
    else
        failed=$((failed + 1))
        echo "not ok $((passed + failed)) - $name"
        tail -n 20 "$work/told" | sed 's/^/    /'
    fi
}
tests_of() { # the stories, played against the rules in a folder
    cp docs/operations/alerts_test.yml "$1/"
    (cd "$1" && promtool test rules alerts_test.yml)
}
spoilt() { # an alert's bound is another: its story must fail
    mkdir -p "$work/$1"
    sed "s/$2/$3/" $rules >"$work/$1/alerts.yml"
    ! cmp -s $rules "$work/$1/alerts.yml" && ! tests_of "$work/$1"
}
is_played() { # each alert has a story in which it rings
    local alert
    for alert in $(sed -n 's/^ *- alert: //p' $rules); do
        grep -q "alertname: $alert$" docs/operations/alerts_test.yml || {
            echo "$alert has no story in which it rings"
            return 1
        }
    done
}
serve() {
    "$program" init --data "$work/data" --demo >/dev/null || return 1
    "$program" serve --data "$work/data" --listen "unix:$work/socket" >"$work/log" 2>&1 &
    server=$!
    for _ in $(seq 600); do
        curl -fsS --unix-socket "$work/socket" http://gongdao/metrics >"$work/metrics" 2>/dev/null &&
            grep -q '^gongdao_acts_total' "$work/metrics" && return 0 # the clock has done something
        sleep 0.2
    done
    cat "$work/log"
    return 1
}
is_given() { # every figure a file names; Prometheus itself gives `up`
    local name bad=0
    for name in $(grep -ohE 'gongdao_[a-z_]+' "$1" | sort -u); do
        grep -qE "^$name[ {]" "$work/metrics" || {
            echo "/metrics does not give $name"
            bad=1
        }
    done
    return $bad
}
is_titled() { # a link to a runbook leads to a chapter
    local mark
    for mark in $(sed -n 's/.*runbooks.md#//p' $rules | sort -u); do
        grep '^## ' docs/operations/runbooks.md | sed 's/^## //' | tr 'A-Z ' 'a-z-' | tr -cd 'a-z0-9\n-' |
            grep -qx "$mark" || {
            echo "no chapter $mark"
            return 1
        }
    done
}

mkdir -p "$work/own"
cp $rules "$work/own/"
tell "Prometheus reads the rules" promtool check rules $rules
tell "each alert rings when it should and not before" tests_of "$work/own"
tell "each alert has such a story" is_played
tell "a bound that was changed is noticed" spoilt one 'age_microseconds > 2e6' 'age_microseconds > 9e9'
tell "an alert that is too quick is noticed" spoilt two 'gongdao_notices_waiting > 100' 'gongdao_notices_waiting > 1'
tell "each alert's runbook is there" is_titled
tell "the dashboard is JSON" node -e 'JSON.parse(require("fs").readFileSync("docs/operations/grafana.json"))'
tell "the program serves" serve
tell "it gives every figure of the alerts" is_given $rules
tell "and of the dashboard" is_given docs/operations/grafana.json
sed 's/gongdao_connections/gongdao_conections/' docs/operations/grafana.json >"$work/wrong.json"
tell "a figure nobody gives is noticed" bash -c "! ($(declare -f is_given); work=$work; is_given $work/wrong.json)"
# Two figures are in microseconds, as their names say; nothing else is found.
reads() { ! promtool check metrics <"$work/metrics" 2>&1 | grep -v '_microseconds use base unit'; }
tell "Prometheus reads what the program gives" reads
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
