#!/usr/bin/env bash
# package_test.sh -- the Debian package, as an operator meets it: made from a clean tree, looked at by
# lintian, installed, upgraded from an older release, removed and purged in a small Debian.
#
#   tools/package_test.sh [OLD]   OLD: the commit the older package is made of; without it, the one
#                                 before the tables changed the last time but one, so that the
#                                 upgrade brings them up to date
#
# It needs root, a mirror of Debian and `script/setup --package`.  The small Debian is run by
# systemd-nspawn with systemd as its first process, so that the unit's every setting is in force.
# The negative control is the same package with an upgrade that loses the data: it must be noticed.
set -euo pipefail
cd "$(dirname "$0")/.."

boot_seconds_max=900
keep=build/prove # the small Debian is kept here between runs: making it takes minutes
mkdir -p "$keep"
work=$(mktemp -d "${TMPDIR:-/tmp}/gongdao-package-XXXXXX")
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

tell() { # tell NAME COMMAND...: one thing that must hold
    local name=$1
    shift
    if "$@" >"$work/told" 2>&1; then
        passed=$((passed + 1))
        echo "ok - $name"
    else
        failed=$((failed + 1))
        echo "not ok - $name"
        tail -n 30 "$work/told" | sed 's/^/    /'
    fi
}

# What is committed, and nothing else; an older tree is packed by the rules of today.
make_tree() { # make_tree COMMIT VERSION FOLDER
    mkdir -p "$3"
    git archive "$1" | tar -x -C "$3"
    rm -rf "$3/debian"
    git archive HEAD debian | tar -x -C "$3"
    grep -q 'LDFLAGS' "$3/Makefile" || sed -i 's/^LDLIBS   = /&$(LDFLAGS) /' "$3/Makefile"
    sed -i "1s/(.*)/($2)/" "$3/debian/changelog"
}
make_package() { # make_package FOLDER OPTION: the package lies beside the folder
    (cd "$1" && DEB_BUILD_OPTIONS="parallel=2 $2" dpkg-buildpackage -us -uc -b)
}

# The same package, but its upgrade loses what people wrote.
spoil() { # spoil PACKAGE OUT
    dpkg-deb -R "$1" "$work/spoilt"
    sed -i '2i rm -f /var/lib/gongdao/gongdao.db*' "$work/spoilt/DEBIAN/postinst"
    dpkg-deb --root-owner-group -b "$work/spoilt" "$2" >/dev/null
}

small_debian() {
    [ ! -e "$keep/bookworm/etc/ready" ] || return 0
    rm -rf "$keep/bookworm"
    debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,curl,sqlite3,ca-certificates \
        bookworm "$keep/bookworm" ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"}
    touch "$keep/bookworm/etc/ready"
}

# Starts the small Debian, which runs the story and ends; what it says is in $work/said.
play() { # play OLD.deb NEW.deb
    rm -rf "$work/root"
    cp -a "$keep/bookworm" "$work/root"
    install -D -m 644 "$1" "$work/root/srv/old.deb"
    install -D -m 644 "$2" "$work/root/srv/new.deb"
    install -m 755 tools/package_story.sh "$work/root/srv/story.sh"
    cat >"$work/root/etc/systemd/system/story.service" <<UNIT
[Unit]
After=multi-user.target
[Service]
Type=oneshot
ExecStart=/bin/sh -c '/srv/story.sh >/srv/said 2>&1; echo "ended \$?" >>/srv/said'
ExecStopPost=/bin/systemctl poweroff --no-block
[Install]
WantedBy=default.target
UNIT
    mkdir -p "$work/root/etc/systemd/system/default.target.wants"
    ln -sf ../story.service "$work/root/etc/systemd/system/default.target.wants/story.service"
    timeout "$boot_seconds_max" systemd-nspawn --quiet --boot --register=no --keep-unit \
        --resolv-conf=copy-host -D "$work/root" </dev/null >"$work/console" 2>&1 || true
    cat "$work/root/srv/said" 2>/dev/null || { tail -n 30 "$work/console"; return 1; }
}
has_passed() { grep -q '^ended 0$' "$1" && ! grep -q '^not ok' "$1"; }

old=${1:-$(git log --skip=1 -1 --format=%H -G'^-- migrate:' -- '*.sql')~1}
make_tree HEAD 0.1.0 "$work/new/gongdao"
make_tree "$old" 0.0.9 "$work/old/gongdao"
tell "a package is made from a clean tree" make_package "$work/new/gongdao" ""
tell "and one of $(git describe --always "$old")" make_package "$work/old/gongdao" nocheck
new_package=$(ls "$work"/new/gongdao_*.deb)
old_package=$(ls "$work"/old/gongdao_*.deb)
# lintian does not like to be root; its own words are the test.
tell "lintian finds nothing" lintian --allow-root --fail-on error,warning,info "$new_package"
tell "a small Debian is there" small_debian
play "$old_package" "$new_package" >"$work/said" || true
cat "$work/said"
passed=$((passed + $(grep -c '^ok' "$work/said" || true)))
failed=$((failed + $(grep -c '^not ok' "$work/said" || true)))
tell "installed, upgraded, removed and purged" has_passed "$work/said"
spoil "$new_package" "$work/spoilt.deb"
play "$old_package" "$work/spoilt.deb" >"$work/spoilt_said" || true
tell "an upgrade that loses data is noticed" grep -q '^not ok - the question asked before' "$work/spoilt_said"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
