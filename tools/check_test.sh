#!/usr/bin/env bash
# check_test.sh -- each rule of tools/check.c is broken by a file here, and found.
#
#     tools/check_test.sh build/check
#
# Prints a line for each test in the TAP format; fails when one fails.
set -u
check=$(realpath "$1")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
mkdir -p main platform/http desk/early bureau/later service/first service/second channel/web tools bench
printf '/* modules.h -- contents. */\nMODULE(early)\nMODULE(later)\nMODULE(first)\nMODULE(second)\n' >main/modules.h
printf '## The tree\nservice/ what is asked for  first second\nbureau/ later\ndesk/ early\n' >README.md
number=0 failed=0

# file PATH LINE... makes a file whose first line is as it should be.
file() {
    local path=$1
    shift
    { printf '/* %s -- a test. */\n' "${path##*/}"; printf '%s\n' "$@"; } >"$path"
}

# expect WHAT PATH WORDS: check says WORDS of PATH; "" is that it says nothing at all.
expect() {
    local said
    number=$((number + 1))
    said=$("$check" "$2" 2>&1)
    local status=$?
    if { [ -z "$3" ] && [ -z "$said" ] && [ $status = 0 ]; } ||
        { [ -n "$3" ] && [[ $said == *"$3"* ]] && [ $status = 1 ]; }; then
        echo "ok $number - $1"
    else
        failed=$((failed + 1))
        echo "not ok $number - $1"
        echo "# said: $said"
    fi
}

lines() { for ((i = 0; i < $1; i++)); do echo "    x++;"; done; }
wide() { printf "%$1s" '' | sed "s/ /$2/g"; }

# (1) pure rules
file service/first/first.c '#include "service/first/first.h"' '#include "platform/base.h"' '#include <string.h>' '#include "desk/early/early.h"'
expect "rules see other rules" service/first/first.c ""
file service/first/first.c '#include "platform/act.h"'
expect "rules do not see acts" service/first/first.c "(1)"
file service/first/first.h '#include "desk/early/early_acts.h"'
expect "rules do not see other modules' acts" service/first/first.h "(1)"
file desk/early/early.c '#include "gen/early_sql.h"'
expect "rules do not see what is stored" desk/early/early.c "(1)"
file desk/early/early.c '#include <time.h>'
expect "rules do not ask the clock" desk/early/early.c "(1)"
file desk/early/early.c '#include <sys/stat.h>'
expect "rules do not ask the machine" desk/early/early.c "(1)"
file channel/web/web.c '#include "platform/page.h"' '#include <time.h>'
expect "a channel has no rules" channel/web/web.c ""

# (2) one way
file platform/x.c '#include "desk/early/early.h"'
expect "platform does not see desk" platform/x.c "(2)"
file desk/early/early_acts.c '#include "bureau/later/later.h"'
expect "desk does not see bureau" desk/early/early_acts.c "(2)"
file channel/web/web_pages.c '#include "service/first/first_acts.h"'
expect "a channel does not see a service" channel/web/web_pages.c "(2)"
file service/first/first_pages.c '#include "channel/web/web.h"'
expect "a service does not see a channel" service/first/first_pages.c "(2)"
file main/main.c '#include "service/first/first_acts.h"' '#include "channel/web/web_layout.h"' '#include "gen/first_sql.h"'
expect "main sees all" main/main.c ""

# (3) modules
file service/second/second_acts.c '#include "service/first/first.h"' '#include "service/first/first_acts.h"' '#include "bureau/later/later_acts.h"' '#include "service/second/second_case.h"'
expect "a module sees rules and acts of earlier ones" service/second/second_acts.c ""
file service/second/second_acts.c '#include "desk/early/early_load.h"'
expect "and how to load what their rules need" service/second/second_acts.c ""
file service/second/second_acts.c '#include "service/first/first_case.h"'
expect "another module's own header is not seen" service/second/second_acts.c "(3) modules meet"
file service/second/second_pages.c '#include "service/first/first_views.h"'
expect "another module's views are not seen" service/second/second_pages.c "(3) modules meet"
file service/first/first_acts.c '#include "service/second/second.h"'
expect "a later module is not seen" service/first/first_acts.c "(3) looks at"
file main/other.c '#include "service/first/first_case.h"'
expect "not even main sees a module's own header" main/other.c "(3) a header"
file platform/y.c '#include "platform/http/inside.h"'
expect "the inside of platform/http is its own" platform/y.c "(3)"
file platform/http/z.c '#include "platform/http/inside.h"'
expect "and it sees itself" platform/http/z.c ""

# (4) sizes
file platform/x.c 'void f(void)' '{' "$(lines 60)" '}'
expect "a function of 60 lines passes" platform/x.c ""
file platform/x.c 'void f(void)' '{' "$(lines 61)" '}'
expect "a function of 61 lines does not" platform/x.c "(4) function"
file platform/x.c "//$(wide 98 公)"
expect "a line of 100 characters passes, also in Chinese" platform/x.c ""
file platform/x.c "//$(wide 99 a)"
expect "a line of 101 does not" platform/x.c "(4) line"
file platform/x.c "$(lines 599)"
expect "a file of 600 lines passes" platform/x.c ""
file platform/x.c "$(lines 600)"
expect "a file of 601 does not" platform/x.c "(4) file"

