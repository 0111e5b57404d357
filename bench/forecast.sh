#!/bin/sh
# bench/forecast.sh -- how far the forecast of arrivals is off, on a year that was.
#
#   bench/forecast.sh FOLDER
#
# FOLDER holds tables of real calls that may not be given on with this program:
#   arrivals_bank1999_6min.tsv.xz    day, bin of six minutes from 1, calls
#   arrivals_usbank2003_5min.tsv.xz  moment, calls
#   calls_feb1999.tsv.xz             date, moment, type, priority, seconds in the queue, outcome, …
# Without them nothing is measured, and that is said.
set -eu
cd "$(dirname "$0")/.."
case ${1:-} in
--help | -h | '')
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
folder=$1
make -s build/bench/forecast_backtest build/bench/forecast_patience
bank=$folder/arrivals_bank1999_6min.tsv.xz
usbank=$folder/arrivals_usbank2003_5min.tsv.xz
calls=$folder/calls_feb1999.tsv.xz
if [ -f "$bank" ]; then # worked from Sunday to Thursday
    xz -dc "$bank" | awk -F '\t' 'NR > 1 { print $1 "\t" ($2 - 1) * 6 "\t" $3 }' |
        build/bench/forecast_backtest bank1999 45
else
    echo "bank1999: not measured, $bank is not there"
fi
if [ -f "$usbank" ]; then
    xz -dc "$usbank" | awk -F '\t' 'NR > 1 { split($1, a, "T"); split(a[2], b, ":")
        print a[1] "\t" b[1] * 60 + b[2] "\t" $2 }' | build/bench/forecast_backtest usbank2003 56
else
    echo "usbank2003: not measured, $usbank is not there"
fi
if [ -f "$calls" ]; then
    xz -dc "$calls" | awk -F '\t' 'NR > 1 && $5 > 0 { print $5, $6 == "HANG" }' |
        build/bench/forecast_patience
else
    echo "patience: not measured, $calls is not there"
fi
