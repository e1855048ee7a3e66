#!/usr/bin/env bash
# Trains one network by 1, 2 and 4 processes (mpiexec, --engine mpi) on the same text, in both ways of keeping together, each for the same number of words.
#   [EVERY=200] bench/mpi.sh TEXT VALIDATION [FLAGS OF TRAIN...]
# A line each: words a second, processor time, words a second of it, the share of the time in which the first process exchanged messages, and the perplexity of each epoch.
# Waiting processes ask MPICH again and again, which is processor time too. The machine must be idle. It needs MPICH and python3.
set -euo pipefail
export LC_ALL=C # times have a decimal point
text=$(realpath "$1") validation=$(realpath "$2")
shift 2
cd "$(dirname "$0")/.."
every=${EVERY:-200}
# mpiexec alone may be that of Open MPI.
mpiexec=$(command -v mpiexec.mpich || command -v mpiexec) || { echo 'There is no mpiexec of MPICH. On Debian: apt-get install mpich' >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build src/RnnLm.Cli -c Release --nologo -v q >&2

run() { # NAME PROCESSES FLAGS...
    local name=$1 processes=$2
    shift 2
    TIMEFORMAT='%R %U %S'
    { time "$mpiexec" -n "$processes" dotnet src/RnnLm.Cli/bin/Release/net10.0/rnnlm.dll train "$text" --validation "$validation" --output "$work/model.rnnlm" \
        --preset plain --threads 1 --json --engine mpi "$@" >"$work/out" 2>"$work/err"; } 2>"$work/time" || { cat "$work/err" >&2; exit 1; }
    python3 - "$name" "$processes" "$work/out" "$work/time" <<'PYTHON'
import json, sys
name, processes, out, time = sys.argv[1:]
lines = [json.loads(line) for line in open(out)]
wall, user, system = map(float, open(time).read().split())
started = next(line for line in lines if line["event"] == "started")
epochs = [line for line in lines if line["event"] == "epoch"]
saved = next(line for line in lines if line["event"] == "saved")
words = started["words"] * len(epochs)
print(f"| {name} | {processes} | {saved['wordsPerSecond']:,.0f} | {user + system:,.0f} s | {words / (user + system):,.0f} | "
      f"{saved['communicationSeconds'] / saved['seconds']:.1%} | {' '.join(format(epoch['validationPerplexity'], '.1f') for epoch in epochs)} |")
PYTHON
}

echo '| way | processes | words/s | processor time | words/s of it | messages | validation perplexity |'
echo '|---|---|---|---|---|---|---|'
run 'one' 1 "$@"
for processes in 2 4; do
    run 'gradients' $processes --synchronization gradients "$@"
    run 'local, mean' $processes --synchronize-every "$every" --outer-momentum 0 "$@"
    run 'local, block momentum' $processes --synchronize-every "$every" "$@"
    run 'local, DiLoCo' $processes --synchronize-every "$every" --outer-rate 0.7 --outer-momentum 0.9 "$@"
done
