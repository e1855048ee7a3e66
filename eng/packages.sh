#!/usr/bin/env bash
# Finds out whether the package feed carries the packages this project is written for, says so, one package a line,
# and records the answer in eng/packages.props, which git ignores. Where a package is missing, its stand-in is built.
# RNNLM_PACKAGE_SOURCE may name one more source: a folder of packages, or a private feed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

# The version of a package, as Directory.Build.props has it, or as the environment overrides it.
version_of() { # property name
    local override=${!1:-}
    [ -n "$override" ] && echo "$override" && return
    sed -n "s:.*<$1 Condition[^>]*>\([^<]*\)</$1>.*:\1:p" "$here/../Directory.Build.props"
}

# Succeeds where the feed can restore the package. Nothing outside a temporary folder is touched.
feed_has() { # package version
    local probe
    probe=$(mktemp -d)
    cat >"$probe/probe.csproj" <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <NuGetAudit>false</NuGetAudit>
    <RestorePackagesPath>$probe/packages</RestorePackagesPath>
    <RestoreAdditionalProjectSources>${RNNLM_PACKAGE_SOURCE:-}</RestoreAdditionalProjectSources>
  </PropertyGroup>
  <ItemGroup><PackageDownload Include="$1" Version="[$2]" /></ItemGroup>
</Project>
PROJECT
    local found=0
    dotnet restore "$probe/probe.csproj" --nologo -v q >"$probe/log" 2>&1 || found=1
    if [ $found -ne 0 ] && ! grep -qE 'NU110[0-3]' "$probe/log"; then
        echo "The package feed could not be asked for $1 $2:" >&2
        cat "$probe/log" >&2
        rm -rf "$probe"
        exit 1
    fi
    rm -rf "$probe"
    return $found
}

stand_in() { # package version folder
    if feed_has "$1" "$2"; then
        echo "$1 $2: the real package" >&2
        echo false
    else
        echo "$1 $2: not on the package feed, so this build uses the stand-in in standins/$1" >&2
        echo true
    fi
}

ml=$(stand_in Microsoft.ML "$(version_of MicrosoftMLVersion)")
torch=$(stand_in TorchSharp "$(version_of TorchSharpVersion)")
cat >"$here/packages.props.new" <<PROPS
<Project>
  <PropertyGroup Condition="'\$(UseStandIns)' == ''">
    <UseMicrosoftMLStandIn Condition="'\$(UseMicrosoftMLStandIn)' == ''">$ml</UseMicrosoftMLStandIn>
    <UseTorchSharpStandIn Condition="'\$(UseTorchSharpStandIn)' == ''">$torch</UseTorchSharpStandIn>
  </PropertyGroup>
</Project>
PROPS
mv "$here/packages.props.new" "$here/packages.props"
