#!/bin/sh
# power_cut.sh -- the crash test with the power cut too: before each kill the file system that
# holds the data is shut down, so that only what was synced is there afterwards.
#
#   bench/power_cut.sh [KILLS] [more options of crash]
#
# Needs root and a loop device: a file becomes an ext4 of its own (256 MB in TMPDIR), is mounted,
# and is removed at the end.  SERVER and TOOLS can be set as in bench/common.sh.  On demand only:
# a container of a CI may not mount.
set -eu
case ${1:-} in
--help | -h)
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
: "${SERVER:=build/gongdao}" "${TOOLS:=build/bench}"
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
truncate -s 256M "$work/image"
mkfs.ext4 -q "$work/image"
mount -o loop "$work/image" "$work/disk"
"$TOOLS/crash" --kills "$kills" --server "$SERVER" --data "$work/disk/data" --mount "$work/disk" \
    --image "$work/image" "$@"
