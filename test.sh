#!/usr/bin/env bash
# Builds everything and runs every test. Its last line is the sum over all test projects.
# Arguments are handed on to `dotnet test`: ./test.sh --filter Category!=Slow
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_UI_LANGUAGE=en

dotnet build MlNetRnnLm.sln -c Release --nologo -v q

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
dotnet test MlNetRnnLm.sln -c Release --no-build --nologo -m:1 --logger 'console;verbosity=minimal' "$@" 2>&1 | tee "$log" || status=$?

# Each project closes with a line such as: Passed!  - Failed:     0, Passed:    12, Skipped:     1, Total:    13, ...
sed -nE 's/^.*Failed: +([0-9]+), Passed: +([0-9]+), Skipped: +([0-9]+), Total:.*$/\1 \2 \3/p' "$log" |
    awk '{ failed += $1; passed += $2; skipped += $3 } END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped }'
exit $status
