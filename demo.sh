#!/usr/bin/env bash
# The main job: an ML.NET pipeline learns a language model from text that every .NET SDK ships, is saved, and is then loaded by
# another process that completes prompts. Arguments, where given, are the prompts.
set -euo pipefail
cd "$(dirname "$0")"
exec dotnet run --project samples/QuickStart -c Release -- demo "$@"
