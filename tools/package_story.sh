#!/bin/bash
# package_story.sh -- what an operator does with the package, in the small Debian of package_test.sh.
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
site=http://127.0.0.1:8080
data=/var/lib/gongdao
bad=0

tell() {
    local name=$1
    shift
    if "$@" >/tmp/told 2>&1; then echo "ok - $name"; else
        bad=1
        echo "not ok - $name"
        tail -n 20 /tmp/told | sed 's/^/    /'
    fi
}
put_in() { apt-get -qq -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold --no-install-recommends -y install procps "$1"; }
answers() { # until it does, two minutes at most
    for _ in $(seq 240); do
        curl -fsS $site/readyz 2>/dev/null | grep -q '"ready":true' && return 0
        sleep 0.5
    done
    systemctl status --no-pager gongdao
    journalctl --no-pager -u gongdao | tail -n 20
    return 1
}
version_is() { curl -fsS $site/version | grep -qF "\"$1\""; }
schema() { sqlite3 -readonly $data/gongdao.db "$1"; }
main_process() { systemctl show -P MainPID gongdao; }
is_question_there() {
    curl -fsS -H "Authorization: Bearer $token" "$site/api/v1/consultations/$reference" |
        grep -qF "\"$reference\"" &&
        curl -fsS -H "Authorization: Bearer $token" \
            "$site/api/v1/consultations/$reference/messages" | grep -q '欠薪三个月'
}
field_of() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

apt-get -qq update
tell "it is installed" put_in /srv/old.deb
tell "the unit runs at once" systemctl is-active gongdao
tell "and is begun with the machine" systemctl is-enabled gongdao
tell "it answers and is ready" answers
tell "as the older release" version_is 0.0.9
tell "as its own user" test "$(ps -o user= -p "$(main_process)" 2>/dev/null || stat -c %U "/proc/$(main_process)")" = gongdao
tell "under a filter of system calls" grep -q '^Seccomp:.*2' "/proc/$(main_process)/status"
tell "without any right of root" grep -q '^CapBnd:.*0000000000000000' "/proc/$(main_process)/status"
tell "nobody else reads the data" test "$(stat -c '%a %U' $data)" = '700 gongdao'
tell "an account is added" sh -c 'echo a-long-enough-password | runuser -u gongdao -- gongdao user add --data /var/lib/gongdao --login wangjie --name "Wang Jie" --role admin'
asked=$(curl -fsS $site/api/v1/consultations -H 'Content-Type: application/json' \
    -d '{"field":"labour","text":"欠薪三个月","district":"310104","mode":"message"}')
reference=$(printf '%s' "$asked" | field_of reference)
token=$(printf '%s' "$asked" | field_of token)
tell "somebody asks" is_question_there
echo '; kept by the operator' >>/etc/gongdao/gongdao.conf
before=$(schema "select count(*) from sqlite_schema")
process=$(main_process)

tell "killed, it is started again" sh -c "kill -9 $process"
tell "and answers" answers
tell "with what was asked" is_question_there
process=$(main_process)

tell "it is upgraded" put_in /srv/new.deb
tell "it answers again" answers
tell "as the newer release" version_is 0.1.0
tell "it was started anew" test "$process" != "$(main_process)"
tell "the tables were brought up to date" test "$(schema 'select count(*) from sqlite_schema')" -gt "$before"
tell "the question asked before is there" is_question_there
tell "the account is there" sh -c 'echo another-long-password | runuser -u gongdao -- gongdao user password --data /var/lib/gongdao --login wangjie'
tell "the operator's settings are kept" grep -q 'kept by the operator' /etc/gongdao/gongdao.conf
tell "the journal is whole" runuser -u gongdao -- gongdao check --data $data

tell "it is removed" apt-get -qq -y remove gongdao
tell "it does not run any more" sh -c '! systemctl is-active -q gongdao'
tell "all data stay" test -s $data/gongdao.db
tell "and the settings" test -s /etc/gongdao/gongdao.conf
tell "it is purged, and nobody said to remove the data" apt-get -qq -y purge gongdao
tell "the data stay" test -s $data/gongdao.db
tell "the settings are gone" test ! -e /etc/gongdao/gongdao.conf
tell "installed again" put_in /srv/new.deb
tell "it answers again with the data it finds" answers
tell "and the question is there" is_question_there
echo 'gongdao gongdao/remove-data boolean true' | debconf-set-selections
tell "purged with a yes" apt-get -qq -y purge gongdao
tell "the data are gone" test ! -e $data
exit $bad
