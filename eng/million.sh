#!/usr/bin/env bash
# The hot queries among a million tickets beside the same among ten thousand, on SQLite and on PostgreSQL, with their plans; prints a Markdown table and the plans.
# Takes about half an hour and 10 GB in the temporary folder; PREMIUMSUPPORT_MILLION=100000 makes fewer.
#   eng/million.sh [file]
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build -c Release --nologo -v quiet >&2
rows=$(mktemp)
trap 'rm -f "$rows"' EXIT
status=0
PREMIUMSUPPORT_FIGURES=$rows DOTNET_gcServer=1 eng/with-postgres.sh PremiumSupport.Console.Tests/bin/Release/net10.0/PremiumSupport.Console.Tests \
  -noColor -explicit only -parallelMode none -class PremiumSupport.Tests.Figures.Million.MillionFigures >&2 || status=$?
{
  printf '| What | Among a million | Yardstick | Ratio |\n|---|---|---|---|\n'
  grep '^|' "$rows" || true
  printf '\n'
  grep -v '^|' "$rows" || true
} | tee ${1:+"$1"}
exit $status
