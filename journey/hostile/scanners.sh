#!/usr/bin/env bash
# scanners.sh -- wapiti and sqlmap against a demo city: they find nothing; and against the same site with
# two holes planted (holes.mjs), which they must find, or the finding of nothing means nothing.
#
#   SCAN_SECONDS=240   how long wapiti may look (each time)
#   PORT=18360         the first of two ports
set -uo pipefail
cd "$(dirname "$0")/../.."
seconds=${SCAN_SECONDS:-240}
port=${PORT:-18360}
work=$(mktemp -d)
started=()
# shellcheck disable=SC2317
end() {
    for process in "${started[@]}"; do kill "$process" 2>/dev/null; done
    wait 2>/dev/null
    rm -rf "$work"
}
trap end EXIT

build/gongdao init --data "$work/data" --demo >/dev/null || exit 1
build/gongdao serve --data "$work/data" --listen "127.0.0.1:$port" >"$work/log" 2>&1 &
started+=($!)
cp "$work/data/gongdao.db" "$work/copy.db"
node journey/hostile/holes.mjs "$((port + 1))" "http://127.0.0.1:$port" "$work/copy.db" &
started+=($!)
for _ in $(seq 200); do
    curl -fs "http://127.0.0.1:$((port + 1))/readyz" >/dev/null && break
    sleep 0.1
done

# Prints how many weaknesses wapiti tells of below an address.
wapiti_at() {
    rm -rf "$work/session"
    wapiti -u "$1" --scope folder -m sql,timesql,xss,permanentxss,exec,file,crlf,redirect,xxe,ssrf,htaccess,backup -S normal -d 4 \
        --max-links-per-page 40 --max-scan-time "$seconds" --flush-session --store-session "$work/session" \
        -f json -o "$work/wapiti.json" --no-bugreport -v 0 >"$work/wapiti.log" 2>&1 || true
    local pages
    pages=$(find "$work/session" -name '*.db' -exec sqlite3 {} 'select count(*) from paths' ';' | head -1)
    python3 - "$work/wapiti.json" "${pages:-0}" <<'PY'
import json, sys
found = json.load(open(sys.argv[1]))
count = 0
for kind, list in found["vulnerabilities"].items():
    for one in list:
        count += 1
        print(kind, one["method"], one["path"], one.get("parameter"), file=sys.stderr)
print(count, sys.argv[2])
PY
}
# Says yes when sqlmap finds a place where words become a statement.
sqlmap_at() {
    sqlmap -u "$1" --batch --level "${SQLMAP_LEVEL:-2}" --risk 2 --threads 2 --flush-session --output-dir "$work/sqlmap" \
        --disable-coloring "${@:2}" >"$work/sqlmap.log" 2>&1
    # "appears to be injectable" is said before sqlmap looks whether that was true.
    grep -q "is vulnerable\|identified the following injection" "$work/sqlmap.log"
}

bad=0
tell() {
    echo "$1 $2"
    [ "$1" = ok ] || bad=1
}
site=http://127.0.0.1:$port holes=http://127.0.0.1:$((port + 1))
read -r count pages < <(wapiti_at "$site/")
[ "$count" = 0 ] && [ "$pages" -ge 20 ] && tell ok "wapiti finds nothing on $pages pages" || tell "not ok" "wapiti tells of $count on $pages pages"
read -r count pages < <(wapiti_at "$holes/search?q=a")
[ "${count:-0}" -gt 0 ] && tell ok "control: wapiti finds $count with holes" || tell "not ok" "wapiti finds no planted hole"
for path in "/search?q=a*" "/items?q=a*" "/answers?q=a*" "/people?q=a*" "/laws?q=a*" "/api/v1/search?q=a*" "/api/v1/items?q=a*" "/api/v1/laws?q=a*"; do
    sqlmap_at "$site$path" && tell "not ok" "sqlmap: $path" || tell ok "sqlmap finds nothing at $path"
done
sqlmap_at "$site/api/v1/session" --data '{"name":"a*","password":"b*"}' --headers "Content-Type: application/json" \
    && tell "not ok" "sqlmap: signing in" || tell ok "sqlmap finds nothing in signing in"
sqlmap_at "$holes/items?q=admin*" && tell ok "control: sqlmap finds the planted hole" || tell "not ok" "sqlmap finds no planted hole"
kill -0 "${started[0]}" 2>/dev/null && tell ok "the server still serves" || tell "not ok" "the server ended"
exit "$bad"
