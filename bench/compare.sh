#!/usr/bin/env bash
# Measures training and prediction side by side with PyTorch, in turns, in one run, and appends the table to bench/RESULTS.md.
#   --quick   the main cases only, within two minutes
#   --json    one JSON line a case on standard output, and nothing written to RESULTS.md
# The machine must be idle. PyTorch comes from Debian's python3-torch, its BLAS from libopenblas0-openmp; both are installed where missing.
set -euo pipefail
cd "$(dirname "$0")"

python=/usr/bin/python3
if ! $python -c 'import torch' 2>/dev/null || ! ldconfig -p | grep -q openblas; then
    apt-get update -qq >&2
    apt-get install -y -qq python3-torch libopenblas0-openmp >&2
fi

../eng/packages.sh
dotnet build RnnLm.Benchmarks -c Release --nologo -v q >&2
compare() { dotnet run --project RnnLm.Benchmarks -c Release --no-build -- compare $python peers/pytorch.py "$@"; }

case " $* " in
*" --json "*) compare "$@" ;;
*)
    table=$(mktemp)
    trap 'rm -f "$table"' EXIT
    compare "$@" | tee "$table"
    {
        printf '\n## %s, commit %s\n\n' "$(date -u +%Y-%m-%d)" "$(git rev-parse --short HEAD)"
        printf '%s\n\nCommand: `bench/compare.sh%s`. ' "$(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -1), $(nproc) processors" "${*:+ $*}"
        cat "$table"
    } >>RESULTS.md
    ;;
esac
