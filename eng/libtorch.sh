#!/usr/bin/env bash
# Where the stand-in for TorchSharp is in use, installs what it runs on: libtorch, a fast BLAS, and the tools that build its
# native half. On a machine where that cannot be done it says why the tests that need libtorch are skipped, and succeeds.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

stand_in_is_used() {
    [ "${UseTorchSharpStandIn:-${UseStandIns:-}}" != false ] &&
        { [ "${UseTorchSharpStandIn:-${UseStandIns:-}}" = true ] ||
            grep -qs '<UseTorchSharpStandIn .*>true<' "$here/packages.props"; }
}

skip() {
    echo "The tests of the TorchSharp engine are skipped: $1" >&2
    exit 0
}

stand_in_is_used || exit 0

installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

missing=()
command -v cmake >/dev/null || missing+=(cmake)
command -v g++ >/dev/null || missing+=(g++)
command -v make >/dev/null || command -v ninja >/dev/null || missing+=(make)
# Torch_DIR names another libtorch, which brings its own BLAS.
if [ -z "${Torch_DIR:-}" ]; then
    for package in libtorch-dev libopenblas0-openmp; do
        installed "$package" || missing+=("$package")
    done
fi
[ ${#missing[@]} -eq 0 ] && exit 0

[ -f /etc/debian_version ] && command -v apt-get >/dev/null ||
    skip "the stand-in for TorchSharp needs libtorch, cmake and g++, which are installed here on Debian only; elsewhere set Torch_DIR."

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || skip "this user may not install ${missing[*]}, which the stand-in for TorchSharp needs."
    as_root=(sudo -n)
fi

apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get "$@" >>"$log" 2>&1; }
log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "installing ${missing[*]} for the stand-in for TorchSharp" >&2
apt install -y --no-install-recommends "${missing[@]}" || { apt update && apt install -y --no-install-recommends "${missing[@]}"; } ||
    skip "${missing[*]} could not be installed, which the stand-in for TorchSharp needs: $(grep -m1 '^E:' "$log" || tail -1 "$log")"
