#!/usr/bin/env bash
# Encodes text, and trains on it for one pass, in a control group whose memory is limited.
#   [RNNLM=rnnlm.dll] bench/corpus.sh MEGABYTES VOCABULARY TEXT... [-- FLAGS OF TRAIN...]
# RNNLM is a build that is there; without it this builds one. A line for each of the two: the length of the corpus, time, processor time, the most memory of the process itself (anonymous, and resident with what of files is
# mapped), the most of the group, the file cache that the system keeps for it included, and how often the system has ended a process of it for want of memory. It must be root, and needs control groups
# of version 1 and python3.
set -euo pipefail
limit=$1 vocabulary=$2
shift 2
texts=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do texts+=("$(realpath "$1")"); shift; done
[ $# -eq 0 ] || shift
[ -z "${RNNLM:-}" ] || RNNLM=$(realpath "$RNNLM")
cd "$(dirname "$0")/.."
[ -n "${RNNLM:-}" ] || dotnet build src/RnnLm.Cli -c Release --nologo -v q >&2
rnnlm=(dotnet "${RNNLM:-src/RnnLm.Cli/bin/Release/net10.0/rnnlm.dll}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export work limit

limited() { # NAME COMMAND...
    python3 - "$@" <<'PYTHON'
import os, resource, subprocess, sys, threading, time
name, *command = sys.argv[1:]
group = f"/sys/fs/cgroup/memory/rnnlm-{os.getpid()}"
os.mkdir(group)
try:
    with open(f"{group}/memory.limit_in_bytes", "w") as file: file.write(str(int(os.environ["limit"]) * 1_000_000))

    def enter():
        with open(f"{group}/cgroup.procs", "w") as file: file.write("0")

    def read(what):
        with open(f"{group}/{what}") as file: return file.read()

    start = time.monotonic()
    with open(f"{os.environ['work']}/out", "w") as out: process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, preexec_fn=enter)
    anonymous = resident = 0
    while process.poll() is None:
        try:
            with open(f"/proc/{process.pid}/status") as file: status = dict(line.split(":", 1) for line in file)
            anonymous = max(anonymous, int(status["RssAnon"].split()[0]))
            resident = max(resident, int(status["VmHWM"].split()[0]))
        except (KeyError, FileNotFoundError):
            pass  # it has just ended
        time.sleep(0.1)
    seconds = time.monotonic() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = dict(line.split() for line in read("memory.oom_control").splitlines())["oom_kill"]
    most = int(read("memory.max_usage_in_bytes"))
    length = os.path.getsize(f"{os.environ['work']}/text.corpus") if process.returncode == 0 else 0
    print(f"| {name} | {length / 1e6:,.0f} MB | {seconds:,.0f} s | {used.ru_utime + used.ru_stime:,.0f} s | {anonymous * 1024 / 1e6:.1f} MB | {resident * 1024 / 1e6:.1f} MB | {most / 1e6:.1f} MB | {ended} |", flush=True)
    print(open(f"{os.environ['work']}/out").read(), file=sys.stderr)
    sys.exit(process.returncode)
finally:
    os.rmdir(group)
PYTHON
}

echo '| | corpus | time | processor time | anonymous memory | resident | group | ended |'
echo '|---|---:|---:|---:|---:|---:|---:|---:|'
limited encode "${rnnlm[@]}" encode "${texts[@]}" --tokenizer whitespace --vocabulary-size "$vocabulary" --output "$work/text.corpus"
limited train "${rnnlm[@]}" train "$work/text.corpus" --output "$work/model.rnnlm" --preset plain --epochs 1 "$@"
