#!/usr/bin/env bash
# Persons who type at two silos of samples/Orleans with Redis, of which one is killed (kill -9) and started again later; every answer is held against that of an uninterrupted session.
#   [SESSIONS=200] [LINES=32] [PAUSE=200] [KILL=200] [RESTART=250] [EVERY=10] bench/sessions.sh MODEL TEXT
# KILL and RESTART are seconds after the beginning. What the load tells is told, with the two events amid. It needs redis-server, and a Release build of the sample.
set -euo pipefail
model=$(realpath "$1") text=$(realpath "$2")
cd "$(dirname "$0")/.."
program=(dotnet samples/Orleans/bin/Release/net10.0/TypingSessions.dll)
redis=127.0.0.1:16379
work=$(mktemp -d)
running=()
trap 'kill -KILL "${running[@]}" 2>/dev/null; rm -rf "$work"' EXIT

silo() { # NUMBER
    "${program[@]}" "$model" --redis $redis --port $((21110 + $1)) --gateway $((31110 + $1)) >"$work/silo$1" 2>&1 &
    silo=$!
    running+=($silo)
    until grep -q 'is served' "$work/silo$1"; do kill -0 $silo || { cat "$work/silo$1" >&2; exit 1; }; sleep 0.1; done
}

redis-server --port "${redis##*:}" --bind 127.0.0.1 --save '' --appendonly no --dir "$work" >"$work/redis" &
running+=($!)
until grep -q 'Ready to accept connections' "$work/redis"; do sleep 0.1; done
silo 1
first=$silo
silo 2

"${program[@]}" load "$text" --redis $redis --sessions "${SESSIONS:-200}" --lines "${LINES:-32}" --pause "${PAUSE:-200}" --every "${EVERY:-10}" --check "$model" &
load=$!
running+=($load)
sleep "${KILL:-200}"
kill -KILL $first
echo 'One silo is killed.'
sleep $((${RESTART:-250} - ${KILL:-200}))
silo 1
echo 'It is there again.'
wait $load
