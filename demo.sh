#!/usr/bin/env bash
# The main job: an ML.NET pipeline learns a language model from text that every .NET SDK ships, is saved, and is then loaded by
# another process that completes prompts. Arguments, where given, are the prompts.
set -euo pipefail
cd "$(dirname "$0")"

if [ $# -eq 0 ]; then
    set -- "Gets the number of" "Returns a value that indicates" "The type of the" "Initializes a new instance of the" "An object that"
fi

dotnet build samples/QuickStart -c Release --nologo -v q

model=$(mktemp -d)/completions.zip
trap 'rm -rf "$(dirname "$model")"' EXIT
quickstart() { dotnet run --project samples/QuickStart -c Release --no-build -- "$@"; }
quickstart train "$model"
quickstart complete "$model" "$@"
