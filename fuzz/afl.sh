#!/usr/bin/env bash
# Runs afl-fuzz over a target: ./fuzz/afl.sh TARGET [arguments of afl-fuzz, such as -V 600]
# It needs afl++ (Debian: apt-get install afl++), and says so where there is none. `loop` needs nothing: see README.md beside this script.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${1:?"name a target: dotnet run --project fuzz/RnnLm.Fuzz lists them"}
shift

if ! command -v afl-fuzz > /dev/null; then
    echo "afl-fuzz is not installed, so nothing is run. loop does without: dotnet run -c Release --project fuzz/RnnLm.Fuzz -- loop $target" >&2
    exit 0
fi

dotnet build fuzz/RnnLm.Fuzz -c Release --nologo -v q
app=artifacts/fuzz/afl
dotnet fuzz/RnnLm.Fuzz/bin/Release/net10.0/RnnLm.Fuzz.dll instrument "$app"

mkdir -p artifacts/fuzz/afl-out
seeds=fuzz/seeds/$target
if [ ! -d "$seeds" ]; then seeds=fuzz/seeds/pipeline; fi # loaded-pipeline
export AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_AFFINITY=1
afl-fuzz -i "$seeds" -o "artifacts/fuzz/afl-out/$target" -t 20000 -m none "$@" -- dotnet "$app/RnnLm.Fuzz.dll" afl "$target"