# (5) memory
for call in malloc calloc realloc free strdup; do
    file desk/early/early_acts.c "    x = $call(1);"
    expect "a room does not call $call" desk/early/early_acts.c "(5)"
done
file desk/early/early_acts.c '    is_free(x); scene_free_all(y);'
expect "a name that ends alike is another" desk/early/early_acts.c ""
file platform/x.c '    free(malloc(1));'
expect "platform may" platform/x.c ""

# (6) made code
file bureau/later/later_acts.h '#include "gen/later_sql.h"'
expect "acts see their own rows" bureau/later/later_acts.h ""
file bureau/later/later_acts.c '#include "gen/early_sql.h"'
expect "another's rows are not seen" bureau/later/later_acts.c "(6)"
file service/second/second_pages.c '#include "gen/platform_sql.h"'
expect "nor the platform's" service/second/second_pages.c "(6)"
file platform/x.c '#include "gen/platform_sql.h"'
expect "platform sees its own" platform/x.c ""

file desk/early/early_test.c '#include "gen/platform_sql.h"' '    free(malloc(1));'
expect "a test lays out the tables it needs, and may take memory" desk/early/early_test.c ""

# (7) libraries
file platform/x.c '#include <microhttpd.h>'
expect "microhttpd is met in platform/http" platform/x.c "(7)"
file platform/http/z.c '#include <microhttpd.h>'
expect "and there it may be" platform/http/z.c ""
file desk/early/early_acts.c '#include <sqlite3.h>'
expect "SQLite is met in platform/store" desk/early/early_acts.c "(7)"
for path in platform/store_sqlite.c tools/mksql.c bench/journal.c; do
    file $path '#include <sqlite3.h>'
    expect "and in $path" $path ""
done
file platform/store_sqlite.c '#include <libpq-fe.h>'
expect "PostgreSQL is met in platform/store_postgres" platform/store_sqlite.c "(7)"
file platform/store_postgres.c '#include <libpq-fe.h>'
expect "and there it may be" platform/store_postgres.c ""

# (8) names
printf '#include <stdio.h>\n' >platform/x.c
expect "a file says what it is" platform/x.c "(8)"
printf '/* y.c -- of another name. */\n' >platform/x.c
expect "under its own name" platform/x.c "(8)"
: >platform/x.c
expect "an empty file says nothing" platform/x.c "(8)"

printf -- '-- y.sql -- its tables.\n' >desk/early/y.sql
expect "SQL says so too, in its own way" desk/early/y.sql ""
printf 'create table y (a text);\n' >desk/early/y.sql
expect "and not otherwise" desk/early/y.sql "(8)"
{ echo '-- y.sql -- its tables.'; lines 600; } >desk/early/y.sql
expect "and is no longer than other files" desk/early/y.sql "(4) file"
{ echo '-- y.sql -- its tables.'; wide 101 中; } >desk/early/y.sql
expect "nor wider" desk/early/y.sql "(4) line"
{ echo '-- y.sql -- its tables.'; wide 100 中; } >desk/early/y.sql
expect "where Chinese counts by characters" desk/early/y.sql ""

# (9) words
for call in strcpy strcat sprintf vsprintf gets strtok atoi system popen; do
    file tools/x.c "    $call(a, b);"
    expect "$call is not used" tools/x.c "(9)"
done
for word in CURLOPT_SSL_VERIFYPEER CURLOPT_SSL_VERIFYHOST CURLOPT_FOLLOWLOCATION; do
    file platform/x.c "    curl_easy_setopt(curl, $word, 0L);"
    expect "$word does not stand in a call" platform/x.c "(9)"
done
file tools/x.c '    snprintf(a, 1, "b"); fgets(a, 1, b); char t[] = "/tmp/XXXXXX"; my_atoi(a);'
expect "what only looks alike is another" tools/x.c ""
for word in "TO""DO" "FIX""ME" "X""XX"; do
    file tools/x.c "/* $word: later */"
    expect "nothing is left for later ($word)" tools/x.c "(9)"
done
expect "a file that is not there is told" platform/none.c "cannot read"

# (10) the tree
expect "the tree names every module" --tree ""

# (11) what shows that it works
mkdir -p docs
file desk/early/early_test.c 'Test(early, somebody_comes_early)'
proof() { echo "| who comes | [early_test.c](../desk/early/$1): \`$2\` |" >docs/proof.md; }
proof early_test.c somebody_comes_early
expect "a test is named that is there" --tree ""
proof late_test.c somebody_comes_early
expect "and a file that is not there is told" --tree "(11) a file"
proof early_test.c somebody_comes_late
expect "and a test that is not there" --tree "(11) a test"
rm docs/proof.md
sed -i 's/ second$//' README.md
expect "and one that it leaves out is told" --tree "(10)"
file desk/early/early.c
expect "though a service is complete without" desk/early/early.c ""

echo "1..$number"
[ "$failed" = 0 ]
