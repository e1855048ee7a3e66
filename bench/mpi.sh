#!/usr/bin/env bash
# Trains one network by 1, 2 and 4 processes (mpiexec, --engine mpi) on the same text, in all ways of keeping together, each for the same number of words.
#   [RNNLM=rnnlm.dll] [LINK='1000 0.2'] [EVERY=200] [PROCESSES='1 2 4'] [WAYS='gradients mean momentum diloco'] bench/mpi.sh TEXT VALIDATION [FLAGS OF TRAIN...]
# With LINK each process has a network namespace of its own, and between them is an Ethernet with so many Mbit/s and so many milliseconds there and back (bench/link.py); it must be root then.
# RNNLM is a build that is there; without it this builds one. A line each: words a second, processor time, words a second of it, the share of the time in which the first process exchanged messages, bytes on all links a word, and the perplexity of
# the validation text at the end, which is not part of the times. Waiting processes ask MPICH again and again, which is processor time too. It needs MPICH and python3.
set -euo pipefail
text=$(realpath "$1") validation=$(realpath "$2")
shift 2
[ -z "${RNNLM:-}" ] || RNNLM=$(realpath "$RNNLM")
cd "$(dirname "$0")/.."
every=${EVERY:-200}
# mpiexec alone may be that of Open MPI.
mpiexec=$(command -v mpiexec.mpich || command -v mpiexec) || { echo 'There is no mpiexec of MPICH. On Debian: apt-get install mpich' >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ -n "${RNNLM:-}" ] || dotnet build src/RnnLm.Cli -c Release --nologo -v q >&2
rnnlm=(dotnet "${RNNLM:-src/RnnLm.Cli/bin/Release/net10.0/rnnlm.dll}")

start() { # PROCESSES COMMAND...
    local processes=$1
    shift
    if [ -z "${LINK:-}" ]; then
        python3 bench/link.py --no-machines "$mpiexec" -n "$processes" "$@"
        return
    fi
    # What mpiexec takes for ssh: it calls it with ssh's flags, a host and what the shell there is to run.
    printf '#!/bin/sh\nwhile [ "${1#-}" != "$1" ]; do shift; done\nhost=$1\nshift\nexec python3 bench/link.py --at "$host" sh -c "$*"\n' >"$work/launch"
    chmod +x "$work/launch"
    # LINK is two words. Nothing but the device between the machines is used, as between machines.
    UCX_TLS=tcp,self UCX_NET_DEVICES=wire0 MPIR_CVAR_NOLOCAL=1 python3 bench/link.py "$processes" $LINK \
        "$mpiexec" -launcher ssh -launcher-exec "$work/launch" -localhost 10.55.0.1 -hosts "$(seq -s, -f '10.55.0.%g' "$processes")" -n "$processes" "$@"
}

run() { # NAME PROCESSES FLAGS...
    local name=$1 processes=$2
    shift 2
    start "$processes" "${rnnlm[@]}" train "$text" --output "$work/model.rnnlm" --preset plain --threads 1 --json --engine mpi "$@" \
        >"$work/out" 2>"$work/err" || { cat "$work/err" >&2; exit 1; }
    "${rnnlm[@]}" evaluate "$work/model.rnnlm" "$validation" --json >"$work/evaluation"
    python3 - "$name" "$processes" "$work/out" "$work/err" "$work/evaluation" <<'PYTHON'
import json, sys
name, processes, out, err, evaluation = sys.argv[1:]
lines = [json.loads(line) for line in open(out)]
used = json.loads(open(err).read().splitlines()[-1])
started = next(line for line in lines if line["event"] == "started")
saved = next(line for line in lines if line["event"] == "saved")
words = started["words"] * sum(line["event"] == "epoch" for line in lines)
link = f"{sum(used['bytes']) / words:,.0f}" if "bytes" in used else "–"
print(f"| {name} | {processes} | {saved['wordsPerSecond']:,.0f} | {used['processorSeconds']:,.0f} s | {words / used['processorSeconds']:,.0f} | "
      f"{saved['communicationSeconds'] / saved['seconds']:.1%} | {link} | {json.load(open(evaluation))['perplexity']:.1f} |", flush=True)
PYTHON
}

echo '| way | processes | words/s | processor time | words/s of it | messages | bytes a word | perplexity |'
echo '|---|---:|---:|---:|---:|---:|---:|---:|'
for processes in ${PROCESSES:-1 2 4}; do
    if [ "$processes" = 1 ]; then
        run 'one' 1 "$@"
        continue
    fi
    for way in ${WAYS:-gradients mean momentum diloco}; do
        case $way in
            gradients) run 'gradients' "$processes" --synchronization gradients "$@" ;;
            mean) run "mean in $every windows" "$processes" --synchronize-every "$every" --outer-momentum 0 "$@" ;;
            momentum) run "block momentum in $every windows" "$processes" --synchronize-every "$every" "$@" ;;
            diloco) run "DiLoCo in $every windows" "$processes" --synchronize-every "$every" --outer-rate 0.7 --outer-momentum 0.9 "$@" ;;
            *) echo "There is no way \"$way\": gradients, mean, momentum, diloco." >&2; exit 1 ;;
        esac
    done
done
