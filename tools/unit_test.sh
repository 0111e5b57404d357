#!/usr/bin/env bash
# unit_test.sh -- the systemd unit: how much it leaves open.
#
#   tools/unit_test.sh
#
# systemd-analyze gives it 1.5 or less of 10, and more to copies without its main settings (negative
# control).  It works from files; that the program runs under these settings with systemd as the
# first process is shown by package_test.sh.
set -euo pipefail
cd "$(dirname "$0")/.."

unit=docs/operations/gongdao.service
exposure_max=15 # tenths
passed=0
failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

tell() {
    local name=$1
    shift
    if "$@" >"$work/told" 2>&1; then
        passed=$((passed + 1))
        echo "ok $((passed + failed)) - $name"
    else
        failed=$((failed + 1))
        echo "not ok $((passed + failed)) - $name"
        tail -n 12 "$work/told" | sed 's/^/    /'
    fi
}
exposure() { # of a unit file, in tenths
    systemd-analyze security --offline=true --no-pager "$1" |
        sed -n 's/.*Overall exposure level for [^:]*: \([0-9]*\)\.\([0-9]\).*/\1\2/p' | sed 's/^0*\(.\)/\1/'
}
is_closed() { [ "$(exposure "$1")" -le "$exposure_max" ]; }
is_open() { ! is_closed "$1"; }
loosened() { # loosened PATTERN: a copy without the settings the pattern names
    mkdir -p "$work/loose"
    grep -vE "^($1)=" "$unit" >"$work/loose/gongdao.service"
    printf '%s\n' "$work/loose/gongdao.service"
}

echo "exposure: $(exposure $unit) tenths of 100"
tell "the unit's exposure is at most 1.5" is_closed $unit
tell "systemd reads every line of it" sh -c "! systemd-analyze verify --man=no $unit 2>&1 | grep -i 'gongdao.service:.*\(unknown\|failed to parse\|invalid\)'"
tell "without its filter of system calls it is worse" is_open "$(loosened 'SystemCallFilter')"
tell "without its users and capabilities it is worse" is_open "$(loosened 'User|PrivateUsers|CapabilityBoundingSet')"
tell "with a file system it can write to it is worse" is_open "$(loosened 'ProtectSystem|ProtectHome|PrivateTmp|PrivateDevices')"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
