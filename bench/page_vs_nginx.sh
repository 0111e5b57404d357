#!/bin/sh
# page_vs_nginx.sh -- a resident's conversation page of 20 messages against nginx serving a file
# of the same bytes: same cores, same generator, in turn.
#
# ROUNDS (5) and SECONDS_EACH (4) can be set, and what bench/common.sh names.  Unpinned, server and
# generator share all cores; SERVER_CPUS=0 LOAD_CPUS=1 gives each its own.
set -eu
case ${1:-} in
--help | -h)
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
. bench/common.sh

init_city
start_server
settle
prepare --talks 4 --messages 20
page=/consultations/$(talk 1)
session="Cookie: gongdao=$(talk 2)"
# As a browser does, the reader brings back the cookie that the first page gave.
visitor=$(curl -fsS -o /dev/null -D - -H "$session" "http://$address$page" |
    sed -n 's/^[Ss]et-[Cc]ookie: \(visitor=[^;]*\).*/\1/p')
[ -n "$visitor" ] || fail "the first page gave no visitor's cookie"
cookie="$session; $visitor"
mkdir -p "$work/site" "$work/nginx"
curl -fsS -H "$cookie" -o "$work/site/page.html" "http://$address$page" ||
    fail "the conversation page is not shown"
count=$(grep -o 'Message [0-9]* of 20' "$work/site/page.html" | sort -u | wc -l)
[ "$count" -eq 20 ] || fail "the page shows $count of 20 messages"
bytes=$(wc -c <"$work/site/page.html")

yardstick=127.0.0.1:$((PORT + 1))
cat >"$work/nginx/nginx.conf" <<CONF
user $(id -un);
worker_processes $(nproc);
pid $work/nginx/pid;
error_log stderr crit;
events { worker_connections 4096; }
http {
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 100000000;
    open_file_cache max=16 inactive=600s;
    default_type text/html;
    client_body_temp_path $work/nginx/body;
    proxy_temp_path $work/nginx/proxy;
    fastcgi_temp_path $work/nginx/fastcgi;
    uwsgi_temp_path $work/nginx/uwsgi;
    scgi_temp_path $work/nginx/scgi;
    server { listen $yardstick; root $work/site; }
}
CONF
# Without "daemon off" it is in the background when the command returns, or has said why not.
on_server_cpus nginx -p "$work/nginx" -c "$work/nginx/nginx.conf" 2>>"$work/log" ||
    fail "nginx did not start"
other_pid=$(cat "$work/nginx/pid")

round=0
while [ $round -lt "${ROUNDS:-5}" ]; do
    round=$((round + 1))
    # A consultant who gives no sign of life loses the case, and the page would change.
    "$TOOLS/prepare" --beat --connect "$address" --people "$work/people"
    a=$(on_load_cpus "$TOOLS/load" --connect "$address" --get "$page" --header "$cookie" \
        --seconds "${SECONDS_EACH:-4}" --label page) || fail "the page failed under load: $a"
    b=$(on_load_cpus "$TOOLS/load" --connect "$yardstick" --get /page.html \
        --seconds "${SECONDS_EACH:-4}" --label nginx) || fail "nginx failed under load: $b"
    ratio "$(value rate "$a")" "$(value rate "$b")" >>"$work/ratios"
    printf '  %s\n  %s\n' "$a" "$b"
done
set -- $(spread "$work/ratios")
result page-vs-nginx "$1" 0.35 least "from $2 to $3 in $round rounds; $bytes bytes a page"
