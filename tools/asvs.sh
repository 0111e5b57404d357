#!/usr/bin/env bash
# asvs.sh -- whether docs/asvs/kept.tsv tells of every requirement, and what it names is there.
#
#     tools/asvs.sh [FOLDER]      FOLDER: of the tree, else here
#
# Fails, a line for each, when a requirement of requirements.tsv has no row or two, a row is of none,
# a word is unknown, a reason is empty, or what is `held` names a test, page or words that are not there.
# A test is named SUITE/TEST, as Criterion does; all else PATH: WORDS, which stand in one line of it:
# in a story (.mjs) the name of a test, in a page (.md) a heading.
set -uo pipefail
cd "${1:-$(dirname "$0")/..}" || exit 2

list=docs/asvs/requirements.tsv
kept=docs/asvs/kept.tsv

# Tests by name; their macro may be parted over two lines.
find . -name build -prune -o -name node_modules -prune -o -name '*_test.c' -print0 |
    xargs -0 cat | awk '
        /^(Test|ParameterizedTest)\(/ { text = $0; while (text !~ /[a-z_0-9]+, *[a-z_0-9]+ *[,)]/ && (getline more) > 0) text = text more
            if (match(text, /[a-z_0-9]+, *[a-z_0-9]+ *[,)]/)) { name = substr(text, RSTART, RLENGTH - 1); gsub(/[ ]/, "", name); sub(/,/, "/", name); print name } }' |
    awk -F'\t' '
    function wrong(text) { print FILENAME ": " text; failures++ }
    function stands(path, words,    line, found) {
        if ((path, words) in known) return known[path, words]
        found = 0
        while ((getline line < path) > 0)
            if (index(line, words) && (path !~ /\.mjs$/ || line ~ /test\(/) && (path !~ /\.md$/ || line ~ /^#/)) { found = 1; break }
        close(path)
        return known[path, words] = found
    }
    FILENAME == "-" { tests[$1]; next }
    /^#/ || /^$/ { next }
    FILENAME ~ /requirements/ { wanted[$1]; next }
    {
        if (!($1 in wanted)) wrong($1 " is no requirement")
        if (seen[$1]++) wrong($1 " stands there twice")
        if ($3 == "") wrong($1 " has no words")
        count[$2]++
        # A tab may stand in what is named: a row of a table.
        rest = $4
        for (i = 5; i <= NF; i++) rest = rest "\t" $i
        if (rest !~ /[^ \t]/) wrong($1 " has no " ($2 == "held" ? "test" : "reason"))
        if ($2 == "not applicable" || $2 == "not yet") next
        if ($2 != "held") { wrong($1 ": " $2 " is no word for it"); next }
        parts = split(rest, part, "; ")
        for (i = 1; i <= parts; i++) {
            if (part[i] ~ /^[a-z_0-9]+\/[a-z_0-9]+$/) {
                if (!(part[i] in tests)) wrong($1 " names a test that is not there: " part[i])
            } else if (at = index(part[i], ": ")) {
                if (!stands(substr(part[i], 1, at - 1), substr(part[i], at + 2)))
                    wrong($1 " names what is not there: " part[i])
            } else wrong($1 " names nothing: " part[i])
        }
    }
    END {
        FILENAME = "docs/asvs/kept.tsv"
        for (number in wanted) { all++; if (!(number in seen)) wrong(number " is missing") }
        if (all < 200) wrong("only " all + 0 " requirements are known")
        if (!failures) printf "%d requirements: %d held, %d not applicable, %d not yet\n", all, count["held"], count["not applicable"], count["not yet"]
        exit failures > 0
    }' - "$list" "$kept"
