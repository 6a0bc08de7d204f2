#!/usr/bin/env bash
# Measures the product beside its yardsticks and prints one Markdown table.
#   eng/measure.sh [file] [class]     e.g. eng/measure.sh figures.md ChatFigures
# Takes about ten minutes on two cores. Absolute figures swing with what else the machine does; the ratios come from alternating rounds.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build -c Release --nologo -v quiet >&2
rows=$(mktemp)
trap 'rm -f "$rows"' EXIT
# The console collects garbage like a server; its stand-in in the test process must too. Code is compiled for speed as soon as it is called often, so that warming up ends.
PREMIUMSUPPORT_FIGURES=$rows DOTNET_gcServer=1 DOTNET_TC_CallCountingDelayMs=0 PremiumSupport.Console.Tests/bin/Release/net10.0/PremiumSupport.Console.Tests \
  -noColor -explicit only -parallelMode none -class "*${2:-Figures}" >&2
{
  printf '| What | Product | Yardstick | Ratio |\n|---|---|---|---|\n'
  grep '^|' "$rows" || true
  printf '\n'
  grep -v '^|' "$rows" || true
} | tee ${1:+"$1"}
