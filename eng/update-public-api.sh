#!/usr/bin/env bash
# Writes down what the libraries have made public since the last release: src/*/PublicAPI.Unshipped.txt.
set -euo pipefail
cd "$(dirname "$0")/.."

for project in src/*/*.csproj; do
    if grep -q '<PackAsTool>true' "$project"; then continue; fi
    folder=$(dirname "$project")
    [ -e "$folder/PublicAPI.Shipped.txt" ] || echo '#nullable enable' > "$folder/PublicAPI.Shipped.txt"
    echo '#nullable enable' > "$folder/PublicAPI.Unshipped.txt"
    dotnet restore "$project" --nologo -v q
    dotnet format analyzers "$project" --no-restore --diagnostics RS0016 --severity warn
done
