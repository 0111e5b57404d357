#!/bin/sh
# power_cut.sh -- the crash test with the power cut too: before each kill the file system that
# holds the data is shut down, so that only what was synced is there afterwards.
#
#   bench/power_cut.sh [--xfs] [KILLS] [more options of crash]
#   bench/power_cut.sh [--xfs] --control
#
# --control is the same with a server whose syncs do nothing (eatmydata): it succeeds only if the
# check then reports a loss, or a database that cannot be served any more.  Else a disk that keeps
# everything anyhow would make every run a success.
#
# Needs root and a loop device: a file becomes an ext4 or XFS of its own (320 MB in TMPDIR), is
# mounted, and is removed at the end.  SERVER and TOOLS can be set as in bench/common.sh.  On demand
# and in script/prove: a container of a CI may not mount.
set -eu
case ${1:-} in
--help | -h)
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
: "${SERVER:=build/gongdao}" "${TOOLS:=build/bench}"
kind=ext4
[ "${1:-}" != --xfs ] || { kind=xfs && shift; }
control=no
[ "${1:-}" != --control ] || { control=yes && shift; }
kills=${1:-20}
[ $# -eq 0 ] || shift
work=$(mktemp -d "${TMPDIR:-/tmp}/gongdao-power-XXXXXX")
clean_up() {
    umount "$work/disk" 2>/dev/null || :
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT TERM
mkdir "$work/disk"
truncate -s 320M "$work/image"
"mkfs.$kind" -q "$work/image"
mount -o loop "$work/image" "$work/disk"
if [ $control = no ]; then
    "$TOOLS/crash" --kills "$kills" --server "$SERVER" --data "$work/disk/data" --mount "$work/disk" \
        --image "$work/image" "$@"
    exit
fi
case $SERVER in /*) ;; *) SERVER=$PWD/$SERVER ;; esac
printf '#!/bin/sh\nexec eatmydata "%s" "$@"\n' "$SERVER" >"$work/careless"
chmod +x "$work/careless"
if "$TOOLS/crash" --kills 5 --server "$work/careless" --data "$work/disk/data" --mount "$work/disk" \
    --image "$work/image" "$@" >"$work/told" 2>&1; then
    cat "$work/told"
    echo "power_cut: nothing was lost though nothing was synced: this check cannot fail"
    exit 1
fi
tail -n 2 "$work/told"
grep -q 'lost [1-9]' "$work/told" || ! "$SERVER" check --data "$work/disk/data" >"$work/check" 2>&1 || {
    echo "power_cut: it failed, but nothing was lost"
    exit 1
}
tail -n 1 "$work/check" 2>/dev/null || :
echo "control: without syncs what was acknowledged is lost, as it must be"
