#!/usr/bin/env bash
# Scores the lines of a text three times: in one process; by workers that GNU parallel feeds with blocks of it; and by workers of which each scores a part in a file of its own, where one is
# killed halfway through its part, which is then done again. What the last two write must be what the first wrote.
#   [RNNLM=rnnlm.dll] [WORKERS=2] [PARTS=10] bench/lines.sh MODEL TEXT
# RNNLM is a build that is there; without it this builds one. A line each: time, lines and megabytes of text a second, processor time, and the least and the most memory (resident, at its peak) that any of the
# processes had. It needs parallel, python3, and room for three times what is written.
set -euo pipefail
export LC_ALL=C # times have a decimal point
model=$(realpath "$1") text=$(realpath "$2") workers=${WORKERS:-2} parts=${PARTS:-10}
[ -z "${RNNLM:-}" ] || RNNLM=$(realpath "$RNNLM")
cd "$(dirname "$0")/.."
[ -n "${RNNLM:-}" ] || dotnet build src/RnnLm.Cli -c Release --nologo -v q >&2
RNNLM=$(realpath "${RNNLM:-src/RnnLm.Cli/bin/Release/net10.0/rnnlm.dll}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export RNNLM model work
lines=$(wc -l <"$text") size=$(stat -c %s "$text")

# A filter: WAY [FILE FOR ITS PROCESS]. It writes down the most memory that it had.
cat >"$work/filter" <<'PYTHON'
import os, resource, subprocess, sys
way, *names = sys.argv[1:]
process = subprocess.Popen(["dotnet", os.environ["RNNLM"], "score", os.environ["model"], "--threads", "1"])
for name in names:
    with open(name, "w") as file: file.write(str(process.pid))
code = process.wait()
with open(os.path.join(os.environ["work"], way + ".memory"), "a") as file: file.write(f"{resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss}\n")
sys.exit(0 if code in (0, 3) else 1)
PYTHON
cat >"$work/part.sh" <<'SH'
#!/bin/sh
python3 "$work/filter" parts "$1.process" < "$1" > "$1.new" || exit 1
mv "$1.new" "$1.scored"
SH

one() { python3 "$work/filter" one <"$text" >"$work/one"; }

blocks() { parallel --pipe --keep-order --jobs "$workers" --block "$((size / parts + 1))" 'python3 "$work/filter" blocks' <"$text" >"$work/blocks"; }

parts() {
    split --number "l/$parts" --numeric-suffixes --suffix-length 3 "$text" "$work/part."
    kill_halfway "$work/part.001" &
    parallel --jobs "$workers" --joblog "$work/log" sh "$work/part.sh" {} ::: "$work"/part.??? && { kill $!; echo 'No worker was killed.' >&2; return 1; }
    wait $! || return 1
    local without=$(awk 'NR > 1 && $7 != 0' "$work/log" | wc -l)
    parallel --jobs "$workers" --joblog "$work/log" --resume-failed sh "$work/part.sh" {} ::: "$work"/part.??? || return 1
    echo "$without of $parts parts had to be done again." >&2
    cat "$work"/part.???.scored >"$work/parts"
    rm "$work"/part.*
}

kill_halfway() { # PART; a score is about as long as its line
    until [ -s "$1.process" ] && [ "$(stat -c %s "$1.new")" -ge "$(stat -c %s "$1")" ]; do sleep 0.05; done
    kill -KILL "$(cat "$1.process")"
}

measure() { # WAY
    local TIMEFORMAT='%R %U %S'
    { time "$1" 2>"$work/err"; } 2>"$work/time" || { cat "$work/err" >&2; exit 1; }
    grep 'done again' "$work/err" >&2 || true
    cmp "$work/one" "$work/$1"
    [ "$(wc -l <"$work/$1")" = "$lines" ] || { echo "$(wc -l <"$work/$1") lines were written of $lines that were read." >&2; exit 1; }
    sort -n "$work/$1.memory" | awk -v way="$1" -v lines="$lines" -v size="$size" -v times="$(cat "$work/time")" '
        NR == 1 { least = $1 } { most = $1 }
        END { split(times, t, " "); printf "| %s | %.0f s | %.0f | %.1f | %.0f s | %.0f | %d | %.0f–%.0f MB |\n", way, t[1], lines / t[1], size / t[1] / 1e6, t[2] + t[3], lines / (t[2] + t[3]), NR, least / 1e3, most / 1e3 }'
    [ "$1" = one ] || rm "$work/$1"
}

echo '| way | time | lines/s | MB/s | processor time | lines/s of it | processes | memory of each |'
echo '|---|---:|---:|---:|---:|---:|---:|---:|'
for way in one blocks parts; do
    measure $way
done
sha256sum <"$work/one"
