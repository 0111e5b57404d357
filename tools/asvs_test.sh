#!/usr/bin/env bash
# asvs_test.sh -- each way the list of docs/asvs can be wrong, and is found.
#
#     tools/asvs_test.sh
#
# Prints a line for each test in the TAP format; fails when one fails.
set -u
asvs=$(realpath "$(dirname "$0")/asvs.sh")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
mkdir -p docs/asvs room journey
number=0 failed=0
kept=docs/asvs/kept.tsv

# What is right: 250 requirements, of which the first are of each kind.
fill() {
    seq 250 | sed 's/^/1./; s/$/\t1/' >docs/asvs/requirements.tsv
    printf 'Test(room, is_shut)\n{\n}\nTest(room,\n     is_open_again_by_whoever_has_shut_it_before, .init = begin)\n' >room/room_test.c
    printf '// nobody comes in\ntest("nobody else comes in", () => {});\n' >journey/a.mjs
    printf '# Doors\nof locks\n' >docs/doors.md
    {
        printf '# kept.tsv -- a test.\n'
        printf '1.1\theld\tshut\troom/is_shut; room/is_open_again_by_whoever_has_shut_it_before\n'
        printf '1.2\theld\tin a story\tjourney/a.mjs: nobody else comes in; docs/doors.md: Doors\n'
        printf '1.3\tnot applicable\ta moat\tthere is none\n'
        printf '1.4\tnot yet\ta dog\tit costs money\n'
        seq 5 250 | sed 's/.*/1.&\theld\tshut\troom\/is_shut/'
    } >$kept
}

# expect WHAT WORDS: the check says WORDS; "" is that it is content.
expect() {
    local said status
    number=$((number + 1))
    said=$("$asvs" "$folder" 2>&1)
    status=$?
    if { [ -z "$2" ] && [ $status = 0 ] && [[ $said == "250 requirements: 248 held, 1 not applicable, 1 not yet" ]]; } ||
        { [ -n "$2" ] && [ $status = 1 ] && [[ $said == *"$2"* ]]; }; then
        echo "ok $number - $1"
    else
        failed=$((failed + 1))
        echo "not ok $number - $1"
        echo "# said: $said"
    fi
    fill
}

fill
expect "what is right passes" ""
sed -i '/^1\.9\t/d' $kept
expect "a requirement without a row" "1.9 is missing"
printf '1.9\tnot yet\ta\tb\n' >>$kept
expect "one with two" "1.9 stands there twice"
printf '2.1\tnot yet\ta\tb\n' >>$kept
expect "a row of no requirement" "2.1 is no requirement"
sed -i 's/is_shut)/was_shut)/' room/room_test.c
expect "a test that is gone" "1.1 names a test that is not there: room/is_shut"
sed -i 's/before, .init/after, .init/' room/room_test.c
expect "also one named over two lines" "names a test that is not there: room/is_open_again"
sed -i 's/nobody else comes in/everybody comes in/' journey/a.mjs
expect "a story's test that is gone, although a remark has its words" "1.2 names what is not there: journey/a.mjs"
sed -i 's/^1.2\t.*/1.2\theld\tdoors\tdocs\/doors.md: of locks/' $kept
expect "words of a page that are no heading" "1.2 names what is not there: docs/doors.md: of locks"
rm docs/doors.md
expect "a file that is gone" "1.2 names what is not there: docs/doors.md"
sed -i 's/there is none//' $kept
expect "no reason" "1.3 has no reason"
sed -i 's/it costs money/ /' $kept
expect "a reason of nothing" "1.4 has no reason"
sed -i 's/^1.8\t.*/1.8\theld\tshut\t/' $kept
expect "held by nothing" "1.8 has no test"
sed -i 's/^1.8\theld/1.8\tfine/' $kept
expect "another word" "fine is no word for it"
sed -i 's/^1.8\theld\tshut\t.*/1.8\theld\tshut\tsurely/' $kept
expect "held by a word" "1.8 names nothing: surely"
head -n 20 docs/asvs/requirements.tsv >some && mv some docs/asvs/requirements.tsv
expect "a list that lost most of it" "requirements are known"
: >docs/asvs/requirements.tsv
expect "or all" "requirements are known"

echo "1..$number"
[ "$failed" = 0 ]
