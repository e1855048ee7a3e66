#!/usr/bin/env bash
# Measures training side by side with libtorch (by way of TorchSharp) and prediction with ONNX Runtime, in turns, in one run, and what
# they need of the machine. Appends the table to bench/RESULTS.md.
#   --quick       the main cases only, within two minutes; the whole takes about twenty
#   --json        one JSON line a case on standard output, and nothing written to RESULTS.md
#   --case TEXT   only the cases whose name contains the text; may be repeated
#   --seconds S   how long a main case is measured on each side in a round; the others take half of it
#   --rounds N    how many rounds
#   --rnnlm PATH  the published rnnlm, managed or native, whose cold start is measured; one is published where it is left out
# With --case, --seconds or --rounds the table is only printed: they are for trying things out.
# The machine must be idle.
set -euo pipefail
from=$PWD
cd "$(dirname "$0")"
bench=$PWD

case " $* " in *" --help "* | *" -h "*)
    sed -n '2,/^set /s/^# \{0,1\}//p' "${0##*/}"
    exit 0
    ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

dotnet build RnnLm.Benchmarks -c Release --nologo -v q >&2
published=()
case " $* " in
*" --quick "* | *" --rnnlm "*) ;;
*)
    # As native code, where this machine can compile it.
    publish() { dotnet publish ../src/RnnLm.Cli -c Release --use-current-runtime -o "$work/rnnlm" --nologo -v q "$@" >&2; }
    publish -p:PublishAot=true || publish --self-contained false
    published=(--rnnlm "$work/rnnlm/rnnlm")
    ;;
esac

compare() { (cd "$from" && dotnet run --project "$bench/RnnLm.Benchmarks" -c Release --no-build -- compare "${published[@]}" "$@"); }

case " $* " in
*" --json "* | *" --case "* | *" --seconds "* | *" --rounds "*) compare "$@" ;;
*)
    compare "$@" | tee "$work/table"
    changed=$(git diff --quiet HEAD -- .. ':!RESULTS.md' || echo ' with changes')
    {
        printf '\n## %s, commit %s\n\n' "$(date -u +%Y-%m-%d)" "$(git rev-parse --short HEAD)$changed"
        printf '%s\n\nCommand: `bench/compare.sh%s`. ' "$(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -1), $(nproc) processors" "${*:+ $*}"
        cat "$work/table"
    } >>RESULTS.md
    ;;
esac
