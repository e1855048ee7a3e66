#!/usr/bin/env bash
# Builds the native half of the stand-in and its test in a temporary folder, and runs the test plainly, under
# AddressSanitizer and under valgrind. Fails on a wrong answer, a bad access or a leak that goes through this library.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

build() { # folder cmake-arguments…
    local folder=$work/$1
    shift
    cmake -S "$here/.." -B "$folder" "$@" >"$work/log" 2>&1 &&
        nice cmake --build "$folder" --target torch_standin_test -j1 >>"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
}

build plain -DCMAKE_BUILD_TYPE=RelWithDebInfo
echo "plainly:"
"$work/plain/torch_standin_test"

# One-time allocations of libtorch that nobody frees are its own; ours all pass through a function named standin_….
build asan -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_C_FLAGS="-fsanitize=address" -DCMAKE_CXX_FLAGS="-fsanitize=address"
echo "under AddressSanitizer:"
ASAN_OPTIONS=detect_leaks=1:alloc_dealloc_mismatch=0:allocator_may_return_null=1 LSAN_OPTIONS=report_objects=0 \
    "$work/asan/torch_standin_test"

if command -v valgrind >/dev/null; then
    echo "under valgrind:"
    valgrind --quiet --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite --error-exitcode=9 \
        --suppressions="$here/valgrind.supp" "$work/plain/torch_standin_test"
else
    echo "valgrind is not installed, so that run is left out"
fi
